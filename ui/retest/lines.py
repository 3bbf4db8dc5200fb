"""One line of the retest entry: a sign before and after, and what the two values come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from clinic_desktop.services.words.translation import _
from ui.tokens import INSET, RIGHT_X, Tokens
from ui.typeface import BODY, CAPTION, HEADING, draw_text, elided, text_width, wrapped
from ui.viewmodels.retesting import SignEntry
from ui.widgets.framed_line import FramedLine
from ui.widgets.marks import draw_arrow, draw_tick, draw_warning, stroke_pen

from .reading import ShownRetest

BEFORE_X, AFTER_X, VALUE_WIDTH = 352, 476, 56
"""Where the fields of the two values begin, and how wide they are, in px."""
_BEFORE_END, _VERDICT_X = 448, 590
_UNIT: Final = VALUE_WIDTH + 6


@dataclass(slots=True)
class SignLine:
    """A sign with its fields and the words around them."""

    entry: SignEntry
    after: FramedLine
    name: str
    before: str
    unit: str
    shown: ShownRetest | None = None
    measured: FramedLine | None = None
    """Where the value before is typed, while today it was not charted yet."""
    fault: str = ""
    """What is wrong with the value before."""


def paint_line(painter: QPainter, row: SignLine, y: int, width: int, shown: Tokens) -> None:
    """Paint a line's words from a height down, in a pane of this width."""
    if row.measured is not None:
        draw_text(painter, BEFORE_X + _UNIT, y + 3, (row.unit,), shown.grey, CAPTION)
        start = float(BEFORE_X)
    else:
        start = _paint_before(painter, row, y, shown)
    name = elided(row.name, start - RIGHT_X - 12)
    draw_text(painter, RIGHT_X, y + 3, (name,), shown.ink2)
    draw_arrow(painter, QPointF(_BEFORE_END + 14, y + 12), shown.ink2)
    draw_text(painter, AFTER_X + _UNIT, y + 3, (row.unit,), shown.grey, CAPTION)
    problem = row.fault or row.entry.problem
    if problem:
        paint_problem(painter, QPointF(_VERDICT_X, y + 12), problem, width, shown)
    elif row.shown is not None:
        _paint_verdict(painter, row.shown, y, width, shown)


def _paint_before(painter: QPainter, row: SignLine, y: int, shown: Tokens) -> float:
    """The value before, as charted; gives where it begins."""
    unit = row.unit if row.before and row.entry.before.value is not None else ""
    end = float(_BEFORE_END)
    if unit:
        end -= text_width(unit, CAPTION)
        draw_text(painter, end, y + 3, (unit,), shown.grey, CAPTION)
        end -= 5
    before = row.before or _("not charted")
    bold, size = bool(row.before), HEADING if unit else BODY
    start = end - text_width(before, size, bold)
    draw_text(painter, start, y + 3, (before,), shown.ink if bold else shown.grey, size, bold)
    return start


def paint_problem(painter: QPainter, at: QPointF, words: str, width: int, shown: Tokens) -> None:
    """A fault beside its place, on one line or two."""
    draw_warning(painter, at + QPointF(6, 0), shown.danger, shown.surface)
    lines = wrapped(words, width - INSET - at.x() - 16, CAPTION)[:2]
    top = at.y() - 9 * len(lines)
    draw_text(painter, at.x() + 16, top, lines, shown.danger, CAPTION)


def _paint_verdict(
    painter: QPainter, retest: ShownRetest, y: int, width: int, shown: Tokens
) -> None:
    x = float(_VERDICT_X)
    paint_verdict_sign(painter, QPointF(x + 5, y + 5), retest.verdict, shown)
    room = width - INSET - x - 18
    tone = shown.caution if retest.verdict == "worse" else shown.ink
    said = elided(retest.said_short, room, BODY, True)
    draw_text(painter, x + 18, y - 5, (said,), tone, BODY, True)
    detail = ", ".join(part for part in (retest.detail, retest.error) if part)
    draw_text(painter, x + 18, y + 12, (elided(detail, room, CAPTION),), shown.grey, CAPTION)


def paint_verdict_sign(painter: QPainter, at: QPointF, verdict: str, shown: Tokens) -> None:
    """Tick for better, warning for worse, a dash for no real change: never by colour alone."""
    if verdict == "better":
        draw_tick(painter, at, shown.ink)
    elif verdict == "worse":
        draw_warning(painter, at, shown.caution, shown.surface)
    else:
        painter.setPen(stroke_pen(shown.ink2, 1.5))
        painter.drawLine(at - QPointF(5, 0), at + QPointF(5, 0))
