"""A clinic's own exercises from the command line: checked, printed, listed, and kept elsewhere."""

from pathlib import Path

import pypdf
import pytest

from tests.own_exercises import STEP, WALL, put, write_both, write_example
from tests.terminal import Terminal, clear_case

PLAN = [{"item": WALL}, {"item": STEP, "dose": "5 times"}]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write_both(tmp_path / "knowledge")


def test_they_are_printed_with_drawing_and_pictures(terminal: Terminal, own: Path) -> None:
    out = terminal.folder / "sheet.pdf"
    case = terminal.file(clear_case(plan=PLAN))
    ended = terminal.run("handout", case, "--out", out, "--knowledge", own)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    page = pypdf.PdfReader(out).pages[0]
    assert "Heel press at the wall: right leg" in page.extract_text()
    assert len(page.images) == 2


def test_words_that_are_not_there_in_spanish_are_told(terminal: Terminal, own: Path) -> None:
    out = terminal.folder / "sheet.pdf"
    case = terminal.file(clear_case(plan=PLAN))
    ended = terminal.run("handout", case, "--out", out, "--language", "es", "--knowledge", own)
    said = "Slow step down: has no words in this language; the English ones are printed.\n"
    assert (ended.status, ended.out, ended.err) == (0, said, "")


def test_a_case_from_elsewhere_is_answered_but_not_printed(terminal: Terminal) -> None:
    """Which exercises are not here is said; what the rules make of the findings is not held up."""
    case = terminal.file(clear_case(plan=PLAN))
    ended = terminal.run("suggest", case)
    assert ended.status == 0
    assert ended.err.splitlines() == [
        f"{item}: an exercise of a clinic's own whose words are not here;"
        " it is kept, and not printed."
        for item in (WALL, STEP)
    ]
    out = terminal.folder / "sheet.pdf"
    ended = terminal.run("handout", case, "--out", out)
    assert ended.status == 1
    assert f'"{WALL}" is an exercise of a clinic\'s own' in ended.err
    assert not out.exists()


def test_it_comes_out_of_the_record_as_it_went_in(terminal: Terminal) -> None:
    """Charted in a clinic without the folder, with the drawing that was chosen elsewhere."""
    plan = [{"item": WALL, "dose": "5 times", "side": "left", "drawing": "with_towel"}]
    adherence = {"clinic.wall_press": "most"}
    charted = clear_case(plan=plan, parked=["north.bridge"], adherence=adherence)
    ended = terminal.chart(charted)
    assert ended.status == 0
    (visit,) = terminal.export(1)["visits"]
    assert visit["plan"] == plan
    assert visit["parked"] == ["north.bridge"]
    assert visit["adherence"] == adherence


def test_check_knowledge_lists_what_would_surprise(terminal: Terminal, own: Path) -> None:
    ended = terminal.run("check-knowledge", own)
    assert ended.status == 1
    finding, heading, wall, step = ended.out.splitlines()
    assert finding == f"plan-es.toml: items.{STEP}: has no words: the English ones are printed"
    assert heading == "Exercises of your own:"
    assert wall.startswith(f"  items.toml: {WALL}: Heel press at the wall; load; 1 picture; en: ")
    assert "es: reading ease" in wall
    assert step.endswith("; es: in English")
    put(own, "pictures/up.jpg", "no picture")
    ended = terminal.run("check-knowledge", own)
    place = f"items.toml: {STEP}.pictures[0]: pictures/up.jpg"
    assert ended.out.splitlines() == [f"{place} is no PNG or JPEG picture"]


def test_a_faulty_folder_leaves_the_shipped_exercises(terminal: Terminal, own: Path) -> None:
    put(own, "items.toml", "[brace]\n")
    out = terminal.folder / "sheet.pdf"
    case = terminal.file(clear_case(plan=[{"item": "brace"}]))
    ended = terminal.run("handout", case, "--out", out, "--knowledge", own)
    assert ended.status == 0
    assert "items.toml: brace: an item of your own has a prefix" in ended.err
    assert out.exists()


def test_the_page_for_reviewers_lists_them(terminal: Terminal) -> None:
    own = write_example(terminal.folder / "knowledge")
    page = terminal.folder / "rules.md"
    ended = terminal.run("knowledge", "--markdown", page, "--knowledge", own)
    assert ended.status == 0
    text = page.read_text(encoding="utf-8")
    assert "Heel press at the wall" in text
    assert "Hillside team, May 2026" in text
