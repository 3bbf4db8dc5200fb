"""A copy of what is not in the record yet, kept elsewhere while the clinic's folder is away.

It is sealed with a key of this clinic's vault: whoever finds the stick it lies on reads nothing,
and nobody is asked for a passphrase in the middle of a visit. What is in it is charted later as
ordinary changes, and only as far as the record does not have it already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from clinic_desktop.domain.differences import changes
from clinic_desktop.domain.errors import ChartError, NotFound
from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.letter_drafts import letter_drafts_of, save_letter_drafts
from clinic_desktop.services.record import save_visit
from clinic_desktop.services.stored import StoredCourse
from clinic_desktop.services.visit.signing import addendum_draft, keep_addendum_draft
from clinic_desktop.services.whole_files import hand_out, reason_of
from clinic_desktop.services.words.translation import _

LARGEST: Final = 20_000_000
"""Bytes; a visit has some thousands."""
_NOT_TYPED: Final = frozenset({"date", "signed", "addenda"})
"""What no typing in a visit changes."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A visit on screen that is not in the record yet as it stands there."""

    number: int
    """Of the patient."""
    visit_id: int
    patient: Patient
    before: Visit
    """As the record has it, as far as that was acknowledged."""
    after: Visit
    """As it stands on screen."""
    letters_before: tuple[LetterDraft, ...] = ()
    letters: tuple[LetterDraft, ...] = ()
    """Letters that are being written at the visit: in the record, and on screen."""
    author: str = ""
    """Who writes an addendum to it, by id."""
    addendum_before: str = ""
    addendum: str = ""
    """What the record has of that, and what stands on screen."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a copy."""

    number: int
    visit_id: int
    charted: int
    """Entries that the record did not have yet."""
    differing: int
    """Entries that were changed in the record since, and stay as they are there."""
    of_another: bool = False
    """Whether an addendum in it is another user's, who takes it in herself."""


def keep_elsewhere(session: Session, path: Path, unsaved: Unsaved) -> None:
    """Write a sealed copy, for nobody else to read. Raises CannotWrite, RecordUnavailable."""
    content = {
        "number": unsaved.number,
        "visit": unsaved.visit_id,
        "before": write_case(Case(unsaved.patient, (unsaved.before,))).decode(),
        "after": write_case(Case(unsaved.patient, (unsaved.after,))).decode(),
        "letters_before": list(map(asdict, unsaved.letters_before)),
        "letters": list(map(asdict, unsaved.letters)),
        "author": unsaved.author,
        "addendum_before": unsaved.addendum_before,
        "addendum": unsaved.addendum,
    }
    hand_out(path, session.opened.seal(json.dumps(content).encode()))


def read_copy(desk: Desk, session: Session, path: Path) -> Unsaved:
    """What a copy holds. Raises ChartError where it is none of this clinic."""
    try:
        if path.stat().st_size > LARGEST:
            raise ChartError(_("{name} is too large.").format(name=path.name))
        sealed = path.read_bytes()
    except OSError as problem:
        raise ChartError(f"{path.name}: {reason_of(problem)}") from problem
    said: dict[str, Any] = json.loads(session.opened.unseal(sealed, path.name))
    known = desk.plan_library.items
    before, after = (
        read_case(said[state].encode(), desk.catalogue, known) for state in ("before", "after")
    )
    return Unsaved(
        said["number"],
        said["visit"],
        before.patient,
        before.last,
        after.last,
        # Copies of before these were kept have none of them.
        letters_before=tuple(LetterDraft(**one) for one in said.get("letters_before", ())),
        letters=tuple(LetterDraft(**one) for one in said.get("letters", ())),
        author=said.get("author", ""),
        addendum_before=said.get("addendum_before", ""),
        addendum=said.get("addendum", ""),
    )


def take_in(desk: Desk, unsaved: Unsaved) -> TakenIn:
    """Chart what of a copy is not in the record yet: nothing twice, and nothing over what was
    changed there since.

    Raises NotFound where the visit is not the patient's any more, SignedVisit where it was signed
    meanwhile, Refused, RecordUnavailable.
    """
    course = _course_of(desk, unsaved)
    visit_id = unsaved.visit_id
    now = course.case_up_to(visit_id).last
    letters, other_letters = _take_letters(desk, unsaved)
    addenda, other_addenda = _take_addendum(desk, unsaved, now)
    after, differing = merged(unsaved.before, unsaved.after, now)
    charted = len(changes(now, after))
    if charted:
        case = course.case_up_to(visit_id)
        answer = desk.suggest(replace(case, visits=(*case.visits[:-1], after)))
        asks = desk.asks_what_follows
        save_visit(desk.open_record, desk.act(), visit_id, now, after, answer.short, asks)
    return TakenIn(
        course.number,
        visit_id,
        charted + letters + addenda,
        differing + other_letters + other_addenda,
        of_another=_is_of_another(desk, unsaved),
    )


