"""The courses of one patient: which one is on screen, the way to the others, and a new one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.course.courses import begin_course, courses_of, new_facts
from clinic_desktop.services.course.words import outcome_words, subject_words
from clinic_desktop.services.stored import CourseSummary
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, ngettext, pgettext
from ui.forms.segments import SegmentedInput
from ui.style import theme
from ui.tokens import BETWEEN, CARD, CONTROL_WIDTH, RING
from ui.typeface import BODY, CAPTION, TITLE, baseline, elided, font, metrics
from ui.visit.chart import OpenChart
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.card import Card
from ui.widgets.card_list import INSET, CardList, RowDelegate, RowModel
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.work.worker import writer

from .about import side_options


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course in the list."""

    course: CourseSummary
    place: int
    """1 for the first that was opened."""
    shown: bool
    """Whether it is the one on screen."""
    can_open: bool = True

    @property
    def title(self) -> str:
        """Which one it is, and what it is about."""
        subject = subject_words(self.course.facts.reason, self.course.side)
        named = _("Course {n}").format(n=self.place)
        return f"{named}: {subject}" if subject else named

    @property
    def state(self) -> str:
        """Open, or how it ended."""
        closing = self.course.facts.closing
        return outcome_words()[closing.outcome] if closing else pgettext("of a course", "open")

    @property
    def when(self) -> str:
        """From when to when, and in how many visits."""
        course = self.course
        first = course.facts.opened or course.first_visit
        closing = course.facts.closing
        last = closing.on if closing else course.last_visit
        days = [date_words(day) for day in (first, last) if day]
        span = " – ".join(dict.fromkeys(days))
        visits = ngettext("{n} visit", "{n} visits", course.visits).format(n=course.visits)
        return ", ".join(part for part in (span, visits) if part)

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        shown = _("on screen") if self.shown else ""
        return ", ".join(part for part in (self.title, self.when, self.state, shown) if part)


class _CourseDelegate(RowDelegate):
    height = 48

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if not isinstance(row, CourseRow):
            return
        shown = theme().tokens
        if row.shown:
            painter.fillRect(box.left(), box.top() + 8, 3, box.height() - 16, shown.accent)
        room = box.width() - 2 * INSET
        state = elided(row.state, room / 2, CAPTION)
        wide = metrics(CAPTION).horizontalAdvance(state)
        texts = (
            (0.0, 4, 22, elided(row.title, room - wide - 8, BODY, row.shown), BODY, shown.ink),
            (0.0, 24, 20, elided(row.when, room, CAPTION), CAPTION, shown.ink2),
            (room - wide, 4, 22, state, CAPTION, shown.ink2),
        )
        for left, top, high, words, size, color in texts:
            painter.setFont(font(size, row.shown and size == BODY))
            painter.setPen(color)
            at = QPointF(box.left() + INSET + left, box.top() + top + baseline(high, size))
            painter.drawText(at, words)


class CourseChoice(QWidget):
    """The list, newest first; Return opens another course at its newest visit."""

    visit_asked = Signal(int)
    """The newest visit of another course, or the first of one that was begun just now."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._rows = RowModel(self)
        self.list = CardList(self._rows, _CourseDelegate(self), self)
        self.list.setObjectName("courses")
        self.list.setAccessibleName(_("Courses of care of this patient"))
        self.list.opened.connect(self._open)
        card = Card(parent=self)
        card.column.addWidget(self.list)
        self.new_button = button_for(
            "new_course", _("New course"), self._begin, parent=self, height=28
        )
        self.form = NewCourseForm(chart, self)
        self.form.begun.connect(self.visit_asked)
        self.form.cancelled.connect(self._cancel)
        self.form.hide()
        line = QHBoxLayout()
        line.addWidget(Label(_("Courses of care"), TITLE, bold=True))
        line.addStretch(1)
        line.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.form)
        column.addWidget(card)
        chart.about.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the record anew."""
        chart = self._chart
        try:
            found = courses_of(chart.desk.open_record, chart.number)
        except RecordUnavailable:
            return  # what stands there stays until the record answers again
        rows = (
            CourseRow(course, place, course.id == chart.course.id)
            for place, course in enumerate(found, 1)
        )
        self._rows.show_rows(tuple(reversed(tuple(rows))))
        self.form.refresh()

    @property
    def place(self) -> tuple[int, int]:
        """Which of how many courses is on screen."""
        places = [row.place for row in self.list.rows if row.shown]
        return (places[0] if places else 1, max(1, len(self.list.rows)))

    def _open(self, row: object) -> None:
        if isinstance(row, CourseRow) and not row.shown and row.course.newest_id is not None:
            self.visit_asked.emit(row.course.newest_id)

    def _begin(self) -> None:
        self.new_button.setEnabled(False)
        self.form.begin()

    def _cancel(self) -> None:
        self.form.hide()
        self.new_button.setEnabled(True)
        self.new_button.setFocus()


class NewCourseForm(Card):
    """Reason and side of a course that begins today."""

    begun = Signal(int)
    """The id of its first visit."""
    cancelled = Signal()

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._chart = chart
        self._reason = FramedLine("new_course_reason", 24, self)
        self._reason.line.setAccessibleName(_("Reason for coming"))
        self._reason.line.setPlaceholderText(_("why the patient comes, in a few words"))
        self.side = SegmentedInput(side_options(), parent=self)
        self.side.setObjectName("new_course_side")
        self.side.setAccessibleName(_("Side that is treated"))
        self.side.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
        self._reason.line.returnPressed.connect(self.side.setFocus)
        self.start = button_for(
            "begin_course",
            _("Begin it with today's visit"),
            self.begin_course,
            Look.SOLID,
            self,
            height=28,
        )
        cancel = Button(_("Cancel"), height=28, parent=self)
        cancel.clicked.connect(self.cancelled)
        self._note = Label(tone="ink2", parent=self)
        self._problem = Label(bold=True, tone="danger", parent=self)
        for label in (self._note, self._problem):
            label.setWordWrap(True)
        grid = QGridLayout()
        grid.setContentsMargins(CARD - RING, 12, CARD - RING, 12)
        for label in (self._note, self._problem):
            label.setContentsMargins(RING, 0, RING, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, 60)
        grid.setColumnStretch(1, 1)
        for row, (word, field) in enumerate(((_("Reason"), self._reason), (_("Side"), self.side))):
            label = Label(word, tone="ink2").of(field)
            label.setContentsMargins(RING, 0, 0, 0)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(BETWEEN)
        buttons.addWidget(self.start)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        grid.addWidget(self._note, 2, 0, 1, 2)
        grid.addWidget(self._problem, 3, 0, 1, 2)
        grid.addLayout(buttons, 4, 0, 1, 2)
        self.column.addLayout(grid)

    def begin(self) -> None:
        """Open the form; what was typed before and not used stays."""
        self.refresh()
        self._say("")
        self.show()
        self._reason.setFocus()

    def refresh(self) -> None:
        """Say that the course before it stays open, where it is."""
        self._note.setText(_("The course on screen stays open; close it first if it is over."))
        self._note.setVisible(not self._chart.about.facts.is_closed)

    def begin_course(self) -> None:
        """Begin the course and today's visit in it, or say why not."""
        chart, side = self._chart, self.side.value()
        reason = self._reason.line.text().strip() or None
        facts = new_facts(chart.today, reason, side if isinstance(side, str) else None)
        desk = chart.desk
        try:
            visit_id = writer().do(
                lambda: begin_course(desk.open_record, desk.act(), chart.number, facts)
            )
        except ChartError as problem:
            self._say(str(problem))
            return
        self.begun.emit(visit_id)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
