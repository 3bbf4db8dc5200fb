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
from clinic_desktop.services.words.translation import _

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

    NOT_A_NUMBER = "not a number"
    TOO_LONG = "too long"

    @property
    def words(self) -> str:
        """What is wrong with it."""
        if self is _Odd.NOT_A_NUMBER:
            return _("NaN and Infinity are no numbers")
        return _("the number is too long")


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
            self.lines.append(f"{place or _('the file')}: {text}")
        else:
            self.more += 1

    def raise_any(self) -> None:
        """Raise BadCaseFile where there are faults."""
        more = _("the file: {n} more faults like these").format(n=self.more)
        rest = (more,) if self.more else ()
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
            self.fault(_("must be an object with keys, in { }"))
            return {}
        if self._is_too_long(self.value):
            return {}
        found: dict[str, Node] = {}
        for key, value in self.value:
            child = Node(value, self._place_of(key), self.faults)
            if key in found:
                child.fault(_("this key is given twice"))
            elif value is None:
                child.fault(_("null says nothing; leave the key out"))
            else:
                found[key] = child
        return found

    def fields(
        self,
        known: Collection[str],
        required: Collection[str] = (),
        unknown: str = "",
    ) -> dict[str, Node]:
        """The members of an object whose keys are fixed; a missing or unknown key is a fault."""
        members = self.members()
        for key, node in members.items():
            if key not in known:
                node.fault(unknown or _("is not a key of this format"))
        if isinstance(self.value, _Pairs):
            given = {key for key, _value in self.value}
            for key in required:
                if key not in given:
                    self.faults.add(self._place_of(key), _("is missing"))
        return {key: node for key, node in members.items() if key in known}

    def items(self, most: int = LONGEST_LIST) -> Iterator[Node]:
        """The members of a list, none where it is no list or has too many; null is a fault."""
        if not isinstance(self.value, list):
            self.fault(_("must be a list, in [ ]"))
            return
        if self._is_too_long(self.value, most):
            return
        for index, value in enumerate(self.value):
            child = Node(value, f"{self.place}[{index}]", self.faults)
            if value is None:
                child.fault(_("null says nothing; leave it out"))
            else:
                yield child

    def is_object(self) -> bool:
        """Whether the value is an object."""
        return isinstance(self.value, _Pairs)

    # ------------------------------------------------------------------ reading
    def text(self, limit: int = LONGEST_TEXT, blank: bool = True) -> str:
        """A text of at most so many characters, composed; a fault never repeats its words."""
        unfit = _("character {n} is {what}, which no text may hold")
        return self._text(limit, blank, unfit_in_text, unfit)

    def name(self) -> str:
        """A name: one line, nothing in it that cannot be seen, not empty."""
        unfit = _("character {n} is {what}, which no name may hold")
        return self._text(LONGEST_NAME, False, unfit_in_name, unfit)

    def _text(self, limit: int, blank: bool, unfit: Callable[[str], str | None], said: str) -> str:
        if not isinstance(self.value, str):
            self.fault(_("must be text"))
            return ""
        if len(self.value) > limit:
            self._fault_of_length(len(self.value), limit)
            return ""
        stranger = unfit(self.value)
        text = "" if stranger else composed(self.value)
        if not blank and not self.value.strip():
            self.fault(_("must not be empty"))
        elif stranger:
            what = character_name(stranger)
            at = self.value.index(stranger) + 1
            self.fault(said.format(n=at, what=what))
        elif len(text) > limit:
            self._fault_of_length(len(text), limit)
        else:
            return text
        return ""

    def _fault_of_length(self, n: int, most: int) -> None:
        self.fault(_("{n} characters are more than {most}").format(n=n, most=most))

    def word(self, words: Collection[str]) -> str:
        """One of the given words."""
        if isinstance(self.value, str) and self.value in words:
            return self.value
        said = _("{value} is none of {choices}")
        self.fault(said.format(value=self._quoted, choices=", ".join(words)))
        return ""

    def known(self, ids: Collection[str], reason: str) -> str:
        """One of many ids; the fault says the reason, of the {value}, and not the whole list."""
        if isinstance(self.value, str) and self.value in ids:
            return self.value
        self.fault(reason.format(value=self._quoted))
        return ""

    def number(self, low: float, high: float, unit: str) -> float:
        """A number in a range, both ends included; a whole one stays whole."""
        range_text = f"{low:g}..{high:g} {unit}".rstrip()
        if isinstance(self.value, _Odd):
            said = _("{what}; must be in {range}")
            self.fault(said.format(what=self.value.words, range=range_text))
        elif isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.fault(_("must be a number in {range}").format(range=range_text))
        elif not low <= self.value <= high:
            said = _("{value} is outside {range}")
            self.fault(said.format(value=self.value, range=range_text))
        else:
            return self.value
        return low

    def whole_number(self, low: int, high: int, unit: str) -> int:
        """A number without a point in a range, both ends included."""
        if isinstance(self.value, float):
            said = _("must be a whole number in {range}")
            self.fault(said.format(range=f"{low}..{high} {unit}".rstrip()))
            return low
        return int(self.number(low, high, unit))

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.fault(_("must be true or false"))
            return False
        return self.value

    def day(self) -> dt.date | None:
        """A date as YYYY-MM-DD, else None. Never repeated: it may be a birth date."""
        day = None
        if isinstance(self.value, str) and _DAY.fullmatch(self.value):
            with suppress(ValueError):
                day = dt.date.fromisoformat(self.value)
        if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            said = _("must be a date as YYYY-MM-DD, from {first} to {last}")
            self.fault(said.format(first=_FIRST_YEAR, last=_LAST_YEAR))
            return None
        return day

    def moment(self) -> str:
        """A date with or without a time in ISO 8601, kept as it was given."""
        if isinstance(self.value, str) and self.value.isascii():
            with suppress(ValueError):
                dt.datetime.fromisoformat(self.value)
                return self.value
        self.fault(_("must be a date and time as ISO 8601 has it, 2026-03-02T09:30:00Z"))
        return ""

    def _is_too_long(self, members: Sized, most: int = LONGEST_LIST) -> bool:
        if len(members) > most:
            said = _("{n} members are more than {most}")
            self.fault(said.format(n=len(members), most=most))
        return len(members) > most

    @property
    def _quoted(self) -> str:
        """The value where it looks like a choice; anything else may be a person's words."""
        fits = isinstance(self.value, str) and _WORD.fullmatch(self.value)
        return f'"{self.value}"' if fits else _("the value")

    def _place_of(self, key: str) -> str:
        if _PLAIN_KEY.fullmatch(key):
            return f"{self.place}.{key}" if self.place else key
        if _IDENTIFIER.fullmatch(key):
            return f'{self.place}."{key}"' if self.place else f'"{key}"'
        # Whatever else stands for a key may be a person's words, and is not repeated.
        return _("{place}, an unknown key").format(place=self.place or _("the file"))


