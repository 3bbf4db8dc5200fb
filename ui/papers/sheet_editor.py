"""The items of the patient's sheet, open to change; every change goes into the visit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.papers.sheet_reading import sheet_reading, sheet_words
from clinic_desktop.services.words.translation import _
from ui.forms.choice import ChoiceInput
from ui.forms.words import Option
from ui.tokens import BETWEEN, CONTROL_WIDTH, RING
from ui.typeface import HEADING
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.buttons import Button
from ui.widgets.card import flush
from ui.widgets.labels import Label

from .reading_line import ReadingLine
from .sheet_item import SheetItem


class SheetEditor(QWidget):
    """Chooses items, and for each its place, side, drawing, dose and words."""

    typing = Signal()
    """Something is being typed; the pages are behind."""
    item_wanted = Signal(str)
    """An item of the library is to be added."""

    def __init__(
        self, model: VisitViewModel, library: PlanLibrary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._library, self._printed = model, library, library
        self._rows: list[SheetItem] = []
        self._shown: object = None
        self._items = QVBoxLayout()
        self._items.setSpacing(8)
        self._none = Label(tone="ink2", parent=self)
        self._none.setWordWrap(True)
        self.take_over = Button(_("Take over what the rules suggest"), height=28, parent=self)
        self.take_over.setObjectName("take_over")
        self.take_over.clicked.connect(self._take_over)
        names = [(item, library.name(item)) for item in library.items]
        self.add = ChoiceInput(tuple(Option(i, name, name, "") for i, name in names), self)
        self.add.setObjectName("sheet_add")
        self.add.setAccessibleName(_("Add an item to the plan"))
        self.add.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
        self.add.edited.connect(self._on_add)
        self._add_word = Label(_("Add an item"), tone="ink2", parent=self)
        self.reading = ReadingLine(self, _("The whole sheet: {words}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(self.reading)
        column.addWidget(Label(_("Items, in the order of the sheet"), HEADING, bold=True))
        column.addLayout(self._items)
        column.addWidget(self._none)
        column.addWidget(self.take_over)
        column.addWidget(self._add_word)
        column.addLayout(flush(self.add))
        model.changed.connect(self.show_plan)
        self.show_plan()

    # ------------------------------------------------------------------ showing
    def show_plan(self) -> None:
        """Show the plan as it stands; rows are made anew only where items came, went or moved."""
        plan = self._model.visit.plan
        now = (tuple(choice.item for choice in plan), self._model.locked)
        if now != self._shown:
            self._shown = now
            self._show_anew(plan)
        for row, choice in zip(self._rows, plan, strict=True):
            row.show_choice(choice)

    def _show_anew(self, plan: tuple[PlanChoice, ...]) -> None:
        self.flush()
        for row in self._rows:
            self._items.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(choice) for choice in plan]
        for place, row in enumerate(self._rows):
            row.show_place(place == 0, place == len(plan) - 1)
            self._items.addWidget(row)
        locked = self._model.locked
        offered = self._model.suggestion.plan
        suggested = bool(offered.standing or offered.first)
        self._none.setVisible(not plan)
        self._none.setText(
            _("No plan chosen yet: the sheet shows what the rules suggest.")
            if suggested
            else _("No plan chosen yet.")
        )
        self.take_over.setVisible(not plan and suggested and not locked)
        for part in (self.add, self._add_word):
            part.setVisible(not locked)

    def _row(self, choice: PlanChoice) -> SheetItem:
        known = self._library
        row = SheetItem(choice, known.item(choice.item), known.text(choice.item), self)
        self._show_text(row)
        row.set_locked(self._model.locked)
        row.acted.connect(self._act)
        row.side_chosen.connect(self._on_side)
        row.drawing_chosen.connect(self._on_drawing)
        row.dose_typed.connect(self._on_dose)
        row.words_typed.connect(self._on_words)
        row.typing.connect(self.typing)
        return row

    def show_language(self, library: PlanLibrary) -> None:
        """Show the usual doses in the language of the sheet."""
        self._printed = library
        for row in self._rows:
            self._show_text(row)

    def _show_text(self, row: SheetItem) -> None:
        printed = self._printed
        row.show_text(printed.text(row.item), row.item in printed.borrowed)

    def show_reading(self, content: Handout | None) -> None:
        """Say how hard the sheet is to read, and what she wrote herself in it."""
        for row in self._rows:
            row.show_reading(self._printed.language)
        self.reading.setVisible(content is not None and bool(sheet_words(content)))
        if content is not None:
            self.reading.show_reading(sheet_reading(content))

    def flush(self) -> None:
        """Hand on text that is still being typed."""
        for row in self._rows:
            row.flush()

    def go_to(self, item: str) -> None:
        """Give the keyboard to what is written on an item, where the plan holds it."""
        row = next((one for one in self._rows if one.item == item), None)
        if row is not None:
            row.take_focus()

    def row(self, item: str) -> SheetItem:
        """The row of an item. Raises KeyError."""
        for row in self._rows:
            if row.item == item:
                return row
        raise KeyError(item)

    # ------------------------------------------------------------------ doing
    def _act(self, verb: str, item: str) -> None:
        editor = self._model.editor
        self.flush()
        if verb == "remove":
            editor.plan(tuple(choice for choice in editor.visit.plan if choice.item != item))
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        editor.move_item(item, -1 if verb == "up" else 1)
        # The row was made anew; the keyboard goes with the item.
        moved = self.row(item).findChild(Button, f"{verb}:{item}")
        if moved is not None and moved.isEnabled():
            moved.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.row(item).dose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_over(self) -> None:
        offered = self._model.suggestion.plan
        items = (*offered.standing, *offered.first)
        self._model.editor.plan(tuple(PlanChoice(item) for item in items))
        if self._rows:
            self._rows[0].dose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add(self, item: object) -> None:
        self.add.show_value(None)
        if isinstance(item, str):
            self.item_wanted.emit(item)

    def _on_side(self, item: str, side: object) -> None:
        if not self._model.locked:
            self._model.editor.plan_side(item, side if isinstance(side, str) else None)

    def _on_drawing(self, item: str, drawing: object) -> None:
        if not self._model.locked:
            self._model.editor.plan_drawing(item, drawing if isinstance(drawing, str) else None)

    def _on_dose(self, item: str, typed: str) -> None:
        if not self._model.locked:
            self._model.editor.dose(item, typed.strip() or None)

    def _on_words(self, item: str, words: object) -> None:
        if not self._model.locked:
            self._model.editor.plan_words(item, words if isinstance(words, str) else None)
