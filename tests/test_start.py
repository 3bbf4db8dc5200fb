"""A start loads what the first window needs, and nothing that waits for a click."""

import json
import subprocess
import sys
from pathlib import Path

from tests.records import make_clinic

CASE = Path(__file__).resolve().parent.parent / "resources" / "cases" / "article_1.json"

# Not before the first print, the first change of the database's shape, or ever.
FOR_LATER = {"reportlab", "PIL", "alembic", "mako", "numpy", "pypdfium2", "hypothesis", "pytest"}

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


def first_window(profile: Path) -> tuple[list[bool], set[str]]:
    """The windows that a start shows, and the packages that were loaded for them."""
    started = subprocess.run(
        [sys.executable, "-c", LOOK_AT_THE_FIRST_WINDOW, *make_clinic(profile)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert started.returncode == 0, started.stderr
    told = json.loads(started.stdout)
    return told["windows"], {name.partition(".")[0] for name in told["modules"]}


def test_the_first_window_loads_no_printing_no_migrations_no_numbers_library(
    tmp_path: Path,
) -> None:
    windows, loaded = first_window(tmp_path / "profile")
    assert windows == [True]
    assert "PySide6" in loaded
    assert loaded & FOR_LATER == set()


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
