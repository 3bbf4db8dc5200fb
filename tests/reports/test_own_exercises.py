"""A clinic's own exercises on paper: nothing leaves its frame, nothing hides in a picture."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from clinic_desktop.domain.documents import TEXT_SIZES, Handout, Photo, SheetWords
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.knowledge.compiled import Knowledge
from clinic_desktop.services.knowledge.own_lengths import LONGEST, LONGEST_LINE, MOST_STEPS
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.handouts import make_handout
from reports.handout import render_handout
from reports.pictures import LEAST_SIDE, LONGEST_SIDE, MOST_DOTS, MOST_SLIM, read_picture
from tests.handout_contents import CLINIC, a_case, a_suggestion, ink_outside, pages_of
from tests.own_exercises import (
    ITEM,
    STEP,
    STEP_WORDS,
    WALL,
    a_line_drawing,
    a_photograph,
    loaded,
    put,
    write_both,
)
from tests.reports.test_handout_layout import frames_of

PAPERS = ("a4", "letter")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Both exercises, the drawn one and the one with pictures."""
    knowledge = loaded(write_both(tmp_path_factory.mktemp("knowledge")))
    assert knowledge.problems == ()
    return knowledge


def a_sheet(
    knowledge: Knowledge,
    *items: str,
    language: str = "en",
    text_size: int = 14,
    side: str = "right",
    drawing: str | None = None,
) -> Handout:
    case = a_case("brace", earlier=["brace"], side=side)
    plan = tuple(PlanChoice(item, drawing=drawing) for item in items)
    case = replace(case, visits=(*case.visits[:-1], replace(case.last, plan=plan)))
    library = knowledge.library_in(language)
    next_visit = dt.datetime(2026, 11, 26, 9, 30)  # noqa: DTZ001
    return make_handout(
        case, a_suggestion(), library, CLINIC, "A. Rivera, PT", 17, next_visit, text_size
    )


