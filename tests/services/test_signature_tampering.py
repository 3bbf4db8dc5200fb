"""Whoever holds the key of the record may change its rows: each change shows as NOT VALID."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.signing import (
    VISIT_PLACE,
    Fault,
    Signable,
    Signature,
    State,
    Validity,
)
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import (
    Case,
    Patient,
)
from clinic_desktop.services import record
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue_text
from clinic_desktop.services.safety.verifying import check_all, check_course
from clinic_desktop.services.visit.signature_words import fault_lines, headline, when_words
from clinic_desktop.services.visit.signing import Pen, add_addendum, sign_visit
from clinic_desktop.storage.database import Database
from tests.records import opened, raw_engine
from tests.signers import ANNA, ANSWER, BEN, CHARTED, NOW, OwnKey, Staff, past_the_locks

Item = TypeVar("Item")
ACT = Act("Anna", NOW)
ANGLE = Key("slr.angle", Side.RIGHT)
LATER = replace(CHARTED, date=dt.date(2026, 12, 1))


@dataclass
class Eve:
    """Somebody with the key of the record, past every trigger."""

    database: Database
    staff: Staff
    folder: Path

    def does(self, *statements: str) -> None:
        with past_the_locks(raw_engine(self.folder)) as raw:
            for statement in statements:
                assert raw.execute(sa.text(statement)).rowcount, f"touched nothing: {statement}"

    def seals_anew(self, pen: Pen) -> None:
        """Sign the visit again as it now stands, with a key and a name of her choice."""
        with self.database.begin() as work:
            course = work.course(1)
        stored = course.visits[0]
        signed = Signature.by(pen.user, NOW)
        about = Signable(
            pen.clinic, 1, course.patient, 1, replace(stored.visit, addenda=()), ANSWER,
            stored.first_entry, stored.last_entry,
        )  # fmt: skip
        seal = pen.seal(1, VISIT_PLACE, about.content(signed, None), signed)
        with past_the_locks(raw_engine(self.folder)) as raw:
            raw.execute(
                sa.text(
                    "UPDATE signatures SET content = :content, digest = :digest,"
                    " signature = :signature, public_key = :key WHERE visit_id = 1 AND place = 0"
                ),
                {
                    "content": seal.content,
                    "digest": seal.digest,
                    "signature": seal.signature,
                    "key": seal.public_key,
                },
            )

    def found(self, visit: int = 1, course: int = 1) -> Validity:
        return check_course(self.database.begin, course, "clinic-1")[visit]


@pytest.fixture
def eve(tmp_path: Path) -> Iterator[Eve]:
    """Anna has signed visit 1 and Ben has added to it twice; visit 2 is Anna's as well; patient 2
    has a draft of her own."""
    database = opened(tmp_path)
    staff = Staff(database.begin)
    record.chart_case(database.begin, ACT, Case(Patient("Case A"), (CHARTED, LATER)))
    record.chart_case(database.begin, ACT, Case(Patient("Case B"), (CHARTED,)))
    for visit_id, visit in ((1, CHARTED), (2, LATER)):
        sign_visit(database.begin, ACT, staff.pen(ANNA), visit_id, visit, ANSWER)
    for text in ("She had run.", "And it rained."):
        add_addendum(database.begin, ACT, staff.pen(BEN), 1, text)
    eve = Eve(database, staff, tmp_path)
    assert (eve.found().state, eve.found(2).state) == (State.VALID, State.VALID)
    yield eve
    database.close()


CHANGED = {
    "a number": "UPDATE findings SET value = '59' WHERE visit_id = 1 AND value = '58'",
    "a character": "UPDATE findings SET value = '\"Ease off the hills!\"'"
    " WHERE visit_id = 1 AND finding = 'note.plan'",
    "a finding is gone": "DELETE FROM findings WHERE visit_id = 1 AND finding = 'note.plan'",
    "a finding has come": "INSERT INTO findings VALUES (1, 'slr.angle', 'left', '90', '', '')",
    "the other side": "UPDATE findings SET side = 'left' WHERE visit_id = 1 AND side = 'right'",
    "a remark": "UPDATE notes SET text = 'Stopped at once' WHERE visit_id = 1",
    "a retest": "UPDATE retests SET after = '5' WHERE visit_id = 1",
    "a dose": "UPDATE plan_items SET dose = '3 x 10' WHERE visit_id = 1",
    "an item is parked": "UPDATE plan_items SET parked = 1 WHERE visit_id = 1",
    "a score": "UPDATE activities SET score = '9' WHERE visit_id = 1",
    "the decision": "UPDATE visits SET decision_agree = 0 WHERE id = 1",
    "no decision at all": "UPDATE visits SET decided = 0 WHERE id = 1",
    "the day": "UPDATE visits SET date = '2026-11-23' WHERE id = 1",
    "when it was typed": "UPDATE visits SET first_entry = '2026-11-23T10:42:00+00:00' WHERE id = 1",
    "what the rules said": "UPDATE answers SET red_flags = '[]' WHERE visit_id = 1",
    "which rules": f"UPDATE answers SET sha256 = '{'b' * 64}' WHERE visit_id = 1",
    "no rules": "DELETE FROM answers WHERE visit_id = 1",
}


@pytest.mark.parametrize("statement", CHANGED.values(), ids=CHANGED)
def test_what_was_changed_after_signing_is_found_and_named(eve: Eve, statement: str) -> None:
    eve.does(statement)
    found = eve.found()
    assert (found.state, found.faults) == (State.NOT_VALID, (Fault.CHANGED,))
    assert found.differences
    assert eve.found(2).state is State.VALID, "and only there"


def test_the_difference_is_told_in_words(eve: Eve) -> None:
    eve.does(CHANGED["a number"])
    found = eve.found()
    when = when_words(NOW.astimezone())
    assert headline(found) == (
        f"NOT VALID: signed by Anna Muster, PT, {when}, and what stands here now does not fit."
    )
    assert fault_lines(found, load_catalogue_text()) == (
        "Straight leg raise, first symptom, right: 58 was signed, 59 stands here now.",
    )


SEALS = {
    "one byte of the content": (
        "UPDATE signatures SET content = CAST(replace(CAST(content AS TEXT), '58', '59') AS BLOB)"
        " WHERE visit_id = 1 AND place = 0",
        {Fault.FORGED, Fault.OTHER_SIGNER, Fault.CHANGED},
    ),
    "content that is no JSON": (
        "UPDATE signatures SET content = x'ff00' WHERE visit_id = 1 AND place = 0",
        {Fault.FORGED, Fault.OTHER_SIGNER},
    ),
    "another signature": (
        "UPDATE signatures SET signature = zeroblob(64) WHERE visit_id = 1 AND place = 0",
        {Fault.FORGED},
    ),
    "a key that is none": (
        "UPDATE signatures SET public_key = x'00' WHERE visit_id = 1 AND place = 0",
        {Fault.FORGED, Fault.STRANGE_KEY},
    ),
    "the name beside it": (
        "UPDATE signatures SET name = 'Eve' WHERE visit_id = 1 AND place = 0",
        {Fault.OTHER_SIGNER},
    ),
    "the credentials beside it": (
        "UPDATE signatures SET credentials = 'MD' WHERE visit_id = 1 AND place = 0",
        {Fault.OTHER_SIGNER},
    ),
    "the meaning beside it": (
        "UPDATE signatures SET meaning = 'reviewer' WHERE visit_id = 1 AND place = 0",
        {Fault.OTHER_SIGNER},
    ),
    "the time beside it": (
        "UPDATE signatures SET signed_at = '2026-11-20T10:42:00+00:00'"
        " WHERE visit_id = 1 AND place = 0",
        {Fault.OTHER_SIGNER},
    ),
    "a time that is none": (
        "UPDATE signatures SET signed_at = 'soon' WHERE visit_id = 1 AND place = 0",
        {Fault.OTHER_SIGNER},
    ),
    "the digest": (
        "UPDATE signatures SET digest = '' WHERE visit_id = 1 AND place = 0",
        {Fault.OTHER_SIGNER},
    ),
    "no signature": (
        "DELETE FROM signatures WHERE visit_id = 1 AND place = 0",
        {Fault.MISSING},
    ),
    "the visit opened again": ("UPDATE visits SET signed = 0 WHERE id = 1", {Fault.OPENED}),
    "passed off as signed elsewhere": (
        "UPDATE visits SET signed_here = NULL WHERE id = 1",
        {Fault.OPENED},
    ),
}


@pytest.mark.parametrize(("statement", "faults"), SEALS.values(), ids=SEALS)
def test_what_was_done_to_the_signature_is_found(
    eve: Eve, statement: str, faults: set[Fault]
) -> None:
    eve.does(statement)
    found = eve.found()
    assert found.state is State.NOT_VALID
    assert set(found.faults) == faults
    assert found.locked
    assert fault_lines(found)
    assert headline(found).startswith("NOT VALID")


def test_a_signature_copied_to_another_patient_is_found(eve: Eve) -> None:
    """The very same findings on the same day: only whose they are differs."""
    columns = "place, content, digest, signature, public_key, user_id, name, credentials, meaning"
    rest = f"{columns}, signed_at, zone, changed_at, changed_by"
    eve.does(
        f"INSERT INTO signatures (visit_id, {rest})"
        f" SELECT 3, {rest} FROM signatures WHERE visit_id = 1 AND place = 0",
        "UPDATE visits SET signed = 1, signed_here = 1 WHERE id = 3",
        "UPDATE visits SET first_entry = (SELECT first_entry FROM visits WHERE id = 1)"
        " WHERE id = 3",
    )
    found = eve.found(3, course=2)
    assert found.state is State.NOT_VALID
    assert Fault.OTHER_PLACE in found.faults
    assert "another patient" in " ".join(fault_lines(found))


def test_a_signed_visit_moved_to_another_patient_is_found(eve: Eve) -> None:
    eve.does("UPDATE visits SET course_id = 2 WHERE id = 1")
    assert eve.found(1, course=2).faults == (Fault.OTHER_PLACE,)
    eve.does("UPDATE visits SET course_id = 1 WHERE id = 1")
    assert eve.found().state is State.VALID
    eve.does("UPDATE courses SET number = 2 WHERE id = 1")
    assert eve.found().faults == (Fault.OTHER_PLACE,)


def test_a_record_of_another_clinic_is_told_from_ours(eve: Eve) -> None:
    found = check_course(eve.database.begin, 1, "clinic-2")[1]
    assert found.faults == (Fault.OTHER_PLACE,)


def test_a_key_of_her_own_does_not_make_eve_anna(eve: Eve) -> None:
    """Content, digest, signature and key all fit each other; the key is not one of Anna's."""
    eve.does(CHANGED["a number"])
    eve.seals_anew(Pen(ANNA, OwnKey("eve"), "clinic-1"))
    assert eve.found().faults == (Fault.STRANGE_KEY,)
    assert "Anna Muster" in " ".join(fault_lines(eve.found()))
    # A key that the clinic knows, but as somebody else's, is no better.
    eve.seals_anew(Pen(ANNA, eve.staff.pen(BEN).signer, "clinic-1"))
    assert eve.found().faults == (Fault.STRANGE_KEY,)


