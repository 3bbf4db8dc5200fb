"""The painted lines of the panel: divider, heading, sentence, fold and the box that asks next."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import LEDGER_LINE, RADIUS, RING, TEXT_LINE
from ui.typeface import (
    BODY,
    CAPTION,
    HEADING,
    TITLE,
    draw_text,
    elided,
    metrics,
    text_width,
    wrapped,
)
from ui.widgets.buttons import Button, Look, draw_key_cap, key_cap_width
from ui.widgets.marks import draw_chevron, draw_warning

from .row_base import WORD_COLUMN, RowWidget, draw_ring, line_pen, tone
from .rows import Ask, Divider, Fold, Heading, Words

BLEED = 6
"""How far the ground of a link reaches beyond its text, to both sides."""
LEAST_TARGET = 24
"""px: what can be hit, a link's ring included."""
LINK_HEIGHT = LEAST_TARGET - 2 * RING
APART = 4
"""Above the first line of a ledger's part, in px."""


class DividerRow(RowWidget[Divider]):
    """A thin line with air on both sides."""

    @override
    def height_for(self, width: int) -> int:
        return 6

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(line_pen())
        painter.drawLine(QPointF(BLEED, 2.5), QPointF(self.width() - BLEED, 2.5))


class HeadingRow(RowWidget[Heading]):
    """Name of a part, with a badge or a remark at the right edge."""

    @override
    def height_for(self, width: int) -> int:
        return (24 if self.row.large else 22) + self._top

    @property
    def _top(self) -> int:
        return APART if self.row.apart else 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, top = theme().tokens, self._top
        height = self.height() - top
        right = float(self.width() - BLEED)
        if self.row.badge:
            width = text_width(self.row.badge, CAPTION) + 12
            box = QRectF(right - width, top + (height - 20) / 2, width, 20)
            painter.setPen(QPen(shown.ink2 if self.row.strong else shown.edge, 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            color = shown.ink if self.row.strong else shown.ink2
            draw_text(painter, box.left() + 6, top, (self.row.badge,), color, CAPTION, line=height)
            right = box.left() - 8
        if self.row.remark:
            width = text_width(self.row.remark, CAPTION)
            draw_text(
                painter, right - width, top, (self.row.remark,), shown.grey, CAPTION, line=height
            )
            right -= width + 8
        size = TITLE if self.row.large else HEADING
        name = elided(self.row.text, right - BLEED, size, bold=True)
        draw_text(painter, BLEED, top, (name,), shown.ink, size, bold=True, line=height)


class WordsRow(RowWidget[Words]):
    """A sentence with its small word; a link where it speaks of a field."""

    def __init__(self, row: Words, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._button: Button | None = None
        self._broken: dict[int, tuple[str, ...]] = {}

    @property
    @override
    def is_link(self) -> bool:
        return self.row.target is not None

    @override
    def follow(self) -> None:
        if self.row.target is not None:
            self.followed.emit(self.row.target)

    @property
    @override
    def rule(self) -> str:
        return self.row.rule

    @override
    def refresh(self) -> None:
        super().refresh()
        self.setAccessibleName(self.row.own)
        self._broken.clear()
        hint = _("F1 shows the rule behind it") if self.row.rule else ""
        if hint != self.accessibleDescription():
            self.setAccessibleDescription(hint)
        self.set_link(self.is_link)
        if self.row.action and self._button is None:
            self._button = Button(self.row.action, Look.LINK, LINK_HEIGHT, self)
            self._button.clicked.connect(self._act)
        if self._button is not None:
            self._button.setText(self.row.action)
            self._button.setAccessibleName(f"{self.row.action}: {self.row.text}")
            self._button.setVisible(bool(self.row.action))
            self._place_button()

    def _act(self) -> None:
        if self.row.do is not None:
            self.acted.emit(*self.row.do)

    def _place_button(self) -> None:
        if self._button is not None:
            size = self._button.sizeHint()
            self._button.setGeometry(
                self.width() - size.width() - BLEED + 7,
                self._button_y(),
                size.width(),
                size.height(),
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def _top(self, width: int) -> int:
        """Where the first line begins."""
        if self.row.action and len(self._lines(width)) == 1:
            return RING  # that of the button beside it has room
        return 1 + (APART if self.row.apart else 0)

    @property
    def _text_x(self) -> float:
        start = BLEED + WORD_COLUMN if self.row.column else BLEED
        return start + (18 if self.row.sign else 0)

    def _lines(self, width: int) -> tuple[str, ...]:
        """The sentence broken for a width; kept, as it is asked for at each paint."""
        if width not in self._broken:
            self._broken[width] = self._break(width)
        return self._broken[width]

    def _break(self, width: int) -> tuple[str, ...]:
        room, bold = width - self._text_x - BLEED, self.row.bold
        lines = wrapped(self.row.text, room, BODY, bold)
        taken = text_width(self.row.action) + 16 if self.row.action else 0
        if taken and metrics(BODY, bold).horizontalAdvance(lines[-1]) > room - taken:
            return wrapped(self.row.text, room - taken, BODY, bold)
        return lines

    @override
    def height_for(self, width: int) -> int:
        below = RING if self.row.action else LEDGER_LINE - TEXT_LINE - 1
        height = self._top(width) + TEXT_LINE * len(self._lines(width)) + below
        return max(height, LEAST_TARGET) if self.is_link or self.row.action else height

    def _button_y(self) -> int:
        """Where the button stands: on the last line, its ring outside."""
        above = TEXT_LINE * (len(self._lines(self.width())) - 1)
        return self._top(self.width()) + above - RING

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = BLEED + WORD_COLUMN - BLEED if self.row.column else 0
        top = self._top(self.width())
        self.paint_link(
            painter, QRectF(left, top - 1, self.width() - left, self.height() - top + 1)
        )
        shown = theme().tokens
        if self.offers_why:
            draw_text(painter, BLEED, top, (_("why?"),), shown.accent, CAPTION)
        elif self.row.word:
            word = elided(self.row.word, WORD_COLUMN - 6, CAPTION)
            draw_text(painter, BLEED, top, (word,), shown.grey, CAPTION)
        color = tone(self.row.tone)
        if self.row.sign:
            center = QPointF(self._text_x - 12, top + TEXT_LINE / 2)
            draw_warning(painter, center, color, shown.raised, 10)
        draw_text(painter, self._text_x, top, self._lines(self.width()), color, bold=self.row.bold)


class FoldRow(RowWidget[Fold]):
    """A line with a chevron that opens what stands below."""

    @override
    def refresh(self) -> None:
        super().refresh()
        self.setAccessibleName(self.row.own)
        self.set_link(True)

    @property
    @override
    def is_link(self) -> bool:
        return True

    @override
    def follow(self) -> None:
        self.acted.emit("close" if self.row.opened else "open", self.row.id)

    @override
    def height_for(self, width: int) -> int:
        return LEAST_TARGET + TEXT_LINE * (len(self._lines(width)) - 1)

    @property
    def _left(self) -> int:
        return BLEED + (12 if self.row.inset else 0)

    def _lines(self, width: int) -> tuple[str, ...]:
        """What is folded away, beside the remark."""
        room = width - BLEED - text_width(self.row.remark, CAPTION) - self._left - 24
        return wrapped(self.row.text, room)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_link(painter, QRectF(self.rect()))
        shown, height, left = theme().tokens, LEAST_TARGET, self._left
        draw_chevron(painter, QPointF(left + 4, height / 2), shown.ink2, down=self.row.opened)
        width = text_width(self.row.remark, CAPTION)
        right = self.width() - BLEED - width
        draw_text(painter, right, 0, (self.row.remark,), shown.grey, CAPTION, line=height)
        top = (height - TEXT_LINE) / 2
        draw_text(painter, left + 15, top, self._lines(self.width()), shown.ink2)


class AskRow(RowWidget[Ask]):
    """The box with the one finding that could change the answer most."""

    KEY = "Ctrl+J"
    AROUND = 2
    """Above and below the box."""

    @override
    def refresh(self) -> None:
        super().refresh()
        self.setAccessibleDescription(_("Ctrl+J goes to the field"))
        self.set_link(True)

    @property
    @override
    def is_link(self) -> bool:
        return True

    @override
    def follow(self) -> None:
        self.followed.emit(self.row.target)

    def _texts(self, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        inner = width - 2 * BLEED - 24
        name = wrapped(self.row.text, inner, HEADING, bold=True)
        return name, wrapped(self.row.why, inner, CAPTION)

    @override
    def height_for(self, width: int) -> int:
        name, why = self._texts(width)
        return 2 * self.AROUND + 21 + TEXT_LINE * (len(name) + len(why)) + 4

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        box = QRectF(self.rect()).adjusted(
            BLEED + 0.5, self.AROUND + 0.5, -BLEED - 0.5, -self.AROUND - 0.5
        )
        painter.setPen(QPen(shown.accent, 1))
        painter.setBrush(shown.hover if self.underMouse() else shown.surface)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        left, top = box.left() + 12, box.top() + 2
        draw_text(painter, left, top, (self.row.caption,), shown.accent, CAPTION, True, line=20)
        cap_left = box.right() - 8 - key_cap_width(self.KEY)
        draw_key_cap(painter, cap_left, top + 11, self.KEY, shown)
        name, why = self._texts(self.width())
        top += 20
        draw_text(painter, left, top, name, shown.ink, HEADING, bold=True)
        draw_text(painter, left, top + TEXT_LINE * len(name), why, shown.ink2, CAPTION)
        if self.hasFocus():
            draw_ring(painter, box.adjusted(-3, -3, 3, 3))
