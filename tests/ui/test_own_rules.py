"""A clinic whose own rules are at fault is told so on the home page, and can go on charting."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.services.desk import Desk
from ui import style
from ui.main_window import MainWindow

FIRST = "The clinic's own rules are not in use: terms.toml: ours: has no source."
SECOND = "The clinic's own rules are not in use: flags.toml: ours: has no source."


def test_faults_of_own_rules_stand_at_the_foot_of_the_home_page(
    desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    """The first in words, the others to copy."""
    style.apply(qapp, style.Scheme.LIGHT)
    window = MainWindow(replace(desk, problems=(FIRST, SECOND)))
    qtbot.addWidget(window)
    window.show()
    assert window.pages.currentWidget() is window.home
    assert window.messages.isVisible()
    assert window.messages.words.text() == FIRST
    assert window.messages.details == SECOND


def test_nothing_is_said_where_nothing_is_wrong(
    desk: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    style.apply(qapp, style.Scheme.LIGHT)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    assert not window.messages.isVisible()
