"""What was done of the last sheet, item by item, one key each."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import ADHERENCE
from clinic_desktop.services.course.adherence import LastSheet, whole_plan
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.tokens import CONTROL_WIDTH, RING
from ui.typeface import CAPTION
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.buttons import Button
from ui.widgets.labels import Label

from .segments import SegmentedInput
from .words import Option

WHOLE: Final = Key("adherence.home_plan")
"""The plan as a whole, which the contract charts."""
NAME_WIDTH: Final = 200


class AdherenceRows(QWidget):
    """Asks of each item how much was done; the whole is charted from them when she says so."""

    def __init__(self, model: VisitViewModel, sheet: LastSheet | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._sheet = model, sheet
        self._items = tuple(choice.item for choice in sheet.choices) if sheet else ()
        self.rows: dict[str, SegmentedInput] = {}
        self.confirm = Button("", height=28, parent=self)
        self.confirm.setObjectName("chart_whole_plan")
        self.confirm.clicked.connect(self._chart_whole)
        self._hint = Label(size=CAPTION, tone="grey", parent=self)
        self._hint.setContentsMargins(RING, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        if sheet is None:
            self.hide()
            return
        column.addWidget(Label(_heading(sheet), tone="ink2"))
        column.addLayout(self._grid(sheet))
        foot = QHBoxLayout()
        foot.setContentsMargins(NAME_WIDTH + 8, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.confirm)
        foot.addWidget(self._hint)
        foot.addStretch(1)
        column.addLayout(foot)

    def _grid(self, sheet: LastSheet) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        for place, choice in enumerate(sheet.choices):
            name = self._names(choice.item)
            row = SegmentedInput(_options(), parent=self)
            row.setObjectName(f"adherence:{choice.item}")
            row.setAccessibleName(_("{item}: how much was done").format(item=name))
            row.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
            row.edited.connect(partial(self._on_edited, choice.item))
            self.rows[choice.item] = row
            label = Label(name, tone="ink2")
            label.setFixedWidth(NAME_WIDTH)
            label.setWordWrap(True)
            grid.addWidget(label, place, 0)
            grid.addWidget(row, place, 1)
            grid.addWidget(Label(choice.dose or "", CAPTION, tone="grey"), place, 2)
        return grid

    def _names(self, item: str) -> str:
        assert self._sheet is not None
        return self._sheet.names.get(item, item)

    # ------------------------------------------------------------------ showing
    def show_values(self) -> None:
        """Show what was said; what was not asked stays blank."""
        done = self._model.visit.adherence
        for item, row in self.rows.items():
            row.show_value(done.get(item))
            row.set_locked(self._model.locked)
        whole = whole_plan(done, self._items)
        charted = self._model.value(WHOLE)
        self.confirm.hide()
        if whole is not None and whole != charted and not self._model.locked:
            self.confirm.show()
            self.confirm.setText(_("Chart the whole plan as “{word}”").format(word=_words()[whole]))
        still_open = len(self._items) - len(set(done) & set(self._items))
        self._hint.setText(_("{n} not asked yet").format(n=still_open) if still_open else "")
        self._hint.setVisible(bool(still_open))

    def focus_first(self) -> bool:
        """Give the keyboard to the first item that was not asked about; False where none is."""
        done = self._model.visit.adherence
        row = next((row for item, row in self.rows.items() if item not in done), None)
        if row is None or self._model.locked:
            return False
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # ------------------------------------------------------------------ doing
    def _on_edited(self, item: str, word: object) -> None:
        if self._model.locked:
            return
        self._model.editor.adhered(item, word if isinstance(word, str) else None)
        self._model.end_step()
        places = list(self.rows)
        following = places[places.index(item) + 1 :]
        if isinstance(word, str) and following:
            # One key an item: the keyboard is at the next one already.
            self.rows[following[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chart_whole(self) -> None:
        whole = whole_plan(self._model.visit.adherence, self._items)
        if whole is not None:
            self._model.record(WHOLE, whole)


def _heading(sheet: LastSheet) -> str:
    day = date_words(sheet.visit.date)
    if sheet.kept:
        return _("The sheet of {day}: how much of each was done?").format(day=day)
    said = _("The plan of {day} (no sheet of it was kept): how much of each was done?")
    return said.format(day=day)


def _words() -> dict[str, str]:
    return {"all": _("all"), "most": _("most"), "some": _("some"), "none": _("none")}


def _options() -> tuple[Option, ...]:
    words = _words()
    return tuple(
        Option(w, words[w], words[w], key) for w, key in zip(ADHERENCE, "1234", strict=True)
    )
