"""What a therapist does at the window, by keyboard and pointer, and what she then sees."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import open_chart, register_patient
from tests.settled import all_done
from ui.main_window import MainWindow
from ui.visit.page import VisitPage

NOW = dt.datetime(2026, 3, 23, 10, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Therapist:
    """Types and clicks at one window, and looks at it and at the record behind it.

    Patient: after each act she waits until what it began beside the window is done.
    """

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk = desk
        self.qtbot = qtbot
        self.window = self._open_window()

    def _open_window(self) -> MainWindow:
        window = MainWindow(self.desk)
        self.qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        return window

    def reopen(self) -> None:
        """Close the window, and start the program anew."""
        self.window.close()
        self.window = self._open_window()

    # ---- doing
    def types(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(self.focus, sign)
                continue
            # Qt's own hand ends the process at what is not on an American keyboard.
            for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                QTest.sendKeyEvent(action, self.focus, Qt.Key.Key_unknown, sign, NO_KEYS)
        all_done()

    def presses(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press one key on whatever has the keyboard."""
        QTest.keyClick(self.focus, key, modifiers)
        all_done()

    def clicks(self, name: str) -> None:
        """Click a widget by its name."""
        QTest.mouseClick(self.widget(name), Qt.MouseButton.LeftButton)
        all_done()

    def presses_button(self, name: str) -> None:
        """Give a button the keyboard and press it."""
        button = self.widget(name)
        assert isinstance(button, QAbstractButton)
        button.click()
        all_done()

    def goes_to(self, name: str) -> None:
        """Give a field the keyboard."""
        self.widget(name).setFocus()

    # ---- seeing
    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def widget(self, name: str) -> QWidget:
        """The widget of a name; in sight or not."""
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), f"no {name} in the window"
        return found

    def line(self, name: str) -> QLineEdit:
        """A line to type in."""
        found = self.widget(name)
        assert isinstance(found, QLineEdit)
        return found

    @property
    def page(self) -> VisitPage:
        """The visit on screen."""
        assert self.window.visit is not None
        return self.window.visit

    @property
    def panel(self) -> str:
        """What the rule panel says."""
        return self.page.panel.text()

    @property
    def stored(self) -> Visit:
        """The visit on screen as it stands in the record, once everything is saved."""
        all_done()
        course = open_chart(self.desk.open_record, self.desk.act(), self.page.chart.number)
        return next(s.visit for s in course.visits if s.id == self.page.chart.visit_id)

    # ---- beginning
    def knows(self, name: str, born: dt.date, sex: str = "female") -> int:
        """A patient who is in the record already."""
        patient = Patient(name, born, sex=sex)
        number = register_patient(self.desk.open_record, self.desk.act(), patient)
        self.window.home.refresh()
        return number

    def begins_visit(self, name: str = "Case A") -> int:
        """Today's visit of a patient on screen."""
        number = self.knows(name, dt.date(1982, 3, 14))
        self.window.begin_visit(number)
        return number

    def finishes_screen(self) -> None:
        """Ask every red-flag question and hear no, group by group, with leg power full."""
        model = self.page.model
        for group in self.desk.catalogue.groups:
            model.answer_rest_no(group)
        for key in model.keys_of("nerves"):
            if key.finding.startswith("power."):
                model.record(key, "no" if key.finding == "power.pain_limited" else "5")
        assert model.suggestion.screen.complete
