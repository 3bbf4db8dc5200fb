"""The line on red flags at the top of the panel; it stays in sight when the panel is folded."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.services.words.translation import _, ngettext
from clinic_desktop.services.words.wording import flag_title, level_word
from ui.style import theme
from ui.tokens import INSET, RADIUS, TABS
from ui.typeface import BODY, CAPTION, HEADING, TITLE, draw_text, elided, text_width
from ui.widgets.accessibility import Described, install_interfaces
from ui.widgets.marks import draw_tick, draw_warning

from .row_base import draw_ring


class PanelHead(Described):
    """Says in one line whether the screen is complete and whether a flag is open."""

    accessible_role = QAccessible.Role.Link
    clicked = Signal()
    """The line was used: to the open question, or to open the folded panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.setObjectName("panel_head")
        self._text, self._remark, self._open, self._level = "", "", False, ""
        self._folded = False
        self.setFixedHeight(TABS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_answer(self, said: Suggestion) -> None:
        """Take the line from a suggestion; nothing is repainted where it says the same."""
        grave = [flag for flag in said.red_flags if flag.level in {"E", "S", "U"}]
        open_questions = len(said.screen.unanswered)
        if grave:
            text = flag_title(grave[0])
            more = _("and {n} more").format(n=len(grave) - 1) if len(grave) > 1 else ""
            now = (text, more, True, level_word(grave[0].level))
        elif open_questions:
            remark = ngettext("{n} question open", "{n} questions open", open_questions)
            remark = remark.format(n=open_questions)
            now = (_("Red flags"), remark, False, "")
        else:
            watched = len(said.red_flags)
            remark = _("screen complete, none open")
            if watched:
                remark = _("screen complete, {n} to watch").format(n=watched)
            now = (_("Red flags"), remark, False, "complete")
        if now != (self._text, self._remark, self._open, self._level):
            self._text, self._remark, self._open, self._level = now
            self.setAccessibleName(self.plain)
            self.update()

    @property
    def plain(self) -> str:
        """The line as text."""
        if self._open:
            more = f" {self._remark}" if self._remark else ""
            return (
                _("Red flag open, {level}: {title}").format(level=self._level, title=self._text)
                + more
            )
        return f"{self._text}: {self._remark}"

    @override
    def is_pressed_whole(self) -> bool:
        return True

    @override
    def press(self) -> None:
        self.clicked.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, TABS)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def set_folded(self, folded: bool) -> None:
        """Name the flag itself here while the block below is out of sight."""
        if folded != self._folded:
            self._folded = folded
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._open:
            self._paint_open(painter)
        else:
            self._paint_quiet(painter)
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))

    def _paint_quiet(self, painter: QPainter) -> None:
        shown, width, height = theme().tokens, self.width(), self.height()
        painter.fillRect(self.rect(), shown.raised)
        painter.fillRect(QRectF(0, height - 1, width, 1), shown.line)
        middle = QPointF(INSET + 6, height / 2)
        if self._level == "complete":
            draw_tick(painter, middle, shown.ink)
        else:
            draw_warning(painter, middle, shown.caution, shown.raised, 11)
        taken = text_width(self._text, HEADING, bold=True) + 2 * INSET + 36
        remark = elided(self._remark, width - taken, BODY)
        right = width - INSET - text_width(remark, BODY)
        draw_text(painter, right, 0, (remark,), shown.ink2, BODY, line=height)
        name = elided(self._text, right - INSET - 28, HEADING, bold=True)
        draw_text(painter, INSET + 20, 0, (name,), shown.ink, HEADING, bold=True, line=height)

    def _paint_open(self, painter: QPainter) -> None:
        shown, width, height = theme().tokens, self.width(), self.height()
        painter.fillRect(self.rect(), shown.danger_tint)
        painter.fillRect(QRectF(0, 0, 4, height), shown.danger)
        if self._folded:
            painter.fillRect(QRectF(0, height - 1, width, 1), shown.danger)
        draw_warning(painter, QPointF(INSET + 7, height / 2), shown.danger, shown.danger_tint, 13)
        left = draw_level(painter, width - INSET, (height - 22) / 2, self._level)
        said = f"{self._text} {self._remark}" if self._folded else _("Red flag")
        size = HEADING if self._folded else TITLE
        name = elided(said.strip(), left - INSET - 32, size, bold=True)
        draw_text(painter, INSET + 24, 0, (name,), shown.danger, size, bold=True, line=height)


def draw_level(painter: QPainter, right: float, top: float, level: str) -> float:
    """Draw the filled badge of a red-flag level that ends at `right`; gives its left edge."""
    shown = theme().tokens
    wide = text_width(level, CAPTION, bold=True) + 16
    badge = QRectF(right - wide, top, wide, 22)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shown.danger)
    painter.drawRoundedRect(badge, RADIUS, RADIUS)
    draw_text(
        painter, badge.left() + 8, top, (level,), shown.on_danger, CAPTION, bold=True, line=22
    )
    return badge.left()
