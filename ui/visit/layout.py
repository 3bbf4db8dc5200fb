"""Where the parts of a visit stand at any size of the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.tokens import BANNER, FORM_WIDTH, KEY_LINE, PANEL, RAIL, TABS

from .older_visit import HEIGHT as OLDER
from .rail import STRIP

FULL = RAIL + FORM_WIDTH + PANEL
"""From this width on everything stands side by side; below it the rail shrinks first."""
WITH_PANEL = STRIP + FORM_WIDTH + PANEL
"""Below this width the panel becomes a drawer, of which the red-flag line stays."""


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles of the parts, and in which shape rail and panel are shown."""

    strip: bool
    folded: bool
    banner: QRect
    rail: QRect
    tabs: QRect
    older: QRect
    note: QRect
    pages: QRect
    panel: QRect
    key_line: QRect
    retest: QRect


PLACED = ("banner", "rail", "tabs", "older", "note", "pages", "panel", "key_line", "retest")
"""The parts that have a rectangle, by their name on the page and among the places."""


def places(
    width: int, height: int, drawer_open: bool, older: bool = False, retest: int = 0,
    note: int = 0,
) -> Places:  # fmt: skip
    """Lay out a visit page of a size in px; `older` makes room for its strip, `retest` is the
    height of the foot, `note` that of what stands above the form about the signature."""
    strip, narrow = width < FULL, width < WITH_PANEL
    folded = narrow and not drawer_open
    left = STRIP if strip else RAIL
    middle = width - left - (0 if narrow else PANEL)
    top = BANNER + TABS
    line = TABS if narrow else 0
    if not narrow:
        panel = QRect(width - PANEL, BANNER, PANEL, height - BANNER)
    elif folded:
        panel = QRect(left, top, middle, line)
    else:
        panel = QRect(width - PANEL, top, PANEL, height - top - KEY_LINE)
    strip_height = OLDER if older else 0
    top += line + strip_height + note
    end = height - KEY_LINE - retest
    return Places(
        strip=strip,
        folded=folded,
        banner=QRect(0, 0, width, BANNER),
        rail=QRect(0, BANNER, left, height - BANNER),
        tabs=QRect(left, BANNER, middle, TABS),
        older=QRect(left, top - note - strip_height, middle, strip_height),
        note=QRect(left, top - note, middle, note),
        pages=QRect(left, top, middle, end - top),
        panel=panel,
        key_line=QRect(left, height - KEY_LINE, middle, KEY_LINE),
        retest=QRect(left, end, middle, retest),
    )
