"""What is offered while somebody writes: phrases by their short names, and the rest of a word.

Nothing is put into a text but by the key that takes it, and that is one step of undo.
"""

from __future__ import annotations

import re
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPen, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from clinic_desktop.domain.phrases import TRIGGER, Phrase, asked_for, fitting, open_places
from clinic_desktop.domain.texts import LONGEST_TEXT
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.typeface import text_width
from ui.widgets.accessibility import is_escape
from ui.widgets.announcing import announce

from .offer_list import NONE, Offer, OfferList

TAKES_WORD: Final = "→"
"""At the end of a text this key does nothing else; Tab stays the way to the next field."""
_TAKING: Final = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TAKING_OUT: Final = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_OPENING: Final = "([{«¿¡"
"""Signs before which a space stands, as before a letter."""
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_NOWHERE: Final = -1


class WritingAid(Protocol):
    """What there is to offer."""

    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases in use."""

    def rest_of(self, before: str) -> str:
        """The rest of the word at the end of a text; blank where nothing is offered."""


@runtime_checkable
class Aided(Protocol):
    """A page or window whose free texts are offered something."""

    writing_aid: WritingAid


def aid_of(widget: QWidget) -> WritingAid | None:
    """What the page or window around a widget has to offer; None where it offers nothing."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, Aided):
        above = above.parentWidget()
    return above.writing_aid if isinstance(above, Aided) else None


