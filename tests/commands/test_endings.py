"""How commands end when a file, the usage or the program itself is at fault."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop import __version__
from clinic_desktop.commands import suggest
from clinic_desktop.services.whole_files import hand_out
from tests.casefiles import CANARIES, as_bytes, changed, whole_case
from tests.terminal import ARTICLE, ROOT, Terminal, clear_case


@pytest.mark.parametrize(
    ("name", "reason"),
    [("none.json", "no such file or directory"), ("", "is a directory")],
)
def test_an_input_that_cannot_be_read(terminal: Terminal, name: str, reason: str) -> None:
    place = terminal.folder / name
    ended = terminal.run("suggest", place)
    assert (ended.status, ended.out, ended.err) == (2, "", f"{place}: {reason}\n")


def test_a_name_that_no_file_can_have(terminal: Terminal) -> None:
    assert terminal.run("suggest", "a\0b").status == 2
    terminal.chart(whole_case())
    ended = terminal.run("export", "--patient", "1", "--out", "a\0b", *terminal.signs_in)
    assert ended.status == 1


def test_an_output_in_no_folder_or_upon_one(terminal: Terminal) -> None:
    terminal.chart(whole_case())
    for place in (terminal.folder / "none" / "out.json", terminal.folder):
        ended = terminal.run("export", "--patient", "1", "--out", place, *terminal.signs_in)
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.startswith(f"{place}: ")
        assert len(ended.err.splitlines()) == 1


def test_a_disk_that_fills_up_leaves_the_old_file_whole(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.chart(whole_case())
    terminal.export(1)
    old = (terminal.folder / "exported.json").read_bytes()
    left = set(terminal.folder.iterdir())

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    out = terminal.folder / "exported.json"
    ended = terminal.run("export", "--patient", "1", "--out", out, *terminal.signs_in)
    assert ended.status == 1
    assert ended.err == f"{out}: no space left on device\n"
    assert out.read_bytes() == old
    assert set(terminal.folder.iterdir()) == left


def test_a_link_stays_a_link_and_the_file_behind_it_is_written(terminal: Terminal) -> None:
    real, link = terminal.folder / "real.json", terminal.folder / "link.json"
    real.write_text("old")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this user may not make links")
    hand_out(str(link), b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_what_is_written_is_for_its_owner_only(terminal: Terminal) -> None:
    hand_out(str(terminal.folder / "new.json"), b"new")
    assert (terminal.folder / "new.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("sugest", "x"),
        ("suggest",),
        ("suggest", "x", "--format", "xml"),
        ("suggest", "x", "--form", "json"),
        ("handout", "x"),
        ("handout", "x", "--out", "y", "--paper", "a5"),
        ("chart", "x", "--patient", "0"),
        ("chart", "x", "--patient", "-1"),
        ("chart", "x", "--patient", "one"),
        ("export", "--patient", "1"),
        ("demo",),
    ],
)
def test_wrong_usage_ends_with_2_and_shows_the_right_one(
    terminal: Terminal, arguments: tuple[str, ...]
) -> None:
    ended = terminal.run(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("usage: clinic-desktop")


def test_version_and_help(terminal: Terminal) -> None:
    assert terminal.run("--version").out == f"clinic-desktop {__version__}\n"
    shown = terminal.run("--help")
    assert shown.status == 0
    for verb in ("suggest", "chart", "import", "handout", "export", "demo"):
        assert verb in shown.out
        assert terminal.run(verb, "--help").status == 0


def test_a_fault_of_ours_is_called_one_and_shows_no_data(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(CANARIES[1])

    monkeypatch.setattr(suggest, "case_in", broken)
    ended = terminal.run("suggest", ARTICLE)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(
        "something went wrong in the program (not in your input): RuntimeError at"
        " clinic_desktop.commands.suggest, line "
    )
    assert CANARIES[1] not in ended.err


def test_stopping_it_by_hand_is_no_fault(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(suggest, "case_in", stopped)
    ended = terminal.run("suggest", ARTICLE)
    assert (ended.status, ended.err) == (1, "stopped\n")


def program(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "clinic_desktop", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, **options)


def test_bad_input_of_the_real_program(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_bytes(as_bytes(changed("visits", 0, "findings", "slr.angle", "right", to=230)))
    ended = program("suggest", case)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().splitlines() == [
        'visits[0].findings."slr.angle".right: 230 is outside 0..130 deg'
    ]


def test_a_reader_that_goes_away_meets_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "clinic_desktop", "suggest", str(ARTICLE)]
        ended = subprocess.run(
            command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_an_old_terminal_shows_what_it_can(tmp_path: Path) -> None:
    case = clear_case(resolved_flags=[{"flag": "avulsion", "reason": "Señal clara"}])
    case["visits"][0]["findings"] |= {"flag.pop": "yes", "story.injury_weeks_ago": 3}
    path = tmp_path / "case.json"
    path.write_bytes(as_bytes(case))
    ended = program("suggest", path, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"Se?al clara" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (
            ("suggest", str(ARTICLE)),
            ("sqlalchemy", "sqlcipher3", "cryptography", "PySide6", "reportlab", "ui"),
        ),
        (
            ("--version",),
            ("sqlalchemy", "sqlcipher3", "cryptography", "PySide6", "reportlab", "ui", "alembic"),
        ),
    ],
)
def test_a_command_loads_only_what_it_needs(
    arguments: tuple[str, ...], unneeded: tuple[str, ...]
) -> None:
    code = (
        "import sys; from clinic_desktop.bootstrap import main\n"
        f"status = main({arguments!r})\n"
        f"print([name for name in {unneeded!r} if name in sys.modules], status, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert ended.stderr.decode().strip() == "[] 0"


def test_a_stranger_in_the_place_of_our_package_is_named(tmp_path: Path) -> None:
    stranger = tmp_path / "reports"
    stranger.mkdir()
    (stranger / "__init__.py").write_text("")
    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]\n"
        "from clinic_desktop.bootstrap import main; sys.exit(main(['--version']))"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"in an environment of its own" in ended.stderr
