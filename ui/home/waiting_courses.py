"""Who is due, and whose third visit brought no real change: nobody is forgotten between visits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.course.standings import courses_at_a_standstill, courses_due
from clinic_desktop.services.course.words import subject_words
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.stored import CourseSummary
from clinic_desktop.services.words.dates import day_and_month
from clinic_desktop.services.words.translation import _, ngettext
from ui.style import theme
from ui.typeface import BODY, CAPTION, HEADING, baseline, elided, font, metrics
from ui.widgets.card_list import INSET, RowDelegate
from ui.widgets.dates import weekday_word
from ui.widgets.labels import Label
from ui.work.worker import writer

from .waiting_list import WaitingList

COMING_DAYS: Final = 7
"""How far ahead the list of who is due looks."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One course whose next visit is due or comes soon."""

    course: CourseSummary
    today: dt.date
    can_open: bool = True

    @property
    def _days(self) -> int:
        due = self.course.standing.next_visit
        return (due - self.today).days if due else 0

    @property
    def pressing(self) -> bool:
        """Whether the day has passed."""
        return self._days < 0

    @property
    def when(self) -> str:
        """The day against today."""
        days, due = self._days, self.course.standing.next_visit
        if days < 0:
            return ngettext("{n} day over", "{n} days over", -days).format(n=-days)
        if days == 0 or due is None:
            return _("today")
        return f"{weekday_word(due)} {day_and_month(due)}"

    @property
    def reason(self) -> str:
        """Which visit is to come, and of what."""
        facts = self.course.facts
        n, planned = self.course.visits + 1, facts.planned_visits
        visit = _("visit {n}").format(n=n)
        if planned is not None and n <= planned:
            visit = _("visit {n} of {most}").format(n=n, most=planned)
        subject = subject_words(facts.reason, self.course.side)
        return f"{visit}: {subject}" if subject else visit

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        return ", ".join((self.course.patient.name, self.when, self.reason))


@dataclass(frozen=True, slots=True)
class StillRow:
    """One course that asks what follows."""

    course: CourseSummary
    today: dt.date
    can_open: bool = True
    pressing: bool = False

    @property
    def when(self) -> str:
        """The day of the newest visit."""
        day = self.course.last_visit
        if day is None:
            return ""
        return _("today") if day == self.today else day_and_month(day)

    @property
    def reason(self) -> str:
        """After how many visits, and of what."""
        count = self.course.visits
        visits = ngettext("{n} visit", "{n} visits", count).format(n=count)
        subject = subject_words(self.course.facts.reason, self.course.side)
        return f"{visits}: {subject}" if subject else visits

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        return _("{name}, {reason}: no real change, last seen {when}").format(
            name=self.course.patient.name, reason=self.reason, when=self.when
        )


class _CourseDelegate(RowDelegate):
    height = 48

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if not isinstance(row, DueRow | StillRow):
            return
        shown, room = theme().tokens, box.width() - 2 * INSET
        wide = metrics(BODY, row.pressing).horizontalAdvance(row.when)
        # A day gone by is told by weight and words too, never by colour alone.
        color = shown.caution if row.pressing else shown.ink2
        name = elided(row.course.patient.name, room - wide - 8, HEADING)
        texts = (
            (0.0, 3, 24, name, HEADING, False, shown.ink),
            (0.0, 26, 18, elided(row.reason, room, CAPTION), CAPTION, False, shown.ink2),
            (room - wide, 3, 24, row.when, BODY, row.pressing, color),
        )
        for left, top, high, words, size, bold, ink in texts:
            painter.setFont(font(size, bold))
            painter.setPen(ink)
            at = QPointF(box.left() + INSET + left, box.top() + top + baseline(high, size))
            painter.drawText(at, words)


class WaitingCourses(WaitingList):
    """One of the two lists of courses."""

    opened = Signal(int, int)
    """A patient's number, and the newest visit of the course."""

    def __init__(
        self,
        name: str,
        title: str,
        read: Callable[[dt.date], tuple[DueRow | StillRow, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, title, _CourseDelegate, parent)
        self._reading = read
        self._note = Label(size=CAPTION, tone="grey")
        self.heading.addWidget(self._note)
        self.column.setContentsMargins(0, 0, 0, 12)

    @override
    def _read(self, today: dt.date) -> tuple[DueRow | StillRow, ...]:
        return self._reading(today)

    @override
    def _show(self, rows: tuple[DueRow | StillRow, ...]) -> None:
        super()._show(rows)
        over = sum(row.pressing for row in rows)
        self._note.setText(_("{n} overdue").format(n=over) if over else "")

    @override
    def _open(self, row: DueRow | StillRow) -> None:
        if row.course.newest_id is not None:
            self.opened.emit(row.course.number, row.course.newest_id)


def due_list(desk: Desk, parent: QWidget) -> WaitingCourses:
    """Whose next visit was to be by now, is today, or comes within days."""

    def read(today: dt.date) -> tuple[DueRow | StillRow, ...]:
        found = courses_due(desk.open_record, today, COMING_DAYS)
        return tuple(DueRow(course, today) for course in found)

    return WaitingCourses("due", _("Due"), read, parent)


def still_list(desk: Desk, parent: QWidget) -> WaitingCourses:
    """Whose third visit brought no real change, and nobody has answered what follows."""

    def read(today: dt.date) -> tuple[DueRow | StillRow, ...]:
        # Judges courses on the way, and keeps what it finds.
        found = writer().do(
            lambda: courses_at_a_standstill(desk.open_record, desk.asks_what_follows)
        )
        return tuple(StillRow(course, today) for course in found)

    return WaitingCourses("still", _("No real change by the third visit"), read, parent)
