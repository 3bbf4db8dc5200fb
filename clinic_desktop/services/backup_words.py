"""What a backup holds, in words, for window and command line."""

from __future__ import annotations

import datetime as dt

from clinic_desktop.domain.backups import BackupContent

from .finding_words import date_words
from .translation import _, pgettext


def content_words(content: BackupContent) -> str:
    """What stands in a backup, in one sentence."""
    none = pgettext("a signed note", "none")
    signed = moment_words(content.last_signed) if content.last_signed else none
    return _("{patients} patients, {visits} visits, last signed note {signed}.").format(
        patients=content.patients, visits=content.visits, signed=signed
    )


def moment_words(moment: dt.datetime) -> str:
    """Day and time on this computer's clock."""
    local = moment.astimezone()
    return f"{date_words(local.date())} {local:%H:%M}"
