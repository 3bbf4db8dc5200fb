"""What every line of the panel is: a widget that shows one row value and knows its own height."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from clinic_desktop.domain.values import Key
from ui.style import theme
from ui.tokens import PANEL_WORDS, RADIUS
from ui.widgets.accessibility import Described, install_interfaces
from ui.widgets.marks import stroke_pen

from .rows import Row

R = TypeVar("R", bound=Row)

WORD_COLUMN = PANEL_WORDS
"""Width of the column of small words, in px."""


def tone(name: str) -> QColor:
    """Colour of a tone of the rows: a token by its name."""
    color: QColor = getattr(theme().tokens, name)
    return color


def draw_ring(painter: QPainter, rect: QRectF) -> None:
    """The focus ring, inside a rectangle."""
    painter.setPen(QPen(theme().tokens.accent, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class RowWidget(Described, Generic[R]):
    """One line of the panel. It repaints only when its row value differs from the one before."""

    followed = Signal(Key)
    """The line's field is to be shown."""
    acted = Signal(str, str)
    """A link or button was used: verb and what it is about."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, row: R, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.row = row
        self._hovered = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_row(self, row: R) -> bool:
        """Show another state of the same line; tells whether anything changed."""
        if row == self.row:
            return False
        self.row = row
        self.refresh()
        self.update()
        return True

    def refresh(self) -> None:
        """Bring children, focus policy and accessible name to the row's value."""
        self.setAccessibleName(self.row.plain)

    def height_for(self, width: int) -> int:
        """Height in px that the line takes at a width."""
        raise NotImplementedError

    # ------------------------------------------------------------------ the rule behind it
    @property
    def rule(self) -> str:
        """Id of the rule that put the line here; empty where "why?" has no answer."""
        return ""

    @property
    def offers_why(self) -> bool:
        """Whether the small word now says "why?": the line is pointed at or has the keyboard."""
        return bool(self.rule) and (self.underMouse() or holds_focus(self))

    # ------------------------------------------------------------------ behaviour of links
    @property
    def is_link(self) -> bool:
        """Whether a click on the line leads anywhere."""
        return False

    def follow(self) -> None:
        """Do what a click on the line does."""

    @override
    def is_pressed_whole(self) -> bool:
        return self.is_link

    @override
    def press(self) -> None:
        self.follow()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self.rule and inside and event.position().x() < WORD_COLUMN:
            self.acted.emit("why", self.row.id)
        elif self.is_link and event.button() == Qt.MouseButton.LeftButton and inside:
            self.follow()
        else:
            super().mouseReleaseEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.is_link and not self.rule:
            super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_link and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.follow()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def set_link(self, link: bool) -> None:
        """Make the line reachable by keyboard and pointer, or plain text again."""
        self.accessible_role = QAccessible.Role.Link if link else QAccessible.Role.StaticText
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if link else Qt.FocusPolicy.NoFocus)
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def paint_link(self, painter: QPainter, rect: QRectF) -> None:
        """Ground of a link under the pointer, and its ring in focus."""
        if self.underMouse() and self.is_link:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().tokens.hover)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if self.hasFocus():
            draw_ring(painter, rect)


def holds_focus(widget: QWidget) -> bool:
    """Whether a widget or something on it has the keyboard."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def line_pen() -> QPen:
    """Pen of dividers."""
    return stroke_pen(theme().tokens.line, 1)
