"""Visit note, course report and letter as PDFs: on every page, in every length, always the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import ChartError, UnprintableText
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Addendum, Case, Patient, PlanChoice, Retest
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.papers.visit_notes import make_visit_note
from reports.course import render_course
from reports.flow import CellRow, Heading, Piece, TextPiece, flow, without_scrap
from reports.letter import render_letter
from reports.note import render_note
from reports.page import PAPERS
from reports.paper_parts import heading
from tests.handout_contents import pages_of
from tests.paper_contents import (
    CAUDA,
    CLINIC,
    PATIENT,
    a_course,
    a_source,
    a_suggestion,
    left,
    right,
    with_last,
)

NOW = Key("outcome.nprs_now")
SMALLEST_MARGIN = 17.0


def note(case: Case, paper: str = "a4", clinic: Clinic = CLINIC) -> bytes:
    return render_note(make_visit_note(case, a_suggestion(), a_source(clinic)), paper)


def course(case: Case, paper: str = "a4", clinic: Clinic = CLINIC) -> bytes:
    return render_course(make_course_report(case, a_suggestion(), a_source(clinic)), paper)


def letter(case: Case, paper: str = "a4", clinic: Clinic = CLINIC) -> bytes:
    content = make_referral_letter(
        case,
        a_suggestion(CAUDA),
        a_source(clinic),
        "cauda_equina",
        told="Go to emergency now with this letter.",
        recipient="St Anne's, emergency department",
    )
    return render_letter(content, paper)


Printer = Callable[[Case, str, Clinic], bytes]
PRINTERS = [note, course, letter]


def full(times: int = 1) -> Case:
    """A visit with something of every kind, texts as long as asked."""
    long = "She says that it began on a hill and has never quite gone since. " * times
    charts: dict[Key, Value] = {
        Key("flag.saddle_numbness"): "yes",
        Key("flag.bladder_bowel"): "no",
        Key("note.subjective"): long,
        Key("gait.notes"): long,
        right("slr.result"): "positive",
        right("slr.angle"): 58,
        left("slr.angle"): 72,
        right("arabesque.result"): "unable",
        NOW: 6,
    }
    return with_last(
        replace(a_course(charts), course=CourseFacts(goal=long)),
        notes_on={"slr.angle": long, "flag.saddle_numbness": long},
        retests=(Retest("slider_seated", "slr.angle", Side.RIGHT, 58, 70, note=long),),
        plan=(PlanChoice("slider_seated", long), PlanChoice("pause_stretching")),
        addenda=(Addendum("2026-01-13T09:30:00Z", "A. Rivera, PT", long),),
    )


def text_outside(pdf: bytes, margin: float = SMALLEST_MARGIN) -> list[str]:
    """Characters that are printed nearer to an edge of the paper than `margin` points."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        textpage = page.get_textpage()
        for at in range(textpage.count_chars()):
            x0, y0, x1, y1 = textpage.get_charbox(at)
            across = margin <= x0 and x1 <= width - margin
            inside = across and margin <= y0 and y1 <= height - margin
            if x1 > x0 and not inside:
                found.append(textpage.get_text_range(at, 1))
        textpage.close()
        page.close()
    document.close()
    return found


# -------------------------------------------------------------------- every page
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize("printer", PRINTERS)
def test_two_identifiers_and_the_page_stand_on_every_page(
    printer: Printer, paper: str, times: int
) -> None:
    pdf = printer(full(times), paper, CLINIC)
    pages = pages_of(pdf)
    assert times == 1 or len(pages) > 1
    for at, page in enumerate(pages, start=1):
        plain = page.replace("\u00a0", " ").replace("  ", " ")
        assert "Case B, born 14 May 1986, no. 000017" in plain
        assert f"12 Jan 2026 | Page {at} of {len(pages)}" in plain
        assert "Hillside Physical Therapy" in plain
    assert text_outside(pdf) == []


@pytest.mark.parametrize("printer", PRINTERS)
def test_a_long_text_goes_on_and_loses_no_word(printer: Printer) -> None:
    long = " ".join(f"word{n}" for n in range(1500))
    case = with_last(full(), notes_on={"flag.saddle_numbness": long})
    case = replace(case, course=CourseFacts(goal=long))
    pages = pages_of(printer(case, "a4", CLINIC))
    assert len(pages) > 1
    words = set(re.findall(r"word\d+", " ".join(pages)))
    assert len(words) == 1500
    assert any("(continued)" in page for page in pages[1:])


@pytest.mark.parametrize("printer", PRINTERS)
def test_the_same_content_gives_the_same_bytes(printer: Printer) -> None:
    one = printer(full(), "a4", CLINIC)
    assert printer(full(), "a4", CLINIC) == one
    assert printer(full(2), "a4", CLINIC) != one


