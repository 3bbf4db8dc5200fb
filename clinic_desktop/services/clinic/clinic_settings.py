"""What the clinic says of itself, changed by whoever looks after it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import ChartError, Refused
from clinic_desktop.services.whole_files import reason_of, replace_file
from clinic_desktop.services.words.distances import UNITS, install
from clinic_desktop.services.words.translation import _

from .setting_changes import noted
from .settings import DISTANCE, FILE_NAME, LARGEST_LOGO, LOGO, checked_text, read_settings
from .settings_writing import write_settings

if TYPE_CHECKING:
    from clinic_desktop.domain.documents import Clinic
    from clinic_desktop.services.access.session import Session
    from clinic_desktop.services.papers.habits import PaperHabit, PaperHabits

    from .window_habits import WindowHabits

TABLE: Final = "clinic"
LANGUAGE: Final = "language"
PHRASES: Final = "phrases"
"""Has a sheet of its own, and the palette's line for that."""
NAME: Final = "name"
LINES: Final = (NAME, "phone", "address", "emergency_phone")
"""Keys of `[clinic]` that hold a line of text."""
_KINDS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
"""How a picture begins, and what its file is called."""
_OURS: Final = re.compile(r"logo-[0-9a-f]{8}\.(png|jpg)")
"""Logos that this program put beside the settings."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set."""

    id: str
    words: str
    sought: str
    """The words by which the palette finds it."""
    meaning: str
    """In one line."""
    of_the_clinic: bool = True
    """Whether only who looks after the clinic may change it."""


def settings() -> tuple[Setting, ...]:
    """Everything that can be set, in the order of the page."""
    return (*_of_the_program(), *_of_the_papers())


def _of_the_program() -> tuple[Setting, ...]:
    return (
        Setting(
            "scheme",
            _("Colours"),
            _("Setting: colours, light, dark or high contrast"),
            _("As the desktop has it, which is usual, or one of these; for all at this computer."),
            of_the_clinic=False,
        ),
        Setting(
            LANGUAGE,
            _("Language"),
            _("Setting: language of the window"),
            _("As the computer has it, or one of these. For all who work at this computer."),
            of_the_clinic=False,
        ),
        Setting(
            "lock_after",
            _("Locks after"),
            _("Setting: minutes until it locks"),
            _("Minutes without a key or a click, 1 to 15, usually 5; then it asks who it is."),
        ),
        Setting(
            PHRASES,
            _("Phrases"),
            _("Setting: phrases and their short names"),
            _("Texts that are written often, by a short name in any free text, as .next."),
            of_the_clinic=False,
        ),
        Setting(
            "paper",
            _("Usual paper"),
            _("Setting: usual paper, A4 or Letter"),
            _("What sheets, notes and letters are made for; usually A4, in America Letter."),
        ),
        Setting(
            "text_size",
            _("Sheet's text"),
            _("Setting: size of the text on the patient's sheet"),
            _("Of the patient's sheet: 12, 14 or 18 points; 14 is usual, 18 for weak eyes."),
        ),
        Setting(
            DISTANCE,
            _("Distances"),
            _("Setting: distances in km or miles"),
            _("How far runs are told; the record keeps km and what was typed reads the same."),
        ),
    )


def _of_the_papers() -> tuple[Setting, ...]:
    return (
        Setting(
            NAME,
            _("Clinic's name"),
            _("Setting: the clinic's name"),
            _("Stands at the head of every paper."),
        ),
        Setting(
            "phone",
            _("Phone"),
            _("Setting: the clinic's phone"),
            _("The number that patients are asked to call."),
        ),
        Setting(
            "address",
            _("Address"),
            _("Setting: the clinic's address"),
            _("Where to come; stands on sheets and letters."),
        ),
        Setting(
            "emergency_phone",
            _("Emergency number"),
            _("Setting: the country's emergency number"),
            _("As 112 or 999; the sheet names it only where it is set."),
        ),
        Setting(
            LOGO,
            _("Logo"),
            _("Setting: the clinic's logo"),
            _("A picture at the head of each paper: PNG or JPEG, up to 2 MB."),
        ),
    )


def begin_settings(folder: Path, clinic: Clinic) -> None:
    """Write what a new clinic says of itself; where there are settings already, they stay. Raises
    ChartError."""
    try:
        if TABLE in read_settings(folder):
            return
    except (FileNotFoundError, NotADirectoryError):
        pass
    lines = {key: str(getattr(clinic, key)).strip() for key in LINES}
    for key, text in lines.items():
        checked_text(text, f"clinic {key}")
    write_settings(folder, {TABLE: {key: text for key, text in lines.items() if text}})


