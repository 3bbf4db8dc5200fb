"""Sets the words of the home-plan sheet into its boxes at given sizes of type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.figures.drawing import Drawing

from . import shapes
from .columns import Column, Paragraph, set_column
from .handout_panel import BETWEEN, PAD, LongPanel, Panel, panel_head
from .handout_parts import (
    GAP,
    Band,
    Box,
    Head,
    Notes,
    PainRule,
    Part,
    SayBack,
    StopPart,
    TickRow,
    Ticks,
    balanced,
    band_widths,
    pain_split,
    say_back_indent,
    stack_height,
    stop_indent,
    stop_outdent,
)
from .handout_pictures import Block, pictures_of
from .handout_text import (
    PanelText,
    SheetText,
    day_names,
    panel_text,
    sheet_text,
    tick_labels,
)
from .page import FACING_RIGHT, facing
from .text import Prose, break_lines, prose
from .type_sizes import TypeSizes

_STEP_INDENT: Final = 22.0
_DAYS_IN_HALF: Final = 7
_DAYS_IN_WHOLE: Final = 14
_ROWS_IN_GRID: Final = 20
_BULLET: Final = Prose()
_ALL: Final = 9
_NARROW: Final = (0.40, 0.34, 0.29)
_BELOW: Final = ((1, 2), (1, 3), (0, 2))
_BELOW_LARGE: Final = ((1, 1), (0, 1))
"""How many of the texts after the steps stand beside the drawings, and how many in a row below."""
_CLOSE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How an exercise's drawings and words share its panel."""

    wide: float
    """Part of the width that the drawings take."""
    beside: int
    """How many of the texts after the steps stand beside them; the others come below."""
    across: int
    """How many stand in a row there."""
    air: float = 1.0
    """Part of the usual air between paragraphs."""


_EASY: Final = (Arrangement(0.46, _ALL, 1), Arrangement(0.46, 1, 3), Arrangement(0.46, 0, 2))
"""With room to spare: all words beside the drawings, or some below where those are lower."""


