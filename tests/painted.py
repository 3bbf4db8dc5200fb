"""What a window really paints: each text, edge and mark with its colour and the ground under it.

Widgets are painted once more, each by itself, onto a paint device that writes down what it is told
to draw. Nothing here knows a list of pairs: what somebody paints tomorrow is seen tomorrow.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from unittest.mock import patch

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPainterPath,
    QRegion,
    QTextItem,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.forms import segment_layout
from ui.widgets import drawing


@dataclass(frozen=True, slots=True)
class Painted:
    """A text, or a shape in one colour; `box` in px of the window."""

    widget: QWidget
    words: str
    """Empty for a shape."""
    box: QRectF
    color: QColor
    size: int = 0
    """Of a text, in px."""

    @property
    def place(self) -> str:
        """Where it is: the nearest name and the kind of widget."""
        named: QWidget | None = self.widget
        while named is not None and not named.objectName():
            named = named.parentWidget()
        name = named.objectName() if named else ""
        return f"{type(self.widget).__name__} in {name or 'window'}"


_ALIVE: Final[list[object]] = []
"""Devices and engines live until the program ends: Qt looks at one as it lets the other go."""


class _Writer(QPaintEngine):
    """Writes down what is drawn, in px of the device."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.texts: list[tuple[str, QRectF, QColor, int]] = []
        self.shapes: list[tuple[QRectF, QColor]] = []

    @override
    def begin(self, device: QPaintDevice) -> bool:
        self.setActive(True)
        return True

    @override
    def end(self) -> bool:
        self.setActive(False)
        return True

    @override
    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    @override
    def updateState(self, state: QPaintEngineState) -> None:
        """The painter is asked when something is drawn."""

    # ------------------------------------------------------------------ texts
    @override
    def drawTextItem(self, at: Any, item: QTextItem) -> None:
        words, painter = item.text(), self.painter()
        if words.strip() and painter.pen().style() is not Qt.PenStyle.NoPen:
            box = QFontMetricsF(item.font()).tightBoundingRect(words).translated(at)
            if painter.hasClipping() and not _shows(painter, box):
                return
            place = painter.combinedTransform().mapRect(box)
            self.texts.append((words, place, painter.pen().color(), item.font().pixelSize()))

    # ------------------------------------------------------------------ shapes
    def _shape(self, box: QRectF, filled: bool = True) -> None:
        painter = self.painter()
        place = painter.combinedTransform().mapRect(box)
        pen, brush = painter.pen(), painter.brush()
        if pen.style() is not Qt.PenStyle.NoPen and pen.color().alpha() == 255:
            half = max(pen.widthF(), 1) / 2
            self.shapes.append((place.adjusted(-half, -half, half, half), pen.color()))
        elif filled and brush.style() is not Qt.BrushStyle.NoBrush and brush.color().alpha() == 255:
            self.shapes.append((place, brush.color()))

    @override
    def drawPath(self, path: QPainterPath) -> None:
        self._shape(path.boundingRect())

    @override
    def drawPolygon(self, points: Any, mode: Any = None, *_more: Any) -> None:
        xs, ys = [p.x() for p in points], [p.y() for p in points]
        box = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        self._shape(box, mode is not QPaintEngine.PolygonDrawMode.PolylineMode)

    @override
    def drawRects(self, rects: Any, *_count: Any) -> None:
        for rect in rects if isinstance(rects, list | tuple) else [rects]:
            self._shape(QRectF(rect))

    @override
    def drawLines(self, lines: Any, *_count: Any) -> None:
        for line in lines if isinstance(lines, list | tuple) else [lines]:
            self._shape(QRectF(QPointF(line.p1()), QPointF(line.p2())).normalized(), False)

    @override
    def drawEllipse(self, rect: Any) -> None:
        self._shape(QRectF(rect))

    @override
    def drawPoints(self, points: Any, *_count: Any) -> None:
        """Points belong to a mark that is drawn as a shape too."""

    # ------------------------------------------------------------------ pictures
    @override
    def drawImage(self, at: Any, image: QImage, *_more: Any, **_flags: Any) -> None:
        kept = _Kept.of(image)
        if kept is not None:
            corner = self.painter().combinedTransform().map(at.topLeft())
            for words, box, color, size in kept.texts:
                self.texts.append((words, box.translated(corner), color, size))
            for box, color in kept.shapes:
                self.shapes.append((box.translated(corner), color))

    @override
    def drawPixmap(self, at: Any, picture: Any, *_more: Any) -> None:
        """Pictures of papers and drawings are no part of the window's own colours."""

    @override
    def drawTiledPixmap(self, *_what: Any) -> None:
        """The same."""


def _shows(painter: QPainter, box: QRectF) -> bool:
    """Whether the clip lets any of a text through; what is chosen is drawn in its own ink."""
    whole = box.toAlignedRect()
    shown = painter.clipRegion().intersected(QRegion(whole))
    parts: list[int] = [part.width() * part.height() for part in list(shown)]  # type: ignore[call-overload]
    return sum(parts) > 0.2 * whole.width() * whole.height()


