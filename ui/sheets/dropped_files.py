"""Files dropped on a window, wherever on it: a line to type in would take their names as text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class DroppedFiles(QObject):
    """Takes drags that hold a file of some kinds, before the widget under them does."""

    dropped = Signal(object)
    """The paths, as they were dropped."""

    def __init__(self, window: QWidget, suffixes: tuple[str, ...]) -> None:
        super().__init__(window)
        self._window, self._suffixes = window, suffixes
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window and kind is QEvent.Type.Show:
            handle = self._window.windowHandle()
            if handle is not None:  # all drags pass it before they find a widget
                handle.installEventFilter(self)
        elif kind in _DRAGS and isinstance(event, QDropEvent):
            files = self._files(event)
            if files:
                event.acceptProposedAction()
                if kind is QEvent.Type.Drop:
                    self.dropped.emit(files)
                return True
        return super().eventFilter(watched, event)

    def _files(self, event: QDropEvent) -> tuple[Path, ...]:
        """What is dragged, where at least one file of these kinds is among it."""
        urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
        files = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        return files if any(file.suffix.lower() in self._suffixes for file in files) else ()
