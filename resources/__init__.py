"""The one way to read the files that ship with the program."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from pkgutil import get_data
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def text(name: str) -> str:
    """A shipped UTF-8 file, named from this folder with forward slashes: `rules/flags.toml`.

    Raises ValueError for a name that could lead outside, FileNotFoundError for one that is not
    there.
    """
    return data(name).decode("utf-8")


def data(name: str) -> bytes:
    """The bytes of a shipped file; named and refused like `text`."""
    _refuse_outside(name)
    found = get_data(__name__, name)
    if found is None:
        raise FileNotFoundError(f"no file {name!r} among the shipped files")
    return found


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """The files right in a shipped folder that end so, in alphabetical order, as `text` names them.

    Raises like `text`.
    """
    found = _inside(folder)
    if not found.is_dir():
        raise FileNotFoundError(f"no folder {folder!r} among the shipped files")
    entries = (entry.name for entry in found.iterdir() if entry.is_file())
    return tuple(f"{folder}/{name}" for name in sorted(entries) if name.endswith(suffix))


def document(name: str) -> bytes:
    """A page or picture of the documentation by its name in `docs`: it ships with the other files,
    and in the source tree it lies beside them. Raises like `data`."""
    shipped = _inside(f"docs/{name}")
    if shipped.is_file():
        return shipped.read_bytes()
    return Path(__path__[0]).parent.joinpath("docs", *name.split("/")).read_bytes()


def _inside(name: str) -> Traversable:
    # Only here: the entrance needs no folders of shipped files, and stands sooner.
    from importlib.resources import files

    _refuse_outside(name)
    return files(__name__).joinpath(*name.split("/"))


def _refuse_outside(name: str) -> None:
    parts = name.split("/")
    outside = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or "\\" in name
    if outside or any(part in {"", ".", ".."} for part in parts):
        raise ValueError(f"not a name of a shipped file: {name!r}")
