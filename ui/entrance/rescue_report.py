"""What a damaged record still holds, as a table of counts with what is to be said beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic_desktop.domain.rescues import RescueReport
from clinic_desktop.services.safety.rescue_words import said_lines, table, touched_lines
from ui.tokens import BETWEEN
from ui.widgets.announcing import announce
from ui.widgets.labels import Label

WIDTH_OF_COUNTS = 64


class RescueReportView(QWidget):
    """Empty until there is something to show; numbers and dates, never a name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rescue_report")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(BETWEEN)
        self._column.addStretch(1)
        self._shown: QWidget | None = None
        self.hide()

    def show_report(self, report: RescueReport) -> None:
        """Show what would come of it, or what came."""
        self.clear()
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addLayout(_counts(report))
        for line in said_lines(report):
            column.addWidget(_wrapped(line))
        touched = touched_lines(report)
        for at, line in enumerate(touched):
            column.addWidget(_wrapped(line, bold=at == 0))
        self._column.insertWidget(0, shown)
        self._shown = shown
        self.show()
        announce(self, "\n".join(said_lines(report)))

    def clear(self) -> None:
        """Show nothing."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self.hide()


def _counts(report: RescueReport) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    for line, words in enumerate(table(report)):
        for place, word in enumerate(words):
            label = Label(word, tone="ink2" if line == 0 else "ink")
            if place:
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                label.setMinimumWidth(WIDTH_OF_COUNTS)
            grid.addWidget(label, line, place)
    return grid


def _wrapped(words: str, *, bold: bool = False) -> Label:
    label = Label(words, bold=bold)
    label.setWordWrap(True)
    return label
