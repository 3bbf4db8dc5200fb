"""A clinic's own folder: its files read, and nothing that leads out of it."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.plans import is_own_item
from clinic_desktop.domain.values import LANGUAGES

from .rule_tables import FILES

ITEMS: Final = "items"
"""`items.toml`: plan items of the clinic's own."""
PLAN: Final = "plan-"
"""Before a language in the name of a file with plan texts: `plan-en.toml`."""
POSES: Final = "poses"
"""The folder of own drawings, a file for each item."""
OWN_FILES: Final = (*FILES, ITEMS, *(PLAN + language for language in LANGUAGES))
LARGEST_FILE: Final = 1_000_000
"""Bytes; the largest file that ships has a thirtieth of it."""
LARGEST_PICTURE: Final = 10_000_000
"""Bytes: a photograph as a telephone takes it."""
MOST_FILES: Final = 500
"""Drawings that are looked at; a folder with more of them is most likely another one."""


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What stands in a clinic's folder; pictures are read when an item names them."""

    folder: Path
    texts: Mapping[str, str] = field(default_factory=dict)
    """The text of each file by its short name: `terms`, `items`, `plan-en`."""
    poses: Mapping[str, str] = field(default_factory=dict)
    """Own drawings by item."""

    def picture(self, name: str) -> bytes:
        """The bytes of a picture that is named from the folder with forward slashes.

        Raises BrokenKnowledge saying what is wrong, without a place.
        """
        path = _inside(self.folder, name)
        try:
            return _bytes_of(path, self.folder, LARGEST_PICTURE)
        except FileNotFoundError:
            raise BrokenKnowledge("is not in the folder") from None
        except OSError as problem:
            raise BrokenKnowledge(_reason(problem)) from problem

    def digest(self, before: str, pictures: Mapping[str, bytes]) -> str:
        """The SHA-256 of all that is read, after that of the shipped rules."""
        whole = hashlib.sha256(before.encode())
        for name in sorted(self.texts):
            whole.update(f"\x00{name}\x00{self.texts[name]}".encode())
        for item in sorted(self.poses):
            whole.update(f"\x00{POSES}/{item}\x00{self.poses[item]}".encode())
        for name in sorted(pictures):
            whole.update(f"\x00{name}\x00{hashlib.sha256(pictures[name]).hexdigest()}".encode())
        return whole.hexdigest()


def read_own_files(folder: Path) -> OwnFiles:
    """The files of a folder that can be used; no folder has none.

    Nothing is read that leads out of it. Raises BrokenKnowledge with all faults.
    """
    faults: list[str] = []
    texts = _read(folder, folder, "", _short_name, faults)
    poses = _read(folder / POSES, folder, f"{POSES}/", _item_of, faults) if texts or faults else {}
    if faults:
        raise BrokenKnowledge(*faults)
    return OwnFiles(folder, texts, poses)


def _read(
    place: Path, folder: Path, prefix: str, name_of: Callable[[Path], str], faults: list[str]
) -> dict[str, str]:
    """The text files right in a place of the folder, by name; what is wrong goes to `faults`."""
    texts: dict[str, str] = {}
    try:
        if prefix and not place.resolve().is_relative_to(folder.resolve()):
            raise BrokenKnowledge(f"{prefix.rstrip('/')}: whole folder: leads out of the folder")
        for path in _toml_in(place):
            try:
                texts[name_of(path)] = _text_of(path, folder)
            except BrokenKnowledge as broken:
                faults += (f"{prefix}{path.name}: {fault}" for fault in broken.faults)
            except OSError as problem:
                faults.append(f"{prefix}{path.name}: whole file: {_reason(problem)}")
    except BrokenKnowledge as broken:
        faults += broken.faults
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as problem:
        faults.append(f"{place.name}: whole folder: {_reason(problem)}")
    return texts


def _toml_in(place: Path) -> Iterator[Path]:
    paths = sorted(path for path in place.iterdir() if path.suffix.lower() == ".toml")
    if len(paths) > MOST_FILES:
        raise BrokenKnowledge(f"{place.name}: whole folder: has more than {MOST_FILES} files")
    return iter(paths)


def _short_name(path: Path) -> str:
    for name in OWN_FILES:
        if path.name == f"{name}.toml":
            return name
    known = ", ".join(f"{name}.toml" for name in OWN_FILES)
    raise BrokenKnowledge(f"whole file: is none of {known}")


def _item_of(path: Path) -> str:
    if not is_own_item(path.stem):
        raise BrokenKnowledge(
            "whole file: is not named after an item of your own, as in clinic.wall_press.toml"
        )
    return path.stem


def _text_of(path: Path, folder: Path) -> str:
    try:
        content = _bytes_of(path, folder, LARGEST_FILE)
    except BrokenKnowledge as broken:
        raise BrokenKnowledge(*(f"whole file: {fault}" for fault in broken.faults)) from broken
    try:
        # Some editors put a mark before the text.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BrokenKnowledge(f"byte {fault.start}: is not UTF-8") from fault


def _inside(folder: Path, name: str) -> Path:
    """A file's path within the folder, by its plain name. Raises BrokenKnowledge for any other."""
    path = PurePosixPath(name)
    plain = name == str(path) and "\\" not in name and ":" not in name and name.isprintable()
    if not plain or path.is_absolute() or not path.parts or ".." in path.parts:
        raise BrokenKnowledge("is not a name within the folder")
    return folder.joinpath(*path.parts)


def _bytes_of(path: Path, folder: Path, most: int) -> bytes:
    """A file's bytes. Raises BrokenKnowledge for what is no file of the folder, OSError."""
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except RuntimeError:  # a link that leads to itself
        inside = False
    if not inside:
        raise BrokenKnowledge("leads out of the folder")
    if not stat.S_ISREG(path.stat().st_mode):
        raise BrokenKnowledge("is no file")
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise BrokenKnowledge(f"has more than {most} bytes")
    return content


def _reason(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__
