"""Letters that were begun and neither sent nor discarded, on the home page: none is forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.letter_drafts import letters_begun
from clinic_desktop.services.papers.parts import flag_name
from clinic_desktop.services.stored import StoredLetterDraft
from clinic_desktop.services.words.dates import day_and_month
from clinic_desktop.services.words.translation import _
from ui.papers.letter_form import BY_HAND
from ui.style import theme
from ui.widgets.card_list import RowDelegate
from ui.widgets.dates import time_text

from .waiting_list import WaitingList, paint_two_lines


@dataclass(frozen=True, slots=True)
class BegunRow:
    """One letter that is being typed."""

    stored: StoredLetterDraft
    today: dt.date
    can_open: bool = True

    @property
    def columns(self) -> tuple[str, str, str]:
        """Whom it is about, about what and to whom, and when it was typed at last."""
        draft, at = self.stored.draft, self.stored.changed_at
        about = flag_name(draft.flag) if draft.flag else _("by hand")
        if draft.recipient.strip():
            about = _("{about}, to {recipient}").format(about=about, recipient=draft.recipient)
        day = at.astimezone().date()
        when = time_text(at) if day == self.today else day_and_month(day)
        return self.stored.name, about, when

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        name, about, when = self.columns
        return _("{name}, letter begun: {about}, last typed at {when}").format(
            name=name, about=about, when=when
        )


class _BegunDelegate(RowDelegate):
    height = 48

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if isinstance(row, BegunRow):
            paint_two_lines(painter, box, row.columns, theme().tokens.ink2)


class LettersBegun(WaitingList):
    """Letters that were begun and not sent."""

    opened = Signal(int, int, str)
    """A patient's number, the visit, and what the letter is about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("letters_begun", _("Letters begun and not sent"), _BegunDelegate, parent)
        self._desk = desk

    @override
    def _read(self, today: dt.date) -> tuple[BegunRow, ...]:
        return tuple(BegunRow(stored, today) for stored in letters_begun(self._desk.open_record))

    @override
    def _open(self, row: BegunRow) -> None:
        draft = row.stored.draft
        self.opened.emit(row.stored.number, draft.visit_id, draft.flag or BY_HAND)
