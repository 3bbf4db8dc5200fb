"""How a field came to be what it is: who charted what when, one key away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.audit import AuditEntry
from clinic_desktop.services.audit.reading import field_history
from clinic_desktop.services.audit.words import AuditWords, who_words
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, ngettext
from clinic_desktop.services.words.wording import finding_name
from ui.widgets.dates import time_text
from ui.widgets.overlay_list import OverlayList

if TYPE_CHECKING:
    from .page import VisitPage

WIDTH = 720


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change: what became of it, and who did it when."""

    said: str
    beneath: str
    can_open: bool = False

    @property
    def spoken(self) -> str:
        """The row as a sentence."""
        return f"{self.said}. {self.beneath}"


class History(OverlayList):
    """The history of a field, or of the whole visit. Esc or its own key puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("history", WIDTH, parent)
        self.list.setAccessibleName(_("History, newest first"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_visit(self, page: VisitPage) -> None:
        """Show the history of the field of a visit that has the keyboard, else of all of it.

        Raises ChartError where it cannot be read.
        """
        page.flush()
        found = page.focused_field()
        key = found[1] if found else None
        desk = page.chart.desk
        entries = field_history(desk.open_record, page.chart.visit_id, key)
        name = finding_name(desk.text, key.finding, key.side) if key else _("the whole visit")
        words = AuditWords(desk.catalogue, desk.text, desk.plan_library)
        title = _("History: {name}").format(name=name)
        self.show_entries(title, entries, words, whole=key is None)

    def show_entries(
        self, title: str, entries: tuple[AuditEntry, ...], words: AuditWords, *, whole: bool
    ) -> None:
        """Show what was done, newest first; of a whole visit with the name of each field."""
        self.heading.setText(title)
        rows = tuple(_row(entry, words, whole=whole) for entry in entries)
        self.model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.note.setText(_count_words(len(rows)))
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(row.spoken for row in rows) or self.note.text())

    @override
    def closes_with(self) -> str:
        return _("back to the visit")

    @override
    def take_focus(self) -> None:
        if self.list.isHidden():
            super().take_focus()
        else:
            self.list.setFocus(Qt.FocusReason.PopupFocusReason)


def _row(entry: AuditEntry, words: AuditWords, *, whole: bool) -> HistoryRow:
    said = words.change(entry)
    if whole or not entry.field.startswith("findings/"):
        said = f"{words.field(entry.field)}: {said}"
    at = entry.at.astimezone()
    when = f"{date_words(at.date())} {time_text(at)}"
    return HistoryRow(said, f"{when}, {who_words(entry)}")


def _count_words(count: int) -> str:
    if not count:
        return _("Nothing was charted here since the audit trail began.")
    return ngettext("{n} change", "{n} changes, newest first", count).format(n=count)
