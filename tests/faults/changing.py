"""Each kind of change that the record takes, as the window would ask for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.access import people
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.course import courses, referrals
from clinic_desktop.services.papers import letter_drafts
from clinic_desktop.services.visit import entries
from clinic_desktop.services.visit.signing import Pen, add_addendum, keep_addendum_draft, sign_visit
from tests.faults.oracle import ANGLE, ANOTHER, DAY, PLAN, begin_visit, plan_at
from tests.records import PASSPHRASE

ANSWER = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), (), ())
Does = Callable[[], object]


class Clinic:
    """Somebody at work, with a visit to chart, one that is signed, and so on for each turn."""

    def __init__(self, session: Session, turn: int) -> None:
        self.session = session
        self.turn = turn
        self.visit_id = begin_visit(session)
        self.visit = Visit(DAY, signed=False).charted(ANGLE, 1).charted(PLAN, plan_at(1))
        record.save_visit(
            session.begin, session.act(), self.visit_id, Visit(DAY, signed=False), self.visit
        )

    @property
    def pen(self) -> Pen:
        """What she signs with."""
        return Pen(self.session.user, self.session.signer(PASSPHRASE), self.session.clinic)

    def named(self, word: str) -> str:
        """A name that nobody had before."""
        return f"{word} {self.turn}"

    def signed(self) -> int:
        """A visit that is signed."""
        visit_id = begin_visit(self.session)
        begun = Visit(DAY, signed=False)
        sign_visit(self.session.begin, self.session.act(), self.pen, visit_id, begun, ANSWER)
        return visit_id

    def patient_of(self, visit_id: int) -> int:
        """The number of whom a visit is about."""
        with self.session.begin() as work:
            return work.course_of_visit(visit_id).number

    def new_patient(self, word: str) -> int:
        """Somebody without a visit."""
        patient = Patient(f"Somebody {self.named(word)}")
        return record.register_patient(self.session.begin, self.session.act(), patient)


# -------------------------------------------------------------------- patients
def patient(clinic: Clinic, word: str) -> Does:
    one = Patient(f"New {clinic.named(word)}")
    return lambda: record.register_patient(clinic.session.begin, clinic.session.act(), one)


def details(clinic: Clinic, word: str) -> Does:
    number = clinic.new_patient(f"of details {word}")
    told = Patient(f"Put right {clinic.named(word)}", dt.date(1990, 1, 1))
    session = clinic.session
    return lambda: record.correct_patient(session.begin, session.act(), number, told)


def merge(clinic: Clinic, word: str) -> Does:
    kept, other = (clinic.new_patient(f"{which} {word}") for which in ("kept", "other"))
    session = clinic.session
    return lambda: entries.merge_patients(session.begin, session.act(), kept, other, "one person")


def mistake(clinic: Clinic, word: str) -> Does:
    number = clinic.new_patient(f"by mistake {word}")
    session = clinic.session
    return lambda: entries.remove_entry(session.begin, session.act(), number, "by mistake")


def whole_case(clinic: Clinic, word: str) -> Does:
    case = Case(Patient(f"Case file {clinic.named(word)}"), (clinic.visit,))
    return lambda: record.chart_case(clinic.session.begin, clinic.session.act(), case)


# -------------------------------------------------------------------- courses and visits
def second_course(clinic: Clinic, word: str) -> Does:
    number = clinic.patient_of(begin_visit(clinic.session))
    facts = CourseFacts(reason=word, opened=DAY)
    session = clinic.session
    return lambda: courses.begin_course(session.begin, session.act(), number, facts)


def course(clinic: Clinic, word: str) -> Does:
    visit_id = begin_visit(clinic.session)
    with clinic.session.begin() as work:
        stored = work.course_of_visit(visit_id)
    facts = replace(stored.facts, reason=word)
    session = clinic.session
    return lambda: courses.change_course(session.begin, session.act(), stored.id, facts)


def visit_begun(clinic: Clinic, word: str) -> Does:
    session = clinic.session
    number = clinic.new_patient(f"with a visit {word}")
    chart = record.open_chart(session.begin, session.act(), number)
    return lambda: record.start_visit(session.begin, session.act(), chart.id, DAY)


def visit_saved(clinic: Clinic, word: str) -> Does:
    session, visit_id = clinic.session, begin_visit(clinic.session)
    begun = Visit(DAY, signed=False)
    after = begun.charted(PLAN, word)
    return lambda: record.save_visit(session.begin, session.act(), visit_id, begun, after, ANSWER)


def visit_moved(clinic: Clinic, word: str) -> Does:
    session, visit_id = clinic.session, begin_visit(clinic.session)
    record.save_visit(
        session.begin, session.act(), visit_id, Visit(DAY, signed=False), clinic.visit
    )
    number = clinic.new_patient(f"whose visit it is {word}")
    return lambda: entries.move_visit(session.begin, session.act(), visit_id, number, "wrong one")


# -------------------------------------------------------------------- signing
def signature(clinic: Clinic, _word: str) -> Does:
    session, visit_id = clinic.session, begin_visit(clinic.session)
    pen, seen = clinic.pen, Visit(DAY, signed=False)
    return lambda: sign_visit(session.begin, session.act(), pen, visit_id, seen, ANSWER)


def addendum(clinic: Clinic, word: str) -> Does:
    session, visit_id, pen = clinic.session, clinic.signed(), clinic.pen
    return lambda: add_addendum(session.begin, session.act(), pen, visit_id, word)


def addendum_draft(clinic: Clinic, word: str) -> Does:
    session, visit_id = clinic.session, clinic.signed()
    author = session.user.id
    return lambda: keep_addendum_draft(session.begin, session.act(), visit_id, author, word)


# -------------------------------------------------------------------- letters and papers
def referral(clinic: Clinic, word: str) -> Does:
    session = clinic.session
    return lambda: referrals.open_referral(
        session.begin, session.act(), clinic.visit_id, "Dr Case", reason=word, warning="go at once"
    )


def referral_sent(clinic: Clinic, word: str) -> Does:
    session, referral_id = clinic.session, referral(clinic, f"to be sent {word}")()
    assert isinstance(referral_id, int)
    return lambda: referrals.mark_sent(session.begin, session.act(), referral_id)


def letter_draft(clinic: Clinic, word: str) -> Does:
    session, draft = clinic.session, LetterDraft(clinic.visit_id, reason=word)
    return lambda: letter_drafts.save_letter_drafts(session.begin, session.act(), (), (draft,))


def letter_dropped(clinic: Clinic, word: str) -> Does:
    session, draft = clinic.session, LetterDraft(clinic.visit_id, reason=f"to go {word}")
    letter_drafts.save_letter_drafts(session.begin, session.act(), (), (draft,))
    return lambda: letter_drafts.save_letter_drafts(session.begin, session.act(), (draft,), ())


def paper(clinic: Clinic, word: str) -> Does:
    session, content = clinic.session, f"%PDF {clinic.named(word)}".encode()
    return lambda: record.keep_document(
        session.begin, session.act(), clinic.visit_id, "handout", content
    )


# -------------------------------------------------------------------- people
def person(clinic: Clinic, word: str) -> Does:
    new = NewUser(clinic.named(word), f"Ben {clinic.named(word)}", "PT")
    return lambda: people.add_person(clinic.session, new, ANOTHER)


def person_changed(clinic: Clinic, word: str) -> Does:
    session = clinic.session
    new = NewUser(f"c {clinic.named(word)}", f"Cleo {clinic.named(word)}", "PT")
    user = replace(people.add_person(session, new, ANOTHER), credentials="PhD")
    return lambda: people.change_person(session, user)


def left(clinic: Clinic, word: str) -> Does:
    session = clinic.session
    new = NewUser(f"d {clinic.named(word)}", f"Dora {clinic.named(word)}", "PT")
    user = people.add_person(session, new, ANOTHER)
    return lambda: people.let_go(session, user)


def noted(clinic: Clinic, word: str) -> Does:
    """As after a backup: what was done beside the charts."""
    return lambda: clinic.session.note(Deed.BACKED_UP, clinic.named(word))


KINDS = (
    patient,
    details,
    merge,
    mistake,
    whole_case,
    second_course,
    course,
    visit_begun,
    visit_saved,
    visit_moved,
    signature,
    addendum,
    addendum_draft,
    referral,
    referral_sent,
    letter_draft,
    letter_dropped,
    paper,
    person,
    person_changed,
    left,
    noted,
)
"""All of them; each makes ready what it needs, and gives the change itself."""
