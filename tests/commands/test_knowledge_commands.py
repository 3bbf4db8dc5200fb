"""Rules of one's own at the command line: tried, checked, held against old visits, printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.casefiles import NAME
from tests.terminal import Terminal, clear_case

ROOT = Path(__file__).resolve().parents[2]
BROKEN = "[[term]]\nid = 'ours'\nwhen = 'slr.counts'\nsentence = 'x'\nmark = 'proposal'\n"
BEGINNING = "The clinic's own rules are not in use, the shipped ones are: "
SAID = BEGINNING + "terms.toml: ours: has no source.\n"
LEGS = ("knee_extension", "ankle_dorsiflexion", "toe_extension", "eversion", "plantarflexion")
STRETCHER = {
    "complaint.side": "right",
    "complaint.duration_weeks": 30,
    "story.tightness": "yes",
    "story.stretching_before": "yes",
    "story.injury": "no",
    "complaint.onset": "gradual",
    "slump.result": {"right": "positive"},
    "slump.familiar": {"right": "yes"},
    "slump.release": {"right": "eases"},
}
STRICTER = """
[[term]]
id = "slump.chain"
per_side = true
when = { all = [
  { finding = "slump.familiar", is = "yes" },
  { finding = "slump.release", is = "more" },
] }
sentence = "Only a release that makes it more counts here."
source = "a made-up clinic"
mark = "proposal"
"""
"""A rule by which the slump of the stretcher no longer counts."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own rules"
    folder.mkdir()
    (folder / "terms.toml").write_text(STRICTER, encoding="utf-8")
    return folder


def a_stretcher(**visit: object) -> dict[str, object]:
    case = clear_case(**visit)
    strong = {f"power.{name}": {"right": "5", "left": "5"} for name in (*LEGS, "knee_flexion")}
    case["visits"][0]["findings"] |= STRETCHER | strong
    return case


def test_a_case_is_tried_with_rules_of_ones_own(terminal: Terminal, own: Path) -> None:
    file = terminal.file(a_stretcher())
    shipped = json.loads(terminal.run("suggest", file, "--format", "json").out)
    ours = json.loads(terminal.run("suggest", file, "--format", "json", "--knowledge", own).out)
    assert shipped["patterns"] == ["pattern_2"]
    assert ours["patterns"] == []
    assert ours["knowledge"]["version"] == shipped["knowledge"]["version"] + "+clinic"
    assert ours["knowledge"]["sha256"] != shipped["knowledge"]["sha256"]


def test_lines_of_the_answer_name_the_rule_behind_them(terminal: Terminal) -> None:
    """More than the contract asks for, and only as one more key."""
    answer = json.loads(
        terminal.run("suggest", terminal.file(a_stretcher()), "--format", "json").out
    )
    supports = answer["ledger"]["pattern_2"]["for"]
    assert supports
    assert {line["rule"] for line in supports} == {"pattern_2"}
    missing = answer["ledger"]["pattern_1"]["missing"]
    assert {line["rule"] for line in missing} <= {
        "pattern_1.back",
        "pattern_1.load_shift",
        "pattern_1.examined",
    }


def test_broken_rules_are_told_and_the_shipped_ones_answer(terminal: Terminal, own: Path) -> None:
    file = terminal.file(a_stretcher())
    shipped = terminal.run("suggest", file)
    (own / "terms.toml").write_text(BROKEN, encoding="utf-8")
    ended = terminal.run("suggest", file, "--knowledge", own)
    assert (ended.status, ended.out, ended.err) == (0, shipped.out, SAID)


def test_rules_beside_the_record_need_no_naming(terminal: Terminal, own: Path) -> None:
    """In the folder `knowledge` of the profile; the sheet then has the clinic's own dose."""
    terminal.profile.mkdir()
    own.rename(terminal.profile / "knowledge")
    (terminal.profile / "knowledge" / "terms.toml").write_text(BROKEN, encoding="utf-8")
    ended = terminal.chart(a_stretcher())
    assert (ended.status, ended.err) == (0, SAID)


