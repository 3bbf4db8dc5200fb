"""Case files brought in at the window: looked at first, charted beside it, taken back."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.people import User
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.access.guarding import guard
from clinic_desktop.services.casefiles import case_import
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import find_patients, open_chart
from tests.at_the_desk import CTRL, Therapist
from tests.casefiles import whole_case
from tests.heartbeat import Gate, SlowRecord, beats
from tests.settled import all_done
from tests.walking import walk
from ui.sheets.import_sheet import FileRow, ImportSheet
from ui.widgets.toast import Toast

ANGLE = Key("slr.angle", Side.RIGHT)


def course(name: str, visits: int = 2) -> dict[str, Any]:
    """A course of somebody that nobody signed."""
    days = [dt.date(2026, 3, 2) + dt.timedelta(weeks=n) for n in range(visits)]
    return {
        "format": "clinic-desktop-case/1",
        "patient": {"name": name, "birth_date": "1990-09-02", "sex": "female"},
        "visits": [
            {"date": day.isoformat(), "findings": {"slr.angle": {"right": 50 + n}}}
            for n, day in enumerate(days)
        ],
    }


def write(folder: Path, **contents: object) -> list[Path]:
    """Files by their names."""
    paths = []
    for name, content in contents.items():
        paths.append(folder / f"{name}.json")
        text = content if isinstance(content, str) else json.dumps(content)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def drop(therapist: Therapist, paths: list[Path], at: QPoint | None = None) -> bool:
    """Drop files on the window as a file manager does; False where it will have none of them."""
    handle = therapist.window.windowHandle()
    assert handle is not None
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    content.setText("\n".join(map(str, paths)))
    copies, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    place = at or QPoint(400, 300)
    enter = QDragEnterEvent(place, copies, content, left, none)
    enter.ignore()
    QApplication.sendEvent(handle, enter)
    if enter.isAccepted():
        QApplication.sendEvent(handle, QDropEvent(QPointF(place), copies, content, left, none))
        all_done()
    return enter.isAccepted()


def sheet(therapist: Therapist) -> ImportSheet:
    """What lies over the page."""
    shown = therapist.window.overlays.shown
    assert isinstance(shown, ImportSheet)
    return shown


def rows(therapist: Therapist) -> list[str]:
    """Each file as it is heard."""
    return [row.spoken for row in sheet(therapist).list.rows]


def toast(therapist: Therapist) -> Toast:
    """What tells what was done."""
    return therapist.window.imports.toast


def people(desk: Desk) -> list[str]:
    """Who is in the record."""
    return sorted(one.patient.name for one in find_patients(desk.open_record, ""))


def test_files_are_chosen_looked_at_and_imported_with_four_keys(
    therapist: Therapist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+O, Return for the files, Return to import; nothing is stored before that."""
    paths = write(tmp_path, one=course("One"), two=course("Two", 1))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (list(map(str, paths)), ""))
    therapist.presses(Qt.Key.Key_O, CTRL)
    assert "drop them on the window" in sheet(therapist).empty.text()
    assert not sheet(therapist).go.isEnabled()
    therapist.presses(Qt.Key.Key_Return)
    assert rows(therapist) == [
        "One, 2 Sep 1990 (35 y), 2 visits, the last 9 Mar 2026. one.json: new here.",
        "Two, 2 Sep 1990 (35 y), 1 visit, 2 Mar 2026. two.json: new here.",
    ]
    assert people(therapist.desk) == []
    assert sheet(therapist).go.text() == "Import 2 patients"
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.window.overlays.shown is None
    assert toast(therapist).words.text() == "2 patients were imported."
    assert people(therapist.desk) == ["One", "Two"]
    listed = [row.spoken for row in therapist.window.home.results.rows]
    assert any(row.startswith("One, ") for row in listed), "home shows them at once"
    chart = open_chart(therapist.desk.open_record, therapist.desk.act(), 1)
    assert [stored.visit.findings[ANGLE] for stored in chart.visits] == [50, 51]


def test_files_dropped_over_a_line_are_not_typed_into_it(
    therapist: Therapist, tmp_path: Path
) -> None:
    line = therapist.window.home.search_box.line
    place = line.mapTo(therapist.window, line.rect().center())
    (path,) = write(tmp_path, one=course("One"))
    assert drop(therapist, [path], place)
    assert line.text() == ""
    assert len(rows(therapist)) == 1


