"""Puts the window where it stood last, if a screen still shows that place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from clinic_desktop.services.clinic.window_place import WindowPlace, load_place, save_place

_MAXIMISED = Qt.WindowState.WindowMaximized
FRAME = QMargins(2, 34, 2, 2)
"""About what a desktop draws around a window; how much is known only once it stands."""
HANDLE = QSize(240, 40)
"""So much of the window's upper edge must be in sight to move it by."""


def place_again(window: QWidget, folder: Path) -> None:
    """Put a window where one stood when it was last kept; else it is no larger than the screen
    has room for with the desktop's bars and the window's own."""
    place = load_place(folder)
    if place is None:
        screen = window.screen().availableGeometry().size()
        window.resize(first_size(window.size(), window.minimumSize(), screen))
        return
    rect = fitting(place, [screen.availableGeometry() for screen in QGuiApplication.screens()])
    if rect is not None:
        window.setGeometry(rect)
    if place.maximised:
        window.setWindowState(window.windowState() | _MAXIMISED)


def first_size(usual: QSize, least: QSize, screen: QSize) -> QSize:
    """The usual size, or what a screen has room for with a desktop's frame around it; where that is
    less than the least, nothing would fit, and the usual size stays."""
    room = screen.shrunkBy(FRAME)
    return usual.boundedTo(room) if room.expandedTo(least) == room else usual


def fitting(place: WindowPlace, screens: list[QRect]) -> QRect | None:
    """The place cut to the size of the screen that shows most of it; None where none shows enough
    of its upper edge."""
    rect = QRect(place.x, place.y, place.width, place.height)
    edge = QRect(rect.topLeft(), QSize(rect.width(), HANDLE.height()))

    def in_sight(screen: QRect) -> int:
        return screen.intersected(edge).width() if _shows(screen, edge) else 0

    best = max(screens, key=in_sight, default=QRect())
    if in_sight(best) < HANDLE.width():
        return None
    rect.setSize(rect.size().boundedTo(best.size()))
    return rect


def _shows(screen: QRect, edge: QRect) -> bool:
    return screen.intersected(edge).height() == edge.height()


def keep_place(window: QWidget, folder: Path) -> None:
    """Remember where a window stands; a minimised one by where it comes back to."""
    usual = window.normalGeometry() if window.isMaximized() else window.geometry()
    if usual.isValid():
        x, y, width, height = usual.x(), usual.y(), usual.width(), usual.height()
        save_place(folder, WindowPlace(x, y, width, height, window.isMaximized()))


def take_over(new: QWidget, old: QWidget) -> None:
    """Let a window that was built again stand where the other did, which goes for good."""
    swap(new, old)
    if old.isVisible():
        new.show()
        new.activateWindow()
    old.hide()
    old.deleteLater()


def swap(shown: QWidget, hidden: QWidget) -> None:
    """Let one window come up in the other's place."""
    maximised = hidden.isMaximized()
    hidden_at = hidden.normalGeometry() if maximised else hidden.geometry()
    if hidden.windowHandle() is None and not hidden.testAttribute(Qt.WidgetAttribute.WA_Moved):
        # It never stood anywhere: a corner made of nothing would put the title above the screen.
        shown.resize(hidden_at.size())
    elif hidden_at.isValid():
        shown.setGeometry(hidden_at)
    state = shown.windowState()
    shown.setWindowState(state | _MAXIMISED if maximised else state & ~_MAXIMISED)
