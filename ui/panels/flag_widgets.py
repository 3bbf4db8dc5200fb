"""Open red flags: the tinted block with what to do, and the box for the written reason."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from clinic_desktop.services.translation import _

from ..forms.buttons import Button, LinkButton
from ..marks import draw_warning
from ..style import theme
from ..tokens import LEDGER_LINE, PANEL_BUTTON, TEXT_LINE
from ..typeface import BODY, CAPTION, HEADING, TITLE, wrapped
from .panel_head import draw_level
from .row_base import RowWidget, draw_text
from .row_widgets import BLEED
from .rows import Flag, Resolve

INSET = 16


class FlagRow(RowWidget[Flag]):
    """A red flag on its own ground: level, what it is, what to do, and the findings as links."""

    def __init__(self, row: Flag, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._links: list[LinkButton] = []
        self.refresh()

    @override
    def refresh(self) -> None:
        super().refresh()
        for link in self._links:
            link.hide()
            link.deleteLater()
        self._links = []
        for text, key in self.row.because:
            link = LinkButton(text, self)
            link.clicked.connect(lambda _on=False, target=key: self.followed.emit(target))
            link.show()
            self._links.append(link)
        self._place()

    @property
    def _top(self) -> int:
        """Where the title begins: below the head line, which the first flag leaves to the panel."""
        return 38 if self.row.headline else 2

    def _title(self, width: int) -> tuple[str, ...]:
        return wrapped(self.row.title, width - 2 * INSET, HEADING, bold=True)

    def _action(self, width: int) -> tuple[str, ...]:
        return wrapped(self.row.action, width - 2 * INSET)

    def _links_top(self, width: int) -> int:
        return self._top + TEXT_LINE * (len(self._title(width)) + len(self._action(width))) + 6

    @override
    def height_for(self, width: int) -> int:
        return self._links_top(width) + LEDGER_LINE * len(self._links) + 10

    def _place(self) -> None:
        top = self._links_top(self.width())
        for link in self._links:
            width = min(link.sizeHint().width(), self.width() - 2 * INSET + 4)
            link.setGeometry(INSET - 4, top, width, LEDGER_LINE)
            top += LEDGER_LINE

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

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
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName(f"reason:{row.flag}")
        self.reason.setPlaceholderText(_("What was found, who was told, when"))
        self.reason.setTabChangesFocus(True)
        self.resolve = Button(_("Resolve"), self)
        self.resolve.setObjectName(f"resolve:{row.flag}")
        self.resolve.clicked.connect(self._resolve)
        self.reason.textChanged.connect(self._show_state)
        self.refresh()
        self._show_state()

    @override
    def refresh(self) -> None:
        super().refresh()
        self.reason.setAccessibleName(self.row.title)

    def _show_state(self) -> None:
        self.resolve.setEnabled(bool(self.reason.toPlainText().strip()))
        self.update()

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
        self.reason.setGeometry(BLEED, top, self.width() - 2 * BLEED, 44)
        size = self.resolve.sizeHint()
        self.resolve.setGeometry(BLEED, top + 52, size.width(), PANEL_BUTTON)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        draw_text(
            painter, BLEED, 12, self._title(self.width()), shown.ink, HEADING, bold=True
        )
        enabled = self.resolve.isEnabled()
        said = _("stays in the record") if enabled else _("write the reason first")
        geometry = self.resolve.geometry()
        draw_text(
            painter, geometry.right() + 12, geometry.top(), (said,), shown.grey, CAPTION,
            line=PANEL_BUTTON,
        )  # fmt: skip
