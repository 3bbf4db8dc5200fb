"""How a course ends: outcome and note, what is still unsigned, the way to open it again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.courses import OUTCOMES, Closing, CourseFacts
from clinic_desktop.services.course.words import outcome_words
from clinic_desktop.services.stored import StoredVisit
from clinic_desktop.services.words.dates import date_words, day_and_month
from clinic_desktop.services.words.translation import _
from ui.forms.segments import SegmentedInput
from ui.forms.words import Option
from ui.tokens import CARD, RING
from ui.typeface import TITLE
from ui.visit.chart import OpenChart
from ui.widgets.buttons import button_for
from ui.widgets.card import Card
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label

WIDE = 432


class CourseEnding(Card):
    """Outcome, note and a button while the course is open; then how it ended, and the way back."""

    closed = Signal(object)
    """The course was closed just now: what was said of it before."""
    reopened = Signal(object)
    """The same, where it was opened again."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._chart = chart
        words = outcome_words()
        options = (Option(o, words[o], words[o], str(n)) for n, o in enumerate(OUTCOMES, 1))
        self.outcome = SegmentedInput(tuple(options), 2, self)
        self.outcome.setObjectName("close_outcome")
        self.outcome.setAccessibleName(_("How the course ended"))
        self.outcome.setFixedSize(WIDE + 2 * RING, 48 + 2 * RING)
        self.outcome.edited.connect(self._on_outcome)
        self._frame = FramedLine("close_note", 24, self)
        self.note = self._frame.line
        self.note.setAccessibleName(_("Note on the end of the course"))
        self.note.setPlaceholderText(_("a note, if you like"))
        self.note.returnPressed.connect(self.close_course)
        self.close_button = button_for(
            "close_course", _("Close the course"), self.close_course, parent=self
        )
        self.reopen_button = button_for(
            "reopen_course", _("Open it again"), self.reopen, parent=self
        )
        self._unsigned = Label(tone="caution", parent=self)
        self._unsigned.setObjectName("close_unsigned")
        self._said = Label(parent=self)
        self._said.setObjectName("close_said")
        self._problem = Label(bold=True, tone="danger", parent=self)
        for label in (self._unsigned, self._said, self._problem):
            label.setWordWrap(True)
        self._title = Label("", TITLE, bold=True, parent=self)
        self._arrange()
        chart.model.changed.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(CARD - RING, 12, CARD - RING, 12)
        for label in (self._title, self._said, self._unsigned, self._problem):
            label.setContentsMargins(RING, 0, RING, 0)
        inside.setSpacing(4)
        inside.addWidget(self._title)
        for part in (self._said, self.outcome, self._frame, self._unsigned, self._problem):
            inside.addWidget(part)
        line = QHBoxLayout()
        line.addWidget(self.close_button)
        line.addWidget(self.reopen_button)
        line.addStretch(1)
        inside.addLayout(line)
        self.column.addLayout(inside)

    # ------------------------------------------------------------------ showing
    def refresh(self) -> None:
        """Show whether the course is open, and how it ended where it is not."""
        closing = self._chart.about.facts.closing
        for part in (self.outcome, self._frame, self.close_button):
            part.setVisible(closing is None)
        self.reopen_button.setVisible(closing is not None)
        self._said.setVisible(closing is not None)
        self._title.setText(_("Close the course") if closing is None else _("Course closed"))
        if closing is not None:
            self._said.setText(_said_of(closing))
        self._show_unsigned()
        self.close_button.setEnabled(self.outcome.value() is not None)
        self._problem.setVisible(bool(self._problem.text()))

    def _show_unsigned(self) -> None:
        unsigned = [
            _("visit {n} of {day}").format(n=place, day=day_and_month(stored.visit.date))
            for place, stored in enumerate(self._chart.course.visits, 1)
            if not self._is_signed(stored)
        ]
        self._unsigned.setVisible(bool(unsigned))
        said = _("Not signed yet: {visits}. Closing does not sign; they stay on the home page.")
        self._unsigned.setText(said.format(visits=", ".join(unsigned)))

    def _is_signed(self, stored: StoredVisit) -> bool:
        on_screen = stored.id == self._chart.visit_id
        return self._chart.model.locked if on_screen else bool(stored.visit.signed)

    def take_focus(self) -> None:
        """Give the keyboard to the outcome, or to the way back."""
        open_now = self._chart.about.facts.closing is None
        (self.outcome if open_now else self.reopen_button).setFocus()

    # ------------------------------------------------------------------ doing
    def _on_outcome(self, outcome: object) -> None:
        self._say("")
        self.close_button.setEnabled(outcome is not None)
        if outcome is not None:
            self._frame.setFocus()

    def close_course(self) -> None:
        """Close the course with the chosen outcome, or say why it cannot be."""
        outcome = self.outcome.value()
        if not isinstance(outcome, str):
            self._say(_("Choose how it ended first."))
            return
        about = self._chart.about
        before = about.facts
        closing = Closing(self._chart.today, outcome, self.note.text().strip() or None)
        problem = about.say(replace(before, closing=closing))
        self._say(problem)
        if not problem:
            self.outcome.show_value(None)
            self.note.clear()
            self.reopen_button.setFocus()
            self.closed.emit(before)

    def reopen(self) -> None:
        """Open the course again."""
        before = self._chart.about.facts
        problem = self._chart.about.say(self._chart.about.reopened())
        self._say(problem)
        if problem or before.closing is None:
            return
        self.outcome.show_value(before.closing.outcome)
        self.note.setText(before.closing.note or "")
        self.take_focus()
        self.refresh()
        self.reopened.emit(before)

    def take_back(self, before: CourseFacts) -> None:
        """The end that stood before, or none, stands again; what else was said since stays."""
        about = self._chart.about
        self._say(about.say(replace(about.facts, closing=before.closing)))

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


def _said_of(closing: Closing) -> str:
    said = _("Closed {day}: {outcome}.").format(
        day=date_words(closing.on), outcome=outcome_words()[closing.outcome]
    )
    return f"{said} {closing.note}" if closing.note else said
