"""What a support report says, and that it names nobody: sixty canaries stay in their cage."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from clinic_desktop import __version__
from clinic_desktop.domain.access import Role
from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.people import add_person
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.clinic import about, clinic_settings
from clinic_desktop.services.clinic.support_report import MOST_FAULT_LINES, support_report
from clinic_desktop.services.record import register_patient
from clinic_desktop.services.traces import FAULT_LOG, keep_in, keep_no_more
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.canaries import CANARIES, found_in
from tests.records import PASSPHRASE, QUICK, file_of, make_clinic

NOW = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Session]:
    """Anna, signed in, in a folder whose name is a canary too."""
    folder = tmp_path / CANARIES[0]
    make_clinic(folder)
    session = FrontDoor(FolderOfClinic(folder, QUICK), folder, lambda: NOW).sign_in(
        "anna", PASSPHRASE
    )
    yield session
    session.lock()


def test_no_name_and_no_note_is_in_it(anna: Session) -> None:
    """Neither a patient's, a clinician's or the clinic's, nor of a file that somebody named."""
    number = register_patient(anna.begin, anna.act(), Patient(CANARIES[1]))
    with anna.begin(writing=True) as work:
        course = work.add_course(
            number, CourseFacts(reason=CANARIES[2], goal=CANARIES[14]), anna.act()
        )
        blank = Visit(NOW.date())
        visit = work.add_visit(course, blank, anna.act())
        written = replace(blank, findings={Key("complaint.sport"): CANARIES[3]})
        work.change_visit(visit, blank, written, anna.act())
        work.commit()
    ben = NewUser(CANARIES[4], CANARIES[5], CANARIES[6], Role.THERAPIST)
    add_person(anna, ben, "seven grey geese flew")
    keys = dict(zip(clinic_settings.LINES, CANARIES[7:11], strict=True))
    clinic_settings.change_lines(anna, keys)
    (anna.folder / "knowledge").mkdir()
    (anna.folder / "knowledge" / f"{CANARIES[11]}.toml").touch()
    (anna.folder / f"{CANARIES[12]}.pdf").write_text(CANARIES[13])
    said = support_report(anna, "Qt 6")
    assert found_in(said) == []
    assert "Anna" not in said
    assert str(anna.folder.parent) not in said
    for line in ("patients: 1", "visits: 1", "users: 2", "phone: set", "logo: not set", "Qt 6"):
        assert f"  {line}\n" in said


def test_it_says_what_helps(anna: Session) -> None:
    said = support_report(anna)
    record = file_of(anna.folder).stat().st_size
    for line in (
        f"Clinic Desktop {__version__}",
        f"record.db: {record} bytes",
        "keys, pages, tables, references: passes",
        "signatures, 0 valid: passes",
        "scheme system, locks after 5 min",
        "paper a4, text 14, distances in km",
    ):
        assert f"  {line}\n" in said
    assert "SQLCipher 4" in said
    assert "schema 00" in said
    assert said.endswith("Last faults\n  none")


def test_a_file_that_does_not_hold_is_said_in_counts(anna: Session) -> None:
    """The words of a fault may name a patient's number or a folder: only how many there are."""
    register_patient(anna.begin, anna.act(), Patient(CANARIES[1]))
    (anna.folder / "vault.twin.json").write_text(CANARIES[2])
    said = support_report(anna)
    assert "references: 1 faults" in said
    assert "not looked at" in said
    assert found_in(said) == []


def test_settings_that_cannot_be_read_are_not_quoted(anna: Session) -> None:
    (anna.folder / "settings.toml").write_text(f'[clinic]\nlogo = "{CANARIES[20]}/x"\n')
    said = support_report(anna)
    assert "  cannot be read\n" in said
    assert found_in(said) == []


def test_behind_the_lock_there_is_no_report(anna: Session) -> None:
    anna.lock()
    with pytest.raises(RecordUnavailable):
        support_report(anna)


def test_the_programs_own_faults_are_kept_by_their_place_alone(anna: Session) -> None:
    """Our words, other libraries' words and a fault's text: of each only what holds no value."""
    kept = keep_in(anna.folder)
    try:
        assert not (anna.folder / FAULT_LOG).exists(), "nothing went wrong yet"
        logging.getLogger("sqlalchemy.pool").error("row %s", CANARIES[30])
        try:
            raise ValueError(CANARIES[31])
        except ValueError:
            logging.getLogger("ui.test").exception("fault in the window")
    finally:
        keep_no_more(kept)
    said = support_report(anna)
    assert found_in(said) == found_in((anna.folder / FAULT_LOG).read_text()) == []
    assert "ERROR sqlalchemy.pool test_support_report.py" in said
    assert "fault in the window" in said
    assert "ValueError" in said
    logging.getLogger("ui.test").error("nobody keeps this")
    assert "nobody keeps this" not in (anna.folder / FAULT_LOG).read_text()


def test_of_a_long_log_the_end_is_told(anna: Session) -> None:
    (anna.folder / FAULT_LOG).write_text("".join(f"line {n}\n" for n in range(9_000)))
    told = support_report(anna).partition("Last faults\n")[2].splitlines()
    assert len(told) == MOST_FAULT_LINES
    assert told[-1] == "  line 8999"


# -------------------------------------------------------------------- About
def test_every_package_is_named_as_it_is_installed_with_its_licence() -> None:
    found = {one.name.lower(): one for one in about.packages()}
    for name, licence in (("sqlalchemy", "MIT"), ("reportlab", "BSD"), ("mako", "MIT")):
        assert licence in found[name].licence
        assert found[name].version[0].isdigit()
    assert any("LGPL" in one.licence for one in found.values()), "Qt"
    assert "clinic-desktop" not in found
    assert "pytest" not in found, "the program does not need it"
    assert about.own_licence() == "Apache-2.0"


def test_put_together_without_saying_what_is_in_it_it_names_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(about, "distribution", nothing)
    assert about.packages() == ()
    assert about.own_licence() == ""


def test_the_licences_in_full_are_those_that_the_packages_ship() -> None:
    """Each package's own files, ours first; what only lists files or entry points is none."""
    texts = list(about.licence_texts())
    names = [name for name, _text in texts]
    assert names[0] == "clinic-desktop: LICENSE"
    assert "Apache License" in texts[0][1]
    assert any(name.startswith("sqlcipher3: LICENSE") for name in names)
    assert any("OFL" in text or "Open Font" in text for _name, text in texts)
    assert not any("entry_points" in name or "top_level" in name for name in names)
    assert all(text for _name, text in texts)
