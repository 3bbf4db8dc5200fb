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
from clinic_desktop.services.translation import _

from .actions import Action, Where
from .forms.accessibility import install_interfaces
from .forms.buttons import draw_key_cap, key_cap_width
from .forms.keys import shown_key
from .forms.words import key_of, spoken_word
from .overlay import Overlay
from .style import theme
from .typeface import BODY, CAPTION, TITLE, baseline, elided, font, text_width

INSET, HEAD, LINE, GROUP_HEAD, GROUP_GAP = 20, 44, 21, 24, 10
_BESIDE_KEY: Final = 10


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that work in the same place."""

    title: str
    keys: tuple[tuple[str, str], ...]
    """Each key and what it does."""

    @property
    def height(self) -> int:
        """Height on the sheet, in px."""
        return GROUP_HEAD + LINE * len(self.keys) + GROUP_GAP

    @property
    def words_x(self) -> float:
        """Where the words begin, from the left edge of the group."""
        return max(key_cap_width(key) for key, _does in self.keys) + _BESIDE_KEY

    @property
    def width(self) -> float:
        """Width in px with all words whole."""
        return self.words_x + max(text_width(does) for _key, does in self.keys) + 2


def key_groups(actions: Iterable[Action]) -> tuple[tuple[KeyGroup, ...], ...]:
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
        ("Tab", _("down one side of a group, then the other")),
        (_("Alt+letter"), _("to the test or field with the letter underlined")),
        (_("Arrows"), _("within a group of answers")),
        ("Del", _("back to not charted")),
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
        whole = sum(self._wanted()) + INSET * (len(self.columns) + 1)
        width = min(round(whole), self.width() - 32)
        tallest = max(sum(group.height for group in column) for column in self.columns)
        high = HEAD + tallest + INSET - GROUP_GAP
        top = max(8, (self.height() - high) // 2)
        self.card.setGeometry((self.width() - width) // 2, top, width, high)
        self.update()

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
        wanted = self._wanted()
        room = box.width() - INSET * (len(wanted) + 1)
        for column, wide in zip(self.columns, wanted, strict=True):
            given = wide * min(1.0, room / sum(wanted))
            y = top + HEAD
            for group in column:
                self._paint_group(painter, left, y, given, group)
                y += group.height
            left += given + INSET

    def _wanted(self) -> list[float]:
        """How wide each column is with all its words whole; each gets its share of what there
        is."""
        return [max(group.width for group in column) for column in self.columns]

    def _paint_group(
        self, painter: QPainter, x: float, y: float, wide: float, group: KeyGroup
    ) -> None:
        shown = theme().tokens
        painter.setFont(font(CAPTION, True))
        painter.setPen(shown.ink2)
        painter.drawText(QPointF(x, y + baseline(GROUP_HEAD - 4, CAPTION, True)), group.title)
        painter.fillRect(round(x), round(y) + GROUP_HEAD - 4, round(wide), 1, shown.line)
        words_x = x + group.words_x
        for place, (key, does) in enumerate(group.keys):
            top = y + GROUP_HEAD + place * LINE
            draw_key_cap(painter, x, top + LINE / 2, key, shown)
            painter.setFont(font(BODY))
            painter.setPen(shown.ink)
            said = elided(does, x + wide - words_x, BODY)
            painter.drawText(QPointF(words_x, top + baseline(LINE, BODY)), said)
