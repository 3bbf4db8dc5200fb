"""The words of the home-plan sheet, each passed through the one door for text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_desktop.domain.documents import Handout, HandoutItem, Picture, SheetWords

from .text import Prose, prose

_LONGEST_GLUED = 40
_SEPARATOR = " \u00a0|\u00a0 "


@dataclass(frozen=True, slots=True)
class PanelText:
    """The words of one exercise."""

    number: Prose
    title: Prose
    title_again: Prose
    """Its head on a further page."""
    purpose: Prose
    dose: Prose
    steps: tuple[tuple[Prose, Prose], ...]
    """A number and a sentence each."""
    feel: tuple[Prose, ...]
    """How it should feel, when to do less, when to stop, when to do more."""
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class SheetText:
    """All words of one sheet but those of its exercises and its grid of ticks."""

    clinic: Prose
    phone: Prose
    title: Prose
    who: tuple[tuple[Prose, Prose], ...]
    """Beside the title: whose plan, of when and by whom; pairs that share a line where they can."""
    separator: Prose
    """Between the two of a pair."""
    identity: Prose
    """At the foot of each page."""
    sign: Prose
    stop: tuple[Prose, ...]
    """Title, reason, and what to do instead; empty where stretching is not paused."""
    stop_tell: Prose
    """When to tell the clinic, right behind what to do instead."""
    pain_title: Prose
    pain_digits: tuple[Prose, ...]
    pain_ok: Prose
    pain_too_much: Prose
    pain_text: Prose
    emergency_title: Prose
    emergency: tuple[Prose, ...]
    call_title: Prose
    call_reasons: tuple[Prose, ...]
    changes: tuple[Prose, ...]
    next_visit: tuple[Prose, ...]
    notes: Prose
    say_back: Prose
    """What the patient is asked to say in her own words before she goes."""
    copy_of: Prose | None
    """On a file copy what it is a copy of."""


def sheet_text(content: Handout) -> SheetText:
    """Check and measure the sheet's words. Raises UnprintableText naming the field."""
    words, clinic = content.words, content.clinic
    phone = words.call.format(phone=clinic.phone) if clinic.phone else ""
    if content.copy_of:
        # In the place of the number that the patient is to call, so that no page can be mistaken.
        phone = words.copy_sign
    return SheetText(
        clinic=prose(clinic.name, "clinic name", bold=True),
        phone=prose(phone, "clinic phone", bold=True),
        title=prose(words.title, "title", bold=True),
        who=_who(content),
        separator=prose("\u00a0|\u00a0", "separator"),
        identity=_identity(content),
        sign=prose(words.stop_sign, "stop sign", bold=True),
        stop=_stop(content),
        stop_tell=prose(content.stop_box.tell_us if content.stop_box else "", "stop box"),
        pain_title=prose(words.pain_title, "pain rule", bold=True),
        pain_digits=tuple(prose(str(n), "pain rule", bold=n <= 3) for n in range(11)),
        pain_ok=prose(words.pain_ok, "pain rule", bold=True),
        pain_too_much=prose(words.pain_too_much, "pain rule", bold=True),
        pain_text=prose(words.pain_text, "pain rule"),
        emergency_title=_titled(
            words.emergency_title, words.emergency_title_phone, clinic.emergency_phone
        ),
        emergency=tuple(prose(reason, "when to call") for reason in words.emergency),
        call_title=_titled(words.call_title, words.call_title_phone, clinic.phone),
        call_reasons=tuple(prose(reason, "when to call") for reason in words.call_reasons),
        changes=_changes(content),
        next_visit=_next_visit(content),
        notes=prose(words.notes, "notes", bold=True),
        say_back=prose(words.teach_back, "teach-back"),
        copy_of=prose(content.copy_of, "file copy") if content.copy_of else None,
    )


def panel_text(item: HandoutItem, number: int, words: SheetWords) -> PanelText:
    """The words of one exercise."""
    place = f"plan item {number}"
    labelled = (
        (words.feel, item.feel),
        (words.ease_off, item.ease_off),
        (words.stop, item.stop),
        (words.more, item.more),
    )
    return PanelText(
        number=prose(str(number), place, bold=True),
        title=prose(item.title, place, bold=True),
        title_again=prose(words.continued.format(title=item.title), place, bold=True),
        purpose=prose(item.purpose, place),
        dose=_dose(item, place),
        steps=tuple(
            (prose(str(n), place, bold=True), prose(step, place))
            for n, step in enumerate(item.steps, start=1)
        ),
        feel=tuple(
            prose(label, place, bold=True) + prose(text, place) for label, text in labelled if text
        ),
        pictures=item.pictures,
    )


