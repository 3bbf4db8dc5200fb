"""Referrals of the course: whether each was sent, whether an answer came, and what it said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.referrals import Referral
from clinic_desktop.services.course.referrals import mark_answered, mark_sent
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.stored import StoredReferral
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.tokens import BETWEEN
from ui.typeface import CAPTION, HEADING
from ui.widgets.buttons import Button, Look
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.work.worker import writer


class ReferralList(QWidget):
    """Lists referrals, oldest first; one that waits can be marked sent and answered."""

    changed = Signal()
    """One was marked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[ReferralRow] = []
        self._typed: dict[int, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(BETWEEN)
        self._column.addWidget(Label(_("Referrals of this course"), HEADING, bold=True))
        self._none = Label(
            _("None yet. A letter that is saved or printed waits here for its answer."),
            tone="ink2",
        )
        self._none.setWordWrap(True)
        self._column.addWidget(self._none)

    def show_referrals(self, referrals: tuple[StoredReferral, ...]) -> None:
        """Show other referrals; an answer that is being typed stays."""
        for row in self._rows:
            self._typed[row.stored.id] = row.answer.text()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ReferralRow(stored, self) for stored in referrals]
        for row in self._rows:
            row.answer.setText(self._typed.get(row.stored.id, ""))
            row.sent.clicked.connect(partial(self._mark_sent, row))
            row.keep.clicked.connect(partial(self._mark_answered, row))
            row.answer.returnPressed.connect(partial(self._mark_answered, row))
            self._column.addWidget(row)
        self._none.setVisible(not referrals)

    def _mark_sent(self, row: ReferralRow) -> None:
        desk, referral = self._desk, row.stored.id
        self._do(row, lambda: mark_sent(desk.open_record, desk.act(), referral))

    def _mark_answered(self, row: ReferralRow) -> None:
        desk, referral, answer = self._desk, row.stored.id, row.answer.text()
        self._do(row, lambda: mark_answered(desk.open_record, desk.act(), referral, answer))

    def _do(self, row: ReferralRow, does: Callable[[], None]) -> None:
        try:
            writer().do(does)
        except ChartError as problem:
            row.problem.setText(str(problem))
            row.problem.show()
        else:
            self.changed.emit()


class ReferralRow(QWidget):
    """One referral."""

    def __init__(self, stored: StoredReferral, parent: QWidget) -> None:
        super().__init__(parent)
        self.stored = stored
        referral = stored.referral
        self.sent = Button(_("sent today"), Look.LINK, 20, self)
        self.sent.setObjectName(f"sent:{stored.id}")
        self.sent.setVisible(referral.sent_at is None and referral.waiting)
        self._frame = FramedLine(f"answer:{stored.id}", 24, self)
        self.answer = self._frame.line
        self.answer.setPlaceholderText(_("the answer, in a line"))
        self.answer.setAccessibleName(_("Answer from {who}").format(who=referral.recipient))
        self.keep = Button(_("answered"), Look.LINK, 20, self)
        self.keep.setObjectName(f"answered:{stored.id}")
        self._frame.setVisible(referral.waiting)
        self.keep.setVisible(referral.waiting)
        self.problem = Label(tone="danger", parent=self)
        self.problem.setWordWrap(True)
        self.problem.hide()
        head = QHBoxLayout()
        to = Label(referral.recipient, bold=True)
        to.setWordWrap(True)
        head.addWidget(to, 1)
        head.addWidget(self.sent)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self._frame, 1)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        state = Label(referral_words(referral), CAPTION, tone="ink2")
        state.setWordWrap(True)
        column.addWidget(state)
        column.addLayout(foot)
        column.addWidget(self.problem)


def referral_words(referral: Referral) -> str:
    """How a referral stands: each step with its day, or that it has not come."""
    flag = referral.flag.replace("_", " ") if referral.flag else ""
    parts = [
        _("for {flag}").format(flag=flag) if flag else referral.reason,
        _("written {day}").format(day=_day(referral.opened_at)),
        _("told {day}: {warning}").format(
            day=_day(referral.warned_at), warning=" ".join(referral.warning.split())
        )
        if referral.warned_at
        else _("no warning on record"),
        _("sent {day}").format(day=_day(referral.sent_at))
        if referral.sent_at
        else _("not marked as sent"),
    ]
    if referral.answered_at:
        said = _("answered {day}: {answer}")
        parts.append(said.format(day=_day(referral.answered_at), answer=referral.answer))
    else:
        parts.append(_("no answer yet"))
    return "; ".join(part for part in parts if part)


def _day(moment: dt.datetime) -> str:
    return date_words(moment.astimezone().date())
