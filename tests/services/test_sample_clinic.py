"""The sample clinic: whole, of today, marked on each page, apart from any other, and removable."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from clinic_desktop.bootstrap import _DeskOpener
from clinic_desktop.domain.courses import OUTCOMES
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.clinic.sample_clinic import make_sample, sample_cases
from clinic_desktop.services.clinic.sample_folder import (
    LOGIN,
    PASSPHRASE,
    is_sample,
    remove_sample,
    sample_hint,
)
from clinic_desktop.services.clinic.settings import load_clinic
from clinic_desktop.services.clinic.support_report import checks
from clinic_desktop.services.course.courses import courses_of
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.parts import PaperSource
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.record import find_patients, kept_papers, open_chart, paper_content

MARK = "SAMPLE: an invented runner. Not for any patient."


@pytest.fixture(scope="module")
def opener() -> _DeskOpener:
    """What bootstrap hands to the commands."""
    return _DeskOpener()


@pytest.fixture(scope="module")
def folder(opener: _DeskOpener, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample clinic in a folder of its own, below that of a clinic."""
    place = tmp_path_factory.mktemp("clinic") / "sample"
    make_sample(place, opener.front_door, opener.desk_of)
    return place


@pytest.fixture(scope="module")
def desk(opener: _DeskOpener, folder: Path) -> Desk:
    """The desk of who works there."""
    session = opener.front_door(folder).sign_in(LOGIN, PASSPHRASE)
    return opener.desk_of(session, folder)


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_record_is_whole_and_every_signature_holds(desk: Desk) -> None:
    assert desk.session is not None
    said = checks(desk.session.opened)
    assert all("passes" in line for line in said), said
    assert "signatures, 7 valid" in " ".join(said)


def test_everybody_is_plainly_invented(desk: Desk) -> None:
    found = find_patients(desk.open_record, "")
    assert {one.patient.name for one in found} == {
        "Ada Sample", "Ben Sample", "Cleo Sample", "Dan Sample", "Eve Sample", "Finn Sample",
    }  # fmt: skip


def test_there_is_something_of_everything(desk: Desk) -> None:
    """The three patterns, a red flag, an unclear one, a finished course, and what is due today."""
    today = desk.clock().astimezone().date()
    answers = {
        case.patient.name.partition(" ")[0]: desk.suggest(case)
        for case in sample_cases(desk, today)
    }
    assert answers["Ben"].patterns[0] == "pattern_1"
    assert answers["Ada"].patterns[0] == "pattern_2"
    assert answers["Cleo"].patterns[0] == "pattern_3"
    assert [flag.level for flag in answers["Dan"].red_flags] == ["S"]
    assert answers["Eve"].status == "not_enough_data"
    finn = courses_of(desk.open_record, number(desk, "Finn"))[0]
    assert finn.facts.closing is not None
    assert finn.facts.closing.outcome in OUTCOMES
    with desk.open_record() as work:
        assert number(desk, "Cleo") in {due.number for due in work.courses_due(today)}


def number(desk: Desk, name: str) -> int:
    """The number of a runner."""
    return find_patients(desk.open_record, name)[0].number


def test_dates_lie_around_today_and_charts_say_so(desk: Desk) -> None:
    """No visit is in the future, what was signed was signed on its day, and nothing is late."""
    today = desk.clock().astimezone().date()
    for name in ("Ada", "Ben", "Dan"):
        course = open_chart(desk.open_record, desk.act(), number(desk, name))
        assert course.visits[-1].visit.date == today
        assert not course.visits[-1].visit.signed
    finn = open_chart(desk.open_record, desk.act(), number(desk, "Finn"))
    assert [(today - stored.visit.date).days for stored in finn.visits] == [35, 28, 21]
    with desk.open_record() as work:
        for kept in work.seals(finn.id):
            visit = next(one.visit for one in finn.visits if one.id == kept.seal.visit_id)
            assert kept.seal.signed.at.astimezone().date() == visit.date


def test_each_page_of_each_paper_is_marked(desk: Desk) -> None:
    """The kept sheets, and a paper made now, on both papers."""
    course = open_chart(desk.open_record, desk.act(), number(desk, "Finn"))
    kept = kept_papers(desk.open_record, course, "handout")
    assert len(kept) == 3
    for paper in kept:
        texts = pages(paper_content(desk.open_record, paper.document))
        assert all(MARK in text for text in texts)
    case = course.case_up_to(course.visits[-1].id)
    source = PaperSource(
        desk.catalogue, desk.text, desk.plan_library, desk.retest_bands(), desk.clinic, desk.who,
        course.number,
    )  # fmt: skip
    for size in ("a4", "letter"):
        note = desk.render_paper(make_visit_note(case, desk.suggest(case), source), size)
        assert all(MARK in text for text in pages(note))


def test_papers_of_a_real_clinic_bear_no_mark(desk: Desk, tmp_path: Path) -> None:
    assert load_clinic(tmp_path).sample == ""
    assert desk.clinic.sample == MARK
    assert sample_hint(tmp_path) == ""


def test_its_passphrase_is_told_where_it_is_asked_for(folder: Path) -> None:
    assert PASSPHRASE in sample_hint(folder)


def test_the_folder_around_it_is_left_alone(folder: Path) -> None:
    """Nothing beside the sample's own folder, and no half of one."""
    assert [path.name for path in folder.parent.iterdir()] == ["sample"]


def test_a_second_one_made_at_the_same_time_changes_nothing(
    opener: _DeskOpener, folder: Path
) -> None:
    before = (folder / "vault.json").read_bytes()
    make_sample(folder, opener.front_door, opener.desk_of)
    assert (folder / "vault.json").read_bytes() == before
    assert [path.name for path in folder.parent.iterdir()] == ["sample"]


def test_a_real_clinic_is_never_removed_as_a_sample(opener: _DeskOpener, tmp_path: Path) -> None:
    real = tmp_path / "sample"
    door = opener.front_door(real)
    door.make_clinic(Clinic("Real"), NewUser("", "Anna"), "four words and some more").lock()
    with pytest.raises(ChartError, match="holds no sample clinic"):
        remove_sample(real)
    assert (real / "vault.json").exists()


def test_it_goes_whole_with_one_act(
    opener: _DeskOpener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "sample"
    monkeypatch.setattr("clinic_desktop.services.clinic.sample_clinic.CASES", ("eve",))
    make_sample(place, opener.front_door, opener.desk_of)
    assert is_sample(place)
    assert remove_sample(place)
    assert not place.exists()
    assert not remove_sample(place)
