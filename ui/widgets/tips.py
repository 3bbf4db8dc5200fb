"""Tooltips: what a control says in full, and the key that does the same."""

from __future__ import annotations

from html import escape

from clinic_desktop.services.words.translation import _
from ui.style import theme

from .keys import shown_key


def tip_text(words: str, key: str = "") -> str:
    """A tooltip with the key in the accent of tips."""
    if not key:
        return escape(words)
    said = escape(_("key {key}").format(key=shown_key(key)))
    color = theme().tokens.tip_accent.name()
    return f'{escape(words)} &nbsp; <span style="color:{color}">{said}</span>'
