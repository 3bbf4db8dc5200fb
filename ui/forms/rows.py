"""The rows of a section as laid out: what stands where, before any of it is painted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.catalogue import CatalogueText, FindingSpec, Group
from clinic_desktop.domain.values import Key, Kind, Side
from ui.tokens import (
    BOTH_WIDTH,
    CONTROL_WIDTH,
    LABEL_X,
    LAST_LEFT_X,
    LAST_RIGHT_X,
    LEFT_X,
    RIGHT_X,
    RING,
)
from ui.typeface import wrapped
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.letters import letters_for

from .inputs import AnyInput, make_input
from .last_time import LastTime
from .rest_button import RestButton
from .texts import TextInput

LABEL_WIDTH = RIGHT_X - LABEL_X - 8
QUESTION_WIDTH = LEFT_X - LABEL_X - 16
_NUMBER_ROOM = CONTROL_WIDTH + 20
"""A number's error may reach into the gap between the columns."""
_NOTE_LINES = 3


@dataclass(slots=True)
class Field:
    """One input of a row and what the form paints beside it."""

    key: Key
    input: AnyInput
    x: int
    width: int
    """Of the control, without the room for its ring."""
    last_x: int
    last_width: int
    last: LastTime = field(default_factory=LastTime)


@dataclass(slots=True)
class Row:
    """One finding: its label, its input or the two of right and left."""

    spec: FindingSpec
    label: str
    label_lines: tuple[str, ...]
    fields: tuple[Field, ...]
    reason: TextInput | None = None
    """Why the test could not be done; made when it is first needed."""
    folded: bool = False
    top: int = 0
    height: int = 0

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of its fields."""
        return tuple(found.key for found in self.fields)

    def inputs(self) -> Iterator[AnyInput]:
        """Everything in it that may have the keyboard."""
        yield from (found.input for found in self.fields)
        if self.reason is not None:
            yield self.reason

    def show(self, shown: bool) -> None:
        """Show its inputs, or put them away while the question does not apply."""
        self.folded = not shown
        for widget in self.inputs():
            widget.setVisible(shown)


@dataclass(slots=True)
class Block:
    """A group of rows under its heading."""

    group: Group
    label: str
    hint: str
    rows: tuple[Row, ...]
    own_heads: bool = False
    """Whether it names its right and left itself, because the section's columns do not."""
    heading_y: int = 0
    """Middle of the heading line."""
    heads_y: int = 0
    """Middle of the line with right and left, where it has one."""
    letter: str = ""
    """Alt and this letter go to the group; empty where no letter is left for it."""
    rest: RestButton | None = None
    """Answers the rest of a red-flag group no."""
    fold_y: int = 0
    """Middle of the line on questions that do not apply; 0 where there is none."""

    @property
    def key(self) -> str:
        """The key that goes to the group from anywhere on the page."""
        return f"Alt+{self.letter}" if self.letter else ""

    @property
    def has_sides(self) -> bool:
        """Whether any of its findings is charted per side."""
        return any(row.spec.sides for row in self.rows)


def section_has_columns(model: VisitViewModel, section: str) -> bool:
    """Whether most of a section is charted per side, so that its head names right and left."""
    specs = model.catalogue.in_section(section)
    return 2 * sum(spec.sides for spec in specs) > len(specs)


def make_blocks(model: VisitViewModel, section: str, parent: QWidget) -> tuple[Block, ...]:
    """Build the inputs of a section from the catalogue, group by group."""
    columns = section_has_columns(model, section)
    catalogue, text = model.catalogue, model.text
    names = next(found.groups for found in catalogue.sections if found.id == section)
    blocks = []
    for name in names:
        group = catalogue.groups[name]
        specs = [catalogue.spec(finding) for finding in group.findings]
        asked = any(text.findings[spec.id].name.endswith("?") for spec in specs)
        lines = _NOTE_LINES if all(spec.kind is Kind.TEXT for spec in specs) else 1
        beside = columns or any(spec.sides for spec in specs)
        rows = tuple(_row(spec, text, parent, (asked, beside), lines) for spec in specs)
        said = text.groups[name]
        block = Block(group, said.label, said.hint, rows)
        block.own_heads = block.has_sides and not columns
        blocks.append(block)
    letters = letters_for([block.label for block in blocks])
    for block, letter in zip(blocks, letters, strict=True):
        block.letter = letter
    return tuple(blocks)


def _row(
    spec: FindingSpec,
    text: CatalogueText,
    parent: QWidget,
    layout: tuple[bool, bool],
    lines: int,
) -> Row:
    asked, columns = layout
    said = text.findings[spec.id]
    label = said.name if asked else said.label
    room = QUESTION_WIDTH if asked else LABEL_WIDTH
    width = _width_of(spec, columns)
    fields = []
    for key in spec.keys:
        x = LEFT_X if asked or key.side is Side.LEFT else RIGHT_X
        made = make_input(spec, key, text, parent, width, lines)
        last_x = LAST_LEFT_X if key.side is Side.LEFT else LAST_RIGHT_X
        last_width = LAST_LEFT_X - LAST_RIGHT_X - 12 if spec.sides else 168
        fields.append(Field(key, made, x, width, last_x, last_width))
    return Row(spec, label, wrapped(label, room), tuple(fields))


def _width_of(spec: FindingSpec, columns: bool) -> int:
    """Width of a control; without sides it reaches over both columns where there are two."""
    if spec.kind in (Kind.NUMBER, Kind.GRADE):
        return _NUMBER_ROOM if spec.sides else BOTH_WIDTH
    if spec.sides:
        return CONTROL_WIDTH
    if spec.kind in (Kind.TEXT, Kind.SET) or columns:
        return BOTH_WIDTH
    return CONTROL_WIDTH


def place_field(found: Field, top: int, height: int) -> None:
    """Put an input where its row stands; the widget is larger than its control by the ring."""
    found.input.setGeometry(found.x - RING, top - RING, found.width + 2 * RING, height + 2 * RING)
