"""The line above the form when the visit on screen is not one that is being made today."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.courses import Closing
from clinic_desktop.services.course.words import outcome_words
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import INSET, RING
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.labels import Label

HEIGHT = 32


class OlderVisitLine(QWidget):
    """Says which day's visit is open, so that today's findings do not go into an old one."""

    new_visit_asked = Signal()
    course_asked = Signal()
    """The way to what the course is about, where it can be opened again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("older_visit")
        self.setFixedHeight(HEIGHT)
        self._words = Label(tone="ink", parent=self)
        self._button = Button(_("Visit today"), Look.LINK, 20, self)
        self._button.clicked.connect(self.new_visit_asked)
        self._course = button_for(
            "older_course",
            _("About the course"),
            self.course_asked.emit,
            Look.LINK,
            self,
            height=20,
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET, 0, INSET - RING, 0)
        line.addWidget(self._words)
        line.addStretch(1)
        line.addWidget(self._course)
        line.addWidget(self._button)

    def show_visit(
        self, day: dt.date, today: dt.date, locked: bool, may_begin: bool, closing: Closing | None
    ) -> None:
        """Say what is open; hidden where it is today's own visit of an open course.

        `closing` says how the course ended, where it is closed.
        """
        self._button.setVisible(may_begin)
        self._course.setVisible(closing is not None)
        said = _("Visit of {day}, not today's: what you chart here goes into that visit.")
        # Into a signed one nothing goes; how it stands is said below.
        words = said.format(day=date_words(day)) if day != today and not locked else ""
        if closing is not None:
            outcome, ended = outcome_words()[closing.outcome], date_words(closing.on)
            said = _("Visit of {day}. The course was closed {ended}: {outcome}.")
            words = said.format(day=date_words(day), ended=ended, outcome=outcome)
        self._words.setText(words)
        self.setVisible(bool(words))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.caution_tint)
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, theme().tokens.line)
