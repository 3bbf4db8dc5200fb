"""The clinician's papers before they are printed: visit note and course report."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.kinds import NOTE, REPORT
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.words.translation import _
from ui.tokens import RING
from ui.visit.chart import OpenChart
from ui.widgets.labels import Label

from .preview import PaperPreview
from .sheet import Job, paper_job, paper_source
from .sheet_item import WORD_COLUMN


class _ClinicianPreview(PaperPreview):
    """A paper that says what is charted: it is changed in the visit, not here."""

    def __init__(
        self, chart: OpenChart, title: str, kind: str, word: str, about: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(chart, title, kind, word, parent)
        self.setObjectName(f"{kind}_preview")
        said = Label(about, tone="ink2", parent=self)
        said.setWordWrap(True)
        self.column.addLayout(paper_row(self))
        self.column.addWidget(said)
        self.column.addWidget(self.papers)
        self.column.addStretch(1)
        self.show_papers()
        self.make()


def paper_row(preview: PaperPreview) -> QGridLayout:
    """The choice of the paper with its word before it."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(0)
    grid.setColumnMinimumWidth(0, WORD_COLUMN - RING)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Label(_("paper"), tone="ink2"), 0, 0)
    grid.addWidget(preview.paper, 0, 1, Qt.AlignmentFlag.AlignLeft)
    return grid


class NotePreview(_ClinicianPreview):
    """The visit as it was charted."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        about = _("What is charted in this visit, and what is not. It changes as you chart.")
        super().__init__(chart, _("Visit note"), NOTE, "note", about, parent)

    @override
    def job(self) -> Job:
        editor, source = self.chart.model.editor, paper_source(self.chart)
        found = self.chart.validities_now()[-1]
        content = make_visit_note(editor.case, editor.suggestion, source, found)
        return paper_job(self.chart, content, str(self.paper.value()))


class CoursePreview(_ClinicianPreview):
    """The course over its visits, up to the one that is open."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        about = _("The course up to this visit: what was tried, what helped, what changed.")
        super().__init__(chart, _("Course report"), REPORT, "course-report", about, parent)

    @override
    def job(self) -> Job:
        editor, source = self.chart.model.editor, paper_source(self.chart)
        found = self.chart.validities_now()
        content = make_course_report(editor.case, editor.suggestion, source, found)
        return paper_job(self.chart, content, str(self.paper.value()))
