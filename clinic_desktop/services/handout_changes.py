"""What the home-plan sheet says of the last one: new, more, less, changed, stopped, the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from clinic_desktop.domain.documents import Change, SheetWords
from clinic_desktop.domain.plans import PlanItemText, PlanLibrary
from clinic_desktop.domain.visits import PlanChoice

Way: TypeAlias = tuple[str, str | None]
"""An item and which of its drawings: another drawing is another exercise to the patient."""

LONGEST_DOSE_AGAIN: Final = 60
"""Characters of a changed dose that are repeated among the changes."""

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_NEXT_WORD: Final = re.compile(r"\W*([^\W\d_]+)")
_SENTENCE: Final = re.compile(r"[.;\n]+(?!\d)")


def changes_since(
    before: Sequence[PlanChoice], now: Sequence[PlanChoice], library: PlanLibrary
) -> tuple[Change, ...]:
    """What is new, has another dose, is gone or stays as it was; each choice holds its dose."""
    words = library.sheet
    names = _names_of({_way(choice) for choice in (*before, *now)}, library)
    doses_before = {_way(choice): choice.dose or "" for choice in before}
    doses_now = {_way(choice): choice.dose or "" for choice in now}
    changed = {
        item: _label(doses_before[item], dose, words)
        for item, dose in doses_now.items()
        if item in doses_before and dose != doses_before[item]
    }
    same = [item for item in doses_now if item in doses_before and item not in changed]
    lines = (
        (words.new, ", ".join(names[item] for item in doses_now if item not in doses_before)),
        *(
            (label, _doses(changed, label, doses_now, names))
            for label in (words.more_dose, words.less_dose, words.changed)
        ),
        (words.stopped, ", ".join(names[item] for item in doses_before if item not in doses_now)),
        (words.same, ", ".join(names[item] for item in same)),
    )
    return tuple(Change(label, text) for label, text in lines if text)


def _way(choice: PlanChoice) -> Way:
    return choice.item, choice.drawing


def _names_of(ways: Iterable[Way], library: PlanLibrary) -> Mapping[Way, str]:
    """Each item's short name; where two of them have the same one, the full names, and where those
    are the same too, what is drawn."""
    texts = {way: library.text(*way) for way in ways}
    shorts = Counter(text.short for text in texts.values())
    fulls = Counter(text.name for text in texts.values())

    def name_of(text: PlanItemText) -> str:
        if shorts[text.short] == 1:
            return text.short
        return text.name if fulls[text.name] == 1 else f"{text.name} ({text.drawn_as})"

    return {way: name_of(text) for way, text in texts.items()}


def _doses(
    changed: Mapping[Way, str], label: str, doses: Mapping[Way, str], names: Mapping[Way, str]
) -> str:
    """The items of one label with their new doses; a long one stands with its exercise only."""
    return "; ".join(
        f"{names[item]}: {doses[item]}" if len(doses[item]) <= LONGEST_DOSE_AGAIN else names[item]
        for item, found in changed.items()
        if found == label
    )


def _label(before: str, now: str, words: SheetWords) -> str:
    """More or less only where nothing but counted numbers differ, all in one direction."""
    if _NUMBER.sub("#", before) != _NUMBER.sub("#", now):
        return words.changed
    olds, news = list(_NUMBER.finditer(before)), list(_NUMBER.finditer(now))
    steps = [
        _value(new) - _value(old)
        for old, new in zip(olds, news, strict=True)
        if old.group() != new.group()
    ]
    counted = all(
        _counted(now, new, words)
        for old, new in zip(olds, news, strict=True)
        if old.group() != new.group()
    )
    if counted and steps and all(step > 0 for step in steps):
        return words.more_dose
    if counted and steps and all(step < 0 for step in steps):
        return words.less_dose
    return words.changed


def _value(number: re.Match[str]) -> float:
    return float(number.group().replace(",", "."))


def _counted(dose: str, number: re.Match[str], words: SheetWords) -> bool:
    """Whether a number is a number of times: `15 times` is, `every 15 times` is not."""
    # "15 to 25 times", "de 15 a 25 veces", "10-12 times": the unit stands behind the second.
    rest = re.sub(r"^\s*(?:to|a|or|o|-|\N{EN DASH})?\s*\d+(?:[.,]\d+)?", "", dose[number.end() :])
    unit = _NEXT_WORD.match(rest)
    start = max((end.end() for end in _SENTENCE.finditer(dose, 0, number.start())), default=0)
    sentence = _SENTENCE.split(dose[start:])[0].lower()
    apart = set(re.findall(r"[^\W\d_]+", sentence)) & set(words.not_counted)
    return unit is not None and unit.group(1).lower() in words.counted and not apart