class Room(Enum):
    """How a panel uses its room."""

    EASY = "easy"
    """Large drawings, all words beside them."""
    TIGHT = "tight"
    """As low as it can be."""
    BRIEF = "brief"
    """So too, and what can wait for the next visit is left out, where that saves a page: when to
    do more, and that lasting tightness is to be told. When to do less and to stop never are."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The sheet's words, ready to be set; checked and measured once, whatever the size of type."""

    width: float
    text: SheetText
    panels: tuple[PanelText, ...]
    labels: tuple[Prose, ...]
    days: tuple[tuple[Prose, Prose], ...]
    ticks_title: Prose
    stop_drawing: Drawing | None

    @property
    def wide_ticks(self) -> bool:
        """Whether the grid takes the whole width: for more than a week, or nothing has changed.

        Then the pain rule stands beside the call box and fills the place of the changes.
        """
        return len(self.days) > _DAYS_IN_HALF or not self.text.changes

    def head(self, sizes: TypeSizes) -> Head:
        """Title, and who the plan is for."""
        title = [Paragraph(self.text.title, sizes.title)]
        lines = (line for pair in self.text.who for line in self._on_lines(*pair, sizes.small))
        who = [Paragraph(line, sizes.small, align=1.0) for line in lines]
        return Head(facing(title, who, self.width))

    def _on_lines(self, one: Prose, other: Prose, size: float) -> tuple[Prose, ...]:
        """A pair with a sign between where that saves a line, else below each other."""
        if not other.lines[0]:
            return (one,)
        joined, room = one + self.text.separator + other, self.width * FACING_RIGHT
        together, first, second = (
            len(break_lines(text, size, room)) for text in (joined, one, other)
        )
        return (joined,) if together < first + second else (one, other)

    def copy_mark(self, sizes: TypeSizes) -> list[Part]:
        """What a file copy is a copy of, above all else; nothing on the patient's own sheet."""
        if self.text.copy_of is None:
            return []
        column = set_column([Paragraph(self.text.copy_of, sizes.small)], self.width - 2 * (PAD + 1))
        return [Box((column,), fill=shapes.PANEL)]

    def stop(self, sizes: TypeSizes, room: Room = Room.EASY) -> list[Part]:
        """The stop box, or nothing."""
        if not self.text.stop:
            return []
        title, why, instead = self.text.stop
        lines = (why, instead if room is Room.BRIEF else instead + self.text.stop_tell)
        drawing = None if room is Room.BRIEF else self.stop_drawing
        beside = stop_outdent(sizes.signs) if drawing else PAD
        width = self.width - stop_indent(sizes.signs) - beside
        heading = (Paragraph(title, sizes.stop - less) for less in (0.0, 0.5, 1.0, 1.5, 2.0))
        one_line = (one for one in heading if len(set_column([one], width).rows) == 1)
        paragraphs = [
            next(one_line, Paragraph(title, sizes.stop)),
            *(Paragraph(line, sizes.boxes, 2.0) for line in lines),
        ]
        return [StopPart(self.text.sign, set_column(paragraphs, width), sizes.signs, drawing)]

    # ------------------------------------------------------------------ exercises
    def panel(
        self, panel: PanelText, sizes: TypeSizes, room: Room, way: Arrangement | None = None
    ) -> Panel:
        """An exercise: drawings on the left, words beside them and, where it is tight, below.

        `way` is the lowest arrangement where it is known already, as from another size of type.
        """
        if room is Room.EASY:
            ways = [self._arranged(panel, sizes, one) for one in _EASY]
            return min(ways, key=lambda one: one.blank)
        if room is Room.BRIEF:
            panel = replace(panel, feel=panel.feel[:3])
        return self._arranged(panel, sizes, way or self.lowest(panel, sizes))

    def lowest(self, panel: PanelText, sizes: TypeSizes) -> Arrangement:
        """The arrangement of an exercise that takes least height and leaves its figures legible."""
        below = _BELOW_LARGE if sizes.large else _BELOW
        ways = [
            Arrangement(wide, beside, across, _CLOSE)
            for wide in _NARROW
            for beside, across in ((_ALL, 1), *below)
        ]
        drawn = {
            wide: self._pictures(panel, sizes, wide) for wide in {way.wide: None for way in ways}
        }
        legible = [way for way in ways if (one := drawn[way.wide]) is None or one.legible]
        return min(legible or ways, key=lambda way: self._arranged(panel, sizes, way).height)

    def _pictures(self, panel: PanelText, sizes: TypeSizes, wide: float) -> Block | None:
        inner = self.width - 2 * PAD
        return pictures_of(panel.pictures, int(inner * wide), sizes.small, sizes.signs)

    def _arranged(self, panel: PanelText, sizes: TypeSizes, way: Arrangement) -> Panel:
        size, inner = sizes.body, self.width - 2 * PAD
        pictures = self._pictures(panel, sizes, way.wide)
        taken = pictures.width + 2 * BETWEEN if pictures else 0.0
        beside, rest = panel.feel[: way.beside], panel.feel[way.beside :]
        words = (*_steps(panel, sizes, way.air), *_feel(beside, size, way.air))
        across = way.across
        column = (inner - 2 * BETWEEN * (across - 1)) / across
        below = tuple(
            tuple(set_column([Paragraph(line, size)], column) for line in rest[at : at + across])
            for at in range(0, len(rest), across)
        )
        return Panel(
            panel_head(panel.number, panel.title, panel.purpose, self.width, sizes),
            pictures,
            set_column((Paragraph(panel.dose, size), *words), inner - taken),
            below,
        )

    def long_panel(self, panel: PanelText, sizes: TypeSizes) -> LongPanel:
        """An exercise in one column that may go on over pages."""
        size, inner = sizes.body, self.width - 2 * PAD
        paragraphs = (
            Paragraph(panel.dose, size),
            *_steps(panel, sizes),
            *_feel(panel.feel, size),
        )
        return LongPanel(
            panel_head(panel.number, panel.title, panel.purpose, self.width, sizes),
            panel_head(panel.number, panel.title_again, panel.purpose, self.width, sizes),
            pictures_of(panel.pictures, inner, sizes.small, sizes.signs),
            set_column(paragraphs, inner),
        )

    # ------------------------------------------------------------------ boxes below
    def ticks(self, sizes: TypeSizes, whole: bool) -> Iterator[Ticks]:
        """The grid, in as many pieces as days and rows need."""
        width, days, size = self.width, _DAYS_IN_WHOLE, sizes.small
        if not whole:
            width, days = band_widths(self.width)[0], _DAYS_IN_HALF
        few = len(self.days) <= _DAYS_IN_HALF
        label_width = width * ((0.4 if few else 0.25) if whole else 0.37)
        for first in range(0, len(self.days), days):
            for row in range(0, len(self.labels), _ROWS_IN_GRID):
                yield Ticks(
                    set_column([Paragraph(self.ticks_title, size)], label_width),
                    self.days[first : first + days],
                    tuple(
                        TickRow(set_column([Paragraph(label, size)], label_width), size * 1.7)
                        for label in self.labels[row : row + _ROWS_IN_GRID]
                    ),
                    size,
                )

    def pain_rule(self, sizes: TypeSizes, wide: bool = False) -> PainRule:
        """The pain rule in the left-hand or the right-hand column of a band."""
        width, size, text = band_widths(self.width)[0 if wide else 1], sizes.boxes, self.text
        fine, too_much = pain_split(width)
        return PainRule(
            set_column([Paragraph(text.pain_title, size)], width - 2 * PAD),
            text.pain_digits,
            set_column([Paragraph(text.pain_ok, sizes.small, align=1.0)], fine),
            set_column([Paragraph(text.pain_too_much, sizes.small)], too_much),
            set_column([Paragraph(text.pain_text, size)], width - 2 * PAD),
            sizes.small,
        )

    def call_box(self, size: float) -> Box:
        """When to go to emergency, when to call, and the numbers."""
        paragraphs = [*self._emergency(size), *self._call(size, 5.0)]
        width = band_widths(self.width)[0] - 2 * (PAD + 2.2)
        return Box((set_column(paragraphs, width),), PAD, 2.2, shapes.INK)

    def wide_call_box(self, sizes: TypeSizes) -> Box:
        """The same across the sheet: emergency on the left, when to call on the right."""
        width = (self.width - 4 * PAD - 2 * 2.2) / 2
        halves = self._emergency(sizes.boxes), self._call(sizes.boxes, 0.0)
        columns = tuple(set_column(half, width) for half in halves)
        return Box(columns, PAD, 2.2, shapes.INK)

    def _emergency(self, size: float) -> list[Paragraph]:
        text = self.text
        return [Paragraph(text.emergency_title, size), *_bullets(text.emergency, size)]

    def _call(self, size: float, before: float) -> list[Paragraph]:
        text = self.text
        return [Paragraph(text.call_title, size, before), *_bullets(text.call_reasons, size)]

    def changes(self, sizes: TypeSizes) -> list[Part]:
        """What changed since the last sheet, or nothing."""
        if not self.text.changes:
            return []
        return [Box((self._right_column(self.text.changes, sizes.boxes),))]

    def next_visit(self, sizes: TypeSizes) -> Box:
        """When the next visit is, or a line to write it on."""
        column = self._right_column(self.text.next_visit, sizes.boxes)
        return Box((column,), fill=shapes.PANEL)

    def _right_column(self, lines: Sequence[Prose], size: float) -> Column:
        width = band_widths(self.width)[1] - 2 * (PAD + 1)
        return set_column([Paragraph(line, size, 1.5) for line in lines], width)

    def notes(self, sizes: TypeSizes) -> Notes:
        """Lines for the patient's own pen, across the sheet or in a column of it."""
        narrow = band_widths(self.width)[1]
        return Notes(set_column([Paragraph(self.text.notes, sizes.small)], narrow - 2 * PAD))

    def say_back(self, sizes: TypeSizes) -> SayBack:
        """What the patient is asked to say back, at the foot of the sheet where there is room."""
        square = 11.0 * sizes.signs
        width = self.width - say_back_indent(square)
        return SayBack(set_column([Paragraph(self.text.say_back, sizes.small)], width), square)

    def safety(self, sizes: TypeSizes, with_pain_rule: bool) -> Band:
        """The call box, beside what changed and the next visit."""
        pain: list[Part] = [self.pain_rule(sizes)] if with_pain_rule else []
        right = (*pain, *self.changes(sizes), self.next_visit(sizes))
        # The call box matters most: it takes larger type where its neighbours leave it the room.
        call = self._call_box_within(stack_height(right), sizes.boxes)
        return balanced((call,), right, self.notes(sizes))

    def _call_box_within(self, room: float, size: float) -> Box:
        usual = self.call_box(size)
        # Half a point more takes at least this.
        if usual.height * (1 + 0.4 / size) > room:
            return usual
        larger = (self.call_box(size + more) for more in (1.5, 1.0, 0.5))
        return next((box for box in larger if box.height <= room), usual)

    def foot(self, sizes: TypeSizes) -> Band:
        """All boxes below the exercises in two columns: of the usual sheet that fits one page."""
        right = (self.pain_rule(sizes), *self.changes(sizes), self.next_visit(sizes))
        ticks = tuple(self.ticks(sizes, whole=False))
        room = stack_height(right) - stack_height(ticks) - GAP
        left: tuple[Part, ...] = (*ticks, self._call_box_within(room, sizes.boxes))
        return balanced(left, right, self.notes(sizes))

    def news(self, sizes: TypeSizes) -> Band:
        """The pain rule beside what changed and the next visit, where the call box is elsewhere."""
        right = (*self.changes(sizes), self.next_visit(sizes))
        return balanced((self.pain_rule(sizes, wide=True),), right, self.notes(sizes))


