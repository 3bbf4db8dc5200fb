"""The home-plan sheet as a PDF: what it says, on which paper, and that it is always the same."""

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from clinic_desktop.domain.documents import TEXT_SIZES, Clinic, Handout
from clinic_desktop.domain.errors import ChartError, UnprintableText
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.papers.text_sizes import printed_size
from reports.handout import render_handout
from tests.handout_contents import CLINIC, ITEMS, a_sheet, ink_outside, pages_of

PAPERS = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}


def usual(**changes: object) -> Handout:
    """A second sheet with everything on it: pause, two exercises, changes, a next visit."""
    sheet = a_sheet(
        "pause_stretching",
        "slider_seated",
        "glute_burn",
        earlier=["slider_seated", "tendon_massage"],
        doses={"slider_seated": "10 times, twice a day"},
        next_visit=dt.datetime(2026, 11, 26, 9, 30),  # noqa: DTZ001
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_usual_sheet_is_one_page_that_says_it_all(paper: str) -> None:
    (page,) = pages_of(render_handout(usual(), paper))
    for text in (
        "Hillside Physical Therapy",
        "Call 020 7946 0123",
        "Your home plan",
        "with A. Rivera, PT",
        "STOP",
        "Stop stretching your hamstrings for 4 weeks",
        "When it feels tight:",
        "Seated nerve slider: right leg",
        "10 times, twice a day",
        "Clamshell: right leg on top",
        "You should feel: a strong burn",
        "Do less:",
        "Stop: if your leg gets weak",
        "Tick each day",
        "2 Clamshell",
        "stay at 3 or less",
        "Too much: do less",
        "Back to usual within 24 hours.",
        "Call 999 or go to emergency at once if:",
        "you feel numb between your legs",
        "New: No stretching, Clamshell",
        "Stopped: Tendon rub",
        "Thu 26 Nov 2026 at 9:30",
        "Where: 12 Hill Street",
        "19 Nov 2026, plan 2 | Page 1 of 1",
    ):
        assert text in page.replace("\u00a0", " ").replace("  ", " "), text


def test_when_to_do_more_gives_way_before_a_second_page_is_needed_and_nothing_else_does() -> None:
    """A4 has room for it; on Letter the next visit says it. When to stop is never left out."""
    tall, short = (pages_of(render_handout(usual(), paper))[0] for paper in PAPERS)
    assert tall.count("Do more:") == 2
    assert short.count("Do more:") == 0
    assert tall.count("Stop:") == short.count("Stop:") == 2
    assert tall.count("Do less:") == short.count("Do less:") == 2


@pytest.mark.parametrize("paper", PAPERS)
def test_the_page_has_the_size_of_the_paper(paper: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_handout(usual(), paper)))
    box = reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(PAPERS[paper], abs=0.01)


def test_an_unknown_paper_is_refused_in_words() -> None:
    with pytest.raises(ChartError, match="one of a4, letter"):
        render_handout(usual(), "a5")


def test_the_typeface_is_embedded_and_nothing_is_a_picture() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_handout(usual())))
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    embedded = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for font in fonts.values()
        if "/FontFile2" in font.get_object().get("/FontDescriptor", {})
    }
    assert embedded == {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"}
    assert len(fonts) == len(embedded), "no other is named, not even unused"
    assert not reader.pages[0].images
    drawn = reader.pages[0]["/Resources"]["/XObject"].values()  # type: ignore[index]
    # Two pairs, and the crossed-out one.
    assert [form["/Subtype"] for form in drawn] == ["/Form"] * 5


def test_the_file_names_its_language_and_clinic_but_not_the_patient() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_handout(usual())))
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == "Your home plan, 19 Nov 2026"
    assert reader.metadata.author == "Hillside Physical Therapy"
    assert "Case B" not in str(reader.metadata)


@pytest.mark.parametrize(
    ("patient", "number", "identity"),
    [
        (Patient("Case B", dt.date(1986, 5, 14)), 17, "Case B, born 14 May 1986, no. 000017"),
        (Patient("Case B", dt.date(1986, 5, 14)), None, "Case B, born 14 May 1986"),
        (Patient("Case B"), 17, "Case B, no. 000017"),
        (Patient("Case B", age=44), 17, "Case B, no. 000017"),
        (Patient("Case B", age=44), None, "Case B, age 44"),
        (Patient("Case B"), None, "Case B, born ____"),
    ],
)
def test_two_identifiers_and_the_page_number_stand_on_every_page(
    patient: Patient, number: int | None, identity: str
) -> None:
    """Where neither birth date, number nor age is known, there is a line to write on."""
    sheet = a_sheet("pause_stretching", *ITEMS[:9], patient=patient, number=number)
    pages = pages_of(render_handout(sheet))
    assert len(pages) > 2
    for at, page in enumerate(pages, start=1):
        assert identity in page.replace("\u00a0", " ")
        assert f"Page {at} of {len(pages)}" in page.replace("\u00a0", " ")


