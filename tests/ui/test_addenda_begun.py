"""An addendum that was begun and not added is not forgotten: it stands on the home page."""

from __future__ import annotations

from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.record import open_chart, register_patient, start_visit
from clinic_desktop.services.visit.signing import Pen, add_addendum, keep_addendum_draft, sign_visit
from tests.arrivals import Arrival
from tests.faults.changing import ANSWER
from tests.records import PASSPHRASE
from tests.settled import all_done

TEXT = "Tested in shoes, too."


def test_it_is_listed_opens_where_it_was_and_goes_when_it_is_added(arrival: Arrival) -> None:
    arrival.signs_in()
    window, session = arrival.window, arrival.reception.session
    assert session is not None
    desk = window.desk
    number = register_patient(desk.open_record, desk.act(), Patient("Case A"))
    day = desk.clock().date()
    course = open_chart(desk.open_record, desk.act(), number)
    visit_id = start_visit(desk.open_record, desk.act(), course.id, day)
    pen = Pen(session.user, session.signer(PASSPHRASE), session.clinic)
    sign_visit(session.begin, desk.act(), pen, visit_id, Visit(day, signed=False), ANSWER)
    keep_addendum_draft(session.begin, desk.act(), visit_id, session.user.id, TEXT)
    keep_addendum_draft(session.begin, desk.act(), visit_id, "somebody else", "theirs")

    home = window.home
    home.refresh()
    (row,) = home.drafts.rows
    assert row.spoken == "Case A, addendum to visit 1, today"
    home.drafts.setFocus()
    home.drafts.choose(0)
    assert home.drafts.open_current()
    assert window.visit is not None
    editor = window.visit.note.editor
    assert editor is not None
    assert editor.isVisible()
    assert editor.text.toPlainText() == TEXT

    add_addendum(session.begin, desk.act(), pen, visit_id, TEXT)
    all_done()
    window.show_home()
    assert home.drafts.rows == ()
