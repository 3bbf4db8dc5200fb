"""Walks the tables of a damaged record: each row that can be read, and each gap by its keys.

By the published format of SQLite's files (sqlite.org, Database File Format): b-trees of pages, a
row a cell; what is too long for a page goes on in overflow pages. A page that cannot be proven, or
whose rows do not stand in order between those around it, is a gap; nothing is ever guessed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from .cipher_pages import PAGE, RESERVED, Pages

Key = tuple[Any, ...]
_USABLE: Final = PAGE - RESERVED
_FILE_HEAD: Final = 100
"""Bytes of the first page before its tree begins."""
_TABLE_LEAF, _TABLE_INSIDE, _INDEX_LEAF, _INDEX_INSIDE = 13, 5, 10, 2
_MOST_LOCAL: Final = {
    _TABLE_LEAF: _USABLE - 35,
    _INDEX_LEAF: (_USABLE - 12) * 64 // 255 - 23,
    _INDEX_INSIDE: (_USABLE - 12) * 64 // 255 - 23,
}
"""Bytes of a row that stay on its page where it is no longer."""
_LEAST_LOCAL: Final = (_USABLE - 12) * 32 // 255 - 23
_DEEPEST: Final = 20
_LARGEST_ROW: Final = 1 << 30
_WHOLE_NUMBERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of a whole number by its type in a row."""


class Unreadable(Exception):
    """Bytes that are not what they should be."""


_STRANGE: Final = (Unreadable, IndexError, TypeError, ValueError, struct.error)
"""What reading a page raises that is not what it should be."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Keys between two others whose rows cannot be read; None where it has no end."""

    after: Key | None
    before: Key | None

    def holds(self, key: Key) -> bool:
        """Whether a row of this key, or of one that begins so, may have stood in it."""
        size = len(key)
        late = self.after is None or self.after < key or self.after[:size] == key != self.after
        return late and (self.before is None or key < self.before)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it is stored: where the key is a number of its own, its column holds None."""

    key: Key
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Where a table begins, and how many of its first columns are its key; 0 where each row has a
    number of its own."""

    root: int
    keyed_by: int = 0


def walk(pages: Pages, tree: Tree, reached: set[int] | None = None) -> Iterator[ReadRow | Gap]:
    """Every row of a table in the order of its keys, and a gap for what cannot be read. The pages
    that it comes to are added to `reached`; none that is there already is read once more."""
    yield from _Walk(pages, tree.keyed_by, reached).below(tree.root, None, None, 0)


def rows_on(pages: Pages, number: int, most: int | None = None) -> tuple[ReadRow, ...]:
    """The rows that stand on one page, wherever it belongs, or the first ones; none where it is no
    page of rows. Without a number of its own a row's key is all of it."""
    page = pages.read(number)
    if page is None or number == 1:
        return ()
    keyed = page[0] in (_INDEX_LEAF, _INDEX_INSIDE)
    try:
        cells = _Walk(pages, int(keyed)).cells(page, number, most)[0]
    except _STRANGE:
        return ()
    if any(cell.values is None for cell in cells):
        return ()
    return tuple(
        ReadRow(cell.values if keyed else cell.key, cell.values)
        for cell in cells
        if cell.values is not None
    )


def free_pages(pages: Pages) -> set[int] | None:
    """Pages that hold nothing any more, though they look as if; None where that cannot be read."""
    first = pages.read(1)
    if first is None:
        return None
    number, left = struct.unpack_from(">2I", first, 32)
    free: set[int] = set()
    while number:
        page = pages.read(number)
        if page is None or number in free:
            return None
        free.add(number)
        following, count = struct.unpack_from(">2I", page)
        if count > (_USABLE - 8) // 4:
            return None
        free.update(struct.unpack_from(f">{count}I", page, 8))
        number = following
    return free if len(free) == left else None


def loose_rows(pages: Pages) -> Iterator[tuple[ReadRow, ...]]:
    """The rows of each readable leaf whose rows have numbers, whatever table it is of."""
    reader = _Walk(pages, 0)
    for number in pages.numbers:
        page = pages.read(number)
        if page is not None and page[_FILE_HEAD * (number == 1)] == _TABLE_LEAF:
            try:
                cells = reader.cells(page, number)[0]
            except _STRANGE:
                continue
            yield tuple(ReadRow(c.key, c.values) for c in cells if c.values is not None)


@dataclass(slots=True)
class _Cell:
    key: Key
    values: tuple[Any, ...] | None
    """None where the row goes on where it cannot be read, or where it is none."""
    child: int = 0


