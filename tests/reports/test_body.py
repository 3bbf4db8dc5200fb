"""Charts of the body on paper: the drawing of the window, on any page, in any number."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]
import pytest

from clinic_desktop.domain.pain import PainMap, SiteMark
from clinic_desktop.domain.papers import BodyPictures
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue_text
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.pain_charts import body_of_course, body_of_visit
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.words.pain_words import body_drawing
from reports.body import ChartRow, LegendRow, body_pieces
from reports.course import render_course
from reports.flow import CellRow, TextPiece
from reports.note import render_note
from reports.page import PAPERS
from tests.handout_contents import pages_of
from tests.paper_contents import CLINIC, a_course, a_source, a_suggestion, left, right

TEXT = load_catalogue_text()
SITES_R, SITES_L = right("complaint.sites"), left("complaint.sites")
EVERYWHERE = (
    "low_back", "deep_buttock", "gluteal_fold", "mid_posterior_thigh", "behind_knee", "calf",
    "groin", "foot",
)  # fmt: skip
ALL_KINDS = ("ache", "sharp", "shooting", "burning", "tingling", "numb", "tight", "cramp")
HURTS: dict[Key, Value] = {
    SITES_R: ("gluteal_fold", "calf"), right("pain_kind.calf"): ("tingling",), SITES_L: (),
}  # fmt: skip
WORST: dict[Key, Value] = {
    SITES_R: EVERYWHERE, SITES_L: EVERYWHERE,
    **{side(f"pain_kind.{place}"): ALL_KINDS for place in EVERYWHERE for side in (right, left)},
}  # fmt: skip
WIDTH = 500.0


def test_nothing_is_drawn_where_nobody_said_where_it_hurts() -> None:
    assert list(body_pieces(BodyPictures("Where it hurts"), WIDTH)) == []


def test_one_chart_has_its_words_beside_it() -> None:
    pieces = list(body_pieces(body_of_visit(a_course(HURTS), TEXT), WIDTH))
    (row,) = (piece for piece in pieces if isinstance(piece, ChartRow))
    assert row.beside is not None
    assert row.beside.width <= WIDTH - 150
    assert any(isinstance(piece, LegendRow) for piece in pieces)


def test_words_too_long_to_stand_beside_go_below_and_may_go_overleaf() -> None:
    """Every place with every kind, after a visit with none."""
    course = a_course({SITES_R: (), SITES_L: ()}, WORST)
    pieces = list(body_pieces(body_of_visit(course, TEXT), WIDTH))
    (row,) = (piece for piece in pieces if isinstance(piece, ChartRow))
    below = [piece for piece in pieces if isinstance(piece, TextPiece)]
    assert (row.beside is None) is bool(below)


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (3, 1), (4, 1), (5, 2), (30, 2)])
def test_charts_of_a_course_stand_four_abreast(count: int, rows: int) -> None:
    pieces = list(body_pieces(body_of_course(a_course(*([HURTS] * count)), TEXT), WIDTH))
    charts = [piece for piece in pieces if isinstance(piece, ChartRow)]
    assert len(charts) == rows
    assert sum(len(row.drawings) for row in charts) == min(count, 8)
    assert sum(isinstance(piece, CellRow) for piece in pieces) == rows
    assert all(row.keeps for row in charts), "a chart is never parted from its words"


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("chart", [HURTS, WORST])
def test_note_and_report_carry_them_on_every_paper(paper: str, chart: dict[Key, Value]) -> None:
    case = a_course({SITES_R: ()}, chart, chart)
    note = render_note(make_visit_note(case, a_suggestion(), a_source()), paper)
    report = render_course(make_course_report(case, a_suggestion(), a_source()), paper)
    for pdf in (note, report):
        text = "\n".join(pages_of(pdf))
        assert "Where it hurts" in text
        for word in ("Front", "Back", "right", "left"):
            assert word in text
        assert b"/Subtype /Form" in pdf, "vectors, drawn as the window draws them"
        assert b"/Subtype /Image" not in pdf


def test_the_same_content_is_the_same_bytes() -> None:
    note = make_visit_note(a_course(HURTS), a_suggestion(), a_source())
    assert render_note(note) == render_note(note)


def test_each_kind_shows_on_a_grey_page_by_its_pattern() -> None:
    """The same page, only the drawing differs: each kind has an ink of its own."""
    note = make_visit_note(a_course({SITES_R: ("low_back",)}), a_suggestion(), a_source())

    def ink(*kinds: str) -> int:
        now = PainMap((SiteMark("low_back", Side.RIGHT, kinds),), (Side.RIGHT,))
        picture = replace(note.body.pictures[0], drawing=body_drawing(TEXT, now, PainMap()))
        page = pypdfium2.PdfDocument(
            render_note(replace(note, body=replace(note.body, pictures=(picture,))))
        )[0]
        return sum(255 - level for level in bytes(page.render(scale=2, grayscale=True).buffer))

    blank = ink()
    marked = {kind: ink(kind) for kind in ALL_KINDS}
    assert all(much > blank for much in marked.values())
    assert len(set(marked.values())) == len(ALL_KINDS)


def test_a_clinic_with_a_long_address_still_finds_room() -> None:
    clinic = replace(CLINIC, address="\n".join(["A house with a very long name"] * 6))
    case = a_course(WORST, WORST, WORST)
    assert render_course(make_course_report(case, a_suggestion(), a_source(clinic)), "letter")
