"""What the keys of everywhere do to the page in front: undo and redo, and the next pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_desktop.services.words.translation import _

if TYPE_CHECKING:
    from clinic_desktop.services.visit.editing import VisitEditor

    from .clinic.settings import SettingsCard
    from .main_window import MainWindow
    from .viewmodels.course import CourseModel


class SettingsSteps:
    """The steps of the settings, where what was taken back is done again by hand."""

    can_redo = False

    def __init__(self, card: SettingsCard) -> None:
        self.can_undo = card.can_undo
        self.undo = card.undo

    def redo(self) -> None:
        """Nothing: there is no step forward."""


def next_pane(window: MainWindow) -> None:
    """Move the keyboard on: in a visit to the next pane, at home to the next list."""
    front = window.pages.currentWidget()
    if window.visit is not None and front is window.visit:
        window.visit.next_pane()
    elif front is window.home:
        window.home.next_list()


def no_next_pane(window: MainWindow) -> str:
    """Why there is no next pane, in words; empty where there is one."""
    known = window.pages.currentWidget() in (window.home, window.visit)
    return "" if known else _("Go back to the visit first.")


def undo(window: MainWindow, forward: bool = False) -> None:
    """Take back the last step of what is in front, the course's facts or the visit; or do it
    again."""
    steps = _steps(window)
    if steps is not None:
        (steps.redo if forward else steps.undo)()


def no_undo(window: MainWindow, forward: bool = False) -> str:
    """Why there is no step to take back, or to do again, in words; empty where there is one."""
    steps = _steps(window)
    if steps is None:
        return _("Open a patient first.")
    if steps.can_redo if forward else steps.can_undo:
        return ""
    return _("There is nothing to redo.") if forward else _("There is nothing to undo.")


def _steps(window: MainWindow) -> CourseModel | VisitEditor | SettingsSteps | None:
    if window.clinic is not None:
        return SettingsSteps(window.clinic.settings)
    if window.course is not None:
        return window.course.steps
    return window.visit.model.editor if window.visit is not None else None
