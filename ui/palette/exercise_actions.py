"""Exercises in the palette: each of the library goes into the plan of the visit in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from clinic_desktop.services.words.translation import _
from ui.panels.flag_reading import GRAVE

from .actions import Action, Where

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.visit.page import VisitPage


def exercise_actions(window: MainWindow) -> tuple[Action, ...]:
    """One for each exercise of the library; none where no visit is in front."""
    page = window.visit
    if page is None or window.pages.currentWidget() is not page:
        return ()
    library = page.chart.desk.plan_library
    return tuple(
        Action(
            f"add_{item}",
            _("Put into the plan: {exercise}").format(exercise=library.name(item)),
            "",
            Where.VISIT,
            _adds(page, item),
            _hindrance(page, item),
        )
        for item in library.items
    )


def _adds(page: VisitPage, item: str) -> Callable[[], object]:
    return lambda: page.add_item(item)


def _hindrance(page: VisitPage, item: str) -> Callable[[], str]:
    def why_not() -> str:
        model = page.model
        if model.locked:
            return _("The visit is signed.")
        if any(choice.item == item for choice in model.visit.plan):
            return _("It is in the plan already.")
        if any(flag.level in GRAVE for flag in model.suggestion.red_flags):
            return _("A red flag is open: nothing is added or printed until it is resolved.")
        return ""

    return why_not
