"""Sets Clinic Desktop up and runs it, its tests or its checks. Needs Python 3.11, nothing else.

python3 dev.py run [ARGUMENTS]    the window, or the command of clinic-desktop that you name
python3 dev.py test [ARGUMENTS]   the whole test suite; arguments go to pytest
python3 dev.py check              ruff, mypy, import contracts, contents of the wheel
python3 dev.py texts              brings the translations up to the code and compiles them
python3 dev.py pictures           pictures of every window in every state; --help says more
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEMO = ROOT / "demo-output"
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"

# What Qt loads from the system, and the Debian package that brings it.
OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments: list[str]) -> int:
    """Does what the first argument says and returns the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python shall get a plain sentence
        sys.exit("Clinic Desktop needs Python 3.11 or newer; this is " + sys.version.split()[0])
    verbs = {"run": run, "test": test, "check": check, "texts": texts, "pictures": pictures}
    verb = verbs.get(arguments[0]) if arguments else None
    if verb is None:
        print(__doc__)
        return 2
    return verb(arguments[1:])


def run(arguments: list[str]) -> int:
    """Opens the window; where there is no screen, shows the worked example in files."""
    needed = dict(OFFSCREEN_LIBRARIES)
    needed |= X11_LIBRARIES if os.environ.get("DISPLAY") else {}
    needed |= WAYLAND_LIBRARIES if os.environ.get("WAYLAND_DISPLAY") else {}
    install_system_libraries(needed)
    install_packages("requirements.lock", "requirements-dev.lock")
    if arguments or a_window_can_open():
        return _python("-P", "-m", "clinic_desktop", *arguments, folder=Path.cwd())
    print("No display here, so the worked example runs off-screen.", flush=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    status = _python("-m", "clinic_desktop", "demo", "--out", str(DEMO))
    for path in sorted(DEMO.rglob("*")) if status == 0 else ():
        if path.suffix in {".pdf", ".png"}:
            print(path)
    return status


def test(arguments: list[str]) -> int:
    """Runs the test suite off-screen; without arguments all of it, two tests at a time."""
    install_system_libraries(OFFSCREEN_LIBRARIES)
    install_packages("requirements-dev.lock")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _python("-m", "pytest", *(arguments or ["-q", "-n", "2", "--dist", "loadgroup"]))


def check(arguments: list[str]) -> int:
    """Runs every check even if one fails, and names those that did."""
    if arguments:
        sys.exit("check takes no arguments")
    install_system_libraries(OFFSCREEN_LIBRARIES)
    install_packages("requirements-dev.lock")
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", folder]
        for name, command in {
            "ruff": ["-m", "ruff", "check"],
            "mypy": ["-m", "mypy"],
            "import contracts": ["-c", LINT_IMPORTS],
            "wheel": build,
            "wheel contents": ["-m", "check_wheel_contents", folder],
        }.items():
            print(f"== {name}", flush=True)
            if _python(*command) != 0:
                failed.append(name)
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def texts(arguments: list[str]) -> int:
    """Brings the translations up to the code and compiles them."""
    if arguments:
        sys.exit("texts takes no arguments")
    install_packages("requirements-dev.lock")
    return _python("texts.py")


def pictures(arguments: list[str]) -> int:
    """Takes pictures of every window in every state, without a screen."""
    install_system_libraries(OFFSCREEN_LIBRARIES)
    install_packages("requirements-dev.lock")
    return _python("-P", "-m", "tests.pictures", *arguments, folder=Path.cwd())


def install_system_libraries(libraries: dict[str, str]) -> None:
    """Installs the missing ones with apt-get, or stops with the line that would."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for name, package in libraries.items() if not _loads(name)]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    if not shutil.which("apt-get"):
        sys.exit("Please install what brings these (Debian's names): " + " ".join(missing))
    if sudo and (not shutil.which("sudo") or subprocess.call(["sudo", "-n", "true"]) != 0):
        sys.exit(
            "Please run this, then try again:\n  sudo apt-get update && sudo " + " ".join(install)
        )
    print("Installing system libraries: " + " ".join(missing), flush=True)
    quiet = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive"]
    for command in ([*sudo, "apt-get", "-qq", "update"], [*quiet, *install]):
        nowhere = subprocess.DEVNULL  # apt-get speaks of each package; faults go to stderr
        if subprocess.call(command, stdin=nowhere, stdout=nowhere) != 0:
            sys.exit("This failed: " + " ".join(command))


def install_packages(*locks: str) -> None:
    """Brings .venv to the first lock file, unless a stamp says it holds that one or a later."""
    if PYTHON.exists() and any(_stamp(lock).exists() for lock in locks):
        return
    print(f"Setting up {VENV.name} from {locks[0]} ...", flush=True)
    if not PYTHON.exists() or _was_made_elsewhere():
        _call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    for stamp in VENV.glob("stamp-*"):
        stamp.unlink()
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    _call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / locks[0])])
    _call([*pip, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)])
    _stamp(locks[0]).touch()


def _stamp(lock: str) -> Path:
    """The file whose being there says that .venv was made from this lock by this project."""
    names = (lock, "requirements.lock", "pyproject.toml")
    contents = [(ROOT / name).read_bytes() for name in names]
    state = hashlib.sha256(b"\0".join([*contents, str(ROOT).encode()])).hexdigest()[:16]
    return VENV / f"stamp-{Path(lock).stem}-{state}"


def _was_made_elsewhere() -> bool:
    """Whether the project was moved since: the scripts in .venv hold their old path."""
    made_by = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    return not any(line.endswith(f" {VENV}") for line in made_by.splitlines())


def _call(command: list[str]) -> None:
    if subprocess.call(command, stdin=subprocess.DEVNULL) != 0:
        sys.exit("This failed: " + " ".join(command))


def _python(*arguments: str, folder: Path | None = None) -> int:
    try:
        return subprocess.call([str(PYTHON), *arguments], cwd=folder or ROOT)
    except KeyboardInterrupt:
        return 130


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def a_window_can_open() -> bool:
    """Asks the display itself: Qt ends the process when DISPLAY names a server that is gone."""
    platform = os.environ.get("QT_QPA_PLATFORM")
    if platform or not sys.platform.startswith("linux"):
        return platform not in {"offscreen", "minimal"}
    if os.environ.get("WAYLAND_DISPLAY") or not os.environ.get("DISPLAY"):
        return bool(os.environ.get("WAYLAND_DISPLAY"))
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return failed == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