def test_what_is_no_case_file_is_not_taken(therapist: Therapist, tmp_path: Path) -> None:
    """A picture falls on deaf ears; beside a case file it is told that it is none."""
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG\r\n")
    assert not drop(therapist, [picture])
    assert therapist.window.overlays.shown is None
    (path,) = write(tmp_path, one=course("One"))
    assert drop(therapist, [path, picture])
    assert rows(therapist)[1].startswith("photo.png. the file: is not UTF-8")


def test_each_fault_is_told_with_its_place_and_can_be_copied(
    therapist: Therapist, tmp_path: Path
) -> None:
    content = course("One")
    content["planned_visits"] = 0
    content["visits"][1]["findings"]["slr.angle"] = {"right": 900}
    (path,) = write(tmp_path, bad=content)
    drop(therapist, [path])
    (heard,) = rows(therapist)
    assert heard == (
        'bad.json. visits[1].findings."slr.angle".right: 900 is outside 0..130 deg.'
        " planned_visits: 0 is outside 1..52 visits."
        " 2 faults, nothing is imported. Return copies them."
    )
    assert not sheet(therapist).go.isEnabled()
    sheet(therapist).list.setFocus()
    therapist.presses(Qt.Key.Key_Return)
    copied = QApplication.clipboard().text().splitlines()
    assert copied[1] == "bad.json: planned_visits: 0 is outside 1..52 visits"
    assert len(copied) == 2


def test_somebody_who_is_here_already_is_offered_and_nothing_is_added(
    therapist: Therapist, tmp_path: Path
) -> None:
    number = therapist.knows("One", dt.date(1990, 9, 2))
    drop(therapist, write(tmp_path, one=course("ONE")))
    (heard,) = rows(therapist)
    assert heard.endswith(
        f"here already as No {number:06d}, nothing is added. Return opens the chart."
    )
    assert not sheet(therapist).go.isEnabled()
    sheet(therapist).list.setFocus()
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.chart.number == number
    assert len(therapist.page.chart.course.visits) == 1, "today's, and none of the file's"


def test_the_chart_beneath_stays_open_and_goes_on(therapist: Therapist, tmp_path: Path) -> None:
    """Files can come while she charts; what she typed is hers, and the file's patient another."""
    number = therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    therapist.types("+")
    drop(therapist, write(tmp_path, one=course("One")))
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.page.chart.number == number
    therapist.types("-")
    assert therapist.stored.findings == {Key("slr.result", Side.RIGHT): "negative"}
    assert people(therapist.desk) == ["Case A", "One"]


def test_what_cannot_be_taken_back_is_said_until_the_page_is_left(
    therapist: Therapist, tmp_path: Path
) -> None:
    """No line lies below a visit for good because it was said at home; Undo stays at hand."""
    paths = write(tmp_path, one=course("One"))
    therapist.window.imports.look_at(paths)
    all_done()
    therapist.window.imports.bring_in()
    all_done()
    therapist.window.open_patient(1)
    assert toast(therapist).isVisible()
    assert not toast(therapist).undo.isHidden()
    toast(therapist).show_act("Entered.", None)
    therapist.window.show_home()
    assert toast(therapist).isHidden()


def test_an_import_is_taken_back_from_its_toast(therapist: Therapist, tmp_path: Path) -> None:
    drop(therapist, write(tmp_path, one=course("One"), two=course("Two")))
    therapist.presses(Qt.Key.Key_Return)
    therapist.window.open_patient(1)
    toast(therapist).undo.click()
    all_done()
    assert therapist.window.visit is None, "a chart that is taken out is not left on screen"
    assert people(therapist.desk) == []
    assert "2 patients were taken out again" in toast(therapist).words.text()
    assert toast(therapist).undo.isHidden()


def test_what_was_signed_elsewhere_comes_in_and_is_not_offered_to_be_taken_back(
    therapist: Therapist, tmp_path: Path
) -> None:
    """What is signed has no removal, so there is no Undo that would not work."""
    drop(therapist, write(tmp_path, whole=whole_case()))
    therapist.presses(Qt.Key.Key_Return)
    assert toast(therapist).words.text() == "1 patient was imported."
    assert toast(therapist).undo.isHidden()


