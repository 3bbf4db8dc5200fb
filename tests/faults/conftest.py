"""What several tests of faults need: the recorder, built here from its source, and a disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def preload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of `preload.c`; skips where none can be built or loaded."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux and a C compiler: what a process writes is seen below it")
    source = Path(__file__).with_name("preload.c")
    library = tmp_path_factory.mktemp("preload") / "preload.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True
    )
    return library


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes."""
    at = tmp_path / "disk"
    at.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk; the limit on a file's size is tried anyway")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(at)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")
    yield at
    subprocess.run(["umount", str(at)], check=True)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where a test has its clinic."""
    return tmp_path / "clinic"
