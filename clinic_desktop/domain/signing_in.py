"""The rules of signing in that need no key: names, and how long to wait after wrong passphrases."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Final

FREE_TRIES: Final = 4
LONGEST_WAIT: Final = dt.timedelta(hours=1)
"""From the twentieth try on. NIST SP 800-63B allows no more than a hundred failed tries in a row;
at one an hour nobody gets there by guessing."""
_TRIES_TO_THE_LONGEST: Final = 20
_FIRST_WAIT_S: Final = 2


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passphrases for one name since the last right one."""

    failed: int = 0
    last: dt.datetime | None = None
    """When the last one was given (aware)."""

    def wait(self, now: dt.datetime) -> dt.timedelta:
        """How long until the next try is taken. A clock that was set back shortens nothing."""
        if self.last is None or self.failed <= FREE_TRIES:
            return dt.timedelta()
        since = max(now - self.last, dt.timedelta())
        return max(_wait_after(self.failed) - since, dt.timedelta())


def _wait_after(failed: int) -> dt.timedelta:
    if failed >= _TRIES_TO_THE_LONGEST:
        return LONGEST_WAIT
    return min(dt.timedelta(seconds=_FIRST_WAIT_S ** (failed - FREE_TRIES)), LONGEST_WAIT)


def same_login(one: str, other: str) -> bool:
    """Whether two names to sign in with are one, however they were typed."""
    return folded_login(one) == folded_login(other)


def folded_login(login: str) -> str:
    """A name to sign in with as all ways of typing it share it."""
    return " ".join(unicodedata.normalize("NFKC", login).casefold().split())
