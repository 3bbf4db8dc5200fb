"""Makes the recovery sheet of a clinic."""

from __future__ import annotations

import datetime as dt
from typing import Final

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.papers import PaperHead, RecoverySheet
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _

_GROUPS_IN_A_LINE: Final = 5


def make_recovery_sheet(clinic: Clinic, key: str, day: dt.date) -> RecoverySheet:
    """The sheet with a key as it was shown, in groups of letters."""
    groups = key.split()
    lines = range(0, len(groups), _GROUPS_IN_A_LINE)
    made = _("Made on {day}").format(day=date_words(day))
    return RecoverySheet(
        PaperHead(
            language="en",
            title=_("Recovery sheet"),
            clinic=clinic,
            call="",
            identity=_("Keep in a safe place"),
            who=(made,),
            date=date_words(day),
            page=_("Page {page} of {pages}"),
            continued="{title}",
        ),
        (
            _("This key opens the record of {clinic} where a passphrase is forgotten.").format(
                clinic=clinic.name
            ),
            _("Whoever holds it can read every chart: lock it away, and keep no photo of it."),
            _("To use it, choose \u201cForgotten\u201d where you sign in, and type the key."),
            _("A newer sheet makes this one useless."),
        ),
        tuple(" ".join(groups[at : at + _GROUPS_IN_A_LINE]) for at in lines),
    )
