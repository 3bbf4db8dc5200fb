"""Tells screen readers what a painted input is, what is charted in it, and what is wrong."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleValueChangeEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget
from typing_extensions import override

from .accessible_parts import NumberHeard, NumberInterface, Part, PartInterface, PartObject

_PRESS = "Press"
"""Qt's own name of the action; `pressAction()` would give it translated."""


class Described(QWidget):
    """A painted widget that can say in words what it shows."""

    accessible_role = QAccessible.Role.Client

    def value_words(self) -> str:
        """What is charted, in words."""
        return ""

    def parts(self) -> tuple[Part, ...]:
        """What is painted on it and heard one by one: segments, chips, headings."""
        return ()

    def part_in_focus(self) -> int | None:
        """The part that keys are about, by its place; None where it has none."""
        return None

    def press_part(self, place: int) -> None:
        """Do what a click on a part does."""

    def press(self) -> None:
        """Do what a click does, where the whole can be pressed."""

    def is_pressed_whole(self) -> bool:
        """Whether a click means the whole of it."""
        return False

    def key_words(self) -> str:
        """The key that presses it from anywhere on the page; empty where there is none."""
        return ""

    def dress_state(self, state: QAccessible.State) -> None:
        """Add to what Qt knows: expanded, checked, selected."""

    def part_object(self, place: int) -> PartObject:
        """What Qt knows a part by; made when first asked for."""
        made: list[PartObject] = self.__dict__.setdefault("_part_objects", [])
        while len(made) <= place:
            made.append(PartObject(self, len(made)))
        return made[place]

    def described_error(self) -> str:
        """What is wrong with what was typed; empty where nothing is."""
        return ""

    def more_words(self) -> str:
        """What stands beside it and is heard behind its description: last time, the range."""
        return ""

    def number(self) -> NumberHeard | None:
        """The number that is typed, with its range; None where it is about no number."""
        return None

    def is_locked(self) -> bool:
        """Whether it can only be read."""
        return False

    def key_hints(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Its name and its own keys for the line of keys; a blank name leaves the line alone."""
        return "", ()


class DescribedInterface(QAccessibleWidget):
    """The screen reader's view of a painted widget. Qt knows name, place and focus by itself."""

    def __init__(self, widget: Described) -> None:
        super().__init__(widget, widget.accessible_role)
        self._number: NumberInterface | None = None

    def _widget(self) -> Described | None:
        widget = self.object()
        return widget if isinstance(widget, Described) else None

    @override
    def role(self) -> QAccessible.Role:
        """What it is now: a line may become a link, and a link a line."""
        widget = self._widget()
        return widget.accessible_role if widget is not None else super().role()

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        """Value, key and description come from the widget, the rest from Qt."""
        widget = self._widget()
        if widget is not None:
            if t is QAccessible.Text.Value:
                return widget.value_words()
            if t is QAccessible.Text.Accelerator and widget.key_words():
                return widget.key_words()
            if t is QAccessible.Text.Description:
                said = (widget.described_error(), super().text(t), widget.more_words())
                return " ".join(part if part[-1] in ".!?" else f"{part}." for part in said if part)
        return super().text(t)

    @override
    def state(self) -> QAccessible.State:
        """A signed visit's fields can be read, not changed."""
        state = super().state()
        widget = self._widget()
        if widget is not None:
            if widget.is_locked():
                state.readOnly = True
            widget.dress_state(state)
        return state

    @override
    def interface_cast(self, t: QAccessible.InterfaceType, /) -> Any:
        """A number can be read as one."""
        widget = self._widget()
        number = widget.number if widget is not None else lambda: None
        if t is QAccessible.InterfaceType.ValueInterface and number() is not None:
            self._number = self._number or NumberInterface(number)
            return self._number
        return super().interface_cast(t)

    # ------------------------------------------------------------------ its parts
    @override
    def childCount(self) -> int:
        """Widgets on it, then painted parts."""
        widget = self._widget()
        return super().childCount() + (len(widget.parts()) if widget is not None else 0)

    @override
    def child(self, index: int, /) -> Any:
        """A widget on it, or a painted part."""
        own, widget = super().childCount(), self._widget()
        if index < own or widget is None:
            return super().child(index)
        if index - own >= len(widget.parts()):
            return None
        return QAccessible.queryAccessibleInterface(widget.part_object(index - own))

    @override
    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        """The place of a widget or a painted part."""
        part = child.object()
        if isinstance(part, PartObject):
            return super().childCount() + part.place
        return super().indexOfChild(child)

    @override
    def focusChild(self) -> Any:
        """The part that keys are about, while the widget has the keyboard."""
        widget = self._widget()
        if widget is not None and widget.hasFocus():
            place = widget.part_in_focus()
            if place is not None:
                return QAccessible.queryAccessibleInterface(widget.part_object(place))
        return super().focusChild()

    # ------------------------------------------------------------------ pressing it
    @override
    def actionNames(self) -> list[str]:
        """Press, where the whole can be pressed; Qt's own beside it."""
        widget = self._widget()
        pressed = widget is not None and widget.is_pressed_whole() and widget.isEnabled()
        return [*([_PRESS] if pressed else []), *super().actionNames()]

    @override
    def doAction(self, name: str, /) -> None:
        """Do what a click does."""
        widget = self._widget()
        if name == _PRESS and widget is not None:
            widget.press()
        else:
            super().doAction(name)


class ButtonInterface(QAccessibleWidget):
    """A painted button that Qt would take for another thing, or that a key presses from afar.

    The class says `accessible_role`, and `spoken_key` where a key presses it without the keyboard
    being on it.
    """

    def _button(self) -> QAbstractButton:
        button = self.object()
        assert isinstance(button, QAbstractButton)
        return button

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        """The key comes from the button, the rest from Qt."""
        if t is QAccessible.Text.Accelerator:
            return str(getattr(self._button(), "spoken_key", ""))
        if t is QAccessible.Text.Name:
            return self._button().accessibleName() or self._button().text()
        return super().text(t)

    @override
    def state(self) -> QAccessible.State:
        """Whether it is the one in front."""
        state, button = super().state(), self._button()
        state.checkable = state.selectable = button.isCheckable()
        state.checked = state.selected = button.isChecked()
        return state

    @override
    def actionNames(self) -> list[str]:
        """It can be pressed."""
        return [_PRESS, *super().actionNames()]

    @override
    def doAction(self, name: str, /) -> None:
        """Press it."""
        if name == _PRESS:
            self._button().click()
        else:
            super().doAction(name)


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, Described):
        return DescribedInterface(thing)
    if isinstance(thing, PartObject):
        return PartInterface(thing)
    role = getattr(type(thing), "accessible_role", None)
    if isinstance(thing, QAbstractButton) and role is not None:
        return ButtonInterface(thing, role)
    return QAccessibleWidget(thing, role) if isinstance(thing, QWidget) and role else None


@cache
def install_interfaces() -> None:
    """Let Qt ask this module about painted widgets; once in a process."""
    QAccessible.installFactory(_interface_of)


def is_escape(event: QEvent) -> bool:
    """Whether Qt asks if Escape is a widget's own key, before the window takes it as a shortcut."""
    asked = event.type() is QEvent.Type.ShortcutOverride
    return asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def tell_value(widget: Described) -> None:
    """Tell a listening screen reader that the value has changed."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, widget.value_words()))


def tell_part(widget: Described) -> None:
    """Tell a listening screen reader which part of a widget keys are now about."""
    place = widget.part_in_focus()
    if QAccessible.isActive() and place is not None and widget.hasFocus():
        part = widget.part_object(place)
        QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))
