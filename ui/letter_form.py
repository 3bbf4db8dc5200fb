"""What a referral letter is about: the flag behind it, to whom, why, and what was told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desktop.domain.suggestion import RedFlag, Suggestion
from clinic_desktop.services.translation import _
from clinic_desktop.services.wording import flag_title, level_word

from .forms.choice import ChoiceInput
from .forms.texts import TextInput
from .forms.words import Option
from .framed_line import FramedLine
from .labels import Label
from .sheet_item import WORD_COLUMN
from .tokens import RING
from .typeface import CAPTION

BY_HAND: Final = "by_hand"
"""No flag is behind the letter: she gives the reason."""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as far as it is written."""

    flag: str | None = None
    """A red flag's id, `BY_HAND`, or None where nothing was chosen yet."""
    recipient: str = ""
    reason: str = ""
    told: str = ""
    referral: int | None = None
    """The id under which it is on record."""


class LetterForm(QWidget):
    """Speaks up for each change."""

    changed = Signal()

    def __init__(self, draft: LetterDraft, said: Suggestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._flags = said.red_flags
        self.about = ChoiceInput(_abouts(self._flags), self)
        self.about.setObjectName("letter_about")
        self.about.setFixedHeight(24 + 2 * RING)
        self.about.show_value(self._first(draft.flag))
        self.about.edited.connect(lambda _about: self._on_edited())
        self._frame = FramedLine("letter_recipient", 24, self)
        self.recipient = self._frame.line
        self.recipient.setText(draft.recipient)
        self.recipient.textEdited.connect(lambda _typed: self._on_edited())
        self.reason = self._text("letter_reason", draft.reason)
        self.told = self._text("letter_told", draft.told)
        self._arrange()

    def _text(self, name: str, text: str) -> TextInput:
        made = TextInput(2, self)
        made.setObjectName(name)
        made.setPlainText(text)
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
            label = Label(word, tone="ink2")
            label.setContentsMargins(0, 6, 0, 0)
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

    def _first(self, wanted: str | None) -> str:
        """The flag asked for, else the gravest one that is open, else none."""
        known = {flag.id for flag in self._flags}
        if wanted == BY_HAND or wanted in known:
            return str(wanted)
        return self._flags[0].id if self._flags else BY_HAND

    # ------------------------------------------------------------------ what it says
    @property
    def flag(self) -> RedFlag | None:
        """The open red flag behind the letter."""
        return next((flag for flag in self._flags if flag.id == self.about.value()), None)

    @property
    def draft(self) -> LetterDraft:
        """The letter as it now stands."""
        flag, recipient = str(self.about.value() or BY_HAND), self.recipient.text()
        # To somebody else, or about something else, it is another referral.
        same = (flag, recipient) == (self._draft.flag, self._draft.recipient)
        return LetterDraft(
            flag,
            recipient,
            self.reason.toPlainText(),
            self.told.toPlainText(),
            self._draft.referral if same else None,
        )

    def put_on_record(self, referral: int) -> None:
        """It is on record now: printed again, it is no second referral."""
        self._draft = replace(self.draft, referral=referral)

    def _on_edited(self) -> None:
        self.changed.emit()


def _abouts(flags: tuple[RedFlag, ...]) -> tuple[Option, ...]:
    options = []
    for place, flag in enumerate(flags[:8], 1):
        words = f"{flag_title(flag)}, {level_word(flag.level)}"
        options.append(Option(flag.id, words, words, str(place)))
    by_hand = _("no red flag: my own reason")
    return (*options, Option(BY_HAND, by_hand, by_hand, str(len(options) + 1)))
