"""Draws a drawing list on screen, just as paper has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clinic_desktop.domain.figures.drawing import Curve, Drawing, Label, Path, Subpath
from clinic_desktop.domain.figures.fitting import Fit, fit, label_box, leader
from clinic_desktop.domain.figures.palette import PALETTE, Token
from ui.style import theme
from ui.tokens import FIGURES_ON_DARK, PAPER_ON_DARK
from ui.typeface import CAPTION, font

_LEAST_LINE: Final = 0.9
"""No outline is thinner than this, in px."""


Colors = Callable[[Token], QColor]
"""The colour of each use."""


def _color(token: Token) -> QColor:
    return QColor(PALETTE[token])


def chart_color(token: Token) -> QColor:
    """The colours of the body chart in the scheme now shown."""
    if theme().dark and token in FIGURES_ON_DARK:
        return FIGURES_ON_DARK[token]
    return _color(token)


def paper_color(token: Token) -> QColor:
    """The colours of a drawing on its piece of paper, which does not dazzle on a dark ground."""
    if token is Token.WHITE and theme().dark:
        return PAPER_ON_DARK
    return _color(token)


def fit_figure(drawing: Drawing, rect: QRectF) -> Fit:
    """Where a drawing lies in a rectangle, its words in the caption's size."""
    return fit(
        drawing,
        rect.width(),
        rect.height(),
        lambda label: QFontMetricsF(font(CAPTION, label.bold)).horizontalAdvance(label.text),
        CAPTION,
        least_line=_LEAST_LINE,
    )


def paint_figure(
    painter: QPainter,
    drawing: Drawing,
    rect: QRectF,
    colors: Colors = _color,
) -> None:
    """Paint a drawing as large as a rectangle allows, centred, its words in the caption's size."""
    placed = fit_figure(drawing, rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # From here on y runs down, as everywhere in Qt.
    painter.translate(rect.left(), rect.bottom())
    paint_paths(painter, (m for m in drawing.marks if isinstance(m, Path)), placed, colors)
    for label in placed.labels(drawing):
        _paint_label(painter, label, placed, colors)
    painter.restore()


def paint_paths(painter: QPainter, paths: Iterable[Path], placed: Fit, colors: Colors) -> None:
    """Paint paths of a drawing; the painter stands at the lower left corner of its rectangle."""
    for path in paths:
        _paint_path(painter, path, placed, colors)


def _at(placed: Fit, x: float, y: float) -> QPointF:
    return QPointF(placed.left + x * placed.scale, -placed.bottom - y * placed.scale)


def _paint_path(painter: QPainter, mark: Path, placed: Fit, colors: Colors) -> None:
    traced = traced_runs(mark.runs, placed)
    if mark.fill is not None:
        painter.setBrush(colors(mark.fill))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark.stroke is not None:
        pen = QPen(colors(mark.stroke), placed.weight(mark))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if mark.dash:
            pen.setDashPattern(list(mark.dash))
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPath(traced)


def traced_runs(runs: Iterable[Subpath], placed: Fit) -> QPainterPath:
    """Runs of a drawing as Qt has them, from the lower left corner of their rectangle."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    # Thousands of points: plain numbers cost half of what points of Qt's do.
    left, foot, scale = placed.left, -placed.bottom, placed.scale
    for run in runs:
        x, y = run.start
        path.moveTo(left + x * scale, foot - y * scale)
        for step in run.steps:
            x, y = step.end
            if isinstance(step, Curve):
                (x1, y1), (x2, y2) = step.first, step.second
                path.cubicTo(
                    left + x1 * scale, foot - y1 * scale,
                    left + x2 * scale, foot - y2 * scale,
                    left + x * scale, foot - y * scale,
                )  # fmt: skip
            else:
                path.lineTo(left + x * scale, foot - y * scale)
        if run.closed:
            path.closeSubpath()
    return path


def _paint_label(painter: QPainter, label: Label, placed: Fit, colors: Colors) -> None:
    used = font(CAPTION, label.bold)
    measured = QFontMetricsF(used)
    width = measured.horizontalAdvance(label.text)
    for path in leader(label, width, placed, CAPTION):
        _paint_path(painter, path, placed, colors)
    box = label_box(label, width, placed.scale, CAPTION)
    at = _at(placed, box.left, (box.bottom + box.top) / 2)
    painter.setFont(used)
    painter.setPen(colors(label.token))
    painter.drawText(QPointF(at.x(), at.y() + measured.capHeight() / 2), label.text)


class FigureView(QWidget):
    """A drawing on its paper, as it prints; those who do not see it hear its description."""

    def __init__(self, drawing: Drawing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_drawing(drawing)

    @property
    def drawing(self) -> Drawing:
        """What is shown."""
        return self._drawing

    def show_drawing(self, drawing: Drawing) -> None:
        """Show another drawing."""
        self._drawing = drawing
        self.setAccessibleName(drawing.description)
        self.setToolTip(drawing.description)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """As high as a drawing is on the sheet."""
        bounds = self._drawing.bounds
        return QSize(round(180 * bounds.width / bounds.height), 180)

    @override
    def minimumSizeHint(self) -> QSize:
        """The least at which a pose can still be told."""
        return QSize(96, 96)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing on its paper."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), paper_color(Token.WHITE))
        box = QRectF(self.rect()).adjusted(6, 6, -6, -6)
        paint_figure(painter, self._drawing, box, paper_color)
        painter.end()
