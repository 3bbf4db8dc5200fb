"""One picture of all pictures: a row for each scene, a column for each way of showing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from ui.tokens import LIGHT
from ui.typeface import BODY, TITLE, font

THUMB: Final = 400
"""Width of a picture on the sheet, in px."""
GAP, HEAD, CAPTION = 16, 44, 26


def write_contact_sheet(
    file: Path, rows: Sequence[tuple[str, Mapping[str, Path]]], columns: Sequence[str]
) -> None:
    """Write the sheet; a row is a caption and its pictures by column, where there are any."""
    high = THUMB * 800 // 1280
    pitch = high + CAPTION + GAP
    width = GAP + len(columns) * (THUMB + GAP)
    sheet = QImage(width, HEAD + len(rows) * pitch + GAP, QImage.Format.Format_RGB32)
    sheet.fill(LIGHT.ground)
    painter = QPainter(sheet)
    painter.setPen(LIGHT.ink)
    painter.setFont(font(TITLE, bold=True))
    for place, column in enumerate(columns):
        painter.drawText(_at(place), 28, column)
    painter.setFont(font(BODY))
    for number, (caption, pictures) in enumerate(rows):
        top = HEAD + number * pitch
        painter.drawText(GAP, top + 16, caption)
        for place, column in enumerate(columns):
            if column in pictures:
                _paste(painter, pictures[column], QRect(_at(place), top + CAPTION, THUMB, high))
    painter.end()
    if not sheet.save(str(file)):
        raise OSError(f"{file} could not be written")


def _at(column: int) -> int:
    return GAP + column * (THUMB + GAP)


def _paste(painter: QPainter, file: Path, box: QRect) -> None:
    """A picture as large as its box lets it, in a thin frame."""
    smooth = Qt.TransformationMode.SmoothTransformation
    image = QImage(str(file)).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio, smooth)
    image.setDevicePixelRatio(1)
    painter.drawImage(box.topLeft(), image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(LIGHT.edge)
    painter.drawRect(box.x(), box.y(), image.width() - 1, image.height() - 1)
    painter.setPen(LIGHT.ink)
