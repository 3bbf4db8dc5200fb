"""Makes the content of the home-plan sheet from a visit's plan, or says why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from clinic_desktop.domain.documents import (
    NORMAL_TEXT,
    TEXT_SIZES,
    Clinic,
    Handout,
    HandoutItem,
    Picture,
    StopBox,
)
from clinic_desktop.domain.errors import InvalidValue, Withheld
from clinic_desktop.domain.plans import Illustration, PlanItemText, PlanLibrary, is_own_item
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.knowledge.plan_files import FALLBACK_LANGUAGE
from clinic_desktop.services.knowledge.pose_files import figure, item_scenes, load_figure_words
from clinic_desktop.services.words.translation import _

from .handout_changes import changes_since

NEXT_VISIT: Final = Key("plan.next_visit")
"""Charted as text: an ISO date, with a time or without."""

WITHHOLDING_LEVELS: Final = frozenset({"E", "S", "U"})
"""An open flag of these levels withholds the whole plan (contract, red flags)."""

WAITING_KINDS: Final = frozenset({"load", "run", "gait", "tissue"})
"""What waits while a flag of level I is open (contract, red flags: loading, running, massage)."""

USUAL_DAYS: Final = 7
MOST_DAYS: Final = 28
"""Days in the grid of ticks: to the next visit, a week where none is set, four weeks at most."""


@dataclass(frozen=True, slots=True)
class SheetLook:
    """How the patient's sheet is to be made; the content is the visit's."""

    paper: str = "a4"
    language: str | None = None
    """None for the patient's own."""
    text_size: int = NORMAL_TEXT


def sheet_language(
    patient: Patient, asked: str | None = None, usual: str = FALLBACK_LANGUAGE
) -> str:
    """The language of a patient's sheet: the one asked for, else the patient's; where that is not
    known, the usual one, which is the clinician's."""
    return asked or patient.language or usual


def make_handout(
    case: Case,
    suggestion: Suggestion,
    library: PlanLibrary,
    clinic: Clinic,
    clinician: str,
    number: int | None = None,
    next_visit: dt.date | None = None,
    text_size: int = NORMAL_TEXT,
) -> Handout:
    """The sheet of the last visit's plan, in the library's language.

    Where the therapist chose no plan it holds the suggested one, and says so. `next_visit` may be a
    `datetime`: then the sheet names the time too; without one the charted day stands. Items done in
    the clinic are left out. Raises Withheld with the reason where nothing may be printed,
    InvalidValue for a next visit that is not after this one or no day, for an item that the library
    does not hold, as another clinic's own, and for a text size that is not one of `TEXT_SIZES`.
    """
    if text_size not in TEXT_SIZES:
        raise InvalidValue(_("The text size is one of {sizes}.").format(sizes=_sizes()))
    _refuse_if_withheld(suggestion, bool(case.last.plan))
    choices = printed_choices(case, suggestion, library)
    if not choices:
        offered = suggestion.plan
        raise Withheld(_nothing_to_print(bool(case.last.plan or offered.standing or offered.first)))
    _refuse_what_is_not_here(choices, library)
    _refuse_what_waits(choices, suggestion, library)

    words = library.sheet
    side = _side(case)
    items = [choice for choice in choices if not _is_pause(choice, library)]
    pauses = [choice for choice in choices if _is_pause(choice, library)]
    earlier = list(_earlier_sheets(case, library))
    next_day, next_time = _day_and_time(next_visit or charted_next_visit(case.last))
    return Handout(
        language=library.language,
        words=words,
        clinic=clinic,
        clinician=clinician,
        patient=case.patient.name,
        birth_date=case.patient.birth_date,
        number=number,
        age=case.patient.age_on(case.last.date),
        date=case.last.date,
        plan_number=len(earlier) + 1,
        stop_box=_stop_box(pauses[0], library, side) if pauses else None,
        items=tuple(_item(choice, library, side) for choice in items),
        tick_days=_tick_days(case.last.date, next_day),
        changes=changes_since(earlier[-1], _sided(choices, side), library) if earlier else (),
        next_visit=next_day,
        next_time=next_time,
        from_suggestion=not case.last.plan,
        text_size=text_size,
    )


