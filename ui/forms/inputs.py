"""One input for each kind of finding."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.catalogue import CatalogueText, FindingSpec
from clinic_desktop.domain.pain import place_of
from clinic_desktop.domain.values import Key, Kind
from ui.tokens import CONTROL_WIDTH

from .base import Input
from .chips import SetInput
from .choice import ChoiceInput
from .kinds import KindInput
from .segment_layout import fits_in_rows
from .segments import SegmentedInput
from .texts import TextInput
from .typed import GradeInput, NumberInput
from .words import options_of, spoken_name

AnyInput: TypeAlias = Input | TextInput


def make_input(
    spec: FindingSpec,
    key: Key,
    text: CatalogueText,
    parent: QWidget | None = None,
    width: int = CONTROL_WIDTH,
    least_lines: int = 1,
) -> AnyInput:
    """The input of a catalogue entry, named as the contract says: the only place that decides."""
    made = _input_of(spec, text, parent, width, least_lines)
    made.setObjectName(str(key))
    made.setAccessibleName(spoken_name(key, text))
    if isinstance(made, Input):
        made.setAccessibleDescription(text.findings[spec.id].help)
    return made


def _input_of(
    spec: FindingSpec, text: CatalogueText, parent: QWidget | None, width: int, least_lines: int
) -> AnyInput:
    match spec.kind:
        case Kind.NUMBER:
            return NumberInput(spec, parent)
        case Kind.GRADE:
            return GradeInput(spec, parent)
        case Kind.TEXT:
            return TextInput(least_lines, parent)
        case Kind.SET:
            options = options_of(spec, text)
            return KindInput(options, parent) if place_of(spec.id) else SetInput(options, parent)
        case _:
            return _choosing(spec, text, parent, width)


def _choosing(spec: FindingSpec, text: CatalogueText, parent: QWidget | None, width: int) -> Input:
    """Segments while they fit: in one row, or four in two; a list for the rest."""
    options = options_of(spec, text)
    labels = tuple(option.label for option in options)
    if len(options) <= 5 and fits_in_rows(labels, width, 1):
        return SegmentedInput(options, 1, parent)
    if len(options) <= 4 and fits_in_rows(labels, width, 2):
        return SegmentedInput(options, 2, parent)
    return ChoiceInput(options, parent)
