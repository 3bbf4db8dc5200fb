"""How the window behaves: colours, language and when it locks, said in the clinic's settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.words.translation import LANGUAGES

from .settings import FILE_NAME, read_table
from .settings_writing import write_settings

TABLE: Final = "window"
"""Of the settings, with `scheme`, `language` and `lock_after` (minutes)."""
SCHEMES: Final = ("system", "light", "dark", "contrast_light", "contrast_dark")
OF_THE_SYSTEM: Final = "system"
SPOKEN: Final = (OF_THE_SYSTEM, *LANGUAGES)
"""As the computer has it, or a language by its code."""
SHORTEST_LOCK, USUAL_LOCK, LONGEST_LOCK = 1, 5, 15
"""Minutes (reliability.md, 5.1: 1 to 15)."""


@dataclass(frozen=True, slots=True)
class WindowHabit:
    """What holds on this computer where nobody chose otherwise."""

    scheme: str = SCHEMES[0]
    """One of `SCHEMES`: the desktop's own colours, light or dark, or high contrast."""
    lock_after: int = USUAL_LOCK
    """Minutes without a key or a click until it locks, 1 to 15."""
    language: str = OF_THE_SYSTEM
    """One of `SPOKEN`. The computer's and not each user's: the entrance speaks it before anybody
    says who they are."""

    @property
    def idle(self) -> dt.timedelta:
        """The same as a span of time."""
        return dt.timedelta(minutes=self.lock_after)


class WindowHabits:
    """The habit as it stands, for everything that goes by it: a change holds at once."""

    def __init__(self, folder: Path | None = None) -> None:
        """Without a folder nothing is read or written."""
        self._folder = folder
        self._now = self._written = WindowHabit()
        self.problem = ""
        """Why the settings do not count, in words; then the usual holds."""
        try:
            if folder is not None:
                self._now = self._written = load_window_habit(folder)
        except ChartError as problem:
            self.problem = str(problem)

    @property
    def now(self) -> WindowHabit:
        """The habit as it stands."""
        return self._now

    def remember(self, habit: WindowHabit) -> None:
        """Take up another habit. Raises ChartError where it could not be written; then it holds
        until the program ends, or until a later call can write it."""
        self._now = habit
        if self._folder is None:
            return
        was, now = asdict(self._written), asdict(habit)
        changed = {key: value for key, value in now.items() if value != was[key]}
        if changed:
            write_settings(self._folder, {TABLE: changed})
            self._written = habit


def load_window_habit(folder: Path) -> WindowHabit:
    """The habit as `[window]` in the settings names it, else the usual one.

    Raises ChartError, naming file and place, where there are settings that cannot be read.
    """
    given = read_table(folder, TABLE)
    usual = WindowHabit()
    scheme, minutes = given.get("scheme", usual.scheme), given.get("lock_after", usual.lock_after)
    language = given.get("language", usual.language)
    for key, value, known in (("scheme", scheme, SCHEMES), ("language", language, SPOKEN)):
        if not isinstance(value, str) or value not in known:
            raise ChartError(f"{FILE_NAME}: {TABLE}.{key} is one of {', '.join(known)}")
    # `true` is a whole number to Python.
    if type(minutes) is not int or not SHORTEST_LOCK <= minutes <= LONGEST_LOCK:
        span = f"{SHORTEST_LOCK} to {LONGEST_LOCK}"
        raise ChartError(f"{FILE_NAME}: {TABLE}.lock_after is a whole number of minutes, {span}")
    return WindowHabit(scheme, minutes, language)
