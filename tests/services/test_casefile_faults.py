"""What is wrong with a case file: each fault is named by its place, never by a patient's words."""

import inspect
import itertools
import json
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from clinic_desktop.domain.errors import BadCaseFile
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefiles.casefile import LARGEST_FILE, read_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from tests.casefiles import CANARIES, NAME, TEXT, as_bytes, changed, whole_case
from tests.strategies import PLAN_ITEMS

CATALOGUE = load_catalogue()
FIRST = ("visits", 0)
FINDINGS = ("visits", 0, "findings")
RETEST = ("visits", 0, "retests", 0)


def read(content: object) -> Case:
    return read_case(as_bytes(content), CATALOGUE, PLAN_ITEMS)


def faults(content: object) -> Sequence[str]:
    """The faults of a file, none of which repeats a name or a free text."""
    with pytest.raises(BadCaseFile) as caught:
        read(content)
    assert str(caught.value) == "\n".join(caught.value.faults)
    assert not [canary for canary in CANARIES if canary in str(caught.value)]
    return caught.value.faults


OUTSIDE: list[tuple[tuple[str | int, ...], object, str]] = [
    (("format",), "clinic-desktop-case/9", 'format: must be "clinic-desktop-case/1"'),
    (("format",), ..., "format: is missing"),
    (("patient",), ..., "patient: is missing"),
    (("patient",), [], "patient: must be an object with keys, in { }"),
    (("patient", "name"), ..., "patient.name: is missing"),
    (("patient", "name"), " \n", "patient.name: must not be empty"),
    (("patient", "name"), NAME * 20, "patient.name: 380 characters are more than 200"),
    (("patient", "name"), 7, "patient.name: must be text"),
    (("patient", "sex"), "f", 'patient.sex: "f" is none of female, male, other, unknown'),
    (("patient", "sex"), TEXT, "patient.sex: the value is none of female, male, other, unknown"),
    (("patient", "language"), "fr", 'patient.language: "fr" is none of en, es'),
    (
        ("patient", "age"),
        44,
        "patient.age: stands in place of birth_date; give one of the two",
    ),
    (
        ("patient",),
        {"name": NAME, "age": 131},
        "patient.age: 131 is outside 0..130 years",
    ),
    (
        ("patient",),
        {"name": NAME, "age": 44.0},
        "patient.age: must be a whole number in 0..130 years",
    ),
    (
        ("patient",),
        {"name": NAME, "age": True},
        "patient.age: must be a number in 0..130 years",
    ),
    (
        ("patient", "birth_date"),
        "1895-03-03",
        "patient.birth_date: must be a date as YYYY-MM-DD, from 1900 to 2200",
    ),
    (
        ("patient", "birth_date"),
        "2026-03-03",
        "patient.birth_date: is after the date of visits[0]",
    ),
    (("patient", "birthdate"), "1982-03-14", "patient.birthdate: is not a key of this format"),
    (("patient", NAME), 1, "patient, an unknown key: is not a key of this format"),
    ((NAME,), 1, "the file, an unknown key: is not a key of this format"),
    (("patient", "sex"), None, "patient.sex: null says nothing; leave the key out"),
    (("goal",), 3, "goal: must be text"),
    (("goal",), "x" * 20_001, "goal: 20001 characters are more than 20000"),
    *(
        (("goal",), TEXT + character, f"goal: character 24 is {name}, which no text may hold")
        for character, name in (
            ("\x00", "a control character (U+0000)"),
            ("\x9f", "a control character (U+009F)"),
            ("\r", "a control character (U+000D)"),
            ("\ud83d", "half a character (U+D83D)"),
            ("\N{RIGHT-TO-LEFT OVERRIDE}", "RIGHT-TO-LEFT OVERRIDE (U+202E)"),
            ("\N{FIRST STRONG ISOLATE}", "FIRST STRONG ISOLATE (U+2068)"),
        )
    ),
    *(
        (
            ("patient", "name"),
            f"Qu{character}etzal",
            f"patient.name: character 3 is {name}, which no name may hold",
        )
        for character, name in (
            ("\n", "a control character (U+000A)"),
            ("\t", "a control character (U+0009)"),
            ("\N{ZERO WIDTH SPACE}", "ZERO WIDTH SPACE (U+200B)"),
            ("\N{RIGHT-TO-LEFT MARK}", "RIGHT-TO-LEFT MARK (U+200F)"),
            ("\N{POP DIRECTIONAL ISOLATE}", "POP DIRECTIONAL ISOLATE (U+2069)"),
            ("\N{LINE SEPARATOR}", "LINE SEPARATOR (U+2028)"),
        )
    ),
    (
        ("visits", 0, "addenda", 0, "author"),
        "A\u202eB",
        "visits[0].addenda[0].author: character 2 is RIGHT-TO-LEFT OVERRIDE (U+202E),"
        " which no name may hold",
    ),
    (("planned_visits",), 0, "planned_visits: 0 is outside 1..52 visits"),
    (("planned_visits",), 53, "planned_visits: 53 is outside 1..52 visits"),
    (("side",), "leftish", 'side: "leftish" is none of right, left, both'),
    (
        ("target",),
        {"measure": "slr.result", "value": 3},
        'target.measure: "slr.result" is no measure that is followed over a course',
    ),
    (("target", "value"), 500, "target.value: 500 is outside 0..200 km"),
    (("target",), {"measure": "outcome.lefs"}, "target.value: is missing"),
    (("opened",), "2026-13-01", "opened: must be a date as YYYY-MM-DD, from 1900 to 2200"),
    (("opened",), "2026-04-01", "closed.date: is before the date of opened"),
    (
        ("closed", "outcome"),
        "cured",
        'closed.outcome: "cured" is none of'
        " goals_met, partly_met, no_change, referred, stopped_coming, other",
    ),
    (("closed", "date"), "2026-03-01", "closed.date: is before the date of visits[1]"),
    (("closed",), {"outcome": "other"}, "closed.date: is missing"),
    (("planned_visits",), "4", "planned_visits: must be a number in 1..52 visits"),
    (("visits",), ..., "visits: is missing"),
    (("visits",), [], "visits: must hold at least one visit"),
    (("visits",), {}, "visits: must be a list, in [ ]"),
    (("visits", 1), None, "visits[1]: null says nothing; leave it out"),
    (("visits", 1), "x", "visits[1]: must be an object with keys, in { }"),
    (("visits", 1, "date"), "2026-03-01", "visits[1].date: is before the date of visits[0]"),
]
DAYS = ("20260302", "2026-3-2", "2026-02-30", "1899-12-31", "2201-01-01", "2026-03-02T10:00", "", 3)
VISIT: list[tuple[tuple[str | int, ...], object, str]] = [
    (("date",), ..., "date: is missing"),
    *((("date",), day, "date: must be a date as YYYY-MM-DD, from 1900 to 2200") for day in DAYS),
    (("finding",), {}, "finding: is not a key of this format"),
    (("signed",), 1, "signed: must be true or false"),
    (("notes_on",), {"slr.resul": TEXT}, 'notes_on."slr.resul": is not in the catalogue'),
    (("notes_on", "slr.result"), ["x"], 'notes_on."slr.result": must be text'),
    (("plan", 1, "item"), "other", 'plan[1].item: "other" is no plan item'),
    (("plan", 1, "item"), TEXT, "plan[1].item: the value is no plan item"),
    (("plan", 1, "item"), ..., "plan[1].item: is missing"),
    (("plan", 1, "dose"), 3, "plan[1].dose: must be text"),
    (("parked", 0), "slider", 'parked[0]: "slider" is no plan item'),
    (("parked", 1, "item"), "slider", 'parked[1].item: "slider" is no plan item'),
    (("parked", 0), None, "parked[0]: null says nothing; leave it out"),
    (
        ("resolved_flags", 0, "flag"),
        "flag.pop",
        'resolved_flags[0].flag: "flag.pop" is no red flag',
    ),
    (("resolved_flags", 0, "reason"), " ", "resolved_flags[0].reason: must not be empty"),
    (("resolved_flags", 0, "reason"), ..., "resolved_flags[0].reason: is missing"),
    (("psfs", 0, "score"), 11, "psfs[0].score: 11 is outside 0..10"),
    (("psfs", 0, "score"), -0.5, "psfs[0].score: -0.5 is outside 0..10"),
    (("psfs", 0, "score"), True, "psfs[0].score: must be a number in 0..10"),
    (
        ("decision", "pattern"),
        "pattern_4",
        'decision.pattern: "pattern_4" is none of'
        " pattern_1, pattern_2, pattern_3, local, other_source",
    ),
    (("decision", "agree"), "yes", "decision.agree: must be true or false"),
    *(
        (
            ("addenda", 0, "at"),
            moment,
            "addenda[0].at: must be a date and time as ISO 8601 has it, 2026-03-02T09:30:00Z",
        )
        for moment in ("yesterday", "02/03/2026", 1772443800)
    ),
    (("addenda", 0, "author"), ..., "addenda[0].author: is missing"),
    (("addenda",), {}, "addenda: must be a list, in [ ]"),
]
CHARTED: list[tuple[tuple[str | int, ...], object, str]] = [
    (("slr.angle", "right"), 230, '"slr.angle".right: 230 is outside 0..130 deg'),
    (("slr.angle", "right"), -1, '"slr.angle".right: -1 is outside 0..130 deg'),
    (("slr.angle", "right"), "58", '"slr.angle".right: must be a number in 0..130 deg'),
    (("slr.angle", "right"), True, '"slr.angle".right: must be a number in 0..130 deg'),
    (("slr.angle", "right"), [58], '"slr.angle".right: must be a number in 0..130 deg'),
    (
        ("slr.angle", "right"),
        None,
        '"slr.angle".right: null says nothing; leave the key out',
    ),
    (("slr.angle", "both"), 58, '"slr.angle".both: is no side; right or left'),
    (("slr.angle",), 58, '"slr.angle": needs a side: {"right": ...} or {"left": ...}'),
    (("slr.angle",), {}, '"slr.angle": names no side; leave the key out'),
    (("slr.angel",), {"right": 58}, '"slr.angel": is not in the catalogue'),
    (("flag.saddle_numbness",), {"right": "no"}, '"flag.saddle_numbness": has no sides'),
    (
        ("flag.saddle_numbness",),
        "nope",
        '"flag.saddle_numbness": "nope" is none of yes, no, unknown, not_asked',
    ),
    (
        ("flag.saddle_numbness",),
        TEXT,
        '"flag.saddle_numbness": the value is none of yes, no, unknown, not_asked',
    ),
    (
        ("flag.saddle_numbness",),
        False,
        '"flag.saddle_numbness": the value is none of yes, no, unknown, not_asked',
    ),
    (("complaint.sites", "right"), "foot", '"complaint.sites".right: must be a list, in [ ]'),
    (
        ("complaint.sites", "right"),
        ["foot", "foot"],
        '"complaint.sites".right: names a choice twice',
    ),
    (
        ("complaint.sites", "right", 1),
        None,
        '"complaint.sites".right[1]: null says nothing; leave it out',
    ),
    (("complaint.sport",), 5, '"complaint.sport": must be text'),
]
RETESTED: list[tuple[tuple[str | int, ...], object, str]] = [
    (("treatment",), "magic", '.treatment: "magic" is no plan item and not other'),
    (("treatment",), "other", ": the treatment other needs a note that says what was done"),
    (("treatment",), ..., ".treatment: is missing"),
    (("test",), "bridge.pains", '.test: "bridge.pains" is not in the catalogue'),
    (("test",), "slump.result", ": slump.result is not measured in numbers; give a verdict"),
    (("side",), ..., ': bridge.pain needs a side: "right" or "left"'),
    (("side",), "both", '.side: "both" is none of right, left'),
    (("test",), "outcome.nprs_now", ".side: outcome.nprs_now has no sides"),
    (("before",), 11, ".before: 11 is outside 0..10 0-10"),
    (("after",), ..., ": needs before and after together"),
    (("verdict",), "same", ": needs either before and after, or a verdict"),
    (("improved",), True, ".improved: is not a key of this format"),
]
TABLE = [
    *OUTSIDE,
    *(((*FIRST, *path), to, f"visits[0].{line}") for path, to, line in VISIT),
    *(((*FINDINGS, *path), to, f"visits[0].findings.{line}") for path, to, line in CHARTED),
    *(((*RETEST, *path), to, f"visits[0].retests[0]{line}") for path, to, line in RETESTED),
]


