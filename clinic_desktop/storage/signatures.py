"""Signatures and addenda in the record: added and never changed; Ed25519 is checked here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import ForeignKey, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound, SignedVisit
from clinic_desktop.domain.signing import Seal, Signature, zone_of
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Addendum
from clinic_desktop.services.stored import DraftSummary, KeptSeal
from clinic_desktop.services.words.translation import _

from . import answers, courses
from .patients import stamp
from .rows import AddendumRow, CourseRow, Row, UserKeyRow, VisitRow, table_of


class SignatureRow(Row):
    """A signature over a visit (place 0) or one of its addenda, with what was signed."""

    __tablename__ = "signatures"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    digest: Mapped[str]
    signature: Mapped[bytes]
    public_key: Mapped[bytes]
    user_id: Mapped[str]
    name: Mapped[str]
    credentials: Mapped[str]
    meaning: Mapped[str]
    signed_at: Mapped[str]
    """UTC, ISO 8601."""
    zone: Mapped[str]
    """The signer's distance from UTC, as in `+01:00`."""


class AddendumDraftRow(Row):
    """What somebody has typed for an addendum and not added yet."""

    __tablename__ = "addendum_drafts"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    author: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


_SEALS: Final = table_of(SignatureRow)
_KEYS: Final = table_of(UserKeyRow)
_DRAFTS: Final = table_of(AddendumDraftRow)
_INSERT_DRAFT: Final = insert_or_update(_DRAFTS)
_WRITE_DRAFT: Final = _INSERT_DRAFT.on_conflict_do_update(
    index_elements=[_DRAFTS.c.visit_id, _DRAFTS.c.author],
    set_={name: _INSERT_DRAFT.excluded[name] for name in ("text", "changed_at", "changed_by")},
)


# ---------------------------------------------------------------- signing
def sign_visit(session: Session, seal: Seal, act: Act) -> None:
    """Keep a visit's signature and close the visit. Raises NotFound, SignedVisit."""
    if _is_signed(session, seal.visit_id):
        raise SignedVisit(_("This visit is signed already."))
    session.execute(insert(_SEALS), _columns(seal, act))
    own = table_of(VisitRow)
    session.execute(
        update(own)
        .where(own.c.id == seal.visit_id)
        .values(signed=True, signed_here=True, **stamp(act))
    )


def add_addendum(session: Session, addendum: Addendum, seal: Seal, act: Act) -> None:
    """Add a signed addendum to a signed visit; its author's draft goes. Raises NotFound."""
    if not _is_signed(session, seal.visit_id):
        raise NotFound(_("This visit is not signed: change it, it needs no addendum."))
    session.execute(insert(_SEALS), _columns(seal, act))
    session.execute(
        insert(table_of(AddendumRow)),
        {
            "visit_id": seal.visit_id,
            "position": seal.place - 1,
            "at": addendum.at,
            "author": addendum.author,
            "text": addendum.text,
            **stamp(act),
        },
    )
    keep_draft(session, seal.visit_id, seal.signed.user, "", act)


def _is_signed(session: Session, visit_id: int) -> bool:
    row = session.execute(select(VisitRow.signed).where(VisitRow.id == visit_id)).one_or_none()
    if row is None:
        raise NotFound(_("This visit is not in the record."))
    return bool(row.signed)


def _columns(seal: Seal, act: Act) -> dict[str, object]:
    return {
        "visit_id": seal.visit_id,
        "place": seal.place,
        "content": seal.content,
        "digest": seal.digest,
        "signature": seal.signature,
        "public_key": seal.public_key,
        "user_id": seal.signed.user,
        "name": seal.signed.name,
        "credentials": seal.signed.credentials,
        "meaning": seal.signed.meaning,
        "signed_at": seal.signed.at.astimezone(dt.UTC).isoformat(),
        "zone": zone_of(seal.signed.at),
        **stamp(act),
    }


# ---------------------------------------------------------------- reading and checking
def of_course(session: Session, course_id: int) -> tuple[KeptSeal, ...]:
    """The signatures of a course's visits by visit and place, each held against its content."""
    rows = session.execute(
        select(_SEALS, _KEYS.c.user_id.label("owner"))
        .join_from(_SEALS, VisitRow, VisitRow.id == _SEALS.c.visit_id)
        .join(_KEYS, _KEYS.c.public_key == _SEALS.c.public_key, isouter=True)
        .where(VisitRow.course_id == course_id)
        .order_by(_SEALS.c.visit_id, _SEALS.c.place)
    )
    return tuple(_kept(row) for row in rows)


def _kept(row: Any) -> KeptSeal:
    seal = Seal(
        row.visit_id,
        row.place,
        row.content,
        row.digest,
        row.signature,
        row.public_key,
        Signature(
            row.user_id, row.name, row.credentials, _local(row.signed_at, row.zone), row.meaning
        ),
    )
    return KeptSeal(seal, is_genuine(seal), row.owner)


def courses_signed(session: Session) -> Mapping[int, int]:
    """The courses with a visit that was signed here, each with its patient's number."""
    sealed = select(_SEALS.c.visit_id).where(_SEALS.c.visit_id == VisitRow.id).exists()
    rows = session.execute(
        select(CourseRow.id, CourseRow.number)
        .join(VisitRow, VisitRow.course_id == CourseRow.id)
        .where(VisitRow.signed_here.is_(True) | sealed)
        .distinct()
        .order_by(CourseRow.number, CourseRow.id)
    )
    return {row.id: row.number for row in rows}


def is_genuine(seal: Seal) -> bool:
    """Whether the signature was made over the content with the key that is kept beside it."""
    try:
        Ed25519PublicKey.from_public_bytes(seal.public_key).verify(seal.signature, seal.content)
    except (InvalidSignature, ValueError):  # a key of another length is no key
        return False
    return True


def _local(at: str, zone: str) -> dt.datetime:
    """A time as its signer read it; one that somebody has spoilt reads as the beginning of time."""
    try:
        offset = dt.datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").tzinfo
        return dt.datetime.fromisoformat(at).astimezone(offset)
    except (ValueError, OverflowError):
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def answers_of_course(session: Session, course_id: int) -> Mapping[int, ShortAnswer]:
    """What the rules said of each visit of a course, by visit."""
    return {kept.visit_id: kept.answer for kept in answers.of_course(session, course_id)}


# ---------------------------------------------------------------- what is not added yet
def keep_draft(session: Session, visit_id: int, author: str, text: str, act: Act) -> None:
    """Keep what a user has typed for an addendum so far; a blank is forgotten."""
    if text.strip():
        columns = {"visit_id": visit_id, "author": author, "text": text, **stamp(act)}
        session.execute(_WRITE_DRAFT, columns)
    else:
        session.execute(
            delete(_DRAFTS).where(_DRAFTS.c.visit_id == visit_id, _DRAFTS.c.author == author)
        )


def addenda_begun(session: Session, author: str) -> tuple[DraftSummary, ...]:
    """The visits to which somebody has typed an addendum and not added it, oldest first."""
    begun = select(_DRAFTS.c.visit_id).where(_DRAFTS.c.author == author)
    order = (VisitRow.date, VisitRow.id)
    found = courses.summaries(session, VisitRow.id.in_(begun), order)
    return tuple(replace(one, addendum=True) for one in found)


def draft(session: Session, visit_id: int, author: str) -> str:
    """What a user has typed for an addendum, empty where there is nothing."""
    found = session.scalar(
        select(_DRAFTS.c.text).where(_DRAFTS.c.visit_id == visit_id, _DRAFTS.c.author == author)
    )
    return found or ""