def setting(content: Handout, width: float) -> Setting:
    """Check and measure all words of a sheet. Raises UnprintableText naming the field."""
    stop = content.stop_box
    drawn = stop.picture.drawing if stop and stop.picture else None
    return Setting(
        width=width,
        text=sheet_text(content),
        panels=tuple(
            panel_text(item, number, content.words)
            for number, item in enumerate(content.items, start=1)
        ),
        labels=tuple(tick_labels(content)),
        days=tuple(day_names(content, day) for day in content.tick_days),
        ticks_title=prose(content.words.ticks, "ticks", bold=True),
        stop_drawing=drawn if isinstance(drawn, Drawing) else None,
    )


def _steps(panel: PanelText, sizes: TypeSizes, air: float = 1.0) -> list[Paragraph]:
    indent, before = _STEP_INDENT * sizes.signs, 3.0 * air
    return [Paragraph(step, sizes.body, before, indent, mark) for mark, step in panel.steps]


def _feel(lines: Sequence[Prose], size: float, air: float = 1.0) -> list[Paragraph]:
    return [Paragraph(line, size, 4.0 * air) for line in lines]


def _bullets(lines: Sequence[Prose], size: float) -> list[Paragraph]:
    return [Paragraph(line, size, 1.0, 12.0, _BULLET) for line in lines]
