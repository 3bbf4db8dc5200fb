"""Many start at once, and clocks go backwards: nothing is lost, refused or put out of order.

Lines 36, 40, 44 and 46 of reliability.md, section 7, as far as one workstation meets them. What was
counted is printed at the end of the run (`record_property`).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from clinic_desktop.domain.audit import AuditHead, AuditQuery, Deed
from clinic_desktop.domain.signing import State, Validity
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.audit.words import AuditWords
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.signature_parts import addenda, signing_lines
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.signature_words import clock_words
from clinic_desktop.services.visit.signing import Pen, add_addendum, sign_visit
from clinic_desktop.storage.anchor import Anchor, Anchored
from clinic_desktop.storage.places import Places
from tests.faults.changing import ANSWER
from tests.faults.oracle import (
    DAY,
    Ledger,
    begin_visit,
    door_of,
    good_backups,
    look,
    now,
    save_on,
    signed_in,
)
from tests.faults.running import counted_by
from tests.records import PASSPHRASE, make_clinic

pytestmark = pytest.mark.timeout(3600)


@pytest.mark.skipif(os.name == "nt", reason="there is no fork")
def test_many_that_start_at_one_moment(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Twenty. Each is served, and none is told that another is writing, nor of missing entries that
    another has only just written; each reads a number and writes the next, and no count is lost."""
    for name, count in counted_by("racing", tmp_path, 20, tries(1, 20)).items():
        record_property(name, count)


def test_what_another_adds_while_one_opens_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the very moment between the two looks that opening takes: into the record, and at the note
    outside it."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    real = Anchor.read

    with signed_in(profile) as other:

        def read(anchor: Anchor) -> Anchored | None:
            register_patient(other.begin, other.act(), Patient("Case before"))
            noted = real(anchor)
            register_patient(other.begin, other.act(), Patient("Case after"))
            return noted

        with monkeypatch.context() as patched:
            patched.setattr(Anchor, "read", read)
            opened = door_of(profile).opened("anna", PASSPHRASE)
            opened.open_record().close()
    look(profile, Ledger())


@pytest.mark.parametrize(
    ("back", "words"),
    [(dt.timedelta(hours=1, minutes=3), "1 h 3 min"), (dt.timedelta(days=1), "1 day")],
)
def test_a_clock_that_is_set_back(tmp_path: Path, back: dt.timedelta, words: str) -> None:
    """Nothing is refused, the order is that in which things were done, and an entry of its own says
    that the clock went back, by how much, and where in that order."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    shift = dt.timedelta()
    said: dict[int, int] = {}

    def clock() -> dt.datetime:
        return now() + shift

    with signed_in(profile, clock=clock) as session:
        save_on(session, said.__setitem__, 3)
        safekeeping.back_up(session)
        shift = -back
        save_on(session, said.__setitem__, 3)
        earlier = safekeeping.back_up(session)
    look(profile, Ledger(said))
    assert good_backups(profile) == 2, "thinning takes neither"
    assert earlier.file.exists()
    record = door_of(profile).opened("anna", PASSPHRASE).open_record()
    try:
        with record.begin() as work:
            entries = work.audit_entries(AuditQuery(limit=1000))[::-1]
            head = work.audit_head()
    finally:
        record.close()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert head == AuditHead(len(entries), head.hash)
    backwards = [(one, other) for one, other in pairwise(entries) if other.at < one.at - back / 2]
    ((_before, event),) = backwards
    assert [one for one in entries if one.deed == Deed.CLOCK_WENT_BACK] == [event]
    told = AuditWords(load_catalogue(), load_catalogue_text(), load_plan_library()).what(event)
    assert told == f"The computer's clock went back by {words}"


def test_a_signature_by_a_clock_that_is_behind_says_so(tmp_path: Path) -> None:
    """On screen and on paper, and for good: it is part of what was signed. By a clock that is right
    nothing is said."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    shift = dt.timedelta()

    def clock() -> dt.datetime:
        return now() + shift

    with signed_in(profile, clock=clock) as session:
        pen = Pen(session.user, session.signer(PASSPHRASE), session.clinic)
        seen = Visit(DAY, signed=False)
        visits = [begin_visit(session) for _visit in range(2)]
        sign_visit(session.begin, session.act(), pen, visits[0], seen, ANSWER)
        shift = -dt.timedelta(hours=1, minutes=3)
        sign_visit(session.begin, session.act(), pen, visits[1], seen, ANSWER)
        add_addendum(session.begin, session.act(), pen, visits[0], "Tested in shoes.")
    with signed_in(profile) as session:
        right, behind = (found_of(session, visit_id) for visit_id in visits)
        assert right.state is behind.state is State.VALID
        assert not any("not certain" in line for line in signing_lines(right))
        (line,) = (line for line in signing_lines(behind) if "not certain" in line)
        assert clock_words(behind.signed) == line
        (added,) = right.addenda
        assert added.state is State.VALID
        (fact,) = addenda(right, load_catalogue_text()).facts
        assert "not certain" in str(fact)
    look(profile, Ledger())


def found_of(session: Session, visit_id: int) -> Validity:
    """What a visit's signature is worth."""
    with session.begin() as work:
        course = work.course_of_visit(visit_id)
    return check_course(session.begin, course.id, session.clinic)[visit_id]


def test_a_clock_that_is_set_back_shortens_no_wait(tmp_path: Path) -> None:
    """After wrong passphrases, whatever the clock says and though the program was started anew."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    began = now()
    files = door_of(profile).files
    for _try in range(8):
        files.count_attempt("anna", began, right=False)
    wait = door_of(profile).files.attempts("anna").wait(began)
    assert wait > dt.timedelta()
    for back in (dt.timedelta(hours=1), dt.timedelta(days=1)):
        assert door_of(profile).files.attempts("anna").wait(began - back) >= wait
    assert Places(profile).attempts.exists()
