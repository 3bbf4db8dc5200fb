"""The rule panel: a colleague's note beside the form, live after each keystroke."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import PlanChoice
from clinic_desktop.services.visit.editing import MOST_NEW_ITEMS
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import PANEL
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.announcing import announce

from .decision_bar import DecisionBar
from .flag_reading import CAUDA_EQUINA, GRAVE
from .flag_widgets import ResolveRow
from .panel_head import PanelHead
from .panel_scroll import PanelScroll
from .panel_words import Explain, PanelState, PanelWords
from .plan_reading import new_items
from .reading import panel_rows
from .row_stack import RowStack
from .rows import Flag, Resolve, Row, Slot, Why, Words, news_of, plain_text


class RulePanel(QWidget):
    """What the rules say of the visit, what is planned, and what the therapist makes of it."""

    unfold_asked = Signal()
    """The head was used while the panel is folded to it."""
    letter_asked = Signal(str)
    """A red flag about which a letter is to be written."""
    told = Signal(str)
    """What is said aloud of a change: once, and only what a listener would stop for."""

    def __init__(
        self, view_model: VisitViewModel, library: PlanLibrary, explain: Explain,
        reasons: dict[str, str], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`reasons` keeps what was typed for a flag and not used yet, by flag."""
        super().__init__(parent)
        self._reasons = reasons
        self.setObjectName("rule_panel")
        self.setAccessibleName(_("Rule panel"))
        self._view_model = view_model
        self._library = library
        self._words = PanelWords(view_model.catalogue, view_model.text, library, explain)
        self._state = PanelState()
        self._folded = False
        self.head = PanelHead(self)
        self.head.clicked.connect(self._on_head_clicked)
        self.stack = RowStack()
        self.stack.followed.connect(view_model.go_to)
        self.stack.acted.connect(self._act)
        self._scroll = PanelScroll(self.stack, self)
        self.bar = DecisionBar(view_model, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.bar)
        view_model.changed.connect(self._on_changed)
        theme().changed.connect(self.update)
        self.show_answer()

    # ------------------------------------------------------------------ showing
    def _on_changed(self) -> None:
        """Show what the chart now says, mark what is new, and have the news said once."""
        changed = self._show(mark=True)
        news = news_of(changed)
        if news:
            self.told.emit(news)
            announce(self, news, politely=not any(isinstance(row, Flag) for row in changed))

    def show_answer(self) -> None:
        """Show what the rules say of the visit as it stands; only rows that differ are touched."""
        self._show(mark=False)

    def _show(self, mark: bool) -> tuple[Row, ...]:
        """Show it all and give the rows that are new or other; `mark` marks them for a moment."""
        said, case = self._view_model.suggestion, self._view_model.editor.case
        self.head.show_answer(said)
        self.bar.show_answer(said)
        rows = panel_rows(self._words, said, case, self._state)
        if self._state.why is not None and not any(isinstance(row, Why) for row in rows):
            self._state = replace(self._state, why=None)  # its line has gone
        changed = self._scroll.show_rows(rows, mark)
        for row in rows:
            if isinstance(row, Resolve):
                self._keep_reason(row)
        text = "\n".join((self.head.plain, plain_text(rows), self.bar.plain)).strip()
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        return changed

    def _keep_reason(self, row: Resolve) -> None:
        """Give a box back what was typed into it before it went out of sight."""
        box = self.stack.widget_of(Resolve, row.id)
        if isinstance(box, ResolveRow):
            box.keep_in(self._reasons)

    def text(self) -> str:
        """Everything the panel says, folded lines too, as plain text."""
        return self.accessibleDescription()

    def set_folded(self, folded: bool) -> None:
        """Fold the panel to its red-flag line, or open it again."""
        self._folded = folded
        self._scroll.setVisible(not folded)
        self.bar.set_folded(folded)
        self.head.set_folded(folded)

    def ask_next(self) -> None:
        """Go to the field that the rules would like to know next."""
        questions = self._view_model.suggestion.ask_next
        if questions:
            self._view_model.go_to.emit(Key(questions[0].finding, questions[0].side))
        else:
            self._to_open_question()

    def show_why(self) -> None:
        """Show the rule behind the line with the keyboard or under the pointer, or fold it away."""
        row = self.stack.asked_row()
        if isinstance(row, Words | Slot) and row.rule:
            self._act("why", row.id)
        elif isinstance(row, Why) and self._state.why is not None:
            self._act("why", self._state.why)

    def take_focus(self) -> None:
        """Give the keyboard to the panel's first line."""
        (self.stack.first_stop() or self.head).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def sizeHint(self) -> QSize:
        return QSize(PANEL, 600)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.raised)
        painter.fillRect(0, 0, 1, self.height(), theme().tokens.line)

    # ------------------------------------------------------------------ acting
    def _on_head_clicked(self) -> None:
        if self._folded:
            self.unfold_asked.emit()
        else:
            self._to_open_question()

    def _to_open_question(self) -> None:
        said = self._view_model.suggestion
        grave = [n for flag in said.red_flags if flag.level in GRAVE for n in flag.because]
        first = [f for f in CAUDA_EQUINA if f in said.screen.unanswered]
        wanted = (*grave, *first, *said.screen.unanswered)
        if wanted:
            key = self._words.key(wanted[0], self._view_model.editor.case)
            self._view_model.go_to.emit(key)

    def _act(self, verb: str, about: str) -> None:
        if verb in {"open", "close"}:
            self._fold_row(verb, about)
        elif verb == "letter":
            self.letter_asked.emit(about)
        elif verb == "why":
            self._state = replace(self._state, why=None if self._state.why == about else about)
        elif not self._view_model.locked:
            self._change(verb, about)
        self.show_answer()

    def _fold_row(self, verb: str, row: str) -> None:
        opened = self._state.opened
        opened = opened | {row} if verb == "open" and row not in opened else opened - {row}
        self._state = replace(self._state, opened=opened)

    def _change(self, verb: str, about: str) -> None:
        editor = self._view_model.editor
        if verb in {"add", "back"}:
            self._add(about)
        elif verb == "park":
            editor.park(about)
        elif verb == "swap" and self._state.asking is not None:
            wanted = self._state.asking
            self._state = replace(self._state, asking=None)
            editor.park(about)
            self._add(wanted)
        elif verb == "leave":
            self._state = replace(self._state, asking=None)
        elif verb.startswith("resolve:") and about.strip():
            editor.resolve_flag(verb.removeprefix("resolve:"), about)

    def add_item(self, item: str) -> bool:
        """Put an item into the plan; False where both places are taken and the panel asks first."""
        self._act("add", item)
        return self._state.asking is None

    @property
    def next_to_take(self) -> str:
        """The first item that the rules suggest and the plan does not hold; empty where none is."""
        said, visit = self._view_model.suggestion.plan, self._view_model.visit
        known = {choice.item for choice in (*visit.plan, *visit.parked)}
        return next((i for i in (*said.standing, *said.first) if i not in known), "")

    def take_next(self) -> None:
        """Put that item into the plan; a third new one asks first which to park."""
        item = self.next_to_take
        if item and not self.add_item(item):
            self.take_focus()

    def _add(self, item: str) -> None:
        editor = self._view_model.editor
        flagged = any(flag.level in GRAVE for flag in self._view_model.suggestion.red_flags)
        if flagged or any(choice.item == item for choice in editor.visit.plan):
            return
        if self._needs_place(item):
            self._state = replace(self._state, asking=item)
            return
        if any(choice.item == item for choice in editor.visit.parked):
            editor.unpark(item)
        else:
            editor.plan((*editor.visit.plan, PlanChoice(item)))

    def _needs_place(self, item: str) -> bool:
        """Whether the item would be a third new one."""
        case = self._view_model.editor.case
        with_it = replace(case.last, plan=(*case.last.plan, PlanChoice(item)))
        after = new_items(replace(case, visits=(*case.visits[:-1], with_it)), self._library)
        return item in after and len(after) > MOST_NEW_ITEMS
