"""The command palette: every action, every field and every patient, found by typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain import access
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.values import Key
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import find_patients
from clinic_desktop.services.words.translation import _
from ui.home.patient_list import PatientRow, patient_rows
from ui.typeface import CAPTION
from ui.widgets.announcing import announce
from ui.widgets.card_list import INSET, CardList, RowModel
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.widgets.overlay import Overlay

from .actions import Action
from .rows import (
    ROW,
    ActionRow,
    FieldRow,
    NoteRow,
    PaletteDelegate,
    action_rows,
    field_rows,
    fitting,
)

WIDTH, TOP, INPUT, SHOWN_ROWS = 720, 64, 36, 12
"""Width of the card, its upper edge, height of its line, and how many rows it shows at most."""
MOST_PATIENTS = 8
_NEVER_PASSED_ON = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class Palette(Overlay):
    """Type, choose with the arrows, Return. Esc goes back to where the keyboard was."""

    field_asked = Signal(object)
    """The Key of a field to go to."""
    patient_asked = Signal(int)
    """The number of a patient to open."""
    action_asked = Signal(object)
    """The Action to do."""

    def __init__(self, desk: Desk, actions: tuple[Action, ...], parent: QWidget) -> None:
        super().__init__("palette", parent)
        self._desk = desk
        # Without the one that opens it: it is open.
        self._listed = tuple(action for action in actions if action.id != "commands")
        self._fields = field_rows(desk.catalogue, desk.text)
        self._actions: tuple[ActionRow, ...] = ()
        self._in_visit = False
        self.setAccessibleName(_("Commands"))
        self.input = FramedLine("palette_input", INPUT, self.card)
        self.input.line.setAccessibleName(_("Command, field or patient"))
        self.input.line.setPlaceholderText(_("Command, field or patient"))
        self._found = RowModel(self)
        self.list = CardList(self._found, PaletteDelegate(self), self.card)
        self.list.setObjectName("palette_rows")
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told = Label(size=CAPTION, tone="ink2", parent=self.card)
        self.told.setObjectName("palette_told")
        self.told.setContentsMargins(INSET, 0, INSET, 0)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.input)
        column.addWidget(self.list)
        column.addWidget(self.told)
        self.input.line.textChanged.connect(self._find)
        self.input.line.installEventFilter(self)
        self.list.opened.connect(self._open_row)

    # ------------------------------------------------------------------ showing
    def open_for(self, in_visit: bool, more: tuple[Action, ...] = ()) -> None:
        """Show it: fields only where a visit is open, what hinders an action as of now; `more` are
        actions that there are at this moment."""
        # Before the keyboard goes: some actions are about the field that has it.
        self._actions = action_rows((*self._listed, *more))
        self._in_visit = in_visit
        self.input.line.clear()
        self._find()
        self.open()

    @override
    def take_focus(self) -> None:
        self.input.line.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def rows(self) -> tuple[object, ...]:
        """What is listed, top to bottom."""
        return self.list.rows

    @property
    def field(self) -> Key | None:
        """The field whose row is chosen, while it is open."""
        row = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.field if self.isVisible() and isinstance(row, FieldRow) else None

    def _find(self) -> None:
        typed = self.input.line.text().strip()
        self._found.show_rows(self._rows(typed))
        self.list.scrollToTop()
        first = next((n for n, row in enumerate(self.list.rows) if row.can_open), None)
        if first is not None:
            self.list.choose(first)
        self._tell("")
        self.place_card()

    def _rows(self, typed: str) -> tuple[object, ...]:
        commands = fitting((*self._actions, *(self._fields if self._in_visit else ())), typed)
        patients = self._patients(typed) if typed else ()
        rows = (*commands, *patients) if self._in_visit else (*patients, *commands)
        return rows or (NoteRow(_("Nothing is called that. Fewer letters find more.")),)

    def _patients(self, typed: str) -> tuple[object, ...]:
        if not self._desk.may(access.Action.SEE_PATIENTS):
            return ()
        try:
            found = find_patients(self._desk.open_record, typed, MOST_PATIENTS)
        except RecordUnavailable as problem:
            return (NoteRow(str(problem)),)
        return patient_rows(found, typed, self._desk.clock().astimezone().date())

    def _tell(self, words: str) -> None:
        self.told.set_tone("caution" if words else "grey")
        self.told.setText(words or _("Return opens, Esc goes back to where you were"))
        if words:
            announce(self.input.line, words)

    @override
    def place_card(self) -> None:
        rows = min(self.list.content_height(), ROW * SHOWN_ROWS)
        self.list.setFixedHeight(max(1, rows))
        width = min(WIDTH, self.width() - 32)
        high = self.card.sizeHint().height()
        self.card.setGeometry((self.width() - width) // 2, TOP, width, high)
        self.update()

    # ------------------------------------------------------------------ doing
    def _open_row(self, row: object) -> None:
        if isinstance(row, ActionRow) and row.hindrance:
            self._tell(row.hindrance)
            return
        self.close_up()
        if isinstance(row, ActionRow):
            self.action_asked.emit(row.action)
        elif isinstance(row, FieldRow):
            self.field_asked.emit(row.field)
        elif isinstance(row, PatientRow):
            self.patient_asked.emit(row.summary.number)

    def _move(self, step: int) -> None:
        self.list.move_by(step)
        row = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        if row is not None:
            announce(self.input.line, row.spoken)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.input.line:
            if isinstance(event, QKeyEvent):
                return self._take_key(event)
            if event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
                self._on_left(event.reason())
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            if any(map(event.matches, _NEVER_PASSED_ON)):
                event.accept()  # what is taken back here is what was typed here, not the visit's
                return True
            return False
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1}
        if key in steps:
            self._move(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.list.open_current()
        else:
            return False
        return True

    def _on_left(self, reason: Qt.FocusReason) -> None:
        """The keyboard went elsewhere, as by the key of a section: do not take it back."""
        elsewhere = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
        if reason not in elsewhere:
            self.hide()
