"""No setting is changed without a trace: the trail says who, which, from what to what.

And the other way round: where the trail cannot be written, the setting stays what it was.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.audit import AuditEntry, AuditQuery, Deed
from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.audit.words import AuditWords
from clinic_desktop.services.clinic import clinic_settings
from clinic_desktop.services.clinic.settings import FILE_NAME
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.habits import PaperHabits
from clinic_desktop.services.words import distances
from tests.faults.oracle import Ledger, look, signed_in
from tests.records import connected_clinic, make_clinic


def png() -> bytes:
    """The smallest picture there is."""

    def part(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0\0")) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Anna at work, in a clinic that has settings; with a picture beside it."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    (tmp_path / "ours.png").write_bytes(png())
    with signed_in(profile) as session:
        clinic_settings.change_lines(session, {"name": "Clinic", "phone": "0111"})
        yield session
    look(profile, Ledger())


def noted(session: Session) -> list[AuditEntry]:
    with session.begin() as work:
        query = AuditQuery(deeds=frozenset({Deed.SETTING_CHANGED}), limit=1000)
        return list(work.audit_entries(query))[::-1]


def papers(session: Session) -> None:
    habits = PaperHabits(session.folder)
    clinic_settings.change_papers(session, habits, replace(habits.now, paper="letter"))


CHANGES: list[tuple[Callable[[Session], object], str]] = [
    (lambda s: clinic_settings.change_lines(s, {"phone": "0222"}), "Phone: 0111 → 0222"),
    (lambda s: clinic_settings.change_lines(s, {"phone": ""}), "Phone: 0111 → nothing"),
    (lambda s: clinic_settings.change_distance(s, distances.MILES), "Distances: mi"),
    (lambda s: clinic_settings.change_lock(s, 3), "Locks after: 3"),
    (lambda s: clinic_settings.change_scheme(s, "dark"), "Colours: dark"),
    (lambda s: clinic_settings.change_language(s, s.window_habits, "es"), "es"),
    (papers, "Usual paper: letter"),
    (
        lambda s: clinic_settings.change_logo(s, s.folder.parent / "ours.png"),
        "Logo: logo-",
    ),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_setting_that_is_changed_stands_in_the_trail(
    session: Session, change: Callable[[Session], object], words: str
) -> None:
    before = len(noted(session))
    change(session)
    new = noted(session)[before:]
    tells = AuditWords(load_catalogue(), load_catalogue_text(), load_plan_library())
    assert any(words in tells.what(entry) for entry in new), [tells.what(one) for one in new]
    assert {entry.who for entry in new} == {"Anna Muster, PT"}
    change(session)
    assert len(noted(session)) == before + len(new), "once is once"


@pytest.mark.parametrize(("change", "_words"), CHANGES)
def test_what_cannot_be_noted_is_not_changed(
    session: Session,
    change: Callable[[Session], object],
    _words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another program holds the record, or the disk is full at the end of the commit."""
    file = session.folder / FILE_NAME
    before, entries = file.read_bytes(), len(noted(session))

    with monkeypatch.context() as patched:
        from clinic_desktop.storage.transaction import Transaction

        def full(_work: Transaction) -> None:
            raise RecordUnavailable("The disk is full.")

        patched.setattr(Transaction, "commit", full)
        with pytest.raises(ChartError, match="full"):
            change(session)
    assert file.read_bytes() == before
    assert len(noted(session)) == entries


def test_a_record_that_another_program_holds_keeps_settings_as_they_are(session: Session) -> None:
    file = session.folder / FILE_NAME
    before = file.read_bytes()
    other = connected_clinic(session.folder)
    with other.begin(writing=True), pytest.raises(RecordUnavailable, match="Another program"):
        clinic_settings.change_lock(session, 2)
    other.close()
    assert file.read_bytes() == before
