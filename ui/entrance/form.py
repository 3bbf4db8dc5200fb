"""Named lines under each other, each with a remark at its right, as signing in needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.tokens import BETWEEN, CARD_INSETS, RING
from ui.typeface import TITLE
from ui.widgets.buttons import Button
from ui.widgets.card import Card, FlushRow, flush
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.widgets.letters import give_letters

CARD_WIDTH = 700
LINE_WIDTH = 280
LINE_HEIGHT = 28
GAP = 10


class EntranceForm(QWidget):
    """Lines with their names; `problem` is the sentence for what is wrong with the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 104)
        self._grid.setColumnStretch(2, 1)
        self._rows = 0
        self._lines: list[QLineEdit] = []
        self._frames: dict[QLineEdit, FramedLine] = {}
        self._remarks: dict[QLineEdit, Label] = {}
        self.problem = Label(bold=True, tone="danger", parent=self)
        self.problem.setObjectName("entrance_problem")
        self.problem.setWordWrap(True)

    def add_line(self, name: str, words: str, remark: str = "") -> QLineEdit:
        """A line to type in."""
        frame = FramedLine(name, LINE_HEIGHT, self)
        frame.setFixedWidth(LINE_WIDTH + 2 * RING)
        frame.line.setAccessibleName(words)
        frame.line.setAccessibleDescription(remark)
        said = Label(remark, tone="grey", parent=self)
        said.setWordWrap(True)
        self._grid.addWidget(Label(words, tone="ink2").of(frame.line), self._rows, 0)
        self._grid.addWidget(frame, self._rows, 1)
        self._grid.addWidget(said, self._rows, 2)
        self._rows += 1
        self._lines.append(frame.line)
        self._frames[frame.line] = frame
        self._remarks[frame.line] = said
        return frame.line

    def add_secret(self, name: str, words: str, remark: str = "") -> QLineEdit:
        """A line that shows dots."""
        line = self.add_line(name, words, remark)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    def add_gap(self) -> None:
        """Room between what belongs to different things."""
        self._grid.setRowMinimumHeight(self._rows, GAP)
        self._rows += 1

    def chain(self, at_the_end: Callable[[], object]) -> None:
        """Return goes from line to line, and from the last one on."""
        for line, following in zip(self._lines, self._lines[1:], strict=False):
            line.returnPressed.connect(following.setFocus)
        self._lines[-1].returnPressed.connect(at_the_end)

    def remark(self, line: QLineEdit, wrong: str | None, good: str = "") -> None:
        """Say beside a line what is wrong with it, else that it is right."""
        said = self._remarks[line]
        said.setText(wrong or good)
        said.set_tone("danger" if wrong else "grey")
        line.setAccessibleDescription(wrong or good)
        self._frames[line].set_error(bool(wrong))

    def say(self, problem: str) -> None:
        """What is wrong with the whole; empty takes it away."""
        self.problem.set_tone("danger")
        self.problem.setText(problem)

    def tell(self, words: str) -> None:
        """What came of it, where it went well."""
        self.problem.set_tone("ink")
        self.problem.setText(words)


def arrange(
    card: Card, title: Label | str, intro: Label | None, form: EntranceForm, *buttons: Button,
    ways: Sequence[Sequence[Button]] = (),
) -> None:  # fmt: skip
    """Title, what it is about, the lines, the buttons and what went wrong, in a card; below it rows
    of ways out, which take no room while they are hidden."""
    column = QVBoxLayout()
    column.setContentsMargins(*CARD_INSETS)
    column.setSpacing(8)
    column.addWidget(Label(title, TITLE, bold=True) if isinstance(title, str) else title)
    if intro is not None:
        column.addWidget(intro)
    column.addWidget(form)
    row = FlushRow()
    row.setSpacing(BETWEEN)
    for button in buttons:
        row.addWidget(button)
    row.addSpacing(8)
    row.addWidget(form.problem, 1)
    column.addLayout(row)
    for way in ways:
        column.addLayout(flush(*way))
    column.addStretch(1)
    card.column.addLayout(column)
    give_letters(card)
