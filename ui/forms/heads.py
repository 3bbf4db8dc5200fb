"""The heads of the form's columns: right, left, last time."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.values import SIDES, Side
from clinic_desktop.services.words.dates import day_and_month
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import HEADS, LAST_LEFT_X, LAST_RIGHT_X, LEFT_X, RIGHT_X, Tokens
from ui.typeface import CAPTION, HEADING, baseline, font, text_width
from ui.widgets.marks import draw_diamond

from .words import side_heading, side_word


class ColumnHeads(QWidget):
    """Stands still above the scrolled rows."""

    def __init__(self, with_sides: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with_sides = with_sides
        self._painful: str | None = None
        self._last_day: dt.date | None = None
        self.setFixedHeight(HEADS)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._give_way()

    def show_heads(self, painful: str | None, last_day: dt.date | None) -> None:
        """Show which side hurts (`right`, `left`, `both`) and when last time was."""
        if (painful, last_day) != (self._painful, self._last_day):
            self._painful, self._last_day = painful, last_day
            self._give_way()
            self.update()

    def _give_way(self) -> None:
        """Take no room where there is neither side nor earlier visit to name."""
        said = [_side_words(side, self._painful) for side in SIDES] if self._with_sides else []
        if self._last_day is not None:
            last = (_("Last time"), day_and_month(self._last_day), _("a diamond: changed"))
            said.append(" ".join(last))
        self.setAccessibleName("; ".join(said))
        self.setVisible(self._with_sides or self._last_day is not None)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._with_sides:
            self._draw_sides(painter, shown)
        if self._last_day is not None:
            self._draw_last(painter, self._last_day, shown)
        painter.setPen(QPen(shown.line, 1))
        painter.drawLine(QPointF(0, HEADS - 0.5), QPointF(self.width(), HEADS - 0.5))
        painter.end()

    def _draw_sides(self, painter: QPainter, shown: Tokens) -> None:
        y = baseline(HEADS, HEADING, True)
        for side, x in zip(SIDES, (RIGHT_X, LEFT_X), strict=True):
            head = side_heading(side)
            painter.setFont(font(HEADING, True))
            painter.setPen(shown.ink)
            painter.drawText(QPointF(x, y), head)
            if self._painful in (side.value, "both"):
                painter.setFont(font(CAPTION))
                painter.setPen(shown.grey)
                after = x + text_width(head, HEADING, True) + 8
                painter.drawText(QPointF(after, y), _("painful side"))

    def _draw_last(self, painter: QPainter, day: dt.date, shown: Tokens) -> None:
        y = 16.0 if self._with_sides else baseline(HEADS, CAPTION)
        painter.setPen(shown.grey)
        painter.setFont(font(CAPTION, True))
        head = _("Last time")
        painter.drawText(QPointF(LAST_RIGHT_X, y), head)
        x = LAST_RIGHT_X + text_width(head, CAPTION, True) + 8
        painter.setFont(font(CAPTION))
        painter.drawText(QPointF(x, y), day_and_month(day))
        x += text_width(day_and_month(day), CAPTION) + 14
        painter.drawText(QPointF(x + 8, y), _("changed"))
        if self._with_sides:
            for side, left in zip(SIDES, (LAST_RIGHT_X, LAST_LEFT_X), strict=True):
                painter.drawText(QPointF(left, y + 15), side_word(side))
        draw_diamond(painter, QPointF(x, y - 4), shown.ink2)


def _side_words(side: Side, painful: str | None) -> str:
    hurts = painful in (side.value, "both")
    return f"{side_heading(side)}, {_('painful side')}" if hurts else side_heading(side)
