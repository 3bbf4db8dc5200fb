"""Backups in the window: when the last one was made, making one, trying one, putting one in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.backups import TOO_OLD, BackupContent
from clinic_desktop.domain.rescues import RescueReport
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.services.safety.backup_words import content_words, moment_words
from clinic_desktop.services.safety.rescuing import rescue_drill
from clinic_desktop.services.safety.safekeeping import CheckReport, MadeBackup
from clinic_desktop.services.words.translation import _, ngettext
from ui.entrance.rescue_report import RescueReportView
from ui.tokens import CARD_INSETS
from ui.typeface import TITLE
from ui.widgets.buttons import Look, button_for
from ui.widgets.card import Card, flush
from ui.widgets.labels import Label, Told
from ui.work.background import Background

SHOWN = 6


class BackupsCard(Card):
    """The clinic's own backups and what can be done with them; nothing here stops the window."""

    restore_asked = Signal(object)
    """A backup is to be put in use: its file; None: what can be read of the damaged record."""

    def __init__(self, session: Session, work: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._tried: Path | None = None
        """The backup that can be put in use."""
        self._work = work
        work.began.connect(self._enable)
        work.ended.connect(self._enable)
        self.newest = Label(parent=self)
        self.newest.setObjectName("newest_backup")
        self.newest.setWordWrap(True)
        self.list = Told(tone="ink2", parent=self)
        self.said = Told(bold=True, parent=self)
        self.said.setObjectName("backup_said")
        self.now = button_for("back_up", _("Back up now"), self.back_up, parent=self)
        self.to_folder = button_for(
            "back_up_to", _("Back up to a folder…"), self._ask_folder, parent=self
        )
        self.try_one = button_for("try_backup", _("Try a backup…"), self._ask_file, parent=self)
        self.check = button_for(
            "check_record", _("Check everything"), self.check_everything, parent=self
        )
        self.use = button_for("use_backup", _("Put it in use"), self._use, Look.DANGER, self)
        self.see = button_for(
            "see_rescue", _("See what can be saved…"), self.see_rescue, parent=self
        )
        words = _("Use what can be read")
        self.use_read = button_for("rescue_use", words, self._use_read, Look.DANGER, self)
        self.report = RescueReportView(self)
        self._hide_ways_out()
        self._arrange()
        self.refresh()
        self._enable()

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(*CARD_INSETS)
        column.setSpacing(8)
        column.addWidget(Label(_("Backups"), TITLE, bold=True))
        column.addWidget(self.newest)
        column.addWidget(self.list)
        column.addLayout(flush(self.now, self.to_folder, self.try_one, self.check))
        end = QHBoxLayout()
        end.addWidget(self.said, 1)
        for button in (self.use, self.see, self.use_read):
            end.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(end)
        column.addWidget(self.report)
        self.column.addLayout(column)

    def refresh(self) -> None:
        """Say again which backups there are."""
        found = self._session.opened.backups()
        self.newest.setText(newest_words(found[0][1] if found else None, self._session.now()))
        self.list.setText("\n".join(moment_words(moment) for _file, moment in found[:SHOWN]))

    # ------------------------------------------------------------------ doing
    def back_up(self, folder: Path | None = None) -> None:
        """Make one, in the clinic's own folder or in another."""
        self._begin(
            lambda: safekeeping.back_up(self._session, folder),
            lambda: _("A backup is being made…"),
        )

    def drill(self, file: Path) -> None:
        """Restore one into nowhere and say what is in it."""
        self._tried = file
        self._begin(
            lambda: safekeeping.restore_drill(self._session, file),
            lambda: _("The backup is being tried…"),
        )

    def check_everything(self) -> None:
        """Look whether record, trail and signatures are whole."""
        self._begin(
            lambda: safekeeping.check(self._session.opened),
            lambda: _("Everything is being looked at…"),
        )

    def see_rescue(self) -> None:
        """Read the damaged record row by row and say what would come of it."""
        self._begin(
            lambda: rescue_drill(self._session.opened, self._session.now()),
            lambda: _("The damaged file is being read…"),
        )

    def _begin(self, work: Callable[[], object], words: Callable[[], str]) -> None:
        if self._work.start(work, self._on_done, self._on_failed, words, _done_words):
            self._hide_ways_out()
            self._say(words(), "ink2")

    def carried(self) -> object:
        """The backup that is being tried, or can be put in use."""
        return self._tried

    def take_carried(self, tried: object) -> None:
        """Go on with the same one."""
        self._tried = tried if isinstance(tried, Path) else None

    def _hide_ways_out(self) -> None:
        for button in (self.use, self.see, self.use_read):
            button.hide()
        self.report.clear()

    def _enable(self) -> None:
        """One thing at a time, whoever asked for the other."""
        making = (self.now, self.to_folder, self.try_one, self.check)
        for button in (*making, self.use, self.see, self.use_read):
            button.setEnabled(not self._work.busy)

    def _on_done(self, result: object) -> None:
        self.refresh()
        faulty = isinstance(result, CheckReport) and bool(result.faults)
        self._say(_done_words(result), "danger" if faulty else "ink")
        if isinstance(result, BackupContent):
            self._offer(_("Put it in use"), self._tried)
        elif isinstance(result, RescueReport):
            self.report.show_report(result)
            self._offer_newest()
            self.use_read.show()
        elif faulty:
            self._offer_newest()  # first of all; what can be read is the other way out
            self.see.show()

    def _offer(self, words: str, file: Path | None) -> None:
        """Offer to put a backup in use."""
        self._tried = file
        self.use.setText(words)
        self.use.show()

    def _offer_newest(self) -> None:
        newest = self._session.opened.backups()[:1]
        for file, moment in newest:
            words = _("Restore the backup of {moment}")
            self._offer(words.format(moment=moment_words(moment)), file)

    def _on_failed(self, problem: str) -> None:
        self._say(problem, "danger")
        self.see.show()

    def _say(self, words: str, tone: str = "ink") -> None:
        self.said.set_tone(tone)
        self.said.setText(words)

    # ------------------------------------------------------------------ asking where
    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("Folder for the backup"))
        if path:
            self.back_up(Path(path))

    def _ask_file(self) -> None:
        kinds = _("Backups") + " (*.clinic-backup)"
        own = self._session.opened.backups()
        start = str(own[0][0].parent) if own else ""
        path, _kind = QFileDialog.getOpenFileName(self, _("Try a backup"), start, kinds)
        if path:
            self.drill(Path(path))

    def _use(self) -> None:
        if self._tried is not None:
            self.restore_asked.emit(self._tried)

    def _use_read(self) -> None:
        self.restore_asked.emit(None)


