"""One window for one clinic: a second start raises the first and ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, Signal

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.words.translation import _

if TYPE_CHECKING:
    # Imported when a window stands, or when there is one to raise: it brings a network's libraries.
    from PySide6.QtNetwork import QLocalServer

LOCK_NAME: Final = "window.lock"
ANSWER_MS: Final = 1000
PAUSE: Final = 0.05
"""Seconds between two tries to reach a window that is just being opened."""


class OnlyWindow(QObject):
    """Holds the place of the one window of a clinic's folder."""

    raise_asked = Signal()
    """Somebody started the program again."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / LOCK_NAME))
        # Never stale by its age: a window may be open for days.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self.answered = True
        """Whether whoever has the place came to the front when asked."""

    def take(self) -> bool:
        """Become the one window; where there is one, ask it to come to the front and give False.

        A lock that a crash or a full disk left empty is nobody's: whoever answers on the socket has
        the window, and where nobody does the lock is taken over. One that a living process holds
        cannot be: its window is being opened, and answers in a moment.
        """
        if self._lock.tryLock(0):
            return True
        if self._asked_to_raise():
            return False
        self._lock.removeStaleLockFile()
        if self._lock.tryLock(0):
            return True
        last = monotonic() + ANSWER_MS / 1000
        while not self._asked_to_raise():
            if monotonic() >= last:
                self.answered = False
                return False
            sleep(PAUSE)
        return False

    def listen(self) -> None:
        """From now on come to the front when somebody starts the program again."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(self._name)

    @cached_property
    def _name(self) -> str:
        """Where whoever has the window is called."""
        from hashlib import sha256

        return f"clinic-desktop-{sha256(str(self._folder.resolve()).encode()).hexdigest()[:24]}"

    def leave(self) -> None:
        """Give the place free."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _asked_to_raise(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(ANSWER_MS)
        socket.disconnectFromServer()
        return reached

    def _on_connection(self) -> None:
        assert self._server is not None
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.deleteLater()
        self.raise_asked.emit()


@contextmanager
def no_window(folder: Path) -> Iterator[None]:
    """For as long as a record is being replaced: the place of its one window is taken, and nobody
    opens one. Raises RecordUnavailable where one is open; it comes to the front."""
    place = OnlyWindow(folder)
    if not place.take():
        raise RecordUnavailable(
            _("The window of Clinic Desktop is open on this clinic. Please close it first.")
        )
    try:
        yield
    finally:
        place.leave()
