"""Phrases in the palette, and what of a text may become one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.phrases import TRIGGER, Phrase
from clinic_desktop.services.words.translation import _
from ui.forms.completing import Completing
from ui.forms.texts import TextInput

from .actions import Action, Where

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def phrase_actions(window: MainWindow) -> tuple[Action, ...]:
    """Each phrase in use: it is put into the text that has the keyboard."""
    return tuple(
        Action(
            f"phrase_{one.name}",
            _("Phrase {name}: {text}").format(name=TRIGGER + one.name, text=one.text),
            "",
            Where.FIELD,
            _puts_in(one),
            _no_text,
        )
        for one in window.writing_aid.phrases()
    )


def selected_text() -> str:
    """What is selected in the free text that has the keyboard, each line by itself."""
    text = QApplication.focusWidget()
    if not isinstance(text, TextInput):
        return ""
    # Qt parts lines by a sign of its own.
    return text.textCursor().selectedText().replace("\u2029", "\n").strip()


def _completing() -> Completing | None:
    """Of the free text that has the keyboard, where somebody may write in it."""
    text = QApplication.focusWidget()
    return text.completing if isinstance(text, TextInput) and not text.isReadOnly() else None


def _puts_in(phrase: Phrase) -> Callable[[], object]:
    def put() -> None:
        completing = _completing()
        if completing is not None:
            completing.put_in(phrase)

    return put


def _no_text() -> str:
    return "" if _completing() is not None else _("Go to a free text first, as a remark (Ctrl+M).")
