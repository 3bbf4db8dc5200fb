"""Papers kept in the record, byte for byte."""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.services.stored import KeptDocument
from clinic_desktop.services.words.translation import _

from .patients import stamp
from .rows import DocumentRow, VisitRow


def keep(session: Session, visit_id: int, kind: str, content: bytes, act: Act) -> int:
    """Keep a paper and give its id. Raises NotFound for a visit that is not there."""
    if session.scalar(select(VisitRow.id).where(VisitRow.id == visit_id)) is None:
        raise NotFound(_("This visit is not in the record."))
    row = DocumentRow(
        visit_id=visit_id,
        kind=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        **stamp(act),
    )
    session.add(row)
    session.flush()
    return row.id


def of_visit(session: Session, visit_id: int) -> tuple[KeptDocument, ...]:
    """The papers of a visit, oldest first."""
    rows = session.scalars(
        select(DocumentRow).where(DocumentRow.visit_id == visit_id).order_by(DocumentRow.id)
    )
    return tuple(
        KeptDocument(
            row.id, row.kind, row.sha256, dt.datetime.fromisoformat(row.changed_at), row.changed_by
        )
        for row in rows
    )


def content(session: Session, document_id: int) -> bytes:
    """The bytes of a paper. Raises NotFound."""
    found = session.scalar(select(DocumentRow.content).where(DocumentRow.id == document_id))
    if found is None:
        raise NotFound(_("This document is not in the record."))
    return found
