"""The window lives whatever takes its time beside it: a disk, a passphrase, a backup.

No test here looks at a clock, see `tests/heartbeat.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import progress
from clinic_desktop.services.papers import day_sheets, own_copies
from clinic_desktop.services.papers.day_sheets import SheetsWritten
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.safety import safekeeping
from tests.arrivals import Arrival, visible_windows
from tests.at_the_desk import ALT, CTRL, Therapist
from tests.heartbeat import LIVELY, Gate, SlowRecord, after_beats, beats
from tests.records import PASSPHRASE
from tests.settled import all_done
from tests.signers import PASSPHRASE as SECRET
from ui.main_window import MainWindow
from ui.papers.own_copy_button import OwnCopyButton
from ui.work import background
from ui.work.background import Background
from ui.work.strip import WorkStrip, said
from ui.work.worker import writer

RESULT = Key("slr.result", Side.RIGHT)
ANGLE = Key("slr.angle", Side.RIGHT)


@pytest.fixture
def gate() -> Iterator[Gate]:
    """Open at the end of the test, whatever came of it."""
    made = Gate()
    yield made
    made.open()


@pytest.fixture
def slow(therapist: Therapist, gate: Gate) -> Therapist:
    """Somebody with a visit open, whose disk is as slow as the gate from now on."""
    therapist.begins_visit()
    all_done()
    record = SlowRecord(therapist.desk.open_record, gate)
    object.__setattr__(therapist.desk, "open_record", record)
    QTest.keyClick(therapist.focus, Qt.Key.Key_3, ALT)
    gate.shut()
    return therapist


def types(text: str) -> None:
    """Type without waiting for anything."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


# -------------------------------------------------------------------- a disk that takes its time
def test_typing_goes_on_while_a_save_takes_its_time(slow: Therapist, gate: Gate) -> None:
    """Line 23 of reliability.md, section 7: the window lives, and nothing is saved twice."""
    page, before = slow.page, gate.came
    types("+")
    slow.qtbot.waitUntil(lambda: gate.is_waited_at)
    for sign in "-?+":
        types(sign)
        beats()
    page.model.record(ANGLE, "5")
    page.model.record(ANGLE, "58")
    assert page.model.value(RESULT) == "positive"
    assert gate.came == before + 1, "one is under way, and no second beside it"
    slow.qtbot.waitUntil(lambda: page.banner.saved_text == "saving…")
    gate.open()
    slow.qtbot.waitUntil(lambda: page.banner.saved_text == "saved 10:42")
    assert gate.came == before + 2, "all that came meanwhile is one more"
    assert slow.stored.findings == {RESULT: "positive", ANGLE: 58}


def test_the_trail_names_each_field_that_changed_while_a_save_took_its_time(
    slow: Therapist, gate: Gate
) -> None:
    """From what it was in the record to what it became there; what was never in it is not told."""
    types("+")
    slow.qtbot.waitUntil(lambda: gate.is_waited_at)
    model = slow.page.model
    for angle in ("4", "48", "47"):
        model.record(ANGLE, angle)
    model.record(RESULT, "negative")
    gate.open()
    all_done()
    with slow.desk.open_record() as work:
        entries = work.audit_entries(AuditQuery())
    told = [
        (entry.field, entry.before, entry.after)
        for entry in reversed(entries)
        if entry.deed == Deed.VISIT_CHANGED
    ]
    assert told == [
        ("findings/slr.result@right", None, '"positive"'),
        ("findings/slr.angle@right", None, "47"),
        ("findings/slr.result@right", '"positive"', '"negative"'),
    ]


@pytest.mark.parametrize("how", ["home", "close", "other patient", "sheet"])
def test_who_leaves_the_visit_waits_for_the_disk_in_a_window_that_lives(
    slow: Therapist, gate: Gate, how: str
) -> None:
    """A calm line at the foot says why; then it goes on by itself, and everything is there."""
    other = 0
    if how == "other patient":
        gate.open()
        other = slow.knows("Case B", dt.date(1990, 1, 1))
        gate.shut()
    types("+")
    window, number = slow.window, slow.page.chart.number
    visit_id = slow.page.chart.visit_id
    said: list[str] = []

    def once_told(waiting: bool) -> None:
        if waiting:
            said.append(window.strip.words.text())
            assert window.strip.isVisible()
            assert gate.is_waited_at
            pulse.does = gate.open

    leave: dict[str, Callable[[], object]] = {
        "home": window.show_home,
        "close": window.close,
        "other patient": lambda: window.open_patient(other),
        "sheet": window.show_handout,
    }
    writer().waited_for.connect(once_told)
    with after_beats() as pulse:
        leave[how]()
    writer().waited_for.disconnect(once_told)
    assert said == ["Saving, one moment."]
    assert pulse.turns >= LIVELY, "it had a pulse while it waited"
    assert not window.strip.isVisible()
    with slow.desk.open_record() as work:
        (course,) = work.courses(number)
    (stored,) = (one for one in course.visits if one.id == visit_id)
    assert stored.visit.findings == {RESULT: "positive"}