def test_the_window_lives_while_files_come_in_and_it_can_be_cancelled(
    therapist: Therapist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gates: Gate
) -> None:
    """Whoever is in by then is in whole; the others wait in the sheet, and go on from there."""
    window = therapist.window
    drop(therapist, write(tmp_path, one=course("One"), two=course("Two"), three=course("Three")))
    record = SlowRecord(therapist.desk.open_record, gates)
    object.__setattr__(therapist.desk, "open_record", record)
    gates.shut()
    QTest.keyClick(therapist.focus, Qt.Key.Key_Return)
    therapist.qtbot.waitUntil(lambda: gates.is_waited_at)
    QTest.keyClicks(window.home.search_box.line, "abc")
    beats()
    assert window.home.search_box.line.text() == "abc"
    therapist.qtbot.waitUntil(window.strip.isVisible)
    assert window.strip.words.text().startswith("Case files are being imported. 1 of 6")
    QTest.mouseClick(window.strip.cancel, Qt.MouseButton.LeftButton)
    gates.open()
    all_done()
    assert people(therapist.desk) == ["One"]
    said = "1 patient was imported. It was stopped; 2 of the files are not imported."
    assert toast(therapist).words.text() == said
    therapist.presses(Qt.Key.Key_O, CTRL)
    assert [row.file.is_new for row in sheet(therapist).list.rows] == [False, True, True]
    therapist.presses(Qt.Key.Key_Return)
    assert people(therapist.desk) == ["One", "Three", "Two"]


@pytest.fixture
def gates() -> Iterator[Gate]:
    """Open at the end of the test, whatever came of it."""
    made = Gate()
    yield made
    made.open()


def test_the_sheet_says_why_one_was_not_entered(
    therapist: Therapist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(therapist, write(tmp_path, one=course("One"), two=course("Two")))

    def refuses(desk: Desk, one: case_import.CaseFile, *rest: object) -> case_import.CaseFile:
        assert rest
        refused = one.path.name == "two.json"
        return replace(one, refused="no room") if refused else replace(one, number=7)

    monkeypatch.setattr(case_import, "_enter", refuses)
    therapist.presses(Qt.Key.Key_Return)
    said = "1 patient was imported. 1 of the files could not be; Ctrl+O says why."
    assert toast(therapist).words.text() == said
    therapist.presses(Qt.Key.Key_O, CTRL)
    assert [row.beneath for row in sheet(therapist).list.rows] == [
        "one.json: entered as No 000007. Return opens the chart.",
        "two.json: no room",
    ]


def test_the_front_desk_is_offered_no_import(
    desk: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    user = User("u1", "Cleo Front", "", Role.FRONT_DESK)
    guarded = guard(desk.open_record, user, desk.clock)
    cleo = Therapist(replace(desk, open_record=guarded, user=user), qtbot)
    qtbot.waitUntil(lambda: not cleo.window.home.import_link.isVisible())
    cleo.presses(Qt.Key.Key_O, CTRL)
    assert cleo.window.overlays.shown is None
    assert drop(cleo, write(tmp_path, one=course("One")))
    assert cleo.window.overlays.shown is None
    assert "front desk" in cleo.window.messages.words.text()
    assert people(desk) == []


def test_a_long_list_of_faults_says_how_many_more_there_are(tmp_path: Path) -> None:
    faults = tuple(f"visits[{n}].date: is missing" for n in range(9))
    row = FileRow(case_import.CaseFile(tmp_path / "a.json", faults=faults), dt.date(2026, 3, 23))
    assert row.said.splitlines()[0] == "a.json"
    assert row.said.splitlines()[-1] == "and 3 more"
    assert len(row.said.splitlines()) == 8


@pytest.mark.parametrize("state", ["empty", "looked at", "imported"])
def test_nobody_is_shut_out_of_an_import(therapist: Therapist, tmp_path: Path, state: str) -> None:
    """By ear, by keyboard and by eye, in each of its states."""
    if state == "empty":
        therapist.presses(Qt.Key.Key_O, CTRL)
    else:
        broken = course("Two")
        broken["planned_visits"] = 0
        therapist.knows("Three", dt.date(1990, 9, 2))
        drop(therapist, write(tmp_path, one=course("One"), two=broken, three=course("Three")))
    if state == "imported":
        therapist.presses(Qt.Key.Key_Return)
    found = walk(therapist.window)
    assert not found, "\n".join(map(str, found))
