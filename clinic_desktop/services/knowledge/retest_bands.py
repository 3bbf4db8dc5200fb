"""How far two values of a test must differ to count, as the shipped rules say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from clinic_desktop.domain.rulebook import RetestBand


@cache
def load_bands() -> Mapping[str, RetestBand]:
    """The bands of the shipped rules by finding. Raises BrokenKnowledge."""
    # Only here: a window opens before any rule is read.
    from .rule_files import read_rule_files, rulebook_from

    return rulebook_from(read_rule_files()).plan.bands
