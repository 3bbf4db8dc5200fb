"""One item of the sheet as it can be changed: order, side, drawing, dose, words for a patient."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from clinic_desktop.domain.phrases import open_words
from clinic_desktop.domain.plans import PlanItem, PlanItemText
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.papers.sheet_reading import with_plainer
from clinic_desktop.services.words.translation import _, pgettext
from ui.forms.segments import SegmentedInput
from ui.forms.texts import TextInput
from ui.forms.words import Option
from ui.tokens import CONTROL_WIDTH, RING
from ui.typeface import CAPTION, HEADING
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label

from .reading_line import ReadingLine

WORD_COLUMN = 60
USUAL = "usual"
"""Stands for the drawing that an item has without a choice."""


class SheetItem(QWidget):
    """Speaks up for each change; shows what the visit holds."""

    acted = Signal(str, str)
    """`up`, `down` or `remove`, and the item."""
    side_chosen = Signal(str, object)
    drawing_chosen = Signal(str, object)
    dose_typed = Signal(str, str)
    words_typed = Signal(str, object)
    typing = Signal()
    """Words are being typed that are not handed on yet."""

    def __init__(
        self, choice: PlanChoice, item: PlanItem, text: PlanItemText, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = choice.item
        self._item, self._own, self._text = item, text, text
        self._drawn = choice.drawing
        self._head = Label(text.name, HEADING, bold=True)
        self._remark = Label("", CAPTION, tone="grey")
        self._printed = bool(item.kind) and not item.clinic_only
        self._links = {verb: self._link(label, verb) for verb, label in _verbs().items()}
        self.side = SegmentedInput(_sides(), parent=self)
        self.side.setObjectName(f"sheet_side:{self.item}")
        self.side.setAccessibleName(_("Side of {item}").format(item=text.name))
        self.side.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
        self.side.edited.connect(lambda side: self.side_chosen.emit(self.item, side))
        self._has_side = bool(text.sides)
        self.drawing = SegmentedInput(_drawings(text), parent=self)
        self.drawing.setObjectName(f"sheet_drawing:{self.item}")
        self.drawing.setAccessibleName(_("Drawing of {item}").format(item=text.name))
        self.drawing.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
        self.drawing.edited.connect(self._on_drawing)
        self._frame = FramedLine(f"sheet_dose:{self.item}", 24, self)
        self.dose = self._frame.line
        self.dose.setAccessibleName(_("Dose of {item}").format(item=text.name))
        self.dose.textEdited.connect(lambda typed: self.dose_typed.emit(self.item, typed))
        self.words = TextInput(1, self)
        self.words.setObjectName(f"sheet_words:{self.item}")
        self.words.setAccessibleName(_("Words for this patient on {item}").format(item=text.name))
        self.words.setPlaceholderText(_("a line for this patient"))
        self.words.edited.connect(lambda words: self.words_typed.emit(self.item, words))
        self.words.textChanged.connect(self.typing)
        self.words.height_changed.connect(self._fit_words)
        self.reading = ReadingLine(self)
        self.reading.replace_asked.connect(self._write_plainer)
        self._arrange()
        self.show_text(text)
        self.show_choice(choice)

    def _link(self, label: str, verb: str) -> Button:
        does = partial(self.acted.emit, verb, self.item)
        link = button_for(f"{verb}:{self.item}", label, does, Look.LINK, self, 20)
        link.setAccessibleName(f"{label}: {self._own.name}")
        return link

    def _arrange(self) -> None:
        for label in (self._head, self._remark):
            label.setWordWrap(True)
        links = QHBoxLayout()
        links.setSpacing(0)
        links.addWidget(self._remark, 1)
        for link in self._links.values():
            links.addWidget(link)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, WORD_COLUMN - RING)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._head, 0, 0, 1, 2)
        grid.addLayout(links, 1, 0, 1, 2)
        rows: tuple[tuple[str, QWidget, bool], ...] = (
            (_("side"), self.side, self._has_side),
            (_("drawing"), self.drawing, bool(self._item.drawings)),
            (_("dose"), self._frame, True),
            (_("words"), self.words, True),
        )
        for place, (word, widget, wanted) in enumerate(rows, 2):
            widget.setVisible(wanted and self._printed)
            if wanted and self._printed:
                grid.addWidget(Label(word, tone="ink2"), place, 0)
                grid.addWidget(widget, place, 1)
        grid.addWidget(self.reading, 6, 1)
        self._fit_words()

    def _fit_words(self) -> None:
        self.words.setFixedHeight(self.words.height_in(self.words.width() - 2 * RING) + 2 * RING)

    # ------------------------------------------------------------------ showing
    def show_choice(self, choice: PlanChoice) -> None:
        """Show what is charted; what is being typed stays."""
        self.side.show_value(choice.side)
        self._drawn = choice.drawing
        self.drawing.show_value(choice.drawing or USUAL)
        self._head.setText(_drawn(self._own, choice.drawing).name)
        self.dose.setPlaceholderText(_drawn(self._text, choice.drawing).dose)
        if self.dose.text().strip() != (choice.dose or ""):
            self.dose.setText(choice.dose or "")
        self.words.show_value(choice.words)

    def show_text(self, text: PlanItemText, borrowed: bool = False) -> None:
        """Show the dose that is printed without her own, in the language of the sheet.

        `borrowed` words are English ones, because there are none in it.
        """
        self._text = text
        self.dose.setPlaceholderText(_drawn(text, self._drawn).dose)
        self._remark.setText(_remark(self._item, borrowed))

    def show_reading(self, language: str) -> None:
        """Read what she wrote herself; the library's own words were read before."""
        own = (self.dose.text().strip(), self.words.toPlainText().strip()) if self._printed else ()
        self.reading.show_text("\n".join(part for part in own if part), language)

    def show_place(self, first: bool, last: bool) -> None:
        """Offer only moves that there are."""
        self._links["up"].setEnabled(not first)
        self._links["down"].setEnabled(not last)

    def set_locked(self, locked: bool) -> None:
        """Make it readable only."""
        self.side.set_locked(locked)
        self.drawing.set_locked(locked)
        self.dose.setReadOnly(locked)
        self.words.set_locked(locked)
        for link in self._links.values():
            link.setVisible(not locked)

    def take_focus(self) -> None:
        """Give the keyboard to the field that a phrase left open, else to the words."""
        dose = open_words(self.dose.text()) and not open_words(self.words.toPlainText())
        (self.dose if dose else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Hand on words that are still being typed."""
        self.words.flush()

    def _on_drawing(self, chosen: object) -> None:
        drawing = chosen if isinstance(chosen, str) and chosen != USUAL else None
        self.drawing.show_value(drawing or USUAL)
        self.drawing_chosen.emit(self.item, drawing)

    def _write_plainer(self, hard: str, plain: str) -> None:
        if self.dose.isReadOnly():
            return
        dose = with_plainer(self.dose.text(), hard, plain)
        if dose != self.dose.text():
            self.dose.setText(dose)
            self.dose_typed.emit(self.item, dose)
        words = with_plainer(self.words.toPlainText(), hard, plain)
        if words != self.words.toPlainText():
            self.words.flush()
            self.words_typed.emit(self.item, words)


def _drawn(text: PlanItemText, drawing: str | None) -> PlanItemText:
    return text.drawings.get(drawing, text) if drawing else text


def _remark(item: PlanItem, borrowed: bool) -> str:
    if not item.kind:
        return _("kept; its words are not here, so no sheet is printed")
    if borrowed:
        return _("no words in this language: printed in English")
    if item.clinic_only:
        return _("in clinic, not on the sheet")
    return _("standing instruction") if item.standing else ""


def _verbs() -> dict[str, str]:
    return {"up": _("up"), "down": _("down"), "remove": _("remove")}


def _drawings(text: PlanItemText) -> tuple[Option, ...]:
    """The usual drawing of an item and its other ones, each named in a word or two."""
    every = {USUAL: text.drawn_as} | {name: one.drawn_as for name, one in text.drawings.items()}
    return tuple(
        Option(name, said, said, str(place)) for place, (name, said) in enumerate(every.items(), 1)
    )


def _sides() -> tuple[Option, ...]:
    return (
        Option("right", _("right"), _("right"), pgettext("key: right", "r")),
        Option("left", _("left"), _("left"), pgettext("key: left", "l")),
        Option("both", _("both"), _("both sides"), pgettext("key: both", "b")),
    )
