"""Signing at the window: no dialog, the passphrase once more; then the note only gains addenda."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Addendum, Case, Patient, Visit
from clinic_desktop.services.record import chart_case, unsigned_drafts
from clinic_desktop.services.visit.signing import sign_visit
from tests.at_the_desk import CTRL, NOW, TODAY, Therapist
from tests.records import raw_engine
from tests.settled import all_done
from tests.signers import ANNA, BEN, PASSPHRASE, Staff, past_the_locks
from tests.signing_at_the_desk import points, sign, state_in_rail, words
from ui.home.patient_list import DraftRow

ANGLE = Key("slr.angle", Side.RIGHT)


# -------------------------------------------------------------------- signing
def test_ctrl_return_asks_once_more_and_signs_without_a_dialog(anna: Therapist) -> None:
    assert anna.widget("sign").isVisible()
    anna.presses(Qt.Key.Key_Return, CTRL)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
    field = anna.focus
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    assert anna.stored.signed is True
    assert anna.page.model.locked
    assert anna.page.tabs.current() == "nerves", "where she was"
    assert words(anna).startswith("Signed by Anna Muster, PT, 23 Mar 2026")
    assert anna.widget("sign").isHidden()
    assert anna.focus.objectName() == "add_to_note"


def test_what_is_open_is_told_in_a_calm_line_and_she_may_still_sign(anna: Therapist) -> None:
    anna.page.model.record(Key("flag.saddle_numbness"), "yes")
    anna.clicks("sign")
    said = points(anna)
    assert "Open red flags: " in said
    assert "(emergency)" in said
    assert "red-flag screen is not finished" in said
    assert "Not recorded: plan; decision; " in said
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    assert anna.stored.signed is True


def test_what_was_typed_and_cannot_be_read_is_named_before_signing(anna: Therapist) -> None:
    """It is in no chart: without a word it would be gone with the visit locked."""
    anna.goes_to("slr.angle@left")
    anna.types("300")
    anna.presses(Qt.Key.Key_Return)
    anna.clicks("sign")
    assert "Marked as not right, and not charted: Straight leg raise" in points(anna)
    assert "left" in points(anna).split(".")[1]


def test_a_wrong_passphrase_signs_nothing_and_is_told_beside_the_field(anna: Therapist) -> None:
    anna.presses(Qt.Key.Key_Return, CTRL)
    anna.types("not it")
    anna.presses(Qt.Key.Key_Return)
    assert "not your passphrase" in anna.page.note.prompt.said()
    prompt = anna.page.note.prompt
    low = prompt.mapTo(anna.page.note, prompt.rect().bottomLeft()).y()
    assert low <= anna.page.note.height(), "all of it in sight"
    assert anna.stored.signed is False
    anna.types(PASSPHRASE)  # what was typed is selected: she types on
    anna.presses(Qt.Key.Key_Return)
    assert anna.stored.signed is True


def test_a_return_too_many_spends_no_try_of_the_passphrase(
    anna: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    object.__setattr__(anna.desk, "signer", tried.append)
    anna.presses(Qt.Key.Key_Return, CTRL)
    anna.presses(Qt.Key.Key_Return)
    assert anna.page.note.prompt.said() == "Please give your passphrase."
    assert anna.focus is anna.page.note.prompt.passphrase
    assert tried == []


def test_escape_leaves_signing_and_forgets_the_passphrase(anna: Therapist) -> None:
    anna.presses(Qt.Key.Key_Return, CTRL)
    anna.types("half of")
    anna.presses(Qt.Key.Key_Escape)
    assert anna.page.note.height() == 0
    assert anna.page.isVisible(), "one step back, not home"
    anna.presses(Qt.Key.Key_Return, CTRL)
    assert anna.page.note.prompt.passphrase.text() == ""


def test_text_that_is_still_being_typed_is_signed_too(anna: Therapist) -> None:
    anna.presses(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    anna.types("Sits on one side")
    sign(anna)
    assert anna.stored.findings[Key("note.subjective")] == "Sits on one side"
    assert anna.page.chart.validity.state is State.VALID


def test_what_is_not_in_the_record_yet_is_not_signed(
    anna: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk does not answer: she is told, nothing is lost, and later she signs."""
    editor = anna.page.model.editor

    def fail(*_: object) -> dt.datetime:
        raise RecordUnavailable("The disk is full.")

    kept = editor._keeping  # noqa: SLF001 - the record refuses for a while
    works = kept._write  # noqa: SLF001
    monkeypatch.setattr(kept, "_write", fail)
    anna.page.model.record(ANGLE, "60")
    anna.presses(Qt.Key.Key_Return, CTRL)
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    assert "not in the record yet. The disk is full." in anna.page.note.prompt.said()
    assert not anna.page.model.locked
    monkeypatch.setattr(kept, "_write", works)
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    assert anna.stored.findings[ANGLE] == 60
    assert anna.stored.signed is True


def test_where_nobody_is_signed_in_it_says_why_nothing_is_signed(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_Return, CTRL)
    assert "somebody who is signed in" in therapist.page.note.prompt.said()
    assert not therapist.page.note.prompt.passphrase.isVisible()


