"""The runner that sets everything up: what it decides before it starts anything."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an environment into which nothing was installed yet."""
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    venv = tmp_path / ".venv"
    venv.mkdir()
    python = venv / "python"
    python.touch()
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", venv)
    monkeypatch.setattr(dev, "PYTHON", python)
    return tmp_path


@pytest.fixture
def calls(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have run; all of them succeed."""
    made: list[list[str]] = []
    monkeypatch.setattr(dev, "_call", made.append)
    (project / ".venv" / "pyvenv.cfg").write_text(f"command = venv {project / '.venv'}\n")
    return made


@pytest.mark.parametrize("arguments", [[], ["bundle"], ["--help"]])
def test_who_names_no_verb_is_told_which_there_are(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    told = capsys.readouterr().out
    assert all(f"dev.py {verb}" in told for verb in ("run", "test", "check", "texts", "pictures"))


def test_the_second_start_installs_nothing(calls: list[list[str]]) -> None:
    dev.install_packages("requirements.lock")
    assert any("--require-hashes" in call for call in calls)
    calls.clear()
    dev.install_packages("requirements.lock")
    assert calls == []


def test_an_environment_for_the_tests_serves_to_run_too(calls: list[list[str]]) -> None:
    dev.install_packages("requirements-dev.lock")
    calls.clear()
    dev.install_packages("requirements.lock", "requirements-dev.lock")
    assert calls == []


def test_an_environment_to_run_does_not_serve_for_the_tests(calls: list[list[str]]) -> None:
    dev.install_packages("requirements.lock", "requirements-dev.lock")
    calls.clear()
    dev.install_packages("requirements-dev.lock")
    assert any("requirements-dev.lock" in call[-1] for call in calls)


@pytest.mark.parametrize(
    "changed", ["requirements.lock", "requirements-dev.lock", "pyproject.toml"]
)
def test_a_changed_file_is_installed_anew(
    changed: str, calls: list[list[str]], project: Path
) -> None:
    dev.install_packages("requirements-dev.lock")
    calls.clear()
    (project / changed).write_text("newer", encoding="utf-8")
    dev.install_packages("requirements-dev.lock")
    assert len(calls) == 2


def test_an_install_that_stopped_half_way_is_begun_again(
    project: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.install_packages("requirements.lock")
    (project / "requirements.lock").write_text("newer", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(dev, "_call", lambda command: sys.exit(str(command)))
        with pytest.raises(SystemExit):
            dev.install_packages("requirements.lock")
    (project / "requirements.lock").write_text("requirements.lock", encoding="utf-8")
    calls.clear()
    dev.install_packages("requirements.lock")
    assert len(calls) == 2


def test_a_moved_project_gets_a_new_environment(project: Path, calls: list[list[str]]) -> None:
    dev.install_packages("requirements.lock")
    (project / ".venv" / "pyvenv.cfg").write_text("command = venv /somewhere/else/.venv\n")
    (project / "requirements.lock").write_text("newer", encoding="utf-8")
    calls.clear()
    dev.install_packages("requirements.lock")
    assert "--clear" in calls[0]


@pytest.mark.skipif("sys.platform != 'linux'", reason="only there a display may be missing")
class TestDisplay:
    """Whether a window can open is known before Qt tries and ends the process."""

    @pytest.fixture(autouse=True)
    def no_display(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(variable, raising=False)

    def test_none_is_named(self) -> None:
        assert not dev.a_window_can_open()

    def test_the_named_one_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":987")
        assert not dev.a_window_can_open()

    def test_an_off_screen_platform_was_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        assert not dev.a_window_can_open()

    def test_wayland(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        assert dev.a_window_can_open()


@pytest.mark.skipif("sys.platform != 'linux'", reason="elsewhere Qt brings what it needs")
class TestSystemLibraries:
    """Without the rights to install them, the user gets the one line to run."""

    def test_those_that_are_there_cost_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subprocess, "call", lambda *_, **__: pytest.fail("ran something"))
        dev.install_system_libraries({"libc.so.6": "libc6"})

    def test_an_ordinary_user_is_told_the_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
        with pytest.raises(SystemExit, match=r"sudo apt-get install -y .*libnone1") as stopped:
            dev.install_system_libraries({"libnone.so.1": "libnone1"})
        assert "apt-get update" in str(stopped.value)

    def test_another_distribution_is_told_the_names(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: None)
        with pytest.raises(SystemExit, match="libnone1"):
            dev.install_system_libraries({"libnone.so.1": "libnone1"})

    def test_root_installs_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ran: list[list[str]] = []
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(shutil, "which", lambda name: name)

        def succeed(command: list[str], **_: object) -> int:
            ran.append(command)
            return 0

        monkeypatch.setattr(subprocess, "call", succeed)
        dev.install_system_libraries({"libnone.so.1": "libnone1"})
        assert [command[-1] for command in ran] == ["update", "libnone1"]
