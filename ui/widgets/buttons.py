"""Buttons in their four kinds, and key caps."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import BUTTON, KEY_RADIUS, RADIUS, RING, Tokens
from ui.typeface import BODY, CAPTION, baseline, elided, font, text_width

from .drawing import draw_ring
from .icons import GRID, draw_icon
from .keys import shown_key

LEAST_WIDTH: Final = 150
"""Px: a label up to here is never shortened."""


LINK_INSET: Final = RING + 4
"""From the left edge of a link to its words, in px: what stands above them keeps that far off."""
_ICON: Final = GRID + 6
"""An icon with the gap behind it, in px."""


class Look(Enum):
    """What a button says by its looks."""

    PLAIN = auto()
    SOLID = auto()
    """The one thing to do next; one in a window."""
    LINK = auto()
    DANGER = auto()
    """Takes something away."""
    QUIET_DANGER = auto()
    """The same, where it is the rarest thing to do: only its words are red."""


class Button(QAbstractButton):
    """A push button; its label is a verb. `height` is that of the control without its ring."""

    def __init__(
        self,
        label: str,
        look: Look = Look.PLAIN,
        height: int = BUTTON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._control_height = height
        self._icon = ""
        self.setText(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def with_icon(self, name: str) -> Button:
        """Set one of `resources/icons` before the word."""
        self._icon = name
        self.updateGeometry()
        return self

    def look(self) -> Look:
        """How it looks now."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Change how it looks, as Sign does when a red flag opens."""
        if look is not self._look:
            self._look = look
            self.updateGeometry()
            self.update()

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        wide = 48 if self._control_height == BUTTON else 32
        width = text_width(self.text(), BODY, self._look in (Look.SOLID, Look.DANGER))
        if self._icon:
            width += _ICON
        padded = width + (2 * (LINK_INSET - RING) if self._look is Look.LINK else wide)
        return QSize(round(padded) + 2 * RING, self._control_height + 2 * RING)

    @override
    def minimumSizeHint(self) -> QSize:
        """A long label may be shortened where there is no room for it."""
        wanted = self.sizeHint()
        return QSize(min(wanted.width(), LEAST_WIDTH), wanted.height())

    def control(self) -> QRectF:
        """The control itself, without the room for the ring."""
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses too: Qt leaves that to the buttons of dialogs. A key that is held down
        presses once, or it would go on with what the first press brought there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, edge, ink = self._colors(shown)
        control = self.control()
        if self._look is not Look.LINK:
            painter.setPen(QPen(edge, 1))
            painter.setBrush(fill)
            painter.drawRoundedRect(control.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self.hasFocus():
            draw_ring(painter, control, self._ring(shown))
        self._draw_label(painter, control, ink)
        painter.end()

    def _draw_label(self, painter: QPainter, control: QRectF, ink: QColor) -> None:
        bold = self._look in (Look.SOLID, Look.DANGER) and self.isEnabled()
        label = elided(self.text(), control.width() - 4, BODY, bold)
        room = _ICON if self._icon else 0
        x = control.left() + (control.width() - room - text_width(label, BODY, bold)) / 2
        if self._icon:
            draw_icon(painter, self._icon, QPointF(x + GRID / 2, control.center().y()), ink)
            x += room
        base = control.top() + baseline(control.height()) + (1 if self.isDown() else 0)
        painter.setFont(font(BODY, bold))
        painter.setPen(ink)
        painter.drawText(QPointF(x, base), label)
        if self._look is Look.LINK and self.underMouse():
            width = text_width(label, BODY)
            painter.drawLine(QPointF(x, base + 2.5), QPointF(x + width, base + 2.5))

    def _ring(self, shown: Tokens) -> QColor:
        """The focus ring stands out from what the button stands on."""
        return shown.accent

    def _colors(self, shown: Tokens) -> tuple[QColor, QColor, QColor]:
        """Fill, edge and ink."""
        if not self.isEnabled():
            return shown.raised, shown.line, shown.disabled
        under = self.underMouse() or self.isDown()
        match self._look:
            case Look.SOLID:
                fill = _lighter(shown.accent, shown.surface) if under else shown.accent
                return fill, fill, shown.on_accent
            case Look.DANGER:
                fill = _lighter(shown.danger, shown.surface) if under else shown.danger
                return fill, fill, shown.on_danger
            case Look.QUIET_DANGER:
                return shown.hover if under else shown.surface, shown.edge, shown.danger
            case Look.LINK:
                return shown.surface, shown.surface, shown.accent
            case _:
                return shown.hover if under else shown.surface, shown.edge, shown.ink


def button_for(
    name: str,
    words: str,
    does: Callable[[], object],
    look: Look = Look.PLAIN,
    parent: QWidget | None = None,
    height: int = BUTTON,
) -> Button:
    """A button with its object name that does one thing when it is pressed."""
    button = Button(words, look, height, parent)
    button.setObjectName(name)
    button.clicked.connect(lambda: does())
    return button


def _lighter(color: QColor, ground: QColor) -> QColor:
    """A colour with a tenth of its ground mixed in."""
    mixed = [
        round(a + (b - a) / 10)
        for a, b in zip(color.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mixed)


def key_cap_width(key: str) -> float:
    """Width of a key cap."""
    return max(18.0, text_width(shown_key(key), CAPTION) + 10)


def draw_key_cap(painter: QPainter, left: float, middle: float, key: str, shown: Tokens) -> float:
    """Draw a key cap that begins at `left`, centred on a line, and give its right edge."""
    cap = QRectF(round(left), round(middle) - 9, round(key_cap_width(key)), 18)
    painter.setPen(QPen(shown.edge, 1))
    painter.setBrush(shown.surface)
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), KEY_RADIUS, KEY_RADIUS)
    painter.setFont(font(CAPTION))
    painter.setPen(shown.ink2)
    x = cap.left() + (cap.width() - text_width(shown_key(key), CAPTION)) / 2
    painter.drawText(QPointF(x, cap.top() + baseline(18, CAPTION)), shown_key(key))
    return cap.right()
