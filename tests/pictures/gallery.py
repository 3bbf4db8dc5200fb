"""Every control in every state side by side, as no page shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QMainWindow, QVBoxLayout, QWidget

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from ui.forms.base import Input
from ui.forms.inputs import make_input
from ui.forms.tabs import SectionTabs
from ui.forms.texts import TextInput
from ui.tokens import CAPTION, CONTROL_WIDTH, RING, SPACES, TITLE
from ui.visit.flag_pill import FlagPill
from ui.widgets.buttons import Button, Look
from ui.widgets.card import Card, KeyCap
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Ground, Label
from ui.widgets.message_bar import MessageBar
from ui.widgets.toast import Toast

STATES: Final = ("rest", "hover", "focus", "charted", "charted, focus", "error", "signed", "off")
INPUTS: Final[tuple[tuple[str, str | float], ...]] = (
    ("slr.result", "positive"), ("slr.familiar", "no"), ("slr.angle", 54),
    ("power.ankle_dorsiflexion", "4+"), ("slr.site", "thigh"),
)  # fmt: skip
_ERROR: Final = "outside 0 to 130 deg"


def gallery() -> QMainWindow:
    """A window that shows them all; a state is brought about as the window itself would."""
    window = QMainWindow()
    page = Ground("surface", window)
    column = QVBoxLayout(page)
    column.setContentsMargins(*(SPACES[3],) * 4)
    column.addWidget(Label("Controls and their states", TITLE, bold=True))
    column.addLayout(_inputs())
    column.addLayout(_buttons())
    column.addWidget(_tabs())
    column.addLayout(_others(page))
    column.addStretch(1)
    window.setCentralWidget(page)
    return window


def _inputs() -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(SPACES[0])
    catalogue, text = load_catalogue(), load_catalogue_text()
    for place, state in enumerate(STATES):
        row, column = divmod(place, 4)
        grid.addWidget(Label(state, CAPTION, tone="grey"), row * (len(INPUTS) + 2), column)
        for number, (finding, value) in enumerate(INPUTS, 1):
            made = make_input(catalogue.spec(finding), Key(finding, Side.RIGHT), text)
            made.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
            _put_in_state(made, state, value)
            grid.addWidget(made, row * (len(INPUTS) + 2) + number, column)
        words = TextInput()
        words.setFixedSize(CONTROL_WIDTH + 2 * RING, 28 + 2 * RING)
        _put_in_state(words, state, "As she told it")
        grid.addWidget(words, row * (len(INPUTS) + 2) + len(INPUTS) + 1, column)
    return grid


def _put_in_state(made: Input | TextInput, state: str, value: str | float) -> None:
    if state not in {"rest", "hover", "focus"}:
        made.show_value(value)
    if "focus" in state:
        _claims(made)
    if state == "hover":
        at = QPointF(16, 12)
        made.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        QApplication.sendEvent(made, QEnterEvent(at, at, at))
    made.set_error(_ERROR if state == "error" else "")
    made.set_locked(state == "signed")
    made.setEnabled(state != "off")


def _claims(widget: QWidget) -> None:
    """Have it paint itself as if it had the keyboard, which only one can have."""
    says_so: Callable[[], bool] = lambda: True  # noqa: E731 - stands in for a method
    widget.hasFocus = says_so  # type: ignore[method-assign]


def _buttons() -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    for row, look in enumerate(Look):
        for place, state in enumerate(("rest", "hover", "focus", "off")):
            button = Button("Delete draft" if look is Look.DANGER else "Handout", look)
            if state == "hover":
                button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
            if state == "focus":
                _claims(button)
            button.setEnabled(state != "off")
            grid.addWidget(button, row // 2, place + row % 2 * 4)
    return grid


def _tabs() -> SectionTabs:
    names = ("Story", "Screen", "Nerves", "Hamstring", "Back", "Plan")
    tabs = SectionTabs([(name.lower(), name) for name in names])
    tabs.setFixedHeight(40)
    tabs.set_state("story", 0)
    tabs.set_state("screen", 0, flagged=True)
    tabs.set_state("nerves", 25)
    tabs.set_state("back", 2)
    tabs.set_current("nerves")
    return tabs


def _others(page: QWidget) -> QGridLayout:
    grid = QGridLayout()
    line, wrong = FramedLine("gallery_line", 28), FramedLine("gallery_wrong", 28)
    line.line.setPlaceholderText("a line for this patient")
    wrong.line.setText("31-Feb-1990")
    wrong.set_error(True)
    pill = FlagPill()
    pill.setText("Same day flag open")
    toast = Toast(page)
    toast.show_act("Brace moved to parked", lambda: None)
    bar = MessageBar(page)
    bar.show_message("The record could not be reached.", "details")
    free = Card(dashed=True)
    free.column.setContentsMargins(*(SPACES[1],) * 4)
    free.column.addWidget(Label("No retest yet", bold=True))
    near_pill, near_toast = FlagPill(), Toast(page)
    near_pill.setText("With the keyboard")
    near_toast.show_act("With the keyboard", lambda: None)
    for focused in (near_pill, near_toast.undo):
        _claims(focused)
    parts = (line, wrong, pill, KeyCap("Ctrl+K", "all commands"), toast, bar, free,
             near_pill, near_toast)  # fmt: skip
    for place, part in enumerate(parts):
        grid.addWidget(part, place // 4, place % 4)
    return grid
