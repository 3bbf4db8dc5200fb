"""One section of the visit as a form drawn from the catalogue."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.values import SIDES, Key, Side
from clinic_desktop.services.translation import _
from ui.tokens import LEFT_X
from ui.viewmodels.visit import VisitViewModel

from .body import FormBody
from .heads import ColumnHeads
from .inputs import AnyInput, TextInput
from .last_time import fallen_power, last_time_of
from .rest_button import RestButton
from .rows import Block, Field, Row, section_has_columns
from .scrolling import SlimScrollArea

_ROOM_ABOVE = 48
"""Kept in sight above a focused field, so that its heading shows."""


class SectionForm(QWidget):
    """The inputs of one section. Writes through the view-model, refreshes only from its signal."""

    def __init__(self, model: VisitViewModel, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.section = section
        self._heads = ColumnHeads(section_has_columns(model, section), self)
        self._scroll = SlimScrollArea(parent=self)
        self.body = FormBody(model, section)
        self._scroll.setWidget(self.body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._heads)
        layout.addWidget(self._scroll)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        self._rows: dict[str, Row] = {}
        self._fields: dict[Key, Field] = {}
        self._rests = tuple(
            self._rest_button(block)
            for block in self.body.blocks
            if model.is_screen_group(block.group.id)
        )
        self._seen: object = None
        for row in self.body.rows():
            self._rows[row.spec.id] = row
            for found in row.fields:
                self._fields[found.key] = found
                self._connect(found)
        self._set_tab_order()
        model.changed.connect(self._on_changed)
        model.locked_changed.connect(self._on_locked_changed)
        self._refresh(list(self._fields))
        self._on_locked_changed(model.locked)

    # ------------------------------------------------------------------ for the page
    def input(self, key: Key) -> AnyInput:
        """The input of a field. Raises KeyError for one of another section."""
        return self._fields[key].input

    def open_count(self) -> int:
        """How many of its fields are not charted."""
        return self.model.open_count(self.section)

    def focus_key(self, key: Key) -> None:
        """Bring a field into sight and give it the keyboard."""
        self._fields[key].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Give the keyboard to the first field that is still open, else to the first."""
        shown = [k for k, found in self._fields.items() if not found.input.isHidden()]
        still_open = [key for key in shown if self.model.value(key) is None]
        for key in (still_open or shown)[:1]:
            self.focus_key(key)

    def flush(self) -> None:
        """Hand on text that is still being typed."""
        for row in self._rows.values():
            for widget in row.widgets():
                if isinstance(widget, TextInput):
                    widget.flush()

    # ------------------------------------------------------------------ building
    def _connect(self, found: Field) -> None:
        key, widget = found.key, found.input
        widget.edited.connect(partial(self._on_edited, key))
        widget.same_requested.connect(partial(self.model.same, key))
        widget.focus_changed.connect(partial(self._on_focus_changed, key))
        if isinstance(widget, TextInput):
            widget.height_changed.connect(self.body.lay_out)

    def _rest_button(self, block: Block) -> RestButton:
        button = RestButton(self.body)
        button.setObjectName(f"rest_no:{block.group.id}")
        button.setAccessibleName(_("{group}: the rest are no").format(group=block.label))
        button.clicked.connect(partial(self.model.answer_rest_no, block.group.id))
        button.block = block
        return button

    def _set_tab_order(self) -> None:
        """Down one side of a group, then down the other, then the next group."""
        before: QWidget | None = None
        for block in self.body.blocks:
            for side in SIDES:
                for row in block.rows:
                    for widget in _column(row, side):
                        if before is not None:
                            QWidget.setTabOrder(before, widget)
                        before = widget

    # ------------------------------------------------------------------ what the user does
    def _on_edited(self, key: Key, raw: object) -> None:
        error = self.model.record(key, raw)
        found = self._fields[key]
        found.input.set_error(error or fallen_power(self.model, self._rows[key.finding].spec, key))

    def _on_focus_changed(self, key: Key, arrived: bool) -> None:
        if not arrived:
            self.model.end_step()
            return
        widget = self._fields[key].input
        self._scroll.ensureWidgetVisible(widget, 0, _ROOM_ABOVE)
        self.model.focused.emit(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self._focused_key()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key is None:
            event.ignore()
        elif shift and event.key() == Qt.Key.Key_N:
            self.model.answer_rest_no(self._rows[key.finding].spec.group)
        else:
            event.ignore()

    def _focused_key(self) -> Key | None:
        return next((k for k, found in self._fields.items() if found.input.hasFocus()), None)

    def step(self, key: Key, by: int) -> None:
        """Go to the field above (-1) or below (1) in the same column."""
        column = [
            other
            for other, found in self._fields.items()
            if not found.input.isHidden() and (other.side in (key.side, None) or key.side is None)
            and (other.side is not Side.LEFT or key.side is Side.LEFT)
        ]
        place = column.index(key) + by
        if 0 <= place < len(column):
            self.focus_key(column[place])

    # ------------------------------------------------------------------ what is charted
    def _on_changed(self) -> None:
        findings = self.model.visit.findings
        before = self._seen
        self._refresh([k for k in self._fields if before is None or findings.get(k) != before.get(k)])

    def _refresh(self, keys: list[Key]) -> None:
        pass

    def _on_locked_changed(self, locked: bool) -> None:
        for row in self._rows.values():
            for widget in row.widgets():
                if isinstance(widget, AnyInput):
                    widget.set_locked(locked)
        for rest in self._rests:
            rest.setVisible(not locked)


def _column(row: Row, side: Side) -> list[QWidget]:
    """What Tab meets of a row on the way down one side; a field without sides is met first."""
    first = side is Side.RIGHT
    met: list[QWidget] = [
        found.input
        for found in row.fields
        if found.key.side is side or (found.key.side is None and first)
    ]
    if row.reason is not None and (side is Side.LEFT or not row.spec.sides):
        met.append(row.reason)
    return met


_ = LEFT_X
