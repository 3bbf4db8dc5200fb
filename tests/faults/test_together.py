"""Several at one chart: nothing is lost between them, and what each typed can be found again.

Lines 39 and 40 of reliability.md, section 7, as far as one workstation meets them: there is one
window a record, but commands run beside it, and one user may leave a visit that another opens. No
conflict is shown then: the later change stands, and the field's history has the earlier text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clinic_desktop.domain.errors import SignedVisit
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.visit import entries
from clinic_desktop.services.visit.signing import Pen, add_addendum, sign_visit
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.faults.changing import ANSWER
from tests.faults.oracle import DAY, Ledger, begin_visit, look, now, signed_in
from tests.records import PASSPHRASE, QUICK, make_clinic

NOTE, PLAN, COUNTED = Key("note.subjective"), Key("note.plan"), Key("slr.angle", Side.LEFT)
THREADS = 8


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Path]:
    profile = tmp_path / "clinic"
    make_clinic(profile)
    yield profile
    look(profile, Ledger())


@contextmanager
def signed_out_after(session: Session) -> Iterator[None]:
    try:
        yield
    finally:
        session.lock()


def stored(session: Session, visit_id: int) -> Visit:
    with session.begin() as work:
        found = work.course_of_visit(visit_id).visits
    return next(one.visit for one in found if one.id == visit_id)


def test_eight_that_read_and_then_write_lose_nothing_beside_a_long_reader(
    profile: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Nobody is told that another is writing, and the long reader sees one moment all along."""
    times = tries(6, 200)
    problems: list[BaseException] = []
    # They queue before they ask the file, and so never wait there.
    files = FolderOfClinic(profile, QUICK, wait_ms=0)
    session = FrontDoor(files, profile, now).sign_in("anna", PASSPHRASE)
    with signed_out_after(session):
        visit_id = begin_visit(session)

        def count_up() -> None:
            try:
                for _time in range(times):
                    with session.begin(writing=True) as work:
                        before = work.course_of_visit(visit_id).visits[0].visit
                        found = before.findings.get(COUNTED, 0)
                        assert isinstance(found, int)
                        after = before.charted(COUNTED, found + 1)
                        work.change_visit(visit_id, before, after, session.act())
                        work.commit()
            except BaseException as problem:  # a thread that fails in silence proves nothing
                problems.append(problem)

        with session.begin() as reader:
            before = reader.audit_head()
            threads = [threading.Thread(target=count_up) for _thread in range(THREADS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert reader.audit_head() == before
        assert problems == []
        assert stored(session, visit_id).findings[COUNTED] == THREADS * times
    record_property("changes by eight at once beside a long reader, none lost", THREADS * times)


def test_two_who_save_the_same_note_lose_neither_text(profile: Path) -> None:
    """Other fields stand side by side; of one field the later text stands, and the history has
    both."""
    with signed_in(profile) as one, signed_in(profile) as other:
        visit_id, begun = begin_visit(one), Visit(DAY, signed=False)
        hers = begun.charted(NOTE, "what one typed").charted(PLAN, "a plan")
        record.save_visit(one.begin, one.act(), visit_id, begun, hers)
        his = begun.charted(NOTE, "what the other typed").charted(COUNTED, 58)
        record.save_visit(other.begin, other.act(), visit_id, begun, his)
        found = stored(one, visit_id)
        assert found.findings[NOTE] == "what the other typed"
        assert (found.findings[PLAN], found.findings[COUNTED]) == ("a plan", 58)
        with one.begin() as work:
            history = work.field_history(visit_id, (f"findings/{NOTE}",))
        assert [entry.after for entry in history] == ['"what the other typed"', '"what one typed"']


def test_an_edit_that_meets_a_signature_or_a_removal_is_told(profile: Path) -> None:
    """Signed meanwhile: refused, in words, and an addendum stands. Taken out as a mistake
    meanwhile: what is typed is in the record when the entry is brought back."""
    with signed_in(profile) as one, signed_in(profile) as other:
        visit_id, begun = begin_visit(one), Visit(DAY, signed=False)
        pen = Pen(other.user, other.signer(PASSPHRASE), other.clinic)
        sign_visit(other.begin, other.act(), pen, visit_id, begun, ANSWER)
        late = begun.charted(NOTE, "typed too late")
        with pytest.raises(SignedVisit, match="stays as it is"):
            record.save_visit(one.begin, one.act(), visit_id, begun, late)
        add_addendum(other.begin, other.act(), pen, visit_id, "Typed in time.")
        assert len(stored(one, visit_id).addenda) == 1

        visit_id = begin_visit(one)
        with one.begin() as work:
            number = work.course_of_visit(visit_id).number
        entries.remove_entry(other.begin, other.act(), number, "by mistake")
        record.save_visit(one.begin, one.act(), visit_id, begun, late)
        entries.restore_entry(other.begin, other.act(), number)
        assert stored(one, visit_id).findings[NOTE] == "typed too late"
