"""Whether a control that has the keyboard shows it, in the scheme in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QWidget

from tests.contrasts import contrast
from tests.met_in_a_window import Fault, called, cover, stops
from ui import style
from ui.widgets.buttons import Button

LEAST_DIFFERENT: Final = 24
"""Pixels by which a control with the keyboard must differ from the same without it."""
LEAST_CARET: Final = 12
LEAST_CONTRAST: Final = 3.0
"""Of such a pixel to what it was before (WCAG 2.2, 2.4.13)."""
AROUND: Final = 12
"""px around a control in which its focus may be painted, by its frame or its list."""


@contextmanager
def dressed(scheme: style.Scheme) -> Iterator[None]:
    """The application in a scheme for as long as this lasts, and then as it was."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = style.scheme_of(app)
    style.apply(app, scheme)
    QApplication.processEvents()
    yield
    style.apply(app, before)


def one_of_each(window: QWidget) -> list[QWidget]:
    """Of the controls that Tab leads to, the first of each kind: what is painted alike in a scheme
    is alike."""
    kinds: dict[object, QWidget] = {}
    for widget in stops(window):
        look = widget.look() if isinstance(widget, Button) else None
        kinds.setdefault((type(widget), look), widget)
    return [*kinds.values()]


def unseen(window: QWidget, controls: Iterable[QWidget]) -> Iterator[Fault]:
    """Those whose focus does not show, or which stay out of sight when they have it."""
    for widget in controls:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if QApplication.focusWidget() is not widget or widget is cover(window):
            continue
        if not _in_sight(widget, window):
            yield Fault("out of sight", called(widget), "")
            continue
        with_it = _picture(widget, window)
        widget.clearFocus()
        QApplication.processEvents()
        without = _picture(widget, window)
        apart = _different(with_it, without)
        # Where one only reads, the caret alone says where.
        caret = isinstance(widget, QPlainTextEdit) and widget.isReadOnly()
        if apart < (LEAST_CARET if caret else LEAST_DIFFERENT):
            yield Fault("focus not shown", called(widget), f"{apart} px differ")


def _in_sight(widget: QWidget, window: QWidget) -> bool:
    """Whether a control, or as much of it as there is room for, is not hidden or cut."""
    seen = widget.visibleRegion().boundingRect()
    if isinstance(widget, QAbstractScrollArea):  # its viewport may cover all of it
        seen = seen.united(widget.viewport().visibleRegion().boundingRect())
    tall = min(widget.height(), 24)
    return seen.height() >= tall and seen.width() >= min(widget.width(), 24)


def _picture(widget: QWidget, window: QWidget) -> QImage:
    at = widget.mapTo(window, QPoint(0, 0)) - QPoint(AROUND, AROUND)
    size = widget.size() + QSize(2 * AROUND, 2 * AROUND)
    box = QRect(at, size).intersected(window.rect())
    return window.grab(box).toImage()


def _different(one: QImage, other: QImage) -> int:
    """How many pixels of two pictures can be told apart."""
    if one.size() != other.size():
        return LEAST_DIFFERENT
    pixels = (memoryview(bytes(image.constBits())).cast("I") for image in (one, other))
    pairs = Counter(zip(*pixels, strict=True))
    return sum(times for pair, times in pairs.items() if _stands_out(*pair))


@cache
def _stands_out(one: int, other: int) -> bool:
    return one != other and contrast(QColor(one), QColor(other)) >= LEAST_CONTRAST
