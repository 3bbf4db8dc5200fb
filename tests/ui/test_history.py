"""Who charted what when: the history of a field one key away, and the audit trail in the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.people import User
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.access.guarding import guard
from clinic_desktop.services.audit.reading import PAGE
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import open_chart
from tests.at_the_desk import CTRL, Therapist
from ui.sheets.audit_sheet import AuditSheet
from ui.visit.history import History
from ui.visit.page import VisitPage
from ui.widgets.labels import Label

ANGLE = Key("slr.angle", Side.RIGHT)


def history(therapist: Therapist) -> History:
    """What lies over the visit."""
    found = therapist.widget("history")
    assert isinstance(found, History)
    return found


def charts_an_angle_twice(therapist: Therapist) -> None:
    """62, then put right to 58, with a remark."""
    therapist.begins_visit()
    model = therapist.page.model
    for typed in ("62", "58"):
        model.record(ANGLE, typed)
        model.end_step()
    model.note_on("slr.angle", "stopped at the first pull")
    model.end_step()
    therapist.page.go_to(ANGLE)


def test_one_key_tells_who_charted_a_field_and_what_stood_there(therapist: Therapist) -> None:
    charts_an_angle_twice(therapist)
    field = therapist.focus
    therapist.presses(Qt.Key.Key_F2)
    shown = history(therapist)
    assert shown.isVisible()
    assert shown.heading.text() == "History: Straight leg raise, first symptom, right"
    assert [row.said for row in shown.model.rows] == [
        "Remark on SLR, first symptom: stopped at the first pull",
        "62 deg \N{RIGHTWARDS ARROW} 58 deg",
        "62 deg",
    ]
    assert all("T. Keller, PT" in row.beneath for row in shown.model.rows)
    assert all(row.beneath.startswith("23 Mar 2026") for row in shown.model.rows)
    assert "62 deg" in shown.accessibleDescription()
    therapist.presses(Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert therapist.focus is field


def test_the_same_key_puts_it_away(therapist: Therapist) -> None:
    charts_an_angle_twice(therapist)
    therapist.presses(Qt.Key.Key_F2)
    assert history(therapist).isVisible()
    therapist.presses(Qt.Key.Key_F2)
    assert not history(therapist).isVisible()


def test_away_from_a_field_it_tells_of_the_whole_visit(therapist: Therapist) -> None:
    charts_an_angle_twice(therapist)
    therapist.page.to_panel()
    therapist.presses(Qt.Key.Key_F2)
    shown = history(therapist)
    assert shown.heading.text() == "History: the whole visit"
    said = [row.said for row in shown.model.rows]
    assert said[1] == "SLR, first symptom, right: 62 deg \N{RIGHTWARDS ARROW} 58 deg"
    assert said[-1] == "Date of the visit: 23 Mar 2026"
    assert shown.note.text() == f"{len(said)} changes, newest first"


def test_a_field_that_nobody_charted_has_no_history(therapist: Therapist) -> None:
    therapist.begins_visit()
    therapist.page.go_to(ANGLE)
    therapist.presses(Qt.Key.Key_F2)
    shown = history(therapist)
    assert shown.model.rows == ()
    assert shown.note.text() == "Nothing was charted here since the audit trail began."
    therapist.presses(Qt.Key.Key_Tab)
    assert shown.isVisible(), "Tab does not walk on behind it"


# ---------------------------------------------------------------- the audit trail
def opens_trail(therapist: Therapist) -> AuditSheet:
    """By the palette, as it has no key."""
    therapist.presses(Qt.Key.Key_K, CTRL)
    therapist.types("audit")
    therapist.presses(Qt.Key.Key_Return)
    found = therapist.widget("audit")
    assert isinstance(found, AuditSheet)
    assert found.isVisible()
    return found


def test_the_trail_opens_by_the_palette_at_its_end(therapist: Therapist) -> None:
    charts_an_angle_twice(therapist)
    sheet = opens_trail(therapist)
    said = [row.said for row in sheet.model.rows]
    assert said[0] == "Visit changed. Remark on SLR, first symptom: stopped at the first pull"
    assert said[-1].startswith("Patient entered. ")
    entries = [entry for row in sheet.model.rows for entry in row.entries]
    assert sheet.note.text() == f"All {len(entries)} entries"
    assert therapist.focus.objectName() == "audit_filter"
    therapist.presses(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert opens_trail(therapist).model.rows[0].said.startswith("Audit trail read")


def test_the_trail_is_read_by_patient_and_by_user(therapist: Therapist) -> None:
    charts_an_angle_twice(therapist)
    other = therapist.begins_visit("Case B")
    sheet = opens_trail(therapist)
    therapist.types(str(other))
    therapist.qtbot.waitUntil(lambda: {row.entry.number for row in sheet.model.rows} == {other})
    therapist.line("audit_filter").selectAll()
    therapist.types("nobody of that name")
    therapist.presses(Qt.Key.Key_Return)
    assert sheet.model.rows == ()
    assert sheet.note.text() == "No user of this name stands in the trail."


def test_an_entry_leads_to_all_of_its_patient(therapist: Therapist) -> None:
    charts_an_angle_twice(therapist)
    other = therapist.begins_visit("Case B")
    sheet = opens_trail(therapist)
    assert len({row.entry.number for row in sheet.model.rows}) > 1
    therapist.presses(Qt.Key.Key_Down)
    therapist.presses(Qt.Key.Key_Return)
    assert therapist.line("audit_filter").text() == str(other)
    assert {row.entry.number for row in sheet.model.rows} == {other}


def test_a_long_trail_is_read_page_by_page(therapist: Therapist) -> None:
    number = therapist.begins_visit()
    with therapist.desk.open_record(writing=True) as work:
        for _n in range(2 * PAGE):
            work.note_act(Deed.CHART_OPENED, therapist.desk.act(), number=number)
        whole = work.audit_head().seq
        work.commit()
    sheet = opens_trail(therapist)
    assert len(sheet.model.rows) == PAGE
    assert sheet.note.text() == f"The newest {PAGE}; more at the end of the list"
    therapist.presses(Qt.Key.Key_Down)
    for count in (2 * PAGE, whole):
        therapist.presses(Qt.Key.Key_End)
        assert sum(len(row.entries) for row in sheet.model.rows) == count
    places = [entry.seq for row in sheet.model.rows for entry in row.entries]
    assert places == list(range(whole, 0, -1)), "none twice, none left out"
    with therapist.desk.open_record() as work:
        read = work.audit_entries(AuditQuery(deeds=frozenset({Deed.AUDIT_READ})))
    assert len(read) == 1, "the pages of one reading are one reading"


def test_who_was_entered_stands_in_one_line_and_no_key_in_full(therapist: Therapist) -> None:
    """Seven lines for one person, two of them in hex, were what nobody reads."""
    key = "ebd0eddf193fc703411328c6f3bca98db0dc551fb410ee2465aad998b8bc9bb0"
    with therapist.desk.open_record(writing=True) as work:
        act = therapist.desk.act()
        work.add_user(User("u9", "Rita Blum", "PT", Role.THERAPIST), bytes.fromhex(key), act)
        work.commit()
    row = opens_trail(therapist).model.rows[0]
    assert key not in row.said
    assert key in row.tip


def test_the_trail_names_the_patient_whom_an_entry_is_about(therapist: Therapist) -> None:
    number = therapist.begins_visit("Ana Diaz")
    assert f"Ana Diaz, No {number:06d}" in opens_trail(therapist).model.rows[0].beneath


# ---------------------------------------------------------------- what a role finds in the window
def at_the_desk_of(desk: Desk, role: Role) -> Desk:
    """The same record, as far as somebody of a role may use it."""
    user = User("u9", "Rita Blum", "", role)
    begin = guard(desk.open_record, user, desk.clock)
    return replace(desk, open_record=begin, user=user, who=user.signature_name)


def refusals(desk: Desk) -> int:
    """How many stand in the trail."""
    with desk.open_record() as work:
        return len(work.audit_entries(AuditQuery(deeds=frozenset({Deed.REFUSED}))))


@pytest.mark.parametrize("role", Role)
def test_no_role_is_refused_by_only_being_at_home(
    therapist: Therapist, role: Role, qtbot: QtBot
) -> None:
    charts_an_angle_twice(therapist)
    therapist.window.close()
    own = Therapist(at_the_desk_of(therapist.desk, role), qtbot)
    own.window.home.refresh()
    own.presses(Qt.Key.Key_K, CTRL)
    own.types("case")
    assert refusals(therapist.desk) == 0


def test_the_front_desk_enters_a_patient_and_opens_no_chart(
    therapist: Therapist, qtbot: QtBot
) -> None:
    number = therapist.begins_visit()
    therapist.window.close()
    desk = Therapist(at_the_desk_of(therapist.desk, Role.FRONT_DESK), qtbot)
    desk.window.home.patient_created.emit(number)
    toast = desk.window.imports.toast
    assert toast.words.text() == "Entered as patient No 000001."
    assert toast.isVisible()
    assert desk.window.messages.isHidden(), "nothing went wrong"
    assert desk.focus.objectName() == "search", "for the next one"
    assert refusals(therapist.desk) == 0
    desk.window.open_patient(number)
    assert desk.window.visit is None
    assert "Reading a chart is not part of the role front desk" in said_below(desk)
    assert refusals(therapist.desk) == 1


def said_below(therapist: Therapist) -> str:
    """What stands on the window's bar."""
    return " ".join(label.text() for label in therapist.window.messages.findChildren(Label))


