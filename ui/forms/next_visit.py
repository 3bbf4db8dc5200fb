"""The line with the date of the next visit, which goes onto the patient's sheet."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desktop.domain.values import Key
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, ngettext
from ui.tokens import CONTROL_WIDTH, RIGHT_X, RING
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.dates import UnclearDate, read_coming_day
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label

NEXT_VISIT: Final = Key("plan.next_visit")
"""Charted as text, an ISO date."""


class NextVisitLine(QWidget):
    """A date or a number of days from this visit, with an echo of what was understood."""

    def __init__(self, model: VisitViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._frame = FramedLine(str(NEXT_VISIT), 24, self)
        self.line = self._frame.line
        in_a_week = date_words(model.visit.date + dt.timedelta(days=7))
        self.line.setPlaceholderText(_("{day}, or 7 for a week").format(day=in_a_week))
        self.line.setAccessibleName(_("Next visit"))
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_finished)
        self._frame.setFixedWidth(CONTROL_WIDTH + 2 * RING)
        self.setFocusProxy(self.line)
        self._echo = Label(tone="ink2", parent=self)
        word = Label(_("next visit"), tone="ink2", parent=self).of(self.line)
        word.setFixedWidth(RIGHT_X - 16 - RING)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(word)
        line.addWidget(self._frame)
        line.addSpacing(8)
        line.addWidget(self._echo)
        line.addStretch(1)

    def show_value(self) -> None:
        """Show the charted day; what is being typed stays."""
        day = next_visit_of(self._model)
        self.line.setReadOnly(self._model.locked)
        if not self.line.hasFocus():
            self.line.setText(date_words(day) if day else self._unread())
        self._say(day)

    def _unread(self) -> str:
        """What was typed and could not be understood; it stays."""
        return self.line.text() if self._frame.has_error else ""

    def _say(self, day: dt.date | None) -> None:
        if day is None:
            self._echo.setText("")
            return
        days = (day - self._model.visit.date).days
        shown = self.line.text() == date_words(day)
        said = ngettext("in {n} day", "in {n} days", days)
        if not shown:
            said = ngettext("{day}, in {n} day", "{day}, in {n} days", days)
        self._echo.setText(said.format(day=date_words(day), n=days))
        self._echo.set_tone("ink2")

    def _on_edited(self, typed: str) -> None:
        self._frame.set_error(False)
        try:
            day = read_coming_day(typed, self._model.visit.date) if typed.strip() else None
        except UnclearDate:
            self._model.record(NEXT_VISIT, None)
            return
        self._model.record(NEXT_VISIT, day.isoformat() if day else None)

    def _on_finished(self) -> None:
        typed = self.line.text()
        try:
            day = read_coming_day(typed, self._model.visit.date) if typed.strip() else None
        except UnclearDate as problem:
            self._frame.set_error(True)
            self._echo.setText(str(problem))
            self._echo.set_tone("danger")
            return
        self.line.setText(date_words(day) if day else "")
        self._say(day)
        self._model.end_step()


def next_visit_of(model: VisitViewModel) -> dt.date | None:
    """The charted day of the next visit."""
    value = model.value(NEXT_VISIT)
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
