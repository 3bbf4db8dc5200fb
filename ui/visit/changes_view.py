"""What changed since last time as one list: each line goes to its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.changes import Turn, changes_of
from clinic_desktop.services.course.change_words import ToldChange, told_changes, turn_words
from clinic_desktop.services.words.dates import day_and_month
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import HEADS, INSET, LABEL_X, Tokens
from ui.typeface import BODY, CAPTION, HEADING, draw_text, elided, text_width
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.card_list import CardList, RowDelegate, RowModel
from ui.widgets.marks import draw_arrow, draw_chevron, draw_tick, draw_warning

_ROW, _HEAD, _FOLDED = 30, 36, 32
_VALUES_X, _DETAIL_X = 300, 520
FOLDED = (Turn.SAME,)
"""Kinds that are told by their number until they are opened."""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The heading over the changes of one kind; a folded kind opens by it."""

    turn: Turn
    count: int
    folds: bool = False
    opened: bool = False

    @property
    def can_open(self) -> bool:
        """Whether Return does something here."""
        return self.folds

    @property
    def spoken(self) -> str:
        """The heading as text."""
        said = f"{turn_words(self.turn)}: {self.count}"
        if not self.folds:
            return said
        return (
            _("{said}, open").format(said=said)
            if self.opened
            else _("{said}, folded").format(said=said)
        )


@dataclass(frozen=True, slots=True)
class LineRow:
    """One change."""

    told: ToldChange
    can_open: bool = True

    @property
    def spoken(self) -> str:
        """The change as a sentence, with which way it went."""
        return f"{turn_words(self.told.turn)}: {self.told.spoken}"


@dataclass(frozen=True, slots=True)
class NothingRow:
    """Stands where there is nothing to tell."""

    spoken: str
    can_open: bool = False


