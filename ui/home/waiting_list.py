"""A list of the home page of what waits, under its heading."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.errors import ChartError
from ui.typeface import TITLE
from ui.widgets.card import Card
from ui.widgets.card_list import CardList, RowDelegate, RowModel
from ui.widgets.labels import Label


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
        card = Card(parent=self)
        card.column.addWidget(self.list)
        self.heading = QHBoxLayout()
        self.heading.addWidget(Label(title, TITLE, bold=True))
        self.heading.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 12, 0, 0)
        self.column.setSpacing(8)
        self.column.addLayout(self.heading)
        self.column.addWidget(card)
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
