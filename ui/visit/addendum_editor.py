"""Writes an addendum: the text is kept in the record as it is typed, until it is added."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.open_places import Written, open_in, unfilled_words
from clinic_desktop.services.visit.keeping import Keeping
from clinic_desktop.services.visit.signing import (
    Pen,
    add_addendum,
    addendum_draft,
    keep_addendum_draft,
)
from clinic_desktop.services.words.translation import _
from ui.forms.texts import TextInput
from ui.tokens import BETWEEN, INSET, RING
from ui.typeface import CAPTION
from ui.widgets.labels import Label
from ui.work.worker import writer

from .sign_prompt import SignPrompt, hindrance

RETRY_MS = 1000
"""How often a text that could not be kept is tried again."""


class AddendumEditor(QWidget):
    """Text, passphrase and the button that adds it."""

    added = Signal()
    left = Signal()
    resized = Signal()
    kept = Signal()
    """It became known what came of what is typed."""

    def __init__(self, desk: Desk, visit_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addendum")
        self._desk = desk
        self._visit_id = visit_id
        self.author = desk.user.id if desk.user is not None else desk.who
        """Who writes it, by id."""
        self._unread = ""
        """Why it is not known what was kept."""
        self._keeping = Keeping("", self._write, writer().run, self._on_kept)
        self.text = TextInput(2, self)
        self.text.setObjectName("addendum_text")
        self.text.setAccessibleName(_("Addendum to the signed note"))
        self.text.edited.connect(lambda _text: self.keep())
        self.text.height_changed.connect(self._fit)
        self.prompt = SignPrompt(desk, "addendum", _("Add to the note"), self)
        self.prompt.confirmed.connect(self._add)
        self.prompt.left.connect(self.left)
        self.prompt.resized.connect(self.resized)
        self._said = Label(size=CAPTION, tone="grey", parent=self)
        self._said.setWordWrap(True)
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET - RING, 2, INSET - RING, BETWEEN)
        column.setSpacing(2)
        for widget in (self.text, self._said, self.prompt):
            column.addWidget(widget)
        self._said.setContentsMargins(RING, 0, 0, 0)
        self._fit()
        self._load()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written."""
        return self.text.value() is None

    def said(self) -> str:
        """What it says of the text."""
        return self._said.text()

    def begin(self) -> None:
        """Stand ready to be written in."""
        self.prompt.begin(Action.ADD_ADDENDUM)
        may = not hindrance(self._desk, Action.ADD_ADDENDUM)
        self.text.setVisible(may)
        self._said.setVisible(may)
        self._show_kept()
        (self.text if may else self.prompt).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _load(self) -> None:
        kept = ""
        try:
            kept = addendum_draft(self._desk.open_record, self._visit_id, self.author)
        except RecordUnavailable as problem:
            self._unread = str(problem)
        self._keeping = Keeping(kept, self._write, writer().run, self._on_kept)
        self.text.show_value(kept or None)

    @property
    def problem(self) -> str:
        """Why what is typed is not in the record yet; empty where nothing hindered it."""
        return self._keeping.problem or self._unread

    @property
    def stored(self) -> str:
        """What the record has of it, as far as it said so."""
        return self._keeping.stored

    @property
    def pending(self) -> bool:
        """Whether something that is typed is not acknowledged yet."""
        return self._keeping.pending

    def hand_on(self) -> None:
        """Hand on what is still being typed, to be kept; a passphrase is forgotten."""
        self.prompt.passphrase.clear()
        self.text.flush()
        self.keep()

    def keep(self) -> None:
        """Keep what is typed; what cannot be kept now is tried again."""
        self._unread = ""
        self._keeping.keep(self.text.value() or "")
        self._on_kept()

    def _write(self, _before: str, text: str) -> None:
        desk = self._desk
        keep_addendum_draft(desk.open_record, desk.act(), self._visit_id, self.author, text)

    def _on_kept(self) -> None:
        if not isValid(self):  # its page was closed meanwhile
            return
        if bool(self.problem) is not self._retry.isActive():
            self._retry.start() if self.problem else self._retry.stop()
        self._show_kept()
        self.kept.emit()

    def _show_kept(self) -> None:
        if self.problem:
            said = _("Not kept yet: {problem}").format(problem=self.problem)
        elif self._keeping.stored:
            said = _("Kept as it is typed; it stands in the note once it is added and signed.")
        else:
            said = _("The note stays as it was signed; what you add stands below it for good.")
        unfilled = unfilled_words(open_in((Written(self.text.toPlainText()),)))
        tone = "caution" if unfilled else "grey"
        self._said.set_tone("danger" if self.problem else tone)
        self._said.setText(" ".join(part for part in (unfilled, said) if part))
        self.resized.emit()

    def _add(self, pen: object) -> None:
        assert isinstance(pen, Pen)
        desk = self._desk
        self.hand_on()
        text = self.text.toPlainText()
        try:
            writer().do(
                lambda: add_addendum(desk.open_record, desk.act(), pen, self._visit_id, text)
            )
        except ChartError as problem:
            self.prompt.say(str(problem))
            return
        self._keeping = Keeping("", self._write, writer().run, self._on_kept)
        self.text.show_value(None)
        self.added.emit()

    def _fit(self) -> None:
        wide = max(120, self.text.width() - 2 * RING)
        self.text.setFixedHeight(self.text.height_in(wide) + 2 * RING)
        self.resized.emit()
