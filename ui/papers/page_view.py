"""The pages of a paper below each other, as wide as the window allows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.style import theme
from ui.widgets.scrolling import SlimScrollArea

MOST_WIDTH: Final = 860
"""A page is not drawn wider than this, in px: larger than paper helps nobody."""
GAP: Final = 24
SHARPNESS: Final = 2.0
"""Dots a point when a page is rendered; then it is scaled to the window."""


class Pages(QWidget):
    """Paints page pictures that were made elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.images: tuple[QImage, ...] = ()

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show other pages."""
        self.images = images
        self._fit()
        self.update()

    def _width(self) -> int:
        return max(200, min(MOST_WIDTH, self.width() - 2 * GAP))

    def _boxes(self) -> list[QRect]:
        boxes, top, width = [], GAP, self._width()
        for image in self.images:
            height = round(width * image.height() / max(1, image.width()))
            boxes.append(QRect((self.width() - width) // 2, top, width, height))
            top += height + GAP
        return boxes

    def _fit(self) -> None:
        boxes = self._boxes()
        self.setMinimumHeight(boxes[-1].bottom() + GAP if boxes else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(MOST_WIDTH, self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(theme().tokens.edge, 1))
        for box, image in zip(self._boxes(), self.images, strict=True):
            if box.intersects(event.rect()):
                painter.drawImage(box, image)
                painter.drawRect(box.adjusted(-1, -1, 0, 0))


class PageView(SlimScrollArea):
    """Scrolls through the pages. Other pages of the same paper leave the place as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.Window, parent)
        self.pages = Pages()
        self.setWidget(self.pages)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show other pages at the same place."""
        self.pages.show_pages(images)
