"""The house rules that no linter holds."""

import ast
import importlib.metadata
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("clinic_desktop", "ui", "reports", "resources")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
VAGUE_NAMES = {"utils", "helpers", "manager", "common", "misc", "mixed"}
FONT_SUFFIXES = {".ttf", ".otf", ".ttc", ".woff", ".woff2", ".pfb", ".eot"}
FONT_STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"ttcf", b"wOFF", b"wOF2")

# Put together here, so that this file does not hold what it looks for.
HOSTS = re.compile(r"(py" r"pi|python" r"hosted|npm" r"js|deb" r"ian)\.(org|net|com|io)\b")
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(work/(main|shared)|ro" r"ot/|ho" r"me/\w|Us" r"ers/\w|opt/py)"
)
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def project_files() -> Iterator[Path]:
    """Every file that is the project's own, whether git knows it yet or not."""
    made = {"__pycache__", "build", "dist", "demo-output", "htmlcov"}
    for folder, folders, names in os.walk(ROOT):
        own = (name for name in folders if name not in made)
        folders[:] = [name for name in own if name == ".ci" or not name.startswith(".")]
        yield from (Path(folder, name) for name in names if name not in {".coverage", ".git"})


def text_files() -> Iterator[tuple[str, str]]:
    """The place and the text of each file that is text."""
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content and path.suffix not in {".pdf", ".png", ".mo"}:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8")


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """The place, the text and the tree of each Python file."""
    for place, text in text_files():
        if place.endswith(".py"):
            yield place, text, ast.parse(text)


def shipped_modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Those of them that go into the wheel."""
    return (module for module in modules() if module[0].split("/")[0] in SHIPPED)


def other_owners() -> dict[str, list[str]]:
    """Who else installs a package of one of our names, and which."""
    owners = importlib.metadata.packages_distributions()
    found = {name: set(owners.get(name, ())) - {"clinic-desktop"} for name in (*SHIPPED, "tests")}
    return {name: sorted(others) for name, others in found.items() if others}


def test_nobody_else_installs_our_packages() -> None:
    assert other_owners() == {}


def test_a_stranger_who_installs_reports_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = tmp_path / "stranger-1.0.dist-info"
    stranger.mkdir()
    (stranger / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (stranger / "RECORD").write_text("reports/__init__.py,,\n")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert other_owners() == {"reports": ["stranger"]}


def test_files_stay_short() -> None:
    lengths = {place: len(text.splitlines()) for place, text, _ in modules()}
    assert {place: n for place, n in lengths.items() if n >= LONGEST_FILE} == {}


def test_functions_stay_short() -> None:
    long = [
        f"{place}:{node.lineno} {node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for place, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 >= LONGEST_FUNCTION
    ]
    assert long == []


def test_every_module_says_in_one_line_what_it_is() -> None:
    first_lines = {
        place: (ast.get_docstring(tree) or "").partition("\n")[0] for place, _, tree in modules()
    }
    assert [place for place, line in first_lines.items() if not line] == []


def test_modules_are_named_for_what_they_do() -> None:
    vague = [
        place
        for place, _, _ in modules()
        if VAGUE_NAMES & set(place.removesuffix(".py").split("/"))
    ]
    assert vague == []


def test_each_package_is_a_real_typed_package() -> None:
    for name in SHIPPED:
        assert (ROOT / name / "py.typed").is_file(), name
    folders = {Path(place).parent for place, _, _ in shipped_modules()}
    assert [str(f) for f in folders if not (ROOT / f / "__init__.py").is_file()] == []


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    for place, _, tree in modules():
        if not place.startswith("clinic_desktop/domain/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = ["clinic_desktop.domain" if node.level else node.module or ""]
            else:
                continue
            for name in names:
                known = name.split(".")[0] in sys.stdlib_module_names
                assert known or f"{name}.".startswith("clinic_desktop.domain."), f"{place}: {name}"


def test_shipped_files_are_read_only_through_resources() -> None:
    """A path beside the code is wrong in a bundle; `resources` is right everywhere."""
    places = [
        f"{place}:{node.lineno}"
        for place, _, tree in shipped_modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "__file__"
    ]
    assert places == []


def test_a_broad_except_gives_its_reason() -> None:
    places = [
        f"{place}:{node.lineno}"
        for place, text, tree in shipped_modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and "#" not in "".join(text.splitlines()[node.lineno - 2 : node.lineno + 1])
    ]
    assert places == []


def test_no_file_names_a_registry_a_machine_or_unfinished_work() -> None:
    faults = [
        f"{place}:{number}: {found.group()}"
        for place, text in text_files()
        for number, line in enumerate(text.splitlines(), 1)
        for pattern in (HOSTS, MACHINE_PATHS, UNFINISHED)
        if (found := pattern.search(line))
    ]
    assert faults == []


def test_text_files_end_with_one_newline_and_hold_no_carriage_return() -> None:
    faults = [
        place
        for place, text in text_files()
        if "\r" in text or (text and not re.search(r"(^|[^\n])\n\Z", text))
    ]
    assert faults == []


def test_no_font_lies_in_the_project() -> None:
    """The typeface comes as a package with its licence, never as a copied file."""
    fonts = [
        path.relative_to(ROOT).as_posix()
        for path in project_files()
        if path.suffix.lower() in FONT_SUFFIXES or path.read_bytes()[:4] in FONT_STARTS
    ]
    assert fonts == []


PINNED = r"[\w.-]+(?:\[[\w,.-]+\])?==\S+"
"""An extra stands in the pin: pip looks for the newest release of one that does not."""


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_each_package_by_hash_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]
    assert entries
    for entry in entries:
        assert re.match(PINNED + r" .*\\\n    --hash=sha256:[0-9a-f]{64}", entry), entry[:80]


def test_the_two_locks_agree() -> None:
    """The tests run against the very versions that users get."""
    first, second = (
        set(re.findall(f"^({PINNED})", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert first - second == set()


def test_no_test_can_reach_the_real_users_folders(own_user_folders: Path) -> None:
    named = os.environ.get("CLINIC_DESKTOP_PROFILE")
    data_folder = Path(named or platformdirs.user_data_dir("clinic-desktop"))
    assert data_folder.is_relative_to(own_user_folders)
    assert not data_folder.exists()
    assert own_user_folders.is_relative_to(Path.home())


COUNT_REFERENCES = """
import json, sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

class Bell(QObject):
    rung = Signal(int)

app, spare = QApplication([]), [None, True, False] * 50_000
label, bell, image = QLabel(), Bell(), QImage(8, 8, QImage.Format.Format_RGB32)
painter = QPainter(image)
calls = {
    "setText": lambda: label.setText("a"),
    "emit": lambda: bell.rung.emit(1),
    "drawLine": lambda: painter.drawLine(0, 0, 5, 5),
}
drift = {}
for name, call in calls.items():
    call()
    before = [sys.getrefcount(value) for value in (None, True, False)]
    for _ in range(2000):
        call()
    after = [sys.getrefcount(value) for value in (None, True, False)]
    drift[name] = [new - old for old, new in zip(before, after)]
painter.end()
print(json.dumps(drift))
"""


def test_this_pyside_keeps_its_references_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 gives one away a call, and Python ends after some thousands."""
    counted = subprocess.run(
        [sys.executable, "-c", COUNT_REFERENCES], capture_output=True, text=True, check=True
    )
    drift = json.loads(counted.stdout)
    assert set(drift) == {"setText", "emit", "drawLine"}
    # A fault counts 2000; an odd reference or two may come and go by themselves.
    assert {name: d for name, d in drift.items() if any(abs(n) > 20 for n in d)} == {}
