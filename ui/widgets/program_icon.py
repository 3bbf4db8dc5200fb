"""The program's own icon, for task bars and lists of windows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ui.tokens import LIGHT

from .icons import draw_mark

_SIZES: Final = (16, 32, 48, 128)
"""In px: task bars and lists of windows take what they need."""


def program_icon() -> QIcon:
    """The program's mark, in every size that is asked for."""
    icon = QIcon()
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QRectF(0, 0, size, size), LIGHT.accent, LIGHT.on_accent)
        painter.end()
        icon.addPixmap(picture)
    return icon
