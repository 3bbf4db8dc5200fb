"""How a signed visit stands: who signed it and when, late, elsewhere or NOT VALID; its addenda."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.domain.signing import AddendumValidity, State, Validity
from clinic_desktop.services.visit.signature_words import (
    addendum_head,
    clock_words,
    fault_lines,
    headline,
    late_words,
    named_words,
)
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import INSET, RING
from ui.typeface import CAPTION
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.labels import Label
from ui.widgets.marks import draw_tick, draw_warning

MARK = 18
"""Room for the mark before the words."""
MOST_FAULTS = 3
"""Sentences of what does not fit that stand here; the note on paper has them all."""


class SignedLines(QWidget):
    """Headline, what is to be known beside it, and the way to an addendum."""

    add_asked = Signal()
    new_visit_asked = Signal()

    def __init__(self, text: CatalogueText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signed")
        self._text = text
        self._state = State.DRAFT
        self._words = Label(bold=True, parent=self)
        self._words.setObjectName("signed_words")
        self._more = Label(tone="ink2", parent=self)
        for label in (self._words, self._more):
            label.setWordWrap(True)
        self.add = button_for(
            "add_to_note", _("Add to this note"), self.add_asked.emit, Look.LINK, self, height=20
        )
        self._today = Button(_("Visit today"), Look.LINK, 20, self)
        self._today.clicked.connect(self.new_visit_asked)
        said = QVBoxLayout()
        said.setContentsMargins(0, RING, 0, RING)
        said.setSpacing(0)
        said.addWidget(self._words)
        said.addWidget(self._more)
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET + MARK, 1, INSET - RING, 1)
        line.setSpacing(0)
        line.addLayout(said, 1)
        for button in (self.add, self._today):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def show_validity(self, found: Validity, may_begin: bool) -> None:
        """Show how the visit stands; `may_begin` offers a visit of today."""
        self._state = found.state
        bad = found.state is State.NOT_VALID
        self._words.set_tone("danger" if bad else "ink")
        self._words.setText(headline(found))
        faults = fault_lines(found, self._text)
        more = len(faults) - MOST_FAULTS
        lines = [*faults[:MOST_FAULTS], late_words(found)]
        lines += [clock_words(found.signed), named_words(found)]
        if more > 0:
            lines.insert(
                MOST_FAULTS, _("And {n} more; the note on paper has them all.").format(n=more)
            )
        self._more.setText("\n".join(line for line in lines if line))
        self._more.setVisible(any(lines))
        self._more.setToolTip("\n".join(faults))
        self._today.setVisible(may_begin)
        self.setAccessibleName(self.text())
        self.update()

    def text(self) -> str:
        """What it says."""
        return "\n".join(part for part in (self._words.text(), self._more.text()) if part)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        middle = QPointF(INSET + 5, self._words.geometry().top() + 10)
        if self._state is State.NOT_VALID:
            painter.fillRect(self.rect(), shown.danger_tint)
            draw_warning(painter, middle, shown.danger, shown.danger_tint)
        elif self._state is State.VALID:
            draw_tick(painter, middle, shown.accent)


class AddendaList(QWidget):
    """The addenda of the visit, each with its time, its author and what its signature is worth."""

    def __init__(self, text: CatalogueText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addenda")
        self._text = text
        self._labels: list[Label] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(INSET + MARK, 0, INSET, 4)
        self._column.setSpacing(0)

    def show_addenda(self, addenda: tuple[AddendumValidity, ...]) -> None:
        """Show them, the oldest first."""
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for added in addenda:
            bad = added.state is State.NOT_VALID
            head = _("Added {head}").format(head=addendum_head(added))
            self._write(head, "danger" if bad else "grey", CAPTION, bold=bad)
            self._write(added.addendum.text, "ink")
            for line in (*fault_lines(added, self._text), clock_words(added.signed)):
                if line:
                    self._write(line, "danger")
        self.setVisible(bool(addenda))

    def _write(self, text: str, tone: str, size: int = 0, bold: bool = False) -> None:
        label = Label(text, size, bold, tone, self) if size else Label(text, tone=tone, parent=self)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)
        self._labels.append(label)

    def text(self) -> str:
        """What they say."""
        return "\n".join(label.text() for label in self._labels)
