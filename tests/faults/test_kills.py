"""Killed with -9 at whatever it does (reliability.md, section 7, lines 1, 3, 5 to 9).

What was counted is printed at the end of the run (`record_property`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.running import counted_by

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="there is no fork and no kill -9"),
    pytest.mark.timeout(7200),
]


@pytest.mark.parametrize(
    ("what", "few", "many"),
    [
        ("saving", 15, 200),
        ("signing", 8, 60),  # each looks at all signatures so far
        ("passphrase", 15, 300),
        ("backing_up", 8, 200),
        ("restoring", 8, 200),
        ("rescuing", 4, 100),
    ],
)
def test_killed_again_and_again(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
    what: str,
    few: int,
    many: int,
) -> None:
    """Nothing acknowledged is lost, nothing is half, and the next start asks nothing."""
    for name, count in counted_by("killing", what, tmp_path, tries(few, many), 7).items():
        record_property(name, count)


def test_killed_at_the_statements_of_the_migrations(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """The record is the old one or the new one. With `--long` each statement of each schema; as a
    rule every twelfth of the first and of the last."""
    for name, count in counted_by("killing", "migrating", tmp_path, tries(12, 1), 7).items():
        record_property(name, count)
