"""A record on a real disk for each test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.storage.database import Database
from tests.records import opened


@pytest.fixture
def act() -> Act:
    """Anna, on a morning in November."""
    return Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty record."""
    database = opened(tmp_path)
    yield database
    database.close()


@pytest.fixture
def past_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """As somebody with the keys and a program of their own: only triggers stand in the way."""
    monkeypatch.setattr("clinic_desktop.storage.engine._allowed", lambda *_: 0)
