"""What was done of the last sheet: which one is asked about, and what the answers come to."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import ADHERENCE, Case, Patient, PlanChoice, Visit
from clinic_desktop.services.course.adherence import last_sheet, whole_plan
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from tests.handout_contents import a_suggestion

LIBRARY = load_plan_library()


def course(*plans: tuple[str, ...]) -> Case:
    """A course with a visit a week for each plan."""
    begun = dt.date(2026, 3, 2)
    visits = (
        Visit(begun + dt.timedelta(days=7 * n), plan=tuple(map(PlanChoice, plan)))
        for n, plan in enumerate(plans)
    )
    return Case(Patient("Case A"), tuple(visits))


def asked(case: Case, *with_sheet: int) -> list[str] | None:
    """The items asked about."""
    found = last_sheet(case, with_sheet, lambda _case: a_suggestion(), LIBRARY)
    return [choice.item for choice in found.choices] if found else None


def test_a_first_visit_has_nothing_to_ask_about() -> None:
    assert asked(course(("slider_seated",))) is None


def test_the_sheet_that_was_kept_counts_and_not_a_later_plan_that_nobody_printed() -> None:
    case = course(("slider_seated", "hinge"), ("brace",), ())
    assert asked(case, 0) == ["slider_seated", "hinge"]
    assert asked(case) == ["brace"], "without a kept sheet the latest plan is the best there is"
    found = last_sheet(case, (), lambda _case: a_suggestion(), LIBRARY)
    assert found is not None
    assert not found.kept


def test_what_is_done_in_the_clinic_is_not_asked_about() -> None:
    assert asked(course(("traction_sidelying", "slider_seated"), ()), 0) == ["slider_seated"]
    assert asked(course(("traction_sidelying",), ())) is None


def test_a_sheet_printed_without_a_plan_held_what_was_suggested_then() -> None:
    seen: list[Case] = []

    def suggest(case: Case) -> Suggestion:
        seen.append(case)
        return a_suggestion()

    case = course((), ("brace",))
    found = last_sheet(case, (0,), suggest, LIBRARY)
    assert found is not None
    assert [choice.item for choice in found.choices] == ["pause_stretching", "slider_seated"]
    assert [len(one.visits) for one in seen] == [1], "and not what is suggested today"


ITEMS = ("slider_seated", "hinge", "brace")


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        (("all", "all", "all"), "all"),
        (("all", "all", "most"), "most"),
        (("all", "none", "none"), "some"),
        (("some", "none", "none"), "some"),
        (("none", "none", "none"), "none"),
    ],
)
def test_the_whole_is_all_or_none_only_where_every_item_is(
    said: tuple[str, ...], whole: str
) -> None:
    assert whole_plan(dict(zip(ITEMS, said, strict=True)), ITEMS) == whole


@given(st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(ADHERENCE)))
def test_an_item_that_was_not_asked_is_never_taken_for_none(done: dict[str, str]) -> None:
    assert (whole_plan(done, ITEMS) is None) == (len(done) < len(ITEMS))
