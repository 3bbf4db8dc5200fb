"""A list of the home page of what waits, under its heading."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.errors import ChartError
from ui.style import theme
from ui.typeface import BODY, CAPTION, TITLE, baseline, elided, font, metrics
from ui.widgets.card import Card
from ui.widgets.card_list import INSET, CardList, RowDelegate, RowModel
from ui.widgets.labels import Label


def paint_two_lines(
    painter: QPainter, box: QRect, texts: tuple[str, str, str], color: QColor, bold: bool = False
) -> None:
    """A row of it: whom it is about with what is told of the time at its right, and a line beneath.
    `color` and `bold` are of what stands at the right."""
    (name, beneath, right), shown = texts, theme().tokens
    room, wide = box.width() - 2 * INSET, metrics(BODY, bold).horizontalAdvance(right)
    for left, top, words, size, heavy, ink in (
        (0.0, 4, elided(name, room - wide - 8, BODY), BODY, False, shown.ink),
        (room - wide, 4, right, BODY, bold, color),
        (0.0, 24, elided(beneath, room, CAPTION), CAPTION, False, shown.ink2),
    ):
        painter.setFont(font(size, heavy))
        painter.setPen(ink)
        at = QPointF(box.left() + INSET + left, box.top() + top + baseline(20, size, heavy))
        painter.drawText(at, words)


class WaitingList(QWidget):
    """Subclasses read the rows and open one; hidden where nothing waits."""

    def __init__(
        self, name: str, title: str, delegate: type[RowDelegate], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self.list = CardList(self._rows, delegate(self), self)
        self.list.setObjectName(name)
        self.list.setAccessibleName(title)
        self.list.opened.connect(self._open)
        self.card = Card(parent=self)
        self.card.column.addWidget(self.list)
        self.heading = QHBoxLayout()
        self.heading.addWidget(Label(title, TITLE, bold=True))
        self.heading.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 12, 0, 0)
        self.column.setSpacing(8)
        self.column.addLayout(self.heading)
        self.column.addWidget(self.card)
        self.hide()

    def refresh(self, today: dt.date) -> None:
        """Read the record anew."""
        try:
            rows = self._read(today)
        except ChartError:  # it cannot be read now, or not by this user
            rows = ()
        self._show(rows)

    def _show(self, rows: tuple[Any, ...]) -> None:
        self._rows.show_rows(rows)
        self.setVisible(bool(rows))

    def _read(self, today: dt.date) -> tuple[Any, ...]:
        raise NotImplementedError

    def _open(self, row: Any) -> None:
        raise NotImplementedError
