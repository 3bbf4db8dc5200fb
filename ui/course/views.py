"""The two views of a course: the board with its review points, and the charts of progress."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.papers import ChartText, CourseReport, Part
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.course.answers import answer_of, answer_words
from clinic_desktop.services.course.review_points import BOARD, asks_for_answer
from clinic_desktop.services.course.words import ended_words
from clinic_desktop.services.words.translation import _, ngettext
from ui.tokens import BETWEEN, INSET, MEASURE, RING, WIDEST
from ui.typeface import HEADING
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.labels import Label
from ui.widgets.scrolling import SlimScrollArea

from .board import Board, VisitColumn
from .body_charts import BodyCharts
from .progress_chart import ProgressChart
from .question import CourseQuestion

LEAST: Final = 360
"""Width of the narrowest chart."""
MOST: Final = 3
GAP: Final = BETWEEN
LISTED: Final = 3
"""So many things stand in one line of text; more stand below each other."""


class BoardView(SlimScrollArea):
    """The question where it is due, the columns, the review points."""

    def __init__(self, model: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.Window, parent)
        self.question = CourseQuestion(model)
        self.board = Board()
        self.board.shifted.connect(self._show_place)
        self._place = Label(tone="ink2")
        self.earlier = self._step(_("Earlier"), "board_earlier", -1)
        self.later = self._step(_("Later"), "board_later", 1)
        self._facts = FactGrid()
        self._hint = Label(tone="ink2")
        self._hint.setWordWrap(True)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, INSET)
        column.setSpacing(8)
        column.addWidget(self.question)
        head = QHBoxLayout()
        head.setContentsMargins(INSET, 8, INSET - RING, 0)
        head.addWidget(self._place)
        head.addStretch(1)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        column.addLayout(head)
        column.addWidget(self.board)
        below = QVBoxLayout()
        below.setContentsMargins(INSET, 0, INSET, 0)
        for widget in (self._hint, self._facts):
            below.addWidget(widget)
        column.addLayout(below)
        column.addStretch(1)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(middle)

    def _step(self, label: str, name: str, places: int) -> Button:
        return button_for(name, label, lambda: self._shift(places), Look.LINK, height=20)

    def _shift(self, places: int) -> None:
        seen = self.board.in_sight
        self.board.step_to(seen[0] - 1 if places < 0 else seen[-1] + 1)

    def show_course(self, case: Case, report: CourseReport) -> None:
        """Show the course as the report has it."""
        self.board.show_columns(columns_of(case, report.visits))
        series = [chart.series for chart in report.charts]
        asked = asks_for_answer(case, series)
        closing = case.course.closing
        self.question.setVisible(asked and closing is None)
        self.question.show_visits(len(case.visits))
        hint = ""
        if len(case.visits) < BOARD:
            hint = _("After the third visit without a real change the board asks what follows.")
        elif asked and closing is not None:
            said = _("No recorded change beyond the error; the course is {ended}.")
            hint = said.format(ended=ended_words(closing))
        self._hint.setVisible(bool(hint))
        self._hint.setText(hint)
        self._facts.show_part(report.reviews)

    def _show_place(self) -> None:
        seen, count = self.board.in_sight, len(self.board.columns)
        whole = len(seen) == count
        said = ngettext("{n} visit", "{n} visits", count)
        if not whole:
            said = _("Visits {first} to {last} of {n}")
        if len(seen):
            self._place.setText(said.format(n=count, first=seen[0] + 1, last=seen[-1] + 1))
        for button, possible in ((self.earlier, seen.start > 0), (self.later, seen.stop < count)):
            button.setVisible(not whole)
            button.setEnabled(possible)

    def take_focus(self) -> None:
        """Give the keyboard to the columns."""
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)


def columns_of(case: Case, visits: Part) -> tuple[VisitColumn, ...]:
    """The rows of the report's table as columns, each with what was answered at that visit."""
    if visits.table is None:
        return ()
    heads = visits.table.heads
    made = []
    for visit, row in zip(case.visits, visits.table.rows, strict=True):
        number, *day = row.cells[0].split("\n")
        cells = [
            (head, tuple(cell.split("\n")))
            for head, cell in zip(heads[1:], row.cells[1:], strict=True)
        ]
        answer = answer_of(visit.decision)
        if answer is not None:
            words = answer_words()[answer.answer]
            lines = tuple(line for line in (words, answer.why) if line)
            cells.append((_("What followed"), lines))
        made.append(VisitColumn(f"{heads[0]} {number}", ", ".join(day), tuple(cells)))
    return tuple(made)


