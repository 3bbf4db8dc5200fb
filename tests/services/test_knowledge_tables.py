"""Whoever reviews the rules finds every one of them, with its source, in words."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from clinic_desktop.domain.logic import Condition
from clinic_desktop.domain.review import RuleReview
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import Knowledge, shipped_knowledge
from clinic_desktop.services.knowledge.condition_words import ConditionWords
from clinic_desktop.services.knowledge.markdown import review_as_markdown
from clinic_desktop.services.knowledge.rule_conditions import condition_from
from clinic_desktop.services.knowledge.tables import rule_review

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


@cache
def knowledge() -> Knowledge:
    return shipped_knowledge(load_catalogue(), load_catalogue_text())


@cache
def review() -> RuleReview:
    return rule_review(
        knowledge().engine.rulebook, knowledge().library, load_catalogue(), load_catalogue_text()
    )


def test_the_page_in_docs_is_the_one_the_rules_make() -> None:
    """After a change of a rule: clinic-desktop knowledge --markdown docs/rules.md"""
    assert PAGE.read_text(encoding="utf-8") == review_as_markdown(review())


def test_each_rule_stands_in_the_tables_once_with_its_source() -> None:
    rows = [row for section in review().sections for row in section.rows]
    ids = [row.id for row in rows]
    assert len(set(ids)) == len(ids)
    rules = knowledge().engine.rulebook
    wanted = {
        *(term.id for term in rules.terms),
        *(pattern.id for pattern in rules.patterns),
        *(f"{p.id}.{need.id}" for p in rules.patterns for need in p.needs),
        *(row.id for row in rules.flags),
        *(rule.id for rule in rules.not_applicable),
        *(rule.id for rule in rules.contradictions),
        *(f"plan.{item}" for item in rules.plan.items),
        *(f"band.{finding}" for finding in rules.plan.bands),
    }
    assert wanted <= set(ids)
    for row in rows:
        assert row.sentence.strip(), row.id
        assert row.origin.source.strip(), row.id


def test_each_plan_item_stands_there_with_all_its_words() -> None:
    items = {item.id: item for item in review().plan}
    assert set(items) == set(knowledge().library.items)
    for name, text in knowledge().library.texts.items():
        words = [words for _, words in items[name].lines]
        for said in (text.purpose, text.dose, *text.steps, text.stop):
            assert said in words, name


def test_what_rests_on_textbook_memory_is_listed() -> None:
    """Rules, words of plan items, and findings of the catalogue; what has a study is not."""
    listed = {row.id for row in review().textbook}
    assert {"plan.brace", "power.knee_extension", "band.outcome.visa_h"} <= listed
    assert not {"slr.counts", "crossed.weak", "plan.pause_stretching"} & listed
    terms = [t.id for t in knowledge().engine.rulebook.terms if "textbook" in t.origin.source]
    assert set(terms) <= listed


def test_a_review_is_counted_and_shown() -> None:
    """Nobody has reviewed the shipped rules yet."""
    assert review().reviewed == 0
    rules = knowledge().engine.rulebook
    origin = replace(rules.terms[0].origin, reviewed_by="A. Rivera, PT", reviewed_on="2026-11-24")
    terms = (replace(rules.terms[0], origin=origin), *rules.terms[1:])
    reviewed = rule_review(
        replace(rules, terms=terms), knowledge().library, load_catalogue(), load_catalogue_text()
    )
    assert reviewed.reviewed == 1
    page = review_as_markdown(reviewed)
    assert "| A. Rivera, PT, 2026-11-24 |" in page
    assert f"1 of {reviewed.rules}" in page


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("slr.counts", '"slr.counts"'),
        ({"term": "slr.counts", "side": "other"}, '"slr.counts" on the other side'),
        ({"finding": "slr.result", "is": "positive"}, "Straight leg raise: positive"),
        ({"finding": "bridge.pain", "at_least": 3}, "3 of 10 or more"),
        ({"finding": "glute.abduction_power", "grade_at_most": "4"}, "4 or less"),
        ({"finding": "course.age", "over": 60}, "age: over 60 years"),
        ({"finding": "slr.angle", "other_side_higher_by": 10}, "more than 10 deg higher on the"),
        ({"finding": "slr.result", "charted": True}, "is charted"),
        ({"finding": "slr.result", "side": "other", "is": "positive"}, "of the other side: pos"),
        (
            {"finding": "story.back_weeks_ago", "less_than_finding": "complaint.duration_weeks"},
            "is less than",
        ),
        ({"finding": "fell.power.eversion", "is": "yes"}, "is below the last one charted: yes"),
        ({"all": ["a", "b"]}, 'all of ["a"; "b"]'),
        ({"any": ["a", "b"]}, 'any of ["a"; "b"]'),
        ({"any": ["a"]}, '"a"'),
        ({"not": "a"}, 'not ["a"]'),
        ({"known": "a"}, '"a" (as charted)'),
        ({"unknown": "a"}, 'it is not known whether "a"'),
        ({"at_least": 2, "of": ["a", "b"]}, '2 or more of ["a"; "b"]'),
        ({"several": 1, "of": ["a", "b"]}, "no once two are known and none is"),
        ({"yes_if": "a", "no_if": "b"}, 'yes if "a", else no if "b"'),
        ({"painful": "a"}, 'on a side that hurts: "a"'),
        ({"every_painful": "a"}, 'on each side that hurts: "a"'),
        ({"either_side": "a"}, 'on either side: "a"'),
        ({"both_sides": "a"}, 'on both sides: "a"'),
        ({"is_painful": True}, "this side hurts"),
    ],
)
def test_each_way_to_write_a_condition_has_words(written: object, words: str) -> None:
    condition: Condition = condition_from(written)
    assert words in ConditionWords(load_catalogue(), load_catalogue_text()).say(condition)
