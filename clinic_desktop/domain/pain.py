"""Where it hurts and what kind of pain it is, read from what was charted, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .values import SIDES, Key, Side, Value
from .visits import Case, Findings, Visit

SITES: Final = "complaint.sites"
"""The finding that holds the places; the chart of the body is another view of it."""
PLACES: Final = (
    "low_back", "deep_buttock", "gluteal_fold", "mid_posterior_thigh", "behind_knee", "calf",
    "groin", "foot",
)  # fmt: skip
"""The places that can be marked, in the order of their keys 1 to 8."""
KINDS: Final = (
    "ache", "sharp", "shooting", "burning", "tingling", "numb", "tight", "cramp",
)  # fmt: skip
"""Kinds of pain, in the order of their keys 1 to 8: the words that pain drawings and descriptor
lists have in common."""
_KIND: Final = "pain_kind."


def kind_finding(place: str) -> str:
    """The finding that holds the kinds of pain at a place."""
    return f"{_KIND}{place}"


def place_of(finding: str) -> str:
    """The place whose kinds of pain a finding holds; empty for any other finding."""
    place = finding.removeprefix(_KIND)
    return place if place != finding and place in PLACES else ""


@dataclass(frozen=True, slots=True)
class SiteMark:
    """One place that hurts, of one side, with the kinds of pain that were said of it."""

    place: str
    side: Side
    kinds: tuple[str, ...] = ()
    """In the order of `KINDS`; none where nobody said."""


@dataclass(frozen=True, slots=True)
class PainMap:
    """What a visit says about where it hurts. A side that was not charted is not in `asked`."""

    marks: tuple[SiteMark, ...] = ()
    asked: tuple[Side, ...] = ()
    """Sides of which places were charted, be it as "none of these"."""

    def at(self, place: str, side: Side) -> SiteMark | None:
        """The mark at a place; None where it is not marked."""
        return next((m for m in self.marks if (m.place, m.side) == (place, side)), None)

    def of(self, side: Side) -> tuple[SiteMark, ...]:
        """The marks of a side, in the order of `PLACES`."""
        return tuple(mark for mark in self.marks if mark.side is side)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that is marked somewhere, in the order of `KINDS`."""
        said = {kind for mark in self.marks for kind in mark.kinds}
        return tuple(kind for kind in KINDS if kind in said)

    def mirrored(self) -> PainMap:
        """The same marks on the other side of the body."""
        marks = [SiteMark(m.place, m.side.other, m.kinds) for m in self.marks]
        return PainMap(_sorted(marks), tuple(s for s in SIDES if s.other in self.asked))


def pain_map(findings: Findings) -> PainMap:
    """The places and kinds of one visit. A kind without its place marks nothing."""
    asked = tuple(side for side in SIDES if Key(SITES, side) in findings)
    marks = [
        SiteMark(place, side, kinds_at(findings, place, side))
        for side in asked
        for place in _words(findings.get(Key(SITES, side)))
        if place in PLACES
    ]
    return PainMap(_sorted(marks), asked)


def kinds_at(findings: Findings, place: str, side: Side) -> tuple[str, ...]:
    """The kinds of pain charted at a place, in the order of `KINDS`."""
    said = _words(findings.get(Key(kind_finding(place), side)))
    return tuple(kind for kind in KINDS if kind in said)


def map_before(visits: Iterable[Visit]) -> PainMap:
    """The latest map before a visit, from the visits before it, oldest first.

    Each side is of the last visit that charted it, as "last time" is beside every field.
    """
    latest: dict[Side, PainMap] = {}
    for visit in visits:
        here = pain_map(visit.findings)
        latest.update(dict.fromkeys(here.asked, here))
    marks = [mark for side, found in latest.items() for mark in found.of(side)]
    return PainMap(_sorted(marks), tuple(side for side in SIDES if side in latest))


class Change(StrEnum):
    """What became of a place since last time."""

    NEW = "new"
    GONE = "gone"
    OTHER_KIND = "other kind"


def changes(before: PainMap, now: PainMap) -> tuple[tuple[Change, SiteMark], ...]:
    """What differs between two visits, of the sides that both of them charted.

    A side that was not asked about is no longer known: nothing there is new and nothing is gone.
    A kind that is not said is no change.
    """
    found: list[tuple[Change, SiteMark]] = []
    for side in (side for side in SIDES if side in before.asked and side in now.asked):
        for place in PLACES:
            old, new = before.at(place, side), now.at(place, side)
            if old is None and new is not None:
                found.append((Change.NEW, new))
            elif old is not None and new is None:
                found.append((Change.GONE, old))
            elif old and new and old.kinds and new.kinds and old.kinds != new.kinds:
                found.append((Change.OTHER_KIND, new))
    return tuple(found)


def along_with(findings: Findings, key: Key, value: Value | None) -> Mapping[Key, Value | None]:
    """What else is charted together with a value; None is "back to not charted".

    The kinds of a place go with its mark: nobody has a burning pain where nothing hurts. A kind
    said of a place that is not marked yet marks it.
    """
    if key.side is None:
        return {}
    if key.finding == SITES:
        kept = _words(value)
        kinds = (Key(kind_finding(place), key.side) for place in PLACES if place not in kept)
        return {kind: None for kind in kinds if kind in findings}
    place = place_of(key.finding)
    marked = _words(findings.get(Key(SITES, key.side)))
    if not place or not _words(value) or place in marked:
        return {}
    words = tuple(known for known in PLACES if known in marked or known == place)
    return {Key(SITES, key.side): words}


def at_home(findings: Findings, values: Mapping[Key, Value]) -> Mapping[Key, Value | None]:
    """Values to chart together, without kinds of places that would not be marked then.

    A kind that is charted already and would lose its place goes with it.
    """
    after = {**findings, **values}

    def homeless(key: Key) -> bool:
        place = place_of(key.finding)
        return bool(place) and place not in _words(after.get(Key(SITES, key.side)))

    moved = any(key.finding == SITES for key in values)
    gone = [key for key in findings if moved and homeless(key)]
    return {**{k: v for k, v in values.items() if not homeless(k)}, **dict.fromkeys(gone)}


def switched(findings: Findings, place: str, side: Side) -> tuple[str, ...] | None:
    """The places of a side with one of them marked, or taken away where it was.

    The last mark taken away leaves the question open, as in every set: "none" is an answer of its
    own.
    """
    words = set(_words(findings.get(Key(SITES, side)))) ^ {place}
    return tuple(known for known in PLACES if known in words) or None


def told_with_place(findings: Findings, finding: str) -> bool:
    """Whether all that a finding says of kinds of pain is said where its place is named."""
    place = place_of(finding)
    sides = [side for side in SIDES if Key(finding, side) in findings]
    return bool(place) and all(
        place in _words(findings.get(Key(SITES, side))) and findings[Key(finding, side)] != ()
        for side in sides
    )


def charted_maps(case: Case) -> tuple[tuple[int, PainMap, PainMap], ...]:
    """Each visit that charted places: its place in the course, its map, and the one before."""
    found = []
    for at, visit in enumerate(case.visits):
        here = pain_map(visit.findings)
        if here.asked:
            found.append((at, here, map_before(case.visits[:at])))
    return tuple(found)


def _words(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _sorted(marks: Iterable[SiteMark]) -> tuple[SiteMark, ...]:
    return tuple(sorted(marks, key=lambda m: (SIDES.index(m.side), PLACES.index(m.place))))
