"""Tells screen readers what a painted input is, what is charted in it, and what is wrong."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleValueChangeEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class Described(QWidget):
    """A painted widget that can say in words what it shows."""

    accessible_role = QAccessible.Role.Client

    def value_words(self) -> str:
        """What is charted, in words."""
        raise NotImplementedError

    def described_error(self) -> str:
        """What is wrong with what was typed; empty where nothing is."""
        return ""

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

    def text(self, t: QAccessible.Text, /) -> str:
        """Value and description come from the widget, the rest from Qt."""
        widget = self.object()
        if isinstance(widget, Described):
            if t is QAccessible.Text.Value:
                return widget.value_words()
            if t is QAccessible.Text.Description and widget.described_error():
                return f"{widget.described_error()}. {super().text(t)}".strip()
        return super().text(t)

    def state(self) -> QAccessible.State:
        """A signed visit's fields can be read, not changed."""
        state = super().state()
        widget = self.object()
        if isinstance(widget, Described) and widget.is_locked():
            state.readOnly = True
        return state


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    return DescribedInterface(thing) if isinstance(thing, Described) else None


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


def announce(widget: QWidget, message: str, politely: bool = False) -> None:
    """Have a listening screen reader say something at once, for instance an error.

    `politely` waits until it has finished what it is saying.
    """
    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, message)
        manner = QAccessible.AnnouncementPoliteness
        event.setPoliteness(manner.Polite if politely else manner.Assertive)
        QAccessible.updateAccessibility(event)
