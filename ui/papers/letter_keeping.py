"""Keeps the letters of one visit in the record while they are typed, whatever the window does."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.letter_drafts import letter_drafts_of, save_letter_drafts
from clinic_desktop.services.visit.keeping import Keeping
from ui.work.worker import writer

KEEP_MS: Final = 400
"""From the first key on; not begun anew by the next one, so nobody types past it."""
RETRY_MS: Final = 1000
"""How often what could not be kept is tried again."""


class LetterKeeper(QObject):
    """One letter for each thing that it can be about; it outlives the page that it is typed on."""

    kept = Signal()
    """What was typed is in the record, or could not be brought there."""

    def __init__(self, desk: Desk, visit_id: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._visit_id = desk, visit_id
        self._now: dict[str | None, LetterDraft] = {}
        """In the order in which they were last typed at."""
        self._keeping: Keeping[tuple[LetterDraft, ...], None] | None = None
        """None as long as the record did not say what it has."""
        self._sent: dict[str | None, LetterDraft] = {}
        """Letters that left the house since the program began."""
        self._put_away: LetterDraft | None = None
        self._unread = ""
        """Why the record did not say what it has."""
        self.kept_at: dt.datetime | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.flush)
        self.flush()

    # ------------------------------------------------------------------ reading
    @property
    def problem(self) -> str:
        """Why the last words are not in the record yet; empty where nothing hindered it."""
        return self._keeping.problem if self._keeping is not None else self._unread

    @property
    def newest(self) -> LetterDraft | None:
        """The letter that was typed at last, of those that are neither sent nor put away."""
        return next(reversed(self._now.values()), None)

    @property
    def now(self) -> tuple[LetterDraft, ...]:
        """The letters as they stand on screen."""
        return tuple(self._now.values())

    @property
    def stored(self) -> tuple[LetterDraft, ...]:
        """The letters as the record has them, as far as it said so."""
        return self._keeping.stored if self._keeping is not None else ()

    @property
    def flags(self) -> tuple[str, ...]:
        """The red flags that letters were begun about."""
        return tuple(flag for flag in self._now if flag is not None)

    def begun(self, flag: str | None) -> bool:
        """Whether a letter about this was begun; None is one by hand."""
        return flag in self._now

    def draft(self, flag: str | None) -> LetterDraft:
        """The letter about this as it was left; a blank one where there is none."""
        known = self._now.get(flag) or self._sent.get(flag)
        return known or LetterDraft(self._visit_id, flag)

    @property
    def can_go(self) -> bool:
        """Whether the record has all that it knows: whoever asks again may read it from there."""
        known = self._keeping is not None and not self._keeping.pending and not self.problem
        return known and not (self._pause.isActive() or self._sent or self._put_away)

    # ------------------------------------------------------------------ typing
    def typed(self, before: str | None, draft: LetterDraft) -> None:
        """A letter has changed, and perhaps what it is about; it is kept within a second."""
        for flag in (before, draft.flag):
            self._now.pop(flag, None)
        if not draft.is_blank:
            self._now[draft.flag] = draft
            self._put_away = None
        if not self._pause.isActive():
            self._pause.start(KEEP_MS)

    def sent(self, draft: LetterDraft) -> None:
        """A letter has left the house: it is no draft any more."""
        self._now.pop(draft.flag, None)
        self._sent[draft.flag] = draft
        self.flush()

    def discard(self, flag: str | None) -> None:
        """Put a letter away, because she said so; it can be brought back until she types again."""
        sent = self._sent.pop(flag, None)
        self._put_away = self._now.pop(flag, None) or sent
        self.flush()

    @property
    def can_bring_back(self) -> bool:
        """Whether a letter was put away just now."""
        return self._put_away is not None

    def bring_back(self) -> LetterDraft | None:
        """Take up again what was put away."""
        draft, self._put_away = self._put_away, None
        if draft is not None:
            self._now[draft.flag] = draft
            self.flush()
        return draft

    # ------------------------------------------------------------------ keeping
    def flush(self) -> None:
        """Have written what was typed; where that cannot be, it is tried again."""
        self._pause.stop()
        try:
            keeping = self._keeping or self._read()
        except ChartError as problem:
            self._unread = str(problem)
            self._pause.start(RETRY_MS)
            self.kept.emit()
            return
        keeping.keep(tuple(self._now.values()))
        if not keeping.pending:
            self.kept.emit()

    def _read(self) -> Keeping[tuple[LetterDraft, ...], None]:
        """What the record has, read before anything is written; what was typed since is newer."""
        found = letter_drafts_of(self._desk.open_record, self._visit_id)
        self._now = {**{draft.flag: draft for draft in found}, **self._now}
        self._keeping = Keeping(found, self._write, writer().run, self._on_kept)
        return self._keeping

    def _write(self, before: tuple[LetterDraft, ...], after: tuple[LetterDraft, ...]) -> None:
        save_letter_drafts(self._desk.open_record, self._desk.act(), before, after)

    def _on_kept(self) -> None:
        if not isValid(self):  # the window was closed meanwhile
            return
        if self.problem:
            self._pause.start(RETRY_MS)
        else:
            self.kept_at = self._desk.clock()
        self.kept.emit()
