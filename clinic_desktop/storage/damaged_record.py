"""What can be read of a record's file and log, table by table; neither is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.words.translation import _

from .blank_record import Layout
from .cipher_pages import Pages
from .database import SCHEMA
from .kept_log import KEPT_LOG, log_of
from .keys import VaultKeys
from .trees import Gap, Key, ReadRow, Tree, free_pages, loose_rows, rows_on, walk

_SCHEMA_TREE: Final = Tree(1)
_SCHEMA_KINDS: Final = frozenset({"table", "index", "trigger", "view"})
_SCHEMA_COLUMNS: Final = 5


class DamagedRecord:
    """What can be read of a record's file and log."""

    def __init__(self, record: Path, keys: VaultKeys) -> None:
        """Raises OSError; RecordUnavailable where a newer program wrote it."""
        self.pages = Pages(record, log_of(record), keys)
        self._roots = _roots(self.pages)
        kept = record.with_name(KEPT_LOG)
        if kept.exists():
            # Whichever has more of the trail is the later one.
            other = Pages(record, kept, keys)
            roots = _roots(other)
            if _last_entry(other, roots) > _last_entry(self.pages, self._roots):
                self.pages, self._roots = other, roots
        self.revision = self._revision()
        self._reached: set[int] = set()
        """Pages that some table led to."""

    def _revision(self) -> str | None:
        """The schema; None where it cannot be read."""
        root = self._roots.get("alembic_version")
        rows = [] if root is None else list(walk(self.pages, Tree(root)))
        said = [str(row.values[0]) for row in rows if not isinstance(row, Gap)]
        if len(said) != 1 or not (said[0].isascii() and said[0].isdigit()):
            return None
        if said[0] > SCHEMA:
            raise RecordUnavailable(
                _("A newer version of Clinic Desktop wrote this record. Please update this one.")
            )
        return said[0]

    def rows(self, layout: Layout, gaps: list[Gap]) -> Iterator[tuple[Any, ...]]:
        """The rows of a table that can be read; what cannot is added to `gaps`."""
        root = self._roots.get(layout.table)
        if root is None:
            gaps.append(Gap(None, None))
            return
        for found in walk(self.pages, Tree(root, layout.keyed_by), self._reached):
            if isinstance(found, Gap):
                gaps.append(found)
            elif (row := layout.row(found)) is not None:
                yield row

    def loose(
        self, layouts: Mapping[str, Layout], gaps: Mapping[str, Sequence[Gap]]
    ) -> dict[str, list[tuple[Any, ...]]]:
        """Rows on whole pages that no table leads to any more, because a page above them is
        damaged; after `rows` of every table.

        A page is taken only where it is known not to be free, every row on it can be a row of one
        table and of no other in which something is missing, and all its keys lie in one gap.
        """
        free = free_pages(self.pages)
        broken = [layouts[name] for name, found in gaps.items() if found and name in layouts]
        taken: dict[str, dict[Key, tuple[Any, ...]]] = {layout.table: {} for layout in broken}
        doubled: set[str] = set()
        for number in self.pages.numbers if free is not None and broken else ():
            if number in self._reached or number in (free or ()):
                continue
            # Most such pages are of indexes: their first row is of no table already.
            if not any(_is_of(layout, rows_on(self.pages, number, 1)) for layout in broken):
                continue
            rows = rows_on(self.pages, number)
            fitting = [one for one in broken if _fits(one, rows, gaps[one.table])]
            if len(fitting) == 1:
                found = taken[fitting[0].table]
                before = len(found)
                found |= {_key(fitting[0], row): fitting[0].row(row) or () for row in rows}
                if len(found) != before + len(rows):
                    doubled.add(fitting[0].table)
        return {name: list(rows.values()) for name, rows in taken.items() if name not in doubled}

    def sequence(self) -> int:
        """The highest number that a patient was ever given, as far as it can be read."""
        root = self._roots.get("sqlite_sequence")
        rows = [] if root is None else list(walk(self.pages, Tree(root)))
        given = [row.values[1] for row in rows if not isinstance(row, Gap)]
        return max((one for one in given if isinstance(one, int)), default=0)


def _is_of(layout: Layout, rows: Sequence[ReadRow]) -> bool:
    """Whether rows can be a table's, by what kind of values they hold."""
    numbered = len(rows) > 0 and len(rows[0].key) == 1 != len(rows[0].values)
    if not rows or numbered is bool(layout.keyed_by):
        return False
    found = [layout.row(row) for row in rows]
    return all(row is not None and layout.can_be(row) for row in found)


def _fits(layout: Layout, rows: Sequence[ReadRow], gaps: Sequence[Gap]) -> bool:
    """Whether rows can be a table's, in their order, and all stand in one of its gaps."""
    # First what kind of values they are: keys of two kinds cannot even be compared.
    if not _is_of(layout, rows):
        return False
    keys = [_key(layout, row) for row in rows]
    in_order = all(one < other for one, other in pairwise(keys))
    return in_order and any(all(gap.holds(key) for key in keys) for gap in gaps)


def _key(layout: Layout, row: ReadRow) -> Key:
    """By which a row stands in its table."""
    return row.key[: layout.keyed_by] if layout.keyed_by else row.key


def _roots(pages: Pages) -> dict[str, int]:
    """Where each table begins, by its name."""
    read = list(walk(pages, _SCHEMA_TREE))
    rows = [row.values for row in read if not isinstance(row, Gap)]
    found = {row[1]: row[3] for row in rows if row[0] == "table"}
    if any(isinstance(row, Gap) for row in read):
        loose: dict[str, set[int]] = defaultdict(set)
        for leaf in loose_rows(pages):
            if all(len(row.values) == _SCHEMA_COLUMNS and row.values[0] in _SCHEMA_KINDS
                   for row in leaf):  # fmt: skip
                for row in leaf:
                    loose[row.values[1]].add(row.values[3])
        # What an older page names otherwise is not known any more.
        found |= {name: min(at) for name, at in loose.items() if name not in found and len(at) == 1}
    return found


def _last_entry(pages: Pages, roots: dict[str, int]) -> int:
    root = roots.get("audit")
    rows = walk(pages, Tree(root)) if root is not None else iter(())
    return max((row.key[0] for row in rows if not isinstance(row, Gap)), default=0)
