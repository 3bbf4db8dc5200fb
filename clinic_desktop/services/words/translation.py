"""Texts in code, translated late: each is looked up in the language that was installed last."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable
from functools import cache
from typing import Final

import resources

ENGLISH: Final = "en"
"""What the code is written in, and what commands speak."""
LANGUAGES: Final = {ENGLISH: "English", "es": "Español"}
"""What the window speaks, each by its own name for itself."""
_DECIMAL_SIGNS: Final = {"es": ","}

_language: str = ENGLISH
_current: gettext.NullTranslations = gettext.NullTranslations()


def chosen(wanted: str, of_the_system: Iterable[str]) -> str:
    """The language to use: the one that is wanted, where it is one of ours, else the first that
    the computer's user reads (`es-MX`) and we speak, else English."""
    for name in (wanted, *of_the_system):
        plain = name.replace("_", "-").partition("-")[0].lower()
        if plain in LANGUAGES:
            return plain
    return ENGLISH


def install(language: str) -> None:
    """Use a language from now on; one without texts of its own reads as English."""
    texts = _texts_of(language)
    use(ENGLISH if texts is None else language, texts or gettext.NullTranslations())


@cache
def _texts_of(language: str) -> gettext.NullTranslations | None:
    try:
        compiled = resources.data(f"locale/{language}.mo")
    except FileNotFoundError:
        return None
    return gettext.GNUTranslations(io.BytesIO(compiled))


def use(language: str, texts: gettext.NullTranslations) -> None:
    """Use these texts from now on, as those of a language."""
    global _language, _current
    _language, _current = language, texts


def in_use() -> str:
    """The language that was installed last."""
    return _language


def decimal_sign(language: str | None = None) -> str:
    """What stands before the decimals of a number that is shown, in a language or the one in
    use."""
    return _DECIMAL_SIGNS.get(language or _language, ".")


def _(text: str) -> str:
    """The text in the language in use, or as written."""
    return _current.gettext(text)


def in_every_language(text: str) -> tuple[str, ...]:
    """A text in each language, the one in use first: what the program wrote into a record is known
    again whichever language it was written in."""
    spoken = (texts for language in LANGUAGES if (texts := _texts_of(language)))
    return tuple(dict.fromkeys((_(text), *(texts.gettext(text) for texts in spoken), text)))


def pgettext(context: str, text: str) -> str:
    """A text that has another meaning, or less room, than the same words elsewhere."""
    return _current.pgettext(context, text)


def ngettext(one: str, many: str, n: int) -> str:
    """The text for a count of one or of many; the caller puts the number in its place."""
    return _current.ngettext(one, many, n)
