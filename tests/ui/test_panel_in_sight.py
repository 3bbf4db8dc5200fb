"""The rule panel while one works: all in sight, calm, and every line leads somewhere."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

import resources
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.knowledge.rule_notes import RuleNote
from clinic_desktop.services.record import chart_case
from tests.at_the_desk import Therapist
from ui.panels.panel_scroll import PanelScroll
from ui.panels.row_base import RowWidget
from ui.panels.row_widgets import WordsRow
from ui.panels.rows import Ask, Fold, Heading, Slot, Why, Words
from ui.panels.rule_panel import RulePanel
from ui.panels.why import with_why
from ui.visit.found_mark import FoundMark

RIGHT = Side.RIGHT


@pytest.fixture
def mixed(therapist: Therapist) -> Therapist:
    """The article's third case with its screen finished: pattern 2 with the tendon taking part."""
    desk = therapist.desk
    case = read_case(
        resources.data("cases/article_3.json"), desk.catalogue, desk.plan_library.items
    )
    therapist.window.open_patient(chart_case(desk.open_record, desk.act(), case))
    therapist.finishes_screen()
    assert therapist.page.model.suggestion.patterns == ("pattern_2", "local")
    return therapist


def viewport(therapist: Therapist) -> QWidget:
    """The part of the panel that scrolls."""
    scroll = therapist.page.panel.findChild(PanelScroll)
    assert isinstance(scroll, PanelScroll)
    return scroll.viewport()


def row(therapist: Therapist, kind: type, row_id: str) -> RowWidget[Any]:
    """The line of an id."""
    found = therapist.page.panel.stack.widget_of(kind, row_id)
    assert found is not None, f"no {row_id} in the panel"
    return found


def line(therapist: Therapist, text: str) -> WordsRow:
    """The first line that says this."""
    lines = therapist.page.panel.stack.findChildren(WordsRow)
    return next(widget for widget in lines if text in widget.row.text)


# ---------------------------------------------------------------------- in sight
def test_a_mixed_case_is_in_sight_without_scrolling(mixed: Therapist) -> None:
    """Both patterns, the others in one line, what to ask, and both places of the plan."""
    assert (mixed.window.width(), mixed.window.height()) == (1280, 800)
    port = viewport(mixed)
    for kind, row_id in (
        (Heading, "pattern_2"), (Heading, "local"), (Fold, "others"), (Ask, "ask"),
        (Slot, "plan_slot_1"), (Slot, "plan_slot_2"),
    ):  # fmt: skip
        shown = row(mixed, kind, row_id)
        below = shown.mapTo(port, QPoint(0, shown.height()))
        assert 0 < below.y() <= port.height(), f"{row_id} ends at {below.y()}"


def test_the_patterns_not_named_stand_in_one_line(mixed: Therapist) -> None:
    others = row(mixed, Fold, "others")
    assert others.row.text == "Patterns 1 and 3, other source"
    assert others.row.remark == "needs not met"
    QTest.mouseClick(others, Qt.MouseButton.LeftButton)
    assert row(mixed, Words, "pattern_3:unmet0").isVisible(), "and it opens to why not"


def test_no_line_is_lost_by_folding(mixed: Therapist) -> None:
    said = mixed.page.model.suggestion
    for ledger in said.ledger.values():
        for part in (*ledger.supports, *ledger.against, *ledger.missing):
            assert part.text in mixed.panel
        for unmet in ledger.unmet:
            assert unmet in mixed.panel
    for item in said.plan.later:
        assert mixed.desk.plan_library.name(item) in mixed.panel


def test_the_lines_folded_away_come_with_one_click_and_go_again(mixed: Therapist) -> None:
    folded = mixed.page.model.suggestion.ledger["pattern_2"].missing[-1].text
    panel = mixed.page.panel
    assert not any(w.row.text == folded for w in _of("pattern_2:missing", panel))
    panel.stack.acted.emit("open", "pattern_2:missing")
    assert any(w.row.text == folded for w in _of("pattern_2:missing", panel))
    panel.stack.acted.emit("close", "pattern_2:missing")
    assert not any(w.row.text == folded for w in _of("pattern_2:missing", panel))


def _of(part: str, panel: RulePanel) -> list[WordsRow]:
    lines = panel.stack.findChildren(WordsRow)
    return [widget for widget in lines if widget.row.id.startswith(part) and widget.isVisible()]


