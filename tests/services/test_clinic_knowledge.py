"""A clinic lays its own rules over the shipped ones; a fault in them stops nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.clinic_knowledge import load_knowledge
from clinic_desktop.services.knowledge.compiled import FIRST_DAY, Knowledge, shipped_knowledge
from clinic_desktop.services.knowledge.own_folder import LARGEST_FILE
from clinic_desktop.services.knowledge.rule_files import read_rule_files

DOCS = Path(__file__).resolve().parents[2] / "docs" / "knowledge.md"
BRIDGE = Key("bridge.pain", Side.RIGHT)
Write = Callable[..., Path]


@cache
def shipped() -> Knowledge:
    return shipped_knowledge(load_catalogue(), load_catalogue_text())


def loaded(folder: Path | None) -> Knowledge:
    return load_knowledge(load_catalogue(), load_catalogue_text(), folder)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Puts a file into the clinic's folder and gives the folder."""

    def put(name: str, text: str | bytes) -> Path:
        content = text.encode() if isinstance(text, str) else text
        (tmp_path / name).write_bytes(content)
        return tmp_path

    return put


def said(knowledge: Knowledge) -> str:
    """The sentence about the first fault, after what all of them begin with."""
    problem, *_ = knowledge.problems
    beginning = "The clinic's own rules are not in use, the shipped ones are: "
    assert problem.startswith(beginning)
    assert "\n" not in problem
    return problem.removeprefix(beginning)


def assert_shipped_rules_go_on(knowledge: Knowledge) -> None:
    assert knowledge.engine.rulebook == shipped().engine.rulebook
    assert knowledge.suggest(chart({})).knowledge == shipped().suggest(chart({})).knowledge


def chart(findings: dict[Key, Value]) -> Case:
    painful: dict[Key, Value] = {Key("complaint.side"): "right"}
    return Case(Patient("Case A"), (Visit(FIRST_DAY, painful | findings),))


def term(name: str, when: str, **more: str) -> str:
    """A term as it is written in a file."""
    keys = {"sentence": '"A term of our own."', "source": '"our clinic"', "mark": '"proposal"'}
    lines = "\n".join(f"{key} = {value}" for key, value in (keys | more).items() if value)
    return f'[[term]]\nid = "{name}"\nwhen = {when}\n{lines}\n'


FINE = '{ finding = "slr.angle", at_least = 3 }'
SIDED = {"per_side": "true"}


# ---------------------------------------------------------------------- on top
def test_a_clinic_without_a_folder_has_the_shipped_rules(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "not there"):
        knowledge = loaded(folder)
        assert knowledge.problems == ()
        assert knowledge.engine.rulebook == shipped().engine.rulebook


def test_the_example_of_the_guide_does_what_it_says(write: Write) -> None:
    """A bridge that hurts 3 of 10 counts by the shipped rules, and no longer by the clinic's."""
    (example,) = [
        block
        for block in re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
        if "our clinic" in block
    ]
    own = loaded(write("terms.toml", example))
    assert own.problems == ()
    for pain, painful in ((3, (True, False)), (4, (True, True)), (2, (False, False))):
        assert tuple(bridge_hurts(k, pain) for k in (shipped(), own)) == painful, pain


def bridge_hurts(knowledge: Knowledge, pain: int) -> bool | None:
    engine = knowledge.engine
    facts = engine.evaluate({BRIDGE: pain, Key("bridge.reps", Side.RIGHT): 25}, (Side.RIGHT,))
    return facts.truths[engine.names.slot("tendon.bridge", Side.RIGHT)]


def test_the_worked_example_of_the_guide_is_a_rule(write: Write) -> None:
    text = DOCS.read_text(encoding="utf-8")
    (written,) = re.findall(r"   ```toml\n(.*?)```", text, re.DOTALL)
    own = loaded(write("terms.toml", written))
    assert own.problems == ()
    assert "tendon.compressed" in {term.id for term in own.engine.rulebook.terms}


