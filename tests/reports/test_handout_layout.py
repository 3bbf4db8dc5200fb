"""The home-plan sheet on every paper: items alone and in pairs, both languages, all text sizes."""

import datetime as dt
import io
import itertools
import re
from functools import partial

import pypdf
import pytest

from clinic_desktop.domain.documents import TEXT_SIZES, Handout
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from reports.handout import Page, render_handout
from reports.handout import pages_of as pages_of_sheet
from reports.handout_panel import Panel
from reports.handout_setting import setting
from reports.handout_text import stamp
from reports.page import Frame, paper_named
from tests.handout_contents import ITEMS, a_sheet, ink_outside, pages_of

PAPERS = ("a4", "letter")


def frames_of(content: Handout, paper: str) -> tuple[Page, ...]:
    """What the layout placed where; raises where anything leaves its frame."""
    sheet = paper_named(paper)
    ready = setting(content, sheet.inner_width)
    text = ready.text
    frame = Frame(sheet, text.clinic, text.phone, text.identity, partial(stamp, content))
    pages = pages_of_sheet(ready, content.text_size, frame.room)
    for page in pages:
        floor = 0.0
        for placed in page:
            assert placed.height >= placed.part.height - 0.01, "a part is drawn lower than it is"
            assert placed.down >= floor - 0.01, "two parts overlap"
            floor = placed.down + placed.height
        assert floor <= frame.room + 0.01, "the last part leaves the page"
    return pages


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("item", ITEMS)
def test_every_item_alone_fits_one_page(item: str, paper: str, language: str) -> None:
    sheet = a_sheet("pause_stretching", item, language=language, side="left")
    pdf = render_handout(sheet, paper)
    (page,) = pages_of(pdf)
    assert ink_outside(pdf, 18) == []
    text = load_plan_library(language).texts[item]
    parts = (text.name, text.purpose, text.dose, *text.steps)
    for part in (*parts, text.feel, text.ease_off, text.more, text.stop):
        assert part in page.replace("\u00a0", " ")
    for picture in sheet.items[0].pictures:
        assert picture.caption in page


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_pair_of_items_fits_two_pages_and_nothing_leaves_its_frame(
    paper: str, language: str
) -> None:
    """Pause and two exercises, with changes and a next visit: the fullest sheet there should be."""
    lengths = []
    pairs = list(itertools.combinations(ITEMS, 2))
    if (paper, language) not in {("a4", "en"), ("letter", "es")}:
        pairs = pairs[::4]
    for number, pair in enumerate(pairs):
        side = ("right", "left", "both")[number % 3]
        sheet = a_sheet(
            *("pause_stretching", *pair), earlier=["slider_lying"], language=language, side=side
        )
        lengths.append(len(frames_of(sheet, paper)))
    assert max(lengths) <= 2
    # A4 is higher than Letter by five centimetres' worth of words.
    assert lengths.count(1) > len(lengths) * (0.6 if paper == "a4" else 0.25)


@pytest.mark.parametrize("size", [12, 18])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", PAPERS)
def test_pairs_in_small_and_large_print_fit_two_pages(paper: str, language: str, size: int) -> None:
    for pair in list(itertools.combinations(ITEMS, 2))[::11]:
        sheet = a_sheet(
            *("pause_stretching", *pair),
            earlier=["slider_lying"],
            language=language,
            text_size=size,
            next_visit=dt.datetime(2026, 11, 26, 9, 30),  # noqa: DTZ001
        )
        assert len(frames_of(sheet, paper)) <= 2, pair


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", PAPERS)
def test_in_large_print_an_exercise_stands_on_the_first_page(paper: str, language: str) -> None:
    """Below the stop box, not overleaf with a hand's breadth of nothing in its place."""
    for item in ITEMS[::2]:
        sheet = a_sheet("pause_stretching", item, language=language, text_size=18)
        first = frames_of(sheet, paper)[0]
        assert any(isinstance(placed.part, Panel) for placed in first), item


@pytest.mark.parametrize("size", TEXT_SIZES)
@pytest.mark.parametrize("paper", PAPERS)
def test_the_usual_spanish_sheet_in_every_size(paper: str, size: int) -> None:
    sheet = a_sheet(
        *("pause_stretching", "slider_seated", "glute_burn"),
        earlier=["slider_seated", "tendon_massage"],
        language="es",
        text_size=size,
        next_visit=dt.datetime(2026, 11, 26, 9, 30),  # noqa: DTZ001
    )
    pdf = render_handout(sheet, paper)
    assert ink_outside(pdf, 18) == []
    everything = " ".join(pages_of(pdf)).replace("\u00a0", " ")
    assert everything.count("Página") == (1 if size < 18 else 2)
    for text in (
        "ALTO",
        "No estire la parte de atrás del muslo por 4 semanas",
        "pierna derecha",
        "Pare: si la pierna pierde fuerza o el dolor sigue fuerte.",
        "Llame al 999 o vaya a emergencias ya si:",
        "Próxima visita: jue 26 nov 2026, 9:30",
        "Ya no: Masaje",
    ):
        assert text in everything, text


def sizes_of(pdf: bytes) -> list[float]:
    """Every size of type that a sheet is set in."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    contents = (page.get_contents() for page in pages)
    found = (re.findall(rb"/F\S+ (\S+) Tf", c.get_data()) for c in contents if c is not None)
    return [float(size) for sizes in found for size in sizes]


def test_nothing_is_smaller_than_clear_print_and_the_normal_text_is_14() -> None:
    """11 points are the digits in rings; a sheet that has room is set in 14."""
    assert min(sizes_of(render_handout(a_sheet("slider_seated", "glute_burn")))) >= 11
    alone = sizes_of(render_handout(a_sheet("brace")))
    assert 14 in alone
    assert min(alone) >= 11
    assert 12 in sizes_of(render_handout(a_sheet("brace", text_size=12)))


def test_in_large_print_all_that_is_to_be_read_has_16_points_at_least() -> None:
    sizes = sizes_of(render_handout(a_sheet("pause_stretching", "slider_seated", text_size=18)))
    assert 18 in sizes
    # Only the foot of the page, digits in rings and the pain scale's stay smaller.
    assert sum(size < 14 for size in sizes) <= 8
