"""Visit note, course report and referral letter from the command line."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from tests.casefiles import CANARIES, NAME, whole_case
from tests.terminal import ARTICLE, Ended, Terminal, clear_case


def printed(terminal: Terminal, verb: str, content: object, *more: str) -> tuple[Ended, Path]:
    out = terminal.folder / f"{verb}.pdf"
    case = terminal.file(content)
    return terminal.run(verb, case, "--out", out, "--profile", terminal.profile, *more), out


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
@pytest.mark.parametrize("verb", ["note", "report"])
def test_a_paper_is_written_without_a_record(
    terminal: Terminal, verb: str, paper: str, width: int
) -> None:
    ended, out = printed(terminal, verb, clear_case(), "--paper", paper)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    pages = pypdf.PdfReader(out).pages
    assert round(pages[0].mediabox.width) == width
    assert all(NAME in page.extract_text() for page in pages)
    assert not terminal.profile.exists()


@pytest.mark.parametrize("verb", ["note", "report"])
def test_the_published_case_and_one_with_every_key_are_printed(
    terminal: Terminal, verb: str
) -> None:
    out = terminal.folder / "paper.pdf"
    assert terminal.run(verb, ARTICLE, "--out", out).status == 0
    ended, _ = printed(terminal, verb, whole_case())
    assert (ended.status, ended.err) == (0, "")


def test_what_a_phrase_left_open_is_said_beside_the_paper(terminal: Terminal) -> None:
    case = clear_case()
    case["visits"][0]["notes_on"] = {"slr.result": "Done in {position}."}
    for verb in ("note", "report"):
        ended, _ = printed(terminal, verb, case)
        expected = "" if verb == "report" else "Not filled in: SLR {position}.\n"
        assert (ended.status, ended.err) == (0, expected)
    more = ("--to", "Dr B", "--reason", "Rang {whom}.", "--told", "Wait.")
    ended, _ = printed(terminal, "letter", case, *more)
    assert "{whom}" in ended.err


def emergency() -> dict[str, object]:
    case = clear_case()
    case["visits"][0]["findings"]["flag.saddle_numbness"] = "yes"
    return case


def test_a_letter_prints_over_the_flag_that_withholds_the_plan(terminal: Terminal) -> None:
    more = ("--flag", "cauda_equina", "--to", "St Anne's", "--told", "Go now.")
    ended, out = printed(terminal, "letter", emergency(), *more)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    text = pypdf.PdfReader(out).pages[0].extract_text()
    assert "EMERGENCY" in text
    assert "St Anne's" in text


def test_what_the_patient_was_told_is_missed_aloud(terminal: Terminal) -> None:
    ended, out = printed(
        terminal, "letter", emergency(), "--flag", "cauda_equina", "--to", "St Anne's"
    )
    assert (ended.status, ended.err) == (0, "")
    assert "not recorded" in ended.out
    assert out.exists()


@pytest.mark.parametrize("more", [("--flag", "dvt"), ()])
def test_a_letter_without_an_open_flag_needs_a_reason(
    terminal: Terminal, more: tuple[str, ...]
) -> None:
    ended, out = printed(terminal, "letter", clear_case(), "--to", "GP", *more)
    assert ended.status == 1
    assert len(ended.err.splitlines()) == 1
    assert "reason" in ended.err
    assert not any(word in ended.err for word in CANARIES)
    assert not out.exists()
    ended, out = printed(
        terminal, "letter", clear_case(), "--to", "GP", "--reason", "No change.", *more
    )
    assert ended.status == 0
    assert out.exists()


def test_an_unknown_flag_and_a_letter_to_nobody_are_bad_usage(terminal: Terminal) -> None:
    assert printed(terminal, "letter", emergency(), "--flag", "hunch", "--to", "GP")[0].status == 2
    assert printed(terminal, "letter", emergency(), "--flag", "dvt")[0].status == 2


@pytest.mark.parametrize("verb", ["note", "report"])
def test_a_broken_case_file_leaves_the_old_paper(terminal: Terminal, verb: str) -> None:
    (terminal.folder / f"{verb}.pdf").write_bytes(b"the old one")
    ended, out = printed(terminal, verb, "{")
    assert ended.status == 2
    assert out.read_bytes() == b"the old one"
