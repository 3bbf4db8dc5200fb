"""The colours of every drawing, by use, each with its grey for a black-and-white printer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Token(StrEnum):
    """What a colour is for."""

    LINE = "line"
    FAR_LINE = "far_line"
    SKIN = "skin"
    FAR_SKIN = "far_skin"
    SHIRT = "shirt"
    FAR_SHIRT = "far_shirt"
    SHORTS = "shorts"
    FAR_SHORTS = "far_shorts"
    HAIR = "hair"
    SHOE = "shoe"
    SOLE = "sole"
    PROP = "prop"
    PROP_SHADE = "prop_shade"
    PROP_LINE = "prop_line"
    MAT = "mat"
    SOFT = "soft"
    WOOD = "wood"
    IRON = "iron"
    GROUND = "ground"
    ARROW = "arrow"
    NERVE = "nerve"
    MUSCLE = "muscle"
    MUSCLE_EDGE = "muscle_edge"
    BAND = "band"
    BALL = "ball"
    WRONG = "wrong"
    RIGHT = "right"
    TEXT = "text"
    WHITE = "white"
    # Of the body chart.
    BODY = "body"
    BODY_LINE = "body_line"
    BODY_FOLD = "body_fold"
    SITE = "site"
    SITE_EDGE = "site_edge"
    SITE_BEFORE = "site_before"
    ACHE = "ache"
    SHARP = "sharp"
    SHOOTING = "shooting"
    BURNING = "burning"
    TINGLING = "tingling"
    NUMB = "numb"
    TIGHT = "tight"
    CRAMP = "cramp"


class Ink(NamedTuple):
    """A colour as `#rrggbb`, and its grey from 0 (black) to 100 (white)."""

    color: str
    grey: int

    def shown(self, grey: bool) -> str:
        """The colour to draw with, as `#rrggbb`."""
        if not grey:
            return self.color
        level = round(self.grey * 255 / 100)
        return f"#{level:02x}{level:02x}{level:02x}"


PALETTE: Final[Mapping[Token, Ink]] = MappingProxyType(
    {
        Token.LINE: Ink("#2b3440", 20),
        Token.FAR_LINE: Ink("#75808c", 49),
        Token.SKIN: Ink("#ecd9c6", 86),
        Token.FAR_SKIN: Ink("#f7efe6", 94),
        Token.SHIRT: Ink("#7fa8bd", 62),
        Token.FAR_SHIRT: Ink("#b9d0dc", 79),
        Token.SHORTS: Ink("#3f5268", 31),
        Token.FAR_SHORTS: Ink("#8797a8", 58),
        Token.HAIR: Ink("#59493d", 30),
        Token.SHOE: Ink("#ffffff", 100),
        Token.SOLE: Ink("#c9d0d7", 80),
        Token.PROP: Ink("#d9dde2", 86),
        Token.PROP_SHADE: Ink("#c3c9d1", 77),
        Token.PROP_LINE: Ink("#7b8691", 52),
        Token.MAT: Ink("#eef0f4", 94),
        Token.SOFT: Ink("#cfd9cf", 83),
        Token.WOOD: Ink("#c79f66", 64),
        Token.IRON: Ink("#5d6772", 40),
        Token.GROUND: Ink("#9aa3ad", 63),
        Token.ARROW: Ink("#0b5c8a", 29),
        Token.NERVE: Ink("#c2410c", 38),
        Token.MUSCLE: Ink("#e07b1f", 56),
        Token.MUSCLE_EDGE: Ink("#8a3f0a", 25),
        Token.BAND: Ink("#0f766e", 34),
        Token.BALL: Ink("#d98a3d", 60),
        Token.WRONG: Ink("#a5191e", 25),
        Token.RIGHT: Ink("#1f6f3f", 35),
        Token.TEXT: Ink("#1b2330", 12),
        Token.WHITE: Ink("#ffffff", 100),
        Token.BODY: Ink("#e9edf0", 92),
        Token.BODY_LINE: Ink("#66727d", 44),
        Token.BODY_FOLD: Ink("#9aa5ae", 63),
        Token.SITE: Ink("#ffffff", 100),
        Token.SITE_EDGE: Ink("#1b2330", 12),
        Token.SITE_BEFORE: Ink("#7d8994", 52),
        # Kinds of pain differ by their pattern first; in grey all patterns are as dark.
        Token.ACHE: Ink("#4f74a8", 45),
        Token.SHARP: Ink("#a3247a", 30),
        Token.SHOOTING: Ink("#6a3fa8", 30),
        Token.BURNING: Ink("#c2410c", 30),
        Token.TINGLING: Ink("#0f6f68", 30),
        Token.NUMB: Ink("#3d4a56", 30),
        Token.TIGHT: Ink("#7a5c00", 30),
        Token.CRAMP: Ink("#2c6b2f", 30),
    }
)
