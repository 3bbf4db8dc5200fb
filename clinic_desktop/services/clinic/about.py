"""What the program is and is made of: versions and licences, as this computer has them."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from clinic_desktop.services.words.translation import _

OURS: Final = "clinic-desktop"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST_LICENCE: Final = 60
"""Characters: more is no name but the licence's own text."""
_CLASSIFIER: Final = "License :: "
_LICENCE_FILE: Final = re.compile("licen[cs]e|copying|notice", re.IGNORECASE)
"""Beside a package's metadata, where it has no folder of its own for licences."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that the program needs, as it is installed here."""

    name: str
    version: str
    licence: str
    """As the package names it; empty where it does not."""


def packages() -> tuple[Package, ...]:
    """What the program needs and what that needs in turn, by name; nothing where it was put
    together without saying what is in it."""
    found: dict[str, Package] = {}
    waiting = [OURS]
    while waiting:
        name = waiting.pop()
        if _folded(name) in found:
            continue
        try:
            one = distribution(name)
        except PackageNotFoundError:  # needed on other computers only
            continue
        found[_folded(name)] = Package(one.name, one.version, licence_of(one))
        waiting += _needed_by(one)
    found.pop(OURS, None)
    return tuple(sorted(found.values(), key=lambda one: _folded(one.name)))


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _needed_by(one: Distribution) -> Iterator[str]:
    """Names of what a package needs, without what it only may have."""
    for written in one.requires or ():
        needed, _semicolon, marker = written.partition(";")
        name = _NAME.match(needed.strip())
        if name is not None and "extra" not in marker:
            yield name.group()


def licence_of(one: Distribution) -> str:
    """The licence as a package names it: as an expression, in words, or by its classifiers."""
    told = one.metadata
    if "License-Expression" in told:
        return told["License-Expression"]
    words = " ".join(" ".join(told.get_all("License") or ()).split())
    if words and len(words) <= _LONGEST_LICENCE:
        return words
    named = [line for line in told.get_all("Classifier") or () if line.startswith(_CLASSIFIER)]
    return ", ".join(line.rpartition(" :: ")[2] for line in named)


def licence_texts() -> Iterator[tuple[str, str]]:
    """The licences in full, as the packages ship them: a name and a text for each file, the
    program's own first."""
    for name in (OURS, *(one.name for one in packages())):
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue
        for file in one.files or ():
            ours = "licenses" in file.parts or _LICENCE_FILE.match(file.name)
            if ours and file.parts[0].endswith(".dist-info"):
                place = one.locate_file(file)
                with suppress(OSError):  # put together without it
                    text = Path(str(place)).read_text(encoding="utf-8", errors="replace")
                    yield f"{one.name}: {file.name}", text.strip()


def own_licence() -> str:
    """The licence of the program itself; empty where it was put together without saying so."""
    try:
        return licence_of(distribution(OURS))
    except PackageNotFoundError:
        return ""


def not_validated() -> str:
    """What everybody who uses the program has to know."""
    return _("The clinical model is not validated: it comes from the experience of one clinic.")


def system_words() -> str:
    """The system and the kind of computer, without its name."""
    return f"{platform.system()} {platform.release()}, {platform.machine()}"
