"""What outlives the pages of a window: typed, chosen, or not in the record yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .work.background import Background

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without them.
    from clinic_desktop.services.papers.handouts import SheetLook

    from .papers.letter_keeping import LetterKeeper
    from .visit.page import VisitPage


@dataclass(slots=True)
class Unfinished:
    """By visit, where nothing else is said."""

    visits: list[VisitPage] = field(default_factory=list)
    """Pages of visits that could not be stored before another was opened."""
    reasons: dict[int, dict[str, str]] = field(default_factory=dict)
    """What was typed to resolve a flag and not used yet, by flag."""
    looks: dict[int, SheetLook] = field(default_factory=dict)
    """How the sheet is made, where she chose."""
    letters: dict[int, LetterKeeper] = field(default_factory=dict)
    """They keep what is typed for letters."""
    work: Background = field(default_factory=Background)
    """What is being done beside the window."""
