"""Colours can be told apart, and a live switch of the scheme reaches every painted widget."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.contrasts import contrast
from ui import style, typeface
from ui.tokens import DARK


def test_contrast_is_counted_as_the_guidelines_count_it() -> None:
    black, white = QColor("black"), QColor("white")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == contrast(black, white)
    assert contrast(QColor("#777777"), white) == pytest.approx(4.48, abs=0.01)


def test_a_switch_of_the_scheme_is_live(qapp: QApplication, qtbot: QtBot) -> None:
    style.apply(qapp, style.Scheme.LIGHT)
    with qtbot.waitSignal(style.theme().changed):
        style.apply(qapp, style.Scheme.DARK)
    assert style.theme().tokens is DARK
    assert style.scheme_of(qapp) is style.Scheme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.ground


def test_the_scheme_follows_the_desktop_until_somebody_decides(qapp: QApplication) -> None:
    hints = qapp.styleHints()
    style.apply(qapp, style.Scheme.SYSTEM)
    desktop = hints.colorScheme()
    expected = style.Scheme.DARK if desktop is Qt.ColorScheme.Dark else style.Scheme.LIGHT
    assert style.scheme_of(qapp) is expected


@pytest.mark.parametrize("name", list(style.TOKENS))
def test_each_scheme_can_be_asked_for(qapp: QApplication, name: style.Scheme) -> None:
    style.apply(qapp, name)
    assert style.scheme_of(qapp) is name
    assert style.theme().tokens is style.TOKENS[name]
    assert qapp.palette().color(QPalette.ColorRole.Window) == style.TOKENS[name].ground


def test_high_contrast_follows_the_desktop_that_asks_for_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    style.apply(qapp, style.Scheme.SYSTEM)
    wish = type(qapp.styleHints().accessibility())
    high = Qt.ContrastPreference.HighContrast
    monkeypatch.setattr(wish, "contrastPreference", lambda _hints: high)
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    expected = style.Scheme.CONTRAST_DARK if dark else style.Scheme.CONTRAST_LIGHT
    assert style.scheme_of(qapp) is expected


def test_figures_of_a_column_end_at_one_edge_and_stand_in_cells(qapp: QApplication) -> None:
    cell = typeface.figure_cell(typeface.HEADING, True)
    measured = QFontMetricsF(typeface.font(typeface.HEADING, True))
    assert cell >= max(measured.horizontalAdvance(figure) for figure in "0123456789")
    assert typeface.figures_width("11", typeface.HEADING, True) == 2 * cell
    assert typeface.figures_width("88", typeface.HEADING, True) == 2 * cell


def test_the_shipped_typeface_is_used(qapp: QApplication) -> None:
    assert typeface.font(13).exactMatch()
    assert qapp.font().family() == typeface.FAMILY
    assert qapp.font().pixelSize() == 13
    assert not qapp.styleSheet()