@pytest.mark.parametrize(("path", "to", "line"), TABLE)
def test_a_fault_names_its_place(path: tuple[str | int, ...], to: object, line: str) -> None:
    assert faults(changed(*path, to=to)) == (line,)


def test_a_retest_needs_numbers_or_a_word() -> None:
    neither = {"treatment": "brace", "test": "bridge.pain", "side": "left"}
    (fault,) = faults(changed(*RETEST, to=neither))
    assert fault == "visits[0].retests[0]: needs either before and after, or a verdict"


def test_a_patient_cannot_be_older_than_people_get() -> None:
    content = changed("patient", "birth_date", to="1900-01-01")
    for visit in content["visits"]:
        visit["date"] = "2031-01-01"
    content["closed"]["date"] = "2031-01-01"
    assert faults(content) == ("patient.birth_date: 131 is outside 0..130 years at visits[0]",)


def test_all_faults_are_told_at_once_in_the_files_order() -> None:
    content = whole_case()
    content["patient"]["sex"] = "f"
    content["visits"][0]["findings"]["slr.angle"]["right"] = 230
    content["visits"][0]["psfs"][0]["score"] = 12
    assert [fault.split(":")[0] for fault in faults(content)] == [
        "patient.sex",
        'visits[0].findings."slr.angle".right',
        "visits[0].psfs[0].score",
    ]


