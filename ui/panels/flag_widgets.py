"""Open red flags: the tinted block with what to do, and the box for the written reason."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.forms.texts import TextInput
from ui.style import theme
from ui.tokens import PANEL_BUTTON, TEXT_LINE
from ui.typeface import BODY, CAPTION, HEADING, TITLE, draw_text, wrapped
from ui.widgets.buttons import Button
from ui.widgets.marks import draw_warning

from .panel_head import draw_level
from .row_base import RowWidget
from .row_widgets import BLEED
from .rows import Flag, Resolve

INSET = 16


class FlagRow(RowWidget[Flag]):
    """A red flag on its own ground: level, what it is, and what to do."""

    @property
    def _top(self) -> int:
        """Where the title begins: below the head line, which the first flag leaves to the panel."""
        return 38 if self.row.headline else 2

    def _title(self, width: int) -> tuple[str, ...]:
        return wrapped(self.row.title, width - 2 * INSET, HEADING, bold=True)

    def _action(self, width: int) -> tuple[str, ...]:
        return wrapped(self.row.action, width - 2 * INSET)

    @override
    def height_for(self, width: int) -> int:
        lines = len(self._title(width)) + len(self._action(width))
        return self._top + TEXT_LINE * lines + 12

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, width = theme().tokens, self.width()
        painter.fillRect(self.rect(), shown.danger_tint)
        painter.fillRect(QRectF(0, 0, 4, self.height()), shown.danger)
        painter.fillRect(QRectF(0, self.height() - 1, width, 1), shown.danger)
        if self.row.headline:
            draw_warning(painter, QPointF(INSET + 7, 23), shown.danger, shown.danger_tint, 13)
            said = (_("Red flag"),)
            draw_text(painter, INSET + 24, 8, said, shown.danger, TITLE, bold=True, line=30)
            draw_level(painter, width - INSET, 12, self.row.level_word)
        title = self._title(width)
        draw_text(painter, INSET, self._top, title, shown.ink, HEADING, bold=True)
        top = self._top + TEXT_LINE * len(title) + 2
        draw_text(painter, INSET, top, self._action(width), shown.ink, BODY)


class ResolveRow(RowWidget[Resolve]):
    """A reason in the clinician's words, which resolves a flag and stays in the record."""

    def __init__(self, row: Resolve, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._reasons: dict[str, str] | None = None
        self.reason = TextInput(2, self)
        self.reason.setObjectName(f"reason:{row.flag}")
        self.reason.setPlaceholderText(_("What was found, who was told, when"))
        self.resolve = Button(_("Resolve"), height=PANEL_BUTTON, parent=self)
        self.resolve.setObjectName(f"resolve:{row.flag}")
        self.resolve.clicked.connect(self._resolve)
        self.reason.textChanged.connect(self._show_state)
        self._show_state()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.reason.setAccessibleName(self.row.title)

    def _show_state(self) -> None:
        text = self.reason.toPlainText()
        self.resolve.setEnabled(bool(text.strip()))
        self.setAccessibleDescription(self._state_words())
        if self._reasons is not None:
            self._reasons[self.row.flag] = text
        self.update()

    def _state_words(self) -> str:
        enabled = self.resolve.isEnabled()
        return _("stays in the record") if enabled else _("write the reason first")

    def keep_in(self, reasons: dict[str, str]) -> None:
        """Take up what was typed for this flag before, and keep there what is typed now."""
        if self._reasons is None:
            self._reasons = reasons
            self.reason.setPlainText(reasons.get(self.row.flag, ""))

    def _resolve(self) -> None:
        self.acted.emit(f"resolve:{self.row.flag}", self.reason.toPlainText())

    def _title(self, width: int) -> tuple[str, ...]:
        return wrapped(self.row.title, width - 2 * BLEED, HEADING, bold=True)

    @override
    def height_for(self, width: int) -> int:
        return 12 + TEXT_LINE * len(self._title(width)) + 6 + 44 + 8 + PANEL_BUTTON + 12

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        top = 12 + TEXT_LINE * len(self._title(self.width())) + 6
        self.reason.setGeometry(BLEED - 3, top - 3, self.width() - 2 * BLEED + 6, 50)
        size = self.resolve.sizeHint()
        self.resolve.setGeometry(BLEED - 3, top + 49, size.width(), size.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        draw_text(painter, BLEED, 12, self._title(self.width()), shown.ink, HEADING, bold=True)
        said = self._state_words()
        geometry = self.resolve.geometry()
        draw_text(
            painter, geometry.right() + 8, geometry.top() + 3, (said,), shown.grey, CAPTION,
            line=PANEL_BUTTON,
        )  # fmt: skip