@pytest.mark.parametrize("printer", PRINTERS)
def test_the_file_does_not_name_the_patient_and_is_the_papers_size(printer: Printer) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printer(full(), "letter", CLINIC)))
    assert "Case B" not in str(reader.metadata)
    assert round(reader.pages[0].mediabox.width) == 612


@pytest.mark.parametrize("printer", PRINTERS)
def test_names_wrap_and_too_long_ones_are_refused_in_words(printer: Printer) -> None:
    name = "Maximiliane-Alexandrina von und zu Hohenstein " * 2 + "x" * 100
    case = replace(full(), patient=replace(PATIENT, name=name))
    wide = Clinic("Clinic of the Northern Valley " * 4, "020 7946 0123 " * 3, "12 Hill Street " * 9)
    pdf = printer(case, "letter", wide)
    assert text_outside(pdf) == []
    assert all("x" * 100 in page.replace(" ", "") for page in pages_of(pdf))
    with pytest.raises(ChartError, match="please shorten them"):
        printer(case, "a4", Clinic("Clinic " * 400))


def test_an_emoji_is_refused_and_the_field_named() -> None:
    case = with_last(full(), addenda=(Addendum("x", "A. Rivera, PT", "fine \N{GRINNING FACE}"),))
    with pytest.raises(UnprintableText, match="Addenda: cannot print GRINNING FACE"):
        note(case)


def test_markup_is_just_text() -> None:
    case = with_last(full(), notes_on={"slr.angle": "<b>60 & 70</b> {page}"})
    assert "<b>60 & 70</b> {page}" in " ".join(pages_of(note(case)))


# -------------------------------------------------------------------- what they say
@pytest.mark.parametrize("printer", PRINTERS)
def test_an_empty_visit_is_never_normal_on_paper(printer: Printer) -> None:
    text = " ".join(pages_of(printer(a_course({}, {}), "a4", CLINIC))).lower()
    assert "not recorded" in text
    assert not re.search(r"\b(normal|negative|clear|nil|none)\b", text)


def test_the_letter_says_it_all_on_one_page() -> None:
    (page,) = pages_of(letter(full()))
    for text in (
        "To St Anne's, emergency department",
        "EMERGENCY: to be seen now",
        "Red flag open Cauda equina",
        "Saddle numbness yes. She says",
        "No, on 12 Jan 2026 Bladder or bowel",
        "Go to emergency now with this letter.",
        "telephone 020 7946 0123",
        "Signed:",
    ):
        assert text in page, text


def test_the_note_holds_sides_reasons_and_the_retest() -> None:
    text = " ".join(pages_of(note(full())))
    for part in (
        "Draft, not signed.",
        "First symptom 58 deg 72 deg",
        "Result unable to test not recorded Reason not recorded.",
        "58 deg before, 70 deg after Seated nerve slider: 12 deg more, better (error ±10 deg).",
        "Yes: saddle numbness. No: bladder or bowel. Not recorded:",
        "13 Jan 2026, 09:30 UTC, A. Rivera, PT (from elsewhere, not signed here) She says",
    ):
        assert part in text, part


def test_a_table_that_breaks_repeats_its_head_and_the_test_it_is_in() -> None:
    charted = {
        key: "5"
        for spec in a_source().catalogue.in_section("nerves")
        if spec.kind.value == "grade"
        for key in spec.keys
    }
    case = a_course(charted)
    long = "A remark that takes a line of its own and then some more of the next one. " * 9
    case = with_last(case, notes_on={key.finding: long for key in charted})
    pages = pages_of(note(case))
    broken = [page for page in pages if "Nerves (continued)" in page]
    assert broken
    assert "Nerves (continued) Test Finding Right Left Power" in broken[0]


def test_the_next_visit_is_a_day_with_its_month_in_letters() -> None:
    next_visit = {Key("plan.next_visit"): "2026-01-26T09:30"}
    text = " ".join(pages_of(note(a_course(next_visit))))
    assert "Next visit: 26 Jan 2026, 09:30" in text
    assert "2026-01-26" not in text


@pytest.mark.parametrize("lines", range(1, 60, 2))
def test_the_body_chart_leaves_no_page_half_empty(lines: int) -> None:
    """It is never parted; so it stands after a later part where it would leave a gap."""
    sites = {Key("complaint.sites", Side.RIGHT): ("gluteal_fold",)}
    asked: dict[Key, Value] = {
        key: "no" for spec in a_source().catalogue.in_section("screen") for key in spec.keys
    }
    case = with_last(a_course({**asked, **sites, Key("note.subjective"): "word\n" * lines}))
    content = make_visit_note(case, a_suggestion(), a_source())
    pdf = render_note(content)
    assert "Where it hurts" in " ".join(pages_of(pdf))
    with pypdfium2.PdfDocument(pdf) as document:
        for page in list(document)[:-1]:
            words = page.get_textpage()
            lows = [words.get_rect(n)[1] for n in range(words.count_rects())]
            # The foot of the page stands below 40 points.
            assert min(low for low in lows if low > 40) < 190


