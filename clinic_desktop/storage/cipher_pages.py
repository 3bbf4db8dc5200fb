"""Reads single pages of a damaged record, each proven by its own tag; changes no file.

SQLCipher reads nothing of a file whose first page or schema is damaged, and moves the log into the
file as it closes. A rescue therefore reads by itself, by the published format (SQLCipher 4: each
page AES-256-CBC, with an HMAC-SHA512 over ciphertext, IV and page number).
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .keys import SALT_BYTES, VaultKeys

PAGE: Final = 4096
_IV, _TAG = 16, 64
RESERVED: Final = _IV + _TAG
"""Bytes at the end of each page that hold no content."""
_MAGIC: Final = b"SQLite format 3\0"
_MASK: Final = 0x3A
"""What SQLCipher turns the salt with for the key of the tags."""
_LOG_HEAD, _FRAME_HEAD = 32, 24
_FRAME: Final = _FRAME_HEAD + PAGE
_MOST_GUESSES: Final = 32
"""Frames of unknown place that are tried against every page number."""


class PageKeys:
    """Proves and decrypts single pages."""

    def __init__(self, keys: VaultKeys) -> None:
        self._key = keys.database
        salt = bytes(byte ^ _MASK for byte in keys.salt)
        self._tag_key = hashlib.pbkdf2_hmac("sha512", keys.database, salt, 2, 32)

    def proven(self, number: int, page: bytes) -> bool:
        """Whether these bytes were written as the page of this number."""
        if len(page) != PAGE:
            return False
        start = SALT_BYTES if number == 1 else 0
        sealed = page[start:-_TAG] + struct.pack("<I", number)
        tag = hmac.digest(self._tag_key, sealed, "sha512")
        return hmac.compare_digest(tag, page[-_TAG:])

    def opened(self, number: int, page: bytes) -> bytes:
        """The content of a page that was proven, as long as the page."""
        start = SALT_BYTES if number == 1 else 0
        cipher = Cipher(algorithms.AES256(self._key), modes.CBC(page[-RESERVED:-_TAG]))
        plain = cipher.decryptor().update(page[start:-RESERVED])
        return (_MAGIC if number == 1 else b"") + plain + bytes(RESERVED)


@dataclass(frozen=True, slots=True)
class Log:
    """What the write-ahead log says of pages, newest last word; None for a page whose newest
    content is damaged: what the file has of it is older than everything around it."""

    pages: dict[int, bytes | None] = field(default_factory=dict)
    ends_early: bool = False
    """Whether what came last in it cannot be read."""

    @classmethod
    def read(cls, content: bytes, keys: PageKeys, pages: int) -> Self:
        """The committed changes of a log; beyond a damaged frame too, where it is known of which
        page it was. A file of so many pages lies beside it.

        Damage in the last change of all is taken as SQLite does: that change never was. The power
        may have gone while it was written.
        """
        frames = list(_frames(content))
        ends = [at for at, frame in enumerate(frames) if frame.commits]
        torn = len(content) > _LOG_HEAD and (len(content) - _LOG_HEAD) % _FRAME != 0
        torn = torn or len(frames) > (ends[-1] + 1 if ends else 0)
        if not ends:
            return cls(ends_early=torn)
        frames = _placed(frames[: ends[-1] + 1], keys, pages)
        count = len(frames)
        bad = next((at for at, frame in enumerate(frames) if not frame.good), None)
        before_last = ends[-2] + 1 if len(ends) > 1 else 0
        if bad is not None and bad >= before_last:
            frames = frames[:before_last]
        lost = next((at for at, frame in enumerate(frames) if not frame.page), None)
        if lost is not None:  # any page may be older than it looks: only what came before is sure
            frames = frames[: max((end + 1 for end in ends if end < lost), default=0)]
        newest = {frame.page: frame.content if frame.good else None for frame in frames}
        return cls(newest, torn or len(frames) < count)


@dataclass(frozen=True, slots=True)
class _Frame:
    page: int
    """0 where it is not known."""
    commits: bool
    content: bytes
    good: bool = False


def _frames(content: bytes) -> Iterator[_Frame]:
    """The frames of the log's present round; those after them were left by an earlier one."""
    starts = range(_LOG_HEAD, len(content) - _FRAME + 1, _FRAME)
    heads = [struct.unpack(">6I", content[at : at + _FRAME_HEAD]) for at in starts]
    if not heads:
        return
    salts = [head[2:4] for head in heads]
    # The log's own head may be damaged as well as any frame's; of two salts one is still right.
    named = struct.unpack(">2I", content[16:24])
    present = named if named in salts else Counter(salts).most_common(1)[0][0]
    ours = (salt[0] == present[0] or salt[1] == present[1] for salt in salts)
    last = max(at for at, one in enumerate(ours) if one)
    for at, head in zip(starts[: last + 1], heads, strict=False):
        whole = head[2:4] == present
        yield _Frame(head[0] if whole else 0, head[1] > 0, content[at + _FRAME_HEAD : at + _FRAME])


def _placed(frames: list[_Frame], keys: PageKeys, pages: int) -> list[_Frame]:
    """Each frame with the page that it is proven to be; where none, with the page it names."""
    most = max([pages, *(frame.page for frame in frames if frame.page < 2 * pages + 10_000)])
    placed, guesses = [], 0
    for frame in frames:
        page, good = frame.page, keys.proven(frame.page, frame.content) if frame.page else False
        if not good and guesses < _MOST_GUESSES:
            guesses += 1
            right = (n for n in range(1, most + 1) if keys.proven(n, frame.content))
            found = next(right, None)
            page, good = (found, True) if found else (page if page <= most else 0, False)
        placed.append(_Frame(page, frame.commits, frame.content, good))
    return placed


class Pages:
    """The pages of a record as they were last, from its file and log."""

    def __init__(self, record: Path, log: Path, keys: VaultKeys) -> None:
        """Raises OSError where a file cannot be read at all; one that is not there is empty."""
        self._keys = PageKeys(keys)
        self._file = _content_of(record)
        self._log = Log.read(_content_of(log), self._keys, len(self._file) // PAGE)
        self.unreadable: set[int] = set()
        """Pages that were asked for and could not be proven."""

    @property
    def end_early(self) -> bool:
        """Whether the last changes of all stand where they cannot be read."""
        return self._log.ends_early

    @property
    def numbers(self) -> range:
        """The numbers that pages may have."""
        return range(1, max([len(self._file) // PAGE, *self._log.pages]) + 1)

    def read(self, number: int) -> bytes | None:
        """The content of a page; None where it is damaged or not there."""
        page = self._raw(number)
        if page is None:
            self.unreadable.add(number)
            return None
        return self._keys.opened(number, page)

    def _raw(self, number: int) -> bytes | None:
        if number in self._log.pages:
            return self._log.pages[number]
        page = self._file[(number - 1) * PAGE : number * PAGE] if number > 0 else b""
        return page if self._keys.proven(number, page) else None


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
