"""Says what does not fit in the windows at the scale that the environment asks for.

`python -m tests.fitting SCENES WIDTHxHEIGHT...` prints a line for each text that is cut off by its
own widget or covered by another, and for two texts that lie over one another; nothing where all is
well. It is a program of its own because Qt takes the scale (`QT_SCALE_FACTOR`) as it starts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, qInstallMessageHandler
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from clinic_desktop.commands.terminal import say
from tests.painted import Painted, in_sight, painted
from tests.pictures.all_scenes import named
from tests.pictures.scene import Scene
from tests.pictures.stage import Stage
from tests.pictures.taking import View, photographed, play_scenes
from ui import style
from ui.forms.base import Input
from ui.forms.texts import TextInput
from ui.style import Scheme
from ui.tokens import RING
from ui.widgets.buttons import Button
from ui.widgets.framed_line import FramedLine
from ui.widgets.overlay import Overlay

SLACK: Final = 1.0
"""Px by which the ink of a letter may pass its widget's edge: no letter is lost by that."""
TOUCH: Final = 2.0
"""Px by which the boxes of two texts may meet: what is measured is rounded outwards."""


def faults_of(window: QWidget) -> Iterator[str]:
    """What is cut off, covered, or lies over something else, in words."""
    texts = [text for text in painted(window)[0] if _counts(text, window)]
    shown = [(text, in_sight(text, window)) for text in texts]
    for text, part in shown:
        own = QRectF(text.widget.rect()).translated(_corner(text, window))
        if isinstance(text.widget.parent(), QAbstractScrollArea):  # its rows scroll up and down
            own.adjust(0, -own.height(), 0, own.height())
        if not _holds(own, text.box):
            yield f"cut off by its own widget: {text.words!r} ({text.place})"
        elif not (part.isEmpty() or _scrolls(text.widget) or _holds(part, text.box)):
            yield f"covered in part: {text.words!r} ({text.place})"
    whole = [(text, part) for text, part in shown if not part.isEmpty()]
    yield from _over_fields(whole, window)
    for number, (text, part) in enumerate(whole):
        for other, its in whole[number + 1 :]:
            if _meet(part, its):
                yield f"{text.words!r} lies over {other.words!r} ({text.place}, {other.place})"


def _over_fields(whole: list[tuple[Painted, QRectF]], window: QWidget) -> Iterator[str]:
    """Words of something else that reach into a control."""
    for field in _fields(window):
        place = _place_of(field, window)
        for text, part in whole:
            apart = field is not text.widget and not field.isAncestorOf(text.widget)
            if apart and _meet(part, place):
                yield f"{text.words!r} lies over a field ({text.place}, {field.objectName()})"


def _meet(one: QRectF, other: QRectF) -> bool:
    over = one.intersected(other)
    return over.width() > TOUCH and over.height() > TOUCH


def _fields(window: QWidget) -> list[QWidget]:
    """What takes keys and has a frame of its own."""
    kinds = (Input, TextInput, FramedLine, Button)
    found = [w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    return [field for field in found if _in_use(field, window)]


def _place_of(field: QWidget, window: QWidget) -> QRectF:
    """As much of a control, without the room of its ring, as is in sight."""
    corner = field.mapTo(window, QPoint())
    seen = field.visibleRegion().boundingRect().translated(corner)
    place = QRectF(seen).adjusted(RING, RING, -RING, -RING)
    return place if place.isValid() else QRectF()  # scrolled out of sight, but for its ring


def _holds(room: QRectF, box: QRectF) -> bool:
    return room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(box)


def _corner(text: Painted, window: QWidget) -> QPointF:
    return QPointF(text.widget.mapTo(window, QPoint()))


def _counts(text: Painted, window: QWidget) -> bool:
    """Typed text scrolls in its field."""
    field = text.widget.parent() if not isinstance(text.widget, QLineEdit) else text.widget
    return _in_use(text.widget, window) and not isinstance(field, QLineEdit | QPlainTextEdit)


def _in_use(widget: QWidget, window: QWidget) -> bool:
    """What lies behind an overlay is out of use."""
    over = next((w for w in window.findChildren(Overlay) if w.isVisible()), None)
    return over is None or over.isAncestorOf(widget)


def _scrolls(widget: QWidget) -> bool:
    """Whether it can be brought into sight by scrolling."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea | QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def main(scenes: str, *sizes: str) -> int:
    """Look at the scenes in each size; gives 1 where something does not fit."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(lambda *_said: None)
    app = style.application(sys.argv)
    measures = [tuple(map(int, size.split("x"))) for size in sizes]
    views = [View(Scheme.LIGHT, (width, height)) for width, height in measures]
    found: list[str] = []

    def look(scene: Scene, stage: Stage) -> None:
        for view, _image in photographed(stage, views):
            found.extend(f"{scene.name} {view.name}: {fault}" for fault in faults_of(stage.shown))

    play_scenes(named(scenes.split(",")), look, Scheme.LIGHT)
    app.quit()
    for fault in found:
        say(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
