"""The hand that works at the real window: keys and clicks into widgets found by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from clinic_desktop.domain.catalogue import Catalogue, FindingSpec
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.values import Key, Kind, Side, Value
from clinic_desktop.domain.visits import Patient, Retest
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.forms.choice import ChoiceInput
from ui.forms.segments import SegmentedInput

RESULT_KEYS: Final = {
    "positive": "+", "negative": "-", "inconclusive": "?", "not_tested": "n", "unable": "u",
}  # fmt: skip
ANSWER_KEYS: Final = {"yes": "y", "no": "n", "unknown": "?", "not_asked": "x"}
MOST_STEPS: Final = 600
"""Tabs after which a field counts as out of reach: more than once round the largest page."""
ACTIVE_MS: Final = 10_000
DIALOG_MS, MOST_LOOKS = 20, 500


class OutOfReach(ChartError):
    """A field that the keyboard does not reach, or that the window does not have."""


class Typist:
    """Does at a window what a therapist does, with the keys that the program promises."""

    def __init__(self, window: QWidget, catalogue: Catalogue) -> None:
        self._window = window
        self._catalogue = catalogue

    def take_window(self) -> None:
        """Bring the window to the front and wait until it has the keyboard. Raises OutOfReach."""
        self._window.activateWindow()
        if not QTest.qWaitForWindowActive(self._window, ACTIVE_MS):
            raise OutOfReach(_("The window did not come to the front."))

    # ------------------------------------------------------------------ hand and eye
    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        return QApplication.focusWidget() or self._window

    def press(self, keys: str, times: int = 1) -> None:
        """Press a key or several together, named as in `Ctrl+P`."""
        for _time in range(times):
            QTest.keySequence(self.focus, QKeySequence(keys))
            QApplication.processEvents()

    def types(self, text: str) -> None:
        """Type a text into what has the keyboard."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
        else:
            for sign in text:
                for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                    no_keys = Qt.KeyboardModifier.NoModifier
                    QTest.sendKeyEvent(action, self.focus, Qt.Key.Key_unknown, sign, no_keys)
        QApplication.processEvents()

    def click(self, widget: QWidget) -> None:
        """Bring a widget into sight and click it."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        QApplication.processEvents()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def sees(self, name: str) -> bool:
        """Whether a widget of the name is on the page in front."""
        return next(self._shown(name), None) is not None

    def widget(self, name: str) -> QWidget:
        """The widget of a name on the page in front. Raises OutOfReach."""
        found = next(self._shown(name), None)
        if found is None:
            raise OutOfReach(_("The window shows no {name}.").format(name=name))
        return found

    def _shown(self, name: str) -> Iterator[QWidget]:
        found: list[QWidget] = self._window.findChildren(QWidget, name)
        return (widget for widget in found if widget.isVisible())

    def walk_to(self, name: str, back: bool = False) -> None:
        """Press Tab, or Shift+Tab, until a field has the keyboard. Raises OutOfReach."""
        self.widget(name)
        for _step in range(MOST_STEPS):
            if self.focus.objectName() == name:
                return
            self.press("Shift+Tab" if back else "Tab")
        raise OutOfReach(_("Tab does not lead to {name}.").format(name=name))

    # ------------------------------------------------------------------ patients
    def fill_in_patient(self, patient: Patient) -> None:
        """Fill in the form for a new patient on the home page."""
        self.press("Ctrl+N")
        self.types(patient.name)
        self.press("Return")
        if patient.birth_date is not None:
            self.types(date_words(patient.birth_date))
        self.press("Return")
        if patient.sex is not None:
            self.choose("patient_sex", patient.sex)

    def create_patient(self) -> None:
        """Enter in the record what the form says; today's visit opens."""
        self.walk_to("create_patient")
        self.press("Space")

    def open_patient(self, words: str) -> None:
        """Find a patient as typed, and open the chart of the first one found."""
        self.press("Ctrl+F")
        self.types(words)
        self.press("Return")

    # ------------------------------------------------------------------ findings
    def open_section(self, section: str) -> None:
        """Bring a section to the front by its key: Alt+1 to Alt+9, then Alt+0."""
        order = [known.id for known in self._catalogue.sections]
        self.press(f"Alt+{(order.index(section) + 1) % 10}")

    def go_to(self, key: Key) -> None:
        """Give the keyboard to a field, in whichever section it is."""
        if not self.sees(str(key)):
            self.open_section(self._catalogue.spec(key.finding).section)
        fields = list(map(str, in_tab_order(self._catalogue, self._keys_beside(key))))
        here = self.focus.objectName()
        self.walk_to(str(key), here in fields and fields.index(here) > fields.index(str(key)))

    def go_by_tests(self, key: Key) -> None:
        """The same by the key that goes from test to test."""
        if not self.sees(str(key)):
            self.open_section(self._catalogue.spec(key.finding).section)
        groups = list(self._catalogue.groups)
        wanted = groups.index(self._catalogue.spec(key.finding).group)
        for _step in range(len(groups)):
            finding = self.focus.objectName().partition("@")[0]
            known = self._catalogue.findings.get(finding)
            apart = wanted - groups.index(known.group) if known else 0
            if not apart:
                break
            self.press("Ctrl+Down" if apart > 0 else "Ctrl+Up")
        self.go_to(key)

    def _keys_beside(self, key: Key) -> Iterator[Key]:
        """All keys of the section that a key is in."""
        section = self._catalogue.spec(key.finding).section
        return (k for spec in self._catalogue.in_section(section) for k in spec.keys)

    def chart(self, key: Key, value: Value) -> None:
        """Chart a value in its field, by the keys of the field's kind."""
        self.go_to(key)
        spec = self._catalogue.spec(key.finding)
        match spec.kind:
            case Kind.RESULT:
                self.types(RESULT_KEYS[str(value)])
            case Kind.ANSWER:
                self.types(ANSWER_KEYS[str(value)])
            case Kind.CHOICE:
                self._pick(spec.choices.index(str(value)))
            case Kind.SET:
                self._mark(spec, value if isinstance(value, tuple) else ())
            case Kind.NUMBER:
                self.types(f"{value:g}")
                self.press("Return")
            case Kind.GRADE:
                self.types(str(value))
                self.press("Return")
            case Kind.TEXT:
                self.types(str(value))
                self.press("Tab")

    def _pick(self, place: int) -> None:
        """Choose one of a list by its figure, from the tenth on with the arrows."""
        if place < 9:
            self.types(str(place + 1))
            return
        self.press("Space")
        self.press("Down", place)
        self.press("Space")

    def _mark(self, spec: FindingSpec, words: tuple[str, ...]) -> None:
        """Mark each of a set by its figure, from the tenth on with the arrows; none is 0."""
        if not words:
            self.types("0")
        for place in sorted(map(spec.choices.index, words)):
            if place < 9:
                self.types(str(place + 1))
                continue
            self.press("Left", len(spec.choices))
            self.press("Right", place)
            self.press("Space")

    def same(self, key: Key) -> None:
        """Chart the same as last time, tested again."""
        self.go_to(key)
        self.types("=")

    def same_test(self, key: Key) -> None:
        """Chart the whole test of a field, on its side, the same as last time, done again."""
        self.go_by_tests(key)
        self.press("Ctrl+=")

    def remark(self, key: Key, text: str) -> None:
        """Write a remark under a finding."""
        self.go_to(key)
        self.press("Ctrl+M")
        self.types(text)
        self.press("Return")

    def answer_rest_no(self, group: str) -> None:
        """Asked, all no: one deliberate key for what is still open in a red-flag group."""
        section = self._catalogue.groups[group].section
        keys = [k for f in self._catalogue.groups[group].findings
                for k in self._catalogue.spec(f).keys]  # fmt: skip
        if not any(self.sees(str(key)) for key in keys):
            self.open_section(section)
        self.go_by_tests(next(key for key in keys if self.sees(str(key))))
        self.press("Shift+N")

    # ------------------------------------------------------------------ plan, retest, sheet
    def add_item(self, item: str) -> None:
        """Add an item to the plan from the library in the plan tab."""
        self.open_section("plan")
        self.walk_to(f"add:{item}")
        self.press("Space")

    def retest(self, retest: Retest) -> None:
        """Enter a sign before and after a treatment, in the plan tab."""
        self.open_section("plan")
        self.choose("retest_treatment", retest.treatment)
        self.choose("retest_test", retest.test)
        if retest.side is not None:
            self.choose("retest_side", retest.side)
        if retest.verdict is not None:
            self.choose("retest_verdict", retest.verdict)
        for name, number in (("retest_before", retest.before), ("retest_after", retest.after)):
            if number is not None:
                self.walk_to(name)
                self.types(f"{number:g}")
        minutes = None if retest.minutes is None else f"{retest.minutes:g}"
        for name, words in (
            ("retest_note", retest.note), ("retest_dose", retest.dose),
            ("retest_minutes_by_hand", minutes),
        ):  # fmt: skip
            if words is not None:
                self.walk_to(name)
                self.types(words)
        self.walk_to("add_retest")
        self.press("Space")

    def choose(self, name: str, value: str) -> None:
        """Choose in a list or among segments that stand outside the catalogue."""
        self.walk_to(name)
        field = self.focus
        if not isinstance(field, ChoiceInput | SegmentedInput):
            raise OutOfReach(_("The window offers no choice in {name}.").format(name=name))
        place = next(n for n, option in enumerate(field.options) if option.value == value)
        if field.options[place].key:
            self.types(field.options[place].key)
            return
        self.press("Space")
        self.press("Down", place)
        self.press("Space")

    def save_sheet(self, path: Path) -> None:
        """Save the sheet that is shown, through the dialog that asks where."""
        with suppress(FileNotFoundError):  # else the dialog asks whether to write over it
            path.unlink()
        self.walk_to("save_handout")
        dialog = _FileDialogHand(path)
        self.press("Space")
        dialog.stop()
        # A desktop gives the keyboard back to the window by itself; without one nobody does.
        self.take_window()
        if not path.is_file():
            raise OutOfReach(_("The window did not save {file}.").format(file=path.name))