def test_fifty_faults_are_enough_and_the_rest_is_counted() -> None:
    content = changed("visits", 0, "parked", to=["nothing"] * 62)
    found = faults(content)
    assert len(found) == 51
    assert found[-1] == "the file: 12 more faults like these"


def test_a_key_given_twice_is_a_fault_and_not_the_last_one_taken() -> None:
    content = json.dumps(whole_case()).replace(
        '"slr.angle": {"right": 58', '"slr.angle": {"right": 61, "right": 58'
    )
    assert faults(content) == ('visits[0].findings."slr.angle".right: this key is given twice',)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("NaN", "NaN and Infinity are no numbers"),
        ("-Infinity", "NaN and Infinity are no numbers"),
        ("1e999", "the number is too long"),
        ("9" * 5000, "the number is too long"),
    ],
)
def test_numbers_that_no_chart_can_hold(number: str, reason: str) -> None:
    content = json.dumps(whole_case()).replace('"right": 58', f'"right": {number}')
    assert faults(content) == (
        f'visits[0].findings."slr.angle".right: {reason}; must be in 0..130 deg',
    )


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "the file: is not JSON at line 1, column 1"),
        (b'{"format": 1,\n}', "the file: is not JSON at line 2, column 1"),
        (as_bytes(whole_case()) + b"x", "the file: is not JSON at line 1, column"),
        (b"null", "the file: must be an object with keys, in { }"),
        (b"[]", "the file: must be an object with keys, in { }"),
        (b"\xff\xfe{\x00}\x00", "the file: is not UTF-8 at byte 0"),
        (b"[" * 200_000, "the file: is nested more than 64 levels deep at line 1"),
        (b'{"patient":\n' * 200_000, "the file: is nested more than 64 levels deep at line 65"),
        (b" " * LARGEST_FILE + b"{", "the file: is larger than 5 MB"),
    ],
    ids=["empty", "comma", "tail", "null", "list", "utf-16", "lists", "objects", "large"],
)
def test_a_file_that_is_no_case_at_all(data: bytes, line: str) -> None:
    (fault,) = faults(data)
    assert fault.startswith(line)


