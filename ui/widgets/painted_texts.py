"""Every text that a widget paints, with its place and its room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPaintDevice, QPaintEngine, QRegion, QTextItem
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_Metric = QPaintDevice.PaintDeviceMetric
_DOTS = 96


@dataclass(frozen=True, slots=True)
class PaintedText:
    """A piece of text of one line as it was painted."""

    text: str
    place: QRectF
    """In px of the window."""
    room: QRect
    """Where its widget may paint."""
    widget: QWidget
    """The innermost widget at its place."""


def painted_texts(widget: QWidget, *, alone: bool = False) -> list[PaintedText]:
    """What a widget paints outside pictures, with its children or alone."""
    device = _Listener(widget.size().width(), widget.size().height())
    flags = QWidget.RenderFlag(0) if alone else QWidget.RenderFlag.DrawChildren
    widget.render(device, QPoint(), QRegion(), flags)
    return [
        PaintedText(text, place, room, _under(widget, place.center().toPoint()))
        for text, place, room in device.heard()
    ]


def _under(root: QWidget, at: QPoint) -> QWidget:
    found = root.childAt(at)
    return found if isinstance(found, QWidget) else root


class _Engine(QPaintEngine):
    """Listens to texts and paints nothing."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.found: list[tuple[str, QRectF, QRect]] = []

    @override
    def drawTextItem(self, at: object, item: QTextItem) -> None:
        assert isinstance(at, QPointF)
        painter = self.painter()
        # Spaces at the end of a wrapped line hang over.
        shown = item.text().rstrip()
        wide = item.width() * len(shown) / max(len(item.text()), 1)
        if not shown:
            return
        place = QRectF(at.x(), at.y() - item.ascent(), wide, item.ascent() + item.descent())
        to_window = painter.deviceTransform()
        room = self.systemClip().boundingRect()
        if painter.hasClipping():
            clip = to_window.mapRect(painter.clipBoundingRect())
            room = room.intersected(clip.toAlignedRect())
        self.found.append((shown, to_window.mapRect(place), room))

    @override
    def begin(self, device: QPaintDevice) -> bool:
        self.setActive(True)
        return True

    @override
    def end(self) -> bool:
        self.setActive(False)
        return True

    @override
    def updateState(self, state: object) -> None:
        """Nothing to keep."""

    @override
    def drawPixmap(self, *drawn: object) -> None:
        """A picture holds no text of ours."""

    @override
    def drawImage(self, *drawn: object) -> None:
        """The same."""

    @override
    def drawPath(self, path: object) -> None:
        """No text."""

    @override
    def drawPolygon(self, *drawn: object) -> None:
        """No text."""

    @override
    def drawRects(self, *drawn: object) -> None:
        """No text."""

    @override
    def drawLines(self, *drawn: object) -> None:
        """No text."""

    @override
    def drawEllipse(self, *drawn: object) -> None:
        """No text."""

    @override
    def drawPoints(self, *drawn: object) -> None:
        """No text."""

    @override
    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User


class _Listener(QPaintDevice):
    """As large as a window, with dots as large as a screen's."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._engine = _Engine()
        self._metrics = {
            _Metric.PdmWidth: width,
            _Metric.PdmHeight: height,
            _Metric.PdmWidthMM: width * 25 // _DOTS,
            _Metric.PdmHeightMM: height * 25 // _DOTS,
            _Metric.PdmNumColors: 2**24,
            _Metric.PdmDepth: 32,
            _Metric.PdmDpiX: _DOTS,
            _Metric.PdmDpiY: _DOTS,
            _Metric.PdmPhysicalDpiX: _DOTS,
            _Metric.PdmPhysicalDpiY: _DOTS,
            _Metric.PdmDevicePixelRatio: 1,
            _Metric.PdmDevicePixelRatioScaled: int(QPaintDevice.devicePixelRatioFScale()),
        }

    @override
    def paintEngine(self) -> QPaintEngine:
        return self._engine

    @override
    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(metric, 0)

    def heard(self) -> Iterator[tuple[str, QRectF, QRect]]:
        """Each text with its place and its room."""
        yield from self._engine.found
