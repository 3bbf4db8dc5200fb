"""A printer that is gone, a file that cannot be written, and words that are meant for a database.

Lines 64 and 66 of reliability.md, section 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import record
from clinic_desktop.services.access.session import Session
from tests.at_the_desk import Therapist
from tests.faults.oracle import Ledger, look, signed_in
from tests.records import make_clinic
from tests.ui import conftest

desk, therapist = conftest.desk, conftest.therapist
Record = Callable[[str, object], None]

# -------------------------------------------------------------------- line 66


def note_of(therapist: Therapist) -> tuple[int, ...]:
    """What the note holds: nothing of it may move when a paper does not leave."""
    with therapist.desk.open_record() as work:
        stored = work.course_of_visit(therapist.page.chart.visit_id).visits[0]
        return (hash(str(stored.visit)), len(work.documents(stored.id)))


def leavings(therapist: Therapist) -> list[tuple[str, str]]:
    """What the trail says of papers, oldest first: the act, and what became of it."""
    deeds = frozenset({Deed.PAPER_PRINTED, Deed.PAPER_SAVED})
    with therapist.desk.open_record() as work:
        return [(e.deed, e.reason) for e in work.audit_entries(AuditQuery(deeds=deeds))][::-1]


def test_a_printer_that_takes_nothing_leaves_the_note_as_it_was(
    therapist: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    therapist.begins_visit()
    therapist.window.show_paper("note")
    preview, before = therapist.window.preview, note_of(therapist)
    assert preview is not None
    monkeypatch.setattr("ui.papers.preview.print_pages", lambda *_: False)
    preview.print_on(QPrinter())
    assert preview.note.text() == "The printer did not take the pages; nothing was kept."
    assert note_of(therapist) == before
    assert leavings(therapist) == [
        (Deed.PAPER_PRINTED, ""),
        (Deed.PAPER_PRINTED, "The printer did not take the pages."),
    ]


def test_a_file_that_cannot_be_written_leaves_the_note_as_it_was(
    therapist: Therapist, tmp_path: Path
) -> None:
    """As on a stick that was pulled, or where a folder stands in the place of the file."""
    therapist.begins_visit()
    therapist.window.show_paper("note")
    preview, before = therapist.window.preview, note_of(therapist)
    assert preview is not None
    (tmp_path / "folder.pdf").mkdir()
    for path in (tmp_path / "gone" / "note.pdf", tmp_path / "folder.pdf"):
        preview.save_to(path)
        assert path.name in preview.note.text()
        assert note_of(therapist)[0] == before[0]
    said = [reason for _deed, reason in leavings(therapist)]
    assert said == ["", "The file was not written."] * 2


# -------------------------------------------------------------------- line 64
NAMES = ("Ada Case", "O'Neil, Bob", "100% Case_C", 'Dora "D" Case', "Eve; DROP TABLE patients", "Ö")
SEARCHES = (
    "' OR 1=1 --",
    "'; DROP TABLE patients; --",
    '" OR ""="',
    "%",
    "_",
    "%%Case%",
    "a* OR b*",
    "NEAR(ada, 2)",
    "ada AND case",
    "ada NOT case",
    "{ada case}",
    "^ada",
    "name:ada",
    "ada\0case",
    "\0",
    "\\",
    "?1",
    ":number",
    "((((((((((",
    "1" * 400,
    "-9223372036854775809",
    "1e999",
    "0x10",
    "\N{RIGHT-TO-LEFT OVERRIDE}ada",
    "\N{COMBINING DIAERESIS}" * 100,
    "a" * 1_000_000,
    "a " * 100_000,
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    profile = tmp_path / "clinic"
    make_clinic(profile)
    with signed_in(profile) as session:
        for name in NAMES:
            record.register_patient(session.begin, session.act(), Patient(name))
        yield session
    look(profile, Ledger())


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def test_what_is_searched_for_is_text_and_nothing_else(
    session: Session, record_property: Record
) -> None:
    """No sign in it means anything to the database: whoever is found has a word that begins so."""
    for search in SEARCHES:
        found = record.find_patients(session.begin, search)
        for one in found:
            name = words(one.patient.name)
            begun = (any(own.startswith(word) for own in name) for word in words(search))
            assert all(begun), (search, name)
        assert len(found) < len(NAMES) or not search.strip(), search
    with session.begin() as work:
        assert work.count_patients() == len(NAMES)
    for wanted in NAMES:
        assert wanted in {one.patient.name for one in record.find_patients(session.begin, wanted)}
    record_property("searches with something else than text in them", len(SEARCHES))
