"""Drawings on paper: vectors without images, the same bytes each time, one form for each."""

import hashlib
import io
import re

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.domain.errors import UnprintableText
from clinic_desktop.domain.figures.drawing import Drawing, Label, Path, Placing, Point
from clinic_desktop.domain.figures.outlines import disc
from clinic_desktop.domain.figures.palette import Token
from clinic_desktop.domain.values import Side
from clinic_desktop.services.knowledge.pose_files import figure, load_scenes
from tests.figure_flowable import FigureFlowable


def pdf_of(drawing: Drawing, size: float = 240) -> bytes:
    """A page of just that size with the drawing on it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(size, size), invariant=1)
    FigureFlowable(drawing, size, size).drawOn(canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pixels(pdf: bytes, scale: float = 1) -> list[tuple[int, int, int]]:
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("RGB")
    content = image.tobytes()
    return list(zip(content[0::3], content[1::3], content[2::3], strict=True))


@pytest.mark.parametrize("scene", load_scenes())
def test_a_drawing_is_vectors_and_no_image(scene: str) -> None:
    page = pypdf.PdfReader(io.BytesIO(pdf_of(figure(scene)))).pages[0]
    assert len(page.images) == 0
    resources = page["/Resources"]
    (form,) = resources["/XObject"].values()  # type: ignore[index]
    assert form["/Subtype"] == "/Form"
    operators = form.get_data()
    assert operators.count(b" c\n") > 100
    assert b" Do" not in operators


def test_a_drawing_is_the_same_bytes_on_each_run() -> None:
    digests = {
        hashlib.sha256(pdf_of(figure("slider_seated.end", side))).hexdigest()
        for side in (Side.RIGHT, Side.LEFT, Side.RIGHT)
    }
    assert len(digests) == 2


def test_a_drawing_used_twice_on_a_paper_is_stored_once() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 300), invariant=1)
    for x in (0, 150):
        FigureFlowable(figure("load_management.easy"), 140, 140).drawOn(canvas, x, 0)
    canvas.showPage()
    canvas.save()
    once = len(pdf_of(figure("load_management.easy"), 140))
    assert len(buffer.getvalue()) < once * 1.2
    (left, right) = (pixels(buffer.getvalue())[y * 300 + x] for x, y in ((70, 180), (220, 180)))
    assert left == right


def test_right_and_left_are_mirror_images_on_paper() -> None:
    size = 120
    right, left = (
        pixels(pdf_of(figure("load_management.easy", side), size))
        for side in (Side.RIGHT, Side.LEFT)
    )
    mirrored = [right[y * size + size - 1 - x] for y in range(size) for x in range(size)]
    far = sum(
        max(abs(a - b) for a, b in zip(one, other, strict=True)) > 100
        for one, other in zip(left, mirrored, strict=True)
    )
    # Anti-aliasing differs by a pixel here and there.
    assert far < size * size / 100


@pytest.mark.parametrize("size", [99.2, 240])
def test_nothing_sticks_out_of_its_frame(size: float) -> None:
    """35 mm, as small as on the sheet, and as wide as a panel."""
    for scene in load_scenes():
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(size + 40, size + 40), invariant=1)
        FigureFlowable(figure(scene), size, size).drawOn(canvas, 20, 20)
        canvas.showPage()
        canvas.save()
        image = pypdfium2.PdfDocument(buffer.getvalue())[0].render(scale=1).to_pil().convert("L")
        inked = image.point(lambda level: 255 if level < 250 else 0).getbbox()
        assert inked is not None, scene
        assert min(inked) >= 19, scene
        assert max(inked) <= size + 21, scene


def test_start_and_end_stand_on_one_floor() -> None:
    """Side by side the ground lines meet, whatever arrows and words each has above and below."""
    start, end = figure("slider_seated.start"), figure("slider_seated.end")
    floors = []
    for one, other in ((start, end), (end, start)):
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(120, 160), invariant=1)
        FigureFlowable(one, 120, 160, beside=(other,)).drawOn(canvas, 0, 0)
        canvas.showPage()
        canvas.save()
        page = pypdfium2.PdfDocument(buffer.getvalue())[0].render(scale=4).to_pil().convert("L")
        floors.append(page.point(lambda level: 255 if level < 250 else 0).getbbox()[3])
    assert abs(floors[0] - floors[1]) <= 1


def test_words_on_a_drawing_can_be_read_out_of_the_file() -> None:
    text = pypdf.PdfReader(io.BytesIO(pdf_of(figure("slider_seated.end")))).pages[0].extract_text()
    assert text.strip() == "nerve"


def test_words_are_never_smaller_than_the_sheets_least_print() -> None:
    page = pypdf.PdfReader(io.BytesIO(pdf_of(figure("glute_burn.clamshell_end"), 99.2))).pages[0]
    content = page.get_contents()
    assert content is not None
    sizes = [float(found) for found in re.findall(rb"/F\S+ (\S+) Tf", content.get_data())]
    assert sizes
    assert min(sizes) >= 11


def test_a_character_that_cannot_be_printed_is_refused() -> None:
    dot = Path((disc(0, 0, 1),), fill=Token.LINE)
    with pytest.raises(UnprintableText, match="label of a drawing"):
        pdf_of(Drawing((dot, Label("\N{GRINNING FACE}", Placing(Point(0, 0))))))
