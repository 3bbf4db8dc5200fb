"""After damage, before anybody is in: what the damaged file still holds, and what to do with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.services.safety.backup_words import moment_words
from clinic_desktop.services.words.translation import _
from ui.tokens import BETWEEN, CARD_INSETS
from ui.typeface import TITLE
from ui.widgets.buttons import Look, button_for
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.scrolling import SlimScrollArea
from ui.work.background import Background

from .form import CARD_WIDTH
from .rescue_report import RescueReportView

if TYPE_CHECKING:
    from clinic_desktop.domain.rescues import RescueReport
    from clinic_desktop.services.access.clinic_port import Opened
    from clinic_desktop.services.ports import Clock

HEIGHT_OF_REPORT = 330


class RescuePage(Card):
    """First it only looks: two choices stand beside each other, with what each would bring."""

    left = Signal()
    put_in_use = Signal(str)
    """What could be saved is in use: what that is, in words."""
    restore_asked = Signal()
    """The newest backup is to be put in use instead."""

    def __init__(self, work: Background, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._work, self._clock = work, clock
        self._opened: Callable[[], Opened] | None = None
        self.setFixedWidth(CARD_WIDTH)
        self.said = Label(tone="ink2", parent=self)
        self.said.setObjectName("rescue_said")
        self.said.setWordWrap(True)
        self.report = RescueReportView(self)
        self._scroll = SlimScrollArea(parent=self)
        self._scroll.setWidget(self.report)
        self._scroll.setFixedHeight(HEIGHT_OF_REPORT)
        self.restore = button_for("rescue_restore", "", self.restore_asked.emit, Look.SOLID, self)
        self.use = button_for(
            "rescue_use", _("Use what can be read"), self.rescue, Look.DANGER, self
        )
        self.back = button_for("rescue_back", _("Back"), self.left.emit, parent=self)
        self._arrange()
        work.began.connect(self._enable)
        work.ended.connect(self._enable)

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(*CARD_INSETS)
        column.setSpacing(8)
        column.addWidget(Label(_("What can be saved"), TITLE, bold=True))
        column.addWidget(self.said)
        column.addWidget(self._scroll)
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(self.restore)
        row.addWidget(self.use)
        row.addStretch(1)
        row.addWidget(self.back)
        column.addLayout(row)
        self.column.addLayout(column)

    def begin(self, opened: Callable[[], Opened], backup: dt.datetime | None) -> None:
        """Look what is there; nothing changes. `backup` is when the newest one was made."""
        from clinic_desktop.services.safety.rescuing import rescue_drill

        self._opened = opened
        self.report.clear()
        self.use.hide()
        self.restore.setVisible(backup is not None)
        if backup is not None:
            words = _("Restore the backup of {moment}")
            self.restore.setText(words.format(moment=moment_words(backup)))
        self._say(_("The damaged file is being read, page by page. Nothing is changed."), "ink2")
        clock = self._clock
        self._work.start(
            lambda: rescue_drill(opened(), clock()),
            self._on_looked,
            self._on_failed,
            lambda: _("The damaged file is being read…"),
        )

    def rescue(self) -> None:
        """Put in use what can be read."""
        from clinic_desktop.services.safety.rescue_words import in_short
        from clinic_desktop.services.safety.rescuing import rescue

        opened, clock = self._opened, self._clock
        if opened is None:
            return
        self._work.start(
            lambda: rescue(opened(), clock()),
            lambda report: self.put_in_use.emit(in_short(report)),
            self._on_failed,
            lambda: _("What can be read is being put in use…"),
        )

    def _on_looked(self, report: RescueReport) -> None:
        words = _(
            "Either way the damaged file stays beside the record. The backup is whole and lacks"
            " what came after it; what can be read may lack what stood on damaged pages."
        )
        self._say(words, "ink")
        self.report.show_report(report)
        self.use.show()

    def _on_failed(self, problem: str) -> None:
        self._say(problem, "danger")

    def _say(self, words: str, tone: str) -> None:
        self.said.set_tone(tone)
        self.said.setText(words)

    def _enable(self) -> None:
        buttons = (self.restore, self.use, self.back)
        for button in buttons:
            button.setEnabled(not self._work.busy)
        if self.isVisible() and not self._work.busy:
            next(button for button in buttons if not button.isHidden()).setFocus()
