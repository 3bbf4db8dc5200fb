"""A start loads what the first window needs, and nothing that waits for a click."""

import json
import subprocess
import sys
from pathlib import Path

from clinic_desktop.commands.parser import make_parser, parse
from tests.records import make_clinic

CASE = Path(__file__).resolve().parent.parent / "resources" / "cases" / "article_1.json"

# Not before the first print, the first change of the database's shape, or ever.
FOR_LATER = {"reportlab", "PIL", "alembic", "mako", "numpy", "pypdfium2", "hypothesis", "pytest"}

BEHIND_THE_ENTRANCE = {
    "sqlalchemy", "sqlcipher3", "cryptography", "PySide6.QtNetwork", "ui.main_window",
    "clinic_desktop.domain.visits", "clinic_desktop.services.desk", "clinic_desktop.services.ports",
    "clinic_desktop.domain.audit", "concurrent.futures", "getpass", "importlib.resources",
    "logging.handlers", "psutil",
}  # fmt: skip

LOOK_AT_THE_FIRST_WINDOW = """
import json, sys
from PySide6.QtWidgets import QApplication
from clinic_desktop.bootstrap import main

def look(*_):
    QApplication.processEvents()
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    seen = [not window.grab().isNull() for window in shown]
    print(json.dumps({"windows": seen, "modules": sorted(sys.modules)}))
    return 0

QApplication.exec = look
sys.exit(main(sys.argv[1:]))
"""


def first_window(*arguments: str) -> tuple[list[bool], set[str]]:
    """The windows that a start shows, and the modules that were loaded for them."""
    started = subprocess.run(
        [sys.executable, "-c", LOOK_AT_THE_FIRST_WINDOW, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert started.returncode == 0, started.stderr
    told = json.loads(started.stdout)
    return told["windows"], set(told["modules"])


def test_an_icon_that_gives_no_options_means_what_the_command_line_says_without_any() -> None:
    plain, described = vars(parse([])), vars(make_parser().parse_args([]))
    for found in (plain, described):
        assert callable(found.pop("run"))
    assert plain == described


def test_the_first_window_loads_no_printing_no_migrations_no_numbers_library(
    tmp_path: Path,
) -> None:
    windows, loaded = first_window(*make_clinic(tmp_path / "profile"))
    assert windows == [True]
    assert "ui.main_window" in loaded
    assert loaded & FOR_LATER == set()


def test_the_passphrase_is_asked_for_before_what_stands_behind_it_is_loaded(tmp_path: Path) -> None:
    """Each of these takes longer to load than the entrance takes to be painted."""
    make_clinic(tmp_path / "profile")
    windows, loaded = first_window("--profile", str(tmp_path / "profile"))
    assert windows == [True]
    assert "ui.entrance.entrance" in loaded
    assert loaded & (FOR_LATER | BEHIND_THE_ENTRANCE) == set()


def test_asking_for_a_suggestion_loads_no_window_no_database_no_printing() -> None:
    start = "import sys; from clinic_desktop.bootstrap import main"
    code = f"{start}; main(['suggest', {str(CASE)!r}])"
    ask = f"{code}; print(*{{'PySide6', 'sqlalchemy', 'reportlab'}} & set(sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, encoding="utf-8", check=True
    )
    assert said.stderr == ""
    *answer, loaded = said.stdout.splitlines()
    assert answer
    assert loaded == ""


def test_no_source_is_read_while_modules_are_loaded() -> None:
    """PySide would read each one for its name, and keep its lines in memory."""
    looked = (
        "import json, linecache, PySide6.QtCore; before = set(linecache.cache)\n"
        "import ui.main_window; print(json.dumps(list(set(linecache.cache) - before)))"
    )
    started = subprocess.run(
        [sys.executable, "-c", looked], capture_output=True, encoding="utf-8", check=True
    )
    read = [Path(file).as_posix() for file in json.loads(started.stdout)]
    # But for the one that switches it off.
    assert [file for file in read if not file.endswith("/ui/__init__.py")] == []
