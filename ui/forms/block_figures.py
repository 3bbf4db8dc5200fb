"""Drawings beside the fields of a group: another view of the same findings, to pick them by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.values import Key
from ui.tokens import Tokens
from ui.viewmodels.visit import VisitViewModel

from .activity_rows import ActivityRows
from .body_block import BodyBlock
from .gait_blocks import CueBlock, PictureBlock
from .rows import Block


class BlockFigure(Protocol):
    """What a form asks of the drawing of one of its groups."""

    moved: SignalInstance
    """Its parts need other places or sizes."""
    above_heads: bool
    """Whether it stands above the words right and left, because it is of no side."""
    takes_rows: bool
    """Whether it gives the group's fields their places itself; else they stand below it."""

    def place(self, top: int) -> int:
        """Put it, and the fields it takes, below a height; gives where it ends."""

    def paint(self, painter: QPainter, shown: Tokens) -> None:
        """Paint its words on the form."""

    def heard(self) -> tuple[str, ...]:
        """The words that it paints, for who hears them."""

    def chain(self) -> Iterator[QWidget]:
        """What Tab meets of it, with the fields it takes."""

    def reveal(self, key: Key) -> None:
        """Bring the field of a key into sight, if it is one of those that take turns."""


def make_figure(model: VisitViewModel, block: Block, parent: QWidget) -> BlockFigure | None:
    """The drawing that the catalogue wants beside a group; None for none."""
    match block.group.figure:
        case "body":
            return BodyBlock(model, block, parent)
        case "landing" | "lean":
            return PictureBlock(model, block, parent)
        case "cues":
            return CueBlock(model, parent)
        case "activities":
            return ActivityRows(model, parent)
        case _:
            return None
