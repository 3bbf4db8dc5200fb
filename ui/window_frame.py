"""What stands in the window from top to bottom: the pages, what went wrong, the sample's mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.domain import access
from clinic_desktop.services.words.translation import _

from .clinic.opening import RECOVERY
from .widgets.second_click import SecondClick
from .widgets.whole_texts import WholeTexts

if TYPE_CHECKING:
    from .main_window import MainWindow


def frame_of(window: MainWindow) -> QWidget:
    """The pages with the messages under them, and over them the mark of a sample clinic."""
    middle = QWidget(window)
    WholeTexts(window)
    SecondClick(window)
    column = QVBoxLayout(middle)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if window.desk.clinic.sample:
        from .entrance.sample_strip import SampleStrip

        strip = SampleStrip(window)
        strip.unwanted.connect(window.sample_unwanted)
        column.addWidget(strip)
        window.setWindowTitle(_("{program}: SAMPLE").format(program=window.windowTitle()))
    column.addWidget(window.pages, 1)
    column.addWidget(window.imports.toast)
    column.addWidget(window.strip)
    column.addWidget(window.messages)
    return middle


def follow_home(window: MainWindow) -> None:
    """Do in the window what the home page asks for."""
    home = window.home
    home.clinic_asked.connect(window.show_clinic)
    home.lock_asked.connect(window.lock_asked)
    home.import_asked.connect(window.overlays.toggle_import)
    home.patient_opened.connect(window.open_patient)
    home.patient_created.connect(lambda number: _on_entered(window, number))
    home.visit_opened.connect(window.open_patient)
    home.letters_opened.connect(window.open_letters)
    home.letter_opened.connect(window.open_letters)
    home.board_opened.connect(window.open_board)
    home.copies.asked.connect(lambda path: window.imports.look_at([path]))
    home.first_steps.recovery_asked.connect(lambda: window.show_clinic(RECOVERY))
    home.first_steps.manual_asked.connect(lambda: window.overlays.toggle_manual())


def _on_entered(window: MainWindow, number: int) -> None:
    """A patient was entered: begin the visit, where whoever did it charts visits."""
    if window.desk.may(access.Action.WRITE_DRAFT):
        window.begin_visit(number)
        return
    window.home.refresh()
    window.home.take_focus()
    entered = _("Entered as patient No {number}.").format(number=f"{number:06d}")
    window.imports.toast.show_act(entered, None)
