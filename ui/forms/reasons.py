"""The line under a finding: why a test could not be done, or what else there is to say."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.services.translation import _

from .inputs import TextInput


def make_reason(finding: str, parent: QWidget) -> TextInput:
    """The line's input, named `<finding>:reason`; out of sight until somebody needs it."""
    made = TextInput(1, parent)
    made.setObjectName(f"{finding}:reason")
    made.hide()
    return made


def ask_for(reason: TextInput, finding: str, text: CatalogueText, unable: bool) -> None:
    """Ask for the reason where the test could not be done, else for a remark."""
    name = text.findings[finding].name
    if unable:
        reason.setAccessibleName(_("{test}, why it could not be done").format(test=name))
        reason.setPlaceholderText(_("what stopped you: pain, guarding, no room, no time"))
    else:
        reason.setAccessibleName(_("{test}, remark").format(test=name))
        reason.setPlaceholderText(_("what the choices do not say"))
