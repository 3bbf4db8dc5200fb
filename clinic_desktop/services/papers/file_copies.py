"""The copy of a patient's sheet in the clinician's language: made and kept in the same act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.services.ports import OpenRecord, UnitOfWork

from .kinds import HANDOUT

Render: TypeAlias = Callable[[Handout, str], bytes]
FILE_COPY: Final = "handout_copy"
"""Under which kind the record keeps it."""


def marked_as_copy(same: Handout, sheet_language: str, printed: bytes) -> Handout:
    """The same sheet in the clinician's language, marked as a copy of what was printed.

    It names the language and the digest of the patient's own, so that the two can be held together.
    """
    words = same.words
    language = words.languages[LANGUAGES.index(sheet_language)]
    digest = hashlib.sha256(printed).hexdigest()
    return replace(same, copy_of=words.file_copy.format(language=language, digest=digest))


@dataclass(frozen=True, slots=True)
class CopyMaker:
    """Makes the file copy of a sheet once that is drawn; it holds nothing that changes any more."""

    same: Handout
    """The sheet in the clinician's language."""
    sheet_language: str
    """Of the patient's own."""

    def render(self, render: Render, printed: bytes, paper: str) -> bytes:
        """The copy of the very bytes that were printed, as a PDF. Raises ChartError."""
        return render(marked_as_copy(self.same, self.sheet_language, printed), paper)


def keep_with_copy(
    open_record: OpenRecord, act: Act, visit_id: int, printed: bytes, copy: bytes = b""
) -> int:
    """Keep a sheet and its file copy, where there is one: both or neither. Gives the sheet's id.

    What the newest ones hold already is not kept twice. Raises NotFound, RecordUnavailable.
    """
    with open_record(writing=True) as work:
        sheet_id = _kept(work, act, visit_id, HANDOUT, printed)
        if copy:
            _kept(work, act, visit_id, FILE_COPY, copy)
        work.commit()
    return sheet_id


def _kept(work: UnitOfWork, act: Act, visit_id: int, kind: str, content: bytes) -> int:
    digest = hashlib.sha256(content).hexdigest()
    last = [document for document in work.documents(visit_id) if document.kind == kind][-1:]
    if last and last[0].sha256 == digest:
        return last[0].id
    return work.keep_document(visit_id, kind, content, act)
