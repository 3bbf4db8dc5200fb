"""The sheet of a section: lays its rows out and paints all that is not an input."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.values import SIDES, Key, Kind
from clinic_desktop.services.words.translation import _, ngettext
from ui.style import theme
from ui.tokens import (
    BOTH_WIDTH,
    CHIP,
    CONTROL_WIDTH,
    FIELD_GAP,
    INSET,
    LABEL_X,
    LAST_LEFT_X,
    LAST_RIGHT_X,
    LEFT_X,
    RIGHT_X,
    RING,
    TEXT_LINE,
    Tokens,
)
from ui.typeface import (
    BODY,
    CAPTION,
    HEADING,
    baseline,
    draw_figures,
    draw_text,
    elided,
    figure_cell,
    font,
    wrapped,
)
from ui.typeface import text_width as width_of
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.accessibility import Described, install_interfaces
from ui.widgets.accessible_parts import Part
from ui.widgets.letters import place_of_letter
from ui.widgets.marks import draw_diamond, draw_warning

from .block_figures import make_figure
from .rows import Block, Field, Row, make_blocks, place_field
from .words import side_heading, side_word

_HEADING = 34
"""From the top of a block, or the end of the one before, to its first control."""
_GAP = 40
"""From the last control of a block to the first of the next."""
_OWN_HEADS = 24
_AFTER_FOLD = 20
_BETWEEN_QUESTIONS = 4
_FIELD = 24
"""Height of a line of labels, centred on the first line of a control."""


class FormBody(Described):
    """Labels, headings and last time painted on one sheet; each input a widget on it."""

    accessible_role = QAccessible.Role.Form
    stepped = Signal(int)
    """Arrow up (-1) or down (1) that the field with the keyboard had no use for."""
    test_stepped = Signal(int)
    """The same with Ctrl: a test up or down."""

    def __init__(self, model: VisitViewModel, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._model = model
        self.blocks = make_blocks(model, section, self)
        self.rows = tuple(row for block in self.blocks for row in block.rows)
        made = {block.group.id: make_figure(model, block, self) for block in self.blocks}
        self.figures = {group: figure for group, figure in made.items() if figure is not None}
        """Drawings to pick findings by, under the group they belong to."""
        for figure in self.figures.values():
            figure.moved.connect(self.lay_out)
        self.lay_out()

    @override
    def parts(self) -> tuple[Part, ...]:
        """Headings with what they ask for, and labels, as they are read down the sheet."""
        return tuple(part for block in self.blocks for part in self._parts_of(block))

    def _parts_of(self, block: Block) -> Iterator[Part]:
        line = QRectF(LABEL_X, block.heading_y - _FIELD / 2, self.width() - LABEL_X, _FIELD)
        figure = self.figures.get(block.group.id)
        said = [block.hint, *(map(side_heading, SIDES) if block.own_heads else ())]
        said += figure.heard() if figure is not None else ()
        if block.fold_y:
            said.append(self._folded_words(block))
        more = ". ".join(filter(None, said))
        yield Part(block.label, line, QAccessible.Role.Heading, block.key, more=more)
        for row in block.rows if figure is None or not figure.takes_rows else ():
            if not row.folded:
                place = QRectF(LABEL_X, row.top, RIGHT_X - LABEL_X, max(row.height, _FIELD))
                asked = row.reason is not None and not row.reason.isHidden()
                yield Part(row.label, place, more=self._reason_words(row) if asked else "")

    # ------------------------------------------------------------------ where things stand
    def lay_out(self) -> None:
        """Give every row its place; called again when a row appears, goes or grows."""
        y = 0
        for place, block in enumerate(self.blocks):
            y += _GAP if place else _HEADING
            block.heading_y = y - 16
            if block.rest is not None:
                block.rest.move(LEFT_X - RING, y - 28 - RING)
            figure = self.figures.get(block.group.id)
            y = figure.place(y) if figure is not None and figure.above_heads else y
            block.heads_y = y + 10
            y += _OWN_HEADS if block.own_heads else 0
            y = figure.place(y) if figure is not None and not figure.above_heads else y
            if figure is not None and figure.takes_rows:
                continue
            for row in block.rows:
                if not row.folded:
                    self._place_row(row, y)
                    y += row.height + FIELD_GAP
            folded = any(row.folded for row in block.rows)
            block.fold_y = y + _FIELD // 2 if folded else 0
            y += _AFTER_FOLD if folded else -FIELD_GAP
        self.setMinimumHeight(y + INSET)
        self.update()

    def _place_row(self, row: Row, y: int) -> None:
        heights = [found.input.height_in(found.width) for found in row.fields]
        lines = len(row.label_lines)
        text = TEXT_LINE * lines + _BETWEEN_QUESTIONS if lines > 1 else 0
        row.top = y
        row.height = max(*heights, text) if text else max(heights)
        for found, height in zip(row.fields, heights, strict=True):
            place_field(found, y + (row.height - height) // 2 if text else y, height)
        if row.reason is not None and not row.reason.isHidden():
            y += row.height + 4
            height = row.reason.height_in(BOTH_WIDTH)
            row.reason.setGeometry(
                RIGHT_X - RING, y - RING, BOTH_WIDTH + 2 * RING, height + 2 * RING
            )
            row.height += height + 4

    def reveal(self, key: Key) -> None:
        """Bring a field into sight that takes turns with others in one place."""
        for figure in self.figures.values():
            figure.reveal(key)

    def repaint_row(self, row: Row) -> None:
        """Paint the labels and last time of one row anew, not its inputs."""
        if row.spec.group in self.figures:
            self.update(QRect(0, row.top, self.width(), row.height))
            return
        self.update(QRect(0, row.top, RIGHT_X - 4, row.height))
        for found in row.fields:
            self.update(QRect(found.x + found.width, row.top, 24, row.height))
        self.update(QRect(LAST_RIGHT_X - 20, row.top, self.width(), row.height))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        by = steps.get(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if by is not None and held == Qt.KeyboardModifier.ControlModifier:
            self.test_stepped.emit(by)
        elif by is None or held:
            event.ignore()
        else:
            self.stepped.emit(by)

    # ------------------------------------------------------------------ painting
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        dirty, parts = event.rect(), event.region()
        if self._only_inputs(dirty):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        for block in self.blocks:
            if dirty.top() <= block.heading_y + 40 and dirty.bottom() >= block.heading_y - 16:
                self._draw_heading(painter, block, shown)
            if block.fold_y:
                self._draw_fold(painter, block, shown)
            figure = self.figures.get(block.group.id)
            if figure is not None:
                figure.paint(painter, shown)
            for row in block.rows if figure is None or not figure.takes_rows else ():
                high = max(row.height, _FIELD) + 1
                if not row.folded and parts.intersects(QRect(0, row.top, self.width(), high)):
                    self._draw_row(painter, row, shown)
        painter.end()

    def _only_inputs(self, dirty: QRect) -> bool:
        """Whether only the ground of an input is asked for, which Qt has filled already."""
        return any(
            found.input.geometry().contains(dirty)
            for row in self.rows
            if row.top - RING <= dirty.top() <= row.top + row.height
            for found in row.fields
        )

    def _draw_heading(self, painter: QPainter, block: Block, shown: Tokens) -> None:
        y = block.heading_y + baseline(0, HEADING, True)
        _write(painter, LABEL_X, y, block.label, HEADING, True, shown.ink)
        if block.letter:
            _underline(painter, LABEL_X, y, block.label, block.letter, shown.ink)
        x = LABEL_X + width_of(block.label, HEADING, True) + 12
        rest = block.rest
        end = LAST_RIGHT_X if rest is None or rest.isHidden() else rest.x() + rest.words_x - 12
        _write(painter, x, y, elided(block.hint, end - x, CAPTION), CAPTION, False, shown.grey)
        if block.own_heads:
            y = block.heads_y + baseline(0)
            for side, left in zip(SIDES, (RIGHT_X, LEFT_X), strict=True):
                _write(painter, left, y, side_heading(side), BODY, True, shown.ink)
            if not self._model.editor.case.visits[:-1]:
                return  # nothing of last time stands below
            for side, left in zip(SIDES, (LAST_RIGHT_X, LAST_LEFT_X), strict=True):
                _write(painter, left, y, side_word(side), CAPTION, False, shown.grey)

    def _folded_words(self, block: Block) -> str:
        away = [self._model.text.findings[row.spec.id].label for row in block.rows if row.folded]
        said = ngettext("{n} question does not apply", "{n} questions do not apply", len(away))
        return f"{said.format(n=len(away))}: {', '.join(away)}"

    def _draw_fold(self, painter: QPainter, block: Block, shown: Tokens) -> None:
        text = elided(self._folded_words(block), LAST_RIGHT_X - LABEL_X - 16, CAPTION)
        _write(
            painter, LABEL_X, block.fold_y + baseline(0, CAPTION), text, CAPTION, False, shown.grey
        )

    def _draw_row(self, painter: QPainter, row: Row, shown: Tokens) -> None:
        first = row.fields[0].input.geometry().top() + RING
        line = (CHIP if row.spec.kind is Kind.SET else _FIELD) / 2
        middle = row.top + row.height / 2 if len(row.label_lines) > 1 else first + line
        self._draw_label(painter, row, middle, shown)
        for found in row.fields:
            self._draw_last(painter, row, found, first + line, shown)
        if row.reason is not None and not row.reason.isHidden():
            self._draw_reason(painter, row, shown)

    def _draw_label(self, painter: QPainter, row: Row, middle: float, shown: Tokens) -> None:
        top = middle - TEXT_LINE * len(row.label_lines) / 2
        label, level = _spinal_level(row.label) if len(row.label_lines) == 1 else (None, "")
        for place, line in enumerate(row.label_lines):
            y = top + TEXT_LINE * place + baseline(TEXT_LINE)
            _write(painter, LABEL_X, y, label or line, BODY, False, shown.ink2)
        if level:
            x = RIGHT_X - 16 - width_of(level, CAPTION)
            _write(painter, x, middle + baseline(0, CAPTION), level, CAPTION, False, shown.grey)

    def _draw_last(
        self, painter: QPainter, row: Row, found: Field, middle: float, shown: Tokens
    ) -> None:
        last = found.last
        base = middle + baseline(0)
        if last.repeated:
            typed = row.spec.kind in (Kind.NUMBER, Kind.GRADE)
            edge = found.x + (CONTROL_WIDTH if typed else found.width)
            _write(painter, edge + RING + 1, base, "=", BODY, True, shown.ink2)
        if not last.words:
            return
        if last.changed:
            draw_diamond(painter, QPointF(found.last_x - 8, middle), shown.ink2)
        painter.setPen(shown.grey)
        if row.spec.kind is Kind.NUMBER:
            right = found.last_x + max(2, len(last.words)) * figure_cell(BODY)
            draw_figures(painter, right, base, last.words, BODY)
            room = found.last_x + found.last_width - right - 6
            if width_of(last.unit) <= room:
                _write(painter, right + 6, base, last.unit, BODY, False, shown.grey)
            return
        if row.spec.kind is Kind.TEXT:
            self._draw_last_text(painter, row, found, shown)
            return
        text = last.words
        room = found.last_width - (width_of(last.unit, CAPTION) + 6 if last.unit else 0)
        text = elided(text, room)
        _write(painter, found.last_x, base, text, BODY, False, shown.grey)
        after = found.last_x + width_of(text) + 6
        _write(painter, after, base, last.unit, CAPTION, False, shown.grey)

    @staticmethod
    def _draw_last_text(painter: QPainter, row: Row, found: Field, shown: Tokens) -> None:
        """What was written last time, on as many lines as the field of today has."""
        most = max(1, (row.height - 4) // TEXT_LINE)
        lines = wrapped(found.last.words, found.last_width)
        if len(lines) > most:
            kept = elided(" ".join(lines[most - 1 :]), found.last_width)
            lines = (*lines[: most - 1], kept)
        draw_text(painter, found.last_x, row.top + 3, lines, shown.grey)

    def _draw_reason(self, painter: QPainter, row: Row, shown: Tokens) -> None:
        assert row.reason is not None
        middle = row.reason.geometry().center().y() + 1
        missing = self._model.missing_reason(row.spec.id)
        x: float = LABEL_X
        if missing:
            draw_warning(painter, QPointF(x + 6, middle), shown.danger, shown.surface)
            x += 18
        color = shown.danger if missing else shown.grey
        said = self._reason_words(row)
        _write(painter, x, middle + baseline(0, CAPTION), said, CAPTION, False, color)

    def _reason_words(self, row: Row) -> str:
        if self._model.missing_reason(row.spec.id):
            return _("say why")
        return _("why unable") if self._model.is_unable(row.spec.id) else _("remark")


def _write(
    painter: QPainter, x: float, y: float, text: str, size: int, bold: bool, color: QColor
) -> None:
    painter.setFont(font(size, bold))
    painter.setPen(color)
    painter.drawText(QPointF(x, y), text)


def _underline(
    painter: QPainter, x: float, y: float, label: str, letter: str, color: QColor
) -> None:
    """Mark the letter that goes to a heading with Alt."""
    place = place_of_letter(label, letter)
    left = x + width_of(label[:place], HEADING, True)
    wide = width_of(label[place : place + 1], HEADING, True)
    painter.fillRect(QRectF(left, y + 2, wide, 1), color)


def _spinal_level(label: str) -> tuple[str | None, str]:
    """A label that ends with its nerve root, `ankle up, L4`, in its two parts."""
    words, _comma, level = label.rpartition(", ")
    is_level = bool(words) and level[:1] in "LS" and level[1:2].isdigit() and len(level) <= 5
    fits = (
        width_of(words) + width_of(level, CAPTION) + 8 <= RIGHT_X - 16 - LABEL_X if words else False
    )
    return (words, level) if is_level and fits else (None, "")
