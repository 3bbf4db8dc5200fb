"""The group of the body chart: figure on the left, chips and kinds of pain beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.figures.body_chart import Spot, spots_of
from clinic_desktop.domain.pain import SITES, kind_finding, place_of
from clinic_desktop.domain.values import SIDES, Key, Side
from clinic_desktop.services.words.pain_words import change_words, place_words, side_words
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import on_side, side_word
from ui.tokens import BOTH_WIDTH, CONTROL_WIDTH, LABEL_X, RING, Tokens
from ui.typeface import BODY, CAPTION, baseline, font, text_width
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.labels import Label

from .body_chart import SIZE, BodyChart
from .kinds import KindInput
from .rows import Block, Field, Row, place_field
from .words import side_heading

_BESIDE: Final = LABEL_X + SIZE.width() + 10
_COLUMNS: Final = {Side.RIGHT: _BESIDE, Side.LEFT: _BESIDE + BOTH_WIDTH - CONTROL_WIDTH}
_HEADS, _BETWEEN, _LINE = 24, 16, 22


class BodyBlock(QObject):
    """Shows the kinds of pain of the place that the chart points at."""

    moved = Signal()
    """Its parts need other places or sizes."""
    above_heads = True
    takes_rows = True

    def __init__(self, model: VisitViewModel, block: Block, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._block = model, block
        block.own_heads = False
        self.chart = BodyChart(model, parent)
        self.chart.pointed.connect(self._show_kinds)
        self.chart.kinds_asked.connect(self._ask_kinds)
        self._title = Label(bold=True, parent=parent)
        self._changes = Label(parent=parent)
        self._last = Label(size=CAPTION, tone="grey", parent=parent)
        for words in (self._changes, self._last):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sites = next(row for row in block.rows if row.spec.id == SITES)
        self._kinds = {
            found.key: found for row in block.rows for found in row.fields
            if isinstance(found.input, KindInput)
        }  # fmt: skip
        for found in self._kinds.values():
            assert isinstance(found.input, KindInput)
            found.input.left.connect(self._back)
        for found in (*self._sites.fields, *self._kinds.values()):
            found.x = _COLUMNS[found.key.side or Side.RIGHT]
            found.width = CONTROL_WIDTH if found.key.finding == SITES else BOTH_WIDTH
        model.changed.connect(self._on_changed)
        model.locked_changed.connect(self.chart.update)
        self._show_kinds(self.chart.spot)
        self._say()

    # ------------------------------------------------------------------ which kinds
    def _current(self) -> Field:
        spot = self.chart.spot
        return self._kinds[Key(kind_finding(spot.place), spot.side)]

    def _show_kinds(self, spot: Spot) -> None:
        now = self._current()
        for found in self._kinds.values():
            found.input.setVisible(found is now)
        place, side = place_words(self._model.text, spot.place), side_word(spot.side)
        self._title.setText(_("Kind of pain: {place}, {side}").format(place=place, side=side))

    def _ask_kinds(self, spot: Spot) -> None:
        self._show_kinds(spot)
        self._current().input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, key: Key) -> None:
        """Point the chart at the place whose kinds are asked for."""
        place = place_of(key.finding)
        if place and key.side is not None:
            self.chart.point_at(spots_of(place, key.side)[0])
            self._show_kinds(self.chart.spot)

    def _on_changed(self) -> None:
        keys = {found.key for found in self._sites.fields} | set(self._kinds)
        if keys & self._model.touched or self._model.touched & {Key("complaint.side")}:
            self.chart.show_value()
            self._show_kinds(self.chart.spot)
            self._say()

    def _say(self) -> None:
        """What changed since last time, and what was marked then."""
        text = self._model.text
        now, before = self.chart.shown
        said = change_words(text, before, now)
        self._changes.setText(_("Since last time. {changes}").format(changes=said) if said else "")
        last = ""
        if before.asked:
            sides = "; ".join(
                on_side(side, side_words(text, before, side)) for side in before.asked
            )
            last = _("Last time, the grey outline: {places}.").format(places=sides)
        self._last.setText(last)
        self.moved.emit()

    @property
    def words(self) -> tuple[str, str]:
        """What changed, and what was marked last time."""
        return self._changes.text(), self._last.text()

    # ------------------------------------------------------------------ where things stand
    def place(self, top: int) -> int:
        """Give everything its place; ends below the longer of figure and words."""
        self.chart.move(LABEL_X - RING, top - RING)
        y = top + _HEADS
        heights = [found.input.height_in(found.width) for found in self._sites.fields]
        for found, height in zip(self._sites.fields, heights, strict=True):
            place_field(found, y, height)
        y += max(heights) + _BETWEEN
        self._title.setGeometry(_BESIDE, y, BOTH_WIDTH, _LINE)
        y += _LINE + 2
        for found in self._kinds.values():
            found.x = _BESIDE
            kinds = found.input.height_in(BOTH_WIDTH)
            place_field(found, y, kinds)
        y += kinds + 12
        for words in (self._changes, self._last):
            shown = bool(words.text())
            words.setVisible(shown)
            if shown:
                height = words.heightForWidth(BOTH_WIDTH)
                words.setGeometry(_BESIDE, y, BOTH_WIDTH, height)
                y += height + 6
        end = max(y, top + SIZE.height())
        for row in self._block.rows:
            row.top, row.height = top, end - top
            end = self._place_reason(row, end)
        return end

    def _place_reason(self, row: Row, y: int) -> int:
        if row.reason is None or row.reason.isHidden():
            return y
        height = row.reason.height_in(BOTH_WIDTH)
        row.reason.setGeometry(
            _BESIDE - RING, y + 4 - RING, BOTH_WIDTH + 2 * RING, height + 2 * RING
        )
        return y + 4 + height

    def chain(self) -> Iterator[QWidget]:
        """Chips of right and left, then the figure, then the kinds of the place it points at."""
        yield from (found.input for found in self._sites.fields)
        yield self.chart
        yield from (found.input for found in self._kinds.values())
        yield from (row.reason for row in self._block.rows if row.reason is not None)

    def heard(self) -> tuple[str, ...]:
        """The heads of the two sides."""
        return tuple(side_heading(found.key.side or SIDES[0]) for found in self._sites.fields)

    def paint(self, painter: QPainter, shown: Tokens) -> None:
        """The heads of the two sides; `=` where a side was found the same again."""
        y = self._sites.top + baseline(0) + 10
        for found in self._sites.fields:
            head = side_heading(found.key.side or SIDES[0])
            painter.setPen(shown.ink)
            painter.setFont(font(BODY, True))
            painter.drawText(found.x, round(y), head)
            if found.last.repeated:
                painter.drawText(round(found.x + text_width(head, BODY, True) + 8), round(y), "=")
