"""Two drawings of a run to pick by: another view of a choice, beside its segments."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.figures.palette import Token
from ui.style import theme
from ui.tokens import CONTROL_WIDTH, RADIUS, RING, Tokens
from ui.typeface import CAPTION, elided, font, text_width
from ui.widgets.accessibility import tell_part
from ui.widgets.accessible_parts import Part
from ui.widgets.drawing import blank_picture, draw_ring
from ui.widgets.figure_view import paint_figure, paper_color
from ui.widgets.marks import draw_tick
from ui.widgets.tips import tip_text

from .base import Input
from .words import Option, not_charted

HEIGHT: Final = 172
_GAP: Final = 6
_CAPTION: Final = 22


class PictureChoice(Input):
    """Keys choose as on the segments; arrows move, Space chooses. Other choices show no picture."""

    accessible_role = QAccessible.Role.Grouping

    def __init__(
        self,
        options: tuple[Option, ...],
        pictures: tuple[tuple[str, Drawing, str], ...],
        parent: QWidget | None = None,
    ) -> None:
        """`options` are all choices of the finding; a picture has its choice and its caption."""
        super().__init__(parent)
        self._options = {option.value: option for option in options}
        self._pictures = pictures
        self._cursor = 0
        self._under = -1
        self._before: str | None = None
        self.setFixedSize(CONTROL_WIDTH + 2 * RING, HEIGHT + 2 * RING)

    # ------------------------------------------------------------------ what it shows
    @override
    def value_words(self) -> str:
        option = self._options.get(str(self._value))
        if option is None:
            return not_charted()
        caption = next((c for value, _d, c in self._pictures if value == self._value), "")
        return f"{option.spoken}: {caption}" if caption else option.spoken

    @override
    def parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(
                f"{self._options[value].spoken}: {caption}", card, QAccessible.Role.RadioButton,
                self._options[value].key, value == self._value, drawing.description,
            )
            for card, (value, drawing, caption) in zip(self.cards(), self._pictures, strict=True)
        )  # fmt: skip

    @override
    def part_in_focus(self) -> int | None:
        return self._cursor

    @override
    def press_part(self, place: int) -> None:
        self._cursor = place
        self.choose(self._pictures[place][0])
        self.update()

    def show_last(self, value: object) -> None:
        """Show in grey which picture was picked last time."""
        before = value if isinstance(value, str) else None
        if before != self._before:
            self._before = before
            self.update()

    @override
    def height_in(self, width: int) -> int:
        return HEIGHT

    def cards(self) -> tuple[QRectF, ...]:
        """Where the pictures stand."""
        count = len(self._pictures)
        control = self.control()
        wide = (control.width() - _GAP * (count - 1)) / count
        return tuple(
            QRectF(control.left() + n * (wide + _GAP), control.top(), wide, control.height())
            for n in range(count)
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, card in enumerate(self.cards()):
            self._paint_card(painter, place, card, shown)
        if self.hasFocus():
            draw_ring(painter, self.cards()[self._cursor], shown.accent)
        painter.end()

    def _paint_card(self, painter: QPainter, place: int, card: QRectF, shown: Tokens) -> None:
        value, drawing, caption = self._pictures[place]
        chosen, weak = value == self._value, self.is_locked()
        edge = shown.accent if chosen else shown.line if weak else shown.edge
        width = 2.0 if chosen else 1.0
        painter.setPen(QPen(edge, width))
        painter.setBrush(shown.accent_tint if chosen else shown.surface)
        if place == self._under and not chosen:
            painter.setBrush(shown.hover)
        half = width / 2
        painter.drawRoundedRect(card.adjusted(half, half, -half, -half), RADIUS, RADIUS)
        paper = card.adjusted(3, 3, -3, -_CAPTION)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paper_color(Token.WHITE))
        painter.drawRoundedRect(paper, 3, 3)
        ratio = self.devicePixelRatioF()
        size = (paper.width(), paper.height())
        painter.drawImage(paper.topLeft(), _picture(drawing, size, theme().dark, ratio))
        if value == self._before:
            painter.setPen(QPen(paper_color(Token.SITE_BEFORE), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(paper.adjusted(2.5, 2.5, -2.5, -2.5), 3, 3)
        self._paint_caption(painter, caption, card, chosen, shown)

    def _paint_caption(
        self, painter: QPainter, caption: str, card: QRectF, chosen: bool, shown: Tokens
    ) -> None:
        tick = 14 if chosen else 0
        caption = elided(caption, card.width() - tick - 4, CAPTION, chosen)
        wide = text_width(caption, CAPTION, chosen) + tick
        x = card.left() + (card.width() - wide) / 2
        y = card.bottom() - _CAPTION / 2
        ink = shown.ink if chosen else shown.ink2
        if chosen:
            draw_tick(painter, QPointF(x + 5, y), ink)
        painter.setFont(font(CAPTION, chosen))
        painter.setPen(ink)
        painter.drawText(QPointF(x + tick, y + 4.5), caption)

    # ------------------------------------------------------------------ what the user does
    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if self.presses(event):
            self.choose(self._pictures[self._cursor][0])
            return True
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -1 if event.key() == Qt.Key.Key_Left else 1
            self._cursor = min(max(self._cursor + step, 0), len(self._pictures) - 1)
            self._pointed = True
            tell_part(self)
            self.update()
            return True
        for option in self._options.values():
            if option.key and option.key == event.text():
                self.choose(option.value)
                return True
        return super().take_key(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or place < 0 or self.is_locked():
            event.ignore()
            return
        self.press_part(place)

    def _place_at(self, at: QPointF) -> int:
        return next((n for n, card in enumerate(self.cards()) if card.contains(at)), -1)

    @override
    def _set_hovered(self, at: QPointF) -> None:
        under = -1 if self.is_locked() else self._place_at(at)
        if under != self._under:
            self._under = under
            if under >= 0:
                value, drawing, _caption = self._pictures[under]
                self.setToolTip(tip_text(drawing.description, self._options[value].key))
            else:
                self.setToolTip("")
            self.update()


@lru_cache(maxsize=32)
def _picture(drawing: Drawing, size: tuple[float, float], _dark: bool, ratio: float) -> QImage:
    """A drawing on its paper, painted once for all visits."""
    image = blank_picture(size, ratio)
    painter = QPainter(image)
    place = QRectF(0, 0, *size).adjusted(4, 4, -4, -3)
    paint_figure(painter, drawing, place, colors=paper_color)
    painter.end()
    return image