def test_keys_typed_while_the_window_waits_are_not_lost(slow: Therapist, gate: Gate) -> None:
    """Whoever types on while she waits finds it where the keyboard then is."""
    types("+")
    window = slow.window
    with after_beats(gate.open):
        window.show_home()
    line = window.home.search_box.line
    QTest.keyClicks(line, "Case")
    assert line.text() == "Case"


def test_a_visit_is_signed_only_when_the_disk_has_it(anna: Therapist, gate: Gate) -> None:
    all_done()
    record = SlowRecord(anna.desk.open_record, gate)
    object.__setattr__(anna.desk, "open_record", record)
    gate.shut()
    anna.page.model.record(ANGLE, "61")
    QTest.keyClick(anna.focus, Qt.Key.Key_Return, CTRL)
    with after_beats(gate.open) as pulse:
        types(SECRET)
        QTest.keyClick(anna.focus, Qt.Key.Key_Return)
        all_done()
    assert pulse.turns >= LIVELY
    assert anna.page.model.locked
    assert anna.stored.signed
    assert anna.stored.findings[ANGLE] == 61


def test_the_lock_blanks_the_window_before_the_disk_answers(
    arrival: Arrival,
    gate: Gate,
) -> None:
    """Keys are dropped only when what was typed is saved; nobody sees anything meanwhile."""
    arrival.signs_in()
    window, session = arrival.window, arrival.reception.session
    assert session is not None
    number = register_patient(window.desk.open_record, window.desk.act(), Patient("Case A"))
    window.begin_visit(number)
    all_done()
    object.__setattr__(window.desk, "open_record", SlowRecord(window.desk.open_record, gate))
    assert window.visit is not None
    visit_id, model = window.visit.chart.visit_id, window.visit.model
    gate.shut()
    model.record(RESULT, "positive")
    seen: list[set[str]] = []

    def look() -> None:
        seen.append(visible_windows())
        assert not session.locked
        gate.open()

    with after_beats(look):
        arrival.reception.lock()
    assert seen == [{"Entrance"}]
    assert session.locked
    arrival.signs_in()
    with window.desk.open_record() as work:
        stored = work.course_of_visit(visit_id).visits[-1].visit
    assert stored.findings == {RESULT: "positive"}


# -------------------------------------------------------------------- a passphrase takes its time
def test_the_entrance_lives_while_a_passphrase_is_tried_and_esc_gives_it_up(
    arrival: Arrival,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in, opened = arrival.door.sign_in, []

    def slowly(*given: object, **named: object) -> object:
        gate.pass_through()
        opened.append(sign_in(*given, **named))  # type: ignore[arg-type]
        return opened[-1]

    monkeypatch.setattr(arrival.door, "sign_in", slowly)
    gate.shut()
    page = arrival.reception.entrance.sign_in
    arrival.types("sign_in_name", "anna")
    arrival.types("sign_in_passphrase", PASSPHRASE)
    line = page.form.findChild(type(page._passphrase), "sign_in_passphrase")  # noqa: SLF001
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_Return)
    beats()
    assert page.button.text() == "Signing in…"
    assert not page.button.isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert page.button.text() == "Sign in"
    assert page.button.isEnabled()
    gate.open()
    all_done()
    assert visible_windows() == {"Entrance"}
    assert [session.locked for session in opened] == [True], "nobody was let in behind her back"
    arrival.signs_in()
    assert visible_windows() == {"MainWindow"}


# -------------------------------------------------------------------- longer work
def in_steps(gate: Gate, *_given: object, **_named: object) -> object:
    """Work in a hundred steps that waits at the gate after the third of them."""
    for done in range(100):
        progress.step(done, 100)
        if done == 3:
            gate.pass_through()
    return SheetsWritten(0, 0, ())


def begin_at_the_clinic(arrival: Arrival, what: str, file: Path) -> Callable[[], str]:
    """Begin something on the clinic's page; gives what then tells what came of it."""
    arrival.window.show_clinic()
    assert arrival.window.clinic is not None
    card = arrival.window.clinic.backups
    assert card is not None
    begin: dict[str, Callable[[], object]] = {
        "back_up": card.back_up,
        "restore_drill": lambda: card.drill(file),
        "check": card.check_everything,
    }
    begin[what]()
    return card.said.text


