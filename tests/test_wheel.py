"""The pip way: the wheel alone, in an environment of its own, does what the source tree does."""

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pytest

import resources

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("clinic_desktop", "ui", "reports", "resources")
# One worker for all of them: the wheel is built and installed once.
pytestmark = pytest.mark.xdist_group("wheel")
BIN = "Scripts" if os.name == "nt" else "bin"


def environment() -> Mapping[str, str]:
    """This one's variables without those that would let Python find the source tree."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, away from the source tree."""
    return subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
        *("--outdir", folder, ROOT),
        cwd=folder,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel and sees the locked packages."""
    home = tmp_path_factory.mktemp("fresh")
    made = run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    assert made.returncode == 0, made.stderr
    python = home / BIN / Path("python").with_suffix(".exe" if os.name == "nt" else "")
    put_in = run(
        *(sys.executable, "-m", "pip", "--python", python, "install"),
        *("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel),
        cwd=home,
    )
    assert put_in.returncode == 0, put_in.stdout + put_in.stderr
    asked = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home)
    outer = sysconfig.get_path("purelib")
    # Only now: pip would take the outer, editable installation for one to replace.
    Path(asked.stdout.strip(), "locked.pth").write_text(f"{outer}\n", encoding="utf-8")
    return home / BIN


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A runner whose danger signs were all asked and denied, with one exercise chosen for home."""
    catalogue = tomllib.loads(resources.text("catalogue/findings.toml"))
    flags = [finding for finding in catalogue["finding"] if finding.startswith("flag.")]
    assert len(flags) > 30
    visit = {
        "date": "2026-03-02",
        "findings": {"complaint.side": "right"} | dict.fromkeys(flags, "no"),
        "plan": [{"item": "pause_stretching"}, {"item": "slider_seated", "dose": "2 x 10"}],
    }
    path = tmp_path / "case.json"
    patient = {"name": "Case W", "birth_date": "1982-03-14"}
    content = {"format": "clinic-desktop-case/1", "patient": patient, "visits": [visit]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_wheel_holds_every_file_of_the_four_packages(wheel: Path) -> None:
    packed = {n for n in zipfile.ZipFile(wheel).namelist() if n.split("/")[0] in PACKAGES}
    in_tree = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po"
    }
    shown = (*(ROOT / "docs").glob("manual*.md"), *(ROOT / "docs/pictures").rglob("*.png"))
    manual = {f"resources/{path.relative_to(ROOT).as_posix()}" for path in shown}
    assert packed == in_tree | manual


def test_the_installed_program_finds_its_manual(installed: Path, tmp_path: Path) -> None:
    """Away from the source tree, where the pages ship with the other files."""
    code = "import resources; print(len(resources.document('pictures/help-test.png')))"
    asked = run(installed / "python", "-c", code, cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert int(asked.stdout) == (ROOT / "docs/pictures/help-test.png").stat().st_size


def test_the_installed_packages_are_the_wheels_own(installed: Path, tmp_path: Path) -> None:
    code = f"import {', '.join(PACKAGES)}; print(*(p.__file__ for p in ({', '.join(PACKAGES)})))"
    asked = run(installed / "python", "-c", code, cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.count(str(installed.parent)) == len(PACKAGES)


def test_the_installed_command_suggests(installed: Path, case: Path, tmp_path: Path) -> None:
    command = (installed / "clinic-desktop", "suggest", case, "--format", "json")
    said = run(*command, cwd=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    suggestion = json.loads(said.stdout)
    assert suggestion["format"] == "clinic-desktop-suggestion/1"
    assert suggestion["screen"] == {"complete": True, "unanswered": []}


def test_the_installed_command_prints_a_home_plan(
    installed: Path, case: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.pdf"
    printed = run(installed / "clinic-desktop", "handout", case, "--out", sheet, cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    page = pypdf.PdfReader(sheet).pages[0].extract_text()
    assert "Case W" in page
    assert "14" in page
    assert "1982" in page


def test_bad_input_gets_one_line_and_status_2(installed: Path, tmp_path: Path) -> None:
    no_case = tmp_path / "no-case.json"
    no_case.write_text("{", encoding="utf-8")
    said = run(installed / "clinic-desktop", "suggest", no_case, cwd=tmp_path)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert "Traceback" not in said.stderr
