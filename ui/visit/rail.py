"""The rail at the left: the visits of the course, its goal and the signs that matter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import CHIP, HEADS, RADIUS, RAIL, RING
from ui.typeface import BODY, CAPTION, draw_text, text_width
from ui.widgets.buttons import button_for
from ui.widgets.drawing import draw_ring

from .rail_course import RailCourse
from .rail_facts import RailFacts
from .rail_links import RailLinks

STRIP = 48


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One visit of the course as the rail shows it."""

    visit_id: int
    ordinal: int
    day: str
    state: str
    """`signed`, `today`, or how it stands otherwise."""
    current: bool

    @property
    def spoken(self) -> str:
        """The entry as text."""
        return _("Visit {n}, {day}, {state}").format(n=self.ordinal, day=self.day, state=self.state)


class VisitButton(QAbstractButton):
    """Opens one visit; the one on screen is tinted."""

    def __init__(self, entry: VisitEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setFixedHeight(CHIP)
        self.setObjectName(f"visit_{entry.ordinal}")
        self.setAccessibleName(entry.spoken)
        self.setToolTip(entry.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        return QSize(RAIL, CHIP)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, entry = theme().tokens, self.entry
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if entry.current or self.underMouse():
            painter.setBrush(shown.accent_tint if entry.current else shown.hover)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if entry.current:
            painter.fillRect(QRectF(0, 6, 3, CHIP - 12), shown.accent)
        if self.hasFocus():
            draw_ring(painter, box.adjusted(2, 2, -2, -2), shown.accent)
        ink = shown.ink if entry.current else shown.ink2
        number = str(entry.ordinal)
        draw_text(painter, 12, 0, (number,), ink, BODY, entry.current, line=CHIP)
        if self.width() < 100:
            return
        draw_text(painter, 32, 0, (entry.day,), ink, BODY, entry.current, line=CHIP)
        left = self.width() - 8 - text_width(entry.state, CAPTION)
        draw_text(painter, left, 0, (entry.state,), ink, CAPTION, line=CHIP)


class Rail(QWidget):
    """160 wide, or a strip of 48 that keeps only the visits' numbers."""

    visit_asked = Signal(int)
    new_visit_asked = Signal()
    paper_asked = Signal(str)
    """A kind of paper."""
    course_asked = Signal(str)
    """A view of the course."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        keys = ", ".join(f"{words} {key}" for words, key in _keys())
        self.setAccessibleName(_("Visits"))
        self.setAccessibleDescription(keys)
        self._entries: tuple[VisitEntry, ...] = ()
        self._buttons: list[VisitButton] = []
        self.new_visit = button_for(
            "new_visit", _("Visit today"), self.new_visit_asked.emit, parent=self, height=CHIP
        )
        self.links = RailLinks(self)
        self.links.asked.connect(self.paper_asked)
        self.course = RailCourse(self)
        self.course.asked.connect(self.course_asked)
        self.facts = RailFacts(self)
        self._visits = QVBoxLayout()
        self._visits.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, HEADS, 8, 8)
        column.setSpacing(0)
        column.addLayout(self._visits)
        column.addSpacing(4)
        self._new = QHBoxLayout()
        self._new.addWidget(self.new_visit)
        self._new.addStretch(1)
        column.addLayout(self._new)
        column.addSpacing(12)
        column.addWidget(self.course)
        column.addSpacing(8)
        column.addWidget(self.links)
        column.addSpacing(8)
        column.addWidget(self.facts)
        column.addStretch(1)

    def show_visits(self, entries: tuple[VisitEntry, ...], may_begin: bool) -> None:
        """Show the visits; `may_begin` offers a visit of today where there is none."""
        self.new_visit.setVisible(may_begin)
        if entries == self._entries:
            return
        self._entries = entries
        for button in self._buttons:
            self._visits.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for entry in entries:
            button = VisitButton(entry, self)
            button.clicked.connect(partial(self._ask_visit, entry.visit_id))
            self._visits.addWidget(button)
            self._buttons.append(button)

    def _ask_visit(self, visit_id: int) -> None:
        self.visit_asked.emit(visit_id)

    def set_strip(self, strip: bool) -> None:
        """Shrink to the visits' numbers, or show everything."""
        self.setFixedWidth(STRIP if strip else RAIL)
        self.facts.setVisible(not strip)
        self.links.set_strip(strip)
        self.course.set_strip(strip)
        # Where the words of the rail begin; a strip has no room to spare.
        self._new.setContentsMargins(0 if strip else 12 - RING, 0, 0, 0)
        self.new_visit.setText("+" if strip else _("Visit today"))
        self.new_visit.setToolTip(_("Begin a visit of today"))
        self.new_visit.setAccessibleName(_("Begin a visit of today"))
        self.update()

    def take_focus(self) -> None:
        """Give the keyboard to the visit on screen."""
        for button in self._buttons:
            if button.entry.current:
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.ground)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), shown.line)
        if self.width() > STRIP:
            draw_text(painter, 20, 11, (_("Visits"),), shown.ink2, CAPTION, bold=True)
            self._draw_keys(painter)

    def _draw_keys(self, painter: QPainter) -> None:
        """Keys that work everywhere, at the foot."""
        shown, keys = theme().tokens, _keys()
        top = self.height() - 12 - 24 * len(keys)
        if self.facts.geometry().bottom() > top - 12:
            return  # a long course needs the room
        painter.fillRect(20, top - 10, self.width() - 36, 1, shown.line)
        for words, key in keys:
            draw_text(painter, 20, top, (words,), shown.ink2, CAPTION, line=24)
            left = self.width() - 16 - text_width(key, CAPTION)
            draw_text(painter, left, top, (key,), shown.grey, CAPTION, line=24)
            top += 24


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        (_("Find"), "Ctrl+F"),
        (_("Undo"), "Ctrl+Z"),
        (_("Retest"), "Ctrl+R"),
        (_("Changes"), "Ctrl+D"),
        (_("Handout"), "Ctrl+P"),
    )
