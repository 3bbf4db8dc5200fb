"""The rail's way to the course: the board of visits, and progress."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.translation import _

from .panels.row_base import draw_text
from .rail_links import HEAD, RailLink
from .style import theme
from .typeface import CAPTION


class RailCourse(QWidget):
    """Two links below each other."""

    asked = Signal(str)
    """`board` or `progress`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, HEAD, 0, 0)
        self._column.setSpacing(0)
        for view, label, hint in (
            ("board", _("Board"), _("Board: the visits side by side (Ctrl+B)")),
            ("progress", _("Progress"), _("Progress: every measure over the visits")),
        ):
            link = RailLink(view, label, hint, self)
            link.setObjectName(f"course_{view}")
            link.clicked.connect(partial(self.asked.emit, view))
            self._column.addWidget(link)

    def set_strip(self, strip: bool) -> None:
        """Keep only the first letters; the words are then their tooltips."""
        self._column.setContentsMargins(0, 0 if strip else HEAD, 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() < 100:
            return
        painter = QPainter(self)
        shown = theme().tokens
        painter.fillRect(12, 0, self.width() - 20, 1, shown.line)
        draw_text(painter, 12, 2, (_("Course"),), shown.ink2, CAPTION, bold=True, line=HEAD)