def pictures_in(pdf: bytes) -> list[Image.Image]:
    """The pictures that stand in a paper, its typefaces and drawings left aside."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [found.image for page in pages for found in page.images if found.image is not None]


# ---------------------------------------------------------------------- on the page
@pytest.mark.parametrize("size", TEXT_SIZES)
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("items", [(WALL,), (STEP,), (WALL, STEP)])
def test_own_exercises_fit_every_paper_in_every_size(
    own: Knowledge, items: tuple[str, ...], paper: str, language: str, size: int
) -> None:
    sheet = a_sheet(own, "pause_stretching", *items, language=language, text_size=size)
    assert len(frames_of(sheet, paper)) <= 2
    pdf = render_handout(sheet, paper)
    assert ink_outside(pdf, 18) == []
    everything = " ".join(pages_of(pdf)).replace("\u00a0", " ")
    for item in items:
        text = own.library_in(language).texts[item]
        for part in (text.name, text.dose, *text.steps, text.ease_off, text.stop):
            assert part in everything
    assert len(pictures_in(pdf)) == (2 if STEP in items else 0)


def test_the_same_sheet_gives_the_same_bytes(own: Knowledge) -> None:
    sheet = a_sheet(own, WALL, STEP)
    assert render_handout(sheet) == render_handout(a_sheet(own, WALL, STEP))


def test_a_picture_is_printed_the_other_way_round_for_the_other_leg(own: Knowledge) -> None:
    """Its red corner changes sides; the caption stays readable."""
    red = []
    for side in ("right", "left"):
        pdf = render_handout(a_sheet(own, STEP, side=side))
        assert "Start" in pages_of(pdf)[0]
        page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
        block = page.crop((0, 100, page.width // 3, page.height // 2))
        at = [x for x in range(block.width) if _reds(block, x) > 15]
        red.append((min(at), max(at)))
    assert red[1][0] < red[0][0], "from right of the middle to left of it"
    assert red[1][1] < red[0][1]


def _reds(picture: Image.Image, x: int) -> int:
    column = picture.crop((x, 0, x + 1, picture.height))
    dots = zip(*[iter(column.tobytes())] * 3, strict=True)
    return sum(r > 150 and g < 90 and b < 90 for r, g, b in dots)


def test_an_exercise_as_long_as_can_be_stays_in_its_frame(tmp_path: Path) -> None:
    """Everything at its limit, in the largest type on the lower paper: more pages, no overflow."""
    words = "wide words "
    lines = {
        key: (words * 40)[: LONGEST.get(key, LONGEST_LINE)].strip()
        for key in ("name", "short", "purpose", "dose", "feel", "ease_off", "more", "stop")
    }
    steps = [(words * 40)[:LONGEST_LINE].strip()] * MOST_STEPS
    said = "\n".join(f'{key} = "{text}"' for key, text in lines.items())
    put(tmp_path, "items.toml", ITEM + 'pictures = [{ file = "up.jpg" }]\n')
    put(tmp_path, "plan-en.toml", f"[items.{STEP}]\n{said}\nsteps = {steps}\n")
    put(tmp_path, "up.jpg", a_photograph())
    knowledge = loaded(tmp_path)
    assert knowledge.problems == ()
    for paper in PAPERS:
        for size in TEXT_SIZES:
            sheet = a_sheet(knowledge, "pause_stretching", STEP, text_size=size)
            frames_of(sheet, paper)
            assert ink_outside(render_handout(sheet, paper), 18) == []


def test_fixed_words_as_long_as_can_be_stay_in_their_frames() -> None:
    """Each of them, one after the other, twice as long as shipped: set, or refused in words."""
    library = load_plan_library()
    for words in _long_words(library.sheet):
        sheet = make_handout(
            a_case("pause_stretching", "brace", earlier=["hinge"]),
            a_suggestion(), replace(library, sheet=words), CLINIC, "A. Rivera, PT", 17,
        )  # fmt: skip
        for size in (14, 18):
            large = replace(sheet, text_size=size)
            frames_of(large, "letter")
            assert ink_outside(render_handout(large, "letter"), 18) == []


def _long_words(usual: SheetWords) -> Iterator[SheetWords]:
    for name in ("title", "pain_title", "pain_text", "emergency_title_phone", "bring", "notes"):
        said = getattr(usual, name)
        yield replace(usual, **{name: f"{said} {said}"})  # type: ignore[arg-type]
    for name in ("emergency", "call_reasons"):
        yield replace(usual, **{name: getattr(usual, name) * 2})


# ---------------------------------------------------------------------- what a picture holds
def test_a_picture_is_made_anew_upright_and_with_nothing_else_in_it() -> None:
    photo = read_picture(a_photograph())
    assert (photo.width, photo.height) == (600, 900), "turned as the telephone was held"
    assert b"Secret" in a_photograph()
    assert b"Secret" not in photo.content
    with Image.open(io.BytesIO(photo.content)) as made:
        assert made.format == "JPEG"
        assert made.size == (600, 900)
        assert not made.getexif()
        assert "comment" not in made.info
        assert "icc_profile" not in made.info
        red, green, _blue = made.convert("RGB").crop((500, 0, 600, 100)).resize((1, 1)).tobytes()
    assert red > 2 * green, "its red corner has come from the left to the right"
    assert read_picture(a_photograph()) == photo


def test_lines_stay_sharp_and_stand_on_white() -> None:
    photo = read_picture(a_line_drawing())
    with Image.open(io.BytesIO(photo.content)) as made:
        assert made.format == "PNG"
        assert made.mode == "L", "black and white take a third of the room"
        assert made.getpixel((0, 0)) == 255
        assert made.getextrema() == (0, 255)


def test_nothing_of_the_file_reaches_the_paper(own: Knowledge) -> None:
    pdf = render_handout(a_sheet(own, STEP))
    assert b"Secret" not in pdf
    sizes = [picture.size for picture in pictures_in(pdf)]
    assert sizes == [(600, 900), (400, 600)]


def test_a_large_picture_becomes_small() -> None:
    photo = read_picture(a_photograph(4000, 3000))
    assert max(photo.width, photo.height) == LONGEST_SIDE
    assert len(photo.content) < 600_000


def of_kind(kind: str, mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, 3).save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "LA", "RGBA"])
def test_every_sort_of_png_is_taken(mode: str) -> None:
    assert read_picture(of_kind("PNG", mode)).width == 300


def test_a_picture_for_print_is_taken_too() -> None:
    assert read_picture(of_kind("JPEG", "CMYK")).width == 300


def test_two_pictures_in_one_file_as_telephones_make_them_are_one() -> None:
    made = io.BytesIO()
    first, second = Image.new("RGB", (300, 200), "red"), Image.new("RGB", (90, 60), "blue")
    first.save(made, "MPO", save_all=True, append_images=[second])
    assert (photo := read_picture(made.getvalue())).width == 300
    assert photo.content.startswith(b"\xff\xd8")


def header_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says of itself to be so large."""
    told = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + told + struct.pack(">I", zlib.crc32(told))
    dots = b"IDAT" + zlib.compress(bytes(1000))
    end = struct.pack(">I", len(dots) - 4) + dots + struct.pack(">I", zlib.crc32(dots))
    return b"\x89PNG\r\n\x1a\n" + chunk + end + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def full_of_text() -> bytes:
    """A small PNG with a text that unpacks to hundreds of megabytes."""
    plain = of_kind("PNG")
    text = b"zTXtnote\x00\x00" + zlib.compress(bytes(200_000_000))
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return plain[:33] + chunk + plain[33:]


