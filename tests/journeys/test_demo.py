"""The worked example as a user runs it: one command, no screen, a folder full of files."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QImage

import resources
from clinic_desktop.domain.courses import USUAL_VISITS, CourseFacts
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.plan_files import load_plan_library

# Made once: whoever shares it must run in the same process.
pytestmark = pytest.mark.xdist_group("demo")

CASES = ("a", "b", "c")
SIZE = re.compile(r"-(\d+)x(\d+)\.png$")
PLANS = {
    "a": ("pause_stretching", "slider_seated", "brace"),
    "b": ("glute_burn", "slider_seated"),
    "c": ("pause_stretching", "slider_seated", "load_isometric"),
}


@dataclass(frozen=True)
class Example:
    """How the command ended and what it left."""

    status: int
    said: str
    complained: str
    folder: Path
    user_data: Path

    def names(self, suffix: str) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if path.suffix == suffix)


def run(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run Python as on a machine without a display."""
    missing = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in missing}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**kept, "XDG_DATA_HOME": str(data), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The whole example, worked through once for all tests here."""
    folder = tmp_path_factory.mktemp("demo") / "not yet there"
    data = tmp_path_factory.mktemp("user")
    ended = run("-m", "clinic_desktop", "demo", "--out", str(folder), data=data)
    return Example(ended.returncode, ended.stdout, ended.stderr, folder, data)


def case_in(content: bytes) -> Case:
    """A case file read, whether it says that nobody signed or says nothing of it."""
    case = read_case(content, load_catalogue(), load_plan_library().items)
    return replace(case, visits=tuple(replace(visit, signed=None) for visit in case.visits))


def published(case: str) -> Case:
    """A case as the article has it."""
    return case_in(resources.data(f"cases/article_{CASES.index(case) + 1}.json"))


def test_it_works_by_itself_and_says_which_files_it_wrote(example: Example) -> None:
    assert (example.status, example.complained) == (0, "")
    said = {line.strip() for line in example.said.splitlines()}
    assert {str(path) for path in example.folder.iterdir()} <= said
    assert all(Path(line).is_file() for line in said if line.startswith(str(example.folder)))


def test_nothing_of_it_is_left_in_the_therapists_own_record(example: Example) -> None:
    assert list(example.user_data.iterdir()) == []


@pytest.mark.parametrize("case", CASES)
def test_what_was_typed_is_what_the_article_says(example: Example, case: str) -> None:
    """Every finding, remark and retest came through the window into the record, and no other.

    Of the course nothing is said but what the clinic says of each: its beginning, the usual visits.
    """
    stored = case_in((example.folder / f"case-{case}.json").read_bytes())
    assert replace(stored, course=CourseFacts()) == published(case)
    assert stored.course == CourseFacts(planned_visits=USUAL_VISITS, opened=stored.visits[0].date)


@pytest.mark.parametrize("case", CASES)
def test_what_was_added_for_a_plan_stands_beside_what_was_published(
    example: Example, case: str
) -> None:
    """The screen answered, the items chosen; not one published finding changed by it."""
    finished = case_in((example.folder / f"case-{case}-with-plan.json").read_bytes()).last
    known = published(case).last
    assert known.findings.items() <= finished.findings.items()
    added = finished.findings.keys() - known.findings.keys()
    assert {key.finding.partition(".")[0] for key in added} == {"flag", "power"}
    assert {finished.findings[key] for key in added} == {"no", "5"}
    assert tuple(choice.item for choice in finished.plan) == PLANS[case]


def test_what_goes_beyond_the_article_is_said(example: Example) -> None:
    assert example.said.count("Beyond the article: ") == 4  # three cases, and the made-up one
    names = [load_plan_library().name(item) for items in PLANS.values() for item in items]
    assert [name for name in names if name not in example.said] == []
    assert "made up" in example.said


@pytest.mark.parametrize("case", CASES)
def test_each_page_of_sheet_and_report_carries_both_identifiers(
    example: Example, case: str
) -> None:
    number = f"{CASES.index(case) + 1:06d}"
    for paper in ("report", "handout"):
        pages = pypdf.PdfReader(example.folder / f"{paper}-case-{case}.pdf").pages
        assert pages
        for page in pages:
            text = page.extract_text()
            assert f"Case {case.upper()}" in text
            assert number in text
    pictures = [name for name in example.names(".png") if f"handout-case-{case}-page" in name]
    assert len(pictures) == len(pages)


def test_pictures_are_as_large_as_they_say_and_show_something(example: Example) -> None:
    sizes = set()
    for name in example.names(".png"):
        picture = QImage(str(example.folder / name))
        found = SIZE.search(name)
        if found:
            size = (int(found[1]), int(found[2]))
            assert (picture.width(), picture.height()) == size, name
            sizes.add(size)
        shades = {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 3)
            for y in range(0, picture.height(), 3)
        }
        assert len(shades) > 20, name
    assert sizes == {(1280, 800), (1024, 700)}


def test_a_window_that_charts_something_else_ends_it_with_one_line(tmp_path: Path) -> None:
    """The result key for "positive" charts "inconclusive": the record differs, and that is said."""
    code = (
        "import sys; from ui.demo import typist; typist.RESULT_KEYS['positive'] = '?'\n"
        "from clinic_desktop.bootstrap import main\n"
        f"sys.exit(main(['demo', '--out', {str(tmp_path / 'out')!r}]))"
    )
    ended = run("-c", code, data=tmp_path)
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "slr.result@right" in line
    assert not (tmp_path / "out" / "case-a.json").exists()


def test_a_fault_inside_the_window_ends_it_with_one_line(tmp_path: Path) -> None:
    """Not a message on the window's bar that nobody would read, and no traceback."""
    code = (
        "import sys; from ui.forms.section_form import SectionForm\n"
        "def fails(*_): raise LookupError('Case A')\n"
        "SectionForm._on_edited = fails\n"
        "from clinic_desktop.bootstrap import main\n"
        f"sys.exit(main(['demo', '--out', {str(tmp_path / 'out')!r}]))"
    )
    ended = run("-c", code, data=tmp_path)
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "LookupError" in line
    assert "Case A" not in line


def test_the_exported_cases_can_be_read_by_the_other_commands(example: Example) -> None:
    ended = run(
        *("-m", "clinic_desktop", "suggest", str(example.folder / "case-c-with-plan.json")),
        *("--format", "json"),
        data=example.user_data,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["patterns"] == ["pattern_2", "local"]