def _dose(item: HandoutItem, place: str) -> Prose:
    """The dose, and in the same lines what the therapist wrote for this patient."""
    dose = prose(item.dose, f"dose of {place}", bold=True)
    return dose + prose(f" {item.words}", f"words of {place}") if item.words else dose


def stamp(content: Handout, number: int, pages: int) -> Prose:
    """The right-hand side of the foot: date, plan, and which page of how many."""
    page = content.words.page.format(page=number, pages=pages)
    parts = f"{_glued(content.words.date(content.date))}, {_glued(_plan(content))}"
    return prose(f"{parts}{_SEPARATOR}{_glued(page)}", "foot of the page")


def day_names(content: Handout, day: dt.date) -> tuple[Prose, Prose]:
    """Weekday and day of the month over a column of ticks."""
    letters = content.words.weekday_letters[day.weekday()]
    return prose(letters, "days", bold=True), prose(str(day.day), "days")


def tick_labels(content: Handout) -> Iterator[Prose]:
    """What is ticked off: the pause first, then each exercise with its number."""
    if content.stop_box:
        yield prose(content.words.ticks_none, "ticks")
    for number, item in enumerate(content.items, start=1):
        yield prose(f"{number} {item.short}", "ticks")


def _identity(content: Handout) -> Prose:
    """The name and what tells namesakes apart."""
    return prose(", ".join((content.patient, *_told_apart(content))), "patient's name")


def _told_apart(content: Handout) -> list[str]:
    """What tells namesakes apart; where nothing does, a line to fill in."""
    words = content.words
    parts = []
    if content.birth_date:
        parts.append(words.born.format(day=words.date(content.birth_date)))
    if content.number is not None:
        parts.append(words.number.format(number=f"{content.number:06d}"))
    if not parts and content.age is not None:
        parts.append(words.age.format(age=content.age))
    return list(map(_glued, parts or [words.born_blank]))


def _who(content: Handout) -> tuple[tuple[Prose, Prose], ...]:
    words = content.words
    made = _SEPARATOR.join((_glued(words.day(content.date)), _glued(_plan(content))))
    named = words.clinician.format(name=content.clinician) if content.clinician else ""
    # A usual name stays on one line; a very long one may break.
    named = _glued(named) if len(named) <= _LONGEST_GLUED else named
    told_apart = _SEPARATOR.join(_told_apart(content))
    return (
        (prose(content.patient, "patient's name"), prose(told_apart, "patient's name")),
        (prose(made, "date"), prose(named, "clinician's name")),
    )


def _plan(content: Handout) -> str:
    if content.from_suggestion:
        return content.words.suggested_plan
    return content.words.plan.format(number=content.plan_number)


def _stop(content: Handout) -> tuple[Prose, ...]:
    stop = content.stop_box
    if stop is None:
        return ()
    instead = prose(content.words.instead, "stop box", bold=True)
    return (
        prose(_ended(stop.title), "stop box", bold=True),
        prose(stop.why, "stop box"),
        instead + prose(stop.instead, "stop box"),
    )


def _titled(plain: str, with_phone: str, phone: str) -> Prose:
    title = with_phone.format(phone=_glued(phone)) if phone else plain
    return prose(_ended(title), "when to call", bold=True)


def _changes(content: Handout) -> tuple[Prose, ...]:
    if not content.changes:
        return ()
    lines = (
        prose(change.label, "changes", bold=True) + prose(change.text, "changes")
        for change in content.changes
    )
    return prose(content.words.changes, "changes", bold=True), *lines


def _next_visit(content: Handout) -> tuple[Prose, ...]:
    words, day, time = content.words, content.next_visit, content.next_time
    if day is None:
        when = words.next_visit_blank
    elif time is None:
        when = words.next_visit_day.format(day=words.day(day))
    else:
        clock = f"{time.hour}:{time.minute:02d}"
        when = words.next_visit_time.format(day=words.day(day), time=clock)
    lines = [prose(words.next_visit, "next visit", bold=True) + prose(when, "next visit")]
    if content.clinic.address:
        address = words.where.format(address=content.clinic.address)
        lines.append(prose(address, "clinic address"))
    return *lines, prose(words.bring, "next visit")


def _ended(title: str) -> str:
    """A heading whose last word never stands alone on a line."""
    return "\u00a0".join(title.rsplit(" ", 1))


def _glued(text: str) -> str:
    """A short text that is not broken over two lines."""
    return text.replace(" ", "\u00a0")
