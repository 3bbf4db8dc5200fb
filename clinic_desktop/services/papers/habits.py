"""How the clinic's papers usually look: said in its settings, and remembered there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clinic_desktop.domain.documents import NORMAL_TEXT, TEXT_SIZES
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.settings import FILE_NAME, read_table
from clinic_desktop.services.clinic.settings_writing import write_settings

TABLE: Final = "papers"
"""Of the settings, with `paper` and `text_size`."""
PAPERS: Final = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class PaperHabit:
    """What a paper looks like where nobody chose otherwise."""

    paper: str = "a4"
    """One of `PAPERS`."""
    text_size: int = NORMAL_TEXT
    """Of the patient's sheet, one of `TEXT_SIZES`."""


class PaperHabits:
    """The clinic's habit: read when it is first asked for, written when another one is taken up."""

    def __init__(self, folder: Path | None = None) -> None:
        """Without a folder nothing is read or written: the habit lives as long as the program."""
        self._folder = folder
        self._now = load_habit(folder) if folder is not None else PaperHabit()

    @property
    def now(self) -> PaperHabit:
        """The habit as it stands."""
        return self._now

    def remember(self, habit: PaperHabit) -> None:
        """Take up another habit. Raises ChartError where it could not be written; then it holds
        until the program ends."""
        if habit == self._now:
            return
        self._now = habit
        if self._folder is not None:
            save_habit(self._folder, habit)


def load_habit(folder: Path) -> PaperHabit:
    """The habit as `[papers]` in the settings names it; A4 and 14 points where nothing is said.

    Raises ChartError, naming file and place, where there are settings that cannot be read.
    """
    given = read_table(folder, TABLE)
    usual = PaperHabit()
    paper, size = given.get("paper", usual.paper), given.get("text_size", usual.text_size)
    _check(paper, PAPERS, f"{TABLE}.paper")
    _check(size, TEXT_SIZES, f"{TABLE}.text_size")
    return PaperHabit(paper, size)


def _check(value: object, known: tuple[object, ...], place: str) -> None:
    if type(value) is not type(known[0]) or value not in known:
        raise ChartError(f"{FILE_NAME}: {place} is one of {', '.join(map(str, known))}")


def save_habit(folder: Path, habit: PaperHabit) -> None:
    """Write the habit into the settings; all else in them stays as it was, comments too.

    Raises ChartError where they cannot be read or written; then they are as they were.
    """
    write_settings(folder, {TABLE: {"paper": habit.paper, "text_size": habit.text_size}})
