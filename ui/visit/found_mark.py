"""The bar beside a field that a line of the panel led to; it goes with the next key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.style import theme
from ui.tokens import RING

LEFT, WIDTH = 6, 4
"""From the left edge of the form to the bar, and how wide it is, in px."""
_ENDS = frozenset({QEvent.Type.KeyPress, QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress})


class FoundMark(QWidget):
    """Stands left of the label of one field, on the sheet that the field stands on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("found_mark")
        self._field: QWidget | None = None
        self.hide()

    @property
    def field(self) -> str:
        """Object name of the field it marks; empty where it marks none."""
        return self._field.objectName() if self._field is not None else ""

    def show_at(self, field: QWidget) -> None:
        """Mark a field until the next key, or until the keyboard goes elsewhere."""
        self.end()
        sheet = field.parentWidget()
        if sheet is None:
            return
        self._field = field
        field.installEventFilter(self)
        self.setParent(sheet)
        self.setGeometry(LEFT, field.y() + RING, WIDTH, field.height() - 2 * RING)
        self.raise_()
        self.show()

    def end(self) -> None:
        """Mark nothing."""
        if self._field is not None:
            self._field.removeEventFilter(self)
            self._field = None
            self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ENDS:
            self.end()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().tokens.accent)
