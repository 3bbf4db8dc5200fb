"""A try of a passphrase: it costs a quarter of a second on purpose, and the window lives on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from ui.widgets.buttons import Button

from .worker import locksmith


class Trying(QObject):
    """One at a time. The button says that it goes on; the lines keep what stands in them, and the
    keyboard."""

    def __init__(self, button: Button, words: str, lines: Sequence[QLineEdit]) -> None:
        """`words` stand on the button meanwhile."""
        super().__init__(button)
        self._button, self._words, self._lines = button, words, tuple(lines)
        self._usual = ""
        self._attempt = 0
        self._undo: Callable[[Any], object] | None = None
        self.busy = False
        """Whether one is under way."""
        for line in self._lines:
            line.installEventFilter(self)

    def start(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[ChartError], object],
        undo: Callable[[Any], object] | None = None,
    ) -> None:
        """Do it beside the window and tell what came of it. Where Esc may give it up, `undo` takes
        back what came of it all the same."""
        if self.busy:
            return
        self._attempt += 1
        self._undo = undo
        self._show(busy=True)
        attempt = self._attempt

        def ended(result: Callable[[], Any]) -> None:
            if attempt != self._attempt or not isValid(self):
                if undo is not None:
                    locksmith().run(lambda: undo(result()), lambda _undone: None)
                return
            self._show(busy=False)
            try:
                found = result()
            except ChartError as problem:
                failed(problem)
            else:
                then(found)

        locksmith().run(work, ended)

    def give_up(self) -> bool:
        """Wait for it no more; False where there is nothing to give up."""
        if not self.busy or self._undo is None:
            return False
        self._attempt += 1
        self._show(busy=False)
        return True

    def _show(self, *, busy: bool) -> None:
        if busy:
            self._usual = self._button.text()
        self.busy = busy
        for line in self._lines:
            line.setReadOnly(busy)
        self._button.setText(self._words if busy else self._usual)
        self._button.setEnabled(not busy)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.busy or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Escape or self._undo is None:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:  # ours, before any shortcut of the window
            event.accept()
            return True
        return event.type() is QEvent.Type.KeyPress and self.give_up()
