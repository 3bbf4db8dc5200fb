"""Signing a visit and adding to a signed one; each is one transaction that proves itself."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import ChartError, SignedVisit
from clinic_desktop.domain.people import User
from clinic_desktop.domain.signing import (
    VISIT_PLACE,
    Seal,
    Signable,
    Signature,
    State,
    Validity,
    addendum_content,
    digest_of,
)
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum, Visit
from clinic_desktop.services.ports import OpenRecord, Signer, UnitOfWork
from clinic_desktop.services.safety.verifying import check_visits
from clinic_desktop.services.stored import DraftSummary, StoredCourse, StoredVisit
from clinic_desktop.services.words.translation import _


@dataclass(frozen=True, slots=True)
class Pen:
    """Who signs, and with which key."""

    user: User
    signer: Signer
    clinic: str = ""
    """Id of the clinic's record; empty where it has none."""

    def seal(self, visit_id: int, place: int, content: bytes, signed: Signature) -> Seal:
        """The signature over a content."""
        return Seal(
            visit_id,
            place,
            content,
            digest_of(content),
            self.signer.sign(content),
            self.signer.public_key,
            signed,
        )

    def check(self, work: UnitOfWork) -> None:
        """Raise ChartError where the key is not known as the user's: nobody could verify it."""
        if work.owner_of_key(self.signer.public_key) != self.user.id:
            raise ChartError(
                _("Not signed: this key is not known as yours. Please sign in anew and try again.")
            )


def sign_visit(
    open_record: OpenRecord,
    act: Act,
    pen: Pen,
    visit_id: int,
    seen: Visit,
    answer: ShortAnswer,
) -> Validity:
    """Sign a visit as it was seen, with what the rules say of it; from then on it is locked.

    Raises NotFound, SignedVisit where it is signed already, ChartError where it is not in the
    record as it was seen or the key is not the user's, RecordUnavailable. Then it is not signed.
    """
    with open_record(writing=True) as work:
        pen.check(work)
        course = work.course_of_visit(visit_id)
        stored = _visit_of(course, visit_id)
        if stored.visit.signed or stored.signed_here:
            raise SignedVisit(_("This visit is signed already."))
        if stored.visit != seen:
            raise ChartError(
                _("Not signed: this visit was changed in another window. Open it again and look.")
            )
        work.keep_answer(visit_id, answer, act)
        signed = Signature.by(pen.user, act.at, work.latest_entry_at())
        content = _signable(course, stored, answer, pen).content(signed, None)
        work.sign_visit(pen.seal(visit_id, VISIT_PLACE, content, signed), act)
        return _proven(work, visit_id, pen)


def add_addendum(open_record: OpenRecord, act: Act, pen: Pen, visit_id: int, text: str) -> Validity:
    """Add a text to a signed visit, signed as well; it stands for good with its author and time.

    Raises NotFound, ChartError for a blank text, a visit that is not signed or a key that is not
    the user's, RecordUnavailable. Then nothing is added and the draft stays.
    """
    if not text.strip():
        raise ChartError(_("Nothing is written yet."))
    with open_record(writing=True) as work:
        pen.check(work)
        course = work.course_of_visit(visit_id)
        stored = _visit_of(course, visit_id)
        if not stored.visit.signed:
            raise ChartError(_("This visit is not signed: change it, it needs no addendum."))
        signed = Signature.by(pen.user, act.at, work.latest_entry_at())
        newest = stored.visit.addenda[-1:]
        if [(one.author, one.text) for one in newest] == [(signed.who, text.strip())]:
            # Tried again: the disk failed at the very end of a try that came about.
            return check_visits(work, course, pen.clinic, visit_id)[visit_id]
        marks = [kept.seal for kept in work.seals(course.id) if kept.seal.visit_id == visit_id]
        earlier = max(marks, key=lambda seal: seal.place).mark if marks else None
        addendum = Addendum(signed.at.isoformat(), signed.who, text.strip())
        place = len(stored.visit.addenda) + 1
        about = _signable(course, stored, None, pen)
        content = addendum_content(about, addendum, place, signed, earlier)
        work.add_addendum(addendum, pen.seal(visit_id, place, content, signed), act)
        return _proven(work, visit_id, pen)


def _proven(work: UnitOfWork, visit_id: int, pen: Pen) -> Validity:
    """Commit what was just signed if it verifies as it will whenever it is shown."""
    course = work.course_of_visit(visit_id)
    found = check_visits(work, course, pen.clinic, visit_id)[visit_id]
    newest = max(
        kept.seal.place for kept in work.seals(course.id) if kept.seal.visit_id == visit_id
    )
    made = found.addenda[newest - 1].state if newest > VISIT_PLACE else found.state
    if made is not State.VALID:
        raise ChartError(_("Not signed: the signature does not verify. Nothing was changed."))
    work.commit()
    return found


def _visit_of(course: StoredCourse, visit_id: int) -> StoredVisit:
    return next(stored for stored in course.visits if stored.id == visit_id)


def _signable(
    course: StoredCourse, stored: StoredVisit, answer: ShortAnswer | None, pen: Pen
) -> Signable:
    return Signable(
        pen.clinic,
        course.signed_number,
        course.patient,
        stored.id,
        stored.visit,
        answer,
        stored.first_entry,
        stored.last_entry,
    )


# -------------------------------------------------------------------- what is typed and not added
def keep_addendum_draft(
    open_record: OpenRecord, act: Act, visit_id: int, author: str, text: str
) -> None:
    """Keep what a user (by id) has typed for an addendum so far; a blank is forgotten.

    Raises RecordUnavailable.
    """
    with open_record(writing=True) as work:
        work.keep_addendum_draft(visit_id, author, text, act)
        work.commit()


def addenda_begun(open_record: OpenRecord, author: str) -> tuple[DraftSummary, ...]:
    """The visits to which a user (by id) has typed an addendum and not added it, oldest first."""
    with open_record() as work:
        return work.addenda_begun(author)


def addendum_draft(open_record: OpenRecord, visit_id: int, author: str) -> str:
    """What a user has typed for an addendum and not added; empty where there is nothing."""
    with open_record() as work:
        return work.addendum_draft(visit_id, author)