def units(text: str) -> int:
    """The length of a text as Qt counts it: a sign beyond the usual ones is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def open_spans(text: str) -> list[tuple[int, int]]:
    """Where something is still to fill in, as Qt counts."""
    return [(units(text[:start]), units(text[:end])) for start, end in open_places(text)]


class Completing(QObject):
    """Offers phrases and words in one text, and puts in what is taken."""

    refused = Signal(str)
    """Why a phrase was not put in."""

    def __init__(self, text: QPlainTextEdit, aid: WritingAid) -> None:
        super().__init__(text)
        self._text = text
        self._aid = aid
        self._list: OfferList | None = None
        self._phrases: tuple[Phrase, ...] = ()
        self._rest = ""
        self._seen = ("", 0)
        self._by_hand = False
        """Whether a key changes the text now; else the window shows another one."""
        self._dismissed = _NOWHERE
        """Where the word begins for which Esc was pressed: nothing more is offered for it."""
        self._space_due = _NOWHERE
        """Behind a word that was taken, where a space goes before the next letter."""
        text.installEventFilter(self)
        text.textChanged.connect(self._on_text)
        text.cursorPositionChanged.connect(self._on_cursor)
        # The words are read before the first letter wants one.
        QTimer.singleShot(0, self, lambda: aid.rest_of(""))

    # ------------------------------------------------------------------ what is offered
    @property
    def rest(self) -> str:
        """The rest of the word that the key would write."""
        return self._rest

    @property
    def offered(self) -> tuple[Phrase, ...]:
        """The phrases in the list while it is open."""
        return self._phrases if self._list is not None and self._list.isVisible() else ()

    def put_away(self) -> None:
        """Offer nothing; the text stays as it is."""
        self._phrases = ()
        if self._list is not None:
            self._list.hide()
        if self._rest:
            self._rest = ""
            self._text.viewport().update()

    def _on_text(self) -> None:
        by_hand, self._by_hand = self._by_hand, False
        if not by_hand:
            self.put_away()
            return
        cursor, before = self._text.textCursor(), self._seen[0]
        text = self._text.toPlainText()
        self._seen = (text, cursor.position())
        said = self._rest
        self.put_away()
        if cursor.hasSelection() or self._begins(cursor) == self._dismissed:
            return
        self._dismissed = _NOWHERE
        asked = asked_for(self._line(cursor))
        if asked is not None:
            self._offer_phrases(asked)
        elif cursor.atEnd() and len(text) > len(before):
            self._offer_rest(text, said)

    def _on_cursor(self) -> None:
        """The keyboard moved on in the text without writing: nothing is meant any more."""
        text, at = self._text.toPlainText(), self._text.textCursor().position()
        if text == self._seen[0] and at != self._seen[1]:
            self._space_due = _NOWHERE
            self.put_away()
        if not self._by_hand:
            self._seen = (text, at)

    def _offer_phrases(self, asked: str) -> None:
        self._phrases = fitting(self._aid.phrases(), asked)
        if self._phrases:
            lines = tuple(Offer(TRIGGER + one.name, one.text) for one in self._phrases)
            self._open(lines, 0 if asked else NONE)

    def _offer_rest(self, text: str, said: str) -> None:
        self._rest = self._aid.rest_of(text)
        if not self._rest:
            return
        word = re.findall(r"[^\W\d_]+", text)[-1] + self._rest
        if not self.fits():
            self._open((Offer(word, key=TAKES_WORD),), NONE)
        self._text.viewport().update()
        if not said.endswith(self._rest):
            words = _("{word}: the right arrow completes it").format(word=word)
            announce(self._text, words, politely=True)

    def fits(self) -> bool:
        """Whether the rest of the word is whole in sight behind the cursor."""
        room = self._text.viewport().width() - self._text.cursorRect().right()
        return text_width(self._rest) + 2 <= room

    def _open(self, lines: tuple[Offer, ...], at: int) -> None:
        if self._list is None:
            self._list = OfferList("offers", self._text, self._on_picked)
        self._list.show_lines(lines, at)
        self._place()
        # Once more when the field has grown and the page has scrolled to it.
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if self._list is not None and (self._phrases or self._rest):
            box = self._text.cursorRect()
            corner = self._text.viewport().mapTo(self._text.window(), box.topLeft())
            self._list.place_below(QRect(corner - QPoint(8, 0), box.size()))

    def _line(self, cursor: QTextCursor) -> str:
        """What stands before the cursor in its paragraph."""
        before = QTextCursor(cursor)
        before.setPosition(cursor.position())
        before.setPosition(cursor.block().position(), QTextCursor.MoveMode.KeepAnchor)
        return before.selectedText()

    def _begins(self, cursor: QTextCursor) -> int:
        """Where what stands right before the cursor without a space begins."""
        found = re.search(r"\S*$", self._line(cursor))
        return cursor.position() - units(found.group() if found else "")

    def paint(self, painter: QPainter) -> None:
        """Write the rest of the word behind the cursor: in grey, and underlined by dots."""
        if not self._rest or not self.fits():
            return
        box = self._text.cursorRect()
        left, base = box.right() + 1, box.top() + self._text.fontMetrics().ascent()
        painter.setFont(self._text.font())
        painter.setPen(theme().tokens.grey)
        painter.drawText(QPointF(left, base), self._rest)
        painter.setPen(QPen(theme().tokens.grey, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(left, base + 2), QPointF(left + text_width(self._rest), base + 2))

    # ------------------------------------------------------------------ keys
    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = bool(self._rest or self.offered)
        if shown and is_escape(event):
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if event.type() is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._write_space_before(event.commitString())
            self._by_hand = True
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._dismissed = self._space_due = _NOWHERE
            self.put_away()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        """Take, leave or go through what is offered; all other keys are the text's."""
        key, plain = event.key(), event.modifiers() in _PLAIN
        if self._text.isReadOnly():
            return False
        if key == Qt.Key.Key_Escape and (self._rest or self.offered):
            self._dismissed = self._begins(self._text.textCursor())
            self.put_away()
            return True
        if self._rest and plain and key == Qt.Key.Key_Right:
            self._take_word()
            return True
        if plain and self._on_list_key(Qt.Key(key)):
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self._to_open_place(
            key == Qt.Key.Key_Tab
        ):
            return True
        if plain or event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._write_space_before(event.text())
            self._by_hand = event.text().isprintable() or key in _TAKING_OUT
        return False

    def _on_list_key(self, key: Qt.Key) -> bool:
        shown = self._list
        if shown is None or not self.offered:
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            shown.step(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if key in _TAKING and shown.marked != NONE:
            self._on_picked(shown.marked)
            return True
        return False

    def _write_space_before(self, typed: str) -> None:
        """Behind a word that was taken, the space comes with the next word's first letter."""
        due, cursor = self._space_due, self._text.textCursor()
        if not typed or due == _NOWHERE:
            return
        self._space_due = _NOWHERE
        here = cursor.position() == due and not cursor.hasSelection()
        if here and (typed[0].isalnum() or typed[0] in _OPENING):
            cursor.insertText(" ")

    # ------------------------------------------------------------------ taking
    def _on_picked(self, place: int) -> None:
        if self._rest:
            self._take_word()
        elif place < len(self.offered):
            cursor = self._text.textCursor()
            asked = asked_for(self._line(cursor)) or ""
            self.put_in(self._phrases[place], units(TRIGGER + asked))

    def _take_word(self) -> None:
        cursor, rest = self._text.textCursor(), self._rest
        self.put_away()
        self._write(cursor, rest)
        self._space_due = cursor.position()

    def put_in(self, phrase: Phrase, instead_of: int = 0) -> None:
        """Write a phrase at the cursor, in place of so many units before it or of what is
        selected, and go to what is to be filled in first."""
        cursor = self._text.textCursor()
        if instead_of:
            cursor.setPosition(cursor.position() - instead_of, QTextCursor.MoveMode.KeepAnchor)
        self.put_away()
        if len(self._text.toPlainText()) + len(phrase.text) > LONGEST_TEXT:
            said = _("{n} letters at most: nothing was put in")
            self.refused.emit(said.format(n=LONGEST_TEXT))
            return
        start = cursor.selectionStart()
        self._write(cursor, phrase.text)
        places = open_spans(phrase.text)
        if places:
            self._select(start + places[0][0], start + places[0][1])
        else:
            self._space_due = cursor.position()

    def _write(self, cursor: QTextCursor, words: str) -> None:
        """Put words in as one step of undo.

        Qt adds what is typed next to a step that ends in a letter put in; it ends in one taken out.
        """
        cursor.beginEditBlock()
        cursor.insertText(words + " ")
        cursor.deletePreviousChar()
        cursor.endEditBlock()
        self._text.setTextCursor(cursor)

    def _to_open_place(self, forward: bool) -> bool:
        """Go to what is still to fill in further on, or back; False where there is none."""
        cursor, places = self._text.textCursor(), open_spans(self._text.toPlainText())
        if forward:
            later = [one for one in places if one[0] >= cursor.selectionEnd()]
        else:
            later = [one for one in reversed(places) if one[1] <= cursor.selectionStart()]
        if not later:
            return False
        self._select(*later[0])
        return True

    def _select(self, start: int, end: int) -> None:
        cursor = self._text.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._text.setTextCursor(cursor)
        announce(self._text, _("Fill in: {words}").format(words=cursor.selectedText()))
