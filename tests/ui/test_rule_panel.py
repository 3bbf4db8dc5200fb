"""The rule panel beside the form: red flags first, two slots, and she decides."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import ALT, CTRL, Therapist
from ui.panels.pattern_reading import OTHERS
from ui.panels.row_widgets import WordsRow
from ui.panels.rows import Choice, Slot, Words
from ui.panels.rule_panel import RulePanel
from ui.widgets.buttons import Button

RIGHT = Side.RIGHT


def begins_with_a_plan(therapist: Therapist) -> None:
    """A visit whose findings name pattern 1, the screen finished."""
    therapist.begins_visit()
    model = therapist.page.model
    for name, value in {
        "complaint.side": "right",
        "judgement.back_irritation": "yes",
        "judgement.glute_inhibition": "yes",
    }.items():
        model.record(Key(name), value)
    model.record(Key("slr.result", RIGHT), "positive")
    model.record(Key("slr.familiar", RIGHT), "yes")
    model.record(Key("slr.ankle_effect", RIGHT), "more")
    model.record(Key("glute.weak", RIGHT), "yes")
    therapist.finishes_screen()
    assert model.suggestion.plan.first


def parts_of(panel: RulePanel) -> set[str]:
    """The parts of ledgers that have a line in the panel."""
    rows = (widget.row.id for widget in panel.stack.findChildren(WordsRow))
    return {":".join(row.split(":")[:2]) for row in rows}


def test_a_blank_screen_is_said_and_one_click_away(therapist: Therapist) -> None:
    therapist.begins_visit()
    assert "questions open" in therapist.panel
    assert "not asked: Saddle numbness" in therapist.panel
    therapist.page.panel.head.clicked.emit()
    assert therapist.focus.objectName() == "flag.saddle_numbness"


def test_a_red_flag_sets_everything_else_aside_until_it_is_resolved(therapist: Therapist) -> None:
    """Saddle numbness: emergency. No pattern, no plan, no sheet, until a reason is written."""
    begins_with_a_plan(therapist)
    assert "Pattern 1: suggested" in therapist.panel
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    assert "Red flag, emergency: Cauda equina" in therapist.panel
    assert "Pattern 1" not in therapist.panel
    assert "slot 1" not in therapist.panel
    assert therapist.page.banner.pill.text() == "Emergency flag open"
    reason = therapist.widget("reason:cauda_equina")
    assert isinstance(reason, QPlainTextEdit)
    assert not therapist.widget("resolve:cauda_equina").isEnabled(), "never without a reason"
    reason.setFocus()
    therapist.types("Long known, MRI of 2019 seen")
    therapist.presses_button("resolve:cauda_equina")
    assert therapist.stored.resolved_flags[0].reason == "Long known, MRI of 2019 seen"
    assert "Pattern 1: suggested" in therapist.panel
    assert "Long known, MRI of 2019 seen" in therapist.panel
    assert therapist.page.banner.pill.isHidden()


def test_not_one_item_is_added_over_an_open_flag(therapist: Therapist) -> None:
    begins_with_a_plan(therapist)
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    therapist.presses(Qt.Key.Key_9, ALT)
    plan = therapist.page.form("plan")
    adds = [w for w in plan.findChildren(type(therapist.page.banner.handout)) if w.text() == "add"]
    assert adds
    assert not any(button.isVisible() for button in adds)
    therapist.page.panel.add_item("brace")
    assert therapist.stored.plan == ()


def test_the_proposed_items_go_into_the_two_slots(therapist: Therapist) -> None:
    begins_with_a_plan(therapist)
    first = therapist.page.model.suggestion.plan.first
    for place, item in enumerate(first, 1):
        slot = therapist.widget(f"plan_slot_{place}")
        assert therapist.desk.plan_library.name(item) in slot.accessibleName()
        therapist.page.panel.stack.acted.emit("add", item)
    assert tuple(choice.item for choice in therapist.stored.plan) == first


def test_a_third_new_item_asks_which_one_to_park(therapist: Therapist) -> None:
    begins_with_a_plan(therapist)
    panel = therapist.page.panel
    for item in ("brace", "glute_burn"):
        assert panel.add_item(item)
    assert not panel.add_item("slider_seated")
    assert [choice.item for choice in therapist.stored.plan] == ["brace", "glute_burn"]
    assert panel.stack.widget_of(Choice, "which") is not None
    panel.stack.acted.emit("swap", "brace")
    assert [choice.item for choice in therapist.stored.plan] == ["glute_burn", "slider_seated"]
    assert therapist.stored.parked == (PlanChoice("brace"),)
    assert panel.stack.widget_of(Choice, "which") is None
    panel.stack.acted.emit("back", "brace")
    assert panel.stack.widget_of(Choice, "which") is not None, "bringing back is a third one too"


def test_a_standing_instruction_takes_no_slot(therapist: Therapist) -> None:
    begins_with_a_plan(therapist)
    panel = therapist.page.panel
    for item in ("pause_stretching", "brace", "glute_burn"):
        assert panel.add_item(item)
    assert len(therapist.stored.plan) == 3


def test_what_she_makes_of_it_is_kept_with_her_reason(therapist: Therapist) -> None:
    begins_with_a_plan(therapist)
    therapist.presses_button("differ")
    assert therapist.focus.objectName() == "decision_reason"
    therapist.types("Hip first")
    decision = therapist.stored.decision
    assert decision is not None
    assert (decision.agree, decision.reason) == (False, "Hip first")


def test_a_change_touches_only_the_rows_it_changes(therapist: Therapist) -> None:
    """The panel is compared, not rebuilt: one answer of the screen changes a row or two."""
    begins_with_a_plan(therapist)
    stack = therapist.page.panel.stack
    kept = stack.widget_of(Slot, "plan_slot_1")
    before = stack.touched
    therapist.page.model.record(Key("outcome.nprs_now"), 4)
    assert stack.touched == before
    therapist.page.panel.add_item("brace")
    assert stack.widget_of(Slot, "plan_slot_1") is kept
    assert 0 < stack.touched - before <= 6


def test_folded_lines_are_read_aloud_all_the_same(therapist: Therapist) -> None:
    """The accessible description of the panel holds what section 5 of the answer holds."""
    begins_with_a_plan(therapist)
    said = therapist.page.model.suggestion
    for ledger in said.ledger.values():
        for line in (*ledger.supports, *ledger.against, *ledger.missing):
            assert line.text in therapist.panel
    assert therapist.page.panel.accessibleDescription() == therapist.panel


def test_unfolding_a_pattern_shows_why_its_needs_are_not_met(therapist: Therapist) -> None:
    begins_with_a_plan(therapist)
    panel = therapist.page.panel
    told = panel.text()
    assert panel.stack.widget_of(Words, "pattern_3:unmet0") is None
    panel.stack.acted.emit("open", OTHERS)
    assert panel.stack.widget_of(Words, "pattern_3:unmet0") is not None
    assert "pattern_3:missing" not in parts_of(panel)
    panel.stack.acted.emit("open", "pattern_3")
    assert "pattern_3:missing" in parts_of(panel)
    assert panel.text().count("Pattern 3") == told.count("Pattern 3")


def test_the_sheet_is_withheld_over_a_flag_and_says_why(therapist: Therapist) -> None:
    begins_with_a_plan(therapist)
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    therapist.presses(Qt.Key.Key_P, CTRL)
    preview = therapist.window.preview
    assert preview is not None
    assert preview.sheet is None
    assert "Cauda equina" in preview.text()
    assert not preview.print.isEnabled()


def test_a_signed_visit_offers_nothing_to_change(therapist: Therapist) -> None:
    """Signed elsewhere: it can be read, the panel too, and only today's visit is offered."""
    signed = Visit(
        dt.date(2026, 3, 16),
        {Key("slr.result", RIGHT): "positive"},
        plan=(PlanChoice("brace"),),
        signed=True,
    )
    case = Case(Patient("Case A", dt.date(1982, 3, 14)), (signed,))
    number = chart_case(therapist.desk.open_record, therapist.desk.act(), case)
    therapist.window.open_patient(number)
    assert therapist.page.model.locked
    assert therapist.widget("signed").isVisible()
    offered = [
        button.text()
        for button in therapist.page.panel.findChildren(Button)
        if button.isVisible() and button.isEnabled()
    ]
    assert set(offered) <= {"show"}
    therapist.page.panel.add_item("glute_burn")
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.types("-")
    assert therapist.stored == signed


