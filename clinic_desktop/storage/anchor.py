"""The head of the audit trail, kept outside the record: what is missing from the record shows."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clinic_desktop.domain.audit import AuditHead
from clinic_desktop.domain.errors import RecordBehind
from clinic_desktop.services.whole_files import replace_file
from clinic_desktop.services.words.translation import _

_SLOT: Final = 512
"""Bytes; two of them are written in turns, so that one is always whole."""
_MAC: Final = 32


@dataclass(frozen=True, slots=True)
class Anchored:
    """What was noted outside."""

    generation: str
    """Of the record."""
    head: AuditHead


def refuse_what_is_behind(
    noted: Anchored | None, head: AuditHead, generation: str, hash_at: Callable[[int], str | None]
) -> None:
    """Raise RecordBehind where the record lacks what was noted outside it.

    A record ahead of the note lost nothing; one just restored, in a newer generation than the note,
    lacks what it lacks on purpose.
    """
    if noted is None:
        if head.seq > 0:
            raise RecordBehind(
                _(
                    "The note beside the record that shows whether something is missing in it is"
                    " gone or damaged. Nothing else was found wrong."
                )
            )
        return
    if noted.generation < generation:
        return
    if noted.head.seq > head.seq:
        raise RecordBehind(
            _(
                "Entries are missing in the record: its audit trail ends at number {found}, and"
                " {noted} were written, so {missing} are missing. An older file may have been put"
                " back, or the file of the last changes is gone."
            ).format(found=head.seq, noted=noted.head.seq, missing=noted.head.seq - head.seq)
        )
    if hash_at(noted.head.seq) != noted.head.hash:
        raise RecordBehind(
            _(
                "The record is not the one that was here before: entry {seq} of its audit trail is"
                " another."
            ).format(seq=noted.head.seq)
        )


class Anchor:
    """The file with the head.

    It is written after each commit and not flushed: a power cut may leave it behind the record,
    never before it, and behind is no loss. So a commit costs one flush and no more.
    """

    def __init__(self, path: Path, key: bytes, generation: str) -> None:
        self._path = path
        self._key = key
        self._generation = generation
        self._last = -1

    def read(self) -> Anchored | None:
        """The newer of the two slots that are whole; None where there is none."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return None
        slots = (content[:_SLOT], content[_SLOT : 2 * _SLOT])
        found = [anchored for slot in slots if (anchored := self._of(slot)) is not None]
        return max(found, key=lambda one: (one.generation, one.head.seq), default=None)

    def write(self, head: AuditHead) -> None:
        """Note a head; an older one than the last is passed over. Where it cannot be written the
        commit stands all the same: the next one tries again."""
        if head.seq <= self._last:
            return
        with suppress(OSError):
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            with os.fdopen(handle, "r+b") as file:
                file.seek(_SLOT * (head.seq % 2))
                file.write(self._slot(head))
            self._last = head.seq

    def begin(self, head: AuditHead) -> None:
        """Note the head of a new record in place of whatever stood there, in one step: a note that
        is gone for a moment would be missed by a start after a crash."""
        self._last = -1
        with suppress(OSError):
            replace_file(self._path, bytes(_SLOT * (head.seq % 2)) + self._slot(head))
            self._last = head.seq
        self.write(head)  # where it came to nothing: without any note the next start would ask

    def flush(self) -> None:
        """Make it durable, when nobody waits for it."""
        with suppress(OSError):
            handle = os.open(self._path, os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _slot(self, head: AuditHead) -> bytes:
        text = json.dumps([self._generation, head.seq, head.hash]).encode()
        return (hmac.digest(self._key, text, "sha256") + text).ljust(_SLOT, b"\0")

    def _of(self, slot: bytes) -> Anchored | None:
        mac, text = slot[:_MAC], slot[_MAC:].rstrip(b"\0")
        if len(slot) != _SLOT or not hmac.compare_digest(
            mac, hmac.digest(self._key, text, "sha256")
        ):
            return None
        generation, seq, digest = json.loads(text)
        return Anchored(generation, AuditHead(seq, digest))
