"""Keys that parts of the page take themselves, named once for them, palette and key sheet."""

from __future__ import annotations

from typing import Final

SAME_KEY: Final = "="
REST_NO_KEY: Final = "Shift+N"
REMARK_KEY: Final = "Ctrl+M"
SIGN_KEY: Final = "Ctrl+T"
"""Follows the field's sign from one treatment to the next, or no more."""
WHY_KEY: Final = "F1"
"""Shows the rule behind a line: the key for help, and none of the chart's own."""
MOST_SECTION_KEYS: Final = 10


def section_key(place: int) -> str:
    """The key of a section by its place from 0: Alt+1 to Alt+9, then Alt+0; empty after that."""
    return f"Alt+{(place + 1) % 10}" if place < MOST_SECTION_KEYS else ""
