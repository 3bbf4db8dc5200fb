"""Opens the preview of a paper by its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from clinic_desktop.services.translation import _

from .letter_form import LetterDraft
from .paper_preview import PaperPreview
from .sheet import SheetLook
from .visit_page import VisitPage

FOR_FLAG: Final = "letter:"
"""Before a red flag: a letter about it."""


def open_paper(
    page: VisitPage,
    kind: str,
    looks: dict[int, SheetLook],
    letters: dict[int, LetterDraft],
    parent: QWidget,
) -> PaperPreview:
    """The preview of a visit's paper; what is chosen and typed in it goes into the two stores."""
    chart = page.chart
    if kind == "handout":
        return _handout(page, looks, parent)
    if kind.startswith("letter"):
        from .letter_preview import LetterPreview

        draft = letters.setdefault(chart.visit_id, LetterDraft())
        if kind.startswith(FOR_FLAG):
            draft = replace(draft, flag=kind.removeprefix(FOR_FLAG))
        letter = LetterPreview(chart, draft, parent)
        letter.draft_changed.connect(lambda now: letters.__setitem__(chart.visit_id, now))
        return letter
    from .clinician_previews import CoursePreview, NotePreview

    return NotePreview(chart, parent) if kind == "note" else CoursePreview(chart, parent)


def _handout(page: VisitPage, looks: dict[int, SheetLook], parent: QWidget) -> PaperPreview:
    from .handout_preview import HandoutPreview

    chart = page.chart
    preview = HandoutPreview(chart, looks.get(chart.visit_id), parent)

    def add(item: str) -> None:
        """The panel has the say whether an item comes in: it knows the two places."""
        before = chart.model.visit.plan
        if not page.panel.add_item(item):
            preview.refuse_item(_("Two new items are enough: remove one first, or park it."))
        elif chart.model.visit.plan == before:
            preview.refuse_item(_("This item is in the plan already, or a red flag is open."))

    preview.editor.item_wanted.connect(add)
    preview.look_chosen.connect(lambda look: looks.__setitem__(chart.visit_id, look))
    return preview
