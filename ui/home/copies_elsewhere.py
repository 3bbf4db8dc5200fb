"""On the home page: a copy of a visit that was saved elsewhere, and waits to be taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.domain.access import Action
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.typeface import CAPTION
from ui.widgets.buttons import Look, button_for
from ui.widgets.card import Card, flush
from ui.widgets.dates import time_text
from ui.widgets.labels import Label
from ui.work.background import labourer

if TYPE_CHECKING:
    # Imported beside the window: the home page stands sooner without it.
    from clinic_desktop.services.safety.copies_elsewhere import CopyElsewhere


class CopiesElsewhere(QWidget):
    """One copy at a time, the oldest first; away where there is none, or none within reach."""

    asked = Signal(object)
    """The file that is to be taken in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copies_elsewhere")
        self._desk = desk
        self._first: CopyElsewhere | None = None
        self.said = Label(parent=self)
        self.said.setWordWrap(True)
        self.where = Label(size=CAPTION, tone="grey", parent=self)
        self.take = button_for("take_copy_in", _("Take it in"), self._take, parent=self, height=28)
        self.leave = button_for(
            "forget_copy", _("Dismiss"), self._leave, Look.LINK, parent=self, height=28
        )
        card = Card(parent=self)
        card.column.setContentsMargins(16, 12, 16, 12)
        card.column.setSpacing(4)
        card.column.addWidget(self.said)
        card.column.addWidget(self.where)
        card.column.addLayout(flush(self.take, self.leave))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(card)
        self.hide()

    def refresh(self) -> None:
        """Look what there is, beside the window: a copy may lie on a disk that is slow or gone."""
        desk = self._desk
        needed = (Action.CHANGE_PATIENTS, Action.WRITE_DRAFT)
        if desk.session is not None and all(map(desk.may, needed)):
            labourer().run(partial(_look, desk.clinic_id), self._on_found)

    def _on_found(self, result: Callable[[], tuple[CopyElsewhere, ...]]) -> None:
        self._first = next(iter(result()), None)
        self.setVisible(self._first is not None)
        if self._first is not None:
            at = self._first.at.astimezone()
            said = _("A copy of one visit was saved elsewhere on {day} at {time}.")
            self.said.setText(said.format(day=date_words(at.date()), time=time_text(at)))
            self.where.setText(str(self._first.path))

    def _take(self) -> None:
        if self._first is not None:
            self.asked.emit(self._first.path)

    def _leave(self) -> None:
        """Offer it no more; the file stays, and Ctrl+O takes it in."""
        from clinic_desktop.services.safety.copies_elsewhere import forget_copy

        if self._first is not None:
            forget_copy(self._first.path)
            self.refresh()


def _look(clinic: str) -> tuple[CopyElsewhere, ...]:
    from clinic_desktop.services.safety.copies_elsewhere import copies_of

    return copies_of(clinic)
