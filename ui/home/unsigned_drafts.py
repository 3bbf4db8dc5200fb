"""On the home page: visits and addenda that were begun and that nobody has signed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import unsigned_drafts
from clinic_desktop.services.visit.signing import addenda_begun
from clinic_desktop.services.words.translation import _
from ui.typeface import CAPTION
from ui.widgets.card import Card
from ui.widgets.labels import Label

from .patient_list import DraftDelegate, DraftRow
from .waiting_list import WaitingList


class UnsignedDrafts(WaitingList):
    """The list, and without rows what stands here; for those who read charts."""

    opened = Signal(int, int)
    """A patient's number, and the visit."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("drafts", _("Not signed yet"), DraftDelegate, parent)
        self._desk = desk
        self.list.setAccessibleName(_("Visits not signed yet"))
        self._note = Label(size=CAPTION, tone="grey", parent=self)
        self.heading.addWidget(self._note)
        self._none = Card(dashed=True, parent=self)
        self._none.column.setContentsMargins(16, 12, 16, 12)
        none = Label(_("Visits that you began and nobody has signed stand here."), tone="ink2")
        none.setWordWrap(True)
        self._none.column.addWidget(none)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._none)
        # What is not read yet may be there or not.
        self.card.hide()
        self._none.hide()

    @override
    def _read(self, today: dt.date) -> tuple[DraftRow, ...]:
        desk = self._desk
        author = desk.user.id if desk.user is not None else desk.who
        drafts = unsigned_drafts(desk.open_record) + addenda_begun(desk.open_record, author)
        return tuple(DraftRow(draft, today) for draft in drafts)

    @override
    def _show(self, rows: tuple[DraftRow, ...]) -> None:
        self._rows.show_rows(rows)
        self.card.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._note.setText(_("oldest first") if len(rows) > 1 else "")

    @override
    def _open(self, row: DraftRow) -> None:
        self.opened.emit(row.draft.number, row.draft.visit_id)
