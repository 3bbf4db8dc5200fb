"""The referral letter: written here, seen beside it, and followed until an answer has come."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.referrals import LetterDraft
from clinic_desktop.services.course.referrals import open_referral, referrals_of
from clinic_desktop.services.papers.kinds import LETTER
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.words.translation import _
from ui.typeface import CAPTION
from ui.visit.chart import OpenChart
from ui.visit.set_aside import ask_and_keep
from ui.widgets.buttons import Look, button_for
from ui.widgets.dates import time_text
from ui.widgets.labels import Label
from ui.work.worker import writer

from .clinician_previews import paper_row
from .letter_form import BY_HAND, LetterForm
from .letter_keeping import LetterKeeper
from .preview import PaperPreview
from .referral_list import ReferralList
from .sheet import Job, paper_job, paper_source


class LetterPreview(PaperPreview):
    """The one paper that prints over an open red flag. Once it leaves, it waits for an answer."""

    def __init__(
        self,
        chart: OpenChart,
        keeper: LetterKeeper,
        about: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`about` is a red flag's id or `BY_HAND`; without it the letter begun last is taken up,
        else one about the gravest flag that is open."""
        super().__init__(chart, _("Referral letter"), LETTER, "letter", parent)
        self.setObjectName("letter_preview")
        self._keeper = keeper
        said = chart.model.suggestion
        first = _first(keeper, about, [flag.id for flag in said.red_flags])
        self._about = first.flag
        self.form = LetterForm(first, said, keeper.flags, parent=self)
        self.form.changed.connect(self._on_form)
        self.form.about_chosen.connect(self._on_about)
        self.state = Label(size=CAPTION, tone="grey", parent=self)
        self.state.setObjectName("letter_state")
        self.state.setWordWrap(True)
        link = partial(button_for, look=Look.LINK, parent=self, height=20)
        self.discard = link("discard_letter", _("Discard the draft"), self._discard)
        self.again = link("bring_letter_back", _("Bring it back"), self._bring_back)
        words = _("Save a copy elsewhere…")
        self.elsewhere = link("save_letter_elsewhere", words, self._keep_elsewhere)
        self.referrals = ReferralList(chart.desk, self)
        self.referrals.changed.connect(self._show_referrals)
        self.column.addWidget(self.form)
        self.column.addLayout(self._state_line())
        self.column.addLayout(paper_row(self))
        self.column.addWidget(self.referrals)
        self.column.addWidget(self.papers)
        self.column.addStretch(1)
        keeper.kept.connect(self._show_state)
        self.show_papers()
        self._show_referrals()
        self._show_state()
        self.make()

    def _state_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.state, 1)
        for button in (self.elsewhere, self.discard, self.again):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    @override
    def take_focus(self) -> None:
        self.form.recipient.setFocus()

    # ------------------------------------------------------------------ typing
    def _on_form(self) -> None:
        self._keeper.typed(self._about, self.form.draft)
        self._about = self.form.draft.flag
        self._show_state()
        self.refresh()

    def _on_about(self) -> None:
        """Another letter that was begun comes to the front; else this one is about that now."""
        flag = self.form.draft.flag
        if flag == self._about:
            return
        if self._keeper.begun(flag):
            self._about = flag
            self.form.show_draft(self._keeper.draft(flag))
            self._show_state()
            self.refresh()
        else:
            self._on_form()

    @override
    def flush(self) -> None:
        self._keeper.flush()

    def _discard(self) -> None:
        self._keeper.discard(self._about)
        self._show_letter(LetterDraft(self.chart.visit_id, self._about))
        self.form.recipient.setFocus()

    def _bring_back(self) -> None:
        draft = self._keeper.bring_back()
        if draft is not None:
            self._show_letter(draft)
            self.form.recipient.setFocus()

    def _keep_elsewhere(self) -> None:
        session = self.chart.desk.session
        if session is not None:
            self._keeper.flush()
            ask_and_keep(self, self.chart, session)

    def _show_letter(self, draft: LetterDraft) -> None:
        self._about = draft.flag
        self.form.show_draft(draft)
        self._show_state()
        self.refresh_now()

    def _show_state(self) -> None:
        """Say whether this letter is a draft, and whether the record has it."""
        keeper = self._keeper
        begun = keeper.begun(self._about)
        self.discard.setVisible(begun)
        self.again.setVisible(not begun and keeper.can_bring_back)
        self.elsewhere.setVisible(bool(keeper.problem) and self.chart.desk.session is not None)
        self.state.set_tone("danger" if keeper.problem else "grey")
        if keeper.problem:
            said = _("Not in the record yet: {problem}").format(problem=keeper.problem)
        elif begun:
            said = _("A draft, kept in the record until it is printed, saved or discarded.")
            if keeper.kept_at is not None:
                said = _("A draft, kept in the record at {time}.").format(
                    time=time_text(keeper.kept_at)
                )
        else:
            said = _("The draft is discarded.") if keeper.can_bring_back else ""
        self.state.setText(said)

    # ------------------------------------------------------------------ making
    @override
    def job(self) -> Job:
        editor, draft = self.chart.model.editor, self.form.draft
        content = make_referral_letter(
            editor.case,
            editor.suggestion,
            paper_source(self.chart),
            draft.flag,
            draft.reason,
            draft.told,
            draft.recipient,
        )
        return paper_job(self.chart, content, str(self.paper.value()), self.form.written())

    @override
    def remark(self) -> str:
        if not self.form.draft.recipient.strip():
            return _("To whom it goes is still open.")
        return super().remark()

    # ------------------------------------------------------------------ the safety net
    @override
    def _after_keeping(self) -> None:
        super()._after_keeping()
        draft = self.form.draft
        if self.kept is not None:
            return
        if draft.referral is not None:
            self._keeper.sent(draft)
            return
        desk = self.chart.desk
        try:
            referral = writer().do(
                lambda: open_referral(
                    desk.open_record,
                    desk.act(),
                    self.chart.visit_id,
                    draft.recipient,
                    self.form.flag,
                    draft.reason,
                    draft.told,
                    draft=draft,
                )
            )
        except ChartError as problem:
            said = _("Kept, but not among the referrals that wait: {problem}")
            self.say(said.format(problem=problem), bad=True)
            return
        self.form.put_on_record(referral)
        self._keeper.sent(self.form.draft)
        self._show_referrals()

    def _show_referrals(self) -> None:
        desk = self.chart.desk
        try:
            self.referrals.show_referrals(referrals_of(desk.open_record, self.chart.course.id))
        except ChartError as problem:
            self.say(str(problem), bad=True)


def _first(keeper: LetterKeeper, about: str | None, flags: list[str]) -> LetterDraft:
    """The letter to begin with."""
    if about is not None:
        return keeper.draft(None if about == BY_HAND else about)
    return keeper.newest or keeper.draft(flags[0] if flags else None)
