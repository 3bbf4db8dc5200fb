"""What is kept while it changes: in its order, once, and never lost by a disk that fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.visit.keeping import Keeping


class Desk:
    """A thread that works when the test says so, and a record that may refuse."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []
        self.written: list[tuple[str, str]] = []
        self.refusals: list[Exception] = []
        self.kept = Keeping("", self.write, self.run)

    def run(self, work: Callable[[], Any], then: Callable[[Callable[[], Any]], object]) -> None:
        """Take work on."""
        self.waiting.append(lambda: then(work))

    def work(self) -> None:
        """Do what was taken on first."""
        self.waiting.pop(0)()

    def write(self, before: str, after: str) -> int:
        """Note it, or refuse."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.written.append((before, after))
        return len(self.written)


def test_what_changes_while_one_is_written_follows_as_one_change() -> None:
    desk = Desk()
    for text in ("a", "ab", "abc"):
        desk.kept.keep(text)
    assert len(desk.waiting) == 1, "one at a time"
    desk.work()
    assert (desk.kept.stored, desk.kept.pending) == ("a", True)
    desk.work()
    assert desk.written == [("", "a"), ("a", "abc")]
    assert (desk.kept.stored, desk.kept.pending) == ("abc", False)
    assert desk.kept.written == 2
    assert not desk.waiting


def test_a_step_back_to_what_the_record_had_is_written_after_what_is_under_way() -> None:
    desk = Desk()
    desk.kept.keep("a")
    desk.kept.keep("")
    assert desk.kept.pending, "the record will have `a` in a moment"
    desk.work()
    desk.work()
    assert desk.written == [("", "a"), ("a", "")]


def test_what_could_not_be_written_is_asked_for_again_as_it_was() -> None:
    """So that a change whose end nobody could tell is not made twice; then comes what followed."""
    desk = Desk()
    desk.refusals = [RecordUnavailable("The disk is full.")]
    desk.kept.keep("a")
    desk.kept.keep("ab")
    desk.work()
    assert desk.kept.problem == "The disk is full."
    assert not desk.kept.is_refused
    assert not desk.waiting, "who waits a while decides when it is tried again"
    desk.kept.go_on()
    desk.work()
    desk.work()
    assert desk.written == [("", "a"), ("a", "ab")]
    assert desk.kept.problem == ""


def test_what_the_record_refuses_gives_way_to_what_is_put_right() -> None:
    desk = Desk()
    desk.refusals = [ChartError("Not so.")]
    desk.kept.keep("wrong")
    desk.work()
    assert (desk.kept.is_refused, desk.kept.problem) == (True, "Not so.")
    desk.kept.keep("right")
    desk.work()
    assert desk.written == [("", "right")]
    assert (desk.kept.is_refused, desk.kept.problem) == (False, "")


def test_taken_back_what_was_refused_leaves_nothing_to_do() -> None:
    desk = Desk()
    desk.refusals = [ChartError("Not so.")]
    desk.kept.keep("wrong")
    desk.work()
    desk.kept.keep("")
    assert not desk.kept.pending
    assert desk.kept.problem == ""


def test_a_fault_of_ours_is_no_reason_to_say_that_it_is_saved() -> None:
    desk = Desk()
    desk.refusals = [ZeroDivisionError()]
    desk.kept.keep("a")
    with pytest.raises(ZeroDivisionError):
        desk.work()
    assert (bool(desk.kept.problem), desk.kept.pending) == (True, True)
    desk.kept.go_on()
    desk.work()
    assert desk.written == [("", "a")]
    assert (desk.kept.problem, desk.kept.pending) == ("", False)
