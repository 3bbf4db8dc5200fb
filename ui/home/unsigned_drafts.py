"""On the home page: visits and addenda that were begun and that nobody has signed."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import unsigned_drafts
from clinic_desktop.services.stored import DraftSummary
from clinic_desktop.services.visit.signing import addenda_begun
from clinic_desktop.services.words.translation import _
from ui.typeface import CAPTION, TITLE
from ui.widgets.card import Card
from ui.widgets.card_list import CardList, RowModel
from ui.widgets.labels import Label

from .patient_list import DraftDelegate, DraftRow


class UnsignedDrafts(QWidget):
    """The list, and without rows what stands here; for those who read charts."""

    opened = Signal(int, int)
    """A patient's number, and the visit."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = RowModel(self)
        self.list = CardList(self._rows, DraftDelegate(self), self)
        self.list.setObjectName("drafts")
        self.list.setAccessibleName(_("Visits not signed yet"))
        self.list.opened.connect(self._open)
        self._note = Label(size=CAPTION, tone="grey", parent=self)
        heading = QHBoxLayout()
        heading.addWidget(Label(_("Not signed yet"), TITLE, bold=True))
        heading.addStretch(1)
        heading.addWidget(self._note)
        self._card = Card(parent=self)
        self._card.column.addWidget(self.list)
        self._none = Card(dashed=True, parent=self)
        self._none.column.setContentsMargins(16, 12, 16, 12)
        none = Label(_("Visits that you began and nobody has signed stand here."), tone="ink2")
        none.setWordWrap(True)
        self._none.column.addWidget(none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._card)
        column.addWidget(self._none)
        # What is not read yet may be there or not.
        self._card.hide()
        self._none.hide()

    def refresh(self, today: dt.date) -> None:
        """Read the record anew."""
        desk = self._desk
        drafts: tuple[DraftSummary, ...] = ()
        author = desk.user.id if desk.user is not None else desk.who
        with suppress(RecordUnavailable):
            drafts = unsigned_drafts(desk.open_record)
            drafts += addenda_begun(desk.open_record, author)
        self._rows.show_rows(tuple(DraftRow(draft, today) for draft in drafts))
        self._card.setVisible(bool(drafts))
        self._none.setVisible(not drafts)
        self._note.setText(_("oldest first") if len(drafts) > 1 else "")

    def _open(self, row: object) -> None:
        if isinstance(row, DraftRow):
            self.opened.emit(row.draft.number, row.draft.visit_id)