def test_a_sheet_has_the_clinics_own_words(terminal: Terminal, own: Path) -> None:
    from pypdf import PdfReader

    (own / "plan-en.toml").write_text('[items.brace]\ndose = "nine times"\n', encoding="utf-8")
    sheet = terminal.folder / "sheet.pdf"
    file = terminal.file(a_stretcher(plan=[{"item": "brace"}]))
    ended = terminal.run("handout", file, "--out", sheet, "--knowledge", own)
    assert (ended.status, ended.err) == (0, "")
    assert "nine times" in PdfReader(sheet).pages[0].extract_text()


@pytest.mark.parametrize("verb", ["suggest", "handout", "replay", "check-knowledge", "knowledge"])
def test_a_folder_that_is_not_there_is_said(terminal: Terminal, verb: str) -> None:
    gone = terminal.folder / "gone"
    file = terminal.file(a_stretcher())
    out = terminal.folder / "out"
    arguments: dict[str, tuple[str | Path, ...]] = {
        "suggest": (file, "--knowledge", gone),
        "handout": (file, "--out", out, "--knowledge", gone),
        "replay": (*terminal.signs_in, "--knowledge", gone),
        "check-knowledge": (gone,),
        "knowledge": ("--out", out, "--knowledge", gone),
    }
    ended = terminal.run(verb, *arguments[verb])
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.endswith("gone: is no folder\n")
    assert not out.exists()


# ---------------------------------------------------------------------- replay
def test_signed_visits_that_new_rules_answer_otherwise_are_listed(
    terminal: Terminal, own: Path
) -> None:
    terminal.chart(a_stretcher(signed=True))
    replay = ("replay", *terminal.signs_in)
    assert terminal.run(*replay).out == "0 of 1 visits would be answered otherwise.\n"
    ended = terminal.run(*replay, "--knowledge", own)
    assert ended.status == 0
    line, count = ended.out.splitlines()
    assert line == "000001  2026-03-02  Pattern 2 -> leans to Pattern 2"
    assert count == "1 of 1 visits would be answered otherwise."
    assert NAME not in ended.out + ended.err


def test_unsigned_visits_are_listed_only_when_asked_for(terminal: Terminal, own: Path) -> None:
    terminal.chart(a_stretcher())
    replay = ("replay", *terminal.signs_in, "--knowledge", own)
    assert terminal.run(*replay).out.startswith("0 of 0")
    assert terminal.run(*replay, "--all").out.splitlines()[-1].startswith("1 of 1")


def test_broken_rules_answer_nothing_in_a_replay(terminal: Terminal, own: Path) -> None:
    """The shipped ones cannot stand in for those that were asked about."""
    terminal.chart(a_stretcher(signed=True))
    (own / "terms.toml").write_text(BROKEN, encoding="utf-8")
    ended = terminal.run("replay", *terminal.signs_in, "--knowledge", own)
    assert (ended.status, ended.out) == (1, "")
    assert "terms.toml: ours: has no source" in ended.err


# ---------------------------------------------------------------------- check and print
def test_the_shipped_rules_are_clean(terminal: Terminal) -> None:
    ended = terminal.run("check-knowledge")
    assert (ended.status, ended.err) == (0, "")
    assert len(ended.out.splitlines()) == 1


def test_findings_come_a_line_each_with_status_1(terminal: Terminal, own: Path) -> None:
    assert terminal.run("check-knowledge", own).status == 0
    (own / "terms.toml").write_text(BROKEN + BROKEN.replace("ours", "more"), encoding="utf-8")
    ended = terminal.run("check-knowledge", own)
    assert ended.status == 1
    assert ended.out.splitlines() == [
        "terms.toml: ours: has no source",
        "terms.toml: more: has no source",
    ]


def test_all_rules_are_written_as_a_page_and_on_paper(terminal: Terminal) -> None:
    page, paper = terminal.folder / "rules.md", terminal.folder / "rules.pdf"
    ended = terminal.run("knowledge", "--markdown", page, "--out", paper)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert page.read_bytes() == (ROOT / "docs" / "rules.md").read_bytes()
    assert paper.read_bytes().startswith(b"%PDF-")


def test_somewhere_to_write_to_must_be_named(terminal: Terminal) -> None:
    ended = terminal.run("knowledge")
    assert ended.status == 1
    assert "--out" in ended.err
