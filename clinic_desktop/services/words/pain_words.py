"""Says in words where it hurts, what kind of pain it is, and what changed; draws it as a chart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.domain.figures.body_chart import draw_body_chart, regions
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.pain import SITES, Change, PainMap, SiteMark, changes, kind_finding
from clinic_desktop.domain.values import SIDES, Side

from .translation import _, in_use, pgettext
from .wording import on_side, short_side, side_word


def place_words(text: CatalogueText, place: str) -> str:
    """A place in words: `gluteal fold`."""
    return text.choice(SITES, place)


def kind_words(text: CatalogueText, place: str, kind: str) -> str:
    """A kind of pain in words: `burning`."""
    return text.choice(kind_finding(place), kind)


def mark_words(text: CatalogueText, mark: SiteMark) -> str:
    """A place with its kinds: `gluteal fold (ache, burning)`."""
    place = place_words(text, mark.place)
    if not mark.kinds:
        return place
    kinds = ", ".join(kind_words(text, mark.place, kind) for kind in mark.kinds)
    return _("{place} ({kinds})").format(place=place, kinds=kinds)


def side_words(text: CatalogueText, found: PainMap, side: Side) -> str:
    """What is marked on a side; a side that nobody asked about is never "none"."""
    if side not in found.asked:
        return _("not charted")
    return "; ".join(mark_words(text, m) for m in found.of(side)) or _("none of these")


def map_words(text: CatalogueText, found: PainMap) -> str:
    """A whole chart in a sentence a side."""
    said = [
        _("{side}: {marks}.").format(side=side_word(side), marks=side_words(text, found, side))
        for side in SIDES
    ]
    return " ".join(_first_up(words) for words in said)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def change_words(text: CatalogueText, before: PainMap, now: PainMap) -> str:
    """What changed since the chart before, in a line; empty where there is nothing to compare."""
    compared = [side for side in SIDES if side in before.asked and side in now.asked]
    if not compared:
        return ""
    said: dict[Change, list[str]] = {}
    for change, mark in changes(before, now):
        # What is gone has no kind any more.
        gone = change is Change.GONE
        words = place_words(text, mark.place) if gone else mark_words(text, mark)
        named = on_side(mark.side, words)
        said.setdefault(change, []).append(named)
    labels = {
        Change.NEW: _("New: {places}"),
        Change.GONE: _("Gone: {places}"),
        Change.OTHER_KIND: _("Other kind of pain: {places}"),
    }
    lines = [labels[kind].format(places="; ".join(said[kind])) for kind in labels if kind in said]
    return ". ".join(lines or [_("The same places as before")]) + "."


def chart_labels() -> Mapping[str, str]:
    """The words on a chart of the body."""
    return {
        "front": _("Front"), "back": pgettext("of a body", "Back"),
        "right": short_side(Side.RIGHT), "left": short_side(Side.LEFT),
    }  # fmt: skip


def body_drawing(text: CatalogueText, now: PainMap, before: PainMap) -> Drawing:
    """The chart of a visit, described for those who do not see it."""
    said = _("Body chart. {marks}").format(marks=map_words(text, now))
    return draw_body_chart(now, before, chart_labels(), said)


def body_drawing_without_marks() -> Drawing:
    """The two figures with their words, as every chart begins."""
    return _drawing_in(in_use())


def get_ready() -> None:
    """Work out what every chart of the body begins with; may be done in any thread."""
    body_drawing_without_marks()
    regions()


@cache
def _drawing_in(_language: str) -> Drawing:
    return draw_body_chart(PainMap(), PainMap(), chart_labels())


def no_kind_said() -> str:
    """What a mark without a pattern means in the legend."""
    return _("kind not said")


def marked_before() -> str:
    """What a grey outline means in the legend."""
    return _("the visit before")