class ProgressView(SlimScrollArea):
    """What changed, in a few lines; then every measure over the visits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.Window, parent)
        self.tables = button_for("as_tables", _("As tables"), self._turn_all, height=24)
        self._facts = FactGrid()
        self._note = Label(tone="ink2")
        self._note.setWordWrap(True)
        self.grid = ChartGrid()
        self.grid.turned.connect(self._name_button)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        column = QVBoxLayout(middle)
        # The rings of the charts stand outside, as those of all controls.
        column.setContentsMargins(INSET - RING, 12, INSET - RING, INSET)
        column.setSpacing(8)
        self._facts.setContentsMargins(RING, 0, RING, 0)
        column.addWidget(self._facts)
        line = QHBoxLayout()
        line.setContentsMargins(RING, 0, 0, 0)
        line.addWidget(self._note, 1)
        line.addWidget(self.tables)
        column.addLayout(line)
        column.addWidget(self.grid)
        self.body = BodyCharts()
        column.addWidget(self.body)
        column.addStretch(1)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(middle)

    def show_course(self, report: CourseReport) -> None:
        """Show the measures as the report has them."""
        self._facts.show_part(report.outcomes)
        self._facts.setVisible(bool(report.charts))
        note = report.charts_note
        if not report.charts:
            where = _("Pain, running, sitting and the tests appear here once they are charted.")
            note = f"{note} {where}"
        self._note.setText(note)
        self.tables.setVisible(bool(report.charts))
        self.grid.show_charts(report.charts)
        self.body.show_pictures(report.body)

    def _turn_all(self) -> None:
        tabled = not self._all_tabled()
        for chart in self.grid.charts:
            chart.set_tabled(tabled)

    def _all_tabled(self) -> bool:
        return all(chart.tabled for chart in self.grid.charts)

    def _name_button(self) -> None:
        self.tables.setText(_("As charts") if self._all_tabled() else _("As tables"))

    def take_focus(self) -> None:
        """Give the keyboard to the first chart."""
        if self.grid.charts:
            self.grid.charts[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)


class ChartGrid(QWidget):
    """Charts of one width beside and below each other: all of them on one line of time."""

    turned = Signal()
    """One of them shows its table now, or its chart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.charts: list[ProgressChart] = []

    def show_charts(self, contents: tuple[ChartText, ...]) -> None:
        """Show these measures; a chart that stays keeps its place in time and the keyboard."""
        known = {chart.content.series.finding: chart for chart in self.charts}
        wanted = [content.series.finding for content in contents]
        for finding, chart in known.items():
            if finding not in wanted:
                chart.hide()
                chart.setParent(None)
                chart.deleteLater()
        self.charts = []
        for content in contents:
            shown = known.get(content.series.finding)
            if shown is None:
                shown = ProgressChart(content, self)
                shown.turned.connect(self._on_turned)
                shown.show()
            shown.show_content(content)
            self.charts.append(shown)
        for before, after in zip(self.charts, self.charts[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self._lay_out()

    def _on_turned(self) -> None:
        self._lay_out()
        self.turned.emit()

    def _lay_out(self) -> None:
        across = max(1, min(MOST, (self.width() + GAP) // (LEAST + GAP)))
        wide = (self.width() - GAP * (across - 1)) // across
        top = 0
        for start in range(0, len(self.charts), across):
            row = self.charts[start : start + across]
            high = max(chart.height_in(wide) for chart in row)
            for place, chart in enumerate(row):
                chart.setGeometry(place * (wide + GAP), top, wide, high)
            top += high + GAP
        self.setMinimumHeight(top)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()


class FactGrid(QWidget):
    """A heading, then labelled texts below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 116)
        self._grid.setColumnStretch(1, 1)
        self.setMaximumWidth(MEASURE)
        self._shown: Part | None = None

    def show_part(self, part: Part) -> None:
        """Show this part of the report."""
        if part == self._shown:
            return
        self._shown = part
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._grid.addWidget(Label(part.title, HEADING, bold=True), 0, 0, 1, 2)
        for row, fact in enumerate(part.facts, 1):
            label = Label(fact.label, tone="ink2")
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            listed = len(fact.items) > LISTED
            self._grid.addWidget(_listed(fact.items) if listed else _wrapped(fact.text), row, 1)
        for row, text in enumerate(part.lines, 1 + len(part.facts)):
            self._grid.addWidget(_wrapped(text), row, 0, 1, 2)


def _listed(items: tuple[str, ...]) -> QWidget:
    """Things below each other in two columns, down the first and then the second."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(2)
    high = (len(items) + 1) // 2
    for place, item in enumerate(items):
        grid.addWidget(_wrapped(item), place % high, place // high, Qt.AlignmentFlag.AlignTop)
    for across in range(2):
        grid.setColumnStretch(across, 1)
    return made


def _wrapped(text: str) -> Label:
    label = Label(text)
    label.setWordWrap(True)
    return label
