"""The frozen content of each printed document: plain text, numbers, dates; no clock, no layout."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from .figures.drawing import Drawing

TEXT_SIZES: Final = (12, 14, 18)
"""Sizes of the patient's text in points: small, normal, and large print for weak eyes."""
SMALL_PRINT: Final = 12
NORMAL_TEXT: Final = 14
LARGE_PRINT: Final = 18
SIZE_MARK: Final = "text size {size} pt"
"""Among a sheet's keywords: by it the next sheet of the same patient is no smaller."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """Whose paper it is, as printed at its head."""

    name: str
    phone: str = ""
    address: str = ""
    emergency_phone: str = ""
    """The country's emergency number, as in `999`; printed only where the clinic has set it."""
    logo: bytes = b""
    """A picture, PNG or JPEG, printed before the name; none where it is empty."""
    distance: str = "km"
    """How distances are told, `km` or `miles`; they are kept in km."""
    sample: str = ""
    """What stands on each page of a clinic whose patients are invented; empty for a real one."""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The fixed words of the home-plan sheet in the patient's language.

    Words in braces are filled in, such as `{phone}` or `{day}`.
    """

    title: str
    call: str
    born: str
    born_blank: str
    number: str
    age: str
    plan: str
    suggested_plan: str
    clinician: str
    page: str
    stop_sign: str
    stop_title: str
    """The heading of the stop box where the therapist wrote her own dose."""
    instead: str
    continued: str
    feel: str
    ease_off: str
    more: str
    stop: str
    ticks: str
    ticks_none: str
    """The row of the standing instruction: `No stretching`."""
    pain_title: str
    pain_ok: str
    pain_too_much: str
    pain_text: str
    emergency_title: str
    emergency_title_phone: str
    """Where the clinic has set its country's emergency number."""
    emergency: tuple[str, ...]
    call_title: str
    call_title_phone: str
    """Where the clinic has a telephone number."""
    call_reasons: tuple[str, ...]
    changes: str
    new: str
    changed: str
    """A dose of which it cannot be told whether it is more or less; another side, drawing, note."""
    more_dose: str
    less_dose: str
    counted: tuple[str, ...]
    """Words behind a number of which a larger one is more: `times`, `rounds`."""
    not_counted: tuple[str, ...]
    """A sentence with one of these says nothing of more or less: `every`, `rest`."""
    instead_of: str
    """Another of an exercise's drawings: `roller instead of soft ball`."""
    new_note: str
    """The therapist wrote another line for this patient, too long to be said again."""
    no_note: str
    same: str
    stopped: str
    next_visit: str
    next_visit_day: str
    next_visit_time: str
    next_visit_blank: str
    bring: str
    where: str
    notes: str
    teach_back: str
    """What the patient is asked to say back before she goes."""
    file_copy: str
    """On the copy for the record, in the clinician's language."""
    copy_sign: str
    """The same in a word, at the head of each page."""
    languages: tuple[str, ...]
    """Names of the languages, in the order of `LANGUAGES`."""
    months: tuple[str, ...]
    """Twelve short names, January first."""
    weekdays: tuple[str, ...]
    """Seven short names, Monday first."""
    weekday_letters: tuple[str, ...]
    """Seven names for narrow columns, Monday first."""

    def date(self, day: dt.date) -> str:
        """A day with the month in letters: `19 Nov 2026`."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def day(self, day: dt.date) -> str:
        """A day with its weekday: `Thu 19 Nov 2026`."""
        return f"{self.weekdays[day.weekday()]} {self.date(day)}"


@dataclass(frozen=True, slots=True)
class Photo:
    """A clinic's own picture of an exercise, made small and plain: nothing is in it but dots."""

    content: bytes
    """PNG or JPEG."""
    width: int
    height: int
    """In dots."""
    mirrored: bool = False
    """Printed the other way round: it was taken of the other leg."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing on the sheet with its caption, for the patient's side and in her language."""

    drawing: Drawing | Photo
    caption: str
    step: int
    """Which step of the text it shows, from 1; 0 for none in particular."""


@dataclass(frozen=True, slots=True)
class StopBox:
    """What the patient is to leave alone, why, and what to do instead."""

    title: str
    why: str
    instead: str
    tell_us: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class HandoutItem:
    """One exercise or piece of advice on the sheet."""

    id: str
    """The plan item's id: which drawing belongs here."""
    title: str
    """Name, and the side of the body where it matters: `Seated nerve slider: right leg`."""
    short: str
    """Name in the grid of ticks: `Slider`."""
    purpose: str
    dose: str
    steps: tuple[str, ...]
    feel: str
    ease_off: str
    more: str
    stop: str
    pictures: tuple[Picture, ...] = ()
    words: str = ""
    """What the therapist wrote for this patient, beside the dose."""
    borrowed: bool = False
    """Its words are English ones, because there are none in the sheet's language."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what differs from the last sheet: `New`, `clamshell`."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Handout:
    """Everything the patient's home-plan sheet shows. The same content gives the same bytes."""

    language: str
    words: SheetWords
    clinic: Clinic
    clinician: str
    patient: str
    birth_date: dt.date | None
    number: int | None
    """The patient's number in this clinic's record."""
    age: int | None
    """Whole years on `date`."""
    date: dt.date
    """Of the visit the plan belongs to."""
    plan_number: int
    """1 for the first plan of the course."""
    stop_box: StopBox | None
    items: tuple[HandoutItem, ...]
    tick_days: tuple[dt.date, ...]
    changes: tuple[Change, ...]
    """Empty where no earlier visit had a plan."""
    next_visit: dt.date | None = None
    next_time: dt.time | None = None
    from_suggestion: bool = False
    """The therapist chose no plan: this is what the rules suggest."""
    text_size: int = NORMAL_TEXT
    """One of `TEXT_SIZES`."""
    copy_of: str = ""
    """Printed at the head of a file copy: what it is a copy of; empty on the patient's own."""
