"""After damage in the window: two choices, what each would bring, and nothing done by itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.services.record import find_patients
from tests.arrivals import Arrival, visible_windows
from tests.records import file_of
from tests.settled import all_done
from tests.storage.harming import harm, pages_of
from tests.storage.released.making import HERE
from ui.clinic.backups import BackupsCard
from ui.entrance.rescue_report import RescueReportView


@pytest.fixture
def arrival(tmp_path: Path, qtbot: QtBot) -> Iterator[Arrival]:
    """A clinic with two patients and a backup from before the last visit was signed."""
    newest = max(path.name for path in HERE.iterdir() if (path / "CURRENT").exists())
    shutil.copytree(HERE / newest, tmp_path / "clinic")
    arrived = Arrival(tmp_path / "clinic", qtbot)
    yield arrived
    arrived.opener.close()


def words_of(view: RescueReportView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel))


def test_a_record_that_does_not_open_shows_what_can_be_saved_and_is_put_together(
    arrival: Arrival, tmp_path: Path
) -> None:
    file = file_of(tmp_path / "clinic")
    harm(tmp_path / "clinic", 1, *pages_of(tmp_path / "clinic", "retests"))
    damaged = file.read_bytes()
    arrival.signs_in()
    sign_in = arrival.reception.entrance.sign_in
    assert sign_in.restore_button.isVisible(), "the newest good backup comes first"
    assert sign_in.see_button.isVisible()
    sign_in.see_button.click()
    all_done()
    page = arrival.reception.entrance.rescue
    assert page is not None
    assert page.isVisible()
    said = words_of(page.report)
    assert "Nothing is known to be lost." in said
    assert "Patient 000001, visit of 17 Nov 2026" in said
    assert "Case" not in said, "before anybody is in, no name"
    assert not (tmp_path / "clinic" / "gen-0002").exists(), "so far it only looked"
    assert page.restore.isVisible()
    page.use.click()
    all_done()
    assert visible_windows() == {"MainWindow"}
    desk = arrival.window.desk
    assert len(find_patients(desk.open_record, "")) == 2
    with desk.open_record() as work:
        done = work.audit_entries(AuditQuery(deeds=frozenset({Deed.RESCUED})))
    assert {entry.visit_id for entry in done} == {None, 1}
    assert file.read_bytes() == damaged, "the damaged file stays as it is"
    arrival.window.open_patient(1, 1)
    said = arrival.window.messages.words.text()
    assert "This visit was put together from a damaged file" in said
    assert "1 as in the backup" in said


def test_the_backup_can_be_chosen_after_all(arrival: Arrival, tmp_path: Path) -> None:
    harm(tmp_path / "clinic", 1)
    arrival.signs_in()
    arrival.reception.entrance.sign_in.see_button.click()
    all_done()
    page = arrival.reception.entrance.rescue
    assert page is not None
    page.restore.click()
    all_done()
    assert visible_windows() == {"MainWindow"}
    with arrival.window.desk.open_record() as work:
        assert work.audit_entries(AuditQuery(deeds=frozenset({Deed.RESCUED}))) == ()
        assert len(work.audit_entries(AuditQuery(deeds=frozenset({Deed.RESTORED})))) == 1


def test_back_leads_to_where_one_signs_in(arrival: Arrival, tmp_path: Path) -> None:
    harm(tmp_path / "clinic", 1)
    arrival.signs_in()
    entrance = arrival.reception.entrance
    entrance.sign_in.see_button.click()
    all_done()
    assert entrance.rescue is not None
    entrance.rescue.back.click()
    assert entrance.sign_in.isVisible()
    assert not (tmp_path / "clinic" / "gen-0002").exists()


def test_damage_that_is_found_by_looking_at_everything_is_put_right_from_the_clinics_page(
    arrival: Arrival, tmp_path: Path
) -> None:
    """The record opens, and a page of a chart is damaged: no backup can be made of it either."""
    harm(tmp_path / "clinic", *pages_of(tmp_path / "clinic", "retests", "notes"))
    arrival.signs_in()
    session = arrival.reception.session
    assert session is not None
    arrival.window.show_clinic()
    card = arrival.window.findChild(BackupsCard)
    assert isinstance(card, BackupsCard)
    card.check_everything()
    all_done()
    assert "pages of the record's file are damaged" in card.said.text()
    assert card.use.text().startswith("Restore the backup of ")
    card.see.click()
    all_done()
    assert "Nothing is known to be lost." in words_of(card.report)
    assert card.use.isVisible(), "the backup is still the first choice"
    card.use_read.click()
    all_done()
    assert visible_windows() == {"Entrance"}
    assert "2 patients, 3 visits; not whole: 1." in arrival.is_told()
    arrival.signs_in()
    assert visible_windows() == {"MainWindow"}
