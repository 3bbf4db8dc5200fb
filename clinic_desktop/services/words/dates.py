"""Days and times as they stand on screen and paper."""

from __future__ import annotations

import datetime as dt

from .translation import _


def date_words(day: dt.date) -> str:
    """A day nobody can misread, on screen and on paper: `2 Mar 2026`."""
    return f"{day_and_month(day)} {day.year:04d}"


def day_and_month(day: dt.date) -> str:
    """A day where the year is clear: `2 Mar`."""
    return f"{day.day} {month_names()[day.month - 1]}"


def time_words(at: str) -> str:
    """An ISO time as a day and an hour with its zone; as it was given where it is none."""
    try:
        time = dt.datetime.fromisoformat(at)
    except ValueError:
        return at
    zone = {None: "", "UTC": " UTC"}.get(time.tzname(), f" {time.tzname()}")
    return f"{date_words(time.date())}, {time.hour:02d}:{time.minute:02d}{zone}"


def day_words(at: str) -> str:
    """An ISO day, with its hour where it has one; as it was given where it is neither."""
    try:
        return date_words(dt.date.fromisoformat(at.strip()))
    except ValueError:
        return time_words(at.strip())


def month_names() -> tuple[str, ...]:
    """Twelve short names, January first."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