def _done_words(result: object) -> str:
    """What came of any of it."""
    if isinstance(result, MadeBackup):
        return _("Made and read back: {content}").format(content=content_words(result.content))
    if isinstance(result, BackupContent):
        return _("This backup is good: {content}").format(content=content_words(result))
    if isinstance(result, CheckReport):
        return _checked_words(result)
    return _("This is what can be read. The damaged file stays beside it.")


def _checked_words(report: CheckReport) -> str:
    if report.faults:
        return "\n".join((*report.faults, *report.remarks))
    words = ngettext(
        "All is well: {entries} entries of the audit trail, {signed} signature.",
        "All is well: {entries} entries of the audit trail, {signed} signatures.",
        report.signatures,
    )
    well = words.format(entries=report.entries, signed=report.signatures)
    return "\n".join((well, *report.remarks))


def newest_words(moment: dt.datetime | None, now: dt.datetime) -> str:
    """How old the newest backup is, in a sentence that says when that is too old."""
    if moment is None:
        return _("There is no backup yet. One is made each time the program is closed.")
    if now - moment > TOO_OLD:
        return _("The newest backup is of {moment}: that is more than a day ago.").format(
            moment=moment_words(moment)
        )
    return _("The newest backup is of {moment}. Copy one to another disk now and then.").format(
        moment=moment_words(moment)
    )
