"""The key sheet: every key of the window on one page, from the lists that make them work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.values import ANSWERS, RESULTS
from clinic_desktop.services.words.translation import _
from ui.forms.words import key_of, spoken_word
from ui.style import theme
from ui.typeface import (
    CAPTION,
    TITLE,
    baseline,
    draw_text,
    elided,
    font,
    metrics,
    text_width,
    wrapped,
)
from ui.widgets.accessibility import install_interfaces
from ui.widgets.buttons import draw_key_cap, key_cap_width
from ui.widgets.keys import shown_key
from ui.widgets.overlay import Overlay

from .actions import Action, Where

INSET, HEAD, GROUP_HEAD, GROUP_GAP = 20, 40, 24, 10
LINE, MORE = 20, 15
"""Height of a key with what it does on one line, and of each further line, in px."""
MARGIN: Final = 16
"""Between the sheet and the window's edges, to both sides, in px."""
MOST_LINES: Final = 3
"""Of what a key does."""
_BESIDE_KEY: Final = 10
_STEP: Final = 8
"""By how much a column gives way at a time, in px."""


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that work in the same place."""

    title: str
    keys: tuple[tuple[str, str], ...]
    """Each key and what it does."""

    def height(self, wide: float, most: int) -> int:
        """Height on the sheet in a column of a width, in px; no key has more than `most` lines."""
        lines = sum(len(self.lines(does, wide, most)) - 1 for _key, does in self.keys)
        return GROUP_HEAD + LINE * len(self.keys) + MORE * lines + GROUP_GAP

    def lines(self, does: str, wide: float, most: int) -> tuple[str, ...]:
        """What a key does, on as many lines as it needs and may have."""
        room = wide - self.words_x
        broken = wrapped(does, room)
        last = elided(" ".join(broken[most - 1 :]), room)
        return (*broken[: most - 1], last) if len(broken) >= most else broken

    @property
    def words_x(self) -> float:
        """Where the words begin, from the left edge of the group."""
        return max(key_cap_width(key) for key, _does in self.keys) + _BESIDE_KEY

    @property
    def width(self) -> float:
        """Width in px with all words whole on one line."""
        words = self.words_x + max(text_width(does) for _key, does in self.keys) + 2
        return max(words, self._title_width)

    @property
    def least(self) -> float:
        """The least width in px in which the longest word and the title are whole."""
        each = (word for _key, does in self.keys for word in does.split())
        words = self.words_x + max(map(metrics().horizontalAdvance, each)) + 2
        return max(words, self._title_width)

    @property
    def _title_width(self) -> float:
        return text_width(self.title, CAPTION, bold=True) + 2


Column = tuple[KeyGroup, ...]


def key_groups(actions: Iterable[Action]) -> tuple[Column, ...]:
    """All keys in groups, column by column."""
    known = tuple(actions)
    return (
        (
            KeyGroup(_("Everywhere"), _keys(known, Where.EVERYWHERE)),
            KeyGroup(_("In a visit"), _keys(known, Where.VISIT)),
        ),
        (
            KeyGroup(_("Sections"), _keys(known, Where.SECTION)),
            KeyGroup(_("On a field"), (*_keys(known, Where.FIELD), *_moves())),
        ),
        (
            KeyGroup(_("A test's result"), _words(RESULTS)),
            KeyGroup(_("An answer"), _words(ANSWERS)),
            KeyGroup(_("Choices"), _choices()),
            KeyGroup(_("A number or a grade"), _typed()),
            KeyGroup(_("A free text"), _written()),
        ),
    )


def _keys(actions: tuple[Action, ...], where: Where) -> tuple[tuple[str, str], ...]:
    return tuple((a.key, a.words) for a in actions if a.where is where and a.key)


def _words(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((key_of(word), spoken_word(word)) for word in words)


def _moves() -> tuple[tuple[str, str], ...]:
    return (
        ("Tab", _("Down one side of a group, then the other")),
        (_("Alt+letter"), _("To the test or field with the letter underlined")),
        (_("Arrows"), _("Within a group of answers")),
        ("Del", _("Back to not charted")),
    )


def _choices() -> tuple[tuple[str, str], ...]:
    return (
        ("1..9", _("chooses in the order shown")),
        ("0", _("of a set: none of these")),
        (_("Space"), _("chooses what the arrows reached")),
    )


def _typed() -> tuple[tuple[str, str], ...]:
    return (
        ("0..9", _("typed; a grade with + or - behind it")),
        (_("Return"), _("ends it and goes on")),
    )


def _written() -> tuple[tuple[str, str], ...]:
    return (
        (_(".name"), _("a phrase: Tab or Return takes it")),
        ("→", _("the rest of the word in grey")),
        ("Tab", _("to the next {…} to fill in")),
    )


class KeySheet(Overlay):
    """All keys, in groups. Esc or its own key puts it away."""

    accessible_role = QAccessible.Role.Document

    def __init__(self, actions: tuple[Action, ...], parent: QWidget) -> None:
        super().__init__("key_sheet", parent)
        install_interfaces()
        self.columns = key_groups(actions)
        self._widths: list[float] = []
        self._most = 1
        self.setAccessibleName(_("All keys"))
        self.setAccessibleDescription(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def text(self) -> str:
        """The sheet as text."""
        groups = (group for column in self.columns for group in column)
        return "\n".join(
            f"{group.title}: " + "; ".join(f"{shown_key(key)} {does}" for key, does in group.keys)
            for group in groups
        )

    @override
    def place_card(self) -> None:
        beside = INSET * (len(self.columns) + 1)
        room = self.height() - MARGIN - HEAD - INSET + GROUP_GAP
        self._widths = widths_in(self.width() - 2 * MARGIN - beside, room, self.columns)
        # Where not even that has room, lines are shortened; pointing at them shows the whole.
        fitting = (n for n in range(MOST_LINES, 1, -1) if self._tallest(n) <= room)
        self._most = next(fitting, 1)
        width, high = round(sum(self._widths)) + beside, self._tallest(self._most)
        high += HEAD + INSET - GROUP_GAP
        top = max(MARGIN // 2, (self.height() - high) // 2)
        self.card.setGeometry((self.width() - width) // 2, top, width, high)
        self.update()

    def _tallest(self, most: int) -> int:
        columns = zip(self.columns, self._widths, strict=True)
        return max(_high(column, wide, most) for column, wide in columns)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # no key of the sheet may reach the page behind it

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return True  # Tab would walk on behind the sheet

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, shown = self.card.geometry(), theme().tokens
        left, top = float(box.left() + INSET), float(box.top())
        painter.setFont(font(TITLE, True))
        painter.setPen(shown.ink)
        painter.drawText(QPointF(left, top + baseline(HEAD, TITLE, True)), _("All keys"))
        for column, wide in zip(self.columns, self._widths, strict=True):
            y = top + HEAD
            for group in column:
                self._paint_group(painter, left, y, wide, group)
                y += group.height(wide, self._most)
            left += wide + INSET

    def _paint_group(
        self, painter: QPainter, x: float, y: float, wide: float, group: KeyGroup
    ) -> None:
        shown = theme().tokens
        painter.setFont(font(CAPTION, True))
        painter.setPen(shown.ink2)
        painter.drawText(QPointF(x, y + baseline(GROUP_HEAD - 4, CAPTION, True)), group.title)
        painter.fillRect(round(x), round(y) + GROUP_HEAD - 4, round(wide), 1, shown.line)
        top = y + GROUP_HEAD
        for key, does in group.keys:
            lines = group.lines(does, wide, self._most)
            draw_key_cap(painter, x, top + LINE / 2, key, shown)
            # All lines but the first are set close, so that they read as one.
            draw_text(painter, x + group.words_x, top, lines[:1], shown.ink, line=LINE)
            below = top + LINE - (LINE - MORE) / 2
            draw_text(painter, x + group.words_x, below, lines[1:], shown.ink, line=MORE)
            top += LINE + MORE * (len(lines) - 1)


def widths_in(room: float, high: int, columns: tuple[Column, ...]) -> list[float]:
    """How wide each column is: all words whole on one line where there is room; else one column
    after the other gives way, step by step, that grows least by it and not beyond `high`."""
    widths = [max(group.width for group in column) for column in columns]
    least = [max(group.least for group in column) for column in columns]

    def costs(place: int) -> tuple[bool, int, int]:
        now, then = (
            _high(columns[place], wide, MOST_LINES)
            for wide in (widths[place], widths[place] - _STEP)
        )
        return then > high, then - now, then

    while sum(widths) > room:
        can = [n for n, wide in enumerate(widths) if wide - _STEP >= least[n]]
        if not can:
            break
        widths[min(can, key=costs)] -= _STEP
    return widths


def _high(column: Column, wide: float, most: int) -> int:
    return sum(group.height(wide, most) for group in column)
