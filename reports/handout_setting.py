"""Sets the words of the home-plan sheet into its boxes at a given size of type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic_desktop.domain.documents import Handout

from . import shapes
from .columns import Column, Paragraph, set_column
from .handout_parts import (
    PAD,
    Band,
    Box,
    Head,
    LongPanel,
    Notes,
    PainRule,
    Panel,
    Part,
    StopPart,
    TickRow,
    Ticks,
    balanced,
    band_widths,
    pain_split,
    panel_head,
    stack_height,
    stop_indent,
)
from .handout_text import (
    PanelText,
    SheetText,
    day_names,
    panel_text,
    sheet_text,
    tick_labels,
)
from .page import facing
from .text import Prose, prose

SMALL = 12.0
"""Body type in points, and that of grid, footer and identifiers."""
_STEP_INDENT = 22.0
_DAYS_IN_HALF = 7
_DAYS_IN_WHOLE = 14
_ROWS_IN_GRID = 20
_BULLET = Prose()


@dataclass(frozen=True, slots=True)
class Setting:
    """The sheet's words, ready to be set; checked and measured once, whatever the size of type."""

    width: float
    text: SheetText
    panels: tuple[PanelText, ...]
    labels: tuple[Prose, ...]
    days: tuple[tuple[Prose, Prose], ...]
    ticks_title: Prose

    @property
    def wide_ticks(self) -> bool:
        """Whether the grid takes the whole width: for more than a week, or nothing has changed.

        Then the pain rule stands beside the call box and fills the place of the changes.
        """
        return len(self.days) > _DAYS_IN_HALF or not self.text.changes

    def head(self) -> Head:
        """Title, and who the plan is for."""
        title = [Paragraph(self.text.title, 19.0)]
        who = [Paragraph(line, SMALL, align=1.0) for line in self.text.who]
        return Head(facing(title, who, self.width))

    def stop(self, size: float) -> list[Part]:
        """The stop box, or nothing."""
        if not self.text.stop:
            return []
        title, *lines = self.text.stop
        paragraphs = [Paragraph(title, 15.5), *(Paragraph(line, size, 2.0) for line in lines)]
        column = set_column(paragraphs, self.width - stop_indent() - PAD)
        return [StopPart(self.text.sign, column)]

    def panel(self, panel: PanelText, size: float) -> Panel:
        """An exercise: steps on the left, how it should feel on the right."""
        inner = self.width - 2 * PAD - 2
        half = (inner - 2 * PAD) / 2
        return Panel(
            panel_head(panel.number, panel.title, panel.purpose, self.width),
            set_column([Paragraph(panel.dose, size)], inner),
            set_column(_steps(panel, size), half),
            set_column(_feel(panel, size), half),
        )

    def long_panel(self, panel: PanelText, size: float) -> LongPanel:
        """An exercise in one column that may go on over pages."""
        paragraphs = (Paragraph(panel.dose, size), *_steps(panel, size), *_feel(panel, size))
        return LongPanel(
            panel_head(panel.number, panel.title, panel.purpose, self.width),
            panel_head(panel.number, panel.title_again, panel.purpose, self.width),
            set_column(paragraphs, self.width - 2 * PAD - 2),
        )

    def ticks(self, whole: bool) -> Iterator[Ticks]:
        """The grid, in as many pieces as days and rows need."""
        width, days = self.width, _DAYS_IN_WHOLE
        if not whole:
            width, days = band_widths(self.width)[0], _DAYS_IN_HALF
        label_width = width * (0.25 if whole else 0.37)
        for first in range(0, len(self.days), days):
            for row in range(0, len(self.labels), _ROWS_IN_GRID):
                yield Ticks(
                    set_column([Paragraph(self.ticks_title, SMALL)], label_width),
                    self.days[first : first + days],
                    tuple(
                        TickRow(set_column([Paragraph(label, SMALL)], label_width))
                        for label in self.labels[row : row + _ROWS_IN_GRID]
                    ),
                    SMALL,
                )

    def pain_rule(self, size: float) -> PainRule:
        """The pain rule in the right-hand column."""
        width = band_widths(self.width)[1]
        fine, too_much = pain_split(width)
        text = self.text
        return PainRule(
            set_column([Paragraph(text.pain_title, size)], width - 2 * PAD),
            text.pain_digits,
            set_column([Paragraph(text.pain_ok, size, align=1.0)], fine),
            set_column([Paragraph(text.pain_too_much, size)], too_much),
            set_column([Paragraph(text.pain_text, size)], width - 2 * PAD),
            SMALL,
        )

    def call_box(self, size: float) -> Box:
        """When to go to emergency, when to call, and the numbers."""
        text = self.text
        paragraphs = [
            Paragraph(text.emergency_title, size),
            *_bullets(text.emergency, size),
            Paragraph(text.call_title, size, 5.0),
            *_bullets(text.call_reasons, size),
        ]
        width = band_widths(self.width)[0] - 2 * (PAD + 2.2)
        return Box(set_column(paragraphs, width), PAD, 2.2, shapes.INK)

    def changes(self, size: float) -> list[Part]:
        """What changed since the last sheet, or nothing."""
        return [Box(self._right_column(self.text.changes, size))] if self.text.changes else []

    def next_visit(self, size: float) -> Box:
        """When the next visit is, or a line to write it on."""
        return Box(self._right_column(self.text.next_visit, size), fill=shapes.PANEL)

    def _right_column(self, lines: Sequence[Prose], size: float) -> Column:
        width = band_widths(self.width)[1] - 2 * (PAD + 1)
        return set_column([Paragraph(line, size, 1.5) for line in lines], width)

    def notes(self) -> Notes:
        """Lines for the patient's own pen, across the sheet or in a column of it."""
        narrow = band_widths(self.width)[1]
        return Notes(set_column([Paragraph(self.text.notes, SMALL)], narrow - 2 * PAD))

    def safety(self, size: float, with_pain_rule: bool) -> Band:
        """The call box, beside what changed and the next visit."""
        pain: list[Part] = [self.pain_rule(size)] if with_pain_rule else []
        right = (*pain, *self.changes(size), self.next_visit(size))
        # The call box matters most: it takes larger type where its neighbours leave it the room.
        larger = (self.call_box(size + more) for more in (1.5, 1.0, 0.5))
        room = stack_height(right)
        call = next((box for box in larger if box.height <= room), self.call_box(size))
        return balanced((call,), right, self.notes())


def setting(content: Handout, width: float) -> Setting:
    """Check and measure all words of a sheet. Raises UnprintableText naming the field."""
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
    )


def _steps(panel: PanelText, size: float) -> list[Paragraph]:
    return [Paragraph(step, size, 3.0, _STEP_INDENT, mark) for mark, step in panel.steps]


def _feel(panel: PanelText, size: float) -> list[Paragraph]:
    return [Paragraph(line, size, 4.0) for line in panel.feel]


def _bullets(lines: Sequence[Prose], size: float) -> list[Paragraph]:
    return [Paragraph(line, size, 1.0, 12.0, _BULLET) for line in lines]
