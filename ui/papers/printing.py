"""Puts the pages of a sheet on paper."""

from __future__ import annotations

from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from .pdf_pages import page_images
from .sheet import Sheet

DOTS_PER_POINT = 300 / 72
"""300 dpi: sharp on any office printer, and a page still fits into memory many times."""

QUEUE_NAME = "Clinic Desktop"


def print_pages(printer: QPrinter, sheet: Sheet) -> bool:
    """Print each page of a sheet to the paper's edges; False where the printer takes nothing."""
    size = QPageSize.PageSizeId.A4 if sheet.paper == "a4" else QPageSize.PageSizeId.Letter
    printer.setPageSize(QPageSize(size))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    # All who use the printer see the names in its queue.
    printer.setDocName(QUEUE_NAME)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for place, image in enumerate(page_images(sheet.content, DOTS_PER_POINT)):
            if place and not printer.newPage():
                return False
            painter.drawImage(painter.viewport(), image)
    finally:
        painter.end()
    return True
