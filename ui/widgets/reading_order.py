"""Tab through a page as it is read: pane by pane, whatever was made first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import attrgetter

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override


class ReadInOrder(QWidget):
    """A page of panes, by their names. Qt's own order is that in which widgets were made, and panes
    make theirs anew whenever a line comes or goes."""

    reading = (
        "banner", "rail", "tabs", "older", "note", "pages", "retest", "panel.head", "panel.stack",
        "panel.bar",
    )  # fmt: skip
    """The parts in the order of reading; each widget belongs to the first that holds it."""
    from_the_top = ("banner", "rail", "note")
    """Panes whose stops are read from top to foot; in the others Qt's order is the right one."""

    def _pane(self, name: str) -> QWidget:
        found: QWidget = attrgetter(name)(self)
        return found

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        focus = QApplication.focusWidget()
        stops = self.stops()
        if focus not in stops:
            return super().focusNextPrevChild(next)
        step = 1 if next else -1
        target = stops[(stops.index(focus) + step) % len(stops)]
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        return True

    def stops(self) -> list[QWidget]:
        """Everything in the window that Tab leads to, the page's panes first."""
        panes, window = [self._pane(name) for name in self.reading], self.window()
        found: list[list[QWidget]] = [[] for _pane in (*panes, window)]
        for widget in _chain(window):
            place = next((n for n, pane in enumerate(panes) if _holds(pane, widget)), len(panes))
            found[place].append(widget)
        for name, pane, stops in zip(self.reading, panes, found, strict=False):
            if name in self.from_the_top:
                stops.sort(key=partial(_place, pane))
        return [widget for pane in found for widget in pane]


def _place(pane: QWidget, widget: QWidget) -> tuple[int, int]:
    at = widget.mapTo(pane, QPoint(0, 0))
    return at.y(), at.x()


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return widget is pane or pane.isAncestorOf(widget)


def _chain(window: QWidget) -> Iterator[QWidget]:
    """What Tab can lead to, in Qt's order."""
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        wanted = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if wanted and widget.isVisible() and widget.isEnabled():
            yield widget
        widget = widget.nextInFocusChain()
