"""Draws papers beside the window: typing goes on while a page is made."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from clinic_desktop.domain.errors import ChartError

from .page_view import SHARPNESS
from .pdf_pages import page_images, page_texts
from .sheet import Job, Sheet

LOOK_MS: Final = 15
"""How often the window looks whether a page is ready."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as bytes, as pictures and as words."""

    sheet: Sheet
    images: tuple[QImage, ...]
    words: str


def draw(job: Job) -> Drawn:
    """Make a paper and its pictures. Raises ChartError."""
    return drawn(job.made())


def drawn(sheet: Sheet) -> Drawn:
    """The pictures and words of a paper that there is already."""
    return Drawn(sheet, page_images(sheet.content, SHARPNESS), "\n".join(page_texts(sheet.content)))


@cache
def _worker() -> ThreadPoolExecutor:
    """One thread for all papers; it touches no widget, and the window asks it for what is done."""
    return ThreadPoolExecutor(1, thread_name_prefix="papers")


class PageMaker(QObject):
    """Makes the paper that was asked for last; what is overtaken is not shown."""

    made = Signal(object)
    """A Drawn."""
    failed = Signal(str)
    """Why there is none, in words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: Future[Drawn] | None = None
        self._wanted: Job | None = None
        self._dropped = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @property
    def busy(self) -> bool:
        """Whether a paper is still to come."""
        return self._wanted is not None or (self._running is not None and not self._dropped)

    def start(self, job: Job) -> None:
        """Make this one next."""
        self._wanted = job
        if self._running is None:
            self._begin()

    def drop(self) -> None:
        """Forget what was asked for."""
        self._wanted = None
        self._dropped = True

    def _begin(self) -> None:
        assert self._wanted is not None
        self._running = _worker().submit(draw, self._wanted)
        self._wanted, self._dropped = None, False
        self._look.start()

    def _on_look(self) -> None:
        running = self._running
        if running is None or not running.done():
            return
        self._running = None
        if self._wanted is not None:
            self._begin()
            return
        self._look.stop()
        if self._dropped:
            return
        try:
            result = running.result()
        except ChartError as problem:
            self.failed.emit(str(problem))
        else:
            self.made.emit(result)
