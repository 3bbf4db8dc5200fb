"""The patient's sheet: its items open to change, beside them the pages of the very PDF."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.documents import Handout
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.services.clinic.clinic_settings import remember_papers
from clinic_desktop.services.papers.file_copies import FILE_COPY
from clinic_desktop.services.papers.handouts import WITHHOLDING_LEVELS, SheetLook
from clinic_desktop.services.papers.text_sizes import size_for
from clinic_desktop.services.record import speak_to
from clinic_desktop.services.stored import KeptPaper
from clinic_desktop.services.visit.chart_texts import PLAN
from clinic_desktop.services.words.translation import _
from ui.tokens import RING
from ui.visit.chart import OpenChart
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Label
from ui.work.worker import writer

from .choices import LanguageChoice, TextSizeChoice
from .preview import PaperPreview
from .sheet import KIND, Job, copy_language, handout_of, language_of, sheet_job
from .sheet_editor import SheetEditor
from .sheet_item import WORD_COLUMN


class HandoutPreview(PaperPreview):
    """Edits, shows, saves and prints the sheet; what leaves is kept in the record."""

    also_kept = (FILE_COPY,)
    look_chosen = Signal(object)
    """A SheetLook: how the sheet of this visit is to be made from now on."""

    def __init__(
        self, chart: OpenChart, look: SheetLook | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(chart, _("Home plan"), KIND, "home-plan", parent)
        self.setObjectName("handout_preview")
        habit = chart.desk.paper_habits.now
        look = look or SheetLook(habit.paper, None, size_for(chart.desk, chart.course))
        language = look.language or language_of(chart)
        self.language = LanguageChoice(language, self)
        self.size_of_text = TextSizeChoice(self)
        self.paper.show_value(look.paper)
        self.size_of_text.show_value(str(look.text_size))
        self.editor = SheetEditor(chart.model, chart.desk.plan_library, self)
        self.usual = Button(_("Make this size the clinic's usual one"), Look.LINK, 20, self)
        self.usual.setObjectName("usual_size")
        self.usual.clicked.connect(self._make_usual)
        self.column.addLayout(self._choices())
        self.column.addWidget(self.editor)
        self.column.addWidget(self.papers)
        self.column.addStretch(1)
        self.language.edited.connect(lambda _language: self._on_language())
        self.size_of_text.edited.connect(lambda _size: self._on_size())
        self.editor.typing.connect(self.refresh)
        chart.model.changed.connect(self.refresh)
        self.editor.show_language(chart.desk.library_in(language))
        self._content: Handout | None = None
        self.usual.setVisible(look.text_size != habit.text_size)
        self.show_papers()
        self.make()

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, WORD_COLUMN - RING)
        grid.setColumnStretch(1, 1)
        rows = ((_("language"), self.language), (_("text"), self.size_of_text),
                (_("paper"), self.paper))  # fmt: skip
        for place, (word, widget) in enumerate(rows):
            grid.addWidget(Label(word, tone="ink2"), place, 0)
            grid.addWidget(widget, place, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.usual, len(rows), 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    @property
    def look(self) -> SheetLook:
        """How the sheet is made."""
        size = self.size_of_text.value()
        return SheetLook(str(self.paper.value()), str(self.language.value()), int(str(size)))

    def _on_size(self) -> None:
        """Another size is for this patient; for all of them only where she says so."""
        self.usual.setVisible(self.look.text_size != self.chart.desk.paper_habits.now.text_size)
        self.refresh_now()

    def _make_usual(self) -> None:
        habits, size = self.chart.desk.paper_habits, self.look.text_size
        self.usual.hide()
        self.size_of_text.setFocus()
        try:
            usual = replace(habits.now, text_size=size)
            remember_papers(self.chart.desk.session, habits, usual)
        except ChartError as problem:
            self.say(str(problem), bad=True)
        else:
            self.say(_("Every new sheet has this size of text from now on."))

    @override
    def remember(self) -> None:
        """The language of a sheet that left is the patient's language from now on."""
        super().remember()
        chart, language = self.chart, str(self.language.value())
        try:
            desk, number = chart.desk, chart.number
            usual = desk.plan_library.language
            if not writer().do(
                lambda: speak_to(desk.open_record, desk.act(), number, language, usual)
            ):
                return
        except ChartError as problem:
            self.say(str(problem), bad=True)
            return
        said = _("{done} {language} is this patient's language from now on.")
        name = chart.desk.plan_library.sheet.languages[LANGUAGES.index(language)]
        self.say(said.format(done=self.note.text(), language=name))

    def _on_language(self) -> None:
        self.editor.show_language(self.chart.desk.library_in(str(self.language.value())))
        self.refresh_now()

    # ------------------------------------------------------------------ making
    @override
    def flush(self) -> None:
        self.editor.flush()

    @override
    def go_to_place(self, at: str) -> None:
        if at.startswith(PLAN):
            self.editor.go_to(at.removeprefix(PLAN))
        else:
            super().go_to_place(at)

    @override
    def job(self) -> Job:
        self._content = None
        self.look_chosen.emit(self.look)
        try:
            self._content = handout_of(self.chart, self.look)
        finally:
            self.editor.show_reading(self._content)
        return sheet_job(self.chart, self._content, self.look.paper)

    @override
    def remark(self) -> str:
        if not self.chart.model.visit.plan:
            return _("No plan chosen yet: this is what the rules suggest.")
        return ". ".join(said for said in (super().remark(), self._copy_words()) if said)

    @override
    def kept_beside(self) -> str:
        said = self._copy_words() if self.kept is None else ""
        return f" {said}" if said else ""

    def _copy_words(self) -> str:
        """That the record keeps a copy which she can read, where she cannot read the sheet."""
        found = copy_language(self.chart, self._content) if self._content is not None else None
        return _("With a file copy in {language}.").format(language=found) if found else ""

    @override
    def show_kept(self, paper: KeptPaper) -> None:
        """Show a sheet as it was printed then; over an open red flag it is shown, not printed."""
        super().show_kept(paper)
        flags = self.chart.model.suggestion.red_flags
        if self.kept is not None and any(flag.level in WITHHOLDING_LEVELS for flag in flags):
            self.save.setEnabled(False)
            self.print.setEnabled(False)
            self.sheet = None
            self.say(_("A red flag is open: an earlier sheet is not printed again."), bad=True)

    def refuse_item(self, reason: str) -> None:
        """Say why an item was not added."""
        self.say(reason, bad=True)