def test_an_administrator_sees_no_patient_and_finds_the_trail(
    therapist: Therapist, qtbot: QtBot
) -> None:
    charts_an_angle_twice(therapist)
    therapist.window.close()
    own = Therapist(at_the_desk_of(therapist.desk, Role.ADMINISTRATOR), qtbot)
    own.window.home.refresh()
    assert not own.window.home.search_box.isVisible()
    assert not own.window.home.results.isVisible()
    sheet = opens_trail(own)
    assert sheet.model.rows == (), "nothing of a chart is among what administrators read"


def printed(desk: Desk) -> list[tuple[str, str, str]]:
    """What stands in the trail of papers that left."""
    deeds = frozenset({Deed.PAPER_PRINTED, Deed.PAPER_SAVED})
    with desk.open_record() as work:
        return [
            (one.deed, one.field, one.reason) for one in work.audit_entries(AuditQuery(deeds=deeds))
        ]


def test_a_paper_is_entered_before_it_leaves(therapist: Therapist, tmp_path: Path) -> None:
    therapist.begins_visit()
    therapist.window.show_paper("note")
    assert therapist.window.preview is not None
    therapist.window.preview.save_to(tmp_path / "note.pdf")
    assert printed(therapist.desk) == [("paper_saved", "note", "")]


def test_an_assistant_saves_no_paper(therapist: Therapist, qtbot: QtBot, tmp_path: Path) -> None:
    number = therapist.begins_visit()
    therapist.window.close()
    own = Therapist(at_the_desk_of(therapist.desk, Role.ASSISTANT), qtbot)
    own.window.open_patient(number)
    own.window.show_paper("note")
    assert own.window.preview is not None
    own.window.preview.save_to(tmp_path / "note.pdf")
    assert not (tmp_path / "note.pdf").exists()
    assert "Printing or saving a paper" in own.window.preview.note.text()
    assert printed(therapist.desk) == []


def test_a_chart_on_screen_is_entered_as_a_look(therapist: Therapist, qtbot: QtBot) -> None:
    number = therapist.begins_visit()
    therapist.window.close()
    own = Therapist(at_the_desk_of(therapist.desk, Role.ASSISTANT), qtbot)
    own.window.open_patient(number)
    assert isinstance(own.window.visit, VisitPage)
    with therapist.desk.open_record() as work:
        looks = work.audit_entries(AuditQuery(deeds=frozenset({Deed.CHART_OPENED})))
    assert [look.number for look in looks] == [number]
    assert open_chart(own.desk.open_record, own.desk.act(), number).number == number
