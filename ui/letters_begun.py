"""Letters that were begun and neither sent nor discarded, on the home page: none is forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.dates import day_and_month
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.letter_drafts import letters_begun
from clinic_desktop.services.paper_parts import flag_name
from clinic_desktop.services.stored import StoredLetterDraft
from clinic_desktop.services.translation import _

from .card import Card
from .card_list import INSET, CardList, RowDelegate, RowModel
from .dates import time_text
from .labels import Label
from .letter_form import BY_HAND
from .style import theme
from .typeface import BODY, CAPTION, TITLE, baseline, elided, font, metrics


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
        if not isinstance(row, BegunRow):
            return
        shown, room = theme().tokens, box.width() - 2 * INSET
        name, about, when = row.columns
        wide = metrics(BODY).horizontalAdvance(when)
        texts = (
            (0.0, 4, elided(name, room - wide - 8, BODY), BODY, shown.ink),
            (room - wide, 4, when, BODY, shown.ink2),
            (0.0, 24, elided(about, room, CAPTION), CAPTION, shown.ink2),
        )
        for left, top, words, size, color in texts:
            painter.setFont(font(size))
            painter.setPen(color)
            at = QPointF(box.left() + INSET + left, box.top() + top + baseline(20, size))
            painter.drawText(at, words)


class LettersBegun(QWidget):
    """The list; hidden where no letter is begun."""

    opened = Signal(int, int, str)
    """A patient's number, the visit, and what the letter is about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = RowModel(self)
        self.list = CardList(self._rows, _BegunDelegate(self), self)
        self.list.setObjectName("letters_begun")
        self.list.setAccessibleName(_("Letters begun and not sent"))
        self.list.opened.connect(self._open)
        card = Card(parent=self)
        card.column.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("Letters begun and not sent"), TITLE, bold=True))
        column.addWidget(card)
        self.hide()

    def refresh(self, today: dt.date) -> None:
        """Read the record anew."""
        try:
            begun = letters_begun(self._desk.open_record)
        except ChartError:  # it cannot be read now, or not by this user
            begun = ()
        self._rows.show_rows(tuple(BegunRow(stored, today) for stored in begun))
        self.setVisible(bool(begun))

    def _open(self, row: object) -> None:
        if isinstance(row, BegunRow):
            stored = row.stored
            about = stored.draft.flag or BY_HAND
            self.opened.emit(stored.number, stored.draft.visit_id, about)
