"""What was typed into the search, read as words of a name, a number or parts of a birth date."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

_MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"),
    ("may", "mayo"), ("june", "junio"), ("july", "julio"), ("august", "agosto"),
    ("september", "septiembre", "setiembre"), ("october", "octubre"),
    ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
"""As the window writes them in each of its languages."""
_SHORTEST_MONTH = 3
_NO_ACCENT = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "\u0131": "i",
    }
)
"""Letters that Unicode does not take apart into a plain letter and an accent."""

_APOSTROPHES = re.compile("['’\u02bc`\u00b4]")
_ISO_START = re.compile(r"(1[89]|20)\d\d(-(\d\d?(-\d{0,2})?)?)?")
_YEAR = re.compile(r"(1[89]|20)\d\d")
_NUMBERED = re.compile(r"(?:no\.?|nr\.?|n[º°]\.?|núm\.?|#)\s*(?=\d)", re.IGNORECASE)
"""What stands before a patient's number on screen and on paper."""
_NUMERIC = re.compile(r"(\d\d?)[\s./-]+(\d\d?)[\s./-]+(\d{4}|\d\d)")
_IN_ONE = re.compile(r"(\d\d)(\d\d)((?:18|19|20)\d\d)")
_ISO_IN_ONE = re.compile(r"((?:18|19|20)\d\d)(\d\d)(\d\d)")
_DAY_MONTH_YEAR = re.compile(r"(\d\d?)([^\W\d]{3,})(\d{4}|\d\d)")
_YEAR_START = re.compile(r"(1[89]|20)\d{0,2}")
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")


def folded_words(text: str) -> tuple[str, ...]:
    """The words without case, accents and punctuation: `O’Brien-Łopez` gives obrien and lopez."""
    plain = text
    # Twice: taking a letter apart can bring a capital or an apostrophe to light.
    for _ in range(2):
        plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", plain).casefold())
    letters = (
        sign if sign.isalnum() else "" if unicodedata.combining(sign) else " " for sign in plain
    )
    return tuple("".join(letters).translate(_NO_ACCENT).split())


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of a birth date: its beginning as in `1982-03`, month and day as in `03-14`."""

    start: str = ""
    birthday: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One way to read what was typed: words of the name by their beginnings, and a birth date."""

    words: tuple[str, ...] = ()
    birth: Birth | None = None


def number_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """The patient numbers that begin as typed, the very number first; both ends included.

    With leading zeros typed, numbers are read as printed, with six digits.
    """
    digits = _NUMBERED.sub("", text.strip(), count=1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return ()
    number = int(digits)
    exact = ((number, number),)
    if digits.startswith("0"):
        if len(digits) >= 6:
            return exact
        return (*exact, (int(digits.ljust(6, "0")), int(digits.ljust(6, "9"))))
    tens = [10**power for power in range(1, 7 - min(len(digits), 6))]
    return (*exact, *((number * ten, number * ten + ten - 1) for ten in tens))


def readings(text: str) -> tuple[Wanted, ...]:
    """The ways to read what was typed, the likeliest first; none where there is nothing to read."""
    words = tuple(dict.fromkeys(folded_words(text)))
    if not words:
        return ()
    found = [Wanted(words)]
    found += [Wanted(birth=Birth(start=day)) for day in dict.fromkeys(_numeric(text.strip()))]
    if _ISO_START.fullmatch(text.strip()):
        found.append(Wanted(birth=Birth(start=_iso_start(text.strip()))))
    elif dated := _with_month(folded_words(text)) or _with_year(words):
        found.append(dated)
    return tuple(found)


def _numeric(text: str) -> Iterator[str]:
    """The days that figures may mean: `3/4/82` is the third of April and the fourth of March, and
    the names of the months in what is found tell which."""
    iso = _ISO_IN_ONE.fullmatch(text)
    if iso is not None:
        yield from _day(*map(int, iso.groups()))
    plain = _NUMERIC.fullmatch(text) or _IN_ONE.fullmatch(text)
    if plain is not None:
        one, other, year = plain.groups()
        for whole in _years(year):
            yield from _day(whole, int(other), int(one))
            yield from _day(whole, int(one), int(other))
    worded = _DAY_MONTH_YEAR.fullmatch("".join(folded_words(text)))
    month = _month(worded[2]) if worded is not None else None
    if worded is not None and month is not None:
        for whole in _years(worded[3]):
            yield from _day(whole, month, int(worded[1]))


def _years(year: str) -> tuple[int, ...]:
    return (int(year),) if len(year) > 2 else (1900 + int(year), 2000 + int(year))


def _day(year: int, month: int, day: int) -> Iterator[str]:
    with suppress(ValueError):
        yield dt.date(year, month, day).isoformat()


def _iso_start(text: str) -> str:
    """`1982-3-1` and `1982-3-` mean March; `1982-1` may yet become October."""
    year, *rest = text.split("-")
    if len(rest) == 2:
        return f"{year}-{rest[0].zfill(2)}-{rest[1]}"
    return "-".join((year, *rest))


def _with_year(words: tuple[str, ...]) -> Wanted | None:
    """A name and a year, as in `smith 1982`."""
    years = [word for word in words if _YEAR.fullmatch(word)]
    if len(years) != 1:
        return None
    rest = tuple(word for word in words if word != years[0])
    return Wanted(rest, Birth(start=years[0]))


def _with_month(words: tuple[str, ...]) -> Wanted | None:
    """A month by name, with a day before or after it, a year after it, and words of the name."""
    for place, word in enumerate(words):
        month = _month(word)
        if month is None:
            continue
        before, after = list(words[:place]), list(words[place + 1 :])
        day = ""
        if before and _DAY.fullmatch(before[-1]):
            day = before.pop().zfill(2)
        elif after and _DAY.fullmatch(after[0]):
            day = after.pop(0).zfill(2)
        year = after.pop(0) if after and _YEAR_START.fullmatch(after[0]) else ""
        birthday = f"{month:02d}-{day}"
        start = f"{year}-{birthday}" if _YEAR.fullmatch(year) else year
        return Wanted((*before, *after), Birth(start, birthday))
    return None


def _month(word: str) -> int | None:
    if len(word) < _SHORTEST_MONTH:
        return None
    for number, names in enumerate(_MONTHS, 1):
        if any(name.startswith(word) for name in names):
            return number
    return None
