"""The strip under the form: the last sign that was taken again, held against its error."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.translation import _

from .forms.buttons import Button, Look, draw_key_cap, key_cap_width
from .marks import draw_arrow, draw_tick, draw_warning, stroke_pen
from .panels.row_base import draw_text
from .retest_reading import ShownRetest
from .style import theme
from .tokens import INSET, LABEL_X, RETEST, RIGHT_X, RING, Tokens
from .typeface import BODY, CAPTION, HEADING, elided, metrics, text_width

KEY = "Ctrl+R"
GAUGE, HALF_BAND, FURTHEST = 104, 18.0, 48.0
"""Width of the drawn error, half its band, and how far from the middle the mark may stand, px."""
VERDICT = 216
"""Width of the words at the right end, in px."""


class RetestStrip(QWidget):
    """Sign, before, treatment, after, the error as a band, and the verdict in words."""

    again_asked = Signal()
    """A sign is to be taken again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("retest_strip")
        self.setFixedHeight(RETEST)
        self._shown: ShownRetest | None = None
        self._count = 0
        self.again = Button(_("again"), Look.LINK, 20, self)
        self.again.setObjectName("retest_again")
        self.again.clicked.connect(self.again_asked)
        self.hide()

    def show_retest(self, shown: ShownRetest | None, count: int) -> None:
        """Show the last of `count` retests; None shows what belongs here."""
        if (shown, count) == (self._shown, self._count) and self.accessibleName():
            return
        self._shown, self._count = shown, count
        self.again.setText(_("again") if shown else _("take a sign again"))
        self.again.setAccessibleName(_("Take a sign again"))
        self.setAccessibleName(self.text())
        self._place()
        self.update()

    def text(self) -> str:
        """The strip as text."""
        if self._shown is None:
            return _("Retest: {empty}").format(empty=_empty_words())
        return _("Retest: {said}").format(said=self._shown.plain)

    def _place(self) -> None:
        size = self.again.sizeHint()
        top = RETEST // 2 + 9 - size.height() // 2 if self._shown else (RETEST - size.height()) // 2
        left = self.width() - INSET - round(key_cap_width(KEY)) - 4 - size.width() + RING
        self.again.setGeometry(left, top, size.width(), size.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # ------------------------------------------------------------------ painting
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.surface)
        painter.fillRect(0, 0, self.width(), 1, shown.edge)
        middle = self.again.geometry().center().y() + 1
        draw_key_cap(painter, self.width() - INSET - key_cap_width(KEY), middle, KEY, shown)
        _write(painter, LABEL_X, 11, _("Retest"), shown, "ink", HEADING, bold=True)
        if self._shown is None:
            words = elided(_empty_words(), self.again.x() - RIGHT_X - 8)
            _write(painter, RIGHT_X, 19, words, shown, "grey")
            return
        count = _("last of {n}").format(n=self._count) if self._count > 1 else _("this visit")
        _write(painter, LABEL_X, 31, count, shown, "grey", CAPTION)
        self._paint_numbers(painter, self._shown, shown)
        self._paint_verdict(painter, self._shown, shown)

    @property
    def _verdict_x(self) -> float:
        return self.width() - INSET - VERDICT

    def _paint_numbers(self, painter: QPainter, retest: ShownRetest, shown: Tokens) -> None:
        end = self._verdict_x - 24 - (GAUGE + 16 if retest.error else 0)
        sign = elided(retest.sign, end - RIGHT_X)
        _write(painter, RIGHT_X, 10, sign, shown, "ink2")
        x = float(RIGHT_X)
        if not retest.before:
            _write(painter, x, 29, elided(retest.treatment, end - x), shown, "ink")
            return
        x = self._number(painter, x, retest.before, retest.unit, shown)
        draw_arrow(painter, QPointF(x + 14, 38), shown.ink2, 12)
        x += 28
        after = 28 + text_width(retest.after, HEADING, True) + 5 + text_width(retest.unit)
        treatment = elided(retest.treatment, end - x - after)
        _write(painter, x, 29, treatment, shown, "ink")
        x += metrics(BODY).horizontalAdvance(treatment)
        draw_arrow(painter, QPointF(x + 14, 38), shown.ink2, 12)
        self._number(painter, x + 28, retest.after, retest.unit, shown)
        if retest.error:
            self._paint_gauge(painter, end + 16, retest, shown)

    @staticmethod
    def _number(painter: QPainter, x: float, number: str, unit: str, shown: Tokens) -> float:
        _write(painter, x, 29, number, shown, "ink", HEADING, bold=True)
        x += text_width(number, HEADING, True) + 5
        _write(painter, x, 29, unit, shown, "grey", CAPTION)
        return x + text_width(unit, CAPTION)

    @staticmethod
    def _paint_gauge(painter: QPainter, x: float, retest: ShownRetest, shown: Tokens) -> None:
        """The error as a band round the value before, and where the value after stands."""
        _write(painter, x, 7, elided(retest.error, GAUGE, CAPTION), shown, "grey", CAPTION)
        middle, y = x + GAUGE / 2, 37.0
        painter.fillRect(QRectF(middle - HALF_BAND, y - 6, 2 * HALF_BAND, 12), shown.line)
        painter.setPen(QPen(shown.edge, 1))
        painter.drawLine(QPointF(x, y), QPointF(x + GAUGE, y))
        painter.setPen(stroke_pen(shown.ink2, 1.5))
        painter.drawLine(QPointF(middle, y - 8), QPointF(middle, y + 8))
        at = max(-FURTHEST, min(FURTHEST, retest.change * HALF_BAND))
        painter.setPen(QPen(shown.surface, 1))
        painter.setBrush(shown.ink)
        painter.drawEllipse(QPointF(middle + at, y), 4.5, 4.5)

    def _paint_verdict(self, painter: QPainter, retest: ShownRetest, shown: Tokens) -> None:
        x = self._verdict_x
        sign = QPointF(x + 5, 19)
        tone = "ink"
        if retest.verdict == "better":
            draw_tick(painter, sign, shown.ink)
        elif retest.verdict == "worse":
            tone = "caution"
            draw_warning(painter, sign, shown.caution, shown.surface)
        else:
            painter.setPen(stroke_pen(shown.ink2, 1.5))
            painter.drawLine(sign - QPointF(5, 0), sign + QPointF(5, 0))
        said = elided(retest.said, VERDICT - 18, BODY, bold=True)
        _write(painter, x + 18, 10, said, shown, tone, bold=True)
        detail = elided(retest.detail, self.again.x() - x - 22, CAPTION)
        _write(painter, x + 18, 29, detail, shown, "grey", CAPTION)


def _empty_words() -> str:
    return _("Take a sign before and after one treatment; it is judged here.")


def _write(
    painter: QPainter, x: float, top: float, text: str, shown: Tokens, tone: str,
    size: int = BODY, bold: bool = False,
) -> None:  # fmt: skip
    """Write one line, 18 high from `top`."""
    draw_text(painter, x, top, (text,), getattr(shown, tone), size, bold)
