"""An addendum at the window: written below a signed note, kept as it is typed, added for good."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.signing import AddendumValidity, State
from clinic_desktop.domain.visits import Addendum
from clinic_desktop.services.record import open_chart
from clinic_desktop.services.visit.signing import keep_addendum_draft
from tests.at_the_desk import CTRL, NOW, Therapist
from tests.signers import BEN, PASSPHRASE
from tests.signing_at_the_desk import sign
from ui.visit import addendum_editor


def begin_addendum(anna: Therapist, text: str) -> None:
    """Ctrl+Return on a signed visit, and type."""
    anna.presses(Qt.Key.Key_Return, CTRL)
    assert anna.focus.objectName() == "addendum_text"
    anna.types(text)


def test_an_addendum_stands_below_the_note_and_on_paper(anna: Therapist) -> None:
    sign(anna)
    begin_addendum(anna, "Tested in shoes.")
    anna.goes_to("addendum_passphrase")
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    (added,) = anna.stored.addenda
    assert (added.author, added.text) == ("Anna Muster, PT", "Tested in shoes.")
    assert "Tested in shoes." in anna.page.note.addenda.text()
    assert "Anna Muster, PT (signed)" in anna.page.note.addenda.text()
    assert anna.page.note.editor is not None
    assert anna.page.note.editor.is_blank
    anna.window.show_paper("note")
    assert anna.window.preview is not None
    assert "Tested in shoes." in anna.window.preview.text()


def test_ctrl_return_goes_on_from_what_is_written_to_the_passphrase(anna: Therapist) -> None:
    sign(anna)
    begin_addendum(anna, "Tested in shoes.")
    anna.presses(Qt.Key.Key_Return, CTRL)
    assert anna.focus.objectName() == "addendum_passphrase"
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    assert [added.text for added in anna.stored.addenda] == ["Tested in shoes."]


def test_what_is_typed_for_an_addendum_outlives_the_window(anna: Therapist) -> None:
    """Closed in the middle of it, opened again: the text stands there, ready to go on."""
    sign(anna)
    begin_addendum(anna, "Tested in")
    anna.reopen()
    anna.window.open_patient(1)
    editor = anna.page.note.editor
    assert editor is not None
    assert editor.isVisible()
    assert editor.text.toPlainText() == "Tested in"
    assert anna.stored.addenda == ()
    assert "Kept as it is typed" in "".join(
        label.text()
        for label in editor.findChildren(type(editor._said))  # noqa: SLF001
    )


def test_another_user_does_not_see_what_anna_is_writing(anna: Therapist) -> None:
    sign(anna)
    begin_addendum(anna, "Tested in")
    anna.window.show_home()
    object.__setattr__(anna.desk, "user", BEN)
    anna.window.open_patient(1)
    editor = anna.page.note.editor
    assert editor is not None
    assert editor.is_blank
    assert not editor.isVisible()


def test_a_draft_that_cannot_be_kept_stays_on_screen_and_is_tried_again(
    anna: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecordUnavailable("The disk is full.")

    sign(anna)
    monkeypatch.setattr(addendum_editor, "RETRY_MS", 1)
    monkeypatch.setattr(addendum_editor, "keep_addendum_draft", fail)
    begin_addendum(anna, "Tested in shoes.")
    anna.page.flush()
    assert anna.page.unsaved == "The disk is full."
    monkeypatch.setattr(addendum_editor, "keep_addendum_draft", keep_addendum_draft)
    anna.qtbot.waitUntil(lambda: anna.page.unsaved == "")
    anna.reopen()
    anna.window.open_patient(1)
    assert anna.page.note.editor is not None
    assert anna.page.note.editor.text.toPlainText() == "Tested in shoes."


def test_putting_the_addendum_away_keeps_its_text(anna: Therapist) -> None:
    sign(anna)
    begin_addendum(anna, "Tested in")
    anna.presses(Qt.Key.Key_Escape)
    assert anna.focus.objectName() == "add_to_note"
    assert anna.page.isVisible()
    anna.presses(Qt.Key.Key_Return)
    assert anna.page.note.editor is not None
    assert anna.page.note.editor.text.toPlainText() == "Tested in"


def test_an_older_signed_visit_shows_its_addenda_too(anna: Therapist) -> None:
    sign(anna)
    begin_addendum(anna, "Tested in shoes.")
    anna.goes_to("addendum_passphrase")
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    week_later = NOW + dt.timedelta(days=7)
    object.__setattr__(anna.desk, "clock", lambda: week_later)
    anna.window.begin_visit(1)
    assert anna.page.note.height() == 0
    course = open_chart(anna.desk.open_record, anna.desk.act(), 1)
    anna.window.open_patient(1, course.visits[0].id)
    assert "Tested in shoes." in anna.page.note.addenda.text()
    assert anna.page.note.signed.isVisible()


def test_many_addenda_scroll_and_leave_the_form_its_half(anna: Therapist) -> None:
    sign(anna)
    added = Addendum("2026-03-03T09:30:00Z", "Dr Elsewhere", "Seen again.")
    many = (AddendumValidity(added, State.ELSEWHERE),) * 40
    anna.page.note.addenda.show_addenda(many)
    anna.page.note.resized.emit()
    page = anna.page
    assert 0 < page.note.height() <= page.height() // 2
    assert page.pages.height() >= page.note.height()
