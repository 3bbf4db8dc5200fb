"""Somebody is let go, or given another role, while they are at work: the next thing is refused.

Line 49 of reliability.md, section 7. What was charted before stays in the record as a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.errors import ChartError, Refused
from clinic_desktop.domain.people import User
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.access import people
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.safety import safekeeping
from tests.arrivals import Arrival, visible_windows
from tests.faults.oracle import ANOTHER, DAY, Ledger, door_of, look, now, signed_in
from tests.records import make_clinic
from tests.settled import all_done
from ui.demo.typist import Typist

NOTE = Key("note.subjective")
BEN = NewUser("ben", "Ben Beispiel", "PT", administers=True)
Change = Callable[[Session, User], object]


def let_go(anna: Session, ben: User) -> None:
    """He does not work here any more."""
    people.let_go(anna, ben)


def at_the_front_desk(anna: Session, ben: User) -> None:
    """He charts no more, and looks after nothing."""
    people.change_person(anna, replace(ben, role=Role.FRONT_DESK, administers=False))


CHANGES = pytest.mark.parametrize("change", [let_go, at_the_front_desk])


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Path]:
    """A clinic in which Ben works beside Anna."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    with signed_in(profile) as anna:
        people.add_person(anna, BEN, ANOTHER)
    yield profile
    look(profile, Ledger())


def changed_by_anna(profile: Path, change: Change) -> None:
    """At another computer, as it were: in a session of her own."""
    with signed_in(profile) as anna:
        (ben,) = (user for user in people.people(anna) if user.name == BEN.name)
        change(anna, ben)


@CHANGES
def test_whatever_is_done_next_is_refused(profile: Path, change: Change) -> None:
    """Each as the first thing after it; the refusal stands in the trail, and nothing else came of
    it."""
    ben = door_of(profile).sign_in("ben", ANOTHER)
    number = record.register_patient(ben.begin, ben.act(), Patient("Case A"))
    visit_id = record.start_visit(
        ben.begin, ben.act(), record.open_chart(ben.begin, ben.act(), number).id, DAY
    )
    begun = Visit(DAY, signed=False)
    typed = begun.charted(NOTE, "typed before")
    record.save_visit(ben.begin, ben.act(), visit_id, begun, typed)
    more = typed.charted(NOTE, "typed after")
    told: list[str] = []
    ben.put_out = told.append
    changed_by_anna(profile, change)

    acts: list[Callable[[], object]] = [
        lambda: record.save_visit(ben.begin, ben.act(), visit_id, typed, more),
        lambda: record.open_chart(ben.begin, ben.act(), number),
        lambda: record.keep_document(ben.begin, ben.act(), visit_id, "handout", b"%PDF"),
        lambda: safekeeping.back_up(ben),
        lambda: people.new_recovery_key(ben),
        lambda: people.add_person(ben, NewUser("cleo", "Cleo Case"), ANOTHER),
        lambda: people.let_in_again(ben, ben.user, "ben", "nine slow snails sang"),
    ]
    if change is let_go:
        acts.append(lambda: record.find_patients(ben.begin, ""))
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert str(refused.value)
    assert len(told) == 1, "told once, and not at each"
    ben.lock()

    with signed_in(profile) as anna:
        with anna.begin() as work:
            kept = work.course_of_visit(visit_id).visits[0].visit
            refusals = work.audit_entries(AuditQuery(deeds=frozenset({Deed.REFUSED}), limit=1000))
        assert kept == typed, "what was typed before stays, and nothing after"
        assert len(refusals) == len(acts)
        assert {user.name for user in people.people(anna)} == {"Anna Muster", "Ben Beispiel"}
        assert not anna.opened.backups()


@CHANGES
def test_a_locked_session_does_not_open_again(profile: Path, change: Change) -> None:
    ben = door_of(profile).sign_in("ben", ANOTHER)
    ben.lock()
    changed_by_anna(profile, change)
    with pytest.raises(ChartError):
        ben.unlock(ANOTHER)
    assert ben.locked


@CHANGES
def test_the_window_says_why_and_goes_to_the_entrance(
    profile: Path, qtbot: QtBot, change: Change
) -> None:
    """What was typed before is in the record; what was typed into a window that could not keep it
    any more waits behind the lock, and closing tells of it."""
    arrival = Arrival(profile, qtbot)
    arrival.clock.now = now()
    arrival.signs_in(ANOTHER, "ben")
    window = arrival.window
    desk = window.desk
    number = record.register_patient(desk.open_record, desk.act(), Patient("Case A"))
    window.begin_visit(number)
    page = window.visit
    assert page is not None
    hand = Typist(window, desk.catalogue)
    hand.take_window()
    hand.go_to(NOTE)
    hand.types("typed before")
    page.hand_on()
    all_done()
    assert not page.unsaved
    changed_by_anna(profile, change)
    hand.types(" and after")
    page.hand_on()
    all_done()
    qtbot.waitUntil(lambda: visible_windows() == {"Entrance"})
    said = arrival.is_told()
    assert ("no longer work" if change is let_go else "front desk") in said
    assert not any("Case A" in widget.windowTitle() for widget in QApplication.topLevelWidgets())
    arrival.reception.entrance.close()
    assert "Ben Beispiel typed last" in arrival.is_told()
    with signed_in(profile) as anna, anna.begin() as work:
        assert work.drafts()[0].number == number
        kept = work.course_of_visit(page.chart.visit_id).visits[0].visit
        assert str(kept.findings[NOTE]).startswith("typed before")
    if change is at_the_front_desk:
        arrival.signs_in(ANOTHER, "ben")
        assert visible_windows() == {"MainWindow"}
        assert arrival.window is not window, "the charts of before are not his to see"
        assert arrival.window.visit is None
    arrival.opener.close()