def test_an_assistant_charts_and_does_not_sign(anna: Therapist) -> None:
    object.__setattr__(anna.desk, "user", replace(ANNA, role=Role.ASSISTANT))
    anna.presses(Qt.Key.Key_Return, CTRL)
    said = anna.page.note.prompt.said()
    assert "Signing a visit is not part of the role assistant" in said
    assert not anna.page.note.prompt.button.isVisible()


def test_signed_visits_leave_the_home_page(anna: Therapist) -> None:
    anna.window.show_home()
    assert [row.draft.visit_id for row in _drafts(anna)] == [1]
    anna.window.open_patient(1)
    sign(anna)
    anna.window.show_home()
    assert _drafts(anna) == []
    assert unsigned_drafts(anna.desk.open_record) == ()


def _drafts(anna: Therapist) -> list[DraftRow]:
    return [row for row in anna.window.home.drafts.rows if isinstance(row, DraftRow)]


def test_the_one_solid_button_is_what_to_do_next(anna: Therapist) -> None:
    """Not Sign over an open flag, nor while the passphrase is asked for."""
    button = anna.page.banner.sign
    assert button.look().name == "SOLID"
    anna.page.sign()
    assert button.look().name == "PLAIN"
    anna.page.note.close_up()
    assert button.look().name == "SOLID"
    anna.page.model.record(Key("flag.saddle_numbness"), "yes")
    assert button.look().name == "PLAIN"


# -------------------------------------------------------------------- signed
def test_nothing_in_a_signed_visit_changes_by_key_or_pointer(anna: Therapist) -> None:
    sign(anna)
    before = anna.stored
    page = anna.page
    page.model.record(ANGLE, "60")
    page.model.editor.chart(ANGLE, 60)
    page.model.editor.undo()
    page.panel.add_item("slider_seated")
    for key in (Qt.Key.Key_Z, Qt.Key.Key_R):
        anna.presses(key, CTRL)
    page.flush()
    assert (page.model.visit, anna.stored) == (before, before)


def test_signed_meanwhile_in_another_window_what_is_typed_stays_and_is_told(
    anna: Therapist, staff: Staff
) -> None:
    editor = anna.page.model.editor
    act, visit_id = anna.desk.act(), anna.page.chart.visit_id
    all_done()
    sign_visit(
        anna.desk.open_record, act, staff.pen(BEN), visit_id, editor.visit, editor.suggestion.short
    )
    anna.page.model.record(ANGLE, "60")
    all_done()
    assert "signed and stays as it is" in anna.page.banner.saved_text
    assert anna.page.model.value(ANGLE) == 60
    assert anna.stored.findings[ANGLE] == 58


def test_signed_elsewhere_is_said_so_and_locked(anna: Therapist) -> None:
    added = Addendum("2026-03-03T09:30:00Z", "Dr Elsewhere", "Seen again.")
    theirs = Visit(dt.date(2026, 3, 2), {ANGLE: 58}, signed=True, addenda=(added,))
    number = chart_case(anna.desk.open_record, anna.desk.act(), Case(Patient("Case B"), (theirs,)))
    anna.window.open_patient(number)
    assert words(anna) == "Signed elsewhere, not by this clinic."
    assert "Seen again." in anna.page.note.addenda.text()
    assert "from elsewhere, not signed here" in anna.page.note.addenda.text()
    assert anna.page.model.locked
    assert state_in_rail(anna) == "elsewhere"


def test_a_changed_byte_is_not_valid_on_screen_at_once(anna: Therapist, tmp_path: Path) -> None:
    sign(anna)
    with past_the_locks(raw_engine(tmp_path)) as raw:
        raw.execute(sa.text("UPDATE findings SET value = '59' WHERE value = '58'"))
    anna.window.open_patient(1)
    assert words(anna).splitlines() == [
        "NOT VALID: signed by Anna Muster, PT, "
        f"{_when(NOW)}, and what stands here now does not fit.",
        "Straight leg raise, first symptom, right: 58 was signed, 59 stands here now.",
    ]
    assert state_in_rail(anna) == "NOT VALID"
    anna.window.show_paper("note")
    assert anna.window.preview is not None
    assert "NOT VALID" in anna.window.preview.text()


def _when(at: dt.datetime) -> str:
    local = at.astimezone()
    return f"{local.day} Mar 2026 {local:%H:%M}"


def test_a_late_entry_shows_service_typing_and_signature(anna: Therapist) -> None:
    later = NOW + dt.timedelta(days=3)
    object.__setattr__(anna.desk, "clock", lambda: later)
    anna.presses(Qt.Key.Key_Return, CTRL)
    assert "marked as a late entry" in points(anna)
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)
    late = words(anna).splitlines()[1]
    assert late.startswith(f"Late entry: visit of {TODAY.day} Mar 2026; typed ")
    assert "signed 26 Mar 2026" in late
    anna.window.show_paper("note")
    assert anna.window.preview is not None
    assert "Late entry" in anna.window.preview.text()
