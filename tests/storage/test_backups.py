"""A backup that counts was read back; what is damaged, cut or another clinic's is never used."""

from __future__ import annotations

import datetime as dt
import os
import random
import threading
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.backups import ALL_OF, to_be_thinned
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import record
from clinic_desktop.storage.archives import vault_in
from clinic_desktop.storage.backups import (
    ENDING,
    UNTESTED,
    backups_in,
    drill,
    make_backup,
    restore,
    thin,
)
from clinic_desktop.storage.database import Database
from clinic_desktop.storage.keys import VaultKeys
from clinic_desktop.storage.own_files import (
    LARGEST_FILE,
    OwnFiles,
    gathered,
    is_own_name,
    unpacked,
)
from clinic_desktop.storage.places import Places
from tests.records import KEYS, file_of, opened

NOW = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)


@pytest.fixture
def places(tmp_path: Path, act: Act) -> Iterator[Places]:
    """A clinic with one patient, whose record is open."""
    database = opened(tmp_path)
    record.register_patient(database.begin, act, Patient("Case A"))
    places = Places(tmp_path)
    places.vault.write_text("{}")
    yield places
    database.close()


def backup_of(places: Places, now: dt.datetime = NOW) -> Path:
    return make_backup(places.record(), places.vault, places.backups, KEYS, now)[0]


def people(folder: Path) -> list[str]:
    database = Database.open(folder, KEYS)
    try:
        return sorted(found.patient.name for found in record.find_patients(database.begin, ""))
    finally:
        database.close()


def test_a_backup_holds_the_moment_and_says_how_much(places: Places) -> None:
    file, content = make_backup(places.record(), places.vault, places.backups, KEYS, NOW)
    assert (content.patients, content.visits, content.last_signed) == (1, 0, None)
    assert drill(file, KEYS, places.folder / "drill") == content
    assert [path.name for path in places.backups.iterdir()] == [file.name]
    assert list((places.folder / "drill").iterdir()) == []
    assert vault_in(file) == b"{}"
    assert b"Case A" not in file.read_bytes()
    if os.name != "nt":
        assert file.stat().st_mode & 0o077 == 0


def test_a_restore_is_a_new_generation_and_the_old_one_stays(places: Places, act: Act) -> None:
    file = backup_of(places)
    database = opened(places.folder)
    record.register_patient(database.begin, act, Patient("Case B"))
    database.close()
    restore(file, KEYS, places, NOW)
    assert people(places.folder) == ["Case A"]
    assert places.generation() == "gen-0002"
    places.use("gen-0001")
    assert people(places.folder) == ["Case A", "Case B"]


def test_a_backup_made_while_somebody_saves_holds_one_moment(places: Places, act: Act) -> None:
    """Every acknowledged patient from before it began is in it, and nothing half."""
    stop = threading.Event()
    saved = [1]

    def keep_saving() -> None:
        database = Database.open(places.folder, KEYS)
        while not stop.is_set():
            saved.append(record.register_patient(database.begin, act, Patient(f"C{saved[-1]}")))
        database.close()

    writer = threading.Thread(target=keep_saving)
    writer.start()
    try:
        for turn in range(5):
            before = saved[-1]
            now = NOW + dt.timedelta(seconds=turn)
            _file, content = make_backup(places.record(), places.vault, places.backups, KEYS, now)
            assert before <= content.patients <= saved[-1] + 1
    finally:
        stop.set()
        writer.join()
    assert len(backups_in(places.backups)) == 5


@pytest.mark.parametrize("harm", ["flip", "cut", "member missing", "member more", "manifest"])
def test_a_harmed_backup_is_refused_and_the_record_stays(places: Places, harm: str) -> None:
    """Forty places each, by a seed that stands here."""
    good = backup_of(places).read_bytes()
    chance = random.Random(7)
    bad = places.folder / f"bad{ENDING}"
    for _turn in range(40):
        bad.write_bytes(_harmed(good, harm, chance))
        with pytest.raises(RecordUnavailable, match="not used"):
            restore(bad, KEYS, places, NOW)
        with pytest.raises(RecordUnavailable, match="not used"):
            drill(bad, KEYS, places.folder / "drill")
    assert places.generation() == "gen-0001"
    assert people(places.folder) == ["Case A"]
    assert not (places.folder / "gen-0002").exists()


def _harmed(good: bytes, harm: str, chance: random.Random) -> bytes:
    if harm == "flip":
        # Within what the members hold: the archive's own dates are nobody's data.
        at = chance.randrange(100, len(good) - 2000)
        return good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :]
    if harm == "cut":
        return good[: chance.randrange(len(good))]
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        left_out = chance.choice(old.namelist()) if harm == "member missing" else None
        for name in old.namelist():
            content = old.read(name)
            if harm == "manifest" and name == "manifest.json":
                content = content.replace(b'"patients": 1', b'"patients": 2')
            if name != left_out:
                new.writestr(name, content)
        if harm == "member more":
            new.writestr("../../outside", b"x")
    return out.getvalue()


def test_another_clinics_backup_is_told_from_a_damaged_one(places: Places) -> None:
    file = backup_of(places)
    with pytest.raises(RecordUnavailable, match="another clinic"):
        restore(file, VaultKeys.derived(bytes(32), KEYS.salt), places, NOW)


def test_what_could_not_be_finished_never_looks_like_a_backup(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "clinic_desktop.storage.backups.pack",
        lambda part, *_: (part.write_bytes(b"half"), (_ for _ in ()).throw(OSError(28, "full")))[0],
    )
    with pytest.raises(RecordUnavailable, match="full"):
        backup_of(places)
    assert list(places.backups.iterdir()) == []


