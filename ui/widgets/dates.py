"""Days as people type them, and what the window writes beside a day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.words.dates import date_words, month_names
from clinic_desktop.services.words.translation import _

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})[-./ ]*([^\W\d]{3,})[-./ ,]*(\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")


class UnclearDate(ChartError):
    """A typed date that cannot be understood; the text says how to write it."""


def weekday_text(day: dt.date) -> str:
    """A date with its day of the week: `Mon 23 Mar 2026`."""
    return f"{weekday_word(day)} {date_words(day)}"


def weekday_word(day: dt.date) -> str:
    """The day of the week, short: `Mon`."""
    days = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return days[day.weekday()]


def age_text(age: int | None) -> str:
    """An age in years beside a birth date: `(61 y)`; empty where it is not known."""
    return _("({age} y)").format(age=age) if age is not None else ""


def time_text(moment: dt.datetime) -> str:
    """The local time of an aware moment: `10:42`."""
    return moment.astimezone().strftime("%H:%M")


def read_day(typed: str, today: dt.date) -> dt.date:
    """Understand a birth date: `14 Mar 1982`, `1982-03-14`, or `14/03/1982` with the day first.

    Raises UnclearDate for what is no such date, lies after today, or more than 130 years back.
    """
    try:
        found = _understand(typed.strip())
    except ValueError:
        raise UnclearDate(_("no such day; write 14 Mar 1982, or day first: 14/03/1982")) from None
    if found is None:
        raise UnclearDate(_("write it like 14 Mar 1982"))
    if found > today:
        raise UnclearDate(_("this day is still to come"))
    if found.year < today.year - 130:
        raise UnclearDate(_("this is more than 130 years ago"))
    return found


def read_coming_day(typed: str, after: dt.date) -> dt.date:
    """Understand a day to come: a date as for `read_day`, or how many days after a day: `7`.

    Raises UnclearDate for what is neither, does not lie after that day, or over a year later.
    """
    plain = typed.strip()
    if plain.isascii() and plain.isdigit() and len(plain) <= 3:
        found: dt.date | None = after + dt.timedelta(days=int(plain))
    else:
        try:
            found = _understand(plain)
        except ValueError:
            raise UnclearDate(_("no such day; write 14 Mar 2027")) from None
    if found is None:
        raise UnclearDate(_("write it like 14 Mar 2027, or 7 for a week"))
    if not 0 < (found - after).days <= 366:
        raise UnclearDate(_("this is not within a year after the visit"))
    return found


def _understand(typed: str) -> dt.date | None:
    if match := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in match.groups())
        return dt.date(year, month, day)
    if match := _NAMED.fullmatch(typed):
        number = _month_number(match[2])
        return dt.date(int(match[3]), number, int(match[1])) if number else None
    if match := _NUMBERS.fullmatch(typed):
        day, month, year = (int(part) for part in match.groups())
        return dt.date(year, month, day)
    return None


def _month_number(word: str) -> int | None:
    """Month of a name or its beginning, in the language on screen or in English."""
    start = word.casefold()[:3]
    for number, names in enumerate(zip(MONTHS, month_names(), strict=True), 1):
        if start in {name.casefold()[:3] for name in names}:
            return number
    return None