ADDENDA = {
    "a character": (
        "UPDATE addenda SET text = 'She had run!' WHERE position = 0",
        (State.NOT_VALID, State.VALID),
        {Fault.CHANGED},
    ),
    "the author": (
        "UPDATE addenda SET author = 'Anna Muster, PT' WHERE position = 0",
        (State.NOT_VALID, State.VALID),
        {Fault.CHANGED},
    ),
    "the time": (
        "UPDATE addenda SET at = '2026-11-25T10:42:00+00:00' WHERE position = 0",
        (State.NOT_VALID, State.VALID),
        {Fault.CHANGED},
    ),
    "no signature": (
        "DELETE FROM signatures WHERE visit_id = 1 AND place = 1",
        (State.NOT_VALID, State.NOT_VALID),
        {Fault.MISSING},
    ),
    "the last one is gone": (
        "DELETE FROM addenda WHERE position = 1",
        (State.VALID, State.NOT_VALID),
        {Fault.MISSING},
    ),
}


@pytest.mark.parametrize(("statement", "states", "faults"), ADDENDA.values(), ids=ADDENDA)
def test_an_addendum_that_was_touched_is_found(
    eve: Eve, statement: str, states: tuple[State, ...], faults: set[Fault]
) -> None:
    eve.does(statement)
    found = eve.found()
    assert found.state is State.VALID, "the note itself is as it was signed"
    assert tuple(added.state for added in found.addenda) == states
    bad = next(added for added in found.addenda if added.state is State.NOT_VALID)
    assert set(bad.faults) == faults
    assert fault_lines(bad)