def _take_letters(desk: Desk, unsaved: Unsaved) -> tuple[int, int]:
    """Take letters up again that were being written; how many, and how many are others by now."""
    there = {one.flag: one for one in letter_drafts_of(desk.open_record, unsaved.visit_id)}
    old, new = ({one.flag: one for one in letters}
                for letters in (unsaved.letters_before, unsaved.letters))  # fmt: skip
    found, differing = _merged_entries(old, new, there)
    save_letter_drafts(desk.open_record, desk.act(), there.values(), found.values())
    taken = [flag for flag in {*there, *found} if there.get(flag) != found.get(flag)]
    return len(taken), differing


def _take_addendum(desk: Desk, unsaved: Unsaved, now: Visit) -> tuple[int, int]:
    """The same with an addendum that was being written, where it was not added since."""
    text = unsaved.addendum
    added = any(one.text == text for one in now.addenda)
    if text == unsaved.addendum_before or added or _is_of_another(desk, unsaved):
        return 0, 0
    author, visit_id = unsaved.author, unsaved.visit_id
    there = addendum_draft(desk.open_record, visit_id, author)
    found, differing = _merged_value(unsaved.addendum_before, text, there)
    if found == there:
        return 0, differing
    keep_addendum_draft(desk.open_record, desk.act(), visit_id, author, found)
    return 1, differing


def _is_of_another(desk: Desk, unsaved: Unsaved) -> bool:
    if unsaved.addendum == unsaved.addendum_before:
        return False
    return unsaved.author != (desk.user.id if desk.user is not None else desk.who)


def _course_of(desk: Desk, unsaved: Unsaved) -> StoredCourse:
    """The course with the visit, where it is the very one: after a restore a number may be
    another's."""
    problem = NotFound(
        _("The visit of this copy is not in the record, or is another patient's there.")
    )
    try:
        with desk.open_record() as work:
            course = work.course_of_visit(unsaved.visit_id)
    except NotFound as fault:
        raise problem from fault
    visit = course.case_up_to(unsaved.visit_id).last
    who = (course.patient.name, course.patient.birth_date)
    same = unsaved.number == course.number or who == (
        unsaved.patient.name,
        unsaved.patient.birth_date,
    )
    if not same or visit.date != unsaved.before.date:
        raise problem
    return course


def merged(before: Visit, after: Visit, now: Visit) -> tuple[Visit, int]:
    """The visit as it now is with what was changed from `before` to `after`; and how many entries
    were changed otherwise meanwhile, which stay. A mapping is compared entry by entry."""
    values: dict[str, Any] = {}
    differing = 0
    for field in fields(Visit):
        if field.name in _NOT_TYPED:
            continue
        old, new, there = (getattr(visit, field.name) for visit in (before, after, now))
        if isinstance(there, Mapping):
            value, other = _merged_entries(old, new, there)
        else:
            value, other = _merged_value(old, new, there)
        values[field.name] = value
        differing += other
    return replace(now, **values), differing


def _merged_entries(
    old: Mapping[Any, Any], new: Mapping[Any, Any], there: Mapping[Any, Any]
) -> tuple[dict[Any, Any], int]:
    found, differing = dict(there), 0
    for key in {*old, *new}:
        value, other = _merged_value(old.get(key), new.get(key), there.get(key))
        differing += other
        if value is None:
            found.pop(key, None)
        else:
            found[key] = value
    return found, differing


def _merged_value(old: Any, new: Any, there: Any) -> tuple[Any, int]:
    """No finding is None, so None stands for "not charted"."""
    if _same(old, new) or _same(there, new):
        return there, 0
    return (new, 0) if _same(there, old) else (there, 1)


def _same(one: Any, other: Any) -> bool:
    """58 is not 58.0, as in the record."""
    return bool(one == other and type(one) is type(other))