BOMB = "has more than 32 million dots; save it smaller"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no PNG or JPEG picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PNG or JPEG picture"),
        (b"%PDF-1.7", "is no PNG or JPEG picture"),
        (of_kind("GIF"), "is no PNG or JPEG picture"),
        (of_kind("TIFF"), "is no PNG or JPEG picture"),
        (of_kind("WEBP"), "is no PNG or JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "is no PNG or JPEG picture"),
        (of_kind("PNG")[:60], "is damaged and cannot be read"),
        (a_photograph()[:2000], "is damaged and cannot be read"),
        (header_of(6000, 6000), BOMB),
        (header_of(30_000, 30_000), BOMB),
        (header_of(2**31 - 1, 2**31 - 1), BOMB),
        (header_of(5000, 5000), "is damaged and cannot be read"),
        (full_of_text(), "is damaged and cannot be read"),
        (of_kind("PNG", size=(0x10, 300)), f"is too small to print: {LEAST_SIDE} dots each way"),
        (of_kind("PNG", size=(3000, 200)), f"is more than {MOST_SLIM:g} times as long"),
    ],
)
def test_what_is_no_picture_or_a_trap_is_refused_in_words(content: bytes, said: str) -> None:
    """By what is in it, whatever it is called; no warning of a library reaches anybody."""
    with pytest.raises(ChartError) as refused:
        read_picture(content)
    assert str(refused.value).startswith(said)
    assert MOST_DOTS == 32_000_000


def test_a_renamed_picture_is_taken_for_what_it_is(tmp_path: Path) -> None:
    put(tmp_path, "items.toml", ITEM + 'pictures = [{ file = "press.png" }]\n')
    put(tmp_path, "plan-en.toml", STEP_WORDS)
    put(tmp_path, "press.png", a_photograph())
    (one,) = loaded(tmp_path).library.illustrations[STEP]
    assert isinstance(one.right, Photo)


# ---------------------------------------------------------------------- the shipped drawings
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("item", "drawing"),
    [("glute_burn", "side_step"), ("tendon_massage", "roller"), ("recovery_position", "prone")],
)
def test_another_drawing_comes_with_words_of_its_own(
    own: Knowledge, item: str, drawing: str, paper: str, language: str
) -> None:
    """Side steps are not told to lie down, and the roller is no ball."""
    usual = own.library_in(language).texts[item]
    text = usual.drawings[drawing]
    for size in TEXT_SIZES:
        sheet = a_sheet(own, item, language=language, drawing=drawing, text_size=size)
        assert len(frames_of(sheet, paper)) <= 2
        pdf = render_handout(sheet, paper)
        assert ink_outside(pdf, 18) == []
        everything = " ".join(pages_of(pdf)).replace("\u00a0", " ")
        for part in (text.name, text.dose, *text.steps, text.stop):
            assert part in everything
        assert usual.steps[0] not in everything
