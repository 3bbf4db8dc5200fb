"""What the system asks of the program as it ends: a signal, the end of the session."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication

from .reception import Reception

SIGNALS: Final = ("SIGTERM", "SIGINT", "SIGHUP")


class Leaving(QObject):
    """Has the reception save and close what is open; asks nobody anything."""

    def __init__(self, reception: Reception) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        super().__init__(app)
        self._reception = reception
        # Before Qt goes on with the end of the session, which somebody may still call off.
        app.commitDataRequest.connect(
            lambda _session: self.on_session_end(), Qt.ConnectionType.DirectConnection
        )
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        # A signal is handled between two lines of Python; a window that rests runs none.
        self._before = signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        self._handlers = {
            number: signal.signal(number, lambda *_: None)
            for name in SIGNALS
            if (number := getattr(signal, name, None)) is not None
        }
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def on_session_end(self) -> None:
        """Save and lock; where the end is called off, whoever comes back signs in again."""
        self._reception.lock()

    def _on_signal(self) -> None:
        with suppress(BlockingIOError):
            self._heard.recv(64)
        self._reception.leave()

    def close(self) -> None:
        """Leave signals to whoever had them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._heard.close()
        self._told.close()
