"""What was shortened for want of room stands whole in a tooltip, wherever it was painted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from ui.typeface import in_full

from .painted_texts import painted_texts

ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


class WholeTexts(QObject):
    """Answers in a window where a tooltip is asked for and no widget there has one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The question comes up from the widget under the pointer until somebody answers it.
        if watched is not self._window or not isinstance(event, QHelpEvent):
            return False
        under = self._window.childAt(event.pos())
        while under is not None and under is not self._window:
            at = under.mapFrom(self._window, event.pos())
            if words := whole_at(under, QPointF(at)):
                QToolTip.showText(event.globalPos(), words, under)
                return True
            under = under.parentWidget()
        return False


def whole_at(widget: QWidget, at: QPointF) -> str:
    """The whole of a shortened text at a place of a widget; empty where there is none."""
    shortened = shortened_texts(widget)
    under = (whole for painted, whole in shortened if painted.contains(at))
    return next(under, "")


def shortened_texts(widget: QWidget) -> list[tuple[QRectF, str]]:
    """Where a widget shows shortened texts, and each in full.

    It is painted once as it is and once in full, so nothing of it has to be kept.
    """
    shown = painted_texts(widget, alone=True)
    with in_full():
        whole = painted_texts(widget, alone=True)
    found = []
    for short in shown:
        if not short.text.endswith(ELLIPSIS):
            continue
        begins = short.text.removesuffix(ELLIPSIS).rstrip()
        longer = (
            one.text
            for one in whole
            if one.place.top() == short.place.top()
            # With room for the ellipsis alone, what begins at its place is what it stands for.
            and (one.text.startswith(begins) if begins else one.place.left() == short.place.left())
            and one.text != short.text
        )
        found += [(short.place, text) for text in longer][:1]
    return found
