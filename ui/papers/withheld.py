"""What stands in place of a paper's pages while it is not printed: why, and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.services.words.translation import _
from ui.typeface import TITLE
from ui.widgets.labels import Label

_EDGE = 48


class Withheld(QWidget):
    """A heading, the reason, and the key that leads back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = Label(parent=self)
        self.reason.setWordWrap(True)
        said = QVBoxLayout(self)
        said.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        said.setSpacing(8)
        self._title = Label(withheld_title(), TITLE, bold=True)
        said.addWidget(self._title)
        said.addWidget(self.reason)
        said.addWidget(Label(_("Esc goes back to the visit."), tone="grey"))
        said.addStretch(1)

    def show_reason(self, reason: str, flagged: bool) -> None:
        """Say why there is no paper; in red only where a red flag keeps it."""
        self._title.set_tone("danger" if flagged else "ink")
        self.reason.setText(reason)


def withheld_title() -> str:
    """Heading in place of pages."""
    return _("Not printed now")
