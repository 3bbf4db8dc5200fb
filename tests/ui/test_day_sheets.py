"""The day's sheets from the home page: into one folder, with progress, and cancelled at will."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.record import kept_papers
from tests.at_the_desk import Therapist
from tests.handout_contents import pages_of
from tests.settled import all_done


def for_ever(_content: Handout, _paper: str) -> bytes:
    """A sheet that never gets ready."""
    while True:
        time.sleep(1)


@pytest.fixture
def busy_day(therapist: Therapist) -> Therapist:
    """Two patients with a plan, one without."""
    for name in ("Ana", "Ben", "Cleo"):
        therapist.begins_visit(name)
        therapist.page.model.record(Key("complaint.side"), "right")
        therapist.finishes_screen()
        if name != "Cleo":
            therapist.page.model.editor.plan((PlanChoice("slider_seated"),))
    therapist.window.show_home()
    return therapist


def test_the_days_sheets_are_written_and_kept_and_who_is_left_out_is_named(
    busy_day: Therapist, tmp_path: Path
) -> None:
    card = busy_day.window.home.day_sheets
    folder = tmp_path / "sheets"
    folder.mkdir()
    card.make_into(folder)
    assert not card.start.isEnabled()
    all_done()
    assert card.start.isEnabled()
    written = sorted(folder.iterdir())
    assert [path.name for path in written] == [
        "home-plan-000001-2026-03-23.pdf",
        "home-plan-000002-2026-03-23.pdf",
    ]
    assert "Ana" in pages_of(written[0].read_bytes())[0]
    assert "Cleo: No plan was chosen." in card.left_out.text()
    assert card.said.text() == "2 sheets in sheets, and kept in the record."
    busy_day.window.open_patient(1)
    (kept,) = kept_papers(busy_day.desk.open_record, busy_day.page.chart.course, "handout")
    assert kept.document.made_by == "T. Keller, PT"


def test_it_can_be_cancelled_and_begun_anew(busy_day: Therapist, tmp_path: Path) -> None:
    window = busy_day.window
    window.home.take_desk(replace(busy_day.desk, render_handout=for_ever))
    card = window.home.day_sheets
    card.make_into(tmp_path)
    assert not card.start.isEnabled()
    busy_day.qtbot.waitUntil(lambda: "0 of 2" in window.strip.words.text())
    window.strip.cancel.click()
    assert "being stopped" in window.strip.words.text()
    all_done()
    assert card.start.isEnabled()
    assert "Cancelled after 0 of 2" in card.said.text()
    assert not list(tmp_path.glob("*.pdf"))


def test_a_folder_that_cannot_be_written_is_said_for_each_sheet(
    busy_day: Therapist, tmp_path: Path
) -> None:
    card = busy_day.window.home.day_sheets
    card.make_into(tmp_path / "gone")
    all_done()
    assert card.left_out.text().count("no such file") == 2
    assert card.said.text().startswith("0 sheets")


def test_a_day_without_sheets_says_so(therapist: Therapist, tmp_path: Path) -> None:
    card = therapist.window.home.day_sheets
    card.make_into(tmp_path)
    all_done()
    assert card.said.text() == "No sheet to print today."
