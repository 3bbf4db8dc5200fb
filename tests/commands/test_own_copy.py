"""The patient's own copy of the chart, and the report of who was not seen for years."""

import io
import json

import pypdf

from tests.casefiles import NAME
from tests.terminal import PLAN, Terminal, clear_case


def test_the_copy_holds_the_course_and_what_is_read_on_paper(terminal: Terminal) -> None:
    assert terminal.chart(clear_case(plan=PLAN)).status == 0
    said = terminal.run("copy", "--patient", "1", "--out", terminal.folder, *terminal.signs_in)
    assert (said.status, said.err) == (0, "")
    folder = terminal.folder / "copy-000001"
    assert said.out == f"{folder}\n"
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "course-1-report.pdf",
        "course-1-visit-1-2026-03-02-note.pdf",
        "course-1.json",
    ]
    assert json.loads((folder / "course-1.json").read_bytes())["patient"]["name"] == NAME
    for name in names[:2]:
        words = pypdf.PdfReader(io.BytesIO((folder / name).read_bytes())).pages[0].extract_text()
        assert NAME in words
    assert folder.stat().st_mode & 0o077 == 0
    again = terminal.run("copy", "--patient", "1", "--out", terminal.folder, *terminal.signs_in)
    assert (again.status, again.err) == (1, "copy-000001: file exists\n")


def test_who_was_not_seen_is_listed_by_number(terminal: Terminal) -> None:
    assert terminal.chart(clear_case()).status == 0
    said = terminal.run("retention", "--years", "1", *terminal.signs_in)
    assert said.status == 0
    assert NAME not in said.out
    assert said.out.splitlines()[-1].endswith("in all.")
