"""The colours of every drawing, by use, as `#rrggbb`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


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


PALETTE: Final[Mapping[Token, str]] = MappingProxyType(
    {
        Token.LINE: "#2b3440",
        Token.FAR_LINE: "#75808c",
        Token.SKIN: "#ecd9c6",
        Token.FAR_SKIN: "#f7efe6",
        Token.SHIRT: "#7fa8bd",
        Token.FAR_SHIRT: "#b9d0dc",
        Token.SHORTS: "#3f5268",
        Token.FAR_SHORTS: "#8797a8",
        Token.HAIR: "#59493d",
        Token.SHOE: "#ffffff",
        Token.SOLE: "#c9d0d7",
        Token.PROP: "#d9dde2",
        Token.PROP_SHADE: "#c3c9d1",
        Token.PROP_LINE: "#7b8691",
        Token.MAT: "#eef0f4",
        Token.SOFT: "#cfd9cf",
        Token.WOOD: "#c79f66",
        Token.IRON: "#5d6772",
        Token.GROUND: "#9aa3ad",
        Token.ARROW: "#0b5c8a",
        Token.NERVE: "#c2410c",
        Token.MUSCLE: "#e07b1f",
        Token.MUSCLE_EDGE: "#8a3f0a",
        Token.BAND: "#0f766e",
        Token.BALL: "#d98a3d",
        Token.WRONG: "#a5191e",
        Token.RIGHT: "#1f6f3f",
        Token.TEXT: "#1b2330",
        Token.WHITE: "#ffffff",
        Token.BODY: "#e9edf0",
        Token.BODY_LINE: "#66727d",
        Token.BODY_FOLD: "#9aa5ae",
        Token.SITE: "#ffffff",
        Token.SITE_EDGE: "#1b2330",
        Token.SITE_BEFORE: "#7d8994",
        # Kinds of pain differ by their pattern first.
        Token.ACHE: "#4f74a8",
        Token.SHARP: "#a3247a",
        Token.SHOOTING: "#6a3fa8",
        Token.BURNING: "#c2410c",
        Token.TINGLING: "#0f6f68",
        Token.NUMB: "#3d4a56",
        Token.TIGHT: "#7a5c00",
        Token.CRAMP: "#2c6b2f",
    }
)
