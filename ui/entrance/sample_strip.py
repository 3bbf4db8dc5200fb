"""The line over every page of the sample clinic, and the way to it from the entrance."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.clinic.sample_folder import is_sample
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import INSET, RING
from ui.typeface import BODY
from ui.widgets.announcing import announce
from ui.widgets.buttons import Look, button_for
from ui.widgets.labels import Label

HEIGHT: Final = 30
NOT_AGAIN_MS: Final = 15_000
"""So long a second click starts nothing: the first one's window is on its way."""

Start = Callable[[str, Sequence[str]], bool]
"""Starts a program with arguments, and says whether that came about."""


class SampleStrip(QWidget):
    """Says on every page that nobody here is real."""

    unwanted = Signal()
    """The sample clinic is to be removed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sample_strip")
        self.setFixedHeight(HEIGHT)
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET, 0, INSET - RING, 0)
        line.setSpacing(12)
        line.addWidget(Label(_("SAMPLE"), BODY, bold=True, tone="caution", parent=self))
        words = _("Everybody here is invented. Anyone can open this: enter no real patient.")
        self.words = Label(words, parent=self)
        line.addWidget(self.words, 1)
        self.remove = button_for(
            "remove_sample",
            _("Remove the sample clinic"),
            self.unwanted.emit,
            Look.LINK,
            self,
            height=24,
        )
        line.addWidget(self.remove)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.caution_tint)
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, theme().tokens.line)


class SampleLink(QWidget):
    """Offers to look around, in a process of its own: the real clinic stays as it is."""

    def __init__(
        self, folder: Path, parent: QWidget | None = None, start: Start | None = None
    ) -> None:
        """`folder` is the real clinic's; in a sample's own nothing is offered."""
        super().__init__(parent)
        self._folder = folder
        self._start = start
        self.setObjectName("sample_offer")
        self.button = button_for(
            "look_around",
            _("Look around in a sample clinic"),
            self.open_sample,
            Look.LINK,
            self,
            height=28,
        )
        self._told = Label(tone="grey", parent=self)
        self._tell(_("Invented runners, apart from your own clinic; nothing to set up."))
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET, 4, INSET, 8)
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(self.button)
        line.addWidget(self._told)
        line.addStretch(1)
        self.setVisible(not is_sample(folder))

    def open_sample(self) -> None:
        """Start the program once more, on the sample clinic."""
        if not start_sample(self._folder, self._start):
            self._tell(_("It could not be started. The command `sample` opens it too."))
            return
        self.button.setEnabled(False)
        QTimer.singleShot(NOT_AGAIN_MS, self.button, lambda: self.button.setEnabled(True))
        self._tell(_("It opens in a window of its own; the first time that takes some seconds."))
        announce(self, self._told.text())

    def _tell(self, words: str) -> None:
        self._told.setText(words)


def command(folder: Path) -> tuple[str, tuple[str, ...]]:
    """The program and the arguments that open the sample clinic beside a real one's folder."""
    whole = bool(getattr(sys, "frozen", False))  # a bundle is the program itself
    module = () if whole else ("-m", "clinic_desktop")
    return sys.executable, (*module, "--profile", str(folder), "sample")


def start_sample(folder: Path, start: Start | None = None) -> bool:
    """Open the sample clinic beside a real one; False where that could not be started."""
    return (start or _start_detached)(*command(folder))


def _start_detached(program: str, arguments: Sequence[str]) -> bool:
    from PySide6.QtCore import QProcess  # only here: the entrance stands sooner

    started, _process = QProcess.startDetached(program, list(arguments), "")
    return bool(started)
