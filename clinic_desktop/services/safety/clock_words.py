"""A clock that went back, in words."""

from __future__ import annotations

import datetime as dt

from clinic_desktop.services.words.translation import _


def span_words(span: dt.timedelta) -> str:
    """A span of time to the minute: `1 h 3 min`."""
    minutes = round(span.total_seconds() / 60)
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    parts = (
        (days, _("1 day") if days == 1 else _("{n} days")),
        (hours, _("{n} h")),
        (minutes % 60, _("{n} min")),
    )
    return " ".join(words.format(n=n) for n, words in parts if n)


def clock_went_back(before: dt.datetime, now: dt.datetime) -> str:
    """What stands in the audit trail: `The computer's clock went back by 1 h 3 min`."""
    words = _("The computer's clock went back by {span}")
    return words.format(span=span_words(before - now))
