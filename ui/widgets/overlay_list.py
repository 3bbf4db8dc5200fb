"""A card over the page with a heading and a list of lines that can be read by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.style import theme
from ui.typeface import BODY, CAPTION, TITLE, baseline, elided, font, wrapped

from .card import KeyCap
from .card_list import INSET, CardList, RowDelegate, RowModel
from .labels import Label, Told
from .overlay import Overlay

LINE, BENEATH, ABOVE = 19, 18, 5
"""Heights of a line of what is said, of the line under it, and above the first, in px."""
MOST_LINES = 8


class SaidLines(RowDelegate):
    """A row of what is `said`, on as many lines as it needs, and smaller under it `beneath`."""

    def __init__(self, room: int, parent: QWidget) -> None:
        """`room` is the width for words, in px."""
        super().__init__(parent)
        self.room = room

    def lines(self, row: object) -> tuple[str, ...]:
        """What is said, line by line; what is longer than all of them ends in an ellipsis."""
        said = str(getattr(row, "said", ""))
        lines = [one for part in said.split("\n") for one in wrapped(part, self.room)] or [""]
        kept = lines[:MOST_LINES]
        if len(lines) > MOST_LINES:
            kept[-1] += "\N{HORIZONTAL ELLIPSIS}"
        return tuple(elided(line, self.room) for line in kept)

    @override
    def height_of(self, row: object) -> int:
        return ABOVE + LINE * len(self.lines(row)) + BENEATH + 4

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        shown, top = theme().tokens, float(box.top() + ABOVE)
        beneath = elided(str(getattr(row, "beneath", "")), self.room, CAPTION)
        tone = getattr(shown, getattr(row, "tone", "grey"))
        said = ((line, BODY, shown.ink, LINE) for line in self.lines(row))
        for words, size, color, high in (*said, (beneath, CAPTION, tone, BENEATH)):
            painter.setFont(font(size))
            painter.setPen(color)
            painter.drawText(QPointF(box.left() + INSET, top + baseline(high, size)), words)
            top += high


class OverlayList(Overlay):
    """Heading, what subclasses put between, and the list; Esc puts it away."""

    def __init__(self, name: str, width: int, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._wide = width
        self.heading = Label(size=TITLE, bold=True, parent=self.card)
        self.heading.setObjectName(f"{name}_heading")
        self.model = RowModel(self)
        self.lines = SaidLines(width - 2 * INSET, self)
        self.list = CardList(self.model, self.lines, self.card)
        self.list.setObjectName(f"{name}_rows")
        self.note = Told(CAPTION, tone="ink2", parent=self.card)
        self.note.setObjectName(f"{name}_note")
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 0, INSET, 0)
        head.addWidget(self.heading, 1)
        head.addWidget(KeyCap("Esc", self.closes_with(), self.card))
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(1, 12, 1, 12)
        self.column.setSpacing(8)
        self.column.addLayout(head)
        self.column.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setContentsMargins(INSET, 0, INSET, 0)
        foot.addWidget(self.note)
        self.column.addLayout(foot)

    def closes_with(self) -> str:
        """What Esc does here."""
        raise NotImplementedError

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.list,)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab would walk on behind the card.
        stops = self.stops()
        at = next((n for n, widget in enumerate(stops) if widget.hasFocus()), -1)
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus()
        return True

    @override
    def place_card(self) -> None:
        width, room = min(self._wide, self.width() - 32), self.height() - 64
        self.card.setFixedWidth(width)
        if self.lines.room != width - 2 * INSET:
            self.lines.room = width - 2 * INSET
            self.model.layoutChanged.emit()
        high = min(room, self._wanted_height(width))
        self.card.setGeometry((self.width() - width) // 2, 32, width, high)
        self.update()

    def _wanted_height(self, width: int) -> int:
        beside = self.column.minimumHeightForWidth(width) - self.list.minimumSizeHint().height()
        return beside + max(self.list.content_height(), 1)
