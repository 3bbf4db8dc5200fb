"""The folder of the clinic goes away while somebody charts, as when a stick is pulled.

Line 20 of reliability.md, section 7: what is typed stays on screen, can be kept elsewhere, and is
in the record in the end: once, whether the window was closed meanwhile or not.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.papers.letter_drafts import letter_drafts_of
from clinic_desktop.services.record import register_patient, save_visit
from clinic_desktop.services.safety import copies_elsewhere
from clinic_desktop.services.safety.set_aside import (
    Unsaved,
    keep_elsewhere,
    merged,
    read_copy,
    take_in,
)
from clinic_desktop.services.visit.signing import addendum_draft
from tests.arrivals import Arrival
from tests.records import PASSPHRASE, connected_clinic
from tests.settled import all_done
from ui.papers import letter_keeping
from ui.papers.letter_preview import LetterPreview
from ui.visit import addendum_editor, saving
from ui.visit.set_aside import ENDING
from ui.widgets.buttons import Button
from ui.widgets.message_bar import MessageBar

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


# ---------------------------------------------------------------------- offered by itself
def offered(stick: Stick) -> str:
    """What home says of a copy; empty where it says nothing."""
    stick.arrival.window.show_home()
    for _turn in range(20):  # home reads its lists one after the other, the copies last
        QApplication.processEvents()
        all_done()
    copies = stick.arrival.window.home.copies
    return copies.said.text() if copies.isVisible() else ""


def test_a_copy_is_offered_at_home_when_the_folder_is_back(stick: Stick) -> None:
    """One click takes it in; then there is nothing to offer any more."""
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    stick.starts_anew()
    said = offered(stick)
    assert said.startswith("A copy of one visit was saved elsewhere on 24 Nov 2026 at ")
    assert stick.arrival.window.home.copies.where.text() == str(stick.copy)
    stick.arrival.window.home.copies.take.click()
    assert stick.is_told() == "2 entries of the copy are in the record now."
    assert stick.stored().findings == {ANGLE: 58, NOTE: TYPED, RESULT: "positive"}
    assert offered(stick) == ""


def test_what_is_noted_of_a_copy_names_nobody(stick: Stick) -> None:
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    noted = copies_elsewhere._file().read_text("utf-8")  # noqa: SLF001 - what lies on the disk
    assert str(stick.copy) in json.loads(noted)[-1]["path"]
    assert not [word for word in ("Case A", TYPED, "findings") if word in noted]


def test_a_copy_of_what_was_saved_by_itself_is_not_offered(stick: Stick) -> None:
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    stick.is_back()
    stick.saves_by_itself()
    assert offered(stick) == ""


def test_a_copy_out_of_reach_is_offered_once_it_is_there(stick: Stick) -> None:
    stick.is_pulled()
    stick.types_on()
    stick.presses_copy()
    stick.starts_anew()
    away = stick.copy.rename(stick.copy.with_name("away"))
    assert offered(stick) == ""
    away.rename(stick.copy)
    assert offered(stick)
    stick.arrival.window.home.copies.leave.click()
    assert offered(stick) == ""
    assert stick.copy.exists(), "the file stays"


def test_a_letter_being_written_is_in_the_copy(
    stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_keeping, "RETRY_MS", 20)
    window = stick.arrival.window
    window.show_paper("letter")
    letter = window.preview
    assert isinstance(letter, LetterPreview)
    letter.form.reason.setPlainText("Please see her.")
    letter.flush()
    all_done()
    assert not letter.elsewhere.isVisible()
    stick.is_pulled()
    letter.form.reason.setPlainText("Please see her soon.")
    letter.flush()
    all_done()
    assert letter.elsewhere.isVisible()
    letter.elsewhere.click()
    stick.starts_anew()
    desk = stick.arrival.window.desk
    (draft,) = letter_drafts_of(desk.open_record, 1)
    assert draft.reason == "Please see her."
    stick.arrival.window.imports.look_at([stick.copy])
    assert stick.is_told() == "1 entry of the copy is in the record now."
    (draft,) = letter_drafts_of(desk.open_record, 1)
    assert draft.reason == "Please see her soon."
    stick.arrival.window.imports.look_at([stick.copy])
    assert stick.is_told() == "Everything in the copy was in the record already."


def test_an_addendum_being_written_is_in_the_copy(
    stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addendum_editor, "RETRY_MS", 20)
    window = stick.arrival.window
    page = window.visit
    assert page is not None
    page.sign()
    page.note.prompt.passphrase.setText(PASSPHRASE)
    page.note.prompt.button.click()
    all_done()
    page = window.visit
    assert page is not None
    page.note.begin_addendum()
    editor = page.note.editor
    assert editor is not None
    stick.is_pulled()
    editor.text.setPlainText("Rang at nine.")
    editor.hand_on()
    all_done()
    assert stick.button.isVisible()
    stick.presses_copy()
    stick.starts_anew()
    desk = stick.arrival.window.desk
    assert desk.user is not None
    assert addendum_draft(desk.open_record, 1, desk.user.id) == ""
    stick.arrival.window.imports.look_at([stick.copy])
    assert stick.is_told() == "1 entry of the copy is in the record now."
    assert addendum_draft(desk.open_record, 1, desk.user.id) == "Rang at nine."
    page = stick.arrival.window.visit
    assert page is not None
    assert page.note.editor is not None
    assert page.note.editor.text.toPlainText() == "Rang at nine."


def test_an_addendum_of_somebody_else_waits_for_her(stick: Stick) -> None:
    desk, session = stick.arrival.window.desk, stick.arrival.window.desk.session
    assert session is not None
    now = stick.stored()
    unsaved = Unsaved(1, 1, Patient("Case A"), now, now, author="ben", addendum="Rang.")
    keep_elsewhere(session, stick.copy, unsaved)
    found = take_in(desk, read_copy(desk, session, stick.copy))
    assert (found.charted, found.differing, found.of_another) == (0, 0, True)
    assert addendum_draft(desk.open_record, 1, "ben") == ""


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
