"""The rail's way to the course: what it is about, the board of visits, progress."""

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
    """Three links below each other."""

    asked = Signal(str)
    """`about`, `board` or `progress`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, HEAD, 0, 0)
        self._column.setSpacing(0)
        self._links: dict[str, RailLink] = {}
        for view, label, hint in (
            ("about", _("About"), _("About the course: reason, goal, end, other courses")),
            ("board", _("Board"), _("Board: the visits side by side (Ctrl+B)")),
            ("progress", _("Progress"), _("Progress: every measure over the visits")),
        ):
            link = RailLink(view, label, hint, self)
            link.setObjectName(f"course_{view}")
            link.clicked.connect(partial(self.asked.emit, view))
            self._links[view] = link
            self._column.addWidget(link)

    def show_place(self, place: int, of: int) -> None:
        """Say which of the patient's courses this is, where there are several."""
        short = _("{n} of {all}").format(n=place, all=of) if of > 1 else ""
        spoken = _("course {n} of {all}").format(n=place, all=of) if of > 1 else ""
        self._links["about"].show_said(short, spoken)

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
