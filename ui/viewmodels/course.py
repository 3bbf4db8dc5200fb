"""What is said of the course under the therapist's hands, as signals; kept as it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.visit.keeping import Keeping, Run, at_once


class CourseModel(QObject):
    """Reason, side, goal, planned visits, beginning and end of one course.

    Works as plain Python. Every change is handed to whoever keeps it and can be taken back; what
    could not be stored stays here with the reason, and is tried again with the next change or by
    `flush`.
    """

    changed = Signal()
    """Once after every change, and when it became known whether it is stored."""
    refused = Signal(str)
    """The record took a change not on, and why; what is said is what the record has."""

    def __init__(
        self,
        facts: CourseFacts,
        keep: Callable[[CourseFacts], None],
        check: Callable[[CourseFacts], object] = lambda _facts: None,
        run: Run = at_once,
        parent: QObject | None = None,
    ) -> None:
        """`check` raises ChartError for what cannot be said; `keep` stores, in the thread of `run`,
        and raises ChartError too."""
        super().__init__(parent)
        self._facts = facts
        self._check = check
        self._keeping = Keeping(facts, lambda _before, after: keep(after), run, self._on_kept)
        self._past: list[CourseFacts] = []
        self._future: list[CourseFacts] = []
        self._merging: object = None

    @property
    def problem(self) -> str:
        """Why the last change is not in the record; empty where nothing hindered it."""
        return self._keeping.problem

    @property
    def pending(self) -> bool:
        """Whether something is not acknowledged yet."""
        return self._keeping.pending

    @property
    def facts(self) -> CourseFacts:
        """What is said now."""
        return self._facts

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._future)

    def say(self, facts: CourseFacts, merging: object = None) -> str:
        """Say something else of the course; steps with the same `merging` in a row are one.

        Gives in words why it cannot be, and then nothing has changed; else nothing.
        """
        if facts == self._facts:
            return ""
        before = self._facts
        problem = self._become(facts)
        if problem:
            return problem
        if merging is None or merging != self._merging:
            self._past.append(before)
        self._merging = merging
        self._future.clear()
        self.changed.emit()
        return ""

    def undo(self) -> None:
        """Take the last step back; that is itself kept."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Do the step again that was taken back."""
        self._step(self._future, self._past)

    def end_step(self) -> None:
        """Make the next change a step of its own, even of the same field."""
        self._merging = None

    def reopened(self) -> CourseFacts:
        """What is said, without its end."""
        return replace(self._facts, closing=None)

    def flush(self) -> None:
        """Try again to store what could not be stored."""
        self._keeping.go_on()

    def _on_kept(self) -> None:
        if not isValid(self):  # its page may be gone by the time that the record answers
            return
        if self._keeping.is_refused:
            why, self._facts = self._keeping.problem, self._keeping.stored
            self._keeping.keep(self._facts)
            self.refused.emit(why)
        self.changed.emit()

    def _step(self, one: list[CourseFacts], other: list[CourseFacts]) -> None:
        if one:
            before, facts = self._facts, one[-1]
            if not self._become(facts):
                one.pop()
                other.append(before)
                self._merging = None
                self.changed.emit()

    def _become(self, facts: CourseFacts) -> str:
        """Take it on, to be stored; what cannot be said of this course is not taken on."""
        try:
            self._check(facts)
        except ChartError as problem:
            return str(problem)
        self._facts = facts
        self._keeping.keep(facts)
        return ""
