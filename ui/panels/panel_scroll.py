"""The scroll area of the panel: its bar takes no room, and what is read stays where it is."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.widgets.scrolling import SlimScrollArea, SlimScrollBar

from .row_stack import SIDE, RowStack
from .rows import Row


class PanelScroll(SlimScrollArea):
    """Shows rows. The bar lies over the margin, so that lines never break anew as it comes."""

    def __init__(self, stack: RowStack, parent: QWidget) -> None:
        super().__init__(QPalette.ColorRole.AlternateBase, parent)
        self._stack = stack
        self.setWidget(stack)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = SlimScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._bar.hide()
        own = self.verticalScrollBar()
        own.rangeChanged.connect(self._on_range_changed)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        stack.stepped.connect(lambda widget: self.ensureWidgetVisible(widget, 0, 40))

    def show_rows(self, rows: tuple[Row, ...], mark: bool) -> tuple[Row, ...]:
        """Show these rows and give those that changed; the one read keeps its place on screen."""
        own = self.verticalScrollBar()
        held = self._stack.anchor(own.value())
        changed = self._stack.show_rows(rows, mark)
        if held is not None and self._stack.holds(held[0]):
            own.setValue(own.value() + held[0].y() - held[1])
        return changed

    def _on_range_changed(self, least: int, most: int) -> None:
        self._bar.setRange(least, most)
        self._bar.setPageStep(self.verticalScrollBar().pageStep())
        self._bar.setVisible(most > least)
        self._bar.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(QRect(self.width() - SIDE, 0, SIDE, self.height()))
        self._bar.setPageStep(self.verticalScrollBar().pageStep())
