"""The papers that left the house, as the record keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.papers.file_copies import FILE_COPY
from clinic_desktop.services.stored import KeptPaper
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import BETWEEN
from ui.typeface import BODY, CAPTION, HEADING, baseline, elided, font
from ui.widgets.card import Card
from ui.widgets.card_list import INSET, CardList, RowDelegate, RowModel
from ui.widgets.dates import time_text
from ui.widgets.labels import Label

DIGITS = 12
"""Of a digest on screen: enough to compare by eye."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One kept paper."""

    paper: KeptPaper
    can_open: bool = True

    @property
    def title(self) -> str:
        """Of which visit it is, and whether it is only a copy of a sheet for the record."""
        if self.paper.document.kind == FILE_COPY:
            return _("File copy, visit of {day}").format(day=date_words(self.paper.date))
        return _("Visit of {day}").format(day=date_words(self.paper.date))

    @property
    def made(self) -> str:
        """When and by whom it was made, and the beginning of its digest."""
        document = self.paper.document
        at = document.made_at.astimezone()
        return _("{day} {time}, {who}, sha256 {digest}").format(
            day=date_words(at.date()),
            time=time_text(at),
            who=document.made_by,
            digest=document.sha256[:DIGITS],
        )

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        return f"{self.title}. {self.made}"


class _KeptDelegate(RowDelegate):
    height = 48

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if not isinstance(row, KeptRow):
            return
        shown, room = theme().tokens, box.width() - 2 * INSET
        lines = ((4, 22, row.title, BODY, shown.ink), (24, 20, row.made, CAPTION, shown.grey))
        for top, high, words, size, color in lines:
            painter.setFont(font(size))
            painter.setPen(color)
            at = QPointF(box.left() + INSET, box.top() + top + baseline(high, size))
            painter.drawText(at, elided(words, room, size))


class KeptList(QWidget):
    """Kept papers of one kind, newest first; one that is opened is shown as it was printed."""

    opened = Signal(object)
    """A KeptPaper."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self.list = CardList(self._rows, _KeptDelegate(self), self)
        self.list.setObjectName(name)
        self.list.setAccessibleName(_("Kept in the record"))
        self.list.opened.connect(lambda row: self.opened.emit(row.paper))
        self._card = Card(parent=self)
        self._card.column.addWidget(self.list)
        self._none = Label(_("What is saved or printed is kept here, byte for byte."), tone="ink2")
        self._none.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(Label(_("Kept in the record"), HEADING, bold=True))
        column.addWidget(self._card)
        column.addWidget(self._none)

    def show_papers(self, papers: tuple[KeptPaper, ...]) -> None:
        """Show other papers; none is chosen."""
        self._rows.show_rows(tuple(KeptRow(paper) for paper in papers))
        self._card.setVisible(bool(papers))
        self._none.setVisible(not papers)

    def choose_none(self) -> None:
        """Nothing that is kept is on screen any more."""
        self.list.clearSelection()
        self.list.setCurrentIndex(self._rows.index(-1))
