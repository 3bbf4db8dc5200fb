"""Texts in code, translated late: `_` looks a text up in the language that was installed last."""

from __future__ import annotations

import gettext
import io

import resources

_current: gettext.NullTranslations = gettext.NullTranslations()


def install(language: str) -> None:
    """Use a language from now on; one without a catalogue of its own reads as English."""
    global _current
    try:
        compiled = resources.data(f"locale/{language}.mo")
    except FileNotFoundError:
        _current = gettext.NullTranslations()
    else:
        _current = gettext.GNUTranslations(io.BytesIO(compiled))


def _(text: str) -> str:
    """The text in the installed language, or as written."""
    return _current.gettext(text)