def test_version_and_digest_say_that_other_rules_answer(write: Write) -> None:
    """Each file of the folder counts, the plan texts too."""
    folder = write("terms.toml", term("our.own", FINE, **SIDED))
    first = loaded(folder).engine.rulebook
    assert first.version == shipped().engine.rulebook.version + "+clinic"
    assert first.sha256 != shipped().engine.rulebook.sha256
    write("plan-en.toml", '[items.brace]\ndose = "two minutes"\n')
    second = loaded(folder).engine.rulebook
    assert second.sha256 not in (first.sha256, shipped().engine.rulebook.sha256)
    write("words.toml", 'version = "2027"\n')
    assert loaded(folder).engine.rulebook.version.endswith("+2027")
    assert loaded(folder).suggest(chart({})).knowledge[0].endswith("+2027")


def test_an_own_rule_came_with_the_clinics_version_unless_it_says_otherwise(write: Write) -> None:
    own = term("our.own", FINE, **SIDED) + term("our.old", FINE, **SIDED, since='"2026.12"')
    knowledge = loaded(write("terms.toml", own))
    assert knowledge.explain("our.own").since == knowledge.engine.rulebook.version
    assert knowledge.explain("our.old").since == "2026.12"
    assert knowledge.explain("slr.counts").since == "2026.11.1"


def test_one_sentence_of_a_flag_changes_and_nothing_beside_it(write: Write) -> None:
    own = loaded(write("flags.toml", '[flag.dvt]\nS = "Ring Dr Vein, today."\n'))
    now, then = own.engine.rulebook.flag_texts, shipped().engine.rulebook.flag_texts
    assert now["dvt"].actions["S"] == "Ring Dr Vein, today."
    assert now["dvt"].actions["E"] == then["dvt"].actions["E"]
    assert {flag for flag in then if now[flag] != then[flag]} == {"dvt"}
    assert own.engine.rulebook.flags == shipped().engine.rulebook.flags


def test_a_row_takes_the_place_of_the_shipped_one_and_another_is_added(write: Write) -> None:
    row = (
        '[[row]]\nid = "{name}"\nflag = "distress"\nlevel = "W"\nwhen = {{ finding ='
        ' "flag.distress", is = "yes" }}\nsource = "our clinic"\nmark = "proposal"\n'
    )
    own = loaded(write("flags.toml", row.format(name="distress") + row.format(name="our.row")))
    before = [r.id for r in shipped().engine.rulebook.flags]
    assert [r.id for r in own.engine.rulebook.flags] == [*before, "our.row"]
    assert own.explain("distress").source == "our clinic"


def test_a_plan_item_keeps_the_words_that_are_not_changed(write: Write) -> None:
    """The review was of the old words, so it counts only where it is written anew."""
    folder = write("plan-en.toml", '[items.brace]\ndose = "two minutes"\n')
    own, then = loaded(folder), shipped().library.texts["brace"]
    assert own.library.texts["brace"].dose == "two minutes"
    assert own.library.texts["brace"].steps == then.steps
    assert own.library.texts["hinge"] == shipped().library.texts["hinge"]
    assert own.library_in("en") == own.library
    review = 'reviewed_by = "A. Rivera, PT"\nreviewed_on = "2026-11-24"\n'
    write("plan-en.toml", f'[items.brace]\ndose = "two minutes"\n{review}')
    note = loaded(folder).explain("plan.brace")
    assert (note.reviewed_by, note.reviewed_on) == ("A. Rivera, PT", "2026-11-24")


def test_a_file_from_another_system_is_read_all_the_same(write: Write) -> None:
    """With a mark before the text and with its line ends."""
    text = term("our.own", FINE, **SIDED).replace("\n", "\r\n")
    assert loaded(write("terms.toml", b"\xef\xbb\xbf" + text.encode())).problems == ()


