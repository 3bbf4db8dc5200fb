"""The clinic's phrases: read, changed, added; from a text that is selected in a chart, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.phrases import TRIGGER, Phrase
from clinic_desktop.services.visit.phrases import (
    keep_phrase,
    may_change_phrases,
    not_yours,
    own_phrases,
    put_back,
    remove_phrase,
)
from clinic_desktop.services.words.translation import _
from ui.forms.texts import TextInput
from ui.tokens import RING
from ui.widgets.announcing import announce
from ui.widgets.buttons import Look, button_for
from ui.widgets.card_list import INSET
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.widgets.overlay_list import OverlayList
from ui.widgets.toast import Toast
from ui.work.worker import writer

if TYPE_CHECKING:
    from ui.main_window import MainWindow

WIDTH: Final = 760
_LINE, _NAMES = 28, 100
"""Height of a line, and room for the names of the lines."""


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """One phrase; Return takes it into the lines below."""

    phrase: Phrase
    can_open: bool = True

    @property
    def said(self) -> str:
        """What it writes."""
        return self.phrase.text

    @property
    def beneath(self) -> str:
        """Its short name, and whose it is."""
        whose = _("the clinic's own") if self.phrase.own else _("ships with the program")
        return f"{TRIGGER}{self.phrase.name}, {whose}"

    @property
    def spoken(self) -> str:
        """The row as sentences."""
        return f"{self.beneath}. {self.said}"


class _PhraseText(TextInput):
    """The text of a phrase: it is written, and nothing is offered in it."""

    is_aided = False


class PhrasesSheet(OverlayList):
    """Lies over the page. What is kept here holds at once, for everybody, and can be taken back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("phrases", WIDTH, window)
        self._window = window
        self._chosen: Phrase | None = None
        self.heading.setText(_("Phrases"))
        self.setAccessibleName(_("Phrases"))
        self.list.setAccessibleName(_("Phrases in use"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.opened.connect(self._on_opened)
        intro = Label(_intro(), tone="ink2", parent=self.card)
        intro.setWordWrap(True)
        intro.setContentsMargins(INSET, 0, INSET, 0)
        self.column.insertWidget(1, intro)
        self.frame = FramedLine("phrase_name", _LINE, self.card)
        self.name = self.frame.line
        self.name.setAccessibleName(_("Short name"))
        self.text = _PhraseText(2, self.card)
        self.text.setObjectName("phrase_text")
        self.text.setAccessibleName(_("Text of the phrase"))
        self.text.height_changed.connect(self._on_height)
        self.keep_button = button_for("keep_phrase", _("Keep"), self.keep, Look.SOLID, self.card)
        self.remove_button = button_for(
            "remove_phrase", _("Take out of use"), self.remove, parent=self.card
        )
        self.toast = Toast(self.card)
        self._arrange()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(INSET, 0, INSET - RING, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(Label(_("Short name"), tone="ink2").of(self.name), 0, 0)
        grid.addWidget(self.frame, 0, 1)
        grid.addWidget(Label(_("Text"), tone="ink2").of(self.text), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 1, 1)
        grid.setColumnMinimumWidth(0, _NAMES - 12)
        grid.setColumnStretch(1, 1)
        line = QHBoxLayout()
        line.setContentsMargins(INSET - RING, 0, INSET - RING, 0)
        line.setSpacing(8)
        line.addWidget(self.remove_button)
        line.addStretch(1)
        line.addWidget(self.keep_button)
        above_note = self.column.count() - 1
        self.column.insertWidget(above_note, self.toast)
        self.column.insertLayout(above_note, grid)
        self.column.addLayout(line)

    # ------------------------------------------------------------------ showing
    def open_with(self, text: str) -> None:
        """Show it; with a text that was selected ready to be kept."""
        self._choose(None)
        self.text.show_value(text or None)
        self.toast.hide()
        self.refresh()
        self.open()

    def refresh(self) -> None:
        """Show the phrases as they now are."""
        rows = tuple(PhraseRow(one) for one in self._window.writing_aid.phrases())
        self.model.show_rows(rows)
        session = self._window.desk.session
        may = session is not None and may_change_phrases(session)
        for widget in (self.frame, self.text, self.keep_button, self.remove_button):
            widget.setEnabled(may)
        self.remove_button.setVisible(self._chosen is not None)
        self._say("" if may else not_yours())
        if session is not None:
            try:
                own_phrases(session.folder)
            except ChartError as problem:
                self._say(str(problem), "danger")
        if self.isVisible():
            self.place_card()

    def _on_height(self) -> None:
        if self.isVisible():
            self.place_card()

    @override
    def place_card(self) -> None:
        width = min(WIDTH, self.width() - 32) - 2 * INSET - _NAMES
        self.text.setFixedHeight(self.text.height_in(width) + 2 * RING)
        super().place_card()

    @override
    def closes_with(self) -> str:
        return _("back")

    @override
    def take_focus(self) -> None:
        begun = self.text.value() is not None and self.name.isEnabled()
        (self.name if begun else self.list).setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def stops(self) -> tuple[QWidget, ...]:
        known = (
            self.list, self.name, self.text, self.toast.undo, self.toast.dismiss,
            self.remove_button, self.keep_button,
        )  # fmt: skip
        return tuple(one for one in known if one.isEnabled() and one.isVisible()) or (self,)

    def _say(self, words: str, tone: str = "ink2") -> None:
        self.frame.set_error(tone == "danger" and bool(words))
        self.note.set_tone(tone)
        self.note.setText(words)
        if words:
            announce(self.note, words)

    # ------------------------------------------------------------------ doing
    def _choose(self, phrase: Phrase | None) -> None:
        self._chosen = phrase
        self.name.setText(phrase.name if phrase is not None else "")
        self.text.show_value(phrase.text if phrase is not None else None)

    def _on_opened(self, row: PhraseRow) -> None:
        self._choose(row.phrase)
        self.refresh()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep what stands in the lines, or say why not; what stands there stays."""
        session, page = self._window.desk.session, self._window.visit
        if session is None:
            return
        patients = (page.chart.patient,) if page is not None else ()
        name, text = self.name.text(), self.text.toPlainText()
        was = self._own(name.strip().lower())
        kept = self._try(lambda: keep_phrase(session, name, text, patients))
        if kept is not None:
            self._after(_("Kept: {name}"), kept.name, was)

    def remove(self) -> None:
        """Take the phrase that was chosen out of use."""
        session, chosen = self._window.desk.session, self._chosen
        if session is None or chosen is None:
            return
        if self._try(lambda: remove_phrase(session, chosen)) is not None:
            was = chosen.text if chosen.own else None
            self._after(_("Out of use: {name}"), chosen.name, was)

    def _own(self, name: str) -> str | None:
        """What a name stands for by the clinic's own word."""
        session = self._window.desk.session
        try:
            return own_phrases(session.folder).get(name) if session is not None else None
        except ChartError:
            return None

    def _try(self, act: Callable[[], Phrase]) -> Phrase | None:
        """What came of it; None where it was refused, and why is said."""
        try:
            return writer().do(act)
        except ChartError as problem:
            self._say(str(problem), "danger")
            return None

    def _after(self, words: str, name: str, was: str | None) -> None:
        self._choose(None)
        self._take_in()
        told = words.format(name=TRIGGER + name)
        self.toast.show_act(told, lambda: self._take_back(name, was))
        self.place_card()
        (self.list if self.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_back(self, name: str, was: str | None) -> None:
        session = self._window.desk.session
        if session is not None:
            self._try(lambda: put_back(session, name, was))
        self._take_in()

    def _take_in(self) -> None:
        self._window.writing_aid.forget_phrases()
        self.refresh()


def _intro() -> str:
    return _(
        "Typed in any free text as a full stop and the short name, as in .next; Tab or Return takes"
        " the one that is marked. What stands in braces is filled in each time. A phrase is for"
        " every patient: no name, nothing that was found. They lie in the clinic's settings."
    )
