"""Takes pictures of the window and of printed pages, and says which files it wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.words.translation import _
from ui.papers.pdf_pages import page_images

SHARPNESS: Final = 2.0
"""Dots a point in the pictures of printed pages."""


class Camera:
    """Stands before one window; each picture is a PNG file in one folder."""

    def __init__(self, window: QWidget, folder: Path, wrote: Callable[[Path], None]) -> None:
        self._window = window
        self._folder = folder
        self._wrote = wrote

    def shoot(self, name: str, *sizes: tuple[int, int]) -> None:
        """Picture the window in each of the sizes; afterwards it is as large as before."""
        usual = self._window.size()
        for width, height in sizes:
            self._window.resize(width, height)
            QApplication.processEvents()
            image = self._window.grab().toImage()
            self._keep(image, f"{name}-{width}x{height}.png")
        self._window.resize(usual)
        QApplication.processEvents()

    def shoot_pages(self, pdf: Path) -> None:
        """Picture each page of a PDF beside it."""
        for place, image in enumerate(page_images(pdf.read_bytes(), SHARPNESS), 1):
            self._keep(image, f"{pdf.stem}-page-{place}.png")

    def _keep(self, image: QImage, name: str) -> None:
        path = self._folder / name
        if not image.save(str(path)):
            raise ChartError(_("{path}: could not be written").format(path=path))
        self._wrote(path)