def test_a_damaged_record_is_not_backed_up_as_if_it_were_good(places: Places) -> None:
    file = file_of(places.folder)
    content = bytearray(file.read_bytes())
    content[8192:8200] = b"\xff" * 8
    file.write_bytes(content)
    with pytest.raises(RecordUnavailable, match="damaged"):
        backup_of(places)
    assert backups_in(places.backups) == ()


def test_old_ones_are_thinned_and_leftovers_go(places: Places) -> None:
    days = [NOW - dt.timedelta(days=age) for age in (0, 1, 5, 6, 200, 201, 900)]
    for day in days:
        backup_of(places, day)
    (places.backups / f"clinic-x{ENDING}{UNTESTED}").write_bytes(b"half")
    thin(places.backups, NOW)
    left = [backup.made_at for backup in backups_in(places.backups)]
    assert left == sorted(set(days) - to_be_thinned(days, NOW), reverse=True)
    assert not list(places.backups.glob(f"*{UNTESTED}"))


@given(
    st.lists(st.integers(0, 1100 * 24 * 60), max_size=60),
)
def test_whatever_there_is_the_newest_and_all_of_two_days_stay(ages: list[int]) -> None:
    """Ages in minutes."""
    moments = [NOW - dt.timedelta(minutes=age) for age in ages]
    going = to_be_thinned(moments, NOW)
    left = set(moments) - going
    assert {moment for moment in moments if NOW - moment <= ALL_OF} <= left
    if moments:
        assert max(moments) in left
        assert {m.date() for m in sorted(moments)[-1:]} <= {m.date() for m in left}
    # Thinning again takes nothing more.
    assert to_be_thinned(left, NOW) == frozenset()


# ------------------------------------------------------------------ what the clinic made beside it
SETTINGS = b'[clinic]\nname = "Riverside"\nlogo = "our logo.png"\n'
RULES = {"knowledge/terms.toml": b"# ours\n", "knowledge/poses/clinic.wall_press.toml": b"# pose\n"}
OWN = {"settings.toml": SETTINGS, "our logo.png": b"\x89PNG\r\n\x1a\n logo", **RULES}


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def own_files(folder: Path) -> dict[str, bytes]:
    return dict(gathered(folder).contents)


def test_settings_logo_and_own_rules_are_in_a_backup_and_come_back(places: Places) -> None:
    """Encrypted, counted by the drill; a new computer has them again."""
    lay_out(places.folder, OWN)
    file = backup_of(places)
    assert drill(file, KEYS, places.folder / "drill").files == len(OWN)
    assert b"Riverside" not in file.read_bytes()
    for name in OWN:
        (places.folder / name).unlink()
    content = restore(file, KEYS, places, NOW)
    assert own_files(places.folder) == OWN
    assert (content.files, content.kept_in) == (len(OWN), "")


def test_what_stands_there_is_kept_beside_when_a_backup_is_restored(places: Places) -> None:
    """Also a rule that the backup does not have: rules of two moments are no rules."""
    lay_out(places.folder, OWN)
    file = backup_of(places)
    newer = {
        "settings.toml": SETTINGS.replace(b"Riverside", b"Lakeside"),
        "knowledge/items.toml": b"# new\n",
    }
    lay_out(places.folder, newer)
    content = restore(file, KEYS, places, NOW)
    assert own_files(places.folder) == OWN
    assert content.kept_in == "before-restore-20261124T104200Z"
    kept = {
        path.relative_to(places.folder / content.kept_in).as_posix(): path.read_bytes()
        for path in (places.folder / content.kept_in).rglob("*")
        if path.is_file()
    }
    assert kept == newer


def test_a_backup_of_a_clinic_without_own_files_takes_none_away(places: Places) -> None:
    file = backup_of(places)
    lay_out(places.folder, OWN)
    assert restore(file, KEYS, places, NOW).kept_in == ""
    assert own_files(places.folder) == OWN


def test_what_is_too_large_or_leads_elsewhere_is_left_out_and_told(
    places: Places, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "diary.txt"
    outside.write_text("nobody's business")
    lay_out(places.folder, {**OWN, "knowledge/film.bin": bytes(LARGEST_FILE + 1)})
    (places.folder / "knowledge" / "linked.toml").symlink_to(outside)
    file, content = make_backup(places.record(), places.vault, places.backups, KEYS, NOW)
    assert content.left_out == ("knowledge/film.bin", "knowledge/linked.toml")
    assert content.files == len(OWN)
    restore(file, KEYS, places, NOW)
    assert own_files(places.folder) == OWN


@pytest.mark.parametrize(
    "name",
    ["../x.toml", "knowledge/../../x", "/etc/x", "C:x", "knowledge\\x", "vault.json", "CURRENT",
     "gen-0001/record.db", "knowledge/a/b/c/d/e", "knowledge/nul.toml", "knowledge/x. ",
     "logo.png/x", "", "knowledge/\u202ex", "knowledge/a\nb"],
)  # fmt: skip
def test_no_name_in_a_backup_leads_anywhere_else(name: str) -> None:
    """Not even in one that was made with the clinic's own keys."""
    assert not is_own_name(name)
    packed = OwnFiles({name or "x": b"x"}).packed()
    with pytest.raises(ValueError, match="name"):
        unpacked(packed)


def test_files_that_cannot_be_put_back_do_not_take_the_restore_back(places: Places) -> None:
    lay_out(places.folder, OWN)
    file = backup_of(places)
    (places.folder / "knowledge" / "terms.toml").unlink()
    (places.folder / "knowledge" / "terms.toml").mkdir()
    content = restore(file, KEYS, places, NOW)
    assert content.not_put_back
    assert places.generation() == "gen-0002"
    assert people(places.folder) == ["Case A"]
