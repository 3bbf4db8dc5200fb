"""Opens a section on screen, in the light scheme."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.visit_on_screen import MakeForm, make_model
from ui import style
from ui.forms.section_form import SectionForm
from ui.viewmodels.visit import VisitViewModel


@pytest.fixture
def make_form(qtbot: QtBot) -> MakeForm:
    """Opens a section as wide as the form at 1280 px and waits until it is on screen."""

    def make(section: str, model: VisitViewModel | None = None) -> SectionForm:
        form = SectionForm(model or make_model(), section)
        qtbot.addWidget(form)
        form.resize(784, 628)
        with qtbot.waitExposed(form):
            form.show()
        form.activateWindow()
        qtbot.waitUntil(form.isActiveWindow)
        return form

    return make


@pytest.fixture(autouse=True)
def in_light(qapp: QApplication) -> None:
    """Every test begins in the light scheme."""
    style.apply(qapp, style.Scheme.LIGHT)
