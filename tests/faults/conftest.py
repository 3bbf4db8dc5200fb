"""What several tests of faults need: the recorder, built here from its source."""

from __future__ import annotations

import shutil
import subprocess
import sys
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