def test_the_panel_is_worked_by_keyboard_alone(therapist: Therapist) -> None:
    """F6 into the panel, Tab to the first place, Return takes what is proposed."""
    begins_with_a_plan(therapist)
    item = therapist.page.model.suggestion.plan.first[0]
    therapist.presses(Qt.Key.Key_3, ALT)
    therapist.presses(Qt.Key.Key_F6)
    slot = therapist.widget("plan_slot_1")
    for _ in range(200):
        if slot.isAncestorOf(therapist.focus):
            break
        therapist.presses(Qt.Key.Key_Down)
    therapist.presses(Qt.Key.Key_Return)
    assert [choice.item for choice in therapist.stored.plan] == [item]


def test_the_panel_says_where_leg_power_is_asked_when_the_screen_is_done(
    therapist: Therapist,
) -> None:
    """The tab Screen has its tick by then; what is still open is a test among the nerves."""
    therapist.begins_visit()
    therapist.page.model.record(Key("complaint.side"), "right")
    for group in therapist.desk.catalogue.groups:
        therapist.page.model.answer_rest_no(group)
    therapist.page.model.record(Key("slr.result", Side.RIGHT), "positive")
    missing = len(therapist.page.model.suggestion.screen.unanswered)
    assert missing
    assert f"{missing} of the red-flag screen, in the section Nerves" in therapist.panel


def test_a_reason_half_written_is_there_again_when_she_comes_back(therapist: Therapist) -> None:
    """She leaves the visit to look at another; the words wait in their box."""
    begins_with_a_plan(therapist)
    number = therapist.page.chart.number
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    therapist.goes_to("reason:cauda_equina")
    therapist.types("Called the")
    therapist.presses(Qt.Key.Key_F, CTRL)
    therapist.window.open_patient(number)
    reason = therapist.widget("reason:cauda_equina")
    assert isinstance(reason, QPlainTextEdit)
    assert reason.toPlainText() == "Called the"
