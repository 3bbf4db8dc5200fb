"""How the window behaves: its colours and when it locks, said in the clinic's settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import ChartError

from .settings import FILE_NAME, read_settings
from .settings_writing import write_settings

TABLE: Final = "window"
"""Of the settings, with `scheme` and `lock_after` (minutes)."""
SCHEMES: Final = ("system", "light", "dark")
SHORTEST_LOCK, USUAL_LOCK, LONGEST_LOCK = 1, 5, 15
"""Minutes (reliability.md, 5.1: 1 to 15)."""


@dataclass(frozen=True, slots=True)
class WindowHabit:
    """What holds on this computer where nobody chose otherwise."""

    scheme: str = SCHEMES[0]
    """One of `SCHEMES`: the desktop's own colours, light or dark."""
    lock_after: int = USUAL_LOCK
    """Minutes without a key or a click until it locks, 1 to 15."""

    @property
    def idle(self) -> dt.timedelta:
        """The same as a span of time."""
        return dt.timedelta(minutes=self.lock_after)


class WindowHabits:
    """The habit as it stands, for everything that goes by it: a change holds at once."""

    def __init__(self, folder: Path | None = None) -> None:
        """Without a folder nothing is read or written."""
        self._folder = folder
        self._now = WindowHabit()
        self.problem = ""
        """Why the settings do not count, in words; then the usual holds."""
        try:
            if folder is not None:
                self._now = load_window_habit(folder)
        except ChartError as problem:
            self.problem = str(problem)

    @property
    def now(self) -> WindowHabit:
        """The habit as it stands."""
        return self._now

    def remember(self, habit: WindowHabit) -> None:
        """Take up another habit. Raises ChartError where it could not be written; then it holds
        until the program ends."""
        if habit == self._now:
            return
        before, self._now = self._now, habit
        if self._folder is None:
            return
        changed = {"scheme": habit.scheme} if habit.scheme != before.scheme else {}
        locks = {"lock_after": habit.lock_after} if habit.lock_after != before.lock_after else {}
        write_settings(self._folder, {TABLE: {**changed, **locks}})


def load_window_habit(folder: Path) -> WindowHabit:
    """The habit as `[window]` in the settings names it, else the usual one.

    Raises ChartError, naming file and place, where there are settings that cannot be read.
    """
    try:
        given = read_settings(folder).get(TABLE, {})
    except (FileNotFoundError, NotADirectoryError):
        return WindowHabit()
    if not isinstance(given, dict):
        raise ChartError(f"{FILE_NAME}: {TABLE} must be a table")
    usual = WindowHabit()
    scheme, minutes = given.get("scheme", usual.scheme), given.get("lock_after", usual.lock_after)
    if not isinstance(scheme, str) or scheme not in SCHEMES:
        raise ChartError(f"{FILE_NAME}: {TABLE}.scheme is one of {', '.join(SCHEMES)}")
    # `true` is a whole number to Python.
    if type(minutes) is not int or not SHORTEST_LOCK <= minutes <= LONGEST_LOCK:
        span = f"{SHORTEST_LOCK} to {LONGEST_LOCK}"
        raise ChartError(f"{FILE_NAME}: {TABLE}.lock_after is a whole number of minutes, {span}")
    return WindowHabit(scheme, minutes)