def in_tab_order(catalogue: Catalogue, keys: Iterable[Key]) -> list[Key]:
    """Keys as Tab meets them: group by group, each down the right side, then down the left."""
    groups = list(catalogue.groups)
    findings = list(catalogue.findings)

    def place(key: Key) -> tuple[int, bool, int]:
        group = catalogue.spec(key.finding).group
        return groups.index(group), key.side is Side.LEFT, findings.index(key.finding)

    return sorted(keys, key=place)


class _FileDialogHand:
    """Waits for the dialog that asks for a file, types a path into it and presses Return."""

    def __init__(self, path: Path) -> None:
        self._path = str(path.resolve())
        self._looks = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(DIALOG_MS)

    def stop(self) -> None:
        """Stop waiting."""
        self._timer.stop()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        self._looks += 1
        if self._looks > MOST_LOOKS:
            self.stop()
            if isinstance(dialog, QDialog):
                dialog.reject()
        elif isinstance(dialog, QFileDialog) and dialog.isActiveWindow():
            line = dialog.findChild(QLineEdit, "fileNameEdit")
            if isinstance(line, QLineEdit):
                self._write_into(line)

    def _write_into(self, line: QLineEdit) -> None:
        # Its list of files that begin so would take Return for itself.
        line.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none; its types do not say so
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, self._path)
        # While it still reads the folder, the dialog may put something else here: then once more.
        if line.text() == self._path:
            QTest.keyClick(line, Qt.Key.Key_Return)
