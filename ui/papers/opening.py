"""Opens the preview of a paper by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.values import Key
from clinic_desktop.services.papers.handouts import SheetLook
from clinic_desktop.services.visit.chart_texts import PLAN
from clinic_desktop.services.words.translation import _
from ui.visit.page import VisitPage

from .letter_keeping import LetterKeeper
from .preview import PaperPreview

if TYPE_CHECKING:
    from ui.main_window import MainWindow

FOR_FLAG: Final = "letter:"
"""Before a red flag, or `by_hand`: a letter about it."""


def open_paper(
    page: VisitPage,
    kind: str,
    looks: dict[int, SheetLook],
    letters: dict[int, LetterKeeper],
    window: MainWindow,
) -> PaperPreview:
    """The preview of a visit's paper; what is chosen and typed outlives it in the two stores."""
    preview = _preview(page, kind, looks, letters, window)
    preview.place_asked.connect(lambda at: fill_in(window, at))
    return preview


def _preview(
    page: VisitPage,
    kind: str,
    looks: dict[int, SheetLook],
    letters: dict[int, LetterKeeper],
    parent: QWidget,
) -> PaperPreview:
    chart = page.chart
    if kind == "handout":
        return _handout(page, looks, parent)
    if kind.startswith("letter"):
        from .letter_preview import LetterPreview

        if chart.visit_id not in letters:
            _let_go(letters)
            letters[chart.visit_id] = LetterKeeper(chart.desk, chart.visit_id, parent)
        about = kind.removeprefix(FOR_FLAG) if kind.startswith(FOR_FLAG) else None
        return LetterPreview(chart, letters[chart.visit_id], about, parent)
    from .clinician_previews import CoursePreview, NotePreview

    return NotePreview(chart, parent) if kind == "note" else CoursePreview(chart, parent)


def fill_in(window: MainWindow, at: str) -> None:
    """Go to where in the visit something is still to fill in: to its field, or to the sheet where
    it is about an item of the plan."""
    if at.startswith(PLAN):
        window.go_back()
        window.show_handout()
        if window.preview is not None:
            window.preview.go_to_place(at)
    else:
        window.go_to_field(Key(at))


def _let_go(letters: dict[int, LetterKeeper]) -> None:
    """Of the letters of other visits only those stay that the record could not give back."""
    for visit_id in [one for one, keeper in letters.items() if keeper.can_go]:
        letters.pop(visit_id).deleteLater()


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
