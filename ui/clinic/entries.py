"""Entries to be put right: two that may be one person, and those that were taken out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.visit.entries import likely_duplicates, removed_entries, restore_entry
from clinic_desktop.services.visit.entries_port import PatientEntry
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.tokens import CARD_INSETS
from ui.typeface import TITLE
from ui.widgets.buttons import Button, Look
from ui.widgets.card import Card
from ui.widgets.labels import Label, Told
from ui.work.worker import writer

_Found = tuple[tuple[tuple[PatientEntry, PatientEntry], ...], tuple[PatientEntry, ...]]
SHOWN = 20
"""Rows of each list; who puts right twenty comes back for more."""


class EntriesCard(Card):
    """Pairs with a link to each of both, where they can be made one; removed ones with their way
    back. Looked for when the page is opened, never while somebody charts."""

    patient_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("entries")
        self._desk = desk
        self._problem = Told(bold=True, tone="danger", parent=self)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(0, 1)
        column = QVBoxLayout()
        column.setContentsMargins(*CARD_INSETS)
        column.setSpacing(8)
        column.addWidget(Label(_("Entries to put right"), TITLE, bold=True))
        column.addLayout(self._rows)
        column.addWidget(self._problem)
        self.column.addLayout(column)
        self.refresh()

    def refresh(self) -> None:
        """Look again, beside the window: with many patients that takes its time."""
        opened = self._desk.open_record
        writer().run(
            lambda: (likely_duplicates(opened)[:SHOWN], removed_entries(opened)[:SHOWN]),
            self._show_found,
        )

    def _show_found(self, looked: Callable[[], _Found]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        try:
            pairs, removed = looked()
        except ChartError as problem:
            self._problem.setText(str(problem))
            return
        self._problem.setText("")
        if not pairs and not removed:
            words = _("No two entries look like one person, and none was taken out.")
            self._rows.addWidget(Label(words, tone="ink2"), 0, 0)
        for row, pair in enumerate(pairs):
            self._show_pair(row, *pair)
        for row, entry in enumerate(removed, len(pairs)):
            self._show_removed(row, entry)

    def _show_pair(self, row: int, one: PatientEntry, other: PatientEntry) -> None:
        words = _("{one} and {other}: one person?")
        self._rows.addWidget(Label(words.format(one=_named(one), other=_named(other))), row, 0)
        for place, entry in enumerate((one, other), 1):
            link = Button(f"{entry.number:06d}", Look.LINK, 24, self)
            link.setAccessibleName(_("Open {entry}").format(entry=_named(entry)))
            link.clicked.connect(lambda _=False, number=entry.number: self._open(number))
            self._rows.addWidget(link, row, place)

    def _show_removed(self, row: int, entry: PatientEntry) -> None:
        words = _("{entry}, taken out: {why}")
        told = words.format(entry=_named(entry), why=entry.removed_why)
        self._rows.addWidget(Label(told, tone="ink2"), row, 0)
        if not self._desk.may(Action.WRITE_DRAFT):
            return
        back = Button(_("Bring back"), Look.LINK, 24, self)
        back.setAccessibleName(_("Bring {entry} back").format(entry=_named(entry)))
        back.clicked.connect(lambda _=False, number=entry.number: self._bring_back(number))
        self._rows.addWidget(back, row, 1, 1, 2)

    def _open(self, number: int) -> None:
        self.patient_asked.emit(number)

    def _bring_back(self, number: int) -> None:
        try:
            desk = self._desk
            writer().do(lambda: restore_entry(desk.open_record, desk.act(), number))
        except ChartError as problem:
            self._problem.setText(str(problem))
            return
        self.refresh()


def _named(entry: PatientEntry) -> str:
    born = entry.patient.birth_date
    known = date_words(born) if born else _("birth date not known")
    return f"{entry.patient.name} ({known}, {entry.number:06d})"
