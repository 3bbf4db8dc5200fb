"""The third view of a course: what it is about, how it ends, and the patient's other courses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.services.course.words import outcome_words
from clinic_desktop.services.words.translation import _
from ui.tokens import INSET, WIDEST
from ui.visit.chart import OpenChart
from ui.widgets.labels import Label
from ui.widgets.scrolling import SlimScrollArea
from ui.widgets.toast import Toast

from .about import CourseAbout
from .choice import CourseChoice
from .ending import CourseEnding


class FactsView(QWidget):
    """About and ending at the left, the courses at the right; what was just done at the foot."""

    visit_asked = Signal(int)
    """A visit of another course."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("course_facts")
        self._chart = chart
        self.about = CourseAbout(chart)
        self.ending = CourseEnding(chart)
        self.ending.closed.connect(self._on_closed)
        self.ending.reopened.connect(self._on_reopened)
        self.courses = CourseChoice(chart)
        self.courses.visit_asked.connect(self.visit_asked)
        self.toast = Toast(self)
        self._problem = Label(bold=True, tone="danger")
        self._problem.setWordWrap(True)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        columns = QHBoxLayout(middle)
        columns.setContentsMargins(INSET, INSET, INSET, INSET)
        columns.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(12)
        for part in (self._problem, self.about, self.ending):
            left.addWidget(part)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.courses)
        right.addStretch(1)
        columns.addLayout(left, 62)
        columns.addLayout(right, 38)
        area = SlimScrollArea(QPalette.ColorRole.Window, self)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setWidget(middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(self.toast)
        chart.model.changed.connect(self.refresh)
        chart.about.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Name the course, and say where it could not be stored."""
        place, among = self.courses.place
        named = _("Course {n} of {all}").format(n=place, all=among)
        self.about.name_course(named if among > 1 else _("Course of care"))
        problem = self._chart.about.problem
        self._problem.setText(_("Not saved yet: {problem}").format(problem=problem))
        self._problem.setVisible(bool(problem))

    def take_focus(self) -> None:
        """Give the keyboard to the reason; to the end, where the course is closed."""
        (self.ending if self._chart.about.facts.is_closed else self.about).take_focus()

    def _on_closed(self, before: object) -> None:
        closing = self._chart.about.facts.closing
        if closing is None or not isinstance(before, CourseFacts):
            return
        said = _("Course closed: {outcome}.").format(outcome=outcome_words()[closing.outcome])
        self.toast.show_act(said, lambda: self.ending.take_back(before))

    def _on_reopened(self, before: object) -> None:
        if isinstance(before, CourseFacts):
            undo = self.ending.take_back
            self.toast.show_act(_("The course is open again."), lambda: undo(before))
