"""A measure over the visits: a painted chart that can be stepped through, or its table."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from clinic_desktop.domain.papers import ChartText
from clinic_desktop.domain.plotting import verdict_at
from clinic_desktop.domain.trends import Trend
from clinic_desktop.domain.values import Side
from clinic_desktop.services.words.finding_words import (
    not_recorded,
    number_in,
    number_words,
    verdict_words,
    with_unit,
)
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import LEDGER_LINE, RADIUS, TEXT_LINE
from ui.typeface import BODY, CAPTION, HEADING, draw_text, elided, text_width, wrapped
from ui.widgets.accessibility import Described, install_interfaces, tell_value
from ui.widgets.announcing import announce
from ui.widgets.drawing import draw_ring

from .chart_painting import KEY_LINE, paint_key, paint_plot, plot_in

PLOT: Final = 136
"""Height of the plot with the numbers of its visits."""
BOX: Final = 14
"""From the edge of the card to what stands in it."""
_TITLE, _READ = 26, 24


class ProgressChart(Described):
    """One measure. Left and Right step through the visits, T shows the table."""

    turned = Signal()
    """Between chart and table: another height is wanted."""
    stepped = Signal(int)
    """To a visit, 0 for the first."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, content: ChartText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.content = content
        self.at = max(trend.charted[-1][0] for trend in content.series.trends)
        """The visit that is read out."""
        self.tabled = False
        self.setObjectName(f"chart_{content.series.finding}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._describe()

    def show_content(self, content: ChartText) -> None:
        """Show the measure as it now stands."""
        if content != self.content:
            self.content = content
            self.at = min(self.at, len(content.days) - 1)
            self._describe()
            self.update()

    # ------------------------------------------------------------------ in words
    @property
    def title(self) -> str:
        """The measure with its unit."""
        unit = self.content.unit
        return f"{self.content.title} ({unit})" if unit else self.content.title

    def words_at(self, visit: int) -> str:
        """What was charted at a visit, and what that is against the first value."""
        content = self.content
        said = [self._value_words(trend, visit) for trend in content.series.trends]
        said += [
            f"{activity.name} {number_words(score)}"
            for activity in content.series.activities
            if (score := activity.values[visit]) is not None
        ]
        day = f"{content.visit} {visit + 1}, {content.days[visit]}"
        return f"{day}: {'; '.join(said)}"

    def _value_words(self, trend: Trend, visit: int) -> str:
        value, verdict = trend.values[visit], verdict_at(self.content.series, trend, visit)
        said = not_recorded() if value is None else with_unit(value, self.content.unit)
        if verdict:
            said = f"{said}, {verdict_words(verdict)}"
        side = self._side(trend)
        return f"{side} {said}" if side else said

    def _side(self, trend: Trend) -> str:
        names = {Side.RIGHT: self.content.right, Side.LEFT: self.content.left, None: ""}
        return names[trend.side].lower()

    def table(self) -> tuple[tuple[str, ...], ...]:
        """Head and rows of the table: visit, day, then the value of each side with its verdict."""
        content = self.content
        trends = content.series.trends
        sides = (self._side(trend) or _("value") for trend in trends)
        rows = [(content.visit, _("day"), *sides)]
        for at, day in enumerate(content.days):
            rows.append((str(at + 1), day, *(self._cell(trend, at) for trend in trends)))
        return tuple(rows)

    def _cell(self, trend: Trend, visit: int) -> str:
        value, verdict = trend.values[visit], verdict_at(self.content.series, trend, visit)
        said = not_recorded() if value is None else number_in(value, self.content.unit)
        return f"{said}, {verdict_words(verdict)}" if verdict else said

    @override
    def value_words(self) -> str:
        return self.words_at(self.at)

    def _describe(self) -> None:
        kind = _("table") if self.tabled else _("chart")
        self.setAccessibleName(f"{self.title}, {kind}")
        said = (self.words_at(self.at), *self.content.sentences, f"{self._way()}.", self._legend())
        keys = _("Left and Right step through the visits, T shows chart or table.")
        self.setAccessibleDescription(" ".join(part for part in (*said, keys) if part))

    def _way(self) -> str:
        lower = self.content.series.better == "lower"
        return _("lower is better") if lower else _("higher is better")

    def _legend(self) -> str:
        content = self.content
        gap = _("a gap: not recorded") if content.gap else ""
        drawn = (content.band, content.calm, content.target, gap)
        shown = (content.target,) if self.tabled else drawn
        return "; ".join(text for text in shown if text)

    # ------------------------------------------------------------------ stepping
    def step_to(self, visit: int) -> None:
        """Read out another visit; beyond the ends it stays."""
        visit = min(max(visit, 0), len(self.content.days) - 1)
        if visit == self.at:
            return
        self.at = visit
        self._describe()
        tell_value(self)
        announce(self, self.words_at(visit))
        self.update()
        self.stepped.emit(visit)

    def set_tabled(self, tabled: bool) -> None:
        """Show the table, or the chart."""
        if tabled != self.tabled:
            self.tabled = tabled
            self._describe()
            self.updateGeometry()
            self.update()
            self.turned.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.content.days) - 1
        places = {
            Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        if self.tabled:  # its visits lie below each other
            places |= {Qt.Key.Key_Up: self.at - 1, Qt.Key.Key_Down: self.at + 1}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in places:
            self.step_to(places[key])
        elif key == Qt.Key.Key_T:
            self.set_tabled(not self.tabled)
        else:
            event.ignore()

    def _visit_near(self, x: float, y: float) -> int | None:
        if self.tabled:
            line = int((y - self._body_top() - LEDGER_LINE) // LEDGER_LINE)
            return line if 0 <= line < len(self.content.days) else None
        box = self._plot_box()
        if not box.contains(x, y):
            return None
        plot = plot_in(self.content.series, box)
        return min(range(len(plot.places)), key=lambda visit: abs(plot.across(visit) - x))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        visit = self._visit_near(event.position().x(), event.position().y())
        if visit is not None:
            self.step_to(visit)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            visit = self._visit_near(event.pos().x(), event.pos().y())
            if visit is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.words_at(visit), self)
            return True
        return super().event(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # ------------------------------------------------------------------ measures
    def _sided(self) -> bool:
        return self.content.series.trends[0].side is not None

    def _body_top(self) -> float:
        return BOX + _TITLE + (KEY_LINE if self._sided() and not self.tabled else 0) + 8

    def _plot_box(self) -> QRectF:
        return QRectF(BOX, self._body_top(), self.width() - 2 * BOX, PLOT)

    def _body_height(self) -> int:
        return LEDGER_LINE * (len(self.content.days) + 1) + 8 if self.tabled else PLOT

    def height_in(self, width: int) -> int:
        """How high it is when it is as wide as asked."""
        room = width - 2 * BOX
        lines = len(wrapped(self._legend(), room, CAPTION))
        said = sum(len(wrapped(text, room)) * TEXT_LINE + 2 for text in self.content.sentences)
        read = len(wrapped(self._longest(), room)) * TEXT_LINE
        return (
            round(self._body_top() + self._body_height() + read + 8 + lines * 16 + 6 + said) + BOX
        )

    def _longest(self) -> str:
        """The longest of the visits' readings, so that stepping moves nothing."""
        return max(map(self.words_at, range(len(self.content.days))), key=len)

    @override
    def sizeHint(self) -> QSize:
        return QSize(380, self.height_in(380))

    # ------------------------------------------------------------------ painting
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, room = theme().tokens, self.width() - 2 * BOX
        card = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        painter.setPen(QPen(shown.line, 1))
        painter.setBrush(shown.surface)
        painter.drawRoundedRect(card, RADIUS, RADIUS)
        if self.hasFocus():
            draw_ring(painter, card, shown.accent)
        way = self._way()
        wide = text_width(way, CAPTION)
        unit = self.title.removeprefix(self.content.title)
        free = room - wide - 12 - text_width(unit, HEADING, True)
        # The unit stays in sight where the name is too long.
        title = (elided(self.content.title, free, HEADING, True) + unit,)
        draw_text(painter, BOX, BOX, title, shown.ink, HEADING, True, line=_TITLE)
        draw_text(painter, BOX + room - wide, BOX, (way,), shown.grey, CAPTION, line=_TITLE)
        top = self._body_top()
        if self.tabled:
            self._paint_table(painter, top, room)
        else:
            paint_key(painter, self.content, BOX, BOX + _TITLE)
            paint_plot(painter, self.content.series, self._plot_box(), self.at)
        self._paint_words(painter, top + self._body_height(), room)
        painter.end()

    def _paint_words(self, painter: QPainter, top: float, room: float) -> None:
        shown = theme().tokens
        draw_text(painter, BOX, top, wrapped(self.words_at(self.at), room), shown.ink)
        top += len(wrapped(self._longest(), room)) * TEXT_LINE + 8
        legend = wrapped(self._legend(), room, CAPTION)
        draw_text(painter, BOX, top, legend, shown.grey, CAPTION, line=16)
        top += len(legend) * 16 + 6
        for text in self.content.sentences:
            lines = wrapped(text, room)
            draw_text(painter, BOX, top, lines, shown.ink2, BODY)
            top += len(lines) * TEXT_LINE + 2

    def _paint_table(self, painter: QPainter, top: float, room: float) -> None:
        shown = theme().tokens
        for line, cells in enumerate(self.table()):
            y = top + line * LEDGER_LINE
            if line == self.at + 1:
                painter.fillRect(QRectF(BOX - 4, y, room + 8, LEDGER_LINE), shown.accent_tint)
            share = (room - 112) / (len(cells) - 2)
            left = (0.0, 40.0, *(112 + n * share for n in range(len(cells) - 2)))
            size, ink = (BODY, shown.ink) if line else (CAPTION, shown.ink2)
            for x, words in zip(left, cells, strict=True):
                cut = (elided(words, share - 6, size),) if x >= 112 else (words,)
                draw_text(painter, BOX + x, y, cut, ink, size, bold=not line, line=LEDGER_LINE)