# -------------------------------------------------------------------- the course
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("visits", [1, 2, 3, 9, 30, 120])
def test_any_number_of_visits_is_drawn_inside_the_page(visits: int, paper: str) -> None:
    charts = [
        {NOW: n % 11, right("slr.angle"): 50 + n % 40, left("slr.angle"): 80} if n % 3 != 1 else {}
        for n in range(visits)
    ]
    pdf = course(a_course(*charts), paper)
    text = " ".join(pages_of(pdf))
    assert text_outside(pdf) == []
    assert f"{visits} visit" in text
    if visits > 1:
        assert "\N{EN DASH} not recorded" in text


@pytest.mark.parametrize(
    "values",
    [[0], [0, 0, 0], [10, 10], [5, None, None, 5], [None, 3], [0, 10, 0, 10]],
    ids=str,
)
def test_the_table_beside_a_chart_shows_each_value_and_a_dash_for_a_gap(
    values: list[int | None],
) -> None:
    case = a_course(*({} if value is None else {NOW: value} for value in values))
    text = " ".join(pages_of(course(case)))
    shown = text[text.index("Pain now (of 10)") :]
    for at, value in enumerate(values):
        day = f"{case.visits[at].date.day} Jan 26"
        cell = "\N{EN DASH}" if value is None else value
        assert re.search(rf"\b{at + 1} {day} {cell}", shown) or "Feb" in text, (at, value)


def test_visits_of_one_day_are_drawn_apart() -> None:
    from clinic_desktop.domain.plotting import visit_places

    for days in ([1, 1, 1], [1, 1, 400], [7], [0, 1, 2]):
        places = visit_places(days, 240)
        assert all(0 <= place <= 240 for place in places)
        assert all(after - before > 4 for before, after in pairwise(places))
    assert visit_places([0, 10, 20], 240)[1] == pytest.approx(120)


def test_a_mirrored_course_is_drawn_mirrored() -> None:
    """Sides swapped: the same words with right and left exchanged."""
    one = a_course({right("slr.angle"): 54, left("slr.angle"): 72}, {right("slr.angle"): 66})
    other = a_course({left("slr.angle"): 54, right("slr.angle"): 72}, {left("slr.angle"): 66})
    first, second = (make_course_report(c, a_suggestion(), a_source()).charts for c in (one, other))
    swapped = sorted(
        s.replace("Right", "@").replace("Left", "Right").replace("@", "Left")
        for s in first[0].sentences
    )
    assert swapped == sorted(second[0].sentences)
    assert course(one) != course(other)


def test_right_and_left_differ_without_colour() -> None:
    """On a grey printer shape and dashes must tell them apart."""
    from reports.plots import STYLES

    one, other = STYLES[Side.RIGHT], STYLES[Side.LEFT]
    assert one.square != other.square
    assert bool(one.dashes) != bool(other.dashes)


# -------------------------------------------------------------------- the flow
def _line(text: str, **more: object) -> TextPiece:
    from reports.columns import Paragraph, set_column
    from reports.text import prose

    return TextPiece(set_column([Paragraph(prose(text, "t"), 10)], 200), **more)  # type: ignore[arg-type]


def test_nothing_flows_below_the_foot_and_no_heading_stands_last() -> None:
    pieces: list[Piece] = []
    for n in range(60):
        pieces += [heading(f"Part {n}", 200), _line("word " * (7 * (n % 13) + 3))]
    for page in flow(pieces, 240):
        assert all(placed.down + placed.piece.height <= 240.01 for placed in page)
        assert not isinstance(page[-1].piece, Heading)
        assert not isinstance(page[-1].piece, CellRow)


@pytest.mark.parametrize(("parts", "pages"), [(9, 1), (10, 1), (11, 2), (18, 2), (19, 2), (20, 3)])
def test_two_lines_alone_are_no_page(parts: int, pages: int) -> None:
    """The parts before come closer where that saves it, and stay apart where it does not."""
    pieces: list[Piece] = []
    for n in range(parts):
        pieces += [heading(f"Part {n}", 200), _line("word " * 20)]
    made = without_scrap(pieces, 620)
    assert len(made) == pages
    for page in made:
        assert all(placed.down + placed.piece.height <= 620.01 for placed in page)
    if len(flow(pieces, 620)) == pages:
        assert made == flow(pieces, 620)


def test_something_that_fits_no_page_is_refused() -> None:
    tall = heading("Heading " * 200, 100)
    with pytest.raises(ChartError):
        flow([tall], 100)


def test_a_patient_known_by_age_alone_is_printed_so() -> None:
    case = replace(full(), patient=Patient("Case B", age=44))
    source = a_source(number=None)
    text = pages_of(render_note(make_visit_note(case, a_suggestion(), source)))[0]
    assert "Case B, age 44" in text
