"""The few lines in which a new patient is entered, on the home page itself."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError, DuplicatePatient
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, pgettext
from ui.forms.base import RETURN
from ui.forms.segments import SegmentedInput
from ui.forms.words import Option
from ui.tokens import BETWEEN, CARD, RING
from ui.typeface import TITLE
from ui.widgets.buttons import Button, Look
from ui.widgets.card import Card, FlushRow
from ui.widgets.dates import UnclearDate, read_day
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.widgets.letters import give_letters
from ui.work.worker import writer

LINE_WIDTH = 320

EXAMPLE: Final = dt.date(1982, 3, 14)
"""Of a birth date, in grey."""


class NewPatientForm(Card):
    """Name, birth date and sex; says beside each what was understood."""

    created = Signal(int)
    """A patient was entered: the number."""
    open_asked = Signal(int)
    """The patient is in the record already and is to be opened instead: the number."""
    cancelled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._known = 0
        self._name = FramedLine("patient_name", 28, self)
        self._birth = FramedLine("patient_birth_date", 28, self)
        self._birth.line.setPlaceholderText(date_words(EXAMPLE))
        self._echo = Label(tone="ink2", parent=self)
        self._echo.setWordWrap(True)
        self._problem = Label(bold=True, tone="danger", parent=self)
        self._problem.setWordWrap(True)
        self.sex = SegmentedInput(sexes(), parent=self)
        self.sex.setObjectName("patient_sex")
        self.sex.setFixedSize(LINE_WIDTH + 2 * RING, 28 + 2 * RING)
        self.create_button = Button(_("Create and open"), Look.SOLID, parent=self)
        self.create_button.setObjectName("create_patient")
        self._cancel = Button(_("Cancel"), parent=self)
        self._open = Button("", Look.LINK, 28, self)
        self._open.setObjectName("open_known_patient")
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self._name.line.textEdited.connect(self._clear_problem)
        self._birth.line.textEdited.connect(self._on_birth_edited)
        self._birth.line.editingFinished.connect(lambda: self._show_birth(finished=True))
        self._name.line.returnPressed.connect(lambda: self._go_on(self._birth))
        self._birth.line.returnPressed.connect(lambda: self._go_on(self.sex))
        self.sex.installEventFilter(self)
        self.sex.edited.connect(self._clear_problem)
        self.create_button.clicked.connect(self.create_patient)
        self._cancel.clicked.connect(self.cancelled)
        self._open.clicked.connect(lambda: self.open_asked.emit(self._known))

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(CARD, CARD, CARD, CARD)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(BETWEEN)
        grid.setColumnMinimumWidth(0, 116)
        grid.setColumnStretch(2, 1)
        grid.addWidget(Label(_("New patient"), TITLE, bold=True), 0, 0, 1, 3)
        words = (_("Name"), _("Birth date"), _("Sex"))
        fields: tuple[QWidget, ...] = (self._name, self._birth, self.sex)
        for row, word, field in zip((1, 2, 4), words, fields, strict=True):
            grid.addWidget(Label(word, tone="ink2").of(field), row, 0)
            grid.addWidget(field, row, 1)
        for word, frame in zip(words, (self._name, self._birth), strict=False):
            frame.setFixedWidth(LINE_WIDTH + 2 * RING)
            frame.line.setAccessibleName(word)
        self.sex.setAccessibleName(words[2])
        self._echo.setContentsMargins(RING, 0, 0, 0)
        grid.addWidget(self._echo, 3, 1, 1, 2)
        buttons = FlushRow()
        buttons.setSpacing(BETWEEN)
        buttons.addWidget(self.create_button)
        buttons.addWidget(self._cancel)
        buttons.addSpacing(8)
        buttons.addWidget(self._problem, 1)
        buttons.addWidget(self._open)
        grid.addLayout(buttons, 5, 0, 1, 3)
        self.column.addLayout(grid)
        give_letters(self)

    # ------------------------------------------------------------------ filling in
    def begin(self, typed: str) -> None:
        """Start with what was typed in the search: a birth date if it reads as one, else a name."""
        as_date = _date_or_none(typed, self._today())
        name = "" if as_date or typed.strip().isdigit() else typed.strip()
        self._name.line.setText(name[:1].upper() + name[1:])
        self._birth.line.setText(date_words(as_date) if as_date else "")
        self.sex.show_value(None)
        self._clear_problem()
        self._show_birth()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor behind the name."""
        self._name.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name.line.end(False)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered that could be lost."""
        return not (self._name.line.text().strip() or self._birth.line.text().strip())

    def _today(self) -> dt.date:
        return self._desk.clock().astimezone().date()

    def _on_birth_edited(self) -> None:
        self._clear_problem()
        self._show_birth()

    def _show_birth(self, finished: bool = False) -> None:
        """Echo what was understood; complain only once the therapist is through with the field."""
        typed = self._birth.line.text()
        self._birth.set_error(False)
        if not typed.strip():
            self._say(_("not known, if left blank"), "grey")
            return
        try:
            born = read_day(typed, self._today())
        except UnclearDate as problem:
            self._birth.set_error(finished)
            words = str(problem) if finished else _("like 14 Mar 1982")
            self._say(words, "danger" if finished else "grey")
            return
        age = Patient("", born).age_on(self._today())
        self._say(_("{day}, {age} years").format(day=date_words(born), age=age), "ink")

    def _say(self, words: str, tone: str) -> None:
        self._echo.setText(words)
        self._echo.set_tone(tone)
        self._birth.line.setAccessibleDescription(words)

    def _clear_problem(self) -> None:
        self._problem.setText("")
        self._open.hide()
        self._name.set_error(False)

    # ------------------------------------------------------------------ entering
    def _go_on(self, following: QWidget) -> None:
        """Return in a field: enter the patient where all is filled in, else go to the next."""
        lines = (self._name.line.text().strip(), self._birth.line.text().strip())
        if all(lines) and self.sex.value() is not None:
            self.create_patient()
        else:
            following.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return on a chosen sex enters the patient."""
        pressed = event.type() is QEvent.Type.KeyPress and watched is self.sex
        if (pressed and isinstance(event, QKeyEvent) and event.key() in RETURN
                and self.sex.value() is not None):  # fmt: skip
            self.create_patient()
            return True
        return super().eventFilter(watched, event)

    def create_patient(self) -> None:
        """Enter the patient in the record, or say beside the button why not."""
        typed = self._birth.line.text()
        sex = self.sex.value()
        try:
            born = read_day(typed, self._today()) if typed.strip() else None
            patient = Patient(
                self._name.line.text(), born, sex=sex if isinstance(sex, str) else None
            )
            desk = self._desk
            number = writer().do(lambda: register_patient(desk.open_record, desk.act(), patient))
        except UnclearDate:
            self._show_birth(finished=True)
            self._birth.setFocus()
        except DuplicatePatient as double:
            self._known = double.number
            self._open.setText(_("Open {number:06d}").format(number=double.number))
            self._open.show()
            self._problem.setText(_("In the record already, same name and birth date."))
        except ChartError as problem:
            self._name.set_error(not self._name.line.text().strip())
            self._problem.setText(str(problem))
        else:
            self.created.emit(number)


def sexes() -> tuple[Option, ...]:
    """What can be said of a patient's sex."""
    return (
        Option("female", _("female"), _("female"), pgettext("key: female", "f")),
        Option("male", _("male"), _("male"), pgettext("key: male", "m")),
        Option("other", _("other"), _("other"), pgettext("key: other", "o")),
        Option("unknown", _("unknown"), _("unknown"), pgettext("key: unknown", "u")),
    )


def _date_or_none(typed: str, today: dt.date) -> dt.date | None:
    try:
        return read_day(typed, today)
    except UnclearDate:
        return None