def test_the_empty_panel_says_what_belongs_there(therapist: Therapist) -> None:
    therapist.begins_visit()
    assert "No pattern yet" in therapist.panel
    assert "Ctrl+J" in therapist.panel
    assert row(therapist, Fold, "others").row.text == "The five patterns"


def test_what_the_model_is_worth_is_said_once(mixed: Therapist) -> None:
    assert mixed.panel.count("not validated") == 1


# ---------------------------------------------------------------------- calm
def test_what_changed_is_marked_for_a_moment(mixed: Therapist) -> None:
    stack = mixed.page.panel.stack
    mixed.qtbot.waitUntil(lambda: not stack.fresh)
    mixed.page.model.record(Key("slr.familiar", RIGHT), "yes")
    assert stack.fresh
    said = "\n".join(fresh.plain for fresh in stack.fresh)
    assert "familiar" in said or "own symptom" in said
    mixed.qtbot.waitUntil(lambda: not stack.fresh)


def test_what_she_opens_herself_is_no_news(mixed: Therapist) -> None:
    stack = mixed.page.panel.stack
    mixed.qtbot.waitUntil(lambda: not stack.fresh)
    stack.acted.emit("open", "others")
    assert not stack.fresh


def test_the_line_she_reads_stays_where_it_is(mixed: Therapist) -> None:
    """A flag to watch comes in above; the line at the top of the panel does not move."""
    panel = mixed.page.panel
    for part in ("others", "pattern_1", "pattern_3", "later"):
        panel.stack.acted.emit("open", part)
    scroll = panel.findChild(PanelScroll)
    assert isinstance(scroll, PanelScroll)
    scroll.verticalScrollBar().setValue(300)
    held = panel.stack.anchor(300)
    assert held is not None
    before = held[0].mapTo(scroll.viewport(), QPoint(0, 0)).y()
    height = panel.stack.height()
    mixed.page.model.record(Key("flag.distress"), "yes")
    assert panel.stack.height() > height
    assert held[0].mapTo(scroll.viewport(), QPoint(0, 0)).y() == before


def test_news_is_told_once_for_each_change(mixed: Therapist) -> None:
    """A screen reader hears of the flag in one message, and nothing where nothing is new."""
    told: list[str] = []
    mixed.page.panel.told.connect(told.append)
    mixed.page.model.record(Key("outcome.nprs_now"), 4)
    assert told == []
    mixed.page.model.record(Key("flag.saddle_numbness"), "yes")
    assert len(told) == 1
    assert told[0].startswith("Red flag, emergency: Cauda equina")


