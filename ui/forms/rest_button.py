"""The button of a red-flag group: asked, and all that is left is no."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import CONTROL_WIDTH, RADIUS, RING
from ui.typeface import CAPTION, baseline, elided, font, text_width
from ui.widgets.accessibility import install_interfaces
from ui.widgets.buttons import Button, Look, draw_key_cap, key_cap_width
from ui.widgets.drawing import draw_ring

KEY = "Shift+N"


class RestButton(Button):
    """Says which key does the same from any question of the group."""

    accessible_role = QAccessible.Role.Button
    spoken_key = KEY

    def __init__(self, group: str, parent: QWidget | None = None) -> None:
        super().__init__(_("the rest are no"), Look.PLAIN, 24, parent)
        install_interfaces()
        self.setAccessibleName(_("{group}: the rest are no").format(group=group))
        # The key does it from any field of the group: no stop of its own on the way down.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)

    def _label(self) -> str:
        return elided(self.text(), self.control().width() - key_cap_width(KEY) - 18, CAPTION)

    @property
    def words_x(self) -> float:
        """Where its words begin, from its left edge."""
        return self.control().right() - key_cap_width(KEY) - 14 - text_width(self._label(), CAPTION)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        control = self.control()
        if self.underMouse() or self.isDown():
            painter.setPen(QPen(shown.line, 1))
            painter.setBrush(shown.hover)
            left = 48  # from where the words begin
            painter.drawRoundedRect(control.adjusted(left, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self.hasFocus():
            draw_ring(painter, control, shown.accent)
        key = key_cap_width(KEY)
        draw_key_cap(painter, control.right() - 4 - key, control.center().y(), KEY, shown)
        painter.setFont(font(CAPTION))
        painter.setPen(shown.accent)
        base = control.top() + baseline(control.height(), CAPTION)
        painter.drawText(QPointF(self.words_x, base), self._label())
        painter.end()
