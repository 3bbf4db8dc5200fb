"""The large search line of the home page."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.typeface import BODY, NAME, draw_text, font, text_width

from .announcing import announce
from .framed_line import FramedLine
from .icons import draw_icon

SEARCH = 48


class SearchBox(FramedLine):
    """A line 48 high with a lens before it and what was found behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("search", SEARCH, parent)
        self._count = ""
        self.line.setFont(font(NAME))
        self.line.setAccessibleName(_("Search patients"))
        self.line.setPlaceholderText(_("Search patients"))
        self.line.setAccessibleDescription(_("Name, number or birth date"))
        self.set_inset(40, 130)

    def show_count(self, words: str) -> None:
        """Say how many were found."""
        if words != self._count:
            self._count = words
            self.setAccessibleName(words)
            announce(self.line, words, politely=True)
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, box = theme().tokens, self.control()
        draw_icon(painter, "search", QPointF(box.left() + 24, box.center().y()), shown.ink2)
        left = box.right() - 16 - text_width(self._count)
        draw_text(painter, left, box.top(), (self._count,), shown.grey, BODY, line=box.height())
