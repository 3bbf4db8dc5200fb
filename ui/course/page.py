"""The course over its visits: what it is about, the board, and the charts of progress."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.visit.editing import VisitEditor
from clinic_desktop.services.words.translation import _, pgettext
from ui.forms.segments import SegmentedInput
from ui.forms.words import Option
from ui.papers.identity import Identity
from ui.papers.sheet import paper_source
from ui.style import theme
from ui.tokens import BANNER, BETWEEN, INSET, RING
from ui.viewmodels.course import CourseModel
from ui.visit.chart import OpenChart
from ui.widgets.buttons import button_for
from ui.widgets.labels import Ground, Label
from ui.widgets.letters import give_letters
from ui.work.breathing import breathe

from .facts_view import FactsView
from .views import BoardView, ProgressView

ABOUT, BOARD, PROGRESS = "about", "board", "progress"
VIEWS: Final = (ABOUT, BOARD, PROGRESS)
_CHOICE_WIDTH: Final = 300


class CoursePage(QWidget):
    """What the course report says, on screen. It follows every change of the visit."""

    closed = Signal()
    visit_asked = Signal(int)
    """A visit of another course of this patient."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("course")
        self.chart = chart
        # In pieces: all of it together, and what is imported for it, would hold the window.
        breathe()
        self.facts = FactsView(chart, self)
        self.facts.visit_asked.connect(self.visit_asked)
        breathe()
        self.board = BoardView(chart.model, self)
        self.progress = ProgressView(self)
        breathe()
        self._views = QStackedWidget(self)
        self._in_view: dict[str, FactsView | BoardView | ProgressView] = {
            ABOUT: self.facts, BOARD: self.board, PROGRESS: self.progress
        }  # fmt: skip
        for view in VIEWS:
            self._views.addWidget(self._in_view[view])
        self.choice = _ViewChoice(self)
        self.choice.edited.connect(self._on_choice)
        self.back = button_for("course_back", _("Back"), self.closed.emit, parent=self)
        self.back.with_icon("back")
        self._flags = Label(tone="danger", bold=True)
        self._flags.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._flag_line = Ground("danger_tint", self)
        line = QHBoxLayout(self._flag_line)
        line.setContentsMargins(INSET, BETWEEN, INSET, BETWEEN)
        line.addWidget(self._flags)
        column.addWidget(self._flag_line)
        column.addWidget(self._views, 1)
        give_letters(self)
        chart.model.changed.connect(self.refresh)
        self.refresh()

    def _head(self) -> QWidget:
        head = Ground("surface", self, Qt.Edge.BottomEdge)
        head.setFixedHeight(BANNER)
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, INSET - RING, 0)
        line.setSpacing(8)
        line.addWidget(Identity(self.chart, _("Course"), head), 1)
        line.addWidget(self.choice)
        line.addWidget(self.back)
        return head

    @property
    def view(self) -> str:
        """`board` or `progress`, whichever is in front."""
        return VIEWS[self._views.currentIndex()]

    @property
    def steps(self) -> CourseModel | VisitEditor:
        """What undo and redo are about: what is said of the course, or the visit."""
        return self.chart.about if self.view == ABOUT else self.chart.model.editor

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
        self._in_view[self.view].take_focus()

    def refresh(self) -> None:
        """Show the course as it now stands."""
        editor = self.chart.model.editor
        try:
            found = self.chart.validities_shown
        except ChartError as problem:
            self._flags.setText(str(problem))
            self._flag_line.setVisible(True)
            return
        source = paper_source(self.chart)
        report = make_course_report(editor.case, editor.suggestion, source, found)
        boxes = (*report.alarms, *report.flags)
        flags = [f"{box.title}. {box.action}" for box in boxes]
        self._flags.setText("\n".join(flags))
        # Red only for what cannot wait; a flag to watch is a caution.
        tone = "danger" if any(box.grave for box in boxes) else "caution"
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
        about, board, progress = _("About"), _("Board"), _("Progress")
        options = (
            Option(ABOUT, about, _("what the course is about"), pgettext("key: about", "a")),
            Option(BOARD, board, _("board of visits"), pgettext("key: board", "b")),
            Option(PROGRESS, progress, _("charts of progress"), pgettext("key: progress", "p")),
        )
        super().__init__(options, parent=parent)
        self.setObjectName("course_view")
        self.setAccessibleName(_("View of the course"))
        self.setFixedSize(_CHOICE_WIDTH + 2 * RING, 24 + 2 * RING)

    @override
    def choose(self, value: object) -> None:
        if isinstance(value, str):
            super().choose(value)
