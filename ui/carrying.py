"""Carries what somebody was doing from one window into another that was built like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from .forms.base import Input

Address = tuple[tuple[str, str, int], ...]
"""Kind, name and place among its like, from the window down: the same in every language."""
_ROUNDS = 3
"""What is typed or chosen may bring up a further field, which may bring up another."""


@runtime_checkable
class Carried(Protocol):
    """A part of a page that knows more than its fields show: what is open, or half typed."""

    def carried(self) -> object:
        """What it knows, for one that was built like it."""

    def take_carried(self, state: object) -> None:
        """Go on where the other was."""


def carry_over(old: QWidget, new: QWidget) -> None:
    """Give the widgets of `new` what their likes in `old` hold: text that no chart has yet, what
    is chosen, what is in sight, and the keyboard.

    What is in the record already, the new ones show by themselves.
    """
    before = addresses(old)
    places = {a: _place(w) for a, w in before.items() if isinstance(w, QAbstractScrollArea)}
    after: dict[Address, QWidget] = {}
    done: set[Address] = set()
    for _round in range(_ROUNDS):
        after = addresses(new)
        pairs = [(one, before[one], after[one]) for one in before if one in after]
        fresh = [pair for pair in pairs if pair[0] not in done]
        if not fresh:
            break
        for address, theirs, ours in fresh:
            done.add(address)
            if isinstance(theirs, Carried) and isinstance(ours, Carried):
                ours.take_carried(theirs.carried())
        for _address, theirs, ours in fresh:
            if isValid(ours):
                _take_typed(theirs, ours)
    _bring_into_sight(before, after)
    # Once more when everything has its size.
    QTimer.singleShot(0, new, lambda: _scroll(places, addresses(new)))
    _focus(old, before, after)


def addresses(root: QWidget) -> dict[Address, QWidget]:
    """Every widget below another, by where it is found."""
    found: dict[Address, QWidget] = {}
    _walk(root, (), found)
    return found


def like_in(old: QWidget, new: QWidget) -> Callable[[QObject], QWidget | None]:
    """What finds in `new` the like of a widget in `old`."""
    places = {id(widget): address for address, widget in addresses(old).items()}
    found = addresses(new)

    def like(one: QObject) -> QWidget | None:
        address = places.get(id(one))
        return found.get(address) if address is not None else None

    return like


def _walk(parent: QWidget, above: Address, found: dict[Address, QWidget]) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for child in parent.children():
        if isinstance(child, QWidget):
            like = (type(child).__name__, child.objectName())
            address = (*above, (*like, seen[like]))
            seen[like] += 1
            found[address] = child
            _walk(child, address, found)


def _take_typed(old: QWidget, new: QWidget) -> None:
    if isinstance(old, QLineEdit) and isinstance(new, QLineEdit):
        _take_line(old, new)
    elif isinstance(old, QPlainTextEdit) and isinstance(new, QPlainTextEdit):
        if old.toPlainText() != new.toPlainText() and old.document().isModified():
            new.setPlainText(old.toPlainText())
            new.document().setModified(True)
        cursor = new.textCursor()
        cursor.setPosition(min(old.textCursor().position(), len(new.toPlainText())))
        new.setTextCursor(cursor)
    elif isinstance(old, Input) and isinstance(new, Input) and not isinstance(old, Carried):
        value = old.value()
        if value != new.value():
            new.choose(value)


def _take_line(old: QLineEdit, new: QLineEdit) -> None:
    if old.isModified() and old.text() != new.text() and not new.isReadOnly():
        new.setText(old.text())
        new.setModified(True)
        new.textEdited.emit(old.text())
    new.setCursorPosition(old.cursorPosition())
    if old.hasSelectedText():
        new.setSelection(old.selectionStart(), old.selectionLength())


def _bring_into_sight(old: dict[Address, QWidget], new: dict[Address, QWidget]) -> None:
    for address, theirs in old.items():
        ours = new.get(address)
        if isinstance(theirs, QAbstractItemView) and isinstance(ours, QAbstractItemView):
            row = theirs.currentIndex().row()
            if 0 <= row < ours.model().rowCount():
                ours.setCurrentIndex(ours.model().index(row, 0))


def _place(area: QAbstractScrollArea) -> tuple[int, int]:
    return area.horizontalScrollBar().value(), area.verticalScrollBar().value()


def _scroll(places: dict[Address, tuple[int, int]], new: dict[Address, QWidget]) -> None:
    for address, (across, down) in places.items():
        area = new.get(address)
        if isinstance(area, QAbstractScrollArea):
            area.horizontalScrollBar().setValue(across)
            area.verticalScrollBar().setValue(down)


def _focus(old: QWidget, before: dict[Address, QWidget], after: dict[Address, QWidget]) -> None:
    focus = old.focusWidget()
    address = next((one for one, widget in before.items() if widget is focus), None)
    ours = after.get(address) if address is not None else None
    if ours is not None:
        # As after a menu: a number that is half typed goes on where it was.
        ours.setFocus(Qt.FocusReason.PopupFocusReason)
