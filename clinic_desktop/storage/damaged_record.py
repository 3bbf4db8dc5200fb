"""What can be read of a record's file and log, table by table; neither is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.translation import _

from .blank_record import Layout
from .cipher_pages import Pages
from .database import SCHEMA
from .kept_log import KEPT_LOG, log_of
from .keys import VaultKeys
from .trees import Gap, Tree, loose_rows, walk

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
        for found in walk(self.pages, Tree(root, layout.keyed_by)):
            if isinstance(found, Gap):
                gaps.append(found)
            elif (row := layout.row(found)) is not None:
                yield row

    def sequence(self) -> int:
        """The highest number that a patient was ever given, as far as it can be read."""
        root = self._roots.get("sqlite_sequence")
        rows = [] if root is None else list(walk(self.pages, Tree(root)))
        given = [row.values[1] for row in rows if not isinstance(row, Gap)]
        return max((one for one in given if isinstance(one, int)), default=0)


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
