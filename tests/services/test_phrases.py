"""Phrases of the clinic: kept in its settings, in the trail, and with no patient in them."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.audit import AuditQuery
from clinic_desktop.domain.errors import ChartError, Refused
from clinic_desktop.domain.phrases import LONGEST_PHRASE, Phrase, is_name, open_words
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.people import add_person
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.clinic.settings import read_settings
from clinic_desktop.services.visit.phrases import (
    keep_phrase,
    own_phrases,
    phrases_in_use,
    put_back,
    remove_phrase,
    shipped_phrases,
)
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import PASSPHRASE, QUICK, make_clinic

ELLA = Patient("Ella Marden-Roe")


@pytest.fixture
def door(tmp_path: Path) -> FrontDoor:
    folder = tmp_path / "clinic"
    make_clinic(folder)
    now = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)
    return FrontDoor(FolderOfClinic(folder, QUICK), folder, lambda: now)


@pytest.fixture
def session(door: FrontDoor) -> Iterator[Session]:
    """Anna, who looks after the clinic and charts in it."""
    made = door.sign_in("anna", PASSPHRASE)
    yield made
    made.lock()


def names(session: Session, language: str = "en") -> list[str]:
    return [one.name for one in phrases_in_use(language, session.folder)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_phrases_are_plain_words_that_leave_what_was_found_open(language: str) -> None:
    """None of them says how a test came out: no result stands in one as its own word."""
    found = ("positive", "negative", "normal", "no pain", "positiv", "negativ", "sin dolor")
    phrases = shipped_phrases(language)
    assert len({one.name for one in phrases}) == len(phrases) > 15
    for one in phrases:
        assert is_name(one.name), one.name
        assert one.name == one.name.lower()
        assert len(one.text) <= LONGEST_PHRASE
        assert not one.own
        assert not any(word in one.text.lower() for word in found), one.name
        assert one.text.count("{") == one.text.count("}") == len(open_words(one.text)), one.name
    assert len(shipped_phrases("en")) == len(shipped_phrases("es"))


def test_a_language_that_has_none_offers_the_english_ones() -> None:
    assert shipped_phrases("fr") == shipped_phrases("en")


def test_an_own_phrase_holds_at_once_and_goes_before_the_shipped_ones(session: Session) -> None:
    kept = keep_phrase(session, " Hops ", "Ten hops on {side}, counted aloud. ")
    assert kept == Phrase("hops", "Ten hops on {side}, counted aloud.", own=True)
    assert phrases_in_use("en", session.folder)[0] == kept
    assert names(session, "es")[0] == "hops"
    keep_phrase(session, "hops", "Twenty hops.")
    assert own_phrases(session.folder) == {"hops": "Twenty hops."}


def test_a_shipped_phrase_is_replaced_put_aside_and_comes_back(session: Session) -> None:
    (shipped,) = (one for one in shipped_phrases("en") if one.name == "next")
    own = keep_phrase(session, "next", "Next week: {what}.")
    assert [one for one in phrases_in_use("en", session.folder) if one.name == "next"] == [own]
    remove_phrase(session, own)
    assert shipped in phrases_in_use("en", session.folder)
    remove_phrase(session, shipped)
    assert "next" not in names(session)
    put_back(session, "next", None)
    assert shipped in phrases_in_use("en", session.folder)
    put_back(session, "next", own.text)
    assert own in phrases_in_use("en", session.folder)


def test_every_change_stands_in_the_audit_trail(session: Session) -> None:
    own = keep_phrase(session, "hops", "Ten hops.")
    remove_phrase(session, own)
    with session.begin() as work:
        entries = work.audit_entries(AuditQuery())
    told = [(e.before, e.after) for e in entries if e.field == "phrases.hops"]
    assert sorted(told, key=str) == sorted([(None, '"Ten hops."'), ('"Ten hops."', None)], key=str)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("", "x", "short name"), ("9", "x", "short name"), ("a b", "x", "short name"),
        ("a" * 21, "x", "short name"), ("hops", " ", "write the text"),
        ("hops", "x" * 501, "501"), ("hops", "Shown to Ella.", "“Ella”"),
        ("hops", "MARDEN did ten.", "“Marden”"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_phrase_is_refused_in_words_and_nothing_is_kept(
    session: Session, name: str, text: str, why: str
) -> None:
    with pytest.raises(ChartError, match=why):
        keep_phrase(session, name, text, (ELLA,))
    assert own_phrases(session.folder) == {}


def test_a_hundred_own_phrases_are_enough(session: Session) -> None:
    for first in string.ascii_lowercase[:10]:
        for second in string.ascii_lowercase[:10]:
            put_back(session, f"z{first}{second}", "x")
    with pytest.raises(ChartError, match="100"):
        keep_phrase(session, "hops", "Ten hops.")
    keep_phrase(session, "zaa", "another text for it")


def test_a_phrase_written_by_hand_that_cannot_be_read_is_named(session: Session) -> None:
    settings = session.folder / "settings.toml"
    before = settings.read_text(encoding="utf-8") if settings.exists() else ""
    settings.write_text(f'{before}\n[phrases]\n"9 lives" = "x"\n', encoding="utf-8")
    with pytest.raises(ChartError, match=r"phrases\.9 lives"):
        own_phrases(session.folder)
    settings.write_text(f"{before}\n[phrases]\nhops = 3\n", encoding="utf-8")
    with pytest.raises(ChartError, match=r"phrases\.hops"):
        own_phrases(session.folder)
    settings.write_text(f"phrases = 3\n{before}", encoding="utf-8")
    with pytest.raises(ChartError, match="must be a table"):
        own_phrases(session.folder)


def test_they_stand_among_the_settings_and_go_into_each_backup_with_them(session: Session) -> None:
    keep_phrase(session, "después", "Otra vez: {qué}.")
    assert read_settings(session.folder)["phrases"] == {"después": "Otra vez: {qué}."}


def test_who_charts_keeps_phrases_and_the_front_desk_does_not(
    door: FrontDoor, session: Session
) -> None:
    for name, role in (("Ben", Role.THERAPIST), ("Flo", Role.FRONT_DESK)):
        add_person(session, NewUser(name, name, "", role), PASSPHRASE)
    session.lock()
    ben = door.sign_in("ben", PASSPHRASE)
    own = keep_phrase(ben, "hops", "Ten hops.")
    ben.lock()
    flo = door.sign_in("flo", PASSPHRASE)
    with pytest.raises(Refused, match="who charts visits"):
        keep_phrase(flo, "jumps", "Ten jumps.")
    with pytest.raises(Refused, match="who charts visits"):
        remove_phrase(flo, own)
    assert own_phrases(flo.folder) == {"hops": "Ten hops."}
    flo.lock()
