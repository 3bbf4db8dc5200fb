"""The rail's way to the papers of the course: handouts, letters, note, report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import RADIUS
from ui.typeface import BODY, CAPTION, draw_text, text_width
from ui.widgets.drawing import draw_ring

HEIGHT, HEAD = 24, 22


class RailLink(QAbstractButton):
    """A word, and how many papers are kept under it."""

    def __init__(self, name: str, label: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = ""
        self.setText(label)
        self.setObjectName(name)
        self.setToolTip(hint)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_count(None)

    def show_count(self, count: int | None) -> None:
        """Show how many are kept; None where nobody counts."""
        kept = _("{n} kept").format(n=count) if count is not None else ""
        self.show_said(str(count) if count is not None else "", kept)

    def show_said(self, short: str, spoken: str) -> None:
        """Show a few signs behind the word, and how they are said aloud."""
        self._said = short
        self.setAccessibleName(", ".join(part for part in (self.text(), spoken) if part))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, box = theme().tokens, QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shown.hover)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.hasFocus():
            draw_ring(painter, box.adjusted(2, 2, -2, -2), shown.accent)
        if self.width() < 100:
            letter = self.text()[:1]
            left = (self.width() - text_width(letter)) / 2
            draw_text(painter, left, 0, (letter,), shown.ink2, BODY, line=HEIGHT)
            return
        draw_text(painter, 12, 0, (self.text(),), shown.ink, BODY, line=HEIGHT)
        if self._said:
            left = self.width() - 8 - text_width(self._said, CAPTION)
            draw_text(painter, left, 0, (self._said,), shown.ink2, CAPTION, line=HEIGHT)


class RailColumn(QWidget):
    """Links below each other, under their heading."""

    asked = Signal(str)
    """What stands behind a link."""

    def __init__(
        self,
        heading: str,
        prefix: str,
        links: Mapping[str, tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """`links` has for each what stands on it and its tooltip; `prefix` begins their names."""
        super().__init__(parent)
        self._heading = heading
        self.setAccessibleName(heading)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, HEAD, 0, 0)
        self._column.setSpacing(0)
        self._links: dict[str, RailLink] = {}
        for kind, (label, hint) in links.items():
            link = RailLink(f"{prefix}_{kind}", label, hint, self)
            link.clicked.connect(partial(self.asked.emit, kind))
            self._links[kind] = link
            self._column.addWidget(link)

    def set_strip(self, strip: bool) -> None:
        """Keep only the first letters; the words are then their tooltips."""
        self._column.setContentsMargins(0, 0 if strip else HEAD, 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() < 100:
            return
        painter = QPainter(self)
        shown = theme().tokens
        painter.fillRect(12, 0, self.width() - 20, 1, shown.line)
        draw_text(painter, 12, 2, (self._heading,), shown.ink2, CAPTION, bold=True, line=HEAD)


class RailLinks(RailColumn):
    """The papers of the course."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Papers"), "papers", _links(), parent)

    def show_counts(self, counts: Mapping[str, int], letters_begun: int = 0) -> None:
        """Show how many handouts and letters are kept, and whether a letter is being typed."""
        for kind in ("handout", "letter"):
            self._links[kind].show_count(counts.get(kind, 0))
        if letters_begun:
            kept = counts.get("letter", 0)
            short = _("draft, {n}").format(n=kept) if kept else _("draft")
            self._links["letter"].show_said(short, _("a draft, {n} kept").format(n=kept))


def _links() -> dict[str, tuple[str, str]]:
    return {
        "handout": (_("Handouts"), _("Handouts: this visit's sheet and those that are kept")),
        "letter": (_("Letters"), _("Letters: referrals, and what came back")),
        "note": (_("Note"), _("Note: this visit on paper")),
        "report": (_("Report"), _("Report: the course over its visits")),
    }