class ChangesView(QWidget):
    """In place of the form; one key brings it, the same key or Esc takes it away."""

    followed = Signal(object)
    """The key of the field that a line is about."""

    def __init__(self, model: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("since_last_time")
        self.setAccessibleName(_("What changed since last time"))
        self._model = model
        self._opened: frozenset[Turn] = frozenset()
        self._shown: object = None
        self.list = CardList(RowModel(self), ChangeDelegate(self), self)
        self.list.setObjectName("changes")
        self.list.setAccessibleName(_("What changed since last time"))
        self.list.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, HEADS, 0, 0)
        column.addWidget(self.list)
        column.addStretch(1)
        model.changed.connect(self._on_changed)

    def carried(self) -> object:
        """Which kinds are opened."""
        return self._opened

    def take_carried(self, state: object) -> None:
        """Open the same kinds."""
        assert isinstance(state, frozenset)
        if state != self._opened:
            self._opened = state
            self.show_changes()

    def show_changes(self) -> None:
        """Show what has changed up to now."""
        model = self._model
        case = model.editor.case
        changes = changes_of(case, model.catalogue, model.bands())
        told = told_changes(changes, case, model.catalogue, model.text)
        current = self.list.currentIndex().row()
        rows_model = self.list.model()
        assert isinstance(rows_model, RowModel)
        rows_model.show_rows(tuple(self._rows(told)))
        if current >= 0:
            self.list.choose(min(current, len(self.list.rows) - 1))
        self.setAccessibleDescription(f"{_('Since last time')} {self._hint()}")
        self.update()

    def _on_changed(self) -> None:
        if self.isVisible():
            self.show_changes()

    def _rows(self, told: tuple[ToldChange, ...]) -> Iterator[HeadRow | LineRow | NothingRow]:
        for turn in (*(t for t in Turn if t not in FOLDED), *FOLDED):
            lines = [line for line in told if line.turn is turn]
            if not lines:
                continue
            folds = turn in FOLDED
            opened = turn in self._opened
            yield HeadRow(turn, len(lines), folds, opened)
            if opened or not folds:
                yield from map(LineRow, lines)
        if not told:
            yield NothingRow(_("Nothing to compare yet: nothing was tested twice."))

    def _open(self, row: Any) -> None:
        if isinstance(row, LineRow):
            self.followed.emit(row.told.key)
        elif isinstance(row, HeadRow):
            self._opened ^= {row.turn}
            self.show_changes()

    def take_focus(self) -> None:
        """Give the keyboard to the first line."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        current = self.list.currentIndex().row()
        if current < 0 or not self.list.rows[current].can_open:
            self.list.move_by(1)

    def _hint(self) -> str:
        visits = self._model.editor.case.visits
        day = day_and_month(visits[-2].date) if len(visits) > 1 else ""
        hint = _("{day}; where another date stands, it was tested last on that one")
        return hint.format(day=day)

    def text(self) -> str:
        """Everything it says, as plain text."""
        return "\n".join(row.spoken for row in self.list.rows)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.surface)
        draw_text(painter, LABEL_X, 0, (_("Since last time"),), shown.ink, HEADING, True, HEADS)
        x = LABEL_X + text_width(_("Since last time"), HEADING, True) + 12
        draw_text(painter, x, 0, (self._hint(),), shown.grey, CAPTION, line=HEADS)
        painter.fillRect(0, HEADS - 1, self.width(), 1, shown.line)


class ChangeDelegate(RowDelegate):
    """Paints headings and changes: which way it went by shape and word, never by colour alone."""

    @override
    def height_of(self, row: Any) -> int:
        return _HEAD if isinstance(row, HeadRow) else _ROW

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: Any) -> None:
        painter.translate(box.topLeft())
        if isinstance(row, HeadRow):
            _paint_head(painter, row, theme().tokens)
        elif isinstance(row, LineRow):
            _paint_line(painter, box.width(), row.told, theme().tokens)
        else:
            draw_text(painter, LABEL_X, 0, (row.spoken,), theme().tokens.ink2, BODY, line=_ROW)


def _paint_head(painter: QPainter, row: HeadRow, shown: Tokens) -> None:
    x = float(LABEL_X)
    middle = QPointF(x + 5, _HEAD / 2 + 3)
    if row.folds:
        draw_chevron(painter, middle, shown.ink2, down=row.opened)
        x += 18
    elif row.turn in (Turn.BETTER, Turn.GONE):
        draw_tick(painter, middle, shown.ink)
        x += 18
    elif row.turn in (Turn.WORSE, Turn.NEW):
        draw_warning(painter, middle, shown.caution, shown.surface)
        x += 18
    words = turn_words(row.turn)
    draw_text(painter, x, 3, (words,), shown.ink, BODY, True, _HEAD)
    x += text_width(words, BODY, True) + 8
    draw_text(painter, x, 3, (str(row.count),), shown.grey, CAPTION, line=_HEAD)


def _paint_line(painter: QPainter, width: int, told: ToldChange, shown: Tokens) -> None:
    x = LABEL_X + 18
    name = elided(told.name, _VALUES_X - x - 12)
    draw_text(painter, x, 0, (name,), shown.ink2, BODY, line=_ROW)
    at = float(_VALUES_X)
    untested = told.turn is Turn.UNTESTED
    day = told.day
    room = float(_DETAIL_X - _VALUES_X - 16)
    if untested:
        # What was found then is grey like all of last time: it is not a finding of today.
        room = width - INSET - _VALUES_X - text_width(day, CAPTION) - 12
        draw_text(painter, at, 0, (elided(told.before, room),), shown.grey, BODY, line=_ROW)
    else:
        at = _paint_values(painter, at, room, told, shown)
    tail = "; ".join(part for part in (told.detail, day) if part)
    if untested:
        left = width - INSET - text_width(day, CAPTION)
        draw_text(painter, left, 0, (day,), shown.grey, CAPTION, line=_ROW)
        return
    left = max(float(_DETAIL_X), at + 12)
    tail = elided(tail, width - INSET - left, CAPTION)
    draw_text(painter, left, 0, (tail,), shown.grey, CAPTION, line=_ROW)


def _paint_values(
    painter: QPainter, x: float, room: float, told: ToldChange, shown: Tokens
) -> float:
    """Before in grey, now in bold, with an arrow between them; gives where they end."""
    if told.before:
        part = elided(told.before, room / 2 - 14 if told.now else room)
        draw_text(painter, x, 0, (part,), shown.grey, BODY, line=_ROW)
        x += text_width(part, BODY)
    if told.before and told.now:
        draw_arrow(painter, QPointF(x + 14, _ROW / 2), shown.ink2)
        x += 28
    if told.now:
        ink: QColor = shown.ink
        part = elided(told.now, _VALUES_X + room - x, BODY, True)
        draw_text(painter, x, 0, (part,), ink, BODY, True, _ROW)
        x += text_width(part, BODY, True)
    return x
