"""What is painted on a widget and is no widget itself, as a screen reader meets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleObject,
    QAccessibleValueInterface,
)
from typing_extensions import override

if TYPE_CHECKING:
    from .accessibility import Described

_CHECKED_ROLES = frozenset({QAccessible.Role.RadioButton, QAccessible.Role.CheckBox})
_PRESSED_ROLES = _CHECKED_ROLES | {QAccessible.Role.ListItem, QAccessible.Role.Button}


@dataclass(frozen=True, slots=True)
class Part:
    """One painted piece: a segment, a chip, a heading."""

    name: str
    place: QRectF
    """Where it is on its widget."""
    role: QAccessible.Role = QAccessible.Role.StaticText
    key: str = ""
    """The key that presses it while its widget has the keyboard."""
    on: bool = False
    """Whether it is the one that is charted."""
    more: str = ""
    """What else is said of it."""


@dataclass(frozen=True, slots=True)
class NumberHeard:
    """A number in its range; None while nothing that can be read is typed."""

    value: float | None
    low: float
    high: float


class NumberInterface(QAccessibleValueInterface):
    """A number as readers ask for it. It is typed, never set from afar."""

    def __init__(self, number: Callable[[], NumberHeard | None]) -> None:
        super().__init__()
        self._number = number

    def _heard(self) -> NumberHeard:
        return self._number() or NumberHeard(None, 0, 0)

    @override
    def currentValue(self) -> float | None:
        """What is typed."""
        return self._heard().value

    @override
    def minimumValue(self) -> float:
        """The least that is taken."""
        return self._heard().low

    @override
    def maximumValue(self) -> float:
        """The most that is taken."""
        return self._heard().high

    @override
    def minimumStepSize(self) -> float:
        """Whole steps."""
        return 1.0

    @override
    def setCurrentValue(self, value: object, /) -> None:
        """A value set unseen would be no finding: nothing happens."""


class PartObject(QObject):
    """Qt knows a part by this; it lives as long as its widget."""

    def __init__(self, widget: Described, place: int) -> None:
        super().__init__(widget)
        self.widget = widget
        self.place = place

    @property
    def part(self) -> Part | None:
        """The part as it is now; None once its widget has fewer."""
        parts = self.widget.parts()
        return parts[self.place] if self.place < len(parts) else None


class _Pressing(QAccessibleActionInterface):
    """Presses a part, for who steers by voice or by switches."""

    def __init__(self, thing: PartObject) -> None:
        super().__init__()
        self._thing = thing

    @override
    def actionNames(self) -> list[str]:
        """The one action."""
        return ["Press"]

    @override
    def doAction(self, name: str, /) -> None:
        """Do what a click does."""
        if name == "Press":
            self._thing.widget.press_part(self._thing.place)

    @override
    def keyBindingsForAction(self, name: str, /) -> list[str]:
        """The key that does the same."""
        part = self._thing.part
        return [part.key] if part is not None and part.key and name == "Press" else []


class PartInterface(QAccessibleObject):
    """The screen reader's view of one part."""

    def __init__(self, thing: PartObject) -> None:
        super().__init__(thing)
        self._pressing: _Pressing | None = None

    def _thing(self) -> PartObject:
        thing = self.object()
        assert isinstance(thing, PartObject)
        return thing

    @override
    def isValid(self) -> bool:
        """Whether its widget still has it."""
        thing = self.object()
        return isinstance(thing, PartObject) and thing.part is not None

    @override
    def parent(self) -> Any:
        """The widget that it is painted on."""
        return QAccessible.queryAccessibleInterface(self._thing().widget)

    @override
    def childCount(self) -> int:
        """A part has none."""
        return 0

    @override
    def child(self, index: int, /) -> Any:
        """A part has none."""
        return None

    @override
    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        """A part has none."""
        return -1

    @override
    def window(self) -> Any:
        """Qt asks its widget for the window."""
        return

    @override
    def rect(self) -> QRect:
        """Where it is on the screen."""
        thing = self._thing()
        part = thing.part
        box = part.place.toAlignedRect() if part is not None else QRect()
        return box.translated(thing.widget.mapToGlobal(QPoint(0, 0)))

    @override
    def role(self) -> QAccessible.Role:
        """What it is."""
        part = self._thing().part
        return part.role if part is not None else QAccessible.Role.NoRole

    @override
    def state(self) -> QAccessible.State:
        """Whether it is charted, whether keys are about it, whether it can be changed."""
        state, thing = QAccessible.State(), self._thing()
        part, widget = thing.part, thing.widget
        if part is None:
            state.invalid = True
            return state
        if part.role in _PRESSED_ROLES:
            state.focusable = True
            state.focused = widget.hasFocus() and widget.part_in_focus() == thing.place
            state.disabled = not widget.isEnabled()
            state.readOnly = widget.is_locked()
        if part.role in _CHECKED_ROLES:
            state.checkable = True
            state.checked = part.on
        elif part.role is QAccessible.Role.ListItem:
            state.selectable = True
            state.selected = part.on
        state.invisible = not widget.isVisible()
        return state

    @override
    def text(self, t: QAccessible.Text, /) -> str:
        """Its words, its key, and what else is said of it."""
        part = self._thing().part
        if part is None:
            return ""
        said = {
            QAccessible.Text.Name: part.name,
            QAccessible.Text.Accelerator: part.key,
            QAccessible.Text.Description: part.more,
        }
        return said.get(t, "")

    @override
    def interface_cast(self, t: QAccessible.InterfaceType, /) -> Any:
        """It can be pressed, where a click on it does something."""
        thing = self._thing()
        part = thing.part
        pressed = part is not None and part.role in _PRESSED_ROLES
        if t is QAccessible.InterfaceType.ActionInterface and pressed:
            if self._pressing is None and not thing.widget.is_locked():
                self._pressing = _Pressing(thing)
            return self._pressing
        return None
