"""What a backup holds, in words, for window and command line."""

from __future__ import annotations

import datetime as dt

from clinic_desktop.domain.backups import BackupContent
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, pgettext

MOST_NAMES = 5
"""Files that are named one by one."""


def content_words(content: BackupContent) -> str:
    """What stands in a backup, and what came of putting it in use, in a sentence each."""
    none = pgettext("a signed note", "none")
    signed = moment_words(content.last_signed) if content.last_signed else none
    said = [
        _("{patients} patients, {visits} visits, last signed note {signed}.").format(
            patients=content.patients, visits=content.visits, signed=signed
        )
    ]
    if content.files:
        words = _("Files with settings, logo and own rules: {files}.")
        said.append(words.format(files=content.files))
    if content.left_out:
        words = _("Not taken, being too large or no plain files: {names}.")
        more = ["…"] if len(content.left_out) > MOST_NAMES else []
        said.append(words.format(names=", ".join((*content.left_out[:MOST_NAMES], *more))))
    if content.kept_in:
        words = _("Settings and rules that stood here lie in the folder {name} now.")
        said.append(words.format(name=content.kept_in))
    if content.not_put_back:
        words = _("Settings and own rules could not all be put back: {reason}.")
        said.append(words.format(reason=content.not_put_back))
    return " ".join(said)


def moment_words(moment: dt.datetime) -> str:
    """Day and time on this computer's clock."""
    local = moment.astimezone()
    return f"{date_words(local.date())} {local:%H:%M}"
