"""Which passphrases are taken: long ones that are not among the first to be guessed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clinic_desktop.services.words.translation import _

SHORTEST: Final = 15
"""Characters (NIST SP 800-63B, where the passphrase is the only factor)."""
LONGEST: Final = 1000
_OURS: Final = ("clinic", "desktop", "hamstring", "therapist", "passphrase")
_SAFE: Final = 3
"""Of zxcvbn's 0 to 4: more than 10^8 guesses."""
_LOOKED_AT: Final = 72
"""Its work grows with the square of the length, and no more are needed to tell."""


def why_refused(passphrase: str, names: Iterable[str] = ()) -> str | None:
    """Why a passphrase is not taken, None where it is. `names` are the clinic's and the user's: a
    thief tries those first. What it is made of, digits or capitals, is nobody's rule."""
    if len(passphrase) < SHORTEST:
        return _("At least {count} characters, please: four or five words will do.").format(
            count=SHORTEST
        )
    if len(passphrase) > LONGEST:
        return _("At most {count} characters, please.").format(count=LONGEST)
    from zxcvbn import zxcvbn  # only where somebody chooses one

    words = [*_OURS, *(word for name in names for word in (name, *name.split()))]
    found = zxcvbn(passphrase[:_LOOKED_AT], user_inputs=words)
    known = {word.casefold() for word in words}
    if found["score"] < _SAFE or all(part in known for part in passphrase.casefold().split()):
        return _("This one would be among the first to be guessed. Please take another.")
    return None
