"""Where the sample clinic lies and how it is opened; light, for the entrance offers it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.whole_files import reason_of
from clinic_desktop.services.words.translation import _

from .settings import SAMPLE, read_settings

SAMPLE_FOLDER: Final = "sample"
"""Below the folder of the real clinic, which it never touches."""
LOGIN: Final = "sample"
PASSPHRASE: Final = "invented runners only"
"""No secret: it is shown wherever it is asked for, and what it opens is invented."""


def is_sample(folder: Path) -> bool:
    """Whether a folder holds a sample clinic: its settings say so."""
    try:
        clinic = read_settings(folder).get("clinic", {})
    except (OSError, ChartError):
        return False
    return isinstance(clinic, dict) and clinic.get(SAMPLE) is True


def sample_hint(folder: Path) -> str:
    """What opens the sample clinic in a folder, in words; empty for any other clinic."""
    if folder.name != SAMPLE_FOLDER or not is_sample(folder):
        return ""
    return _("The sample clinic's passphrase is: {passphrase}").format(passphrase=PASSPHRASE)


def remove_sample(folder: Path) -> bool:
    """Remove a sample clinic's folder whole; False where there is none.

    Raises ChartError where it holds another clinic, or cannot be removed.
    """
    if not folder.exists():
        return False
    if not is_sample(folder):
        said = _("{folder} holds no sample clinic; nothing was removed.")
        raise ChartError(said.format(folder=folder.name))
    try:
        shutil.rmtree(folder)
    except OSError as problem:
        said = _("The sample clinic could not be removed whole: {reason}.")
        raise ChartError(said.format(reason=reason_of(problem))) from None
    return True