class _Walk:
    def __init__(self, pages: Pages, keyed_by: int, seen: set[int] | None = None) -> None:
        self._pages = pages
        self._keyed_by = keyed_by
        self._seen = seen if seen is not None else set()

    def below(
        self, number: int, after: Key | None, before: Key | None, depth: int
    ) -> Iterator[ReadRow | Gap]:
        """What stands on a page and below it, all of it between two keys."""
        try:
            cells, inside, last = self._checked(number, after, before, depth)
        except _STRANGE:
            yield Gap(after, before)
            return
        for at, cell in enumerate(cells):
            if inside:
                # Where rows have numbers, the last of them below is the one named here.
                end = cell.key if self._keyed_by else (cell.key[0] + 1,)
                yield from self.below(cell.child, after, end, depth + 1)
            if cell.values is not None:
                yield ReadRow(cell.key, cell.values)
            elif self._keyed_by or not inside:
                yield Gap(after, cells[at + 1].key if at + 1 < len(cells) else before)
            after = cell.key
        if inside:
            yield from self.below(last, after, before, depth + 1)

    def _checked(
        self, number: int, after: Key | None, before: Key | None, depth: int
    ) -> tuple[list[_Cell], bool, int]:
        """A page that is met for the first time, with its keys in order between two others."""
        if number in self._seen or depth > _DEEPEST:
            raise Unreadable
        self._seen.add(number)
        page = self._pages.read(number)
        if page is None:
            raise Unreadable
        cells, inside, last = self.cells(page, number)
        keys = [cell.key for cell in cells]
        first, end = after, before
        if inside and not self._keyed_by and before is not None:
            end = (before[0] + 1,)
        bounded = [key for key in (first, *keys, end) if key is not None]
        if any(one >= other for one, other in pairwise(bounded)):
            raise Unreadable
        return cells, inside, last

    def cells(
        self, page: bytes, number: int, most: int | None = None
    ) -> tuple[list[_Cell], bool, int]:
        """The cells of a page, or the first ones, whether pages stand below it, and the last of
        these."""
        at = _FILE_HEAD if number == 1 else 0
        kind = page[at]
        inside = kind in (_TABLE_INSIDE, _INDEX_INSIDE)
        if kind not in ((_INDEX_LEAF, _INDEX_INSIDE) if self._keyed_by else (5, _TABLE_LEAF)):
            raise Unreadable
        (count,) = struct.unpack_from(">H", page, at + 3)
        (last,) = struct.unpack_from(">I", page, at + 8) if inside else (0,)
        starts = struct.unpack_from(f">{count}H", page, at + (12 if inside else 8))
        return [self._cell(page, kind, start) for start in starts[:most]], inside, last

    def _cell(self, page: bytes, kind: int, at: int) -> _Cell:
        child = 0
        if kind in (_TABLE_INSIDE, _INDEX_INSIDE):
            (child,) = struct.unpack_from(">I", page, at)
            at += 4
        if kind == _TABLE_INSIDE:
            return _Cell((_varint(page, at)[0],), None, child)
        size, at = _varint(page, at)
        if kind == _TABLE_LEAF:
            number, at = _varint(page, at)
            payload, _begun = self._payload(page, kind, at, size)
            key: Key = (number,)
            return _Cell(key, None if payload is None else _columns(payload))
        payload, begun = self._payload(page, kind, at, size)
        key = _columns(begun, self._keyed_by)
        return _Cell(key, None if payload is None else _columns(payload), child)

    def _payload(self, page: bytes, kind: int, at: int, size: int) -> tuple[bytes | None, bytes]:
        """A row's bytes, None where some cannot be read, and those of them on this page."""
        most = _MOST_LOCAL[kind]
        local = size
        if size > most:
            local = _LEAST_LOCAL + (size - _LEAST_LOCAL) % (_USABLE - 4)
            local = local if local <= most else _LEAST_LOCAL
        begun = page[at : at + local]
        if len(begun) < local or at + local > _USABLE or size > _LARGEST_ROW:
            raise Unreadable
        if local == size:
            return begun, begun
        (following,) = struct.unpack_from(">I", page, at + local)
        rest = self._overflow(following, size - local)
        return None if rest is None else begun + rest, begun

    def _overflow(self, number: int, left: int) -> bytes | None:
        parts = []
        while left > 0:
            page = self._pages.read(number) if number not in self._seen else None
            if page is None:
                return None
            self._seen.add(number)
            parts.append(page[4 : min(4 + left, _USABLE)])
            left -= len(parts[-1])
            (number,) = struct.unpack_from(">I", page)
        return b"".join(parts)


# -------------------------------------------------------------------- a row's bytes
def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = content[at]
    if value < 0x80:
        return value, at + 1
    value &= 0x7F
    for step in range(1, 8):
        byte = content[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    value = value << 8 | content[at + 8]
    return (value - (1 << 64) if value >> 63 else value), at + 9


def _columns(row: bytes, first: int | None = None) -> tuple[Any, ...]:
    """The values of a row, or its first ones. Raises Unreadable where they are not all there."""
    end, at = _varint(row, 0)
    body = end
    values: list[Any] = []
    while at < end and (first is None or len(values) < first):
        kind, at = _varint(row, at)
        value, body = _value(row, kind, body)
        values.append(value)
    if at > end or (first is not None and len(values) < first):
        raise Unreadable
    return tuple(values)


def _value(row: bytes, kind: int, at: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    size = _WHOLE_NUMBERS.get(kind) or (8 if kind == 7 else (kind - 12) // 2)
    content = row[at : at + size]
    if len(content) < size or kind in (10, 11) or kind < 0:
        raise Unreadable
    if kind < 7:
        return int.from_bytes(content, "big", signed=True), at + size
    if kind == 7:
        return struct.unpack(">d", content)[0], at + size
    return (content.decode("utf-8") if kind % 2 else content), at + size
