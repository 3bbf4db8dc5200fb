"""What a clinic made beside its record, settings, logo, own rules: gathered, and put back."""

from __future__ import annotations

import datetime as dt
import io
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.clinic_settings import logo_name
from clinic_desktop.services.clinic.settings import FILE_NAME
from clinic_desktop.services.whole_files import replace_file

from .places import make_folder

KNOWLEDGE: Final = "knowledge"
LARGEST_FILE: Final = 10_000_000
"""Bytes: a photograph as a telephone takes it."""
LARGEST_TOGETHER: Final = 60_000_000
MOST_FILES: Final = 1000
_DEEPEST: Final = 4
_LONGEST_NAME: Final = 200
_PICTURE: Final = re.compile(r"[^/]+\.(?:png|jpe?g)", re.IGNORECASE)
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that are devices on Windows."""


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Files by their names from the clinic's folder, with forward slashes."""

    contents: Mapping[str, bytes] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    """Too large, too many, no plain files of the folder, or not to be read."""

    def packed(self) -> bytes:
        """All of them as one archive, always the same bytes for the same files."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(self.contents.items()):
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of such an archive. Raises ValueError for a name or size that none of ours has,
    and what `zipfile` raises for a damaged one."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MOST_FILES or sum(one.file_size for one in members) > LARGEST_TOGETHER:
            raise ValueError("more than a clinic's own files")
        for member in members:
            if not is_own_name(member.filename) or member.filename in found:
                raise ValueError("not a name within a clinic's folder")
            with archive.open(member) as source:  # not more than was said, whatever comes
                found[member.filename] = source.read(member.file_size)
    return found


def is_own_name(name: str) -> bool:
    """Whether a name can be that of a clinic's own file, on any system: settings, a picture beside
    them, or within the folder of own rules."""
    path = PurePosixPath(name)
    plain = name == str(path) and name.isprintable() and len(name) <= _LONGEST_NAME
    if not plain or path.is_absolute() or set(name) & set('\\:*?"<>|') or not path.parts:
        return False
    if any(p in ("..", ".") or p[-1] in ". " or _RESERVED.fullmatch(p) for p in path.parts):
        return False
    if len(path.parts) == 1:
        return name == FILE_NAME or _PICTURE.fullmatch(name) is not None
    return path.parts[0] == KNOWLEDGE and len(path.parts) <= _DEEPEST + 1


# -------------------------------------------------------------------- gathering
def gathered(folder: Path) -> OwnFiles:
    """The clinic's own files as they stand; one that cannot be taken holds no backup up."""
    contents: dict[str, bytes] = {}
    left_out: list[str] = []
    room = LARGEST_TOGETHER
    for name in _names(folder):
        content = _content(folder, name)
        if content is None or len(content) > room or len(contents) == MOST_FILES:
            left_out.append(name)
            continue
        room -= len(content)
        contents[name] = content
    return OwnFiles(contents, tuple(left_out))


def _names(folder: Path) -> Iterator[str]:
    if (folder / FILE_NAME).exists():
        yield FILE_NAME
    with suppress(ChartError):  # settings that cannot be read name no logo
        logo = logo_name(folder)
        if logo and (folder / logo).exists():
            yield logo
    paths = sorted((folder / KNOWLEDGE).rglob("*")) if (folder / KNOWLEDGE).is_dir() else []
    for path in paths:
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _content(folder: Path, name: str) -> bytes | None:
    """A file's bytes; None where it cannot be taken."""
    path = folder / name
    if not is_own_name(name) or path.is_symlink():
        return None
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        return None
    return content if len(content) <= LARGEST_FILE else None


# -------------------------------------------------------------------- putting back
def put_back(folder: Path, contents: Mapping[str, bytes], now: dt.datetime) -> str:
    """Put files back as they are in a backup; what stood in their place lies in a folder beside,
    whose name is given; empty where nothing was replaced.

    What the backup does not have of own rules goes there too: rules of two moments are no rules.
    Each file is the old one or the new one at any time. Raises OSError; then some are put back.
    """
    before = gathered(folder)
    there = {name for name in before.contents if name.startswith(f"{KNOWLEDGE}/")}
    changed = {name for name in contents if before.contents.get(name) != contents[name]}
    gone = (
        there - set(contents)
        if any(name.startswith(f"{KNOWLEDGE}/") for name in contents)
        else (set())
    )
    beside = f"before-restore-{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    kept = sorted((changed & set(before.contents)) | gone)
    for name in kept:
        to = folder / beside / name
        make_folder(to.parent)
        replace_file(to, before.contents[name])
    for name in sorted(changed):
        make_folder((folder / name).parent)
        replace_file(folder / name, contents[name])
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return beside if kept else ""
