"""What somebody meets in a window: its widgets in sight, its stops of Tab, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QScrollArea, QWidget


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that would stop somebody."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


def called(widget: QWidget) -> str:
    """A widget's class and name, with the nearest named one around it."""
    around = widget.parentWidget()
    while around is not None and not around.objectName():
        around = around.parentWidget()
    inside = f"{around.objectName()}/" if around is not None else ""
    said = widget.objectName() or widget.accessibleName()[:40]
    return f"{inside}{type(widget).__name__} {said}".strip()


def reader(widget: QWidget) -> QAccessibleInterface:
    """A widget as a screen reader meets it."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def shown(window: QWidget) -> list[QWidget]:
    """Every widget of a window that is in sight or can be scrolled there."""
    return [w for w in (window, *window.findChildren(QWidget)) if w.isVisible()]


def stops(window: QWidget) -> list[QWidget]:
    """Everything in a window that Tab should lead to; a proxy's target counts, not the proxy."""
    top = cover(window)
    return [
        widget
        for widget in shown(top)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollArea)
    ]


def cover(window: QWidget) -> QWidget:
    """What lies over the whole window, where something does; else the window."""
    over = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    lying = (w for w in over if w.isVisible() and hasattr(w, "close_up") and hasattr(w, "card"))
    return next(lying, window)
