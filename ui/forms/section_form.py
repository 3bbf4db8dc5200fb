"""One section of the visit as a form drawn from the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.signs import can_be_taken_again
from clinic_desktop.domain.suggestion import RedFlag
from clinic_desktop.domain.values import SIDES, Key, Kind, Side
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.keys import REMARK_KEY, REST_NO_KEY, SIGN_KEY
from ui.widgets.scrolling import SlimScrollArea

from .body import FormBody
from .heads import ColumnHeads
from .inputs import AnyInput
from .last_time import fallen_power, last_time_of
from .reasons import ask_for, make_reason
from .rest_button import RestButton
from .rows import Block, Field, Row, section_has_columns
from .texts import TextInput
from .typed import GradeInput

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ROOM_ABOVE = 48
"""Kept in sight above a focused field, so that its heading shows."""
_REST_NO, _REMARK, _SIGN = map(QKeySequence, (REST_NO_KEY, REMARK_KEY, SIGN_KEY))


class SectionForm(QWidget):
    """The inputs of one section. Writes through the view-model, refreshes only from its signal."""

    def __init__(self, model: VisitViewModel, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{section}_form")
        self.model, self.section = model, section
        self._heads = ColumnHeads(section_has_columns(model, section), self)
        self._scroll = SlimScrollArea(parent=self)
        self.body = FormBody(model, section)
        self._rows: dict[str, Row] = {row.spec.id: row for row in self.body.rows}
        self._fields: dict[Key, Field] = {f.key: f for row in self.body.rows for f in row.fields}
        self._rests = self._rest_buttons()
        self._seen_notes: Mapping[str, str] | None = None
        self._remarking: set[str] = set()
        """Findings whose line for a remark was opened and may still be blank."""
        self._seen_flags: tuple[RedFlag, ...] = ()
        self._seen_folded: tuple[str, ...] = ()
        for found in self._fields.values():
            self._connect(found)
        self._set_tab_order()
        self._refresh(self._fields)
        self._on_locked_changed(model.locked)
        self._put_together()
        self.body.stepped.connect(self._on_stepped)
        self.body.test_stepped.connect(self.next_test)
        for place, block in enumerate(self.body.blocks):
            if block.letter:
                shortcut = QShortcut(QKeySequence(block.key), self)
                shortcut.activated.connect(partial(self._to_block, place))
        model.changed.connect(self._on_changed)
        model.locked_changed.connect(self._on_locked_changed)

    # ------------------------------------------------------------------ for the page
    def input(self, key: Key) -> AnyInput:
        """The input of a field. Raises KeyError for one of another section."""
        return self._fields[key].input

    def open_count(self) -> int:
        """How many of its fields are not charted."""
        return self.model.open_count(self.section)

    def focus_key(self, key: Key) -> None:
        """Bring a field into sight and give it the keyboard."""
        self.body.reveal(key)
        self._fields[key].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Give the keyboard to the first field that is still open, else to the first."""
        shown = [key for key, found in self._fields.items() if not found.input.isHidden()]
        asked = [key for key in shown if not self.model.is_detail(key)]
        still_open = [key for key in asked if self.model.value(key) is None]
        for key in (still_open or shown)[:1]:
            self.focus_key(key)

    def flush(self) -> None:
        """Hand on text that is still being typed."""
        for widget in self._inputs():
            if isinstance(widget, TextInput):
                widget.flush()

    def _inputs(self) -> Iterable[AnyInput]:
        for row in self.body.rows:
            yield from row.inputs()

    # ------------------------------------------------------------------ building
    def _put_together(self) -> None:
        self._scroll.setWidget(self.body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._heads)
        layout.addWidget(self._scroll)

    def _connect(self, found: Field) -> None:
        key, widget = found.key, found.input
        widget.edited.connect(partial(self._on_edited, key))
        widget.same_requested.connect(partial(self.model.same, key))
        widget.focus_changed.connect(partial(self._on_focus_changed, key))
        if isinstance(widget, TextInput):
            widget.height_changed.connect(self.body.lay_out)
            widget.cursorPositionChanged.connect(partial(self._show_cursor, widget))

    def _rest_buttons(self) -> dict[str, RestButton]:
        """A button for each red-flag group, kept by the group's id."""
        made = {}
        for block in self.body.blocks:
            if self.model.is_screen_group(block.group.id):
                button = RestButton(block.label, self.body)
                button.setObjectName(f"rest_no:{block.group.id}")
                button.clicked.connect(partial(self._answer_rest_no, block.group.id))
                block.rest = made[block.group.id] = button
        self.body.lay_out()
        return made

    def _set_tab_order(self) -> None:
        """Down one side of a group, then down the other, then the next group."""
        chain = [widget for block in self.body.blocks for widget in self._chain(block)]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _chain(self, block: Block) -> Iterator[QWidget]:
        figure = self.body.figures.get(block.group.id)
        if figure is not None:
            yield from figure.chain()
            if figure.takes_rows:
                return
        for side in SIDES:
            for row in block.rows:
                yield from _column(row, side)

    # ------------------------------------------------------------------ what the user does
    def _on_edited(self, key: Key, raw: object) -> None:
        error = self.model.record(key, raw)
        spec = self._rows[key.finding].spec
        self._fields[key].input.set_error(error or fallen_power(self.model, spec, key))

    def _on_reason_edited(self, finding: str, text: object) -> None:
        self.model.note_on(finding, text if isinstance(text, str) else "")

    def _answer_rest_no(self, group: str) -> None:
        self.model.answer_rest_no(group)

    def _show_cursor(self, text: TextInput) -> None:
        """Keep the line that is being written in sight, however long the text."""
        if text.hasFocus():
            at = text.viewport().mapTo(self.body, text.cursorRect().center())
            self._scroll.ensureVisible(at.x(), at.y(), 0, _ROOM_ABOVE)

    def _on_focus_changed(self, key: Key, arrived: bool) -> None:
        if not arrived:
            self.model.end_step()
            if key.finding in self._seen_folded:
                self._fold(self._seen_folded)
            return
        self._scroll.ensureWidgetVisible(self._fields[key].input, 0, _ROOM_ABOVE)
        self.model.focused.emit(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if self.focused_key() is not None and pressed == _REST_NO:
            if not event.isAutoRepeat():  # each group wants a key of its own
                self.answer_rest()
        elif self.focused_key() is not None and pressed == _REMARK and not self.model.locked:
            self.begin_remark()
        elif pressed == _SIGN and not self.model.locked:
            self._ask_sign()
        elif event.key() == Qt.Key.Key_Equal and event.modifiers() & _CONTROL:
            # Whichever of the keyboard's layers the sign is on.
            self.same_test()
        else:
            event.ignore()

    def next_test(self, by: int) -> None:
        """Go to a test further down or up, to what is open of it on the side one is on."""
        blocks = [list(self._chain(block)) for block in self.body.blocks]
        blocks = [shown for b in blocks if (shown := [w for w in b if not w.isHidden()])]
        focus = self.focusWidget()
        here = next((n for n, block in enumerate(blocks) if focus in block), None)
        if here is not None and 0 <= here + by < len(blocks):
            self._to_open(blocks[here + by])

    def _to_block(self, place: int) -> None:
        """Go to a test by its letter."""
        shown = [w for w in self._chain(self.body.blocks[place]) if not w.isHidden()]
        if shown:
            self._to_open(shown)

    def _to_open(self, wanted: list[QWidget]) -> None:
        """Go to what is open of a test, on the side one is on while that has any."""
        key = self.focused_key()
        keys = {found.input: other for other, found in self._fields.items()}
        beside = [w for w in wanted if key is None or w not in keys
                  or keys[w].side in (key.side, None)] or wanted  # fmt: skip
        blank = [w for w in wanted if w not in keys or self.model.value(keys[w]) is None]
        here = [w for w in blank if w in beside]
        (here or blank or beside)[0].setFocus(Qt.FocusReason.TabFocusReason)

    def same_test(self) -> None:
        """Chart what is open of a test, on the side of the field with the keyboard, as found again
        today, and go on to the next open field."""
        key = self.focused_key()
        if key is not None and self.model.same_test(key):
            self._to_open_after(key)

    def _to_open_after(self, key: Key) -> None:
        """Go on to the next open field below, where there is one."""
        chain = [widget for block in self.body.blocks for widget in self._chain(block)]
        keys = {found.input: other for other, found in self._fields.items()}
        later = chain[chain.index(self._fields[key].input) + 1 :]
        shown = (keys[w] for w in later if w in keys and not w.isHidden())
        asked = (other for other in shown if not self.model.is_detail(other))
        following = next((other for other in asked if self.model.value(other) is None), None)
        if following is not None:
            self.focus_key(following)

    def _ask_sign(self) -> None:
        key = self.focused_key()
        if key is not None and can_be_taken_again(self.model.catalogue.spec(key.finding)):
            self.model.sign_asked.emit(key)

    def answer_rest(self) -> None:
        """Answer what is open of the group with the keyboard: red-flag questions asked, no; a test
        that has a word for it examined on this side, normal. The keyboard goes on to what is open
        next, all of which is then in sight."""
        key = self.focused_key()
        if key is None or not self.model.answer_together(key):
            return
        self._to_open_after(key)
        arrived = self.focused_key()
        if arrived is not None:
            self._show_whole(self._rows[arrived.finding])

    def _show_whole(self, row: Row) -> None:
        """Bring a whole test into sight: nobody answers what she cannot read."""
        rows = next(block.rows for block in self.body.blocks if row in block.rows)
        shown = [one for one in rows if not one.folded]
        top, foot = shown[0].top - _ROOM_ABOVE, shown[-1].top + shown[-1].height
        half = min(foot - top, self._scroll.viewport().height()) // 2
        self._scroll.ensureVisible(0, top + half, 0, half)

    def begin_remark(self) -> None:
        """Open the line for a remark on the field with the keyboard."""
        key = self.focused_key()
        if key is None:
            return
        finding = key.finding
        self._remarking.add(finding)
        self._show_reasons()
        reason = self._rows[finding].reason
        if reason is not None:
            reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reason_focus(self, row: Row, arrived: bool) -> None:
        if row.reason is not None and arrived:
            self._scroll.ensureWidgetVisible(row.reason, 0, _ROOM_ABOVE)
            return
        self.model.end_step()
        if row.spec.id in self._remarking:
            self._remarking.discard(row.spec.id)
            self._show_reasons()

    def focused_key(self) -> Key | None:
        """The field that has the keyboard."""
        return next((k for k, found in self._fields.items() if found.input.hasFocus()), None)

    def _on_stepped(self, by: int) -> None:
        """Go to the field above or below in the same column."""
        key = self.focused_key()
        if key is None:
            return
        away = Side.RIGHT if key.side is Side.LEFT else Side.LEFT
        column = [
            other
            for other, found in self._fields.items()
            if other.side is not away and not found.input.isHidden()
        ]
        place = column.index(key) + by
        if 0 <= place < len(column):
            self.focus_key(column[place])

    # ------------------------------------------------------------------ what is charted
    def _on_changed(self) -> None:
        self._refresh([key for key in self.model.touched if key in self._fields])

    def _refresh(self, changed: Collection[Key]) -> None:
        """Bring what has changed to the screen, and touch nothing else."""
        findings = self.model.visit.findings
        for key in changed:
            found, row = self._fields[key], self._rows[key.finding]
            found.input.show_value(findings.get(key))
            last = last_time_of(self.model, row.spec, key)
            if last != found.last:
                found.last = last
                found.input.set_last_words(last.spoken)
                self.body.repaint_row(row)
        self._show_fallen_power()
        results = any(self._rows[key.finding].spec.kind is Kind.RESULT for key in changed)
        if results or self.model.visit.notes_on is not self._seen_notes:
            self._show_reasons()
        folded = self.model.suggestion.screen.not_applicable
        if folded != self._seen_folded or any(key.finding in folded for key in changed):
            self._fold(folded)
        if changed:
            self._show_rests()
        earlier = self.model.editor.case.visits[:-1]
        self._heads.show_heads(self.model.painful_side(), earlier[-1].date if earlier else None)

    def _show_fallen_power(self) -> None:
        flags = self.model.suggestion.red_flags
        if flags == self._seen_flags:
            return
        self._seen_flags = flags
        for key, found in self._fields.items():
            widget = found.input
            if isinstance(widget, GradeInput) and (widget.read() is not None or not widget.typed()):
                spec = self._rows[key.finding].spec
                widget.set_error(fallen_power(self.model, spec, key))

    def _show_reasons(self) -> None:
        """Ask why a test could not be done, under the test; show what was remarked on others."""
        notes = self._seen_notes = self.model.visit.notes_on
        moved = False
        for row in self.body.rows:
            note = notes.get(row.spec.id, "")
            unable = self.model.is_unable(row.spec.id)
            wanted = bool(note) or unable or row.spec.id in self._remarking
            if wanted and row.reason is None:
                self._add_reason(row)
            if row.reason is not None:
                other = ask_for(row.reason, row.spec.id, self.model.text, unable)
                row.reason.show_value(note or None)
                if row.reason.isHidden() is wanted:
                    row.reason.setVisible(wanted)
                    moved = other = True
                if other:
                    self.body.repaint_row(row)
        if moved:
            self.body.lay_out()

    def _add_reason(self, row: Row) -> None:
        row.reason = make_reason(row.spec.id, self.model.earlier_remarks, self.body)
        row.reason.set_locked(self.model.locked)
        row.reason.edited.connect(partial(self._on_reason_edited, row.spec.id))
        row.reason.focus_changed.connect(partial(self._on_reason_focus, row))
        row.reason.height_changed.connect(self.body.lay_out)
        self._set_tab_order()

    def _fold(self, folded: tuple[str, ...]) -> None:
        """Put away what does not apply, but nothing that is charted or has the keyboard."""
        self._seen_folded = folded
        moved = False
        for row in self.body.rows:
            away = row.spec.id in folded and not any(
                self.model.value(found.key) is not None or found.input.hasFocus()
                for found in row.fields
            )
            if away is not row.folded:
                row.show(not away)
                moved = True
        if moved:
            self.body.lay_out()
            self._show_rests()

    def _show_rests(self) -> None:
        for group, button in self._rests.items():
            button.setVisible(bool(self.model.open_in_group(group)) and not self.model.locked)

    def _on_locked_changed(self, locked: bool) -> None:
        for widget in self._inputs():
            widget.set_locked(locked)
        self._show_rests()


def _column(row: Row, side: Side) -> list[QWidget]:
    """What Tab meets of a row on the way down one side; a field without sides is met first."""
    met: list[QWidget] = [
        found.input for found in row.fields if (found.key.side or Side.RIGHT) is side
    ]
    if row.reason is not None and (side is Side.LEFT or not row.spec.sides) and met:
        met.append(row.reason)
    return met