def test_a_file_of_the_largest_size_is_still_read() -> None:
    content = as_bytes(whole_case())
    assert read(content + b" " * (LARGEST_FILE - len(content))) == read(whole_case())


def test_a_list_made_to_keep_the_reader_busy_is_refused_as_one() -> None:
    content = changed("visits", 0, "parked", to=["brace"] * 10_001)
    assert faults(content) == ("visits[0].parked: 10001 members are more than 10000",)


def test_faults_past_a_broken_place_are_still_found() -> None:
    content: dict[str, Any] = changed("patient", to="nobody")
    content["visits"][1]["date"] = 5
    assert [fault.split(":")[0] for fault in faults(content)] == ["patient", "visits[1].date"]


def test_nesting_that_is_allowed_is_refused_by_what_it_is() -> None:
    deep: object = "x"
    for _ in itertools.repeat(None, 60):
        deep = [deep]
    (fault,) = faults(changed("goal", to=deep))
    assert fault == "goal: must be text"


def test_brackets_within_texts_are_no_nesting() -> None:
    """A note may be full of them, behind quotes and backslashes too."""
    note = '[{"\\' * 200
    assert read(changed("goal", to=note)).goal == note


def test_the_depth_that_is_refused_does_not_hang_on_the_callers_own() -> None:
    """Called from far down, as a slot of the window may be, it says the same."""

    def deeper(levels: int) -> Sequence[str]:
        return deeper(levels - 1) if levels else faults(b"[" * 65)

    room = sys.getrecursionlimit() - len(inspect.stack()) - 200
    assert deeper(room) == faults(b"[" * 65)


def test_accents_are_composed_so_that_one_name_is_one_name() -> None:
    case = read(changed("patient", "name", to="Jose\u0301 Nun\u0303ez"))
    assert case.patient.name == "José Nuñez"
    assert read(changed("goal", to="Angstro\u0308m")).goal == "Angström"


def test_a_name_may_be_spelt_with_joiners() -> None:
    """Persian and Indian names are."""
    name = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647"
    assert read(changed("patient", "name", to=name)).patient.name == name


def test_a_course_of_too_many_visits_is_refused_before_any_is_read() -> None:
    visits = [{"date": "2026-03-02"}] * 1001
    assert faults(changed("visits", to=visits)) == ("visits: 1001 members are more than 1000",)
