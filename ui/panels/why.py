"""The rule behind a line of the panel: sentence, mark, source and since when, in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import RADIUS, TEXT_LINE
from ui.typeface import CAPTION, draw_text, wrapped

from .panel_words import Explain
from .row_base import WORD_COLUMN, RowWidget
from .row_widgets import BLEED
from .rows import Row, Slot, Why, Words

LEFT = BLEED + WORD_COLUMN
CLEAR = 4
"""Between the edge of the ground and the text, above and below."""


def with_why(rows: Iterable[Row], asked: str | None, explain: Explain) -> Iterator[Row]:
    """The lines, and below the one that was asked about the rule that put it there."""
    for row in rows:
        yield row
        if isinstance(row, Words | Slot) and row.id == asked and row.rule:
            yield _why(row, explain)
            asked = None


def _why(row: Words | Slot, explain: Explain) -> Why:
    try:
        note = explain(row.rule)
    except KeyError:
        return Why(f"why:{row.id}", row.rule, _("The rules in use hold no such rule."), "")
    parts = [
        _("{mark}: {source}").format(mark=mark_word(note.mark), source=note.source),
        _("since rules {version}").format(version=note.since),
    ]
    if note.reviewed_by:
        said = _("reviewed by {name}, {day}")
        parts.append(said.format(name=note.reviewed_by, day=note.reviewed_on))
    return Why(f"why:{row.id}", row.rule, note.sentence, f"{'; '.join(parts)}.")


def mark_word(mark: str) -> str:
    """How far a rule is borne out, in a few words."""
    return {
        "article": _("from the article"),
        "evidence": _("from studies"),
        "proposal": _("a proposal of this tool"),
    }.get(mark, mark)


class WhyRow(RowWidget[Why]):
    """Stands below its line on a ground of its own, in the column of sentences."""

    def _texts(self, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        room = width - LEFT - BLEED - 4
        return wrapped(self.row.sentence, room), wrapped(
            f"{self.row.origin} {_('Rule')} {self.row.rule}".strip(), room, CAPTION
        )

    @override
    def height_for(self, width: int) -> int:
        sentence, origin = self._texts(width)
        return TEXT_LINE * (len(sentence) + len(origin)) + 2 * CLEAR + 4

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        ground = QRectF(LEFT - 8, 1, self.width() - LEFT + 8 - BLEED, self.height() - 4)
        painter.setPen(QPen(shown.line, 1))
        painter.setBrush(shown.surface)
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        sentence, origin = self._texts(self.width())
        top = 1 + CLEAR
        draw_text(painter, LEFT, top, sentence, shown.ink)
        draw_text(painter, LEFT, top + TEXT_LINE * len(sentence), origin, shown.ink2, CAPTION)