def test_the_check_of_the_whole_record_names_each_that_is_not_valid(eve: Eve) -> None:
    """Also where nothing is left but the mark: answer and signature taken away together."""
    with eve.database.begin() as work:
        assert check_all(work) == (2, ())
    eve.does(
        "UPDATE addenda SET text = 'She had run!' WHERE position = 0",
        "DELETE FROM answers WHERE visit_id = 2",
        "DELETE FROM signatures WHERE visit_id = 2",
    )
    with eve.database.begin() as work:
        valid, broken = check_all(work)
    assert valid == 1
    assert [(one.number, one.visit_id, one.addendum) for one in broken] == [(1, 1, 1), (1, 2, None)]


def test_what_was_signed_still_tells_an_addendum_that_is_gone(eve: Eve) -> None:
    eve.does("DELETE FROM addenda WHERE position = 1")
    assert eve.found().addenda[1].addendum.text == "And it rained."


def test_addenda_in_another_order_are_found(eve: Eve) -> None:
    eve.does(
        "UPDATE signatures SET place = 9 WHERE visit_id = 1 AND place = 1",
        "UPDATE signatures SET place = 1 WHERE visit_id = 1 AND place = 2",
        "UPDATE signatures SET place = 2 WHERE visit_id = 1 AND place = 9",
        "UPDATE addenda SET position = 9 WHERE position = 0",
        "UPDATE addenda SET position = 0 WHERE position = 1",
        "UPDATE addenda SET position = 1 WHERE position = 9",
    )
    found = eve.found()
    assert [added.state for added in found.addenda] == [State.NOT_VALID] * 2
    assert all(Fault.OUT_OF_ORDER in added.faults for added in found.addenda)
