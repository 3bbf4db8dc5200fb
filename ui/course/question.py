"""What the board asks after three visits without a real change, and the answer with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.services.course.answers import (
    ANSWERS,
    CourseAnswer,
    answer_of,
    answer_words,
    with_answer,
)
from clinic_desktop.services.words.translation import _
from ui.forms.segments import SegmentedInput
from ui.forms.words import Option
from ui.tokens import BETWEEN, INSET, RING
from ui.typeface import CAPTION, HEADING
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Ground, Label

_WIDE = 390


class CourseQuestion(Ground):
    """Another pattern, refer, or go on, and why. Kept with the decision of the visit on screen."""

    def __init__(self, model: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__("caution_tint", parent)
        self.setObjectName("course_question")
        self._model = model
        words = answer_words()
        options = (Option(a, words[a], words[a], str(n)) for n, a in enumerate(ANSWERS, 1))
        self.answer = SegmentedInput(tuple(options), parent=self)
        self.answer.setObjectName("course_answer")
        self.answer.setAccessibleName(_("What follows from it"))
        self.answer.setFixedSize(_WIDE + 2 * RING, 24 + 2 * RING)
        self.answer.edited.connect(self._on_answer)
        self._frame = FramedLine("course_reason", 24, self)
        self.reason = self._frame.line
        self.reason.setAccessibleName(_("Reason for what follows"))
        self.reason.textEdited.connect(self._on_reason)
        self._asked = Label("", HEADING, bold=True, parent=self)
        self._kept = Label("", CAPTION, tone="ink2", parent=self)
        for label in (self._asked, self._kept):
            label.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(12 - 2 * RING)
        line.addWidget(self.answer)
        line.addWidget(self._frame, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, 12, INSET, 12)
        column.setSpacing(BETWEEN)
        column.addWidget(self._asked)
        column.addLayout(line)
        column.addWidget(self._kept)

    def show_visits(self, count: int) -> None:
        """Ask after so many visits; show what is answered already."""
        said = _("{n} visits without a recorded change beyond the error: what follows?")
        self._asked.setText(said.format(n=count))
        answer, locked = answer_of(self._model.visit.decision), self._model.locked
        self.answer.show_value(answer.answer if answer else None)
        self.answer.set_locked(locked)
        self.reason.setReadOnly(locked)
        self._frame.setEnabled(answer is not None)
        why = answer.why if answer else ""
        if self.reason.text().strip() != why:
            self.reason.setText(why)
        hint = _("Why") if answer else _("Choose first, then write why")
        self.reason.setPlaceholderText(hint)
        self._kept.setText(_state_words(answer, locked))

    def _on_answer(self, chosen: object) -> None:
        self._model.editor.end_step()  # else undo would take back more than this
        said = CourseAnswer(chosen, self.reason.text()) if isinstance(chosen, str) else None
        self._keep(said)
        if said is not None and not said.why:
            self._frame.setFocus()

    def _on_reason(self, text: str) -> None:
        chosen = self.answer.value()
        if isinstance(chosen, str):
            self._keep(CourseAnswer(chosen, text))

    def _keep(self, said: CourseAnswer | None) -> None:
        if not self._model.locked:
            editor = self._model.editor
            editor.decide(with_answer(editor.visit.decision, said))


def _state_words(answer: CourseAnswer | None, locked: bool) -> str:
    if locked and answer is None:
        return _("This visit is signed: close the course with its outcome, or answer next time.")
    if locked:
        return _("This visit is signed: the answer can be read, not changed.")
    if answer is None:
        return _("Your answer is kept with the decision of this visit.")
    if not answer.why:
        return _("Kept with the decision of this visit; the reason is still missing.")
    return _("Kept with the decision of this visit, and in the course report.")