def parse(data: bytes, limit: int) -> Node:
    """The bytes of a file as its outermost value.

    Raises BadCaseFile where they are too many, not UTF-8, not JSON, nested too deeply to read, or
    of too many parts.
    """
    if len(data) > limit:
        said = _("the file: is larger than {n} MB")
        raise BadCaseFile([said.format(n=limit // 1_000_000)])
    try:
        # Some editors put a byte order mark before everything they write.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        said = _("the file: is not UTF-8 at byte {n}")
        raise BadCaseFile([said.format(n=problem.start)]) from None
    _refuse_bombs(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_constant=lambda _name: _Odd.NOT_A_NUMBER,
            parse_float=_float,
            parse_int=_int,
        )
    except json.JSONDecodeError as problem:
        said = _("the file: is not JSON at line {line}, column {column}")
        at = said.format(line=problem.lineno, column=problem.colno)
        raise BadCaseFile([at]) from None
    except RecursionError:
        # Python's own limit, where a caller has left the reader less than our own needs.
        raise BadCaseFile([_("the file: is nested too deeply")]) from None
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
            said = _("the file: is nested more than {n} levels deep at line {line}")
            raise BadCaseFile([said.format(n=DEEPEST, line=line)])
        if parts > MOST_PARTS:
            said = _("the file: has more than {n} texts, objects and lists")
            raise BadCaseFile([said.format(n=MOST_PARTS)])


def _int(digits: str) -> int | _Odd:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _Odd.TOO_LONG


def _float(digits: str) -> float | _Odd:
    number = float(digits)
    return number if math.isfinite(number) else _Odd.TOO_LONG