class _Paper(QPaintDevice):
    """As large as a widget, and blank for ever."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._size = (width, height)
        self.writer = _Writer()

    @override
    def paintEngine(self) -> QPaintEngine:
        return self.writer

    @override
    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        metric = QPaintDevice.PaintDeviceMetric
        known = {
            metric.PdmWidth: self._size[0], metric.PdmHeight: self._size[1],
            metric.PdmDpiX: 96, metric.PdmDpiY: 96,
            metric.PdmPhysicalDpiX: 96, metric.PdmPhysicalDpiY: 96,
            metric.PdmDepth: 32, metric.PdmNumColors: 2**24, metric.PdmDevicePixelRatio: 1,
        }  # fmt: skip
        return known.get(which, 0x10000)


class _Kept(QImage):
    """In place of a picture that a control paints once and copies: it writes down its content."""

    all: Final[list[_Kept]] = []

    def __init__(self, _size: tuple[float, float], _ratio: float) -> None:
        super().__init__(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        self.writer = _Writer()
        _Kept.all.append(self)
        _ALIVE.append(self)

    @override
    def paintEngine(self) -> QPaintEngine:
        return self.writer

    @classmethod
    def of(cls, image: QImage) -> _Writer | None:
        """What was written of a picture; None for any other."""
        key = image.cacheKey()
        return next((kept.writer for kept in cls.all if kept.cacheKey() == key), None)


@contextmanager
def seen_through() -> Iterator[None]:
    """Controls that copy pictures of themselves are written down too."""
    caches = (drawing._frame_picture, segment_layout.picture_of)  # noqa: SLF001 - emptied, no more
    for cache in caches:
        cache.cache_clear()
    with (
        patch.object(drawing, "blank_picture", _Kept),
        patch.object(segment_layout, "blank_picture", _Kept),
    ):
        gc.disable()  # what is drawn into must not be collected while Qt draws
        try:
            yield
        finally:
            gc.enable()
    for cache in caches:
        cache.cache_clear()
    _Kept.all.clear()


def painted(window: QWidget) -> tuple[list[Painted], list[Painted]]:
    """Texts and shapes of a window and of everything visible in it."""
    texts: list[Painted] = []
    shapes: list[Painted] = []
    with seen_through():
        for widget in (window, *window.findChildren(QWidget)):
            if not widget.isVisible() or widget.visibleRegion().isEmpty():
                continue
            paper = _Paper(widget.width(), widget.height())
            _ALIVE.append(paper)
            widget.render(paper, QPoint(), QRegion(), QWidget.RenderFlag(0))
            corner = QPointF(widget.mapTo(window, QPoint()))
            for words, box, color, size in paper.writer.texts:
                texts.append(Painted(widget, words, box.translated(corner), color, size))
            for box, color in paper.writer.shapes:
                shapes.append(Painted(widget, "", box.translated(corner), color))
    return texts, shapes


def in_sight(what: Painted, window: QWidget) -> QRectF:
    """The part of it that is not covered or scrolled away, in px of the window."""
    corner = what.widget.mapTo(window, QPoint())
    region = what.widget.visibleRegion().translated(corner)
    return QRectF(region.intersected(QRegion(what.box.toAlignedRect())).boundingRect())


class Dots:
    """The picture of a window, to ask which colour most of some place has."""

    def __init__(self, image: QImage) -> None:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        self._ratio, self._width, self._height = (
            image.devicePixelRatio(), image.width(), image.height(),
        )  # fmt: skip
        self._dots = memoryview(bytes(image.constBits())).cast("I")

    def ground_of(self, box: QRectF) -> QColor:
        """The colour that most of a text's box has."""
        left, top, right, bottom = self._edges(box, 1)
        count: Counter[int] = Counter()
        for y in range(top, bottom):
            count.update(self._dots[y * self._width + left : y * self._width + right])
        return _commonest(count)

    def ground_around(self, box: QRectF, beyond: int) -> QColor:
        """The colour that most dots have which lie so far outside a shape's box, in px."""
        left, top, right, bottom = self._edges(box, beyond)
        count: Counter[int] = Counter()
        for y in (top, bottom - 1):
            count.update(self._dots[y * self._width + left : y * self._width + right])
        for x in (left, right - 1):
            count.update(self._dots[y * self._width + x] for y in range(top, bottom))
        return _commonest(count)

    def _edges(self, box: QRectF, beyond: int) -> tuple[int, int, int, int]:
        box = QRectF(box.toAlignedRect()).adjusted(-beyond, -beyond, beyond, beyond)
        ratio = self._ratio
        return (
            max(0, round(box.left() * ratio)),
            max(0, round(box.top() * ratio)),
            min(self._width, round(box.right() * ratio)),
            min(self._height, round(box.bottom() * ratio)),
        )


def _commonest(count: Counter[int]) -> QColor:
    return QColor.fromRgb(count.most_common(1)[0][0]) if count else QColor()
