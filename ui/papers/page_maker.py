"""Draws papers beside the window: typing goes on while a page is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from clinic_desktop.domain.errors import ChartError
from ui.work.worker import Worker

from .page_view import SHARPNESS
from .pdf_pages import page_images, page_texts
from .sheet import Job, Sheet


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
def paper_maker() -> Worker:
    """One thread for all papers, and for what is printed of them."""
    return Worker("papers")


class PageMaker(QObject):
    """Makes the paper that was asked for last; what is overtaken is not shown."""

    made = Signal(object)
    """A Drawn."""
    failed = Signal(str)
    """Why there is none, in words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self._wanted: Job | None = None
        self._dropped = False

    @property
    def busy(self) -> bool:
        """Whether a paper is still to come."""
        return self._wanted is not None or (self._running and not self._dropped)

    def start(self, job: Job) -> None:
        """Make this one next."""
        self._wanted = job
        if not self._running:
            self._begin()

    def drop(self) -> None:
        """Forget what was asked for."""
        self._wanted = None
        self._dropped = True

    def _begin(self) -> None:
        job, self._wanted = self._wanted, None
        assert job is not None
        self._running, self._dropped = True, False
        paper_maker().run(lambda: draw(job), self._on_drawn)

    def _on_drawn(self, result: Callable[[], Drawn]) -> None:
        self._running = False
        if self._wanted is not None:
            self._begin()
            return
        if self._dropped:
            return
        try:
            made = result()
        except ChartError as problem:
            self.failed.emit(str(problem))
        else:
            self.made.emit(made)
