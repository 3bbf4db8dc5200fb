"""Every colour, measure and size of type of the window: nothing else in `ui` names one.

`tests/ui/test_tokens.py` holds that, and `tests/ui/test_contrast.py` measures what is painted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QColor

from clinic_desktop.domain.figures.palette import Token


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The colours of one scheme, each named by its use. There is one of each scheme: what was
    painted is kept by it."""

    ground: QColor
    """Window, rail, tab bar."""
    surface: QColor
    """Form, fields, banner."""
    raised: QColor
    """Rule panel, key line, locked fields."""
    hover: QColor
    """Control or row under the pointer."""
    ink: QColor
    """Charted values, headings."""
    ink2: QColor
    """Labels, unchosen answers."""
    grey: QColor
    """Last time, units, captions."""
    disabled: QColor
    """Text of a control that cannot be used now."""
    line: QColor
    """Dividers only, never the sole edge of a control."""
    edge: QColor
    """Edge of every control."""
    accent: QColor
    """Focus, links, the solid button, edge of a chosen answer."""
    accent_tint: QColor
    """Fill of a chosen answer."""
    on_accent: QColor
    danger: QColor
    """Red flags, field errors, the destructive button."""
    danger_tint: QColor
    on_danger: QColor
    caution: QColor
    """Look-alike names, plan conflicts."""
    caution_tint: QColor
    tip: QColor
    """Tooltip, toast."""
    on_tip: QColor
    tip_accent: QColor

    @property
    def dark(self) -> bool:
        """Whether light stands on dark."""
        return self.ink.lightness() > self.surface.lightness()


def _tokens(**hexes: str) -> Tokens:
    return Tokens(**{name: QColor(value) for name, value in hexes.items()})


LIGHT: Final = _tokens(
    ground="#EEF1F3", surface="#FFFFFF", raised="#F6F8F9", hover="#EDF3F5",
    ink="#15212A", ink2="#44535E", grey="#5D6B76", disabled="#65737D",
    line="#D5DCE1", edge="#7F8D97",
    accent="#0A6575", accent_tint="#D9ECEF", on_accent="#FFFFFF",
    danger="#B3201A", danger_tint="#FCEBE9", on_danger="#FFFFFF",
    caution="#7F5200", caution_tint="#FFF2D2",
    tip="#22303A", on_tip="#FFFFFF", tip_accent="#8AD6E0",
)  # fmt: skip

DARK: Final = _tokens(
    ground="#101518", surface="#182024", raised="#1F282D", hover="#232E34",
    ink="#E8EEF1", ink2="#BAC5CC", grey="#97A5AE", disabled="#87959E",
    line="#313C43", edge="#6F7E88",
    accent="#63C6D3", accent_tint="#173F47", on_accent="#04262C",
    danger="#FF8D84", danger_tint="#431E1C", on_danger="#2B0705",
    caution="#F0BE5C", caution_tint="#3A2D10",
    tip="#E8EEF1", on_tip="#15212A", tip_accent="#0A6575",
)  # fmt: skip

CONTRAST_LIGHT: Final = _tokens(
    ground="#FFFFFF", surface="#FFFFFF", raised="#FFFFFF", hover="#DFF3F7",
    ink="#000000", ink2="#1B2227", grey="#37424A", disabled="#505A61",
    line="#6B767E", edge="#1B2227",
    accent="#004653", accent_tint="#CDEBF1", on_accent="#FFFFFF",
    danger="#8C0A06", danger_tint="#FFEDEB", on_danger="#FFFFFF",
    caution="#5A3900", caution_tint="#FFF3D1",
    tip="#000000", on_tip="#FFFFFF", tip_accent="#8BE5F2",
)  # fmt: skip
"""Text 7:1, marks far beyond 3:1, and lines that stand out: ground and surface are one."""

CONTRAST_DARK: Final = _tokens(
    ground="#000000", surface="#000000", raised="#000000", hover="#10303A",
    ink="#FFFFFF", ink2="#EDF2F4", grey="#D2DADF", disabled="#B4BEC4",
    line="#87929A", edge="#EDF2F4",
    accent="#7FE3F1", accent_tint="#0B3C47", on_accent="#00191E",
    danger="#FFA9A2", danger_tint="#3B100D", on_danger="#2B0000",
    caution="#FFD27A", caution_tint="#2E2103",
    tip="#FFFFFF", on_tip="#000000", tip_accent="#004653",
)  # fmt: skip

FIGURES_ON_DARK: Final[Mapping[Token, QColor]] = MappingProxyType({
    token: QColor(value)
    for token, value in {
        Token.BODY: "#2A353C", Token.BODY_LINE: "#93A3AE", Token.BODY_FOLD: "#61717C",
        Token.SITE: "#10171B", Token.SITE_EDGE: "#E8EEF1", Token.SITE_BEFORE: "#8494A0",
        Token.ACHE: "#5B86C6", Token.SHARP: "#F08FD0", Token.SHOOTING: "#BBA2F2",
        Token.BURNING: "#FF9A66", Token.TINGLING: "#5FD0C4", Token.NUMB: "#B9C6CF",
        Token.TIGHT: "#E3C15A", Token.CRAMP: "#84CF87", Token.TEXT: "#E8EEF1",
    }.items()
})  # fmt: skip
"""The body chart on a dark ground; all other drawings stand on white, as they print."""
PAPER_ON_DARK: Final = QColor("#DCE3E7")
"""The white of a drawing on a dark ground: paper that does not dazzle."""
CLEAR: Final = QColor(0, 0, 0, 0)
"""No ground of its own: what is beneath shows."""
VEIL: Final = 160
"""How much of the ground lies over the page behind an overlay, of 255."""

NAME, TITLE, HEADING, BODY, CAPTION = 20, 16, 14, 13, 12
"""Type scale in px: patient's name; page heading; test, plan and number; labels; captions."""
SPACES: Final = (4, 8, 12, 16, 24, 32, 48)
"""Every gap and margin is one of these, or is named below."""
INSET: Final = 16
"""Between the edge of a page and what stands on it."""
BANNER, RAIL, TABS, HEADS, RETEST, KEY_LINE, PANEL, PANEL_WORDS = 52, 160, 40, 36, 56, 24, 336, 60
"""Heights and widths of the window's areas."""
WIDEST, MEASURE = 1440, 960
"""How far a page spreads on a wide screen, and how long a line of text may be: what belongs
together stays together, and the eye finds the next line."""
LABEL_X, RIGHT_X, LEFT_X, LAST_RIGHT_X, LAST_LEFT_X = 16, 144, 372, 600, 688
"""Columns of the form from its left edge."""
CONTROL_WIDTH, NUMBER_WIDTH, BOTH_WIDTH, FORM_WIDTH = 204, 68, 432, 784
"""Width of every control, of a number, of a control across both columns, of the form at 1280."""
CHIP, BUTTON, PANEL_BUTTON = 28, 32, 28
RADIUS, KEY_RADIUS = 4, 3
RING = 3
"""How far a focus ring reaches beyond its control: 1 clear and 2 wide."""
BETWEEN: Final = 12 - 2 * RING
"""Between the rings of two controls that stand 12 apart."""
CARD: Final = INSET - 1
"""The same as `INSET` inside a card, beside its line."""
CARD_INSETS: Final = (CARD, CARD - 2, CARD, CARD)
"""Round what stands on a card; a heading's own line is higher than its letters."""
TEXT_LINE, LEDGER_LINE = 18, 20
"""Heights of a line of wrapped text and of a ledger line."""
FIELD, FIELD_GAP = 24, 4
"""Height of a field's control in a form, and between two."""