# ---------------------------------------------------------------------- faults
@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("terms.toml", "[[term", "terms.toml: whole file: "),
        ("terms.toml", term("x", FINE, source=""), "terms.toml: x: has no source"),
        ("terms.toml", term("x", FINE, source='" "', **SIDED), "terms.toml: x: has no source"),
        ("terms.toml", term("x", FINE, mark='"true"', **SIDED), "terms.toml: x: mark is one of"),
        ("terms.toml", term("x", FINE, sentence='""', **SIDED), "terms.toml: x: has no sentence"),
        ("terms.toml", term("x", FINE, nonsense="1"), "terms.toml: x: there is nothing called non"),
        ("terms.toml", term("x", FINE), "terms.toml: x: slr.angle has sides"),
        ("terms.toml", term("x", '"nobody"'), "terms.toml: x: term nobody is unknown"),
        ("terms.toml", term("x", '"x"'), "terms.toml: x: refers to itself"),
        ("terms.toml", term("x", '{ finding = "no.such", is = "yes" }'), "terms.toml: x: no.such"),
        (
            "terms.toml",
            term("x", '{ finding = "slr.angle", is = "high" }', **SIDED),
            'terms.toml: x: "is" does not suit slr.angle, which is of the kind number',
        ),
        (
            "terms.toml",
            term("x", '{ finding = "slr.result", at_least = 3 }', **SIDED),
            'terms.toml: x: "at_least" does not suit slr.result',
        ),
        (
            "terms.toml",
            term("x", '{ finding = "slr.result", is = "maybe" }', **SIDED),
            'terms.toml: x: slr.result does not take "maybe"',
        ),
        ("terms.toml", term("x", "{ is_painful = true }"), "terms.toml: x: no side is at hand"),
        (
            "terms.toml",
            term("x", "{ not = " * 20 + FINE + "}" * 20, **SIDED),
            "terms.toml: x: is nested more than",
        ),
        ("terms.toml", term("x", FINE, **SIDED) * 2, "terms.toml: x: stands there twice"),
        (
            "terms.toml",
            term("x", FINE, **SIDED, reviewed_by='"A. Rivera"'),
            "terms.toml: x: a review needs both",
        ),
        (
            "terms.toml",
            term("x", FINE, **SIDED, reviewed_by='"A"', reviewed_on='"May"'),
            "terms.toml: x: reviewed_on needs a date",
        ),
        ("terms.toml", term("neural.open", FINE, **SIDED), "terms.toml: neural.open: is read for"),
        ("words.toml", '[text]\nneed_open = "Open."\n', "words.toml: need_open: needs {need}"),
        ("words.toml", '[text]\nneed_open = "{need"\n', "words.toml: need_open: needs {need}"),
        ("words.toml", '[text]\nneed_opne = "{need}"\n', "words.toml: need_opne: the panel has no"),
        ("words.toml", "[cost]\nstory = 0.0\n", "words.toml: story: a cost is a number over 0"),
        ("words.toml", "[cost]\nstori = 1.0\n", "words.toml: cost: there is no"),
        ("words.toml", "version = 7\n", "words.toml: version: is no text"),
        (
            "flags.toml",
            '[flag.dvt]\nS = ""\n',
            "flags.toml: dvt.swelling: [flag.dvt] has no",
        ),
        ("plan.toml", 'without_data = ["rest"]\n', "plan.toml: without_data: there is no plan"),
        ("plan.toml", '[[item]]\nid = "rest"\nkind = "pause"\n', "plan.toml: rest: there is no"),
        ("plan.toml", '[[item]]\nid = "brace"\nkind = "load"\n', "plan.toml: brace: its kind is"),
        (
            "reading.toml",
            'leg_power = ["slr.angle"]\n',
            "reading.toml: leg_power: slr.angle is",
        ),
        ("reading.toml", 'grows = ["story.time"]\n', "reading.toml: grows: there is no finding"),
        (
            "reading.toml",
            '[[chain]]\ntest = ["slr.result"]\nlinks = ["slr.colour"]\nweak = "slr.weak"\n',
            "reading.toml: chain: there is no finding",
        ),
        (
            "reading.toml",
            '[[chain]]\ntest = ["slr.result"]\nlinks = ["slr.familiar"]\nweak = "back.after"\n',
            "reading.toml: chain: there is no term per side",
        ),
        ("plan-en.toml", "[items.rest]\n", "plan-en.toml: items.rest: there is no such plan item"),
        ("plan-en.toml", '[sheet]\ntitle = "{x}"\n', "plan-en.toml: sheet.title: needs nothing"),
        ("plan-en.toml", '[shed]\ntitle = "Mine"\n', "plan-en.toml: shed: only items, sheet and"),
        (
            "plan-en.toml",
            "[items.brace]\nsteps = []\n",
            "plan-en.toml: items.brace.steps: is",
        ),
        ("term.toml", "", "term.toml: whole file: is none of terms.toml"),
        ("terms.toml", b"\xff\xfe", "terms.toml: byte 0: is not UTF-8"),
        ("terms.toml", b"#" * (LARGEST_FILE + 1), "terms.toml: whole file: has more than"),
        ("terms.toml", b"a = " + b"[" * 100_000, "terms.toml: whole file: is nested too deeply"),
    ],
)
def test_a_fault_is_told_with_file_rule_and_reason_and_the_shipped_rules_go_on(
    write: Write, file: str, text: str | bytes, fault: str
) -> None:
    knowledge = loaded(write(file, text))
    assert said(knowledge).startswith(fault)
    assert_shipped_rules_go_on(knowledge)


