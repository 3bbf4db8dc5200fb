"""A generation that was begun and never used goes; one that may be needed never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic_desktop.storage.generations import MARK, begin_generation, clear_unfinished
from clinic_desktop.storage.places import Places
from tests.records import opened


@pytest.mark.parametrize("left", [(), (f"{MARK}.part",), (MARK,), (MARK, "record.db")])
def test_what_a_killed_restore_leaves_is_gone_after_the_next_start(
    tmp_path: Path, left: tuple[str, ...]
) -> None:
    """Killed after the folder, within its mark, after it, or with half a record in it."""
    opened(tmp_path).close()
    folder = tmp_path / "gen-0002"
    folder.mkdir()
    for name in left:
        (folder / name).write_bytes(b"half of wh")
    assert clear_unfinished(Places(tmp_path)) == 1
    assert not folder.exists()
    assert (tmp_path / "gen-0001" / "record.db").exists()


def test_one_being_made_and_one_that_was_in_use_stay(tmp_path: Path) -> None:
    opened(tmp_path).close()
    earlier = tmp_path / "gen-0000"
    earlier.mkdir()
    (earlier / "record.db").write_bytes(b"a record of before")
    made = begin_generation(Places(tmp_path))
    assert clear_unfinished(Places(tmp_path)) == 0
    assert (tmp_path / made / MARK).exists()
    assert (earlier / "record.db").exists()
