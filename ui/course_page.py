"""The course over its visits: the board, and the charts of progress."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.papers import make_course_report
from clinic_desktop.services.translation import _

from .chart import OpenChart
from .course_views import BoardView, ProgressView
from .dates import day_text
from .forms.buttons import Button
from .forms.segments import SegmentedInput
from .forms.words import Option
from .labels import Ground, Label
from .sheet import paper_source
from .style import theme
from .tokens import BANNER, CONTROL_WIDTH, INSET, RING
from .typeface import TITLE

BOARD, PROGRESS = "board", "progress"
VIEWS: Final = (BOARD, PROGRESS)


class CoursePage(QWidget):
    """What the course report says, on screen. It follows every change of the visit."""

    closed = Signal()

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("course")
        self.chart = chart
        self.board = BoardView(chart.model, self)
        self.progress = ProgressView(self)
        self._views = QStackedWidget(self)
        self._views.addWidget(self.board)
        self._views.addWidget(self.progress)
        self.choice = _ViewChoice(self)
        self.choice.edited.connect(self._on_choice)
        self.back = Button(_("Back"), parent=self)
        self.back.setObjectName("course_back")
        self.back.clicked.connect(self.closed)
        self._flags = Label(tone="danger", bold=True)
        self._flags.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._flag_line = Ground("danger_tint", self)
        line = QHBoxLayout(self._flag_line)
        line.setContentsMargins(INSET, 6, INSET, 6)
        line.addWidget(self._flags)
        column.addWidget(self._flag_line)
        column.addWidget(self._views, 1)
        chart.model.changed.connect(self.refresh)
        self.refresh()

    def _head(self) -> QWidget:
        head = Ground("surface", parent=self)
        head.setFixedHeight(BANNER)
        line = QHBoxLayout(head)
        line.setContentsMargins(INSET, 0, INSET - RING, 0)
        line.setSpacing(8)
        day = day_text(self.chart.model.visit.date)
        who = f"{self.chart.patient.name}, No {self.chart.number:06d}, "
        line.addWidget(Label(_("Course"), TITLE, bold=True))
        line.addWidget(Label(who + _("up to the visit of {day}").format(day=day), tone="ink2"))
        line.addStretch(1)
        line.addWidget(self.choice)
        line.addWidget(self.back)
        return head

    @property
    def view(self) -> str:
        """`board` or `progress`, whichever is in front."""
        return VIEWS[self._views.currentIndex()]

    def show_view(self, view: str) -> None:
        """Bring a view to the front and give it the keyboard."""
        self.choice.show_value(view)
        self._views.setCurrentIndex(VIEWS.index(view))
        self.take_focus()

    def _on_choice(self, view: object) -> None:
        if isinstance(view, str):
            self._views.setCurrentIndex(VIEWS.index(view))

    def take_focus(self) -> None:
        """Give the keyboard to the view in front."""
        (self.board if self.view == BOARD else self.progress).take_focus()

    def refresh(self) -> None:
        """Show the course as it now stands."""
        editor = self.chart.model.editor
        report = make_course_report(editor.case, editor.suggestion, paper_source(self.chart))
        flags = [f"{flag.title}. {flag.action}" for flag in report.flags]
        self._flags.setText("\n".join(flags))
        # Red only for what cannot wait; a flag to watch is a caution.
        tone = "danger" if any(flag.grave for flag in report.flags) else "caution"
        self._flags.set_tone(tone)
        self._flag_line.set_tone(f"{tone}_tint")
        self._flag_line.setVisible(bool(flags))
        self.board.show_course(editor.case, report)
        self.progress.show_course(report)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choice.show_value(self.view)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().tokens.ground)


class _ViewChoice(SegmentedInput):
    """Which view is in front; one always is."""

    def __init__(self, parent: QWidget) -> None:
        board, progress = _("Board"), _("Progress")
        options = (
            Option(BOARD, board, _("board of visits"), "b"),
            Option(PROGRESS, progress, _("charts of progress"), "p"),
        )
        super().__init__(options, parent=parent)
        self.setObjectName("course_view")
        self.setAccessibleName(_("View of the course"))
        self.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)

    @override
    def choose(self, value: object) -> None:
        if isinstance(value, str):
            super().choose(value)
