"""What a user's fingers do to a widget, with types."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def type_keys(widget: QWidget, keys: str) -> None:
    """Type signs one after the other."""
    QTest.keyClicks(widget, keys)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Press one key and let it go."""
    QTest.keyClick(widget, key, modifier)


def click(
    widget: QWidget, x: int, y: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    """Click at a place in the widget."""
    QTest.mouseClick(widget, button, NO_MODIFIER, QPoint(x, y))
