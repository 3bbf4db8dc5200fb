"""Drawings on screen: the same shapes as on paper, with words for those who do not see them."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.values import Side
from clinic_desktop.services.knowledge.pose_files import figure, load_scenes
from ui.widgets.figure_view import FigureView, paint_figure


def image_of(drawing: Drawing, size: int = 240) -> QImage:
    """The drawing on white."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_figure(painter, drawing, QRectF(4, 4, size - 8, size - 8))
    painter.end()
    return image


def colors(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


@pytest.mark.parametrize("scene", load_scenes())
def test_a_drawing_fills_its_place_and_stays_inside(qtbot: QtBot, scene: str) -> None:
    image = image_of(figure(scene))
    last = image.width() - 1
    edge = [
        image.pixelColor(*at)
        for n in range(image.width())
        for at in ((n, 0), (n, last), (0, n), (last, n))
    ]
    assert all(color == Qt.GlobalColor.white for color in edge)
    inked = [
        (x, y) for x in range(last) for y in range(last) if image.pixelColor(x, y).lightness() < 200
    ]
    across = max(x for x, _ in inked) - min(x for x, _ in inked)
    up = max(y for _, y in inked) - min(y for _, y in inked)
    assert max(across, up) > 215


def test_the_left_side_is_another_picture(qtbot: QtBot) -> None:
    right, left = (
        image_of(figure("load_management.easy", side)) for side in (Side.RIGHT, Side.LEFT)
    )
    assert right != left
    flipped = right.flipped(Qt.Orientation.Horizontal)
    pairs = zip(colors(flipped), colors(left), strict=True)
    far = sum(abs(a.lightness() - b.lightness()) > 100 for a, b in pairs)
    assert far < 240 * 240 / 100


def test_the_view_says_what_it_shows(qtbot: QtBot) -> None:
    view = FigureView(figure("recovery_position.rest"))
    qtbot.addWidget(view)
    assert view.accessibleName() == ("Lying on the back, the lower legs resting on a chair.")
    view.show_drawing(figure("load_management.easy"))
    assert view.accessibleName() == "Running easily on flat ground."
    assert view.drawing == figure("load_management.easy")


def test_the_view_paints_on_white_whatever_the_window_wears(qtbot: QtBot) -> None:
    view = FigureView(figure("load_management.easy"))
    qtbot.addWidget(view)
    view.setStyleSheet("background: black")
    view.resize(200, 200)
    image = view.grab().toImage()
    assert image.pixelColor(2, 2) == Qt.GlobalColor.white
    assert any(color.lightness() < 80 for color in colors(image))
    assert view.sizeHint().height() >= view.minimumSizeHint().height()
