"""The one way to read the files that ship with the program."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath, PureWindowsPath


def text(name: str) -> str:
    """A shipped UTF-8 file, named from this folder with forward slashes: `rules/flags.toml`.

    Raises ValueError for a name that could lead outside, FileNotFoundError for one that is not
    there.
    """
    return data(name).decode("utf-8")


def data(name: str) -> bytes:
    """The bytes of a shipped file; named and refused like `text`."""
    return _inside(name).read_bytes()


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
    return Path(str(files(__name__))).parent.joinpath("docs", *name.split("/")).read_bytes()


def _inside(name: str) -> Traversable:
    parts = name.split("/")
    outside = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or "\\" in name
    if outside or any(part in {"", ".", ".."} for part in parts):
        raise ValueError(f"not a name of a shipped file: {name!r}")
    return files(__name__).joinpath(*parts)
