"""The audit trail in the window: who did what when, by patient and by user, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.audit import AuditEntry, AuditQuery, Deed
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.audit.lines import gathered
from clinic_desktop.services.audit.reading import PAGE, audit_users, read_audit
from clinic_desktop.services.audit.words import AuditWords, who_words
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, ngettext
from ui.tokens import RING
from ui.widgets.announcing import announce
from ui.widgets.card_list import INSET
from ui.widgets.dates import time_text
from ui.widgets.framed_line import FramedLine
from ui.widgets.overlay_list import OverlayList
from ui.work.worker import writer

WIDTH, INPUT = 1120, 32
PAUSE_MS = 300
"""A pause this long in typing, and the trail is read."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """What one act wrote in the trail: an entry, or those of the fields that it filled."""

    entries: tuple[AuditEntry, ...]
    """Newest first."""
    said: str
    beneath: str
    tip: str
    """The same with keys and digests whole; empty where it is the same."""

    @property
    def entry(self) -> AuditEntry:
        """The newest of them."""
        return self.entries[0]

    @property
    def can_open(self) -> bool:
        """Whether it leads on: to all entries of its patient."""
        return self.entry.number is not None

    @property
    def spoken(self) -> str:
        """The row as a sentence."""
        return f"{self.said}. {self.beneath}"


class AuditSheet(OverlayList):
    """Type a patient's number or a user's name; the arrows walk the list, more is read at its end.

    Return on an entry shows all entries of its patient.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("audit", WIDTH, parent)
        self._desk = desk
        self._words = AuditWords(desk.catalogue, desk.text, desk.plan_library, whole=False)
        self._names: dict[int, str] = {}
        """Of patients, by their number, as far as they were read."""
        self._users: tuple[tuple[str, str], ...] = ()
        self._query: AuditQuery | None = None
        self._more = False
        self.heading.setText(_("Audit trail: who did what"))
        self.setAccessibleName(_("Audit trail"))
        self.list.setAccessibleName(_("Entries, newest first"))
        self.input = FramedLine("audit_filter", INPUT, self.card)
        self.input.line.setPlaceholderText(_("Number of a patient, or name of a user"))
        self.input.line.setAccessibleName(_("Number of a patient, or name of a user"))
        self.input.line.installEventFilter(self)
        line = QHBoxLayout()
        line.setContentsMargins(INSET - RING, 0, INSET - RING, 0)
        line.addWidget(self.input)
        self.column.insertLayout(1, line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self.input.line.textChanged.connect(lambda _text: self._pause.start())
        self.list.opened.connect(self._on_opened)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # ------------------------------------------------------------------ opening
    def begin(self) -> None:
        """Read the trail from its end. Raises ChartError where the role has no part in it."""
        self._users = audit_users(self._desk.open_record)
        self._query = None
        self._names.clear()  # a name may have been corrected
        self.input.line.clear()
        self._pause.stop()
        self._show(self._read_page(AuditQuery()))

    @override
    def closes_with(self) -> str:
        return _("back")

    @override
    def take_focus(self) -> None:
        self.input.line.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def stops(self) -> tuple[QWidget, ...]:
        return (self.input.line, self.list)

    # ------------------------------------------------------------------ reading
    def _asked(self) -> AuditQuery | None:
        """What is typed as a question; None where it names nobody."""
        typed = self.input.line.text().strip()
        if not typed:
            return AuditQuery()
        if typed.isascii() and typed.isdigit() and len(typed) <= 9:
            return AuditQuery(number=int(typed))
        words = typed.casefold().split()
        for user, name in self._users:
            if all(any(p.startswith(w) for p in name.casefold().split()) for w in words):
                return AuditQuery(user=user)
        return None

    def _read(self) -> None:
        asked = self._asked()
        if asked is not None and asked == self._query:
            return
        if asked is None:
            self._query = None
            self._show(())
            self._say(_("No user of this name stands in the trail."))
            return
        try:
            self._show(self._read_page(asked))
        except ChartError as problem:
            self._show(())
            self._say(str(problem))

    def _read_page(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        desk = self._desk
        found = writer().do(lambda: read_audit(desk.open_record, desk.act(), query))
        self._query, self._more = query, len(found) == PAGE
        return found

    def _show(self, entries: tuple[AuditEntry, ...]) -> None:
        self.model.show_rows(tuple(map(self._row, gathered(entries))))
        self.list.scrollToTop()
        self._tell()
        if self.isVisible():
            self.place_card()

    def _on_scrolled(self, value: int) -> None:
        if value >= self.list.verticalScrollBar().maximum():
            self.read_more()

    def read_more(self) -> None:
        """Read the next page behind the last entry, where there is one."""
        rows = self.model.rows
        if not self._more or self._query is None or not rows:
            return
        desk = self._desk
        query = AuditQuery(self._query.number, self._query.user, before=rows[-1].entries[-1].seq)
        try:
            found = writer().do(lambda: read_audit(desk.open_record, desk.act(), query))
        except ChartError as problem:
            self._say(str(problem))
            return
        self._more = len(found) == PAGE
        self.model.add_rows(tuple(map(self._row, gathered(found))))
        self._tell()

    # ------------------------------------------------------------------ telling
    def _tell(self) -> None:
        count = sum(len(row.entries) for row in self.model.rows)
        if self._more:
            self._say(_("The newest {n}; more at the end of the list").format(n=count))
        elif count:
            self._say(ngettext("{n} entry", "All {n} entries", count).format(n=count))
        else:
            self._say(_("No entry."))

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setAccessibleName(words)
        if self.isVisible():
            announce(self.note, words)

    def _row(self, entries: tuple[AuditEntry, ...]) -> AuditRow:
        entry = entries[0]
        at = entry.at.astimezone()
        about = []
        if entry.number is not None:
            about.append(self._patient(entry.number))
        if entry.visit_id is not None:
            about.append(_("visit {id}").format(id=entry.visit_id))
        if entry.workstation:
            about.append(entry.workstation)
        if entry.reason and entry.deed != Deed.AUDIT_READ:
            about.append(entry.reason)
        beneath = ", ".join((f"{date_words(at.date())} {time_text(at)}", who_words(entry), *about))
        said = self._words.what_together(entries)
        whole = replace(self._words, whole=True).what_together(entries)
        return AuditRow(entries, said, beneath, whole if whole != said else "")

    def _patient(self, number: int) -> str:
        """Whom an entry is about: the name too, for those who may see it."""
        if number not in self._names:
            self._names[number] = self._name_of(number)
        named = self._names[number]
        words = _("{name}, No {number}") if named else _("patient No {number}")
        return words.format(name=named, number=f"{number:06d}")

    def _name_of(self, number: int) -> str:
        if not self._desk.may(Action.SEE_PATIENTS):
            return ""
        try:
            with self._desk.open_record() as work:
                return work.patient(number).name
        except ChartError:
            return ""  # taken out, or not to be read now: the number stands for her

    # ------------------------------------------------------------------ doing
    def _on_opened(self, row: AuditRow) -> None:
        self.input.line.setText(str(row.entry.number))
        self._pause.stop()
        self._read()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.input.line
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
        ):
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.list.move_by(1)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._pause.stop()
                self._read()
                return True
        return super().eventFilter(watched, event)
