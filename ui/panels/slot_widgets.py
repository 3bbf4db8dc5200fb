"""The two places for new plan items, and the question which one to park."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import PANEL_BUTTON, RADIUS, TEXT_LINE
from ui.typeface import BODY, CAPTION, draw_text, wrapped
from ui.widgets.buttons import Button, Look
from ui.widgets.marks import draw_dashed_box, draw_tick

from .row_base import WORD_COLUMN, RowWidget
from .row_widgets import BLEED, LINK_HEIGHT
from .rows import Choice, Slot

BOX_X = BLEED + WORD_COLUMN - 8
"""Left edge of a place, so that its text stands in the column of sentences."""


class SlotRow(RowWidget[Slot]):
    """One place: a solid frame with what was chosen, or a dashed one with what could be."""

    def __init__(self, row: Slot, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self.setObjectName(row.id)
        self._add = Button(_("Add"), height=PANEL_BUTTON - 6, parent=self)
        self._add.clicked.connect(lambda: self.acted.emit("add", self.row.item))
        self._park = Button(_("park"), Look.LINK, LINK_HEIGHT, self)
        self._park.clicked.connect(lambda: self.acted.emit("park", self.row.item))

    @override
    def refresh(self) -> None:
        super().refresh()
        had_focus = self._add.hasFocus() or self._park.hasFocus()
        self._park.setVisible(self.row.taken and not self.row.fixed)
        self._add.setVisible(bool(self.row.item) and not self.row.taken)
        self._add.setAccessibleName(_("Add {item}").format(item=self.row.text))
        self._park.setAccessibleName(_("Park {item}").format(item=self.row.text))
        if had_focus:
            (self._park if self.row.taken else self._add).setFocus()
        self._place()

    @property
    @override
    def rule(self) -> str:
        return self.row.rule

    def _place(self) -> None:
        """Put the button that is shown at the right edge of the frame."""
        button = self._park if self.row.taken else self._add
        size = button.sizeHint()
        left = self.width() - BLEED - 5 - size.width()
        button.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _lines(self, width: int) -> tuple[str, ...]:
        button = self._park if self.row.taken else self._add
        taken = 18 + button.sizeHint().width() if self.row.item else 8
        return wrapped(self.row.text, width - BOX_X - BLEED - 8 - taken, BODY, self.row.taken)

    def _remarks(self, width: int) -> tuple[str, ...]:
        if self.row.item:
            return ()  # the dashed frame and the button say that the place is free
        button = self._add.sizeHint().width() + 10 if self.row.item else 0
        return wrapped(self.row.remark, width - BOX_X - BLEED - 16 - button, CAPTION)

    @override
    def height_for(self, width: int) -> int:
        lines = len(self._lines(width)) + len(self._remarks(width))
        return max(PANEL_BUTTON, TEXT_LINE * lines + 8) + 4

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        box = QRectF(BOX_X, 2, self.width() - BOX_X - BLEED, self.height() - 4)
        why = self.offers_why
        word = _("why?") if why else _("slot {n}").format(n=self.row.number)
        ink = shown.accent if why else shown.grey
        draw_text(painter, BLEED, 2, (word,), ink, CAPTION, line=PANEL_BUTTON)
        remarks, lines = self._remarks(self.width()), self._lines(self.width())
        top = (self.height() - TEXT_LINE * (len(lines) + len(remarks))) / 2
        left = box.left() + 8
        if self.row.taken:
            painter.setPen(QPen(shown.edge, 1))
            painter.setBrush(shown.surface)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            draw_tick(painter, QPointF(left + 5, top + TEXT_LINE / 2), shown.ink)
            left += 16
        else:
            draw_dashed_box(painter, box, shown.edge, RADIUS)
            draw_text(painter, left, top, remarks, shown.grey, CAPTION)
        top += TEXT_LINE * len(remarks)
        draw_text(painter, left, top, lines, shown.ink, BODY, bold=self.row.taken)


class ChoiceRow(RowWidget[Choice]):
    """A question with its answers as buttons, right where it arose."""

    def __init__(self, row: Choice, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._buttons: list[Button] = []

    @override
    def refresh(self) -> None:
        super().refresh()
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(*answer) for answer in self.row.buttons]
        self._place()
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, label: str, verb: str, item: str) -> Button:
        button = Button(label, height=PANEL_BUTTON, parent=self)
        button.clicked.connect(lambda: self.acted.emit(verb, item))
        button.show()
        return button

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(self.row.text, width - BOX_X - BLEED - 24)

    @override
    def height_for(self, width: int) -> int:
        text = TEXT_LINE * len(self._lines(width))
        return 10 + text + 6 + len(self._buttons) * (PANEL_BUTTON + 4) + 8

    def _place(self) -> None:
        top = 10 + TEXT_LINE * len(self._lines(self.width())) + 4
        left = BOX_X + 8
        for button in self._buttons:
            width = min(button.sizeHint().width(), self.width() - left - BLEED - 8)
            button.setGeometry(left - 3, top - 3, width, button.sizeHint().height())
            top += PANEL_BUTTON + 4

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        box = QRectF(BOX_X, 4, self.width() - BOX_X - BLEED, self.height() - 8)
        painter.setPen(QPen(shown.caution, 1))
        painter.setBrush(shown.caution_tint)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        draw_text(painter, box.left() + 8, 10, self._lines(self.width()), shown.ink)
