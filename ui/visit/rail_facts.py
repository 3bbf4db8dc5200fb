"""The quiet part of the rail: goal and key signs of the course."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import TEXT_LINE
from ui.typeface import BODY, CAPTION, HEADING, draw_text, metrics, wrapped
from ui.widgets.marks import draw_arrow

from .key_signs import KeySign

LEFT = 12
PITCH = 40
MOST_LINES = 5


class RailFacts(QWidget):
    """Paints the goal in the patient's words, and last time beside today for a few signs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._goal = ""
        self._signs: tuple[KeySign, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_facts(self, goal: str, signs: tuple[KeySign, ...]) -> None:
        """Show goal and signs; nothing is repainted where they are the same."""
        if (goal, signs) == (self._goal, self._signs):
            return
        self._goal, self._signs = goal, signs
        told = [_sign_words(sign) for sign in signs]
        said = (f"{_('Goal')}: {goal}" if goal else "", _("Key signs") if signs else "", *told)
        self.setAccessibleName("\n".join(filter(None, said)))
        self.updateGeometry()
        self.update()

    def _goal_lines(self) -> tuple[str, ...]:
        return wrapped(self._goal, 136 - LEFT)[:MOST_LINES]

    @override
    def sizeHint(self) -> QSize:
        goal = 24 + TEXT_LINE * len(self._goal_lines()) + 12 if self._goal else 0
        signs = 24 + PITCH * len(self._signs) if self._signs else 0
        return QSize(144, 12 + goal + signs)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._goal and not self._signs:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.fillRect(LEFT, 0, self.width() - 2 * LEFT + 4, 1, shown.line)
        top = 8.0
        if self._goal:
            draw_text(painter, LEFT, top, (_("Goal"),), shown.ink2, CAPTION, bold=True)
            lines = self._goal_lines()
            draw_text(painter, LEFT, top + 22, lines, shown.ink)
            top += 24 + TEXT_LINE * len(lines) + 12
        if self._signs:
            draw_text(painter, LEFT, top, (_("Key signs"),), shown.ink2, CAPTION, bold=True)
            top += 22
        for sign in self._signs:
            self._draw_sign(painter, top, sign)
            top += PITCH

    def _draw_sign(self, painter: QPainter, top: float, sign: KeySign) -> None:
        shown = theme().tokens
        draw_text(painter, LEFT, top, (sign.label,), shown.ink2, CAPTION)
        top += 16
        before = sign.before or "–"
        right = LEFT + 28
        left = right - metrics(BODY).horizontalAdvance(before)
        draw_text(painter, left, top, (before,), shown.grey)
        draw_arrow(painter, QPointF(right + 14, top + TEXT_LINE / 2), shown.ink2)
        now = sign.now or "–"
        draw_text(painter, right + 28, top, (now,), shown.ink, HEADING, bold=True)
        after = right + 28 + metrics(HEADING, True).horizontalAdvance(now) + 6
        draw_text(painter, after, top, (sign.unit,), shown.grey, CAPTION)


def _sign_words(sign: KeySign) -> str:
    before, now = sign.before or _("not charted"), sign.now or _("not charted")
    said = _("{sign}: last time {before}, now {now} {unit}")
    return said.format(sign=sign.label, before=before, now=now, unit=sign.unit).strip()
