"""Keeps every test off the screen and out of the real user's folders."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

# A slow or busy machine is no fault of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# All of this before anything imports Qt or asks for a user folder.
_HOME = Path(tempfile.mkdtemp(prefix="clinic-desktop-tests-"))
_FOLDERS = {
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
    "APPDATA": "config",
    "LOCALAPPDATA": "data",
}
for _variable, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_variable] = str(_HOME / _folder)
os.environ.update(HOME=str(_HOME), USERPROFILE=str(_HOME), LANG="C.UTF-8", LC_ALL="C.UTF-8")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _variable in ("LANGUAGE", "CLINIC_DESKTOP_PROFILE"):
    os.environ.pop(_variable, None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--long`: the long tier of the tests that try inputs and faults by the thousand."""
    parser.addoption("--long", action="store_true", help="try many times as many inputs and faults")


@pytest.fixture(scope="session")
def tries(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often to try something: the first figure as a rule, the second with `--long`."""
    long = bool(request.config.getoption("--long"))
    return lambda few, many: many if long else few


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was counted, by tests that count (`record_property`)."""
    reports = [
        report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)
    ]
    counts = [count for report in reports for count in report.user_properties]
    if counts:
        terminalreporter.section("counted")
    for name, count in counts:
        terminalreporter.line(f"{name}: {count}")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The style that the program begins with."""
    from ui.style import FUSION

    return [sys.argv[0], *FUSION]


@pytest.fixture
def qtbot(qapp: "QApplication", request: pytest.FixtureRequest) -> "QtBot":
    """Waits at the window, however slow the machine is."""
    from tests.patient import PatientBot

    return PatientBot(request)


@pytest.fixture(autouse=True)
def distances_in_km() -> Iterator[None]:
    """Ends each test in the unit that every clinic begins with."""
    yield
    from clinic_desktop.services.words import distances

    distances.install(distances.KM)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Ends each test in the language that every program begins with."""
    yield
    from clinic_desktop.services.words import translation

    if translation.in_use() != translation.ENGLISH:
        from ui.languages import speak

        speak(translation.ENGLISH)


@pytest.fixture(autouse=True)
def own_user_folders(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Gives each test, and what it starts, user folders in which nothing was ever kept."""
    folder = Path(tempfile.mkdtemp(dir=_HOME))
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(folder / _FOLDERS[variable]))
    if os.name == "nt":  # there no variable moves the user's folders
        monkeypatch.setenv("CLINIC_DESKTOP_PROFILE", str(folder / "data" / "clinic-desktop"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure() -> None:
    """Removes the made-up home."""
    shutil.rmtree(_HOME, ignore_errors=True)
