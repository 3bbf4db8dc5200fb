"""The referral letter: written here, seen beside it, and followed until an answer has come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.papers import LETTER, make_referral_letter
from clinic_desktop.services.referrals import open_referral, referrals_of
from clinic_desktop.services.translation import _

from .chart import OpenChart
from .clinician_previews import paper_row
from .letter_form import LetterDraft, LetterForm
from .paper_preview import PaperPreview
from .referral_list import ReferralList
from .sheet import Job, paper_job, paper_source


class LetterPreview(PaperPreview):
    """The one paper that prints over an open red flag. Once it leaves, it waits for an answer."""

    draft_changed = Signal(object)
    """A LetterDraft."""

    def __init__(self, chart: OpenChart, draft: LetterDraft, parent: QWidget | None = None) -> None:
        super().__init__(chart, _("Referral letter"), LETTER, "letter", parent)
        self.setObjectName("letter_preview")
        self.form = LetterForm(draft, chart.model.suggestion, parent=self)
        self.form.changed.connect(self._on_form)
        self.referrals = ReferralList(chart.desk, self)
        self.referrals.changed.connect(self._show_referrals)
        self.column.addWidget(self.form)
        self.column.addLayout(paper_row(self))
        self.column.addWidget(self.referrals)
        self.column.addWidget(self.papers)
        self.column.addStretch(1)
        self.show_papers()
        self._show_referrals()
        self.make()

    @override
    def take_focus(self) -> None:
        self.form.recipient.setFocus()

    def _on_form(self) -> None:
        self.draft_changed.emit(self.form.draft)
        self.refresh()

    @override
    def job(self) -> Job:
        editor, draft, flag = self.chart.model.editor, self.form.draft, self.form.flag
        content = make_referral_letter(
            editor.case,
            editor.suggestion,
            paper_source(self.chart),
            flag.id if flag else None,
            draft.reason,
            draft.told,
            draft.recipient,
        )
        return paper_job(self.chart, content, str(self.paper.value()))

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
        if self.kept is not None or draft.referral is not None:
            return
        desk = self.chart.desk
        try:
            referral = open_referral(
                desk.open_record,
                desk.act(),
                self.chart.visit_id,
                draft.recipient,
                self.form.flag,
                draft.reason,
                draft.told,
            )
        except ChartError as problem:
            said = _("Kept, but not among the referrals that wait: {problem}")
            self.say(said.format(problem=problem), bad=True)
            return
        self.form.put_on_record(referral)
        self.draft_changed.emit(self.form.draft)
        self._show_referrals()

    def _show_referrals(self) -> None:
        desk = self.chart.desk
        try:
            self.referrals.show_referrals(referrals_of(desk.open_record, self.chart.course.id))
        except ChartError as problem:
            self.say(str(problem), bad=True)
