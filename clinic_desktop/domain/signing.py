"""What a signature is over, what it shows, and what comes of holding it against the record."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, Final

from .canonical import Json, canonical
from .clocks import went_back
from .people import User
from .suggestion import ShortAnswer
from .values import Key
from .visits import Addendum, Patient, Visit

FORMAT: Final = "clinic-desktop-signature/1"
AUTHOR: Final = "author"
"""The meaning of a signature here: she made the note. (A co-signer's is a later issue.)"""
VISIT_PLACE: Final = 0
"""Place of the visit's own signature; its n-th addendum has place n + 1."""
LATE_AFTER: Final = dt.timedelta(hours=24)
"""From the service to the signature; what is signed later is a late entry (CMS manual 3.3.2.5 asks
for the mark, `reliability.md` 5.6 for the time)."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as what, and when, as it is printed."""

    user: str
    """The user's id."""
    name: str
    credentials: str
    at: dt.datetime
    """With the signer's distance from UTC at that time: it reads the same everywhere."""
    meaning: str = AUTHOR
    newest: dt.datetime | None = field(default=None, compare=False)
    """In UTC, where the signer's clock was behind: the latest time in the record by then. Only the
    signed content has it, no column beside it."""

    @classmethod
    def by(cls, user: User, at: dt.datetime, newest: dt.datetime | None = None) -> Signature:
        """The signature of a user at an aware time, in this computer's zone; `newest` is the latest
        time in the record."""
        behind = newest is not None and went_back(newest, at)
        return cls(
            user.id,
            user.name,
            user.credentials,
            at.astimezone().replace(microsecond=0),
            newest=newest if behind else None,
        )

    @property
    def who(self) -> str:
        """Name and credentials as they stand on screen and paper."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature as it is kept, with the very bytes that were signed."""

    visit_id: int
    place: int
    content: bytes
    digest: str
    """SHA-256 of the content, in hex."""
    signature: bytes
    """Ed25519, 64 bytes."""
    public_key: bytes
    """32 bytes."""
    signed: Signature
    """As the columns beside the content say it: the two are held against each other."""

    @property
    def mark(self) -> str:
        """What the next signature of this visit names as the one before it."""
        return hashlib.sha256(self.signature).hexdigest()


def digest_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Signable:
    """A visit with everything around it that its signature vouches for."""

    clinic: str
    """Id of the clinic's record; empty where it has none."""
    number: int
    patient: Patient
    visit_id: int
    visit: Visit
    answer: ShortAnswer | None
    """What the rules said, with their version; what she decided stands in the visit."""
    first_entry: dt.datetime | None = None
    last_entry: dt.datetime | None = None
    """When something was first and last typed into the visit."""

    def content(self, signed: Signature, earlier: str | None) -> bytes:
        """The bytes to be signed, the same in whatever order the visit was charted."""
        return canonical(
            {
                "format": FORMAT,
                "about": "visit",
                "clinic": self.clinic,
                "patient": {"number": self.number, **_said(self.patient)},
                "visit": {
                    "id": self.visit_id,
                    "first_entry": _utc(self.first_entry),
                    "last_entry": _utc(self.last_entry),
                    **visit_said(self.visit),
                },
                "rules": None if self.answer is None else _said(self.answer),
                **_signer_said(signed, earlier),
            }
        )


def addendum_content(
    about: Signable, addendum: Addendum, place: int, signed: Signature, earlier: str | None
) -> bytes:
    """The bytes to be signed of an addendum: what it says, and to which visit it belongs."""
    return canonical(
        {
            "format": FORMAT,
            "about": "addendum",
            "clinic": about.clinic,
            "patient": {"number": about.number},
            "visit": {"id": about.visit_id, "date": about.visit.date.isoformat()},
            "addendum": {"place": place, **_said(addendum)},
            **_signer_said(signed, earlier),
        }
    )


def _signer_said(signed: Signature, earlier: str | None) -> dict[str, Json]:
    return {
        "signer": {
            "user": signed.user,
            "name": signed.name,
            "credentials": signed.credentials,
            "meaning": signed.meaning,
        },
        "time": {"utc": _utc(signed.at), "zone": zone_of(signed.at), **_behind(signed)},
        "earlier": earlier,
    }


def _behind(signed: Signature) -> dict[str, Json]:
    """What was signed while clocks were right has no such member."""
    return {} if signed.newest is None else {"newest": _utc(signed.newest)}


def zone_of(at: dt.datetime) -> str:
    """Distance from UTC as in `+01:00`."""
    return at.isoformat()[-6:] if at.utcoffset() else "+00:00"


# ---------------------------------------------------------------------- values as JSON
def visit_said(visit: Visit) -> dict[str, Json]:
    """A visit as JSON, all that it says; whether it is signed is not part of what is signed."""
    said = _said(replace(visit, signed=None))
    # The members of a set stand in the order in which they were ticked; what they say does not.
    said["findings"] = {
        str(key): sorted(value) if isinstance(value, tuple) else value
        for key, value in visit.findings.items()
    }
    return said


def _said(value: Any) -> dict[str, Json]:
    """The fields of a dataclass that say something. A field of tomorrow, left at its default, is
    not there: what was signed today verifies then too."""
    members = {field.name: (getattr(value, field.name), field) for field in fields(value)}
    return {name: _plain(item) for name, (item, field) in members.items() if item != _usual(field)}


def _usual(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _plain(value: Any) -> Json:
    if isinstance(value, Key):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value):
        return _said(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dt.datetime):
        return _utc(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"no way to sign a {type(value).__name__}")


def _utc(at: dt.datetime | None) -> str | None:
    return None if at is None else at.astimezone(dt.UTC).isoformat()


# ---------------------------------------------------------------------- what came of it
class State(StrEnum):
    """How a visit or an addendum stands."""

    DRAFT = "draft"
    ELSEWHERE = "elsewhere"
    """A file said that it was signed; never by this clinic."""
    VALID = "valid"
    NOT_VALID = "not_valid"


class Fault(StrEnum):
    """Why a signature is not valid."""

    CHANGED = "changed"
    """The record says something else than what was signed."""
    FORGED = "forged"
    """The signature does not belong to the content kept with it."""
    STRANGE_KEY = "strange_key"
    """The key is none of the signer's."""
    OTHER_SIGNER = "other_signer"
    """Name, time or digest beside the content say something else than the content."""
    OTHER_PLACE = "other_place"
    """It was made for another patient, visit, clinic or addendum."""
    MISSING = "missing"
    """There is no signature where one must be."""
    OPENED = "opened"
    """There is a signature, and the record says that the visit is not signed."""
    OUT_OF_ORDER = "out_of_order"
    """The signature before it is not the one that it names."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place at which the record says something else than what was signed."""

    place: tuple[str, ...]
    """As in `("findings", "slr.angle@right")`."""
    signed: str | None
    """As JSON; None where nothing stood."""
    now: str | None


@dataclass(frozen=True, slots=True)
class AddendumValidity:
    """An addendum with what its signature is worth."""

    addendum: Addendum
    state: State
    signed: Signature | None = None
    faults: tuple[Fault, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Validity:
    """A visit with what its signature is worth, as it was found just now."""

    state: State
    date: dt.date
    """Of the service."""
    signed: Signature | None = None
    first_entry: dt.datetime | None = None
    last_entry: dt.datetime | None = None
    faults: tuple[Fault, ...] = ()
    differences: tuple[Difference, ...] = ()
    answer: ShortAnswer | None = None
    """What the rules said at signing; None for what this clinic did not sign."""
    named: Patient | None = None
    """The patient's details at signing, where they were corrected since."""
    addenda: tuple[AddendumValidity, ...] = ()

    @property
    def locked(self) -> bool:
        """Whether the visit can only be read."""
        return self.state is not State.DRAFT

    @property
    def late(self) -> bool:
        """Whether what this clinic signed is a late entry."""
        return self.signed is not None and is_late(self.date, self.first_entry, self.signed.at)


def is_late(date: dt.date, first_entry: dt.datetime | None, signed_at: dt.datetime) -> bool:
    """Whether more than 24 hours lie between a service and its signature (or between it and what
    was first typed).

    The record knows the day of a service, not its hour: where something was typed on that day, the
    first of it counts as the time of the service, else the end of the day.
    """
    day_over = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), signed_at.tzinfo)
    served = day_over
    if first_entry is not None and first_entry.astimezone(signed_at.tzinfo).date() == date:
        served = first_entry
    return signed_at - served > LATE_AFTER


def differences(signed: bytes, now: bytes) -> tuple[Difference, ...]:
    """The places at which two contents differ."""
    then_, now_ = (dict(_leaves(json.loads(content))) for content in (signed, now))
    return tuple(
        Difference(place, then_.get(place), now_.get(place))
        for place in sorted(then_.keys() | now_.keys())
        if then_.get(place) != now_.get(place)
    )


def _leaves(value: Any, place: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict) and value:
        return [leaf for key in value for leaf in _leaves(value[key], (*place, key))]
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [leaf for n, item in enumerate(value) for leaf in _leaves(item, (*place, str(n)))]
    return [(place, canonical(value).decode())]
