"""What the home-plan sheet says of the last one: new, more, less, changed, stopped, the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from clinic_desktop.domain.documents import Change, SheetWords
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.visits import PlanChoice

LONGEST_AGAIN: Final = 60
"""Characters of a changed dose or note that are repeated among the changes."""

_DRAWN: Final = "right"
"""The side on the drawings of a sheet where none was known."""

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_NEXT_WORD: Final = re.compile(r"\W*([^\W\d_]+)")
_SENTENCE: Final = re.compile(r"[.;\n]+(?!\d)")


def changes_since(
    before: Sequence[PlanChoice], now: Sequence[PlanChoice], library: PlanLibrary
) -> tuple[Change, ...]:
    """What is new, differs, is gone or stays as it was.

    Each choice holds its dose and its side as they are printed; where nothing is said of a side,
    there is none.
    """
    words = library.sheet
    names = _names_of((*before, *now), library)
    olds = {choice.item: choice for choice in before}
    kept = [choice for choice in now if choice.item in olds]
    differing = {
        choice.item: found
        for choice in kept
        if (found := _difference(olds[choice.item], choice, library)) is not None
    }
    still = {choice.item for choice in kept}
    lines = (
        (words.new, ", ".join(names[one.item] for one in now if one.item not in olds)),
        *(
            (label, _told(differing, label, names))
            for label in (words.more_dose, words.less_dose, words.changed)
        ),
        (words.stopped, ", ".join(names[item] for item in olds if item not in still)),
        (words.same, ", ".join(names[one.item] for one in kept if one.item not in differing)),
    )
    return tuple(Change(label, text) for label, text in lines if text)


def _names_of(choices: Iterable[PlanChoice], library: PlanLibrary) -> Mapping[str, str]:
    """Each item's short name; where two of them have the same one, the full names."""
    shorts = {one.item: library.text(one.item, one.drawing).short for one in choices}
    count = Counter(shorts.values())
    return {
        item: short if count[short] == 1 else library.name(item) for item, short in shorts.items()
    }


def _told(differing: Mapping[str, Change], label: str, names: Mapping[str, str]) -> str:
    """The items of one label, each with what differs, and each named once."""
    said = ((names[item], one.text) for item, one in differing.items() if one.label == label)
    return "; ".join(
        text if text.startswith(name) else f"{name}: {text}" if text else name
        for name, text in said
    )


def _difference(old: PlanChoice, new: PlanChoice, library: PlanLibrary) -> Change | None:
    """How an item on the sheet differs from what the last sheet said of it; None for not at all.

    A long dose is not said again: then the exercise stands alone.
    """
    words, dose = library.sheet, new.dose or ""
    text, before = library.text(new.item, new.drawing), library.text(old.item, old.drawing)
    other_dose = dose != (old.dose or "")
    told = []
    if new.drawing != old.drawing:
        told.append(words.instead_of.format(now=text.drawn_as, before=before.drawn_as))
    if other_dose:
        told.append(dose if len(dose) <= LONGEST_AGAIN else "")
    if text.sides and (new.side or _DRAWN) != (old.side or _DRAWN):
        told.append(text.sides.get(new.side or "", ""))
    if _note(new) != _note(old):
        told.append(_note_again(_note(new), words))
    if not told:
        return None
    label = _label(old.dose or "", dose, words) if other_dose and len(told) == 1 else words.changed
    said = [part for part in told if part]
    return Change(label, said[0] if len(said) == 1 else ", ".join(s.rstrip(".") for s in said))


def _note(choice: PlanChoice) -> str:
    return (choice.words or "").strip()


def _note_again(note: str, words: SheetWords) -> str:
    if not note:
        return words.no_note
    return note if len(note) <= LONGEST_AGAIN else words.new_note


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