def test_the_same_content_gives_the_same_bytes() -> None:
    first, *others = (render_handout(usual()) for _ in range(3))
    assert others == [first, first]
    assert render_handout(usual(patient="Case C")) != first


def test_another_process_on_another_day_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, sys; from tests.handout_contents import a_sheet;"
        "from reports.handout import render_handout;"
        "pdf = render_handout(a_sheet('pause_stretching', 'slider_seated', 'glute_burn'));"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    root = str(Path(__file__).resolve().parents[2])
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": root},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    pdf = render_handout(a_sheet("pause_stretching", "slider_seated", "glute_burn"))
    assert digests == {hashlib.sha256(pdf).hexdigest()}


@pytest.mark.parametrize("name", ["A<B", "R&D", "<b>Zoë</b> &amp; Łukasz", "José Núñez-O’Hara"])
def test_any_name_is_printed_as_it_is(name: str) -> None:
    (page,) = pages_of(render_handout(a_sheet("brace", patient=Patient(name, age=44))))
    assert page.count(name) == 2


def test_an_emoji_is_refused_in_words() -> None:
    sheet = a_sheet("brace", doses={"brace": "5 times \N{SMILING FACE WITH SUNGLASSES}"})
    with pytest.raises(
        UnprintableText,
        match=r"dose of plan item 1: cannot print SMILING FACE WITH SUNGLASSES \(U\+1F60E\)",
    ):
        render_handout(sheet)


def test_line_ends_in_a_dose_are_kept() -> None:
    sheet = a_sheet("brace", doses={"brace": "mornings: 5 times\nevenings: 10 times"})
    reader = pypdf.PdfReader(io.BytesIO(render_handout(sheet)))
    lines = reader.pages[0].extract_text().splitlines()
    assert "mornings: 5 times" in [line.strip() for line in lines]


def test_the_bookmarks_lead_to_every_box() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_handout(usual())))
    titles = [entry.title for entry in reader.outline]  # type: ignore[union-attr]
    assert titles[:4] == [
        "Stop stretching your hamstrings for 4 weeks",
        "1 Seated nerve slider: right leg",
        "2 Clamshell: right leg on top",
        "Tick each day",
    ]
    assert "What changed since last time" in titles
    assert any("go to emergency at once" in str(title) for title in titles)


def test_a_line_to_write_on_stands_in_no_bookmark() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_handout(a_sheet("slider_seated"))))
    titles = [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    assert "Next visit" in titles
    assert not any("__" in title for title in titles)


def test_the_left_leg_is_drawn_as_the_mirror_image() -> None:
    """Words and page apart, the drawings of left and right hold the same curves, flipped."""
    pages = [
        pypdf.PdfReader(io.BytesIO(render_handout(a_sheet("slider_seated", side=side)))).pages[0]
        for side in ("right", "left")
    ]
    right, left = (
        [form.get_data() for form in page["/Resources"]["/XObject"].values()]  # type: ignore[index]
        for page in pages
    )
    assert len(right) == len(left) == 2
    assert {len(form.split()) for form in right} == {len(form.split()) for form in left}
    assert not set(right) & set(left)


def test_on_a_grey_printer_too_much_pain_is_still_told_from_enough() -> None:
    """Hatching, a thick line and bold digits stay when colours go; the sign stays dark."""
    document = pypdfium2.PdfDocument(render_handout(usual()))
    grey = document[0].render(scale=2, grayscale=True).to_pil()
    document.close()
    levels = grey.histogram()
    assert sum(levels[:60]) > 2000, "ink"
    assert sum(levels[215:232]) > 2000, "the tint of what is fine"
    sign = grey.crop((90, 250, 200, 330)).histogram()
    assert sum(sign[50:90]) > 1000, "the stop sign is as dark as the words in it are light"


def test_a_logo_stands_before_the_clinics_name_and_the_bytes_stay_the_same() -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (900, 300), (0, 80, 160, 128)).save(picture, "PNG")
    clinic = replace(CLINIC, logo=picture.getvalue())
    one, two = (render_handout(usual(clinic=clinic)) for _ in range(2))
    assert one == two
    (image,) = pypdf.PdfReader(io.BytesIO(one)).pages[0].images
    assert image.image is not None
    assert image.image.size[0] < 600, "no more dots than a printer can use"
    assert ink_outside(one, 18) == []


def test_a_script_that_the_typeface_does_not_have_is_refused_in_words() -> None:
    with pytest.raises(UnprintableText, match="patient's name: cannot print CYRILLIC"):
        render_handout(a_sheet("brace", patient=Patient("\N{CYRILLIC CAPITAL LETTER IO}", age=44)))