def test_a_file_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    outside = tmp_path / "terms.toml"
    outside.write_text(term("our.own", FINE, **SIDED), encoding="utf-8")
    try:
        (folder / "terms.toml").symlink_to(outside)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert said(loaded(folder)) == "terms.toml: whole file: leads out of the folder."


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "terms.toml")
    assert said(loaded(tmp_path)) == "terms.toml: whole file: is no file."


def test_all_faults_are_told_at_once(write: Write) -> None:
    write("terms.toml", term("x", FINE, source="") + term("y", FINE, mark=""))
    folder = write("flags.toml", "[[row]]\nid = 'our.row'\n")
    problems = " ".join(loaded(folder).problems)
    assert ("terms.toml: x" in problems, "terms.toml: y" in problems) == (True, True)
    assert "flags.toml: our.row" in problems


def test_rules_that_fail_on_a_blank_chart_are_not_used(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else own rules may set off, it is found before anyone charts."""
    folder = write("terms.toml", term("our.own", FINE, **SIDED))

    def failing(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("clinic_desktop.services.knowledge.clinic_knowledge.suggest", failing)
        knowledge = loaded(folder)
    assert "cannot be answered (ZeroDivisionError)" in said(knowledge)
    assert_shipped_rules_go_on(knowledge)


def test_a_folder_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as closed:
        closed.setattr(Path, "iterdir", refused)
        assert "whole folder: Permission denied" in said(loaded(tmp_path))


# ---------------------------------------------------------------------- why
def test_each_line_of_an_answer_can_be_explained() -> None:
    """Whatever the panel says of a mixed chart leads to a sentence with its source and mark."""
    right = Side.RIGHT
    answer = shipped().suggest(
        chart(
            {
                Key("story.back"): "yes",
                Key("hint.back_history"): "no",
                Key("slr.result", right): "positive",
                Key("slr.familiar", right): "no",
                Key("flag.fever"): "yes",
                Key("flag.distress"): "yes",
                Key("palpation.tuberosity", right): 8,
            }
        )
    )
    lines = [
        line
        for ledger in answer.ledger.values()
        for line in (*ledger.supports, *ledger.against, *ledger.missing)
    ]
    assert lines
    assert answer.red_flags
    assert len(answer.contradictions) == 2
    rules = [line.rule for line in lines]
    rules += [flag.rule for flag in answer.red_flags]
    rules += [conflict.rule for conflict in answer.contradictions]
    for rule in rules:
        note = shipped().explain(rule)
        assert note.sentence.strip(), rule
        assert note.source.strip(), rule
        assert note.mark in ("article", "evidence", "proposal")
        assert note.since


def test_every_id_that_a_line_can_carry_stands_for_one_rule() -> None:
    rules = shipped().engine.rulebook
    ids = [
        *(term.id for term in rules.terms),
        *(f"{p.id}.{need.id}" for p in rules.patterns for need in p.needs),
        *(p.id for p in rules.patterns),
        *(row.id for row in rules.flags),
        *(rule.id for rule in rules.contradictions),
        *(f"plan.{item}" for item in rules.plan.items),
    ]
    assert len(set(ids)) == len(ids)
    for rule in ids:
        assert shipped().explain(rule)
    with pytest.raises(KeyError):
        shipped().explain("no.such")


def test_shipped_rules_that_cannot_be_read_are_no_clinics_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = read_rule_files() | {"terms": "[[term]]\n"}
    monkeypatch.setattr("clinic_desktop.services.knowledge.compiled.read_rule_files", lambda: texts)
    with pytest.raises(BrokenKnowledge, match=r"rules/terms\.toml: term 1: has no"):
        loaded(tmp_path)
