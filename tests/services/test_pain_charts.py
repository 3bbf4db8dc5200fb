"""Charts of the body for papers: which visits, in which words, with which legend."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.pain import PLACES, PainMap, SiteMark
from clinic_desktop.domain.papers import BodyPictures
from clinic_desktop.domain.values import SIDES, Key, Side, Value
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue_text
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.pain_charts import MOST, body_of_course, body_of_visit
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.words.pain_words import (
    body_drawing,
    change_words,
    map_words,
    place_words,
    side_words,
)
from tests.paper_contents import a_course, a_source, a_suggestion, left, right

TEXT = load_catalogue_text()
R, L = Side.RIGHT, Side.LEFT
SITES_R, SITES_L = right("complaint.sites"), left("complaint.sites")
FOLD = right("pain_kind.gluteal_fold")
HURTS: dict[Key, Value] = {SITES_R: ("gluteal_fold", "calf"), SITES_L: (), FOLD: ("sharp", "ache")}
LESS: dict[Key, Value] = {SITES_R: ("gluteal_fold",), FOLD: ("ache",)}


def words(pictures: BodyPictures) -> list[str]:
    """What stands with each chart."""
    return [
        " | ".join((p.title, *(f"{f.label}: {f.text}" for f in p.sides), p.change))
        for p in pictures.pictures
    ]


def legend(pictures: BodyPictures) -> list[str]:
    """The meanings that are explained."""
    return [entry.words for entry in pictures.legend]


def test_a_visit_is_drawn_with_the_marks_of_the_visit_before() -> None:
    found = body_of_visit(a_course(HURTS, LESS), TEXT)
    assert words(found) == [
        " | Right: gluteal fold (ache) | Left: not charted"
        " | Gone: right calf. Other kind of pain: right gluteal fold (ache)."
    ]
    assert legend(found) == ["ache", "the visit before"]
    # As before, the left side is not known to be free of pain.
    assert "left: not charted" in found.pictures[0].drawing.description.lower()


def test_a_visit_that_did_not_ask_where_it_hurts_has_no_figure() -> None:
    """An empty figure would read as "nowhere"."""
    assert body_of_visit(a_course(HURTS, {}), TEXT).pictures == ()
    assert body_of_course(a_course({}, {}), TEXT).pictures == ()


def test_none_of_these_is_drawn_and_said() -> None:
    found = body_of_visit(a_course({SITES_R: (), SITES_L: ()}), TEXT)
    assert words(found) == [" | Right: none of these | Left: none of these | "]
    assert found.legend == ()


def test_a_course_has_a_chart_for_each_visit_that_asked() -> None:
    found = body_of_course(a_course(HURTS, {}, LESS), TEXT)
    assert [p.title for p in found.pictures] == ["Visit 1, 12 Jan 2026", "Visit 3, 26 Jan 2026"]
    assert legend(found) == ["ache", "sharp", "kind not said", "the visit before"]
    assert found.note == ""


@pytest.mark.parametrize("count", [MOST, MOST + 1, 30])
def test_of_a_long_course_the_first_and_the_latest_are_drawn(count: int) -> None:
    found = body_of_course(a_course(*([HURTS] * count)), TEXT)
    assert len(found.pictures) == MOST
    assert found.pictures[0].title.startswith("Visit 1,")
    assert found.pictures[-1].title.startswith(f"Visit {count},")
    assert bool(found.note) is (count > MOST)


def test_the_same_places_are_said_to_be_the_same() -> None:
    found = body_of_course(a_course(HURTS, HURTS), TEXT)
    assert found.pictures[0].change == ""
    assert found.pictures[1].change == "The same places as before."


marks = st.builds(SiteMark, st.sampled_from(PLACES), st.sampled_from(SIDES), st.just(("ache",)))
maps = st.builds(
    lambda found, asked: PainMap(tuple(m for m in found if m.side in asked), asked),
    st.lists(marks, max_size=6, unique_by=lambda m: (m.place, m.side)),
    st.sampled_from([(), (R,), (L,), (R, L)]),
)


@given(maps, maps)
def test_words_and_drawing_tell_the_same(now: PainMap, before: PainMap) -> None:
    """Each mark is named, and no place that is not marked."""
    description = body_drawing(TEXT, now, before).description
    assert map_words(TEXT, now) in description
    for side in SIDES:
        said = side_words(TEXT, now, side)
        for place in PLACES:
            named = f"{place_words(TEXT, place)} (" in said
            assert named is (now.at(place, side) is not None)
        assert (said == "not charted") is (side not in now.asked)


@given(maps)
def test_nothing_has_changed_against_itself(now: PainMap) -> None:
    said = change_words(TEXT, now, now)
    assert said == ("The same places as before." if now.asked else "")


def test_papers_say_the_kinds_with_the_places_and_only_once() -> None:
    note = make_visit_note(a_course(HURTS), a_suggestion(), a_source())
    story = next(part for part in note.findings if part.title == "Story")
    assert story.table is not None
    assert [row.cells for row in story.table.rows] == [
        ("Where it hurts", "Places", "gluteal fold (ache, sharp); calf", "none of these")
    ]
    report = make_course_report(a_course(HURTS), a_suggestion(), a_source())
    facts = {fact.label: fact.text for fact in report.summary.facts}
    assert facts["Places that hurt"] == (
        "right gluteal fold (ache, sharp); calf; left none of these"
    )


def test_a_kind_without_its_place_is_told_by_itself() -> None:
    """As a case file may have it: nothing that was charted is left out."""
    alone = a_course({SITES_R: ("calf",), FOLD: ("numb",)})
    note = make_visit_note(alone, a_suggestion(), a_source())
    story = next(part for part in note.findings if part.title == "Story")
    assert story.table is not None
    assert ("", "Gluteal fold", "numb", "not recorded") in [r.cells for r in story.table.rows]


def test_a_remark_on_a_kind_is_printed() -> None:
    case = a_course(HURTS)
    noted = replace(case.visits[0], notes_on={"pain_kind.gluteal_fold": "Only on hills."})
    note = make_visit_note(replace(case, visits=(noted,)), a_suggestion(), a_source())
    story = next(part for part in note.findings if part.title == "Story")
    assert story.table is not None
    assert "Only on hills." in [row.remark for row in story.table.rows]
