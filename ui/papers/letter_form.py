"""What a referral letter is about: the flag behind it, to whom, why, and what was told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.domain.suggestion import RedFlag, Suggestion
from clinic_desktop.services.papers.open_places import Written
from clinic_desktop.services.papers.parts import flag_name
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import flag_title, level_word
from ui.forms.choice import ChoiceInput
from ui.forms.texts import TextInput
from ui.forms.words import Option
from ui.tokens import BETWEEN, RING
from ui.typeface import CAPTION
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.widgets.letters import give_letters

from .sheet_item import WORD_COLUMN

BY_HAND: Final = "by_hand"
"""No flag is behind the letter: she gives the reason."""
MOST_KEYS: Final = 9
"""Figures that choose from a list."""


class LetterForm(QWidget):
    """Speaks up for each change."""

    changed = Signal()
    about_chosen = Signal()
    """It is about something else from now on."""

    def __init__(
        self,
        draft: LetterDraft,
        said: Suggestion,
        begun: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`begun` are red flags that letters were begun about, open or not."""
        super().__init__(parent)
        self._draft = draft
        self._flags = said.red_flags
        self._showing = False
        self.about = ChoiceInput(_abouts(self._flags, (*begun, *filter(None, [draft.flag]))), self)
        self.about.setObjectName("letter_about")
        self.about.setFixedHeight(24 + 2 * RING)
        self.about.edited.connect(lambda _about: self.about_chosen.emit())
        self._frame = FramedLine("letter_recipient", 24, self)
        self.recipient = self._frame.line
        self.recipient.textEdited.connect(lambda _typed: self._on_edited())
        self.reason = self._text("letter_reason")
        self.told = self._text("letter_told")
        self._arrange()
        self.show_draft(draft)

    def show_draft(self, draft: LetterDraft) -> None:
        """Show another letter, or this one as it was."""
        self._draft, self._showing = draft, True
        self.about.show_value(draft.flag or BY_HAND)
        for field, text in (
            (self.recipient, draft.recipient), (self.reason, draft.reason), (self.told, draft.told)
        ):  # fmt: skip
            if isinstance(field, TextInput):
                field.setPlainText(text)
            else:
                field.setText(text)
        self._showing = False

    def _text(self, name: str) -> TextInput:
        made = TextInput(2, self)
        made.setObjectName(name)
        made.textChanged.connect(self._on_edited)
        made.height_changed.connect(lambda: self._fit(made))
        return made

    @staticmethod
    def _fit(text: TextInput) -> None:
        text.setFixedHeight(text.height_in(text.width() - 2 * RING) + 2 * RING)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, WORD_COLUMN - RING)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget, QWidget, str, str], ...] = (
            (_("about"), self.about, self.about, _("Red flag behind the letter"), ""),
            (_("to"), self._frame, self.recipient, _("To whom the letter goes"), ""),
            (_("reason"), self.reason, self.reason, _("Reason, in your words"),
             _("printed below the flag; needed where there is none")),
            (_("told"), self.told, self.told, _("What the patient was told"),
             _("what to watch for, and what to do then; kept as the warning given")),
        )  # fmt: skip
        for place, (word, widget, named, spoken, hint) in enumerate(rows):
            label = Label(word, tone="ink2").of(named)
            label.setContentsMargins(0, BETWEEN, 0, 0)
            grid.addWidget(label, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, 2 * place, 1)
            named.setAccessibleName(spoken)
            if hint:
                said = Label(hint, CAPTION, tone="grey")
                said.setWordWrap(True)
                said.setContentsMargins(RING, 0, 0, 0)
                grid.addWidget(said, 2 * place + 1, 1)
        for text in (self.reason, self.told):
            self._fit(text)
        give_letters(self)

    # ------------------------------------------------------------------ what it says
    @property
    def flag(self) -> RedFlag | None:
        """The open red flag behind the letter."""
        return next((flag for flag in self._flags if flag.id == self.about.value()), None)

    @property
    def draft(self) -> LetterDraft:
        """The letter as it now stands."""
        about, recipient = str(self.about.value() or BY_HAND), self.recipient.text()
        flag = None if about == BY_HAND else about
        # To somebody else, or about something else, it is another referral.
        same = (flag, recipient) == (self._draft.flag, self._draft.recipient)
        return LetterDraft(
            self._draft.visit_id,
            flag,
            recipient,
            self.reason.toPlainText(),
            self.told.toPlainText(),
            self._draft.referral if same else None,
        )

    def written(self) -> tuple[Written, ...]:
        """What is typed in each field, with its name."""
        draft = self.draft
        return (
            Written(draft.recipient, _("to"), self.recipient.objectName()),
            Written(draft.reason, _("reason"), self.reason.objectName()),
            Written(draft.told, _("told"), self.told.objectName()),
        )

    def put_on_record(self, referral: int) -> None:
        """It is on record now: printed again, it is no second referral."""
        self._draft = replace(self.draft, referral=referral)

    def _on_edited(self) -> None:
        if not self._showing:
            self.changed.emit()


def _abouts(flags: tuple[RedFlag, ...], begun: tuple[str, ...]) -> tuple[Option, ...]:
    options = []
    for place, flag in enumerate(flags[:8], 1):
        words = f"{flag_title(flag)}, {level_word(flag.level)}"
        options.append(Option(flag.id, words, words, str(place)))
    still_open = {flag.id for flag in flags}
    for closed in dict.fromkeys(flag for flag in begun if flag not in still_open):
        words = _("{flag}, not open any more").format(flag=flag_name(closed))
        options.append(Option(closed, words, words, ""))
    by_hand = _("no red flag: my own reason")
    key = str(len(options) + 1) if len(options) < MOST_KEYS else ""
    return (*options, Option(BY_HAND, by_hand, by_hand, key))
