"""Turns the suggestion for a visit into the lines of the panel; plain values in and out, no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.words.translation import _

from .flag_reading import GRAVE, lesser_flags, open_flags, resolve_box, screen_rows, set_aside
from .panel_words import PanelState, PanelWords
from .pattern_reading import ask_rows, conflict_rows, other_rows, pattern_rows
from .plan_reading import PlanReading, plan_rows
from .rows import Divider, Resolve, Row, Slot, Words
from .why import with_why


def panel_rows(
    words: PanelWords, said: Suggestion, case: Case, state: PanelState
) -> tuple[Row, ...]:
    """Every line of the panel below its head, top to bottom."""
    if said.status == "red_flag":
        rows: Iterator[Row] = _over_a_flag(words, said, case, state)
    else:
        rows = _without_a_flag(words, said, case, state)
    rows = _read_only(rows) if case.last.signed else rows
    return tuple(with_why(rows, state.why, words.explain))


def _over_a_flag(
    words: PanelWords, said: Suggestion, case: Case, state: PanelState
) -> Iterator[Row]:
    yield from open_flags(words, said, case)
    yield from screen_rows(words, said)
    yield from lesser_flags(words, said, case, state)
    yield from set_aside(words, case)
    yield from (resolve_box(flag) for flag in said.red_flags if flag.level in GRAVE)


def _without_a_flag(
    words: PanelWords, said: Suggestion, case: Case, state: PanelState
) -> Iterator[Row]:
    lesser = tuple(lesser_flags(words, said, case, state))
    yield from lesser
    yield from screen_rows(words, said)
    if lesser and not said.screen.unanswered:
        yield Divider("after_flags")
    yield from pattern_rows(said, state)
    yield from conflict_rows(words, said, case)
    yield from other_rows(said, state)
    yield from ask_rows(words, said)
    yield from plan_rows(PlanReading(words, said, case, state.asking, state.opened))


def _read_only(rows: Iterator[Row]) -> Iterator[Row]:
    """The lines of a signed visit: what could be changed before is only told now."""
    for row in rows:
        if isinstance(row, Words) and row.do is not None and row.do[0] not in {"open", "close"}:
            yield replace(row, action="", do=None)
        elif isinstance(row, Slot) and not row.taken:
            yield replace(row, item="", text="", remark=_("free"), rule="")
        elif isinstance(row, Slot):
            yield replace(row, fixed=True)
        elif not isinstance(row, Resolve):
            yield row
