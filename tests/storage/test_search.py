"""Finding a patient while typing: by any word of the name, by number, by birth date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.storage.database import Database
from clinic_desktop.storage.search_text import folded_words, number_ranges, readings


def enter(database: Database, act: Act, *people: str | Patient) -> None:
    """Enter patients in this order, numbers 1, 2, 3 ..."""
    for who in people:
        patient = who if isinstance(who, Patient) else Patient(who)
        record.register_patient(database.begin, act, patient)


def names(database: Database, typed: str, limit: int = 20) -> list[str]:
    """The names that typing this shows, in order."""
    found = record.find_patients(database.begin, typed, limit)
    return [summary.patient.name for summary in found]


def numbers(database: Database, typed: str) -> list[int]:
    return [summary.number for summary in record.find_patients(database.begin, typed)]


# -------------------------------------------------------------------- names
@pytest.mark.parametrize(
    "typed",
    [
        "zoe",
        "ZOË",
        "Zoe\N{COMBINING DIAERESIS}",
        "o'b",
        "obrien",
        "O’Brien",
        "lop",
        "Łopez",
        "lopez zoe obrien",
        "zo lo",
        "  zoë   o'brien-łopez ",
    ],
)
def test_words_of_the_name_are_found_in_any_order_whatever_case_or_accents(
    database: Database, act: Act, typed: str
) -> None:
    enter(database, act, "Anna Smith", "Zoë O'Brien-Łopez")
    assert names(database, typed) == ["Zoë O'Brien-Łopez"]


@pytest.mark.parametrize("typed", ["oe", "smith zoe", "zoex", "%", "_", "-", "'", "%oe", "_oe"])
def test_what_does_not_begin_a_word_finds_nobody(database: Database, act: Act, typed: str) -> None:
    enter(database, act, "Anna Smith", "Zoë O'Brien-Łopez")
    assert names(database, typed) == []


def test_best_beginnings_come_first_and_nobody_twice(database: Database, act: Act) -> None:
    enter(
        database,
        act,
        "Zora Martin",
        "Martin Martinez",
        "Mart Berg",
        "Anna Martin",
        "Martina Abel",
    )
    assert names(database, "mart") == [
        "Mart Berg",
        "Anna Martin",
        "Martin Martinez",
        "Zora Martin",
        "Martina Abel",
    ]
    assert names(database, "mart", limit=2) == ["Mart Berg", "Anna Martin"]


def test_one_word_of_a_name_answers_one_word_that_was_typed(database: Database, act: Act) -> None:
    """ "case c" typed in a hurry must not open Case A."""
    enter(database, act, "Case A", "Case C", "Carl Case")
    assert names(database, "case c") == ["Carl Case", "Case C"]


def test_a_corrected_name_is_found_and_the_wrong_one_no_longer(
    database: Database, act: Act
) -> None:
    enter(database, act, "Jon Smyth")
    record.correct_patient(database.begin, act, 1, Patient("John Smith"))
    assert names(database, "smith") == ["John Smith"]
    assert names(database, "smyth") == names(database, "jon") == []


@given(st.text(max_size=30), st.text(max_size=10))
def test_whatever_is_typed_is_read_without_a_fault(name: str, typed: str) -> None:
    for word in folded_words(name):
        assert word
        assert " " not in word
        assert folded_words(word) == (word,)
    for wanted in readings(typed):
        assert wanted.words or wanted.birth
    for low, high in number_ranges(typed):
        assert low <= high


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O’Brien-Łopez", ("obrien", "lopez")),
        ("o\u00b4brien", ("obrien",)),
        ("Straße", ("strasse",)),
        ("\u0149aude", ("naude",)),
        ("Ørsted Æbelø", ("orsted", "aebelo")),
        ("\u1d2dbel", ("aebel",)),
        ("李 小龙", ("李", "小龙")),
        ("J.-P. d'Arc", ("j", "p", "darc")),
    ],
)
def test_letters_of_many_scripts_fold_to_plain_ones(text: str, words: tuple[str, ...]) -> None:
    assert folded_words(text) == words


# -------------------------------------------------------------------- numbers
def test_a_number_is_found_with_and_without_its_leading_zeros(database: Database, act: Act) -> None:
    enter(database, act, *(f"Case {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTU"))
    assert numbers(database, "17") == numbers(database, "000017") == [17]
    assert numbers(database, "1")[:3] == [1, 10, 11]
    assert set(numbers(database, "1")) == {1, *range(10, 20)}
    assert numbers(database, "00001") == [1, *range(10, 20)]
    assert numbers(database, "000001") == [1]
    assert numbers(database, "22") == []


def test_a_number_too_long_to_be_one_is_no_fault(database: Database, act: Act) -> None:
    enter(database, act, "Case A")
    assert numbers(database, "9" * 40) == []


# -------------------------------------------------------------------- birth dates
BORN = {
    "Anna Marsh": dt.date(1982, 3, 14),
    "Ben Cole": dt.date(1982, 10, 1),
    "Cem May": dt.date(1990, 3, 14),
    "Dora Smith": dt.date(2001, 5, 9),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1982-03-14", ["Anna Marsh"]),
        ("1982-3-14", ["Anna Marsh"]),
        ("1982-03", ["Anna Marsh"]),
        ("1982-1", ["Ben Cole"]),
        ("1982-", ["Anna Marsh", "Ben Cole"]),
        ("1982", ["Anna Marsh", "Ben Cole"]),
        ("14-Mar-1982", ["Anna Marsh"]),
        ("14 march 1982", ["Anna Marsh"]),
        ("14-Mar", ["Anna Marsh", "Cem May"]),
        ("14-Mar-19", ["Anna Marsh", "Cem May"]),
        ("14-Mar-199", ["Cem May"]),
        ("mar 14", ["Anna Marsh", "Cem May"]),
        ("mar 1982", ["Anna Marsh"]),
        ("oct", ["Ben Cole"]),
        # A name that begins so comes before those born in such a month.
        ("mar", ["Anna Marsh", "Cem May"]),
        ("may", ["Cem May", "Dora Smith"]),
        ("smith 2001", ["Dora Smith"]),
        ("dora may 2001", ["Dora Smith"]),
        ("anna 14 mar 1982", ["Anna Marsh"]),
        ("anna 1990", []),
        ("15-Mar-1982", []),
        ("1982-13-01", []),
    ],
)
def test_a_birth_date_is_found_whole_or_in_parts(
    database: Database, act: Act, typed: str, found: list[str]
) -> None:
    enter(database, act, *(Patient(name, born) for name, born in BORN.items()))
    assert names(database, typed) == found


# -------------------------------------------------------------------- the list
def test_nothing_typed_gives_the_newest_visits_with_side_and_date(
    database: Database, act: Act
) -> None:
    side = Key("complaint.side")
    old = Visit(dt.date(2026, 3, 2), {side: "left"})
    unsaid = Visit(dt.date(2026, 3, 9))
    for name, visits in {
        "Case A": (old, unsaid),
        "Case B": (Visit(dt.date(2026, 11, 2), {side: "both"}),),
        "Case C": (Visit(dt.date(2026, 3, 9)),),
    }.items():
        record.chart_case(database.begin, act, Case(Patient(name), visits))
    enter(database, act, "Entered today")
    shown = [
        (found.patient.name, found.problem, found.last_visit)
        for found in record.find_patients(database.begin, "  ")
    ]
    assert shown == [
        ("Entered today", None, None),
        ("Case B", "both", dt.date(2026, 11, 2)),
        ("Case C", None, dt.date(2026, 3, 9)),
        ("Case A", "left", dt.date(2026, 3, 9)),
    ]
    assert names(database, "", limit=1) == ["Entered today"]


def test_a_visit_moved_to_another_day_moves_its_patient_in_the_list(
    database: Database, act: Act
) -> None:
    for name, day in (("Case A", 2), ("Case B", 9)):
        case = Case(Patient(name), (Visit(dt.date(2026, 3, day)),))
        record.chart_case(database.begin, act, case)
    visit = record.open_chart(database.begin, act, 1).visits[0]
    moved = Visit(dt.date(2026, 3, 10))
    assert names(database, "") == ["Case B", "Case A"]
    record.save_visit(database.begin, act, visit.id, visit.visit, moved)
    assert names(database, "") == ["Case A", "Case B"]


@pytest.mark.parametrize("typed", ["", "s", "s t", "17", "1982", "mar 1982", "smith 1982", "mar"])
def test_no_keystroke_reads_the_whole_table(database: Database, act: Act, typed: str) -> None:
    """Each keystroke is answered by ranges on indexes, however many patients there are."""
    enter(database, act, Patient("Tom Smith", dt.date(1982, 3, 14)))
    statements: list[str] = []
    with database.begin() as work:
        connection = work._session.connection().connection.driver_connection  # noqa: SLF001
        assert connection is not None
        connection.set_trace_callback(statements.append)
        work.find_patients(typed)
        connection.set_trace_callback(None)
        assert len(statements) == 1
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}")]
    scanned = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
    # What was found so far is a short list of its own, made by the inner statement.
    assert [step for step in scanned if "patients" in step or "words" in step] == []


# -------------------------------------------------------------------- slips and figures
@pytest.mark.parametrize(
    "typed",
    [
        "14.3.1982", "14/03/82", "3-14-1982", "14 3 82", "14mar82", "14-mar-1982", "14 marzo 1982",
        "14031982", "19820314",
    ],
)  # fmt: skip
def test_a_birth_date_is_found_however_it_is_written(
    database: Database, act: Act, typed: str
) -> None:
    born = Patient("Maria Huber", dt.date(1982, 3, 14))
    enter(database, act, born, Patient("Otto Lang", dt.date(1982, 4, 15)))
    assert names(database, typed) == ["Maria Huber"]


def test_figures_that_may_be_two_days_show_both(database: Database, act: Act) -> None:
    april, march = Patient("A", dt.date(1982, 4, 3)), Patient("M", dt.date(1982, 3, 4))
    enter(database, act, april, march)
    assert names(database, "3/4/82") == ["A", "M"]


@pytest.mark.parametrize("typed", ["No 000002", "no 2", "#2", "Nº 2"])
def test_a_number_is_found_as_it_stands_on_paper(database: Database, act: Act, typed: str) -> None:
    enter(database, act, "A", "B")
    assert names(database, typed) == ["B"]


def test_a_slip_finds_nobody_and_shows_who_may_be_meant(database: Database, act: Act) -> None:
    """Found and only alike are kept apart: what charts, moves or merges asks for found ones."""
    enter(database, act, "Maria Huber", "Otto Lang", "Marie Huber")
    assert names(database, "mraia hbuer") == []
    alike = record.alike_patients(database.begin, "mraia hbuer")
    assert [one.patient.name for one in alike] == ["Maria Huber", "Marie Huber"]
    assert all(one.alike for one in alike)
    assert record.alike_patients(database.begin, "000009") == ()
    assert record.alike_patients(database.begin, "hu") == ()
