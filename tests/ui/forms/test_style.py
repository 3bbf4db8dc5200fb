"""Colours can be told apart, and a live switch of the scheme reaches every painted widget."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import style, typeface
from ui.forms.buttons import blended
from ui.tokens import DARK, LIGHT, Tokens, contrast

TEXT, MARK = 4.5, 3.0

PAIRS = [
    ("ink", "surface", TEXT), ("ink", "accent_tint", TEXT), ("ink", "raised", TEXT),
    ("ink", "ground", TEXT), ("ink", "hover", TEXT), ("ink", "danger_tint", TEXT),
    ("ink2", "surface", TEXT), ("ink2", "raised", TEXT), ("ink2", "ground", TEXT),
    ("ink2", "hover", TEXT), ("ink2", "accent_tint", TEXT),
    ("grey", "surface", TEXT), ("grey", "ground", TEXT), ("grey", "raised", TEXT),
    ("grey", "hover", TEXT),
    ("disabled", "raised", TEXT),
    ("accent", "surface", TEXT), ("accent", "ground", TEXT), ("accent", "raised", TEXT),
    ("on_accent", "accent", TEXT),
    ("danger", "surface", TEXT), ("danger", "danger_tint", TEXT), ("danger", "raised", TEXT),
    ("on_danger", "danger", TEXT),
    ("caution", "surface", TEXT), ("caution", "caution_tint", TEXT),
    ("on_tip", "tip", TEXT), ("tip_accent", "tip", TEXT),
    ("edge", "surface", MARK), ("edge", "raised", MARK),
    ("accent", "accent_tint", MARK), ("danger", "hover", MARK),
]  # fmt: skip


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_what_stands_on_a_ground_can_be_read(
    shown: Tokens, front: str, back: str, least: float
) -> None:
    assert contrast(getattr(shown, front), getattr(shown, back)) >= least


def test_contrast_is_counted_as_the_guidelines_count_it() -> None:
    black, white = QColor("black"), QColor("white")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == contrast(black, white)
    assert contrast(QColor("#777777"), white) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
def test_a_solid_button_under_the_pointer_can_still_be_read(shown: Tokens) -> None:
    assert contrast(shown.on_accent, blended(shown.accent, shown.surface, 0.1)) >= TEXT
    assert contrast(shown.on_danger, blended(shown.danger, shown.surface, 0.1)) >= TEXT


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
