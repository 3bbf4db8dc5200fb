"""Starts the programs of this folder, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


def counted_by(
    module: str, *arguments: object, more: Mapping[str, str] | None = None
) -> dict[str, float]:
    """Run `python -m tests.faults.MODULE` to its end and give what it counted. Raises
    AssertionError, with what it said, where something did not hold."""
    ended = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{module}", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **(more or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-6000:]
    counted: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return counted
