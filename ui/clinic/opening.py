"""Opens the clinic's page in the window, and lets everything know what was set there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.settings import load_clinic
from ui.work.breathing import in_one_go

if TYPE_CHECKING:
    from ui.main_window import MainWindow

RECOVERY: Final = "recovery"
"""In place of a setting's id: the recovery sheet."""
FINDING: Final = "finding"
"""In place of a setting's id: the line by which settings are found."""


@in_one_go()
def open_clinic(window: MainWindow, setting: str = "") -> None:
    """Show what is done for the clinic beside the charts; with a setting's id, that setting, and
    with `RECOVERY` or `FINDING` what that is."""
    session = window.desk.session
    if session is None:
        return
    from .page import ClinicPage

    came_from = _place(window)
    if window.pages.currentWidget() is not window.home:
        window.show_home()
    page = ClinicPage(window.desk, session, window.work, window)
    page.came_from = came_from
    page.closed.connect(window.go_back)
    page.restore_asked.connect(window.restore_asked)
    page.patient_asked.connect(window.open_patient)
    page.settings.clinic_changed.connect(lambda: _take_clinic(window))
    page.settings.language_asked.connect(window.language_asked)
    page.settings.phrases_asked.connect(window.overlays.toggle_phrases)
    page.about_asked.connect(window.overlays.toggle_about)
    page.support_asked.connect(window.overlays.toggle_support)
    window.clinic = page
    window.pages.addWidget(page)
    window.pages.setCurrentWidget(page)
    if setting == RECOVERY:
        page.show_recovery()
    elif setting == FINDING:
        page.settings.begin_finding()
    elif setting:
        page.show_setting(setting)
    else:
        page.take_focus()


def _place(window: MainWindow) -> tuple[int, int, str] | None:
    """The visit that is open, or was when the clinic's page came before it, and its section."""
    if window.clinic is not None:
        return window.clinic.came_from
    page = window.visit
    if page is None:
        return None
    return page.chart.number, page.chart.visit_id, page.tabs.current()


def leave_clinic(window: MainWindow) -> None:
    """Go back from the clinic's page to where it was opened from: the section of a visit, or home;
    home also where the visit is not to be had any more."""
    page = window.clinic
    if page is not None and page.came_from is not None:
        number, visit, section = page.came_from
        window.open_patient(number, visit)
        if window.visit is not None:
            window.visit.open_section(section)
            return
    window.show_home()


def _take_clinic(window: MainWindow) -> None:
    """Have every paper from now on say what the clinic says of itself now."""
    session = window.desk.session
    assert session is not None
    try:
        clinic = load_clinic(session.folder)
    except ChartError as problem:
        window.messages.show_message(str(problem))
        return
    window.desk = replace(window.desk, clinic=clinic)
    window.home.take_desk(window.desk)
    window.overlays.take_desk()
    if window.clinic is not None and window.clinic.recovery is not None:
        window.clinic.recovery.take_desk(window.desk)
