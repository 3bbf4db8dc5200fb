"""The home plan from the command line: printed, withheld, in whichever language and size."""

import datetime as dt
import hashlib
import re
from pathlib import Path

import pypdf
import pytest
from PIL import Image

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


def test_large_print_is_set_in_large_type(terminal: Terminal) -> None:
    ended, out = handout(terminal, clear_case(plan=PLAN), "--large-print")
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    content = pypdf.PdfReader(out).pages[0].get_contents()
    assert content is not None
    sizes = [float(size) for size in re.findall(rb"/F\S+ (\S+) Tf", content.get_data())]
    assert sizes.count(18) > sum(size < 16 for size in sizes)


@pytest.mark.parametrize(
    ("own", "asked", "title"),
    [
        ("es", (), "Su plan en casa"),
        ("es", ("--language", "en"), "Your home plan"),
        ("en", ("--language", "es"), "Su plan en casa"),
        (None, (), "Your home plan"),
    ],
)
def test_the_patients_language_decides_unless_another_is_asked_for(
    terminal: Terminal, own: str | None, asked: tuple[str, ...], title: str
) -> None:
    case = clear_case(plan=PLAN)
    if own:
        case["patient"]["language"] = own
    ended, out = handout(terminal, case, *asked)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert title in pypdf.PdfReader(out).pages[0].extract_text()


def test_the_charted_next_visit_stands_on_the_sheet(terminal: Terminal) -> None:
    case = clear_case(plan=PLAN)
    case["visits"][-1]["findings"]["plan.next_visit"] = "soon"
    ended, out = handout(terminal, case)
    assert ended.status == 1
    assert "plan.next_visit needs a date" in ended.err
    assert not out.exists()
    day = dt.date.fromisoformat(case["visits"][-1]["date"]) + dt.timedelta(days=7)
    case["visits"][-1]["findings"]["plan.next_visit"] = f"{day}T09:30"
    ended, out = handout(terminal, case)
    assert ended.status == 0
    assert "at 9:30" in pypdf.PdfReader(out).pages[0].extract_text()


def test_a_logo_beside_the_settings_is_printed(terminal: Terminal) -> None:
    terminal.profile.mkdir()
    (terminal.profile / "settings.toml").write_text('[clinic]\nname = "Physio"\nlogo = "our.png"\n')
    Image.new("RGB", (300, 100), "navy").save(terminal.profile / "our.png")
    ended, out = handout(terminal, clear_case(plan=PLAN))
    assert (ended.status, ended.err) == (0, "")
    assert len(pypdf.PdfReader(out).pages[0].images) == 1


@pytest.mark.parametrize(
    ("named", "content", "reason"),
    [
        ("gone.png", b"", "clinic.logo: gone.png: "),
        ("../our.png", b"x", "must be the name of a file"),
        ("our.png", b"not a picture", "the clinic's logo is no PNG or JPEG picture"),
        ("our.png", b"x" * 2_000_001, "more than 2000000 bytes"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_named(
    terminal: Terminal, named: str, content: bytes, reason: str
) -> None:
    terminal.profile.mkdir()
    (terminal.profile / "settings.toml").write_text(f'[clinic]\nlogo = "{named}"\n')
    if content:
        (terminal.profile / "our.png").write_bytes(content)
    ended, out = handout(terminal, clear_case(plan=PLAN))
    assert ended.status == 1
    assert reason in ended.err
    assert not out.exists()


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


def test_a_spanish_sheet_brings_a_copy_in_english_where_it_is_asked_for(terminal: Terminal) -> None:
    copy = terminal.folder / "copy.pdf"
    case = clear_case(plan=PLAN)
    ended, out = handout(terminal, case, "--language", "es", "--file-copy", str(copy))
    assert (ended.status, ended.err) == (0, "")
    said = pypdf.PdfReader(copy).pages[0].extract_text()
    assert "FILE COPY" in said
    assert hashlib.sha256(out.read_bytes()).hexdigest() in "".join(said.split())


def test_a_sheet_in_english_has_no_copy_and_that_is_said(terminal: Terminal) -> None:
    copy = terminal.folder / "copy.pdf"
    ended, out = handout(terminal, clear_case(plan=PLAN), "--file-copy", str(copy))
    assert ended.status == 0
    assert "there is no file copy" in ended.out + ended.err
    assert out.exists()
    assert not copy.exists()


def test_the_clinics_usual_paper_and_size_are_taken_where_none_is_asked_for(
    terminal: Terminal,
) -> None:
    terminal.profile.mkdir()
    settings = '[papers]\npaper = "letter"\ntext_size = 18\n'
    (terminal.profile / "settings.toml").write_text(settings)
    ended, out = handout(terminal, clear_case(plan=PLAN))
    assert ended.status == 0
    assert round(pypdf.PdfReader(out).pages[0].mediabox.width) == 612
    ended, out = handout(terminal, clear_case(plan=PLAN), "--paper", "a4")
    assert round(pypdf.PdfReader(out).pages[0].mediabox.width) == 595
