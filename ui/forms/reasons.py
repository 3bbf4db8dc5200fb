"""The line under a test that could not be done: why not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.services.translation import _

from .inputs import TextInput


def make_reason(finding: str, text: CatalogueText, parent: QWidget) -> TextInput:
    """The input of the reason, named `<finding>:reason`."""
    made = TextInput(1, parent)
    made.setObjectName(f"{finding}:reason")
    name = text.findings[finding].name
    made.setAccessibleName(_("{test}, why it could not be done").format(test=name))
    made.setPlaceholderText(_("what stopped you: pain, guarding, no room, no time"))
    made.hide()
    return made
