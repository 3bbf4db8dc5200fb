"""The foot of the visit: signs to choose, signs taken again, and what the last treatment did."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from clinic_desktop.domain.retests import with_pain
from clinic_desktop.domain.signs import carried_signs, proposed_signs
from clinic_desktop.domain.values import Key, Kind
from clinic_desktop.domain.visits import MOST_SIGNS
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.translation import _
from ui.viewmodels.reading import shown_number, unit_words
from ui.viewmodels.retesting import RetestDraft
from ui.viewmodels.visit import VisitViewModel
from ui.visit.key_line import KeyHint

from .again import RetestAgain, likely_treatments
from .reading import last_treatment, read_retest, sign_words
from .sign_choice import SignChoice
from .strip import RetestStrip, WaitingSign


class RetestPane(QWidget):
    """Shows one of three: the strip, the choice of signs, or the signs to take again."""

    resized = Signal()
    """It wants another height, or to be shown or put away."""

    def __init__(self, model: VisitViewModel, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("retest")
        self._model = model
        self._desk = desk
        self._back_to: QWidget | None = None
        self.strip = RetestStrip(self)
        self.choice = SignChoice(model.text, self)
        draft = RetestDraft(model, desk.judge_retest)
        self.entry = RetestAgain(draft, desk.plan_library, self)
        self._front: QWidget = self.strip
        self.choice.hide()
        self.entry.hide()
        self.strip.again_asked.connect(self.go_on)
        self.strip.signs_asked.connect(self.choose_signs)
        self.choice.taken.connect(self._on_signs)
        self.entry.finished.connect(self.close_up)
        model.sign_asked.connect(self.switch_sign)
        model.changed.connect(self._on_changed)
        model.locked_changed.connect(lambda _locked: self._on_changed())
        self.hide()
        self._on_changed()

    # ------------------------------------------------------------------ going in and out
    @property
    def is_open(self) -> bool:
        """Whether signs are being chosen or taken again."""
        return self._front is not self.strip

    def go_on(self) -> None:
        """The one key: choose the signs where there are none, else take them again; pressed once
        more, to the next sign."""
        if self._model.locked:
            return
        if self._front is self.entry:
            self.entry.next_sign()
        elif self._front is self.choice and self.choice.chosen():
            self.choice.accept()
        elif not self._model.visit.signs:
            self.choose_signs()
        else:
            self._take_again()

    def begin_treatment(self, treatment: str, signs: tuple[Key, ...]) -> None:
        """Take signs again after a treatment that is named already, as a cue to a runner.

        Signs that are not followed yet join the others while there is room.
        """
        if self._model.locked:
            return
        followed = self._model.visit.signs
        new = [sign for sign in signs if sign not in followed][: MOST_SIGNS - len(followed)]
        if new:
            self._model.editor.choose_signs((*followed, *new))
        if self._front is not self.entry:
            self._remember()
        self.entry.draft.begin_with(treatment)
        self.entry.stand_ready(likely_treatments(self.entry.draft))
        self._bring(self.entry)
        self.entry.take_focus()

    def choose_signs(self) -> None:
        """Choose the signs that are taken again; those of last time and the likeliest first."""
        if self._model.locked:
            return
        self._remember()
        visit, case = self._model.visit, self._model.editor.case
        carried = () if visit.signs else carried_signs(case)
        found = proposed_signs(
            case, self._model.catalogue, self._desk.retest_bands(), self._model.painful_side()
        )
        proposed = tuple(dict.fromkeys((*visit.signs, *found)))
        marked = visit.signs or carried or proposed
        self.choice.show_proposals(proposed, marked[:MOST_SIGNS], bool(carried))
        self._bring(self.choice)
        self.choice.take_focus()

    def carried(self) -> object:
        """What is in front, and the treatment that is being typed."""
        parts = (self.strip, self.choice, self.entry)
        return parts.index(self._front), self.entry.draft

    def take_carried(self, state: object) -> None:
        """Go on with the same treatment."""
        assert isinstance(state, tuple)
        at, draft = state
        self.entry.draft = draft
        if at == 1:
            self.choose_signs()
        elif at == 2:
            self._take_again()

    def switch_sign(self, sign: Key) -> None:
        """Follow a sign from now on, or no more; a fourth is not taken."""
        signs = self._model.visit.signs
        if sign in signs:
            self._model.editor.choose_signs(tuple(one for one in signs if one != sign))
        elif len(signs) < MOST_SIGNS:
            self._model.editor.choose_signs((*signs, sign))

    def close_up(self) -> bool:
        """Back to the strip, and the keyboard to where it was; False where it was not open."""
        if not self.is_open:
            return False
        self.entry.treatment.settle()
        focus = QApplication.focusWidget()
        ours = focus is not None and self.isAncestorOf(focus)
        self._bring(self.strip)
        self._on_changed()
        back = self._back_to
        if ours and back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _remember(self) -> None:
        focus = QApplication.focusWidget()
        page = self.parentWidget()
        if focus is None or self.isAncestorOf(focus):
            return
        if page is not None and page.isAncestorOf(focus):
            self._back_to = focus

    def _on_signs(self, signs: object) -> None:
        assert isinstance(signs, tuple)
        if signs != self._model.visit.signs:
            self._model.editor.choose_signs(signs)
        if any(self._is_unmeasured(sign) for sign in signs):
            self._take_again()
        else:
            self.close_up()

    def _is_unmeasured(self, sign: Key) -> bool:
        spec = self._model.catalogue.spec(sign.finding)
        return spec.kind is Kind.NUMBER and self._model.value(sign) is None

    def _take_again(self) -> None:
        self._remember()
        self.entry.stand_ready(likely_treatments(self.entry.draft))
        self._bring(self.entry)
        self.entry.take_focus()

    def _bring(self, part: QWidget) -> None:
        self._front = part
        for one in (self.strip, self.choice, self.entry):
            one.setVisible(one is part)
        self._lay_out()
        self.resized.emit()

    # ------------------------------------------------------------------ showing
    def _on_changed(self) -> None:
        model, desk = self._model, self._desk
        if self._front is self.entry:
            self.entry.follow()
            if model.locked:
                self._bring(self.strip)
        retests = last_treatment(model.visit.retests)
        names = (model.catalogue, model.text, desk.plan_library)
        shown = tuple(
            read_retest(one, with_pain(desk.judge_retest(one), one, retests), *names)
            for one in retests
        )
        signs = model.visit.signs
        carried = () if signs or model.locked else carried_signs(model.editor.case)
        self.strip.show_visit(
            shown, len(model.visit.retests), tuple(map(self._waiting, signs)),
            tuple(sign_words(sign, model.text) for sign in carried), model.locked,
        )  # fmt: skip
        self.setAccessibleName(self.strip.text())
        self.resized.emit()

    def _waiting(self, sign: Key) -> WaitingSign:
        value = self._model.value(sign)
        spec = self._model.catalogue.spec(sign.finding)
        measured = isinstance(value, int | float)
        said = shown_number(spec, value) if measured and value is not None else ""
        return WaitingSign(
            sign_words(sign, self._model.text), said, unit_words(spec) if measured else ""
        )

    @property
    def is_wanted(self) -> bool:
        """Whether there is anything to show; else it takes no room."""
        return self.is_open or self.strip.is_wanted

    def wanted_height(self, width: int) -> int:
        """Its height in px at a width; 0 where it takes no room."""
        if self._front is self.entry:
            return self.entry.wanted_height()
        if self._front is self.choice:
            return self.choice.wanted_height(width)
        return self.strip.wanted_height() if self.strip.is_wanted else 0

    def text(self) -> str:
        """What the strip says, as text."""
        return self.strip.text()

    def hints(self) -> tuple[str, tuple[KeyHint, ...]]:
        """What the line of keys says while the keyboard is here."""
        if self._front is self.entry and self.entry.is_measuring:
            return _("Before treatment"), (
                (_("Return"), _("next")),
                ("=", _("as last time")),
                ("Esc", _("back")),
            )
        if self._front is self.entry:
            return _("Retest"), (
                (_("Return"), _("next")),
                ("Ctrl+R", _("next sign")),
                (_("Up, Down"), _("other treatment")),
                ("=", _("usual dose")),
                (_("b s w"), _("better, same, worse")),
                ("Esc", _("back")),
            )
        if self._front is self.choice:
            return _("Signs"), (
                ("1..9", _("mark")),
                (_("Return"), _("take what is marked")),
                ("Esc", _("back")),
            )
        return _("Retest"), (("Ctrl+R", _("take the signs again")),)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self.strip, self.choice, self.entry):
            part.setGeometry(self.rect())
