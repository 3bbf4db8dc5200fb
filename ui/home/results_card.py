"""The card with found patients: column heads, rows, and the way to a new patient."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import BETWEEN, RING
from ui.typeface import CAPTION, draw_text, elided, text_width
from ui.widgets.buttons import Button
from ui.widgets.card import Card, KeyCap
from ui.widgets.card_list import INSET, CardList
from ui.widgets.labels import Label

from .patient_list import column_edges, is_narrow


class ResultsCard(Card):
    """Found or recent patients; says what belongs there where there is nobody."""

    def __init__(
        self, results: CardList, new: Button, bring: Button, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._heads = _ColumnHeads(self)
        self._results = results
        self._empty = Label(tone="ink2", parent=self)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(INSET, 12, INSET, 12)
        self._beside = Label(tone="grey", parent=self)
        foot = QWidget(self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(INSET - RING, 4, INSET, BETWEEN)
        line.setSpacing(8)
        line.addWidget(new)
        line.addWidget(bring)
        line.addWidget(self._beside)
        line.addStretch(1)
        line.addWidget(KeyCap("Ctrl+N"))
        self.column.addWidget(self._heads)
        self.column.addWidget(results, 1)
        self.column.addWidget(self._empty)
        self.column.addWidget(_Line(self))
        self.column.addWidget(foot)

    def show_unread(self) -> None:
        """Say nothing yet: the record has not been read."""
        for part in (self._heads, self._results, self._empty):
            part.hide()

    def show_state(self, typed: str, found: int, problem: str = "") -> None:
        """Say what the rows are, or why there are none."""
        self._heads.setVisible(bool(found))
        self._heads.name_rows(_("Name") if typed else _("Recent patients"))
        self._results.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._empty.set_tone("danger" if problem else "ink2")
        self._beside.setText(_("starts with what you typed") if typed else "")
        if problem:
            self._empty.setText(problem)
        elif typed:
            self._empty.setText(_("Nobody in the record matches “{typed}”.").format(typed=typed))
        else:
            self._empty.setText(
                _("No patients yet. They appear here as soon as the first one is entered: Ctrl+N.")
            )


class _Line(QWidget):
    """A divider across the card."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().tokens.line)


class _ColumnHeads(QWidget):
    """The names of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(32)
        self._first = ""

    def name_rows(self, first: str) -> None:
        """Name the first column."""
        if first != self._first:
            self._first = first
            self.setAccessibleName(", ".join((*self._names(), _("Last visit"))))
            self.update()

    def _names(self) -> tuple[str, ...]:
        return (self._first, _("Born"), _("Sex"), _("No"), _("Problem"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        edges = column_edges(self.width())
        last = _("Last visit")
        left = self.width() - INSET - text_width(last, CAPTION, bold=True)
        ends = (*edges[1:], left)
        names = self._names()
        if is_narrow(self.width()):
            edges, ends, names = edges[:-1], edges[1:], names[:-1]
        for edge, end, name in zip(edges, ends, names, strict=True):
            words = elided(name, end - edge - 8, CAPTION, bold=True)
            draw_text(painter, edge, 0, (words,), shown.ink2, CAPTION, bold=True, line=32)
        draw_text(painter, left, 0, (last,), shown.ink2, CAPTION, bold=True, line=32)
        painter.fillRect(0, 31, self.width(), 1, shown.line)