@pytest.mark.parametrize("paper", PAPERS)
def test_more_items_flow_on_and_the_call_box_stays_on_the_first_page(paper: str) -> None:
    sheet = a_sheet("pause_stretching", *ITEMS, next_visit=dt.date(2026, 12, 30))
    pdf = render_handout(sheet, paper)
    pages = pages_of(pdf)
    assert ink_outside(pdf, 18) == []
    assert "Call 999 or go to emergency" in pages[0]
    assert "Call 999 or go to emergency" not in " ".join(pages[1:])
    everything = " ".join(pages)
    places = [everything.index(f" {n} {item.title} ") for n, item in enumerate(sheet.items, 1)]
    assert places == sorted(places)
    assert everything.count("Tick each day") == 4


@pytest.mark.parametrize("paper", PAPERS)
def test_a_dose_longer_than_a_page_goes_on_and_loses_no_word(paper: str) -> None:
    dose = " ".join(f"word{n}" for n in range(1500))
    sheet = a_sheet("pause_stretching", "brace", "hinge", doses={"brace": dose})
    pdf = render_handout(sheet, paper)
    pages = pages_of(pdf)
    everything = " ".join(pages)
    assert [n for n in range(1500) if f"word{n} " not in everything] == []
    assert "Brace (more)" in pages[2]
    assert "Hip hinge" in pages[-1]
    assert ink_outside(pdf, 18) == []


def test_long_names_wrap_and_stay_on_the_paper() -> None:
    name = "Maximiliane-Alexandrina von und zu Hohenstein-Wittgenstein " * 3 + "x" * 120
    clinic = Clinic(
        "Clinic of the Northern Valley " * 5, "020 7946 0123 " * 3, "12 Hill Street " * 9
    )
    patient = Patient(name, dt.date(1986, 5, 14))
    sheet = a_sheet("brace", patient=patient, clinic=clinic, clinician="Dr. Rivera " * 9)
    pdf = render_handout(sheet, "letter")
    assert ink_outside(pdf, 18) == []
    for page in pages_of(pdf):
        assert "x" * 120 in page.replace(" ", "")


def test_names_that_leave_no_room_are_refused_in_words() -> None:
    with pytest.raises(ChartError, match="please shorten them"):
        render_handout(a_sheet("brace", clinic=Clinic("Clinic", address="Hill Street " * 500)))


def test_a_sheet_of_the_pause_alone_and_one_without_a_phone() -> None:
    """A clinic that has set no numbers prints no empty `Call`."""
    (page,) = pages_of(render_handout(a_sheet("pause_stretching", clinic=Clinic("Clinic"))))
    assert "Stop and call us today if:" in page
    assert "Go to emergency at once if:" in page
    assert "Call" not in page
    assert "Where:" not in page
    assert "Next visit: ______________ at ________" in page


def test_a_suggested_plan_says_that_it_is_one() -> None:
    (page,) = pages_of(render_handout(a_sheet()))
    assert page.replace("\u00a0", " ").count("suggested plan") == 2
    assert "plan 1" not in page.replace("\u00a0", " ")


def test_a_first_sheet_waits_for_nothing_that_it_does_not_need() -> None:
    """ReportLab's own page layout takes half as long to load as the sheet to be made."""
    said = "import sys, reports.handout; print('reportlab.platypus' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "tell me in your own words what you will do, and when you will stop."),
        ("es", "dígame con sus palabras qué va a hacer y cuándo va a parar."),
    ],
)
def test_before_she_goes_the_patient_says_it_back(language: str, said: str) -> None:
    """At the very foot of the sheet, on its last page."""
    for size in (12, 14):
        pages = pages_of(
            render_handout(a_sheet("slider_seated", language=language, text_size=size))
        )
        assert said in pages[-1]
        assert pages[-1].index(said) > pages[-1].rindex("24 h")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("item", ITEMS)
def test_what_is_said_back_never_costs_a_page_or_other_words(item: str, paper: str) -> None:
    """A sheet is as many pages as without that line, and says as much beside it."""
    sheet = a_sheet("pause_stretching", "slider_seated", item, earlier=["glute_burn"])
    words = sheet.words.teach_back
    with_it = pages_of(render_handout(sheet, paper))
    without = replace(sheet, words=replace(sheet.words, teach_back="\n" * 200))
    bare = pages_of(render_handout(without, paper))
    assert len(with_it) == len(bare)
    assert sorted(" ".join(with_it).replace(words, "").split()) == sorted(" ".join(bare).split())


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_a_sheet_says_how_large_it_was_made(size: int) -> None:
    """By that the next sheet of the same patient is as large; other papers say nothing of it."""
    pdf = render_handout(a_sheet("slider_seated", text_size=size))
    assert printed_size(pdf) == size
    data = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    assert data is not None
    assert str(data["/Keywords"]) == f"text size {size} pt"
    assert printed_size(pdf.replace(b"text size", b"size")) is None
