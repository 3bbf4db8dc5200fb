"""A column of lists that share its height: short ones are whole, long ones scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.tokens import RING

from .card_list import CardList

LEAST = 48
"""Of a list, in px: one row."""
SLACK = 8


class ListColumn(QWidget):
    """Lays parts below each other and gives the lists among them what height there is; the rings of
    controls have room at the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(RING, 0, 0, 0)
        self.column.setSpacing(8)
        self._lists: tuple[CardList, ...] = ()

    def share_between(self, lists: Sequence[CardList]) -> None:
        """Say which lists share the height; their parts are in the column already."""
        self._lists = tuple(lists)

    def share(self) -> None:
        """Give each list its whole height, or its share where the column is too short for all."""
        shown = [one for one in self._lists if not one.isHidden() and one.rows]
        self.column.invalidate()
        beside = self.column.minimumSize().height() - sum(map(_least, shown))
        wanted = [one.content_height() for one in shown]
        room = self.height() - beside
        given = wanted if sum(wanted) <= room else shares(wanted, room)
        for one, high in zip(shown, given, strict=True):
            if (one.minimumHeight(), one.maximumHeight()) != (high, high):
                one.setFixedHeight(high)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()


def shares(wanted: Sequence[int], room: int) -> tuple[int, ...]:
    """So much of a room for each: what is small is given whole, the rest is split evenly."""
    given = [0] * len(wanted)
    left, places = room, sorted(range(len(wanted)), key=wanted.__getitem__)
    for done, place in enumerate(places):
        fair = max(LEAST, left // (len(wanted) - done))
        # A few pixels more spare a bar that would scroll by nothing.
        given[place] = wanted[place] if wanted[place] <= fair + SLACK else fair
        left -= given[place]
    return tuple(given)


def _least(one: CardList) -> int:
    """What the layout reckons with for a list, in px."""
    return one.minimumHeight() or one.minimumSizeHint().height()
