"""The clinic's logo among the settings: what it looks like, another one, or none."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.settings import load_clinic
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import BETWEEN, RADIUS, RING
from ui.widgets.buttons import Look, button_for

PICTURE = QSize(132, 44)


class LogoRow(QWidget):
    """The picture on white, as on paper, and what can be done with it."""

    chosen = Signal(object)
    """The file of another logo, or None for none."""

    def __init__(self, folder: Path, may: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = _Picture(self)
        self.choose_button = button_for("choose_logo", _("Choose…"), self._ask, Look.LINK, self, 24)
        none = partial(self.chosen.emit, None)
        self.none_button = button_for("no_logo", _("None"), none, Look.LINK, self, 24)
        line = QHBoxLayout(self)
        line.setContentsMargins(RING, 0, 0, 0)
        line.setSpacing(BETWEEN)
        for part in (self.picture, self.choose_button, self.none_button):
            line.addWidget(part)
        self.setFocusProxy(self.choose_button)
        self._may = may
        try:
            self.show_logo(load_clinic(folder).logo)
        except ChartError:  # the window says so already
            self.show_logo(b"")

    def show_logo(self, content: bytes) -> None:
        """Show a picture, or that there is none."""
        self.picture.show_picture(QImage.fromData(content) if content else QImage())
        self.choose_button.setVisible(self._may)
        self.none_button.setVisible(self._may and bool(content))

    def _ask(self) -> None:
        kinds = _("Pictures") + " (*.png *.jpg *.jpeg)"
        path, _kind = QFileDialog.getOpenFileName(self, _("The clinic's logo"), "", kinds)
        if path:
            self.chosen.emit(Path(path))


class _Picture(QWidget):
    """The logo as large as there is room for; a free place says that there is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(PICTURE)
        self._image = QImage()

    def show_picture(self, image: QImage) -> None:
        """Show another one."""
        self._image = image
        self.setAccessibleName(_("no logo") if image.isNull() else _("the logo"))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown, box = theme().tokens, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._image.isNull():
            painter.setPen(QPen(shown.edge, 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            painter.setPen(shown.grey)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("no logo"))
            return
        painter.setPen(QPen(shown.edge, 1))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        room = box.adjusted(4, 4, -4, -4)
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.drawImage(place, self._image)
