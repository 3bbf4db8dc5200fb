"""Words for patterns, red-flag levels, sides and findings, the same wherever they are shown."""

from __future__ import annotations

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.domain.suggestion import Line, RedFlag
from clinic_desktop.domain.values import Side

from .dates import date_words
from .translation import _, pgettext


def pattern_name(pattern: str) -> str:
    """Name of a pattern."""
    return {
        "pattern_1": _("Pattern 1"),
        "pattern_2": _("Pattern 2"),
        "pattern_3": _("Pattern 3"),
        "local": _("Local tendon or muscle"),
        "other_source": _("Other source"),
    }[pattern]


def pattern_meaning(pattern: str) -> str:
    """What a pattern means, in half a sentence."""
    return {
        "pattern_1": _("Low back and nerve root, inhibited glutes, overloaded hamstring"),
        "pattern_2": _("Tightness, then stretching of an irritated nerve"),
        "pattern_3": _("Hamstring injury, then stretching as rehab"),
        "local": _("The hamstring's own tendon or muscle"),
        "other_source": _("Deep gluteal, hip or sacroiliac: outside this tool"),
    }[pattern]


def line_words(line: Line) -> str:
    """A line of a ledger, with the day of its test where that was not this visit's."""
    if line.on is None:
        return line.text
    day = date_words(line.on).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{line.text} ({day})"


def level_word(level: str) -> str:
    """How urgent a red-flag level is."""
    return {
        "E": _("emergency"),
        "S": _("same day"),
        "U": _("urgent referral"),
        "I": _("review before loading"),
        "W": _("watch"),
    }[level]


def flag_title(flag: RedFlag) -> str:
    """Heading of a red flag."""
    return flag.title or flag.id.replace("_", " ").capitalize()


def side_word(side: Side | None) -> str:
    """The side in words, or nothing."""
    return {Side.RIGHT: _("right"), Side.LEFT: _("left"), None: ""}[side]


def jotted(name: str, side: Side | None) -> str:
    """A short name with its side, as a colleague jots it down: `SLR right`, `SLR, place, right`."""
    if side is None:
        return name
    said = _("{finding}, {side}") if "," in name else _("{finding} {side}")
    return said.format(finding=name, side=side_word(side))


def on_side(side: Side | None, value: str) -> str:
    """What was found on a side, beside the other: `right 60 deg`."""
    return _("{side} {value}").format(side=side_word(side), value=value) if side else value


def short_side(side: Side) -> str:
    """The side where there is little room."""
    words = {Side.RIGHT: pgettext("short", "right"), Side.LEFT: pgettext("short", "left")}
    return words[side]


def finding_name(text: CatalogueText, finding: str, side: Side | None = None) -> str:
    """Whole name of a finding with its side: `Slump, result, right`."""
    known = text.findings.get(finding)
    name = known.name if known else finding
    return f"{name}, {side_word(side)}" if side else name
