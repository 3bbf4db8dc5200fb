"""What comes of longer work reaches whoever asked, wherever they went meanwhile and in whichever
language the window speaks by then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.casefiles import case_import
from clinic_desktop.services.papers import day_sheets, own_copies
from clinic_desktop.services.papers.day_sheets import LeftOut, SheetsWritten
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.safety import safekeeping
from tests.arrivals import Arrival
from tests.heartbeat import Gate
from tests.records import make_clinic
from tests.settled import all_done
from tests.terminal import clear_case
from ui.sheets.patient_sheet import PatientSheet
from ui.visit.set_aside import TOAST
from ui.widgets.toast import Toast
from ui.work.background import Background
from ui.work.breathing import in_one_go


@pytest.fixture
def inside(tmp_path: Path, qtbot: QtBot) -> Iterator[Arrival]:
    """A therapist who looks after the clinic, signed in."""
    make_clinic(tmp_path / "clinic")
    arrived = Arrival(tmp_path / "clinic", qtbot)
    arrived.signs_in()
    yield arrived
    arrived.opener.close()


@pytest.fixture
def gate() -> Iterator[Gate]:
    """Open at the end of the test, whatever came of it."""
    made = Gate()
    yield made
    made.open()


@pytest.fixture
def slowly(gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has a use case wait at the gate, and begins it; what it then does is its own."""

    def begin(module: object, name: str, act: Callable[[], object]) -> None:
        real = getattr(module, name)

        def late(*given: object, **named: object) -> object:
            gate.pass_through()
            return real(*given, **named)

        monkeypatch.setattr(module, name, late)
        gate.shut()
        act()
        qtbot.waitUntil(lambda: gate.is_waited_at)

    return begin


def told_below(inside: Arrival) -> str:
    """The quiet line at the window's foot; empty while it is away."""
    toast = inside.window.findChild(Toast, TOAST)
    assert isinstance(toast, Toast)
    return toast.words.text() if toast.isVisible() else ""


def ends(gate: Gate) -> None:
    gate.open()
    all_done()


def test_an_import_is_told_in_the_new_language_and_can_be_taken_back(
    inside: Arrival, gate: Gate, slowly: Callable[..., None], tmp_path: Path
) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(clear_case()), encoding="utf-8")
    inside.window.imports.look_at([file])
    all_done()
    slowly(case_import, "import_cases", inside.window.imports.bring_in)
    inside.reception.speak("es")
    assert inside.window.work.words == "Se importan archivos de caso."
    ends(gate)
    assert told_below(inside) == "Se importó 1 paciente."
    toast = inside.window.imports.toast
    assert toast.undo.isVisible()
    toast.undo.click()
    all_done()
    assert "Se retiró 1 paciente" in told_below(inside)


def test_files_that_were_looked_at_are_known_in_the_new_window(
    inside: Arrival, tmp_path: Path
) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(clear_case()), encoding="utf-8")
    inside.window.imports.look_at([file])
    all_done()
    inside.reception.speak("es")
    sheet = inside.window.imports.sheet
    assert sheet.isVisible()
    assert [row.file.path for row in sheet.list.rows] == [file]
    assert sheet.note.text() == "Se puede importar 1 de 1 archivo."


@pytest.mark.parametrize("what", ["back_up", "restore_drill"])
def test_a_backup_is_told_on_the_page_of_the_new_window(
    inside: Arrival, gate: Gate, slowly: Callable[..., None], what: str
) -> None:
    session = inside.window.desk.session
    assert session is not None
    made = safekeeping.back_up(session) if what == "restore_drill" else None
    inside.window.show_clinic()
    assert inside.window.clinic is not None
    card = inside.window.clinic.backups
    assert card is not None
    begin = card.back_up if made is None else (lambda: card.drill(made.file))
    slowly(safekeeping, what, begin)
    inside.reception.speak("es")
    ends(gate)
    again = inside.window.clinic
    assert again is not None
    assert again.backups is not None
    assert again.backups is not card
    if made is None:
        assert again.backups.said.text().startswith("Hecha y releída: ")
        return
    assert again.backups.said.text().startswith("Esta copia es buena: ")
    asked: list[object] = []
    inside.window.restore_asked.disconnect()
    inside.window.restore_asked.connect(asked.append)
    again.backups.use.click()
    assert asked == [made.file]


def test_a_backup_is_told_also_where_its_page_was_left(
    inside: Arrival, gate: Gate, slowly: Callable[..., None]
) -> None:
    inside.window.show_clinic()
    assert inside.window.clinic is not None
    assert inside.window.clinic.backups is not None
    slowly(safekeeping, "back_up", inside.window.clinic.backups.back_up)
    inside.window.show_home()
    all_gone()
    ends(gate)
    assert told_below(inside).startswith("Made and read back: ")


def test_sheets_of_the_day_are_told_with_who_was_left_out(
    inside: Arrival,
    gate: Gate,
    slowly: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = SheetsWritten(2, 2, (LeftOut(1, "Ana", "No plan."),))
    monkeypatch.setattr(day_sheets, "write_sheets_of_day", lambda *_given: found)
    (tmp_path / "out").mkdir()
    begin = inside.window.home.day_sheets
    slowly(day_sheets, "write_sheets_of_day", lambda: begin.make_into(tmp_path / "out"))
    inside.reception.speak("es")
    ends(gate)
    card = inside.window.home.day_sheets
    assert card.said.text() == "2 hojas en out, y guardadas en el expediente."
    assert card.left_out.text().endswith("Ana: No plan.")


@pytest.mark.parametrize("left", ["the language", "the sheet", "both"])
def test_a_patients_copy_is_told_wherever_she_is_by_then(
    inside: Arrival, gate: Gate, slowly: Callable[..., None], tmp_path: Path, left: str
) -> None:
    window = inside.window
    desk = window.desk
    window.begin_visit(register_patient(desk.open_record, desk.act(), Patient("Case A")))
    assert window.visit is not None
    window.overlays.toggle_patient(window.visit)
    sheet = window.findChild(PatientSheet)
    assert isinstance(sheet, PatientSheet)
    slowly(own_copies, "make_own_copy", lambda: sheet.copy_button.copy_to(tmp_path))
    if left != "the language":
        sheet.close_up()
    if left != "the sheet":
        inside.reception.speak("es")
    ends(gate)
    english, spanish = "The copy is in the folder", "La copia está en la carpeta"
    if left == "the language":
        again = inside.window.findChild(PatientSheet)
        assert isinstance(again, PatientSheet)
        assert again.found.text().startswith(spanish)
    else:
        assert told_below(inside).startswith(english if left == "the sheet" else spanish)


def all_gone() -> None:
    """What was let go is gone."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_what_ends_while_a_window_is_built_is_told_once_it_stands(qtbot: QtBot) -> None:
    work = Background()
    told: list[object] = []
    with in_one_go():
        work.start(lambda: 7, told.append, told.append)
        all_done()
        assert told == []
        assert work.busy
    qtbot.waitUntil(lambda: told == [7])
    assert not work.busy
