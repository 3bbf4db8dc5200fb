"""The line under a finding: why a test could not be done, or what else there is to say."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.services.words.translation import _

from .texts import TextInput


class RemarkLine(TextInput):
    """Up in a blank line writes an earlier remark of the course again, each time an older one."""

    def __init__(self, earlier: Callable[[], tuple[str, ...]], parent: QWidget) -> None:
        """`earlier` gives the remarks of the course, the newest first."""
        super().__init__(1, parent)
        self._earlier = earlier
        self._written = ""
        """What a key wrote here last; anything else is her own."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        step = steps.get(event.key())
        if step is None or event.modifiers() or self.is_locked() or not self._recall(step):
            super().keyPressEvent(event)

    def _recall(self, step: int) -> bool:
        """Write another remark; False over words of her own, which stay."""
        known = ["", *self._earlier()]
        now = self.toPlainText()
        place = known.index(now) + step if now in ("", self._written) and now in known else -1
        if not 0 <= place < len(known):
            return False
        self._written = known[place]
        self.selectAll()
        self.insertPlainText(self._written)
        self.moveCursor(QTextCursor.MoveOperation.End)
        return True


def make_reason(finding: str, earlier: Callable[[], tuple[str, ...]], parent: QWidget) -> TextInput:
    """The line's input, named `<finding>:reason`; out of sight until somebody needs it."""
    made = RemarkLine(earlier, parent)
    made.setObjectName(f"{finding}:reason")
    made.hide()
    return made


def ask_for(reason: TextInput, finding: str, text: CatalogueText, unable: bool) -> bool:
    """Ask for the reason where the test could not be done, else for a remark; False where it asks
    for that already."""
    asked, hint = _("{test}, remark"), _("what the choices do not say; Up: the last remark again")
    if unable:
        asked = _("{test}, why it could not be done")
        hint = _("what stopped you: pain, guarding, no room, no time")
    name = asked.format(test=text.findings[finding].name)
    if name == reason.accessibleName():
        return False
    reason.setAccessibleName(name)
    reason.setPlaceholderText(hint)
    return True
