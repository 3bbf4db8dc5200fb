"""Keeps one value in the record while it changes under somebody's hands, and waits for nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.words.translation import _

T = TypeVar("T")
R = TypeVar("R")


class Run(Protocol):
    """Somebody who does work, and then tells what came of it: here and now, or in a thread."""

    def __call__(self, work: Callable[[], R], then: Callable[[Callable[[], R]], object]) -> None:
        """Do it; `then` is given what hands out its result, or raises what it raised. It is called
        in the thread that asked, after everything that was asked for before."""


def at_once(work: Callable[[], R], then: Callable[[Callable[[], R]], object]) -> None:
    """Do it here and now."""
    then(work)


class Keeping(Generic[T, R]):
    """One writing at a time. What is changed while one is under way is written after it, as one
    change from what the record then holds to what stands on screen: the audit trail names each
    field of it, from what it was in the record to what it became there.

    A change that could not be written is asked for again as it was, so that one whose end nobody
    could tell is not made twice; what came after it follows.
    """

    def __init__(
        self,
        stored: T,
        write: Callable[[T, T], R],
        run: Run = at_once,
        told: Callable[[], object] = lambda: None,
    ) -> None:
        """`write` is given what the record has and what it shall have; `told` is called when it
        became known what came of one."""
        self.stored = stored
        """What the record has, as far as it was acknowledged."""
        self.written: R | None = None
        """What `write` gave the last time."""
        self.problem = ""
        """Why the last change is not in the record, in words; empty when nothing hindered it."""
        self._wanted = stored
        self._write = write
        self._run = run
        self.told = told
        self._under_way = False
        self._again: tuple[T, T] | None = None
        """What could not be written."""

    @property
    def is_refused(self) -> bool:
        """Whether the record refused the last change for what it says, or for who says it."""
        return bool(self.problem) and self._again is None

    @property
    def pending(self) -> bool:
        """Whether something is not in the record yet."""
        return self._under_way or self._again is not None or self.stored != self._wanted

    def keep(self, value: T) -> None:
        """From now on this is to be kept."""
        self._wanted = value
        self.go_on()

    def go_on(self) -> None:
        """Write what is not in the record yet, unless that is being done."""
        if self._under_way:
            return
        if not self.pending:
            self.problem = ""
            return
        before, after = self._again or (self.stored, self._wanted)
        self._under_way = True
        self._run(
            lambda: self._write(before, after),
            lambda result: self._on_written(before, after, result),
        )

    def _on_written(self, before: T, after: T, result: Callable[[], R]) -> None:
        self._under_way = False
        try:
            self.written = result()
        except ChartError as problem:
            # What the record refuses for what it says must give way to what is put right.
            self._again = (before, after) if isinstance(problem, RecordUnavailable) else None
            self.problem = str(problem)
        except BaseException:  # whatever it was: that it is not in the record must be said
            self._again, self.problem = (before, after), _("Something went wrong in the program.")
            raise
        else:
            self.stored, self._again, self.problem = after, None, ""
            self.go_on()
        finally:
            self.told()
