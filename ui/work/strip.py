"""One line at the foot of the window: what is being done beside it, how far, and the way out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import INSET
from ui.widgets.announcing import announce
from ui.widgets.buttons import Look, button_for
from ui.widgets.labels import Label

from .background import Background
from .worker import SAY_AFTER_MS, writer

LOOK_MS: Final = 100
"""How often it looks how far the work is."""
BAR: Final = (180, 6)


class WorkStrip(QWidget):
    """In sight only where something takes longer than a moment; it never asks for the keyboard."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("work_strip")
        self._background = background
        self._waiting = False
        self.words = Label(parent=self)
        self.words.setObjectName("work_words")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(*BAR)
        self.bar.setAccessibleName(_("How far it is"))
        self.cancel = button_for(
            "cancel_work", _("Cancel"), self._cancel, Look.LINK, self, height=20
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET, 4, INSET, 4)
        line.setSpacing(16)
        line.addWidget(self.words)
        line.addWidget(self.bar)
        line.addWidget(self.cancel)
        line.addStretch(1)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._tell)
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(SAY_AFTER_MS)
        self._moment.timeout.connect(self._appear)
        background.began.connect(self._on_began)
        background.ended.connect(self._on_ended)
        writer().waited_for.connect(self._on_waited)
        self.hide()

    def _on_began(self) -> None:
        if self._background.words:
            self.cancel.setEnabled(True)
            self._tell()
            self._look.start()
            self._moment.start()

    def _on_ended(self) -> None:
        self._look.stop()
        self._moment.stop()
        self.setVisible(self._waiting)

    def _appear(self) -> None:
        self.show()
        announce(self, self.words.text(), politely=True)

    def _cancel(self) -> None:
        self._background.cancel()
        self.cancel.setEnabled(False)
        self._tell()

    def _on_waited(self, waiting: bool) -> None:
        """Whoever waits for the record is told so, and sees that the window lives."""
        self._waiting = waiting
        if waiting:
            self.words.setText(_("Saving, one moment."))
            self.bar.setRange(0, 0)
            self.cancel.hide()
            self._appear()
        else:
            self.cancel.show()
            self._tell()
            self.setVisible(self._background.busy and bool(self._background.words))

    def _tell(self) -> None:
        if self._waiting:
            return
        background, stand = self._background, self._background.stand
        self.bar.setRange(0, stand.of)
        self.bar.setValue(stand.done)
        self.words.setText(said(background))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.raised)
        painter.fillRect(0, 0, self.width(), 1, theme().tokens.line)


def said(background: Background) -> str:
    """What is being done and how far it is, in words."""
    stand, words = background.stand, background.words
    if background.stopping:
        return _("{work} It is being stopped.").format(work=words)
    if not stand.of:
        return words
    if stand.seconds_left is None:
        return _("{work} {done} of {all}.").format(work=words, done=stand.done, all=stand.of)
    told = _("{work} {done} of {all}, about {left} left.")
    left = duration_words(stand.seconds_left)
    return told.format(work=words, done=stand.done, all=stand.of, left=left)


def duration_words(seconds: float) -> str:
    """A guess of a time, as roughly as it is known."""
    if seconds < 90:
        return _("{n} s").format(n=max(1, round(seconds)))
    return _("{n} min").format(n=round(seconds / 60))
