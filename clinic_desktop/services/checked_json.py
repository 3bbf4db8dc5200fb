"""Strict JSON from outside, where every value knows its place and every fault names one."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Collection, Iterator, Sized
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from clinic_desktop.domain.errors import BadCaseFile
from clinic_desktop.domain.texts import (
    LONGEST_NAME,
    LONGEST_TEXT,
    character_name,
    composed,
    unfit_in_name,
    unfit_in_text,
)

MOST_FAULTS: Final = 50
"""Faults that are spelt out; a file with more of them is most likely another sort of file."""

LONGEST_LIST: Final = 10_000
"""Members of one list or object; more of them only make a hostile file slow to refuse."""

DEEPEST: Final = 64
"""Objects and lists within each other; a case file has six. Far below what Python can read, so
that the answer does not depend on how deep in a program the reader is called."""

MOST_PARTS: Final = 500_000
"""Texts, objects and lists of one file. What has more is refused before it is built: five
megabytes of empty lists would cost seconds and hundreds of megabytes to be refused later."""

_PLAIN_KEY: Final = re.compile(r"[a-z0-9_]{1,60}")
_IDENTIFIER: Final = re.compile(r"[a-z0-9_.]{1,60}")
_WORD: Final = re.compile(r"[a-z0-9_.+-]{1,60}")
"""What may be repeated of an unknown choice: "4-" is one, a sentence is not."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TEXT_OR_BRACKET: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)

_LONGEST_NUMBER: Final = 40
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200


class _Odd(Enum):
    """Numbers that Python's reader would take or stumble over, and that no chart can hold."""

    NOT_A_NUMBER = "NaN and Infinity are no numbers"
    TOO_LONG = "the number is too long"


class _Pairs(tuple[tuple[str, object], ...]):
    """A JSON object as its pairs in order, which still knows a key that came twice."""

    __slots__ = ()


