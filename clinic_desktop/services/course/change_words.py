"""What changed since last time, in words: for the view, the note and the screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.changes import Turn, Turned
from clinic_desktop.domain.trends import PSFS
from clinic_desktop.domain.values import SIDES, Key, Kind, Value
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.finding_words import (
    change_unit,
    moved_words,
    value_words,
    with_unit,
)
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import jotted, side_word


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One line of what changed."""

    key: Key
    """The field to go to."""
    turn: Turn
    name: str
    before: str
    """Empty where it was never tested before."""
    now: str
    """Empty where it was not tested today."""
    day: str
    """When it was tested last, where that was not at the visit before; else empty."""
    detail: str
    """How much it is and the error it was held against, or why it cannot be judged."""

    @property
    def spoken(self) -> str:
        """The line as a sentence."""
        said = _("{before}, now {now}") if self.before and self.now else "{before}{now}"
        values = said.format(before=self.before, now=self.now)
        tail = (values, self.detail, self.day)
        return f"{self.name}: {', '.join(part for part in tail if part)}"


def turn_words(turn: Turn) -> str:
    """The heading over all changes of one kind."""
    return {
        Turn.NEW: _("New"),
        Turn.WORSE: _("Worse"),
        Turn.GONE: _("Gone"),
        Turn.BETTER: _("Better"),
        Turn.OTHER: _("Changed, not judged"),
        Turn.UNTESTED: _("No longer tested"),
        Turn.SAME: _("No real change"),
    }[turn]


def told_changes(
    changes: Iterable[Turned], case: Case, catalogue: Catalogue, text: CatalogueText
) -> tuple[ToldChange, ...]:
    """Each change as a line; what is no longer tested is told test by test, not field by field."""
    told = []
    untested: dict[tuple[str, str, int | None], list[Turned]] = {}
    for one in changes:
        if one.turn is Turn.UNTESTED and not one.activity:
            group = catalogue.spec(one.key.finding).group
            untested.setdefault((group, one.key.side or "", one.at), []).append(one)
            continue
        told.append(_line(one, case, catalogue, text))
    lines = (_untested(group, case, catalogue, text) for group in untested.values())
    same = [line for line in told if line.turn is Turn.SAME]
    return (*(line for line in told if line.turn is not Turn.SAME), *lines, *same)


def _line(one: Turned, case: Case, catalogue: Catalogue, text: CatalogueText) -> ToldChange:
    spec = catalogue.spec(one.key.finding)
    before, now = (
        "" if value is None else value_words(spec, text, value) for value in (one.before, one.now)
    )
    if spec.kind is Kind.SET and one.turn in (Turn.NEW, Turn.GONE):
        # What came or went, not the whole of the set.
        before, now = (
            (before if one.turn is Turn.GONE else ""),
            (now if one.turn is Turn.NEW else ""),
        )
    day = _day(one, case)
    detail = _detail(one, catalogue)
    return ToldChange(one.key, one.turn, _name(one, text), before, now, day, detail)


def _day(one: Turned, case: Case) -> str:
    if one.at is None or one.at == len(case.visits) - 2:
        return ""
    return _("on {day}").format(day=date_words(case.visits[one.at].date))


def _name(one: Turned, text: CatalogueText) -> str:
    """The finding as a colleague jots it down, with its side."""
    if one.activity:
        return _("{activity} (own activity)").format(activity=one.activity)
    if one.key.finding == PSFS:
        return _("Own activities, mean")
    known = text.findings[one.key.finding]
    return jotted(known.brief or known.name, one.key.side)


def _detail(one: Turned, catalogue: Catalogue) -> str:
    if one.why == "method" and one.key.finding == PSFS:
        return _("other activities than before: not compared")
    if one.why == "method":
        return _("in another way than before: not compared")
    if one.why == "first":
        return _("tested for the first time")
    pain = _("more of it at more pain") if one.why == "pain" else ""
    if pain:
        return pain
    numbers = [value for value in (one.before, one.now) if isinstance(value, int | float)]
    if len(numbers) < 2:
        return ""
    unit = change_unit(catalogue.spec(one.key.finding))
    moved = moved_words(numbers[1] - numbers[0], unit)
    if one.least is not None:
        error = f"\N{PLUS-MINUS SIGN}{with_unit(one.least, unit)}"
        return _("{moved}, error {error}").format(moved=moved, error=error)
    return moved if one.turn is Turn.SAME else _("{moved}, error not known").format(moved=moved)


def _untested(
    group: list[Turned], case: Case, catalogue: Catalogue, text: CatalogueText
) -> ToldChange:
    """A whole test that was not done today, with what it found last."""
    first = group[0]
    spec = catalogue.spec(first.key.finding)
    if len(group) == 1:
        return _line(first, case, catalogue, text)
    label = text.groups[spec.group].label
    name = f"{label}, {side_word(first.key.side)}" if first.key.side else label
    found = "; ".join(_found(one, catalogue, text) for one in group)
    day = _day(first, case)
    return ToldChange(first.key, Turn.UNTESTED, name, found, "", day, "")


def _found(one: Turned, catalogue: Catalogue, text: CatalogueText) -> str:
    spec = catalogue.spec(one.key.finding)
    value: Value = one.before if one.before is not None else ""
    said = value_words(spec, text, value)
    return f"{text.findings[spec.id].label} {said}"


def changes_in_note(lines: Iterable[ToldChange]) -> Iterator[tuple[str, str]]:
    """Heading and words for the note: what changed, and how much was not tested again."""
    by_turn: dict[Turn, list[ToldChange]] = {}
    for line in lines:
        by_turn.setdefault(line.turn, []).append(line)
    for turn, found in by_turn.items():
        if turn in (Turn.SAME, Turn.UNTESTED):
            continue
        yield turn_words(turn), "; ".join(map(_short, found))
    same = by_turn.get(Turn.SAME, [])
    if same:
        yield turn_words(Turn.SAME), "; ".join(_by_both_sides(same))
    untested = by_turn.get(Turn.UNTESTED, [])
    if untested:
        yield turn_words(Turn.UNTESTED), "; ".join(_by_both_sides(untested))


def _by_both_sides(lines: Iterable[ToldChange]) -> Iterator[str]:
    """The names of lines; one that stands there for right and left is told once."""
    sides: dict[str, list[ToldChange]] = {}
    for line in lines:
        base = line.name
        if line.key.side is not None:
            base = base.removesuffix(side_word(line.key.side)).rstrip(" ,")
        sides.setdefault(base, []).append(line)
    for base, found in sides.items():
        if {line.key.side for line in found} == set(SIDES) and len(found) == len(SIDES):
            yield _("{finding}, both sides").format(finding=base)
        else:
            yield from (line.name for line in found)


def _short(line: ToldChange) -> str:
    both = _("{before}, now {now}").format(before=line.before, now=line.now)
    values = both if line.before and line.now else line.now or line.before
    return f"{line.name} ({values})" if values else line.name