def printed_choices(
    case: Case, suggestion: Suggestion | None, library: PlanLibrary
) -> tuple[PlanChoice, ...]:
    """The items of the last visit's sheet with the doses that it prints; without a plan of its own
    the suggested ones. An item that the library does not hold, as a clinic's own whose folder has
    gone, is among them: it was on the sheet."""
    if case.last.plan or suggestion is None:
        return _printable(case.last.plan, library)
    suggested = (*suggestion.plan.standing, *suggestion.plan.first)
    return _printable(map(PlanChoice, suggested), library)


def _sizes() -> str:
    return ", ".join(map(str, TEXT_SIZES))


def _refuse_if_withheld(suggestion: Suggestion, has_own_plan: bool) -> None:
    """Nothing is printed over an open red flag or an unfinished screen, whoever chose the plan."""
    reason = suggestion.plan.withheld
    flags = [flag for flag in suggestion.red_flags if flag.level in WITHHOLDING_LEVELS]
    if suggestion.status == "red_flag" or flags:
        raise Withheld(reason or "; ".join(flag.action for flag in flags))
    if suggestion.provisional or not suggestion.screen.complete:
        raise Withheld(reason or _("The red-flag screen is not finished."))
    if reason and not has_own_plan:
        raise Withheld(reason)


def _nothing_to_print(has_items: bool) -> str:
    if has_items:
        return _("Every item of this plan is done in the clinic: there is nothing to print.")
    return _("There is no plan to print.")


def _refuse_what_waits(
    choices: Iterable[PlanChoice], suggestion: Suggestion, library: PlanLibrary
) -> None:
    reviews = [flag for flag in suggestion.red_flags if flag.level == "I"]
    waiting = [c.item for c in choices if library.items[c.item].kind in WAITING_KINDS]
    if reviews and waiting:
        raise Withheld(
            _("{items}: not before the medical review. {action}").format(
                items=", ".join(map(library.name, waiting)),
                action=" ".join(flag.action for flag in reviews),
            )
        )


def _refuse_what_is_not_here(choices: Iterable[PlanChoice], library: PlanLibrary) -> None:
    """A sheet that silently lacks an exercise would be wrong, so there is none."""
    for choice in choices:
        if choice.item in library.items:
            continue
        said = _('"{item}" is not in the plan library')
        if is_own_item(choice.item):
            said = _(
                '"{item}" is an exercise of a clinic\'s own, and its words are not here: nothing is'
                " printed. It stays in the record. Take it out of the plan, or put the clinic's"
                " folder back."
            )
        raise InvalidValue(said.format(item=choice.item))


def _printable(choices: Iterable[PlanChoice], library: PlanLibrary) -> tuple[PlanChoice, ...]:
    """What goes onto paper, in the therapist's order, each with the dose that is printed."""
    return tuple(
        replace(choice, dose=(choice.dose or "").strip() or text_of(choice, library).dose)
        for choice in choices
        if not library.item(choice.item).clinic_only
    )


def _printed_then(visit: Visit, library: PlanLibrary) -> tuple[PlanChoice, ...]:
    """An earlier sheet; own exercises that are not here any more cannot be named on paper."""
    return _printable((choice for choice in visit.plan if choice.item in library.items), library)


def _earlier_sheets(case: Case, library: PlanLibrary) -> Iterator[tuple[PlanChoice, ...]]:
    """What each earlier visit with a plan printed, oldest first, with the sides of that time."""
    for number, visit in enumerate(case.visits[:-1], start=1):
        plan = _printed_then(visit, library)
        if plan:
            yield _sided(plan, _side(replace(case, visits=case.visits[:number])))


def _sided(choices: Iterable[PlanChoice], side: str) -> tuple[PlanChoice, ...]:
    """Each with the side that is printed; None where none is known."""
    return tuple(replace(choice, side=choice.side or side or None) for choice in choices)


