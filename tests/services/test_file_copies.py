"""A sheet that the clinician cannot read has a copy that she can, in the record beside it."""

import datetime as dt
import hashlib
import io
from pathlib import Path

import pypdf
import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.papers.file_copies import FILE_COPY, CopyMaker, keep_with_copy
from clinic_desktop.services.papers.kinds import HANDOUT
from clinic_desktop.services.record import open_chart, paper_content, register_patient, start_visit
from clinic_desktop.services.stored import KeptDocument
from clinic_desktop.storage.database import Database
from reports.handout import render_handout
from tests.handout_contents import a_sheet, ink_outside, pages_of
from tests.records import opened

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
SPANISH = a_sheet("pause_stretching", "slider_seated", earlier=["slider_seated"], language="es")
ENGLISH = a_sheet("pause_stretching", "slider_seated", earlier=["slider_seated"])
COPIES = CopyMaker(ENGLISH, "es")


def kept(database: Database, visit_id: int) -> list[KeptDocument]:
    with database.begin() as work:
        return list(work.documents(visit_id))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A record with one patient."""
    return opened(tmp_path)


@pytest.fixture
def visit_id(database: Database) -> int:
    """The visit that the sheet comes from."""
    number = register_patient(database.begin, ACT, Patient("Case B", dt.date(1986, 5, 14)))
    course = open_chart(database.begin, ACT, number)
    return start_visit(database.begin, ACT, course.id, ACT.at.date())


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_copy_says_what_it_is_a_copy_of_and_what_the_sheet_says(paper: str) -> None:
    """The digest is the one of the patient's very bytes; each page is marked."""
    printed = render_handout(SPANISH, paper)
    copy = COPIES.render(render_handout, printed, paper)
    pages = pages_of(copy)
    assert "Copy for the record. The patient's sheet is in Spanish" in pages[0]
    assert hashlib.sha256(printed).hexdigest() in pages[0].replace(" ", "")
    assert all("FILE COPY" in page for page in pages)
    assert "Seated nerve slider: right leg" in pages[0]
    assert "10 times. Rest. 10 times more. Once a day." in pages[0]
    root = pypdf.PdfReader(io.BytesIO(copy)).root_object
    assert str(root["/Lang"]) == "en"
    assert not ink_outside(copy, 12)


def test_the_patients_own_sheet_bears_no_such_mark() -> None:
    assert "COPIA" not in pages_of(render_handout(SPANISH))[0]


def test_the_same_sheet_gives_the_same_copy() -> None:
    printed = render_handout(SPANISH)
    one, other = (COPIES.render(render_handout, printed, "a4") for _time in range(2))
    assert one == other


def test_sheet_and_copy_are_kept_in_one_act_and_print_again_as_they_were(
    database: Database, visit_id: int
) -> None:
    printed = render_handout(SPANISH)
    copy = COPIES.render(render_handout, printed, "a4")
    keep_with_copy(database.begin, ACT, visit_id, printed, copy)
    keep_with_copy(database.begin, ACT, visit_id, printed, copy)
    papers = kept(database, visit_id)
    assert [paper.kind for paper in papers] == [HANDOUT, FILE_COPY], "nothing is kept twice"
    assert [paper_content(database.begin, paper) for paper in papers] == [printed, copy]
    assert {paper.made_at for paper in papers} == {ACT.at}


def test_a_sheet_that_she_can_read_is_kept_alone(database: Database, visit_id: int) -> None:
    sheet_id = keep_with_copy(database.begin, ACT, visit_id, render_handout(ENGLISH))
    (paper,) = kept(database, visit_id)
    assert (paper.id, paper.kind) == (sheet_id, HANDOUT)


def test_neither_is_kept_where_one_cannot_be(database: Database, visit_id: int) -> None:
    """The visit is not there: no copy without a sheet, no sheet without a copy."""
    with pytest.raises(NotFound):
        keep_with_copy(database.begin, ACT, visit_id + 1, b"%PDF sheet", b"%PDF copy")
    assert kept(database, visit_id) == []


def test_another_sheet_of_the_visit_has_another_copy(database: Database, visit_id: int) -> None:
    for size in (14, 18):
        again = a_sheet("slider_seated", language="es", text_size=size)
        printed = render_handout(again)
        copy = COPIES.render(render_handout, printed, "a4")
        keep_with_copy(database.begin, ACT, visit_id, printed, copy)
    assert [paper.kind for paper in kept(database, visit_id)] == [HANDOUT, FILE_COPY] * 2
