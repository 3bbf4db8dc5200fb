"""Addenda and papers newer than the newest backup, in a damaged record: over they come where they
can be read or are told, and are named where not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinic_desktop.domain.rescues import ADDENDUM, PAPER, GonePaper
from clinic_desktop.services import record
from clinic_desktop.services.safety.rescue_words import report_lines
from clinic_desktop.services.safety.safekeeping import back_up
from clinic_desktop.services.visit.signing import Pen, add_addendum
from tests.faults.oracle import signed_in
from tests.records import PASSPHRASE
from tests.storage.harming import faults_of, harm, pages_of, rescued
from tests.storage.released.making import ADDENDUM as FIRST_ADDENDUM
from tests.storage.released.making import HERE
from tests.storage.released.making import PAPER as FIRST_PAPER

LATE = ("Seen the scan: no avulsion. " * 300).strip()
"""Larger than a page of the record."""
SHEETS = tuple(f"%PDF-1.4 sheet {n} ".encode() * 900 for n in range(6))


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A clinic with a backup, and since then two addenda and six papers more."""
    profile = tmp_path / "clinic"
    newest = max(path.name for path in HERE.iterdir() if (path / "CURRENT").exists())
    shutil.copytree(HERE / newest, profile)
    with signed_in(profile) as session:
        back_up(session)
        pen = Pen(session.user, session.signer(PASSPHRASE), session.clinic)
        for text in ("First of two.", LATE):
            add_addendum(session.begin, session.act(), pen, 1, text)
        for sheet in SHEETS:
            record.keep_document(session.begin, session.act(), 1, "handout", sheet)
    return profile


def addenda(profile: Path) -> list[str]:
    with signed_in(profile) as session, session.begin() as work:
        return [one.text for one in work.course_of_visit(1).visits[0].visit.addenda]


def papers(profile: Path) -> list[bytes]:
    with signed_in(profile) as session, session.begin() as work:
        return [work.document_content(one.id) for one in work.documents(1)]


def test_addenda_whose_page_is_damaged_are_made_again_from_the_trail(profile: Path) -> None:
    """Their signatures were read, and still verify: to the letter they are what was signed."""
    before = addenda(profile)
    assert before == [FIRST_ADDENDUM, "First of two.", LATE]
    harm(profile, *pages_of(profile, "addenda"))
    report = rescued(profile)
    assert addenda(profile) == before
    assert (report.gone, report.broken) == ((), ())
    assert faults_of(profile) == ()


def test_addenda_that_are_whole_come_over_whatever_else_is_damaged(profile: Path) -> None:
    before, kept = addenda(profile), papers(profile)
    harm(profile, *pages_of(profile, "findings", "notes"))
    rescued(profile)
    assert (addenda(profile), papers(profile)) == (before, kept)


def test_an_addendum_of_which_nothing_else_is_left_is_named_and_not_invented(
    profile: Path,
) -> None:
    """Its place among the others is told by its signature; without that nobody knows it."""
    harm(profile, *pages_of(profile, "addenda", "signatures"))
    report = rescued(profile)
    assert addenda(profile) == [FIRST_ADDENDUM], "as in the backup"
    assert [(one.number, one.kind) for one in report.gone] == [(1, ADDENDUM), (1, ADDENDUM)]
    lines = [line for line in report_lines(report) if "an addendum of" in line]
    assert len(lines) == 2
    assert lines[0].startswith("Patient 000001, visit of 17 Nov 2026: an addendum of ")


def test_papers_that_are_whole_come_over_and_those_that_are_not_are_named(profile: Path) -> None:
    """Half the pages of the kept papers are damaged, none of which the backup has."""
    with signed_in(profile) as session, session.begin() as work:
        kept = {work.document_content(one.id): one.made_at for one in work.documents(1)}
    pages = pages_of(profile, "documents")
    harm(profile, *pages[len(pages) // 2 :])
    report = rescued(profile)
    found = papers(profile)
    assert FIRST_PAPER in found, "out of the backup, or read"
    assert set(found) < set(kept)
    assert any(sheet in found for sheet in SHEETS)
    gone = sorted(at for content, at in kept.items() if content not in found)
    assert [(one.kind, one.at) for one in report.gone] == [(PAPER, at) for at in gone]
    assert isinstance(report.gone[0], GonePaper)
    assert "a paper kept on" in report_lines(report)[-1]