@pytest.mark.parametrize("what", ["back_up", "restore_drill", "check"])
def test_the_window_lives_while_the_clinics_work_is_done_and_it_can_be_cancelled(
    arrival: Arrival,
    gate: Gate,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    arrival.signs_in()
    monkeypatch.setattr(safekeeping, what, partial(in_steps, gate))
    gate.shut()
    told = begin_at_the_clinic(arrival, what, tmp_path / "a")
    window = arrival.window
    qtbot.waitUntil(lambda: gate.is_waited_at)
    assert_it_lives_and_cancel(window, gate, qtbot)
    assert told() == "Cancelled; nothing was left half done."
    assert not window.strip.isVisible()


def assert_it_lives_and_cancel(window: MainWindow, gate: Gate, qtbot: QtBot) -> None:
    """Something stands at the gate: the window takes keys, says how far it is, and cancels."""
    line = window.home.search_box.line
    QTest.keyClicks(line, "abc")
    beats()
    assert line.text() == "abc"
    qtbot.waitUntil(lambda: window.strip.words.text().endswith("3 of 100."))
    qtbot.waitUntil(window.strip.isVisible)
    QTest.mouseClick(window.strip.cancel, Qt.MouseButton.LeftButton)
    assert window.strip.words.text().endswith("It is being stopped.")
    gate.open()
    all_done()


def test_a_restore_is_told_at_the_entrance_and_cancelled_there(
    arrival: Arrival,
    gate: Gate,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody charts in a record that is being put aside; nothing is switched when it is stopped."""
    arrival.signs_in()
    monkeypatch.setattr(safekeeping, "restore_backup", partial(in_steps, gate))
    gate.shut()
    arrival.reception.restore(tmp_path / "a")
    qtbot.waitUntil(lambda: gate.is_waited_at)
    assert visible_windows() == {"Entrance"}
    entrance = arrival.reception.entrance
    strip = entrance.findChild(WorkStrip)
    assert isinstance(strip, WorkStrip)
    assert not entrance.sign_in.isEnabled()
    qtbot.waitUntil(strip.isVisible)
    beats()
    strip.cancel.click()
    gate.open()
    all_done()
    assert entrance.sign_in.isEnabled()
    assert "Cancelled" in arrival.is_told()
    arrival.signs_in()
    assert visible_windows() == {"MainWindow"}, "the record in use is what it was"


@pytest.mark.parametrize("what", ["the patient's copy", "the day's sheets"])
def test_the_window_lives_while_papers_are_made(
    therapist: Therapist,
    gate: Gate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    window = therapist.window
    monkeypatch.setattr(own_copies, "make_own_copy", partial(in_steps, gate))
    monkeypatch.setattr(day_sheets, "write_sheets_of_day", partial(in_steps, gate))
    therapist.begins_visit()
    therapist.window.show_home()
    gate.shut()
    if what == "the day's sheets":
        window.home.day_sheets.make_into(tmp_path)
    else:
        button = OwnCopyButton(therapist.desk, window.work, window)
        button.copy_to(tmp_path)
    therapist.qtbot.waitUntil(lambda: gate.is_waited_at)
    assert_it_lives_and_cancel(window, gate, therapist.qtbot)
    assert not list(tmp_path.glob("copy-*"))
    assert not window.work.busy


def test_closing_the_window_stops_what_is_done_beside_it(
    therapist: Therapist, gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_sheets, "write_sheets_of_day", partial(in_steps, gate))
    gate.shut()
    window = therapist.window
    window.home.day_sheets.make_into(tmp_path)
    therapist.qtbot.waitUntil(lambda: gate.is_waited_at)
    with after_beats(gate.open) as pulse:
        assert window.close()
    assert pulse.turns >= LIVELY
    assert not window.work.busy


def test_an_estimate_is_told_once_it_says_something(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what was done so far; not in the first moments, and not before the first step."""
    now = [100.0]
    monkeypatch.setattr(background, "monotonic", lambda: now[0])
    work = Background()
    work.start(lambda: None, lambda _found: None, lambda _why: None, lambda: "Twenty sheets.")
    work.on_step(0, 20)
    now[0] += 10
    assert said(work) == "Twenty sheets. 0 of 20."
    work.on_step(5, 20)
    assert said(work) == "Twenty sheets. 5 of 20, about 30 s left."
    now[0] += 290
    assert said(work) == "Twenty sheets. 5 of 20, about 15 min left."
    all_done()
