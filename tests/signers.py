"""Signers for tests: people with real Ed25519 keys, and the clinic that knows them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.people import User
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Activity, Decision, PlanChoice, Retest, Visit
from clinic_desktop.services.ports import OpenRecord, Signer
from clinic_desktop.services.visit.signing import Pen
from clinic_desktop.storage import locks

PASSPHRASE = "correct horse battery staple"
ANNA = User("u-anna", "Anna Muster", "PT", Role.THERAPIST)
BEN = User("u-ben", "Ben Beispiel", "PT, OCS", Role.THERAPIST)
NOW = dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC)
ANSWER = ShortAnswer("2026.11.1", "a" * 64, "red_flag", (), (), (("dvt", "E"),))
CHARTED = Visit(
    NOW.date(),
    {Key("slr.angle", Side.RIGHT): 58, Key("note.plan"): "Ease off the hills."},
    retests=(Retest("slider_seated", "bridge.pain", Side.RIGHT, 6, 3),),
    plan=(PlanChoice("slider_seated", "2 x 10"),),
    notes_on={"slr.result": "Stopped at once."},
    psfs=(Activity("Run 5 km", 4),),
    decision=Decision("pattern_2", True, "Fits."),
    signed=False,
)
"""What they sign, with the rules' answer to it."""


class OwnKey:
    """A key that is the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)


@dataclass(slots=True)
class Staff:
    """People who sign in one clinic's record; it knows their keys."""

    open_record: OpenRecord
    entered: set[str] = field(default_factory=set)

    def pen(self, user: User, seed: str = "") -> Pen:
        """A user's pen with a key that the clinic knows from now on as theirs."""
        key, act = OwnKey(seed or user.id), Act("Admin", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        with self.open_record(writing=True) as work:
            if user.id not in self.entered:
                work.add_user(user, key.public_key, act)
                self.entered.add(user.id)
            elif work.owner_of_key(key.public_key) is None:
                work.add_user_key(user.id, key.public_key, act)
            work.commit()
        return Pen(user, key, "clinic-1")


@contextmanager
def past_the_locks(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The record without its triggers, as somebody with its key can have it; they come back."""
    with engine.connect() as connection:
        locks.remove(connection)
        yield connection
        locks.install(connection)
        connection.commit()
    engine.dispose()


@dataclass(slots=True)
class Confirm:
    """Gives the key for the right passphrase, and counts how often it was asked."""

    signer: Signer
    asked: int = 0

    def __call__(self, passphrase: str) -> Signer:
        self.asked += 1
        if passphrase != PASSPHRASE:
            raise ChartError("This is not your passphrase.")
        return self.signer
