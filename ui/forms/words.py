"""What stands on the segments, which key chooses them, and how a value is said in words."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_desktop.domain.catalogue import CatalogueText, FindingSpec
from clinic_desktop.domain.values import Key, Kind, Side, Value
from clinic_desktop.services.words.distances import shown_unit
from clinic_desktop.services.words.translation import _, pgettext
from ui.viewmodels.reading import MINUS, shown_number, unit_words


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    value: str
    label: str
    """On the segment, short."""
    spoken: str
    """In full, for the tooltip and the screen reader."""
    key: str
    """The key that chooses it."""


def options_of(spec: FindingSpec, text: CatalogueText) -> tuple[Option, ...]:
    """The choices of a finding in their order."""
    if spec.kind in (Kind.RESULT, Kind.ANSWER):
        labels, spoken, keys = _labels(), _spoken(), _keys()
        return tuple(Option(w, labels[w], spoken[w], keys[w]) for w in spec.choices)
    words = ((w, text.choice(spec.id, w)) for w in spec.choices)
    return tuple(
        Option(word, said, said, str(place) if place <= 9 else "")
        for place, (word, said) in enumerate(words, 1)
    )


def _keys() -> dict[str, str]:
    return {
        "positive": "+", "negative": "-", "inconclusive": "?",
        "not_tested": pgettext("key: not tested", "n"), "unable": pgettext("key: unable", "u"),
        "yes": pgettext("key: yes", "y"), "no": pgettext("key: no", "n"), "unknown": "?",
        "not_asked": pgettext("key: not asked", "x"),
    }  # fmt: skip


def _labels() -> dict[str, str]:
    return {
        "positive": "+", "negative": MINUS, "inconclusive": "?", "not_tested": _("not"),
        "unable": _("unable"), "yes": _("yes"), "no": _("no"), "unknown": "?",
        "not_asked": _("not asked"),
    }  # fmt: skip


def _spoken() -> dict[str, str]:
    return {
        "positive": _("positive"), "negative": _("negative"), "inconclusive": _("inconclusive"),
        "not_tested": _("not tested"), "unable": _("unable to test"), "yes": _("yes"),
        "no": _("no"), "unknown": _("unknown"), "not_asked": _("not asked"),
    }  # fmt: skip


def key_of(word: str) -> str:
    """The key that charts a word of a result or an answer."""
    return _keys()[word]


def spoken_word(word: str) -> str:
    """A word of a result or an answer in full."""
    return _spoken()[word]


def not_charted() -> str:
    """What a blank field says to a screen reader."""
    return _("not charted")


def none_of_these() -> str:
    """What an empty set says: asked, and none of them."""
    return _("none of these")


def short_words(spec: FindingSpec, text: CatalogueText, value: Value) -> str:
    """A value as it stands in the narrow column of last time."""
    if isinstance(value, tuple):
        return ", ".join(text.choice(spec.id, word) for word in value) or _("none")
    if spec.kind is Kind.NUMBER:
        return shown_number(spec, value)
    if spec.kind in (Kind.RESULT, Kind.ANSWER):
        return _labels()[str(value)]
    if spec.kind is Kind.GRADE:
        return str(value).replace("-", MINUS)
    return text.choice(spec.id, str(value)) if spec.kind is Kind.CHOICE else str(value)


def unit_of_last(spec: FindingSpec) -> str:
    """The unit behind a value of last time; a scale is clear from the field beside it."""
    words = unit_words(spec) if spec.kind is Kind.NUMBER else ""
    return words if words == shown_unit(spec.unit) else ""


def spoken_name(key: Key, text: CatalogueText) -> str:
    """What a screen reader calls a field: its whole name and its side."""
    name = text.findings[key.finding].name
    return f"{name}, {side_word(key.side)}" if key.side else name


def side_word(side: Side) -> str:
    """Right or left in words."""
    return _("right") if side is Side.RIGHT else _("left")


def side_heading(side: Side) -> str:
    """Right or left at the head of a column."""
    return _("Right") if side is Side.RIGHT else _("Left")
