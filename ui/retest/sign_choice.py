"""Chooses the one to three signs that are taken again after each treatment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import MOST_SIGNS
from clinic_desktop.services.words.translation import _
from ui.forms.chips import SetInput
from ui.forms.words import Option
from ui.style import theme
from ui.tokens import INSET, LABEL_X, RIGHT_X, RING
from ui.typeface import BODY, CAPTION, HEADING, draw_text, elided, wrapped

from .reading import sign_words

RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TOP, _FOOT = 34, 12


class SignChoice(QWidget):
    """The proposals as chips; the best are marked, and Return takes what is marked."""

    taken = Signal(object)
    """The chosen signs, as a tuple of keys."""
    resized = Signal()

    def __init__(self, text: CatalogueText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sign_choice")
        self._text = text
        self._keys: tuple[Key, ...] = ()
        self._carried = False
        self._problem = ""
        self.chips = SetInput((), self)

    def show_proposals(
        self, proposed: tuple[Key, ...], marked: tuple[Key, ...], carried: bool
    ) -> None:
        """Show what may be chosen, some of it marked; `carried` says it comes from last time."""
        self._keys, self._carried, self._problem = proposed, carried, ""
        options = tuple(
            Option(str(key), *(sign_words(key, self._text),) * 2, str(place))
            for place, key in enumerate(proposed, 1)
        )
        self.chips.hide()
        self.chips.deleteLater()
        self.chips = SetInput(options, self)
        self.chips.setObjectName("retest_signs")
        self.chips.setAccessibleName(_("Signs to take again after each treatment"))
        self.chips.setAccessibleDescription(_("Return takes what is marked; three at most"))
        self.chips.show_value(tuple(map(str, marked)))
        self.chips.edited.connect(self._on_edited)
        self.chips.installEventFilter(self)
        self.chips.setVisible(bool(proposed))
        self.setAccessibleName(self.text())
        self._place()

    def chosen(self) -> tuple[Key, ...]:
        """The signs that are marked, in the order of the proposals."""
        value = self.chips.value()
        words = value if isinstance(value, tuple) else ()
        return tuple(key for key in self._keys if str(key) in words)

    def text(self) -> str:
        """What it says, as text."""
        said = f"{_('Retest')}, {_('choose signs')}. {self._said()}"
        return f"{said}. {self._problem}" if self._problem else said

    def _said(self) -> str:
        if not self._keys:
            return _empty_words()
        names = ", ".join(sign_words(key, self._text) for key in self._keys)
        return f"{self._words()}: {names}"

    def _words(self) -> str:
        if self._carried:
            return _("Followed last time; nothing of it is a finding of today")
        return _("Take again after each treatment, one to three")

    def take_focus(self) -> None:
        """Give the keyboard to the chips."""
        self.chips.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Take what is marked, or say beside it why not."""
        chosen = self.chosen()
        if len(chosen) > MOST_SIGNS:
            self._problem = _("Three at most: take one out.")
            self.chips.set_error(self._problem)
            self.update()
            return
        self.taken.emit(chosen)

    def _on_edited(self, _value: object) -> None:
        self._problem = ""
        self.chips.set_error(None)
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() is QEvent.Type.KeyPress and pressed in RETURN:
            self.accept()
            return True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ layout and painting
    def wanted_height(self, width: int) -> int:
        """Its height in px at a width."""
        if not self._keys:
            lines = len(wrapped(_empty_words(), width - RIGHT_X - INSET))
            return max(56, 38 + 18 * lines)
        return _TOP + self.chips.height_in(width - RIGHT_X - INSET) + _FOOT

    def _place(self) -> None:
        wide = self.width() - RIGHT_X - INSET
        height = self.chips.height_in(wide) + 2 * RING
        self.chips.setGeometry(RIGHT_X - RING, _TOP - RING, wide + 2 * RING, height)
        self.resized.emit()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() - RIGHT_X - INSET
        height = self.chips.height_in(wide) + 2 * RING
        self.chips.setGeometry(RIGHT_X - RING, _TOP - RING, wide + 2 * RING, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.surface)
        painter.fillRect(0, 0, self.width(), 1, shown.edge)
        draw_text(painter, LABEL_X, 10, (_("Retest"),), shown.ink, HEADING, True)
        if not self._keys:
            lines = wrapped(_empty_words(), self.width() - RIGHT_X - INSET)
            draw_text(painter, RIGHT_X, 11, lines, shown.ink2, BODY)
            return
        draw_text(painter, LABEL_X, 30, (_("choose signs"),), shown.grey, CAPTION)
        room = self.width() - RIGHT_X - INSET
        words = self._problem or f"{self._words()}."
        tone = shown.danger if self._problem else shown.grey
        draw_text(painter, RIGHT_X, 10, (elided(words, room, CAPTION),), tone, CAPTION)


def _empty_words() -> str:
    return _(
        "Nothing to follow yet: chart a test that hurts or can be measured. Ctrl+T in a field"
        " chooses its sign."
    )