# ---------------------------------------------------------------------- to the field
@pytest.mark.parametrize("part", ["for", "missing"])
def test_a_line_leads_to_its_field_and_marks_it(mixed: Therapist, part: str) -> None:
    """The section opens, the field has the keyboard and a bar beside its label, until a key."""
    mixed.page.show_section("measures")
    lines = _of(f"pattern_2:{part}", mixed.page.panel)
    clicked, target = next((w, w.row.target) for w in lines if w.row.target and w.row.target.side)
    QTest.mouseClick(clicked, Qt.MouseButton.LeftButton, pos=QPoint(100, clicked.height() // 2))
    assert mixed.focus.objectName() == f"{target.finding}@{target.side}"
    assert mixed.page.tabs.current() == mixed.desk.catalogue.spec(target.finding).section
    mark = mixed.page.findChild(FoundMark)
    assert isinstance(mark, FoundMark)
    assert mark.isVisible()
    assert mark.field == mixed.focus.objectName()
    assert abs(mark.geometry().center().y() - mixed.focus.geometry().center().y()) <= 1
    mixed.presses(Qt.Key.Key_Shift)
    assert not mark.isVisible()


def test_return_on_a_contradiction_goes_to_its_finding(mixed: Therapist) -> None:
    mixed.page.model.record(Key("slr.familiar", RIGHT), "yes")
    mixed.page.model.record(Key("slr.ankle_effect", RIGHT), "more")
    mixed.page.model.record(Key("slr.result", RIGHT), "negative")
    conflict = mixed.page.model.suggestion.contradictions[0]
    line(mixed, conflict.text).setFocus()
    mixed.presses(Qt.Key.Key_Return)
    assert mixed.focus.objectName().startswith(conflict.findings[0])


def test_the_question_is_one_key_away(mixed: Therapist) -> None:
    question = mixed.page.model.suggestion.ask_next[0]
    QTest.mouseClick(row(mixed, Ask, "ask"), Qt.MouseButton.LeftButton)
    assert mixed.focus.objectName().startswith(question.finding)
    mark = mixed.page.findChild(FoundMark)
    assert isinstance(mark, FoundMark)
    assert mark.field.startswith(question.finding)


def test_a_flag_shows_on_the_tab_it_comes_from(mixed: Therapist) -> None:
    """Ankle power 3 of 5: the sign stands on Nerves, in the banner and in the panel."""
    assert "red flag" not in mixed.widget("section_nerves").accessibleName()
    mixed.page.model.record(Key("power.ankle_dorsiflexion", RIGHT), "3")
    assert "a red flag comes from here" in mixed.widget("section_nerves").accessibleName()
    assert "red flag" not in mixed.widget("section_glutes").accessibleName()
    assert mixed.page.banner.pill.isVisible()


# ---------------------------------------------------------------------- why
def test_why_shows_the_rule_behind_a_line_in_place(mixed: Therapist) -> None:
    """F1 on a line: what the rule says, from where, and since when; F1 again folds it away."""
    asked = _of("pattern_2:for", mixed.page.panel)[0]
    asked.setFocus()
    mixed.presses(Qt.Key.Key_F1)
    why = row(mixed, Why, f"why:{asked.row.id}")
    note = mixed.desk.explain(asked.row.rule)
    assert why.isVisible()
    assert why.y() == asked.y() + asked.height(), "right below its line"
    for told in (note.sentence, note.source, note.since, asked.row.rule):
        assert told in why.row.plain
    assert why.row.plain in mixed.panel
    assert mixed.focus is asked, "no dialog, and the keyboard stays"
    mixed.presses(Qt.Key.Key_F1)
    assert mixed.page.panel.stack.widget_of(Why, f"why:{asked.row.id}") is None


def test_why_is_a_quiet_link_for_the_pointer(mixed: Therapist) -> None:
    """The small word beside a line; the sentence itself still leads to the field."""
    asked = _of("pattern_2:for", mixed.page.panel)[1]
    QTest.mouseClick(asked, Qt.MouseButton.LeftButton, pos=QPoint(10, asked.height() // 2))
    assert row(mixed, Why, f"why:{asked.row.id}").isVisible()
    slot = row(mixed, Slot, "plan_slot_1")
    QTest.mouseClick(slot, Qt.MouseButton.LeftButton, pos=QPoint(10, slot.height() // 2))
    assert row(mixed, Why, "why:plan_slot_1").isVisible(), "one at a time"
    assert mixed.page.panel.stack.widget_of(Why, f"why:{asked.row.id}") is None


def test_every_line_with_a_rule_can_say_why(mixed: Therapist) -> None:
    """Ledgers, plan, cautions, flags and conflicts: each rule of the panel is told by the rules."""
    panel, model = mixed.page.panel, mixed.page.model
    for part in ("others", "pattern_1", "pattern_3", "other_source", "later"):
        panel.stack.acted.emit("open", part)
    model.record(Key("slr.familiar", RIGHT), "yes")
    model.record(Key("slr.ankle_effect", RIGHT), "more")
    model.record(Key("slr.result", RIGHT), "negative")
    rules = {w.rule for w in panel.stack.findChildren(WordsRow) if w.rule}
    model.record(Key("flag.saddle_numbness"), "yes")
    rules |= {w.rule for w in panel.stack.findChildren(WordsRow) if w.rule}
    assert len(rules) > 12
    for rule in rules:
        assert mixed.desk.explain(rule).sentence


def test_why_tells_a_review_and_a_rule_that_is_gone() -> None:
    """A clinic's own rules may drop an id that an open line still carries."""
    asked = Words("x", "Slump right: positive", rule="chain")
    note = RuleNote("A chain.", "clinic", "proposal", "2026.11", "A. Reader, PT", "2026-11-20")
    known = {"chain": note}
    told = list(with_why([asked], "x", known.__getitem__))
    assert told[0] is asked
    assert "reviewed by A. Reader, PT, 2026-11-20" in told[1].plain
    known.clear()
    gone = list(with_why([asked], "x", known.__getitem__))
    assert "no such rule" in gone[1].plain
    assert list(with_why([asked], None, known.__getitem__)) == [asked]
