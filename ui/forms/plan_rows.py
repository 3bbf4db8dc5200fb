"""Lines of the plan tab: a chosen item with its dose, a parked one, and one of the library."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from clinic_desktop.domain.plans import PlanItem, PlanItemText
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.words.translation import _
from ui.tokens import BETWEEN, RIGHT_X, RING
from ui.typeface import CAPTION, HEADING
from ui.widgets.buttons import Button, Look
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label

DOSE_WIDTH = 432


class ChosenRow(QWidget):
    """An item of the plan: name, how it counts, and the dose, open to change."""

    dose_edited = Signal(str, str)
    """Item and what stands in the dose."""
    acted = Signal(str, str)
    """Verb and item."""

    def __init__(
        self,
        choice: PlanChoice,
        text: PlanItemText,
        remark: str,
        steps: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.item = choice.item
        self._frame = FramedLine(f"dose:{choice.item}", 24, self)
        self.dose = self._frame.line
        self.dose.setPlaceholderText(text.dose)
        self.dose.setAccessibleName(_("Dose of {item}").format(item=text.name))
        self.dose.setText(choice.dose or "")
        self.dose.textEdited.connect(lambda typed: self.dose_edited.emit(self.item, typed))
        self._frame.setFixedWidth(DOSE_WIDTH + 2 * RING)
        self._links = [
            self._link(_("park"), "park", text.name),
            self._link(_("remove"), "remove", text.name),
        ]
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(text.name, HEADING, bold=True))
        head.addWidget(Label(remark, CAPTION, tone="grey"))
        head.addStretch(1)
        for link in self._links:
            head.addWidget(link)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, BETWEEN)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, RIGHT_X - 16 - RING)
        grid.setColumnStretch(2, 1)
        grid.addLayout(head, 0, 0, 1, 3)
        grid.addWidget(Label(_("dose"), tone="ink2"), 1, 0)
        grid.addWidget(self._frame, 1, 1)
        if text.note or steps:
            note = Label(" ".join(filter(None, (text.note, steps))), CAPTION, tone="grey")
            note.setWordWrap(True)
            note.setContentsMargins(RING, 0, 0, 0)
            grid.addWidget(note, 2, 1, 1, 2)

    def _link(self, label: str, verb: str, name: str) -> Button:
        link = Button(label, Look.LINK, 20, self)
        link.setAccessibleName(f"{label}: {name}")
        link.clicked.connect(lambda: self.acted.emit(verb, self.item))
        return link

    def show_choice(self, choice: PlanChoice) -> None:
        """Show the dose as charted; what is being typed stays."""
        if (self.dose.text() or None) != choice.dose and self.dose.text().strip() != choice.dose:
            self.dose.setText(choice.dose or "")

    def set_locked(self, locked: bool) -> None:
        """Make it readable only."""
        self.dose.setReadOnly(locked)
        for link in self._links:
            link.setVisible(not locked)


class ItemRow(QWidget):
    """An item that is not in the plan: its name, what it is for, and the link that adds it."""

    acted = Signal(str, str)

    def __init__(
        self, item: PlanItem, text: PlanItemText, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item.id
        self.button = Button(label, Look.LINK, 20, self)
        self.button.setObjectName(f"add:{item.id}")
        self.button.setAccessibleName(f"{label}: {text.name}")
        self.button.clicked.connect(lambda: self.acted.emit("add", self.item))
        name = Label(text.name)
        name.setFixedWidth(230)
        name.setWordWrap(True)
        purpose = Label(text.purpose, CAPTION, tone="grey")
        purpose.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 1, 0, 1)
        line.setSpacing(12)
        line.addWidget(name)
        line.addWidget(purpose, 1)
        if item.clinic_only:
            line.addWidget(Label(_("in clinic"), CAPTION, tone="ink2"))
        line.addWidget(self.button)

    def set_locked(self, locked: bool) -> None:
        """Take the link away in a visit that can only be read."""
        self.button.setVisible(not locked)
