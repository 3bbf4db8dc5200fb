"""What every test of a command starts from."""

from pathlib import Path

import pytest

from tests.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal beside a record in which nothing was ever charted."""
    return Terminal(tmp_path, capsys)