def may_change(session: Session) -> bool:
    """Whether whoever is signed in changes what belongs to the clinic."""
    return session.user.may(Action.MANAGE_USERS)


def change_lines(session: Session, lines: Mapping[str, str]) -> None:
    """Write lines of `[clinic]`, by their keys in `LINES`; a blank one is taken out.

    Raises Refused, ChartError for a clinic without a name or a text that no paper can hold.
    """
    _refuse_unless_allowed(session)
    unknown = set(lines) - set(LINES)
    if unknown:
        raise ValueError(f"no lines of the clinic: {sorted(unknown)}")
    words = {setting.id: setting.words for setting in settings()}
    checked = {key: checked_text(text.strip(), words[key]) for key, text in lines.items()}
    if not checked.get(NAME, NAME):
        raise ChartError(_("Please give the clinic's name: it stands on every sheet."))
    if checked:
        written = {key: text or None for key, text in checked.items()}
        with noted(session):
            write_settings(session.folder, {TABLE: written})


def change_logo(session: Session, file: Path | None) -> None:
    """Take a picture as the logo, or none; it is copied beside the settings.

    Raises Refused, ChartError for what is no picture or too large.
    """
    _refuse_unless_allowed(session)
    before = logo_name(session.folder)
    name = None
    if file is not None:
        content = _picture(file)
        kind = next(kind for begin, kind in _KINDS.items() if content.startswith(begin))
        name = f"logo-{hashlib.sha256(content).hexdigest()[:8]}.{kind}"
        try:
            replace_file(session.folder / name, content)
        except OSError as problem:
            raise ChartError(f"{name}: {reason_of(problem)}") from None
    with noted(session):
        write_settings(session.folder, {TABLE: {LOGO: name}})
    if before and before != name and _OURS.fullmatch(before):
        with suppress(OSError):  # it is in nobody's way
            (session.folder / before).unlink()


def logo_name(folder: Path) -> str:
    """The name of the logo's file; empty where there is none. Raises ChartError."""
    try:
        given = read_settings(folder).get(TABLE, {})
    except (FileNotFoundError, NotADirectoryError):
        return ""
    name = given.get(LOGO, "") if isinstance(given, dict) else ""
    if not isinstance(name, str):
        raise ChartError(f"{FILE_NAME}: {TABLE}.{LOGO} must be text")
    return name


def change_distance(session: Session, unit: str) -> None:
    """Tell distances in another unit from now on. Raises Refused, ChartError."""
    _refuse_unless_allowed(session)
    if unit not in UNITS:
        raise ValueError(unit)
    with noted(session):
        write_settings(session.folder, {TABLE: {DISTANCE: unit}})
    install(unit)


def change_lock(session: Session, minutes: int) -> None:
    """Another time until it locks, for everybody. Raises Refused, ChartError."""
    _refuse_unless_allowed(session)
    habits = session.window_habits
    with noted(session):
        habits.remember(replace(habits.now, lock_after=minutes))


def change_scheme(session: Session, scheme: str) -> None:
    """Other colours, for whoever works at this computer. Raises ChartError."""
    habits = session.window_habits
    with noted(session):
        habits.remember(replace(habits.now, scheme=scheme))


def change_language(session: Session | None, habits: WindowHabits, language: str) -> None:
    """Another language of the window, on this computer; also where nobody is signed in. Raises
    ChartError."""
    with noted(session):
        habits.remember(replace(habits.now, language=language))


def change_papers(session: Session, habits: PaperHabits, habit: PaperHabit) -> None:
    """Another usual paper or size of text. Raises Refused, ChartError."""
    _refuse_unless_allowed(session)
    remember_papers(session, habits, habit)


def remember_papers(session: Session | None, habits: PaperHabits, habit: PaperHabit) -> None:
    """Go on with the paper that was taken last. Raises ChartError."""
    if habit != habits.now:
        with noted(session):
            habits.remember(habit)


def _picture(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_LOGO + 1)
    except OSError as problem:
        raise ChartError(f"{file.name}: {reason_of(problem)}") from None
    if len(content) > LARGEST_LOGO:
        raise ChartError(_("{file} is larger than 2 MB.").format(file=file.name))
    if not content.startswith(tuple(_KINDS)):
        raise ChartError(_("{file} is neither PNG nor JPEG.").format(file=file.name))
    return content


def _refuse_unless_allowed(session: Session) -> None:
    try:
        session.require(Action.MANAGE_USERS)
    except Refused:
        raise Refused(not_yours()) from None


def not_yours() -> str:
    """Why somebody does not change what belongs to the clinic."""
    return _("Only who looks after the clinic changes what belongs to it.")
