"""The foot of the panel: what the therapist makes of the suggestion, with a reason if she likes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.visits import Decision
from clinic_desktop.services.course.answers import answer_of, with_answer
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import pattern_name
from ui.style import theme
from ui.tokens import INSET, PANEL_BUTTON, RING
from ui.typeface import CAPTION
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.buttons import Button, Look
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label


class DecisionBar(QWidget):
    """Agree, or see it differently; afterwards what was decided, open to change."""

    def __init__(self, view_model: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._folded = False
        self.agree = Button(_("Agree"), height=PANEL_BUTTON, parent=self)
        self.agree.setObjectName("agree")
        self.agree.clicked.connect(lambda: self._decide(True))
        self.differ = Button(_("I see it differently"), height=PANEL_BUTTON, parent=self)
        self.differ.setObjectName("differ")
        self.differ.clicked.connect(lambda: self._decide(False))
        self._said = QLabel(self)
        self._change = Button(_("change"), Look.LINK, 20, self)
        self._change.clicked.connect(self._reopen)
        self._frame = FramedLine("decision_reason", 24, self)
        self.reason = self._frame.line
        self.reason.setPlaceholderText(_("Reason, if you like"))
        self.reason.setAccessibleName(_("Reason for your decision"))
        self.reason.textEdited.connect(self._give_reason)
        self._arrange()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        model = Label(_model_words(), CAPTION, tone="grey")
        model.setContentsMargins(RING, 0, 0, 0)
        self._said.setContentsMargins(RING, 0, 0, 0)
        for widget in (self.agree, self.differ, self._said):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self._change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSET - RING, 4, INSET - RING, 4)
        layout.setSpacing(0)
        layout.addWidget(model)
        layout.addLayout(line)
        layout.addWidget(self._frame)

    def set_folded(self, folded: bool) -> None:
        """Go out of sight with the rest of the panel."""
        self._folded = folded
        self.show_answer(self._view_model.suggestion)

    def show_answer(self, said: Suggestion) -> None:
        """Show what was decided, or offer to decide once there is something to decide on."""
        decision = self._view_model.visit.decision
        decided = decision is not None and decision.agree is not None
        possible = bool(said.patterns or said.lean)
        locked = self._view_model.locked
        self.setVisible(said.status != "red_flag" and not self._folded)
        self.agree.setVisible(not decided)
        self.differ.setVisible(not decided)
        for button in (self.agree, self.differ):
            button.setEnabled(possible and not locked)
        self._said.setVisible(decided)
        self._change.setVisible(decided and not locked)
        self._frame.setVisible(decided)
        self.reason.setReadOnly(locked)
        if decision is not None and decided:
            self._said.setText(_decided_text(decision))
            if self.reason.text() != (decision.reason or ""):
                self.reason.setText(decision.reason or "")

    @property
    def plain(self) -> str:
        """What the model is, and what was decided, as text."""
        decision = self._view_model.visit.decision
        if decision is None or decision.agree is None:
            return _model_words()
        words = " ".join(part for part in (_decided_text(decision), decision.reason) if part)
        return f"{_model_words()}\n{words}"

    def _decide(self, agree: bool) -> None:
        said = self._view_model.suggestion
        names = (*said.patterns, *said.lean)
        pattern = names[0] if agree and names else None
        self._view_model.editor.decide(self._with_answer(Decision(pattern, agree)))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reopen(self) -> None:
        self._view_model.editor.decide(self._with_answer(None))

    def _with_answer(self, decision: Decision | None) -> Decision | None:
        """Another decision; what was answered on the board of visits stays in it."""
        return with_answer(decision, answer_of(self._view_model.visit.decision))

    def _give_reason(self, text: str) -> None:
        decision = self._view_model.visit.decision
        if decision is not None and not self._view_model.locked:
            self._view_model.editor.decide(
                Decision(decision.pattern, decision.agree, text if text.strip() else None)
            )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme().tokens.line)


def _model_words() -> str:
    """What the therapist is to think of the suggestion; said once, where she decides on it."""
    return _("A clinic model, not validated. You decide.")


def _decided_text(decision: Decision) -> str:
    if decision.agree and decision.pattern:
        return _("You agreed with {pattern}.").format(pattern=pattern_name(decision.pattern))
    return _("You agreed.") if decision.agree else _("You see it differently.")
