"""The plan tab: chosen items with their doses, parked ones, the library, retests, adherence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.plans import PlanItem, PlanLibrary
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import PlanChoice, Visit
from clinic_desktop.services.course.adherence import LastSheet
from clinic_desktop.services.words.translation import _
from ui.panels.plan_reading import new_items
from ui.tokens import CONTROL_WIDTH, INSET, MEASURE, RIGHT_X, RING
from ui.typeface import CAPTION, HEADING
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Ground, Label
from ui.widgets.letters import give_letters
from ui.widgets.scrolling import SlimScrollArea

from .adherence_rows import AdherenceRows
from .inputs import AnyInput, make_input
from .next_visit import NEXT_VISIT, NextVisitLine
from .plan_rows import ChosenRow, ItemRow
from .retest_entry import RetestEntry, retest_words
from .texts import TextInput


class PlanSection(QWidget):
    """Changes the plan through the editor and shows it again from the view-model's signal."""

    item_wanted = Signal(str)
    """An item is to be added; the panel asks where both places are taken."""

    def __init__(
        self,
        model: VisitViewModel,
        library: PlanLibrary,
        sheet: LastSheet | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`sheet` is the one that the patient went home with, if there was one."""
        super().__init__(parent)
        self.setObjectName("plan_form")
        self.model = model
        self._library = library
        self._chosen: list[ChosenRow] = []
        self._shown: tuple[object, ...] = ()
        self._inputs: dict[Key, AnyInput] = {}
        self._body = Ground("surface")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(INSET, INSET, INSET, INSET)
        self._column.setSpacing(4)
        self._plan, self._parked = _box(), _box()
        self._retests, self._items = _box(), _box()
        self.next_visit = NextVisitLine(model, self._body)
        self.adherence = AdherenceRows(model, sheet, self._body)
        self.retest = RetestEntry(model.catalogue, model.text, library, self._body)
        self.retest.added.connect(self._on_retest)
        self._withheld = Label(tone="danger", bold=True, parent=self._body)
        self._withheld.setWordWrap(True)
        self._compose()
        give_letters(self)
        scroll = SlimScrollArea(parent=self)
        self._body.setMaximumWidth(MEASURE)
        scroll.setWidget(self._body)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        model.changed.connect(self.show_plan)
        model.locked_changed.connect(lambda _locked: self._show_anew())
        self.show_plan()

    def _compose(self) -> None:
        add = self._column.addLayout
        self._column.addWidget(self.adherence)
        add(_heading(_("This visit's plan"), _("two new items at most; standing ones beside them")))
        self._column.addWidget(self._withheld)
        add(self._plan[1])
        add(self._parked[1])
        self._column.addSpacing(16)
        add(_heading(_("Since last time, and next"), ""))
        add(self._adherence())
        self._column.addWidget(self.next_visit)
        self._column.addSpacing(16)
        add(_heading(_("Retest"), _("the same sign before and after one treatment")))
        add(self._retests[1])
        self._column.addWidget(self.retest)
        self._column.addSpacing(16)
        add(_heading(_("Add from the library"), _("any item, if you see it differently")))
        add(self._items[1])
        self._column.addStretch(1)

    def _adherence(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, RIGHT_X - INSET - RING)
        grid.setColumnStretch(2, 1)
        shown = [key for key in self.model.keys_of("plan") if key != NEXT_VISIT]
        for row, key in enumerate(shown):
            spec = self.model.catalogue.spec(key.finding)
            made = make_input(spec, key, self.model.text, self._body)
            made.setFixedSize(CONTROL_WIDTH + 2 * RING, made.height_in(CONTROL_WIDTH) + 2 * RING)
            made.edited.connect(partial(self.model.record, key))
            made.same_requested.connect(partial(self.model.same, key))
            made.focus_changed.connect(partial(self._on_focus, key))
            self._inputs[key] = made
            name = Label(self.model.text.findings[key.finding].name, tone="ink2")
            name.setWordWrap(True)
            name.setFixedWidth(RIGHT_X - INSET - RING - 8)
            name.setMinimumHeight(name.heightForWidth(name.width()))
            grid.addWidget(name.of(made), row, 0)
            grid.addWidget(made, row, 1)
        return grid

    def _on_focus(self, key: Key, arrived: bool) -> None:
        if arrived:
            self.model.focused.emit(key)
        else:
            self.model.end_step()

    # ------------------------------------------------------------------ for the page
    def focus_key(self, key: Key) -> None:
        """Give the keyboard to a field of this tab."""
        if key in self._inputs:
            self._inputs[key].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next_visit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Give the keyboard to what was not asked of the last sheet, else to the first dose."""
        if not self.adherence.focus_first():
            self._focus_dose()

    def _focus_dose(self) -> None:
        first = self._chosen[0].dose if self._chosen else next(iter(self._inputs.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_retest(self) -> None:
        """Bring the retest into sight, ready for the last sign, and give it the keyboard."""
        self._begin_retest()
        self._scroll.ensureWidgetVisible(self.retest, 0, 40)
        self.retest.treatment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_retest(self) -> None:
        """Fill in the sign that was taken again last, here or at an earlier visit.

        What was begun and not added yet stays as it is.
        """
        if self.retest.after.line.text() or self.retest.before.line.isModified():
            return
        visits = self.model.editor.case.visits
        last = next((r for visit in reversed(visits) for r in reversed(visit.retests)), None)
        if last is not None:
            today = last.after if last in visits[-1].retests else None
            latest = today if today is not None else self.model.value(Key(last.test, last.side))
            self.retest.begin(last.test, last.side, latest)

    def flush(self) -> None:
        """Hand on text that is still being typed."""
        for made in self._inputs.values():
            if isinstance(made, TextInput):
                made.flush()

    # ------------------------------------------------------------------ showing
    def show_plan(self) -> None:
        """Show the plan as it stands; lines are made anew only where items came or went."""
        visit = self.model.visit
        for key, made in self._inputs.items():
            made.show_value(self.model.value(key))
        self.next_visit.show_value()
        self.adherence.show_values()
        withheld = self._is_withheld()
        now = (
            tuple((choice.item, choice.drawing) for choice in visit.plan), visit.parked,
            visit.retests,
            withheld, self.model.locked,
        )  # fmt: skip
        if now != self._shown:
            self._shown = now
            self._show_anew()
        for row, choice in zip(self._chosen, visit.plan, strict=True):
            row.show_choice(choice)

    def _is_withheld(self) -> bool:
        return any(flag.level in "ESU" for flag in self.model.suggestion.red_flags)

    def _show_anew(self) -> None:
        visit, locked = self.model.visit, self.model.locked
        withheld = self._is_withheld()
        self._withheld.setVisible(withheld)
        self._withheld.setText(
            _("A red flag is open: nothing is added or printed until it is resolved.")
        )
        self._show_chosen(visit, locked)
        self._fill(self._parked, [
            self._item_row(c.item, _("bring back"), locked or withheld) for c in visit.parked
        ])  # fmt: skip
        self._fill(self._retests, [self._retest_row(i, locked) for i in range(len(visit.retests))])
        self.retest.setEnabled(not locked)
        taken = {choice.item for choice in (*visit.plan, *visit.parked)}
        self._fill(self._items, [
            self._item_row(item, _("add"), locked or withheld)
            for item in self._library.items if item not in taken
        ])  # fmt: skip

    def _show_chosen(self, visit: Visit, locked: bool) -> None:
        new = new_items(self.model.editor.case, self._library)
        self._chosen = [self._chosen_row(choice, new) for choice in visit.plan]
        for row in self._chosen:
            row.set_locked(locked)
        empty = Label(
            _("Nothing yet. Add what the panel proposes, or any item below."), tone="ink2"
        )
        self._fill(self._plan, list(self._chosen) or [empty])

    def _steps(self, item: PlanItem) -> str:
        """What follows when an item is easy, and what is easier, in words."""
        named = (
            (_("Moves on to: {item}."), item.moves_on_to),
            (_("Backs off to: {item}."), item.backs_off_to),
        )
        name = self._library.name
        return " ".join(words.format(item=name(other)) for words, other in named if other)

    def _chosen_row(self, choice: PlanChoice, new: tuple[str, ...]) -> ChosenRow:
        item = self._library.item(choice.item)
        remark = _("new") if choice.item in new else _("goes on")
        if not item.kind:
            remark = _("kept; its words are not here, so no sheet is printed")
        elif item.standing:
            remark = _("standing instruction")
        elif item.clinic_only:
            remark = _("in clinic, not on the sheet")
        text, steps = self._library.text(choice.item, choice.drawing), self._steps(item)
        row = ChosenRow(choice, text, remark, steps, self._body)
        row.dose_edited.connect(self._on_dose)
        row.acted.connect(self._act)
        return row

    def _item_row(self, item: str, label: str, locked: bool) -> ItemRow:
        row = ItemRow(self._library.item(item), self._library.text(item), label, self._body)
        row.acted.connect(self._act)
        row.set_locked(locked)
        return row

    def _retest_row(self, place: int, locked: bool) -> QWidget:
        row = QWidget(self._body)
        words = retest_words(
            self.model.visit.retests[place],
            self.model.catalogue,
            self.model.text,
            self._library,
        )
        said = Label(words, bold=True)
        said.setWordWrap(True)
        remove = Button(_("remove"), Look.LINK, 20, row)
        remove.setVisible(not locked)
        remove.clicked.connect(partial(self.model.editor.remove_retest, place))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(said, 1)
        line.addWidget(remove)
        return row

    @staticmethod
    def _fill(box: tuple[list[QWidget], QVBoxLayout], widgets: list[QWidget]) -> None:
        """Put other lines into a box; the ones before go."""
        for old in box[0]:
            box[1].removeWidget(old)
            old.hide()
            old.deleteLater()
        box[0][:] = widgets
        for widget in widgets:
            box[1].addWidget(widget)

    # ------------------------------------------------------------------ doing
    def _act(self, verb: str, item: str) -> None:
        editor = self.model.editor
        if verb == "add":
            self.item_wanted.emit(item)
            self._go_to_dose(item)
            return
        if verb == "park":
            editor.park(item)
        elif verb == "remove":
            editor.plan(tuple(c for c in editor.visit.plan if c.item != item))
        # The link that was used is gone; without this the keyboard would leave the tab.
        self._focus_dose()

    def _go_to_dose(self, item: str) -> None:
        """Show an item that has come into the plan, ready for its dose."""
        row = next((row for row in self._chosen if row.item == item), None)
        if row is not None:
            row.dose.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.verticalScrollBar().setValue(0)

    def _on_dose(self, item: str, typed: str) -> None:
        self.model.editor.dose(item, typed.strip() or None)

    def _on_retest(self, retest: object) -> None:
        self.model.editor.add_retest(retest)  # type: ignore[arg-type]  # a Signal(object)


def _box() -> tuple[list[QWidget], QVBoxLayout]:
    layout = QVBoxLayout()
    layout.setSpacing(0)
    return [], layout


def _heading(words: str, hint: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(Label(words, HEADING, bold=True))
    line.addWidget(Label(hint, CAPTION, tone="grey"))
    line.addStretch(1)
    return line