@dataclass(slots=True)
class Faults:
    """What is wrong with a file, one line a fault, in the order of the file."""

    lines: list[str] = field(default_factory=list)
    more: int = 0
    """Faults past the first `MOST_FAULTS`, counted only."""

    def add(self, place: str, text: str) -> None:
        """Note a fault at a place, which is empty for the file as a whole."""
        if len(self.lines) < MOST_FAULTS:
            self.lines.append(f"{place or 'the file'}: {text}")
        else:
            self.more += 1

    def raise_any(self) -> None:
        """Raise BadCaseFile where there are faults."""
        rest = (f"the file: {self.more} more faults like these",) if self.more else ()
        if self.lines:
            raise BadCaseFile((*self.lines, *rest))


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file with its place.

    What reads as a certain type notes a fault where it is not that, and gives a stand-in back so
    that reading goes on and finds the other faults too. Stand-ins never leave: `Faults.raise_any`
    comes last.
    """

    value: object
    place: str
    faults: Faults

    def fault(self, text: str) -> None:
        """Note a fault at this place."""
        self.faults.add(self.place, text)

    # ------------------------------------------------------------------ walking
    def members(self) -> dict[str, Node]:
        """The members of an object by key, none where it is no object.

        null is a fault, and so is a key that comes twice.
        """
        if not isinstance(self.value, _Pairs):
            self.fault("must be an object with keys, in { }")
            return {}
        if self._is_too_long(self.value):
            return {}
        found: dict[str, Node] = {}
        for key, value in self.value:
            child = Node(value, self._place_of(key), self.faults)
            if key in found:
                child.fault("this key is given twice")
            elif value is None:
                child.fault("null says nothing; leave the key out")
            else:
                found[key] = child
        return found

    def fields(
        self,
        known: Collection[str],
        required: Collection[str] = (),
        unknown: str = "is not a key of this format",
    ) -> dict[str, Node]:
        """The members of an object whose keys are fixed; a missing or unknown key is a fault."""
        members = self.members()
        for key, node in members.items():
            if key not in known:
                node.fault(unknown)
        if isinstance(self.value, _Pairs):
            given = {key for key, _ in self.value}
            for key in required:
                if key not in given:
                    self.faults.add(self._place_of(key), "is missing")
        return {key: node for key, node in members.items() if key in known}

    def items(self, most: int = LONGEST_LIST) -> Iterator[Node]:
        """The members of a list, none where it is no list or has too many; null is a fault."""
        if not isinstance(self.value, list):
            self.fault("must be a list, in [ ]")
            return
        if self._is_too_long(self.value, most):
            return
        for index, value in enumerate(self.value):
            child = Node(value, f"{self.place}[{index}]", self.faults)
            if value is None:
                child.fault("null says nothing; leave it out")
            else:
                yield child

    def is_object(self) -> bool:
        """Whether the value is an object."""
        return isinstance(self.value, _Pairs)

    # ------------------------------------------------------------------ reading
    def text(self, limit: int = LONGEST_TEXT, blank: bool = True) -> str:
        """A text of at most so many characters, composed; a fault never repeats its words."""
        return self._text(limit, blank, unfit_in_text, "text")

    def name(self) -> str:
        """A name: one line, nothing in it that cannot be seen, not empty."""
        return self._text(LONGEST_NAME, False, unfit_in_name, "name")

    def _text(self, limit: int, blank: bool, unfit: Callable[[str], str | None], kind: str) -> str:
        if not isinstance(self.value, str):
            self.fault("must be text")
            return ""
        if len(self.value) > limit:
            self.fault(f"{len(self.value)} characters are more than {limit}")
            return ""
        stranger = unfit(self.value)
        text = "" if stranger else composed(self.value)
        if not blank and not self.value.strip():
            self.fault("must not be empty")
        elif stranger:
            what = character_name(stranger)
            at = self.value.index(stranger) + 1
            self.fault(f"character {at} is {what}, which no {kind} may hold")
        elif len(text) > limit:
            self.fault(f"{len(text)} characters are more than {limit}")
        else:
            return text
        return ""

    def word(self, words: Collection[str]) -> str:
        """One of the given words."""
        if isinstance(self.value, str) and self.value in words:
            return self.value
        self.fault(f"{self._quoted} is none of {', '.join(words)}")
        return ""

    def known(self, ids: Collection[str], reason: str) -> str:
        """One of many ids; the fault says the reason and not the whole list."""
        if isinstance(self.value, str) and self.value in ids:
            return self.value
        self.fault(f"{self._quoted} {reason}")
        return ""

    def number(self, low: float, high: float, unit: str) -> float:
        """A number in a range, both ends included; a whole one stays whole."""
        range_text = f"{low:g}..{high:g} {unit}".rstrip()
        if isinstance(self.value, _Odd):
            self.fault(f"{self.value.value}; must be in {range_text}")
        elif isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.fault(f"must be a number in {range_text}")
        elif not low <= self.value <= high:
            self.fault(f"{self.value} is outside {range_text}")
        else:
            return self.value
        return low

    def whole_number(self, low: int, high: int, unit: str) -> int:
        """A number without a point in a range, both ends included."""
        if isinstance(self.value, float):
            self.fault(f"must be a whole number in {low}..{high} {unit}")
            return low
        return int(self.number(low, high, unit))

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.fault("must be true or false")
            return False
        return self.value

    def day(self) -> dt.date | None:
        """A date as YYYY-MM-DD, else None. Never repeated: it may be a birth date."""
        day = None
        if isinstance(self.value, str) and _DAY.fullmatch(self.value):
            with suppress(ValueError):
                day = dt.date.fromisoformat(self.value)
        if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fault(f"must be a date as YYYY-MM-DD, from {_FIRST_YEAR} to {_LAST_YEAR}")
            return None
        return day

    def moment(self) -> str:
        """A date with or without a time in ISO 8601, kept as it was given."""
        if isinstance(self.value, str) and self.value.isascii():
            with suppress(ValueError):
                dt.datetime.fromisoformat(self.value)
                return self.value
        self.fault("must be a date and time as ISO 8601 has it, 2026-03-02T09:30:00Z")
        return ""

    def _is_too_long(self, members: Sized, most: int = LONGEST_LIST) -> bool:
        if len(members) > most:
            self.fault(f"{len(members)} members are more than {most}")
        return len(members) > most

    @property
    def _quoted(self) -> str:
        """The value where it looks like a choice; anything else may be a person's words."""
        fits = isinstance(self.value, str) and _WORD.fullmatch(self.value)
        return f'"{self.value}"' if fits else "the value"

    def _place_of(self, key: str) -> str:
        if _PLAIN_KEY.fullmatch(key):
            return f"{self.place}.{key}" if self.place else key
        if _IDENTIFIER.fullmatch(key):
            return f'{self.place}."{key}"' if self.place else f'"{key}"'
        # Whatever else stands for a key may be a person's words, and is not repeated.
        return f"{self.place or 'the file'}, an unknown key"


def parse(data: bytes, limit: int) -> Node:
    """The bytes of a file as its outermost value.

    Raises BadCaseFile where they are too many, not UTF-8, not JSON, nested too deeply to read, or
    of too many parts.
    """
    if len(data) > limit:
        raise BadCaseFile([f"the file: is larger than {limit // 1_000_000} MB"])
    try:
        # Some editors put a byte order mark before everything they write.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadCaseFile([f"the file: is not UTF-8 at byte {problem.start}"]) from None
    _refuse_bombs(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_constant=lambda _: _Odd.NOT_A_NUMBER,
            parse_float=_float,
            parse_int=_int,
        )
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise BadCaseFile([f"the file: is not JSON at {where}"]) from None
    except RecursionError:
        # Python's own limit, where a caller has left the reader less than our own needs.
        raise BadCaseFile(["the file: is nested too deeply"]) from None
    return Node(value, "", Faults())


def _refuse_bombs(text: str) -> None:
    """Raise BadCaseFile for more than `DEEPEST` levels of objects and lists, or `MOST_PARTS`."""
    depth = parts = 0
    for found in _TEXT_OR_BRACKET.finditer(text):
        sign = text[found.start()]
        if sign in "]}":
            depth -= 1
            continue
        parts += 1
        depth += sign != '"'
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            raise BadCaseFile(
                [f"the file: is nested more than {DEEPEST} levels deep at line {line}"]
            )
        if parts > MOST_PARTS:
            raise BadCaseFile([f"the file: has more than {MOST_PARTS} texts, objects and lists"])


def _int(digits: str) -> int | _Odd:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _Odd.TOO_LONG


def _float(digits: str) -> float | _Odd:
    number = float(digits)
    return number if math.isfinite(number) else _Odd.TOO_LONG
