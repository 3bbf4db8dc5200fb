"""The folder of the clinic goes away while somebody charts, as when a stick is pulled.

Line 20 of reliability.md, section 7: what is typed stays on screen, can be kept elsewhere, and is
in the record in the end: once, whether the window was closed meanwhile or not.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.record import register_patient, save_visit
from clinic_desktop.services.set_aside import merged
from tests.arrivals import Arrival
from tests.records import connected_clinic
from tests.settled import all_done
from ui import saving
from ui.forms.buttons import Button
from ui.message_bar import MessageBar
from ui.set_aside import ENDING

ANGLE, RESULT = Key("slr.angle", Side.RIGHT), Key("slr.result", Side.RIGHT)
NOTE = Key("note.subjective")
TYPED = "worse on stairs since March"
GONE = "Not saved yet: The folder of the clinic cannot be reached just now."
VISIT = Visit(dt.date(2026, 11, 24), signed=False)


class Stick:
    """The clinic's folder, on a stick that can be pulled."""

    def __init__(self, arrival: Arrival, elsewhere: Path, qtbot: QtBot) -> None:
        self.arrival, self._qtbot = arrival, qtbot
        self._folder = arrival.door.folder
        self._away = self._folder.with_name("away")
        self.copy = elsewhere / f"000001-1{ENDING}"
        arrival.signs_in()
        desk = arrival.window.desk
        number = register_patient(desk.open_record, desk.act(), Patient("Case A"))
        arrival.window.begin_visit(number)
        self.records(ANGLE, "58")
        all_done()

    def records(self, key: Key, value: str) -> None:
        assert self.arrival.window.visit is not None
        self.arrival.window.visit.model.record(key, value)

    @property
    def banner_says(self) -> str:
        assert self.arrival.window.visit is not None
        return self.arrival.window.visit.banner.saved_text

    def is_pulled(self) -> None:
        self._folder.rename(self._away)

    def is_back(self) -> None:
        self._away.rename(self._folder)

    def types_on(self) -> None:
        """What the record does not have while the folder is away."""
        self.records(NOTE, TYPED)
        self.records(RESULT, "positive")
        self._qtbot.waitUntil(lambda: self.banner_says == GONE)

    def saves_by_itself(self) -> None:
        self._qtbot.waitUntil(lambda: self.banner_says.startswith("saved "))
        all_done()

    def presses_copy(self) -> None:
        button = self.button
        assert button.isVisible()
        button.click()

    @property
    def button(self) -> Button:
        assert self.arrival.window.visit is not None
        return self.arrival.window.visit.banner.copy

    def is_told(self) -> str:
        return self.arrival.window.imports.toast.words.text()

    def stored(self) -> Visit:
        with self.arrival.window.desk.open_record() as work:
            return work.course_of_visit(1).visits[-1].visit

    def noted(self) -> list[str]:
        """The fields that the trail says were changed, oldest first."""
        record = connected_clinic(self._folder)  # she herself reads her own acts only
        try:
            with record.begin() as work:
                entries = work.audit_entries(AuditQuery())
        finally:
            record.close()
        return [one.field for one in reversed(entries) if one.deed == Deed.VISIT_CHANGED]

    def starts_anew(self) -> None:
        """The window was closed though it said what that loses; a day later somebody comes in."""
        window = self.arrival.window
        if not window.close():
            assert window.close()
        all_done()
        self.is_back()
        self.arrival.opener.close()
        self.arrival = Arrival(self._folder, self._qtbot)
        self.arrival.signs_in()


