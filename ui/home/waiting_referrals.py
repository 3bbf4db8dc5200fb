"""Referrals without an answer, on the home page: nobody is sent away and forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.course.referrals import referrals_waiting
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.stored import StoredReferral
from clinic_desktop.services.words.translation import _, ngettext
from ui.style import theme
from ui.widgets.card_list import RowDelegate

from .waiting_list import WaitingList, paint_two_lines


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One referral that waits for its answer."""

    stored: StoredReferral
    today: dt.date
    can_open: bool = True

    @property
    def columns(self) -> tuple[str, str, str]:
        """Whom it is about, to whom it went, and for how long it has waited."""
        referral = self.stored.referral
        since = (referral.sent_at or referral.opened_at).astimezone().date()
        days = max(0, (self.today - since).days)
        if referral.sent_at is None:
            waits = _("not sent")
        else:
            waits = ngettext("{n} day", "{n} days", days).format(n=days)
            waits = waits if days else _("today")
        return self.stored.name, referral.recipient, waits

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        name, to, waits = self.columns
        return _("{name}, referred to {to}: no answer yet, {waits}").format(
            name=name, to=to, waits=waits
        )


class _WaitingDelegate(RowDelegate):
    height = 48

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if isinstance(row, WaitingRow):
            unsent = row.stored.referral.sent_at is None
            shown = theme().tokens
            color = shown.caution if unsent else shown.ink2
            paint_two_lines(painter, box, row.columns, color, bold=unsent)


class WaitingReferrals(WaitingList):
    """Referrals that wait for an answer."""

    opened = Signal(int, int)
    """A patient's number, and the visit that the referral went out from."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("referrals", _("Referrals without an answer"), _WaitingDelegate, parent)
        self._desk = desk

    @override
    def _read(self, today: dt.date) -> tuple[WaitingRow, ...]:
        waiting = referrals_waiting(self._desk.open_record)
        return tuple(WaitingRow(stored, today) for stored in waiting)

    @override
    def _open(self, row: WaitingRow) -> None:
        self.opened.emit(row.stored.number, row.stored.referral.visit_id)
