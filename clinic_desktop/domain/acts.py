"""Who does something to the record, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something and when (aware, UTC). Every use case that writes takes one."""

    who: str
    at: dt.datetime