def text_of(choice: PlanChoice, library: PlanLibrary) -> PlanItemText:
    """The words of an item as it is drawn for this patient."""
    return library.text(choice.item, choice.drawing)


def _is_pause(choice: PlanChoice, library: PlanLibrary) -> bool:
    return library.items[choice.item].kind == "pause"


def _side(case: Case) -> str:
    """The side that hurts, at its latest charted value; empty where none was ever charted."""
    charted = (visit.findings.get(Key("complaint.side")) for visit in reversed(case.visits))
    return str(next((value for value in charted if value is not None), ""))


def _stop_box(choice: PlanChoice, library: PlanLibrary, side: str) -> StopBox:
    text = text_of(choice, library)
    dose = choice.dose or text.dose
    title = library.sheet.stop_title.format(dose=dose)
    pictures = _pictures(choice, library, side)
    own = (choice.words or "").strip()
    return StopBox(
        title=dose if dose == text.dose else title,
        why=text.purpose,
        instead=" ".join((*text.steps, own) if own else text.steps),
        tell_us=text.ease_off,
        picture=pictures[0] if pictures else None,
    )


def _item(choice: PlanChoice, library: PlanLibrary, side: str) -> HandoutItem:
    text = text_of(choice, library)
    side = choice.side or side
    return HandoutItem(
        id=choice.item,
        title=f"{text.name}: {text.sides[side]}" if side in text.sides else text.name,
        short=text.short,
        purpose=text.purpose,
        dose=choice.dose or text.dose,
        steps=text.steps,
        feel=text.feel,
        ease_off=text.ease_off,
        more=text.more,
        stop=text.stop,
        pictures=_pictures(choice, library, side),
        words=(choice.words or "").strip(),
        borrowed=choice.item in library.borrowed,
    )


def _pictures(choice: PlanChoice, library: PlanLibrary, side: str) -> tuple[Picture, ...]:
    """An item's drawings for the leg that hurts, in the order of the steps that they show.

    Where no side or both are charted they show the right one; the words then say which leg.
    """
    variant = choice.drawing or side
    drawn = Side.LEFT if side == "left" else Side.RIGHT
    if choice.item in library.illustrations:
        pictures = _own_pictures(library.illustrations[choice.item], variant, drawn)
    else:
        captions = load_figure_words(library.language).labels
        pictures = tuple(
            Picture(figure(scene.id, drawn, library.language), captions[scene.caption], scene.step)
            for scene in item_scenes(choice.item, variant)
        )
    # One of no step in particular comes last.
    return tuple(sorted(pictures, key=lambda picture: (not picture.step, picture.step)))


def _own_pictures(every: tuple[Illustration, ...], variant: str, side: Side) -> tuple[Picture, ...]:
    """A clinic's own pictures of an item; those of its usual drawing where the variant has none."""
    chosen = [one for one in every if one.variant == variant]
    return tuple(
        Picture(one.left if side is Side.LEFT else one.right, one.caption, one.step)
        for one in chosen or (one for one in every if not one.variant)
    )


def charted_next_visit(visit: Visit) -> dt.date | None:
    """The day, with its time if there is one, that was charted for the next visit.

    Raises InvalidValue for a text that is neither.
    """
    charted = visit.findings.get(NEXT_VISIT)
    if charted is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(str(charted).strip())
    except ValueError:
        raise InvalidValue(_("plan.next_visit needs a date as in 2026-11-26")) from None
    return moment if len(str(charted).strip()) > len("2026-11-26") else moment.date()


def _day_and_time(visit: dt.date | None) -> tuple[dt.date | None, dt.time | None]:
    if isinstance(visit, dt.datetime):
        return visit.date(), visit.time()
    return visit, None


def _tick_days(today: dt.date, next_visit: dt.date | None) -> tuple[dt.date, ...]:
    """From tomorrow to the next visit, both included."""
    days = USUAL_DAYS if next_visit is None else (next_visit - today).days
    if days < 1:
        raise InvalidValue(_("The next visit must be after this one."))
    return tuple(today + dt.timedelta(days=n + 1) for n in range(min(days, MOST_DAYS)))
