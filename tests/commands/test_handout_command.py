"""The home plan from the command line: printed, withheld, or not there yet."""

from pathlib import Path

import pypdf
import pytest

from clinic_desktop import bootstrap
from tests.casefiles import NAME
from tests.terminal import ARTICLE, Ended, Terminal, clear_case

PLAN = [{"item": "pause_stretching"}, {"item": "slider_seated", "dose": "2 x 10, once a day"}]


def handout(terminal: Terminal, content: object, *more: str) -> tuple[Ended, Path]:
    out = terminal.folder / "sheet.pdf"
    case = terminal.file(content)
    return terminal.run("handout", case, "--out", out, "--profile", terminal.profile, *more), out


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_plan_is_printed(terminal: Terminal, paper: str, width: int) -> None:
    ended, out = handout(terminal, clear_case(plan=PLAN), "--paper", paper)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    (page,) = pypdf.PdfReader(out).pages
    assert round(page.mediabox.width) == width
    assert NAME in page.extract_text()
    assert not terminal.profile.exists()


def test_a_plan_is_withheld_until_the_screen_is_complete(terminal: Terminal) -> None:
    unasked = clear_case(plan=PLAN)
    del unasked["visits"][0]["findings"]["flag.saddle_numbness"]
    ended, out = handout(terminal, unasked)
    assert (ended.status, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
    assert not out.exists()


def test_an_emergency_prints_nothing_and_leaves_the_old_sheet(terminal: Terminal) -> None:
    case = clear_case(plan=PLAN)
    case["visits"][0]["findings"]["flag.saddle_numbness"] = "yes"
    (terminal.folder / "sheet.pdf").write_bytes(b"the old one")
    ended, out = handout(terminal, case)
    assert ended.status == 1
    assert out.read_bytes() == b"the old one"


@pytest.mark.parametrize("option", [("--large-print",), ("--language", "es")])
def test_what_is_not_there_yet_says_so(terminal: Terminal, option: tuple[str, ...]) -> None:
    ended, out = handout(terminal, clear_case(plan=PLAN), *option)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.endswith("is not yet available\n")
    assert not out.exists()


def test_a_patient_of_another_language_gets_english_and_is_told(terminal: Terminal) -> None:
    case = clear_case(plan=PLAN)
    case["patient"]["language"] = "es"
    ended, out = handout(terminal, case)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == "Printed in English: Spanish is not yet available.\n"
    assert out.exists()


def test_the_sheet_carries_the_clinics_name(terminal: Terminal) -> None:
    terminal.profile.mkdir()
    (terminal.profile / "settings.toml").write_text(
        '[clinic]\nname = "Harbour Physio"\nlater = 1\n'
    )
    _, out = handout(terminal, clear_case(plan=PLAN))
    assert "Harbour Physio" in pypdf.PdfReader(out).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[clinic", "settings.toml: "),
        ("clinic = 3", "settings.toml: clinic must be a table"),
        ("[clinic]\nphone = 911", "settings.toml: clinic.phone must be text"),
    ],
)
def test_settings_that_cannot_be_read_are_named_and_do_not_stop_the_panel(
    terminal: Terminal, text: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.profile.mkdir()
    (terminal.profile / "settings.toml").write_text(text)
    ended, out = handout(terminal, clear_case(plan=PLAN))
    assert ended.status == 1
    assert ended.err.startswith(reason)
    assert not out.exists()
    monkeypatch.setenv(bootstrap.PROFILE_VARIABLE, str(terminal.profile))
    assert terminal.run("suggest", ARTICLE).status == 0
