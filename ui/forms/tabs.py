"""The section tabs: how much is still open in each, and where a red flag comes from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import RADIUS, TABS, Tokens
from ui.typeface import BODY, baseline, elided, font, text_width
from ui.widgets.accessibility import install_interfaces
from ui.widgets.keys import section_key
from ui.widgets.marks import draw_tick, draw_warning
from ui.widgets.tips import tip_text

_PADDING, _LEAST_PADDING, _INSET = 14, 5, 8
_SIGN, _TICK, _BEFORE_COUNT = 18, 18, 6


class SectionTab(QAbstractButton):
    """One tab. Its accessible name says what its signs say."""

    accessible_role = QAccessible.Role.PageTab

    def __init__(self, section: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        install_interfaces()
        self.spoken_key = ""
        """The key that brings it to the front."""
        self.section = section
        self.setObjectName(f"section_{section}")
        self.setText(label)
        self.setCheckable(True)
        self._open: int | None = None
        self._flagged = False
        self.padding = _PADDING
        self.room: int | None = None
        """Px for the label where there is less than it wants."""
        self._describe()

    def label(self, bold: bool) -> str:
        """What is shown of its name."""
        return self.text() if self.room is None else elided(self.text(), self.room, BODY, bold)

    def show_state(self, still_open: int | None, flagged: bool) -> bool:
        """Show how many fields are open (None: not counted) and a warning; True if that is new."""
        if (still_open, flagged) == (self._open, self._flagged):
            return False
        self._open, self._flagged = still_open, flagged
        self._describe()
        self.update()
        return True

    def _describe(self) -> None:
        parts = [self.text()]
        if self._flagged:
            parts.append(_("a red flag comes from here"))
        if self._open is not None:
            parts.append(_("{n} open").format(n=self._open) if self._open else _("all charted"))
        self.setAccessibleName(", ".join(parts))

    def content_width(self) -> float:
        """Width of sign, label and count. The label counts as bold, so that tabs stand still."""
        return (
            (_SIGN if self._flagged else 0)
            + (text_width(self.text(), BODY, True) if self.room is None else self.room)
            + self._count_width()
        )

    def _count_width(self) -> float:
        if self._open is None:
            return 0
        return _BEFORE_COUNT + text_width(str(self._open)) if self._open else _TICK

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the bar's business
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        if here:
            self._draw_front(painter, shown)
        elif self.underMouse():
            painter.fillRect(QRectF(self.rect()).adjusted(0, 0, 0, -1), shown.hover)
        label = self.label(here)
        x = self.padding + (
            self.content_width() - self._count_width() - text_width(label, BODY, here)
        ) / (1 if self._flagged else 2)
        if self._flagged:
            x = self.padding + _SIGN
            middle = QPointF(self.padding + 6, self.height() / 2 - 0.5)
            draw_warning(painter, middle, shown.danger, shown.surface)
        painter.setFont(font(BODY, here))
        painter.setPen(shown.ink if here else shown.ink2)
        base = baseline(self.height())
        painter.drawText(QPointF(x, base), label)
        self._draw_count(painter, x + text_width(label, BODY, here), base, shown)
        if self.hasFocus():
            painter.setPen(QPen(shown.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 6, -3, -6), RADIUS, RADIUS)
        painter.end()

    def _draw_front(self, painter: QPainter, shown: Tokens) -> None:
        painter.fillRect(self.rect(), shown.surface)
        painter.setPen(QPen(shown.line, 1))
        painter.drawLine(QPointF(0.5, 0), QPointF(0.5, self.height()))
        painter.drawLine(QPointF(self.width() - 0.5, 0), QPointF(self.width() - 0.5, self.height()))
        painter.fillRect(QRectF(0, 0, self.width(), 3), shown.accent)

    def _draw_count(self, painter: QPainter, x: float, base: float, shown: Tokens) -> None:
        if self._open is None:
            return
        if not self._open:
            draw_tick(painter, QPointF(x + 12, self.height() / 2), shown.ink2)
            return
        painter.setFont(font(BODY))
        painter.setPen(shown.grey)
        painter.drawText(QPointF(x + _BEFORE_COUNT, base), str(self._open))


class SectionTabs(QWidget):
    """The bar of tabs. Alt+1 to Alt+9 and Alt+0 choose; so do arrows when it has the keyboard."""

    accessible_role = QAccessible.Role.PageTabList
    chosen = Signal(str)
    """The user wants this section."""

    def __init__(self, sections: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setFixedHeight(TABS)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Sections"))
        self._tabs = [SectionTab(section, label, self) for section, label in sections]
        for place, tab in enumerate(self._tabs):
            label = tab.text()
            tab.clicked.connect(lambda _on=False, tab=tab: self._choose(tab))
            if section_key(place):
                shortcut = QShortcut(QKeySequence(section_key(place)), self)
                shortcut.activated.connect(lambda tab=tab: self._choose(tab))
                tab.spoken_key = shortcut.key().toString()
                tab.setToolTip(tip_text(label, tab.spoken_key))
        if self._tabs:
            self.set_current(self._tabs[0].section)

    def current(self) -> str:
        """The section in front."""
        return next(tab.section for tab in self._tabs if tab.isChecked())

    def set_current(self, section: str) -> None:
        """Bring a section's tab to the front. Never emits."""
        for tab in self._tabs:
            here = tab.section == section
            tab.setChecked(here)
            # One stop for Tab; arrows go on from there.
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus if here else Qt.FocusPolicy.NoFocus)

    def set_state(self, section: str, still_open: int | None, flagged: bool = False) -> None:
        """Show how many fields of a section are open (None: not counted), and a red flag's sign."""
        for tab in self._tabs:
            if tab.section == section and tab.show_state(still_open, flagged):
                self._lay_out()

    def _choose(self, tab: SectionTab) -> None:
        self.set_current(tab.section)
        self.chosen.emit(tab.section)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """Tabs side by side; where they do not fit, they stand closer, then say less."""
        for tab in self._tabs:
            tab.room = None
        widths = [tab.content_width() for tab in self._tabs]
        least = 2 * (_INSET + _LEAST_PADDING * len(widths))
        over = sum(widths) + least - self.width()
        if over > 0:
            widths = self._shorten(over)
        spare = (self.width() - 2 * _INSET - sum(widths)) / max(1, 2 * len(widths))
        padding = int(min(_PADDING, max(_LEAST_PADDING, spare)))
        x = _INSET
        for tab, width in zip(self._tabs, widths, strict=True):
            tab.padding = padding
            tab.setGeometry(x, 0, round(width) + 2 * padding, TABS)
            tab.update()
            x += tab.width()

    def _shorten(self, over: float) -> list[float]:
        """Give each label its share of the room that is missing; gives the widths then."""
        wanted = [text_width(tab.text(), BODY, True) for tab in self._tabs]
        for tab, label in zip(self._tabs, wanted, strict=True):
            tab.room = int(label * max(0.0, 1 - over / sum(wanted)))
        return [tab.content_width() for tab in self._tabs]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(event.key())
        if step is None:
            event.ignore()
            return
        names = [tab.section for tab in self._tabs]
        tab = self._tabs[(names.index(self.current()) + step) % len(names)]
        self._choose(tab)
        tab.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme().tokens.line, 1))
        y = self.height() - 0.5
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.end()
