"""A visit is signed once, proves itself whenever it is shown, and only ever gains addenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import ChartError, NotFound, SignedVisit
from clinic_desktop.domain.people import User
from clinic_desktop.domain.signing import Signature, State, Validity, is_late
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Addendum, Case, Decision, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.ports import OpenRecord
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.signing import (
    add_addendum,
    addendum_draft,
    keep_addendum_draft,
    sign_visit,
)
from tests.records import opened
from tests.signers import ANNA, BEN, OwnKey, Staff

DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)
ANGLE = Key("slr.angle", Side.RIGHT)
BEFORE = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), ("pattern_2",), ())
ANSWER = ShortAnswer("2026.11.1", "a" * 64, "red_flag", (), (), (("dvt", "E"),))
EMPTY = Visit(DAY, signed=False)
CHARTED = replace(
    EMPTY, findings={ANGLE: 58}, decision=Decision("pattern_2", False, "Calf is swollen.")
)


@dataclass
class Clinic:
    """A record with one patient and a visit of today, and the people who sign."""

    open_record: OpenRecord
    staff: Staff
    number: int = 0
    visit_id: int = 0
    course_id: int = 0

    def act(self, at: dt.datetime = NOW) -> Act:
        return Act("Anna", at)

    def begin(self, at: dt.datetime = NOW) -> None:
        self.number = record.register_patient(
            self.open_record, self.act(at), Patient("Case A", dt.date(1982, 3, 14))
        )
        course = record.open_chart(self.open_record, self.act(at), self.number)
        self.course_id = course.id
        self.visit_id = record.start_visit(self.open_record, self.act(at), course.id, DAY)

    def chart(self, visit: Visit, at: dt.datetime = NOW) -> None:
        record.save_visit(self.open_record, self.act(at), self.visit_id, self.visit, visit, BEFORE)

    @property
    def visit(self) -> Visit:
        course = record.open_chart(self.open_record, self.act(), self.number)
        return next(stored.visit for stored in course.visits if stored.id == self.visit_id)

    def sign(self, at: dt.datetime = NOW) -> Validity:
        pen = self.staff.pen(ANNA)
        return sign_visit(self.open_record, self.act(at), pen, self.visit_id, self.visit, ANSWER)

    def add(self, text: str, at: dt.datetime = NOW) -> Validity:
        pen = self.staff.pen(BEN)
        return add_addendum(self.open_record, self.act(at), pen, self.visit_id, text)

    @property
    def validity(self) -> Validity:
        found = check_course(self.open_record, self.course_id, "clinic-1")
        return found[self.visit_id]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    """A visit is begun and charted."""
    database = opened(tmp_path)
    clinic = Clinic(database.begin, Staff(database.begin))
    clinic.begin()
    clinic.chart(CHARTED)
    yield clinic
    database.close()


# -------------------------------------------------------------------- signing
def test_a_signed_visit_says_who_and_when_and_is_locked(clinic: Clinic) -> None:
    assert clinic.validity.state is State.DRAFT
    signed = clinic.sign()
    assert clinic.validity == signed
    assert signed.state is State.VALID
    assert signed.signed == Signature("u-anna", "Anna Muster", "PT", NOW)
    assert signed.signed.who == "Anna Muster, PT"
    assert signed.signed.meaning == "author"
    assert (signed.faults, signed.differences, signed.late) == ((), (), False)
    assert clinic.visit == replace(CHARTED, signed=True)
    assert record.unsigned_drafts(clinic.open_record) == ()
    with pytest.raises(SignedVisit):
        clinic.chart(CHARTED.charted(ANGLE, 60))
    with pytest.raises(SignedVisit):
        clinic.sign()


def test_what_the_rules_say_at_signing_is_signed_with_it(clinic: Clinic) -> None:
    """Not what they said when the visit was last changed: what stood in the panel as she signed."""
    assert clinic.sign().answer == ANSWER
    with clinic.open_record() as work:
        assert work.course_answers(clinic.course_id) == {clinic.visit_id: ANSWER}


def test_what_was_not_seen_is_not_signed(clinic: Clinic) -> None:
    """Another window has changed the visit since she looked."""
    pen, seen = clinic.staff.pen(ANNA), clinic.visit
    clinic.chart(CHARTED.charted(ANGLE, 60))
    with pytest.raises(ChartError, match="another window"):
        sign_visit(clinic.open_record, clinic.act(), pen, clinic.visit_id, seen, ANSWER)
    assert clinic.validity.state is State.DRAFT
    assert clinic.sign().state is State.VALID


def test_a_key_that_nobody_knows_signs_nothing(clinic: Clinic) -> None:
    pen = replace(clinic.staff.pen(ANNA), signer=OwnKey("a key of nobody here"))
    with pytest.raises(ChartError, match="not known as yours"):
        sign_visit(clinic.open_record, clinic.act(), pen, clinic.visit_id, CHARTED, ANSWER)
    pen = replace(pen, signer=clinic.staff.pen(BEN).signer)  # a colleague's, by mistake
    with pytest.raises(ChartError, match="not known as yours"):
        sign_visit(clinic.open_record, clinic.act(), pen, clinic.visit_id, CHARTED, ANSWER)
    clinic.sign()
    with pytest.raises(ChartError, match="not known as yours"):
        add_addendum(clinic.open_record, clinic.act(), pen, clinic.visit_id, "More.")
    assert clinic.visit.addenda == ()


def test_a_signature_that_does_not_verify_is_never_stored(clinic: Clinic) -> None:
    """A broken signer: what it made would read as NOT VALID for good."""

    class Broken:
        public_key = clinic.staff.pen(ANNA).signer.public_key

        def sign(self, content: bytes) -> bytes:
            return bytes(64)

    pen = replace(clinic.staff.pen(ANNA), signer=Broken())
    with pytest.raises(ChartError, match="does not verify"):
        sign_visit(clinic.open_record, clinic.act(), pen, clinic.visit_id, CHARTED, ANSWER)
    assert clinic.validity.state is State.DRAFT
    assert clinic.visit == CHARTED
    clinic.sign()
    with pytest.raises(ChartError, match="does not verify"):
        add_addendum(clinic.open_record, clinic.act(), pen, clinic.visit_id, "More.")
    assert clinic.visit.addenda == ()


def test_a_visit_that_is_not_there_is_not_signed(clinic: Clinic) -> None:
    with pytest.raises(NotFound):
        sign_visit(clinic.open_record, clinic.act(), clinic.staff.pen(ANNA), 99, CHARTED, ANSWER)


def test_an_older_key_of_hers_verifies_after_she_has_a_new_one(clinic: Clinic) -> None:
    clinic.sign()
    clinic.staff.pen(ANNA, "a new key after a new passphrase")
    assert clinic.validity.state is State.VALID
    assert clinic.add("Signed by Ben.").state is State.VALID


def test_a_corrected_name_keeps_the_signature_and_the_old_name_is_told(clinic: Clinic) -> None:
    """Patients marry, and birth dates are mistyped: the note is still the one that was signed."""
    clinic.sign()
    assert clinic.validity.named is None
    corrected = Patient("Case A-Smith", dt.date(1982, 3, 15))
    record.correct_patient(clinic.open_record, clinic.act(), clinic.number, corrected)
    found = clinic.validity
    assert found.state is State.VALID
    assert found.named == Patient("Case A", dt.date(1982, 3, 14))


def test_signed_elsewhere_is_never_signed_by_this_clinic(clinic: Clinic) -> None:
    """A case file says `"signed": true`: locked, and told as what it is."""
    added = Addendum("2026-03-03T09:30:00Z", "Dr Elsewhere", "Seen again.")
    theirs = Visit(dt.date(2026, 3, 2), {ANGLE: 58}, signed=True, addenda=(added,))
    case = Case(Patient("Case B"), (theirs,))
    number = record.chart_case(clinic.open_record, clinic.act(), case)
    course = record.open_chart(clinic.open_record, clinic.act(), number)
    found = check_course(clinic.open_record, course.id)[course.visits[0].id]
    assert (found.state, found.signed, found.locked) == (State.ELSEWHERE, None, True)
    assert [(a.addendum, a.state) for a in found.addenda] == [(added, State.ELSEWHERE)]
    with pytest.raises(SignedVisit):
        sign_visit(
            clinic.open_record,
            clinic.act(),
            clinic.staff.pen(ANNA),
            course.visits[0].id,
            theirs,
            ANSWER,
        )


# -------------------------------------------------------------------- addenda
def test_an_addendum_stands_with_its_author_and_time_and_the_note_stays(clinic: Clinic) -> None:
    clinic.sign()
    later = NOW + dt.timedelta(days=2)
    clinic.add("She had run the day before.", later)
    found = clinic.add("  So the angle says little.\n", later + dt.timedelta(hours=1))
    assert found == clinic.validity
    assert found.state is State.VALID
    assert [added.state for added in found.addenda] == [State.VALID, State.VALID]
    assert [added.signed and added.signed.who for added in found.addenda] == [BEN_NAME, BEN_NAME]
    assert clinic.visit == replace(
        CHARTED,
        signed=True,
        addenda=(
            Addendum(_iso(later), BEN_NAME, "She had run the day before."),
            Addendum(_iso(later + dt.timedelta(hours=1)), BEN_NAME, "So the angle says little."),
        ),
    )


def _iso(at: dt.datetime) -> str:
    return at.astimezone().isoformat()


BEN_NAME = "Ben Beispiel, PT, OCS"


def test_only_a_signed_visit_takes_an_addendum_and_only_one_that_says_something(
    clinic: Clinic,
) -> None:
    with pytest.raises(ChartError, match="not signed"):
        clinic.add("Too early.")
    clinic.sign()
    with pytest.raises(ChartError, match="Nothing is written"):
        clinic.add(" \n")
    assert clinic.visit.addenda == ()


def test_what_is_typed_for_an_addendum_is_kept_until_it_is_added(clinic: Clinic) -> None:
    """By author and visit; adding it takes the draft away in the same moment."""
    clinic.sign()
    ben = Act("Ben", NOW)

    def keep(text: str) -> None:
        keep_addendum_draft(clinic.open_record, ben, clinic.visit_id, BEN.id, text)

    def kept(user: User = BEN) -> str:
        return addendum_draft(clinic.open_record, clinic.visit_id, user.id)

    keep("She had")
    keep("She had run")
    assert (kept(), kept(ANNA)) == ("She had run", "")
    with pytest.raises(ChartError):
        add_addendum(clinic.open_record, ben, clinic.staff.pen(BEN), clinic.visit_id, "")
    assert kept() == "She had run"
    pen = clinic.staff.pen(BEN)
    add_addendum(clinic.open_record, ben, pen, clinic.visit_id, "She had run.")
    assert kept() == ""
    keep("More")
    keep("")
    assert kept() == ""


def test_addenda_of_a_file_that_stand_in_a_draft_are_covered_by_its_signature(
    clinic: Clinic,
) -> None:
    added = Addendum("2026-03-03T09:30:00Z", "Dr Elsewhere", "Seen again.")
    case = Case(Patient("Case B"), (Visit(DAY, {ANGLE: 58}, signed=False, addenda=(added,)),))
    number = record.chart_case(clinic.open_record, clinic.act(), case)
    course = record.open_chart(clinic.open_record, clinic.act(), number)
    clinic.number, clinic.course_id, clinic.visit_id = number, course.id, course.visits[0].id
    clinic.sign()
    found = clinic.add("And once more.")
    assert found.state is State.VALID
    assert [a.state for a in found.addenda] == [State.ELSEWHERE, State.VALID]


# -------------------------------------------------------------------- late entry
def test_typed_days_after_the_visit_it_is_a_late_entry_and_says_when(tmp_path: Path) -> None:
    """The visit of Tuesday, opened then, charted and signed on Thursday."""
    database = opened(tmp_path)
    clinic = Clinic(database.begin, Staff(database.begin))
    clinic.begin()
    thursday = NOW + dt.timedelta(days=2)
    clinic.chart(CHARTED, thursday)
    clinic.chart(CHARTED.charted(ANGLE, 60), thursday + dt.timedelta(minutes=9))
    found = clinic.sign(thursday + dt.timedelta(minutes=10))
    database.close()
    assert found.late
    assert found.date == DAY
    assert (found.first_entry, found.last_entry) == (thursday, thursday + dt.timedelta(minutes=9))


def test_an_empty_visit_was_never_typed_into(tmp_path: Path) -> None:
    database = opened(tmp_path)
    clinic = Clinic(database.begin, Staff(database.begin))
    clinic.begin()
    found = clinic.sign()
    database.close()
    assert (found.state, found.first_entry, found.last_entry) == (State.VALID, None, None)


@pytest.mark.parametrize(
    ("typed", "signed", "late"),
    [
        ("2026-11-24T10:00:00", "2026-11-24T18:00:00", False),
        ("2026-11-24T10:00:00", "2026-11-25T10:00:00", False),
        ("2026-11-24T10:00:00", "2026-11-25T10:00:01", True),
        ("2026-11-25T08:00:00", "2026-11-25T23:59:00", False),
        ("2026-11-26T08:00:00", "2026-11-26T08:10:00", True),
        (None, "2026-11-25T23:59:59", False),
        (None, "2026-11-26T00:00:01", True),
    ],
)
def test_late_is_over_a_day_after_the_service(typed: str | None, signed: str, late: bool) -> None:
    """From what was typed first on its day, else from the end of the day."""
    first = dt.datetime.fromisoformat(f"{typed}+00:00") if typed else None
    assert is_late(DAY, first, dt.datetime.fromisoformat(f"{signed}+00:00")) is late


def test_the_days_are_those_of_the_signers_clock() -> None:
    """Typed at 23:30 of the day in Denver, which is the next day in UTC."""
    denver = dt.timezone(-dt.timedelta(hours=7))
    typed = dt.datetime(2026, 11, 24, 23, 30, tzinfo=denver)
    assert not is_late(DAY, typed.astimezone(dt.UTC), typed + dt.timedelta(hours=24))
    assert is_late(DAY, typed.astimezone(dt.UTC), typed + dt.timedelta(hours=24, seconds=1))