@pytest.fixture
def stick(arrival: Arrival, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stick:
    monkeypatch.setattr(saving, "RETRY_MS", 20)
    made = Stick(arrival, tmp_path, qtbot)
    chosen = (str(made.copy), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: chosen)
    return made


def test_the_banner_of_the_fault_offers_another_place_and_only_this_clinic_reads_it(
    stick: Stick,
) -> None:
    assert not stick.button.isVisible()
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    assert stick.is_told().startswith(f"{stick.copy.name} holds this visit")
    content = stick.copy.read_bytes()
    assert not [word for word in ("Case A", TYPED, "findings") if word.encode() in content]
    if os.name != "nt":
        assert stat.S_IMODE(stick.copy.stat().st_mode) == 0o600
    stick.is_back()
    stick.saves_by_itself()
    assert stick.stored().findings == {ANGLE: 58, NOTE: TYPED, RESULT: "positive"}
    assert not stick.button.isVisible()


def test_a_copy_of_what_the_window_saved_itself_is_not_charted_again(
    stick: Stick,
) -> None:
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    stick.is_back()
    stick.saves_by_itself()
    before, noted = stick.stored(), stick.noted()
    stick.arrival.window.imports.look_at([stick.copy])
    assert stick.is_told() == "Everything in the copy was in the record already."
    assert (stick.stored(), stick.noted()) == (before, noted)


def test_where_the_window_was_closed_meanwhile_the_copy_brings_it_into_the_record(
    stick: Stick,
) -> None:
    """As ordinary changes, each with its entry in the trail; a second time it changes nothing."""
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    stick.starts_anew()
    assert stick.stored().findings == {ANGLE: 58}
    noted = stick.noted()
    stick.arrival.window.imports.look_at([stick.copy])
    assert stick.is_told() == "2 entries of the copy are in the record now."
    assert stick.stored().findings == {ANGLE: 58, NOTE: TYPED, RESULT: "positive"}
    assert sorted(stick.noted()[len(noted) :]) == [f"findings/{NOTE}", f"findings/{RESULT}"]
    page = stick.arrival.window.visit
    assert page is not None
    assert page.model.value(NOTE) == TYPED, "it is shown"
    stick.arrival.window.imports.look_at([stick.copy])
    assert stick.is_told() == "Everything in the copy was in the record already."


def test_what_was_changed_in_the_record_since_stays_and_is_told(stick: Stick) -> None:
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    stick.starts_anew()
    desk, now = stick.arrival.window.desk, stick.stored()
    save_visit(desk.open_record, desk.act(), 1, now, now.charted(RESULT, "negative"))
    stick.arrival.window.imports.look_at([stick.copy])
    assert stick.is_told() == (
        "1 entry of the copy is in the record now. 1 was changed there since, and stays."
    )
    assert stick.stored().findings == {ANGLE: 58, NOTE: TYPED, RESULT: "negative"}


def test_a_file_that_is_no_copy_of_this_clinic_is_refused_in_words(stick: Stick) -> None:
    stick.copy.write_bytes(bytes(200))
    stick.arrival.window.imports.look_at([stick.copy])
    bar = stick.arrival.window.findChild(MessageBar)
    assert bar is not None
    assert bar.words.text() == f"{stick.copy.name} is no copy of this clinic, or it is damaged."


def test_a_place_that_takes_no_file_is_told_and_nothing_is_lost(stick: Stick) -> None:
    stick.is_pulled()
    stick.types_on()
    stick.copy.mkdir()
    stick.presses_copy()
    bar = stick.arrival.window.findChild(MessageBar)
    assert bar is not None
    assert "is there already and is no file" in bar.words.text()
    stick.is_back()
    stick.saves_by_itself()
    assert stick.stored().findings[NOTE] == TYPED


def test_entries_are_put_together_one_by_one() -> None:
    """Cleared stays cleared, whole lists count as one entry, and 58 is not 58.0."""
    before = replace(VISIT.charted(ANGLE, 58).charted(RESULT, "positive"), notes_on={"slr": "a"})
    after = replace(before.charted(RESULT, None), activities=("run",))
    now = replace(before.charted(ANGLE, 60), notes_on={"slr": "b"})
    found, differing = merged(before, after, now)
    assert found == replace(now.charted(RESULT, None), activities=("run",))
    assert differing == 0
    assert merged(before, after, now.charted(RESULT, "negative"))[1] == 1
    assert merged(before, after, found) == (found, 0), "a second time changes nothing"
    changed = before.charted(ANGLE, 58.0)
    assert merged(before, changed, before)[0].findings[ANGLE] == 58.0
