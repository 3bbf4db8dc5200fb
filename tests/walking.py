"""Walks a window as those do who hear it or have no mouse, and notes what would stop them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPainter, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from tests.focus_shown import dressed, one_of_each, unseen
from tests.languages import english_in
from tests.met_in_a_window import Fault, called, cover, reader, shown, stops
from ui import style
from ui.widgets.card_list import CardList

LEAST_TARGET: Final = 24
"""px: WCAG 2.2, target size (minimum)."""
MOST_TABS: Final = 400
ROLES_OF_CONTROLS: Final = frozenset(
    {
        QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton,
        QAccessible.Role.ComboBox, QAccessible.Role.EditableText, QAccessible.Role.SpinBox,
        QAccessible.Role.Link, QAccessible.Role.List, QAccessible.Role.ListItem,
        QAccessible.Role.PageTab, QAccessible.Role.Grouping, QAccessible.Role.Table,
        QAccessible.Role.Graphic, QAccessible.Role.Document, QAccessible.Role.HelpBalloon,
    }
)  # fmt: skip
"""What something with the keyboard may be: a reader says each of these by its own word."""
VALUED: Final = {QAccessible.Role.Grouping, QAccessible.Role.ComboBox, QAccessible.Role.SpinBox}
STATED: Final = frozenset({QAccessible.Role.CheckBox, QAccessible.Role.RadioButton})
_TEXT = QAccessible.Text


# ---------------------------------------------------------------------- what is heard
def heard(window: QWidget) -> Iterator[Fault]:
    """Name, role, value and state of every control, and of the parts of painted ones."""
    for widget in shown(cover(window)):
        if isinstance(widget, QScrollBar | QLabel) or widget.focusProxy() is not None:
            continue
        control = isinstance(widget, QAbstractButton) or bool(
            widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        )
        if not control or isinstance(widget, QScrollArea):
            continue
        yield from _heard_of(reader(widget), called(widget), widget)


def _heard_of(told: QAccessibleInterface, where: str, widget: QWidget) -> Iterator[Fault]:
    name, role = told.text(_TEXT.Name), told.role()
    if not name.strip():
        yield Fault("no name", where, "")
    if role not in ROLES_OF_CONTROLS:
        yield Fault("role", where, role.name)
    for missing in _missing_states(told.state(), widget, role):
        yield Fault("state", where, missing)
    if role is QAccessible.Role.Grouping:
        yield from _parts_of(told, where)
    if role in VALUED and not told.text(_TEXT.Value).strip():
        yield Fault("no value", where, "")


def _missing_states(
    state: QAccessible.State, widget: QWidget, role: QAccessible.Role
) -> Iterator[str]:
    written = isinstance(widget, QLineEdit | QPlainTextEdit) and widget.isReadOnly()
    wanted = {
        "focusable": bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus),
        "disabled": not widget.isEnabled(),
        "checkable": isinstance(widget, QAbstractButton) and widget.isCheckable(),
        "readOnly": written,
        "expandable": role is QAccessible.Role.ComboBox,
    }
    yield from (name for name, needed in wanted.items() if needed and not getattr(state, name))
    if state.disabled and widget.isEnabled():
        yield "disabled, and can be used"


def _parts_of(told: QAccessibleInterface, where: str) -> Iterator[Fault]:
    if not told.childCount():
        yield Fault("role", where, "a group without parts")
    for n in range(told.childCount()):
        part = told.child(n)
        if not part.text(_TEXT.Name).strip():
            yield Fault("no name", where, "a part")
        elif part.role() not in STATED or not part.state().checkable:
            yield Fault("role", where, f"a part is {part.role().name}")


def labels(window: QWidget) -> Iterator[Fault]:
    """Each line or choice beside a label is its buddy; no letter leads to two places."""
    top = cover(window)
    named = [one for one in shown(top) if isinstance(one, QLabel) and one.buddy() is not None]
    buddies = [label.buddy() for label in named]
    for line in (w for w in shown(top) if isinstance(w, QLineEdit) and w.isEnabled()):
        if line not in buddies and not line.placeholderText() and not _stands_in_a_row(line):
            yield Fault("no label", called(line), line.accessibleName())
    letters = Counter(mnemonic(label.text()) for label in named)
    letters += Counter(mnemonic(w.text()) for w in shown(top) if isinstance(w, QAbstractButton))
    letters += Counter(_shortcut_letters(top))
    for letter, times in letters.items():
        if letter and times > 1:
            yield Fault("two of a letter", called(top), f"Alt+{letter}")


def _shortcut_letters(top: QWidget) -> Iterator[str]:
    for shortcut in top.findChildren(QShortcut):
        holder, key = shortcut.parent(), shortcut.key().toString()
        seen = isinstance(holder, QWidget) and holder.isVisible()
        if seen and key.startswith("Alt+") and key[4:].isalpha():
            yield key[4:]


def _stands_in_a_row(widget: QWidget) -> bool:
    """Whether a line is one of several in a row whose words are painted: the row is heard as a
    whole, and the line has its name from it."""
    return widget.objectName().startswith(("retest_", "answer:", "about_target"))


def mnemonic(text: str) -> str:
    """The letter behind a single ampersand."""
    rest = text.replace("&&", "")
    place = rest.find("&")
    return rest[place + 1].upper() if 0 <= place < len(rest) - 1 else ""


# ---------------------------------------------------------------------- what is painted
@contextmanager
def reading_paint() -> Iterator[list[tuple[object, str]]]:
    """Notes each text that Python paints, with what it is painted on."""
    written: list[tuple[object, str]] = []
    real: Callable[..., Any] = QPainter.drawText

    def noting(painter: QPainter, *given: Any) -> Any:
        written.extend((painter.device(), said) for said in given if isinstance(said, str))
        return real(painter, *given)

    QPainter.drawText = noting  # type: ignore[method-assign, assignment]
    try:
        yield written
    finally:
        QPainter.drawText = real  # type: ignore[method-assign]


def unsaid(window: QWidget, alike: Callable[[str], str] = str.casefold) -> Iterator[Fault]:
    """Words that are painted on a widget and that a reader does not hear of it or around it."""
    with reading_paint() as written:
        for widget in shown(cover(window)):
            widget.repaint()
    told: dict[int, str] = {}
    for device, words in written:
        if not isinstance(device, QWidget):
            continue
        said = told.setdefault(id(device), alike(_everything(device)))
        pieces = [w for w in words.replace("\N{HORIZONTAL ELLIPSIS}", " ").split() if w.isalpha()]
        missing = [word for word in pieces if len(word) > 2 and alike(word) not in said]
        if missing:
            yield Fault("painted, not said", called(device), " ".join(missing)[:60])


def _everything(widget: QWidget) -> str:
    view = widget.parentWidget()
    if isinstance(view, CardList):
        return " ".join(str(row.spoken) for row in view.rows)
    told = reader(widget)
    texts = [told.text(t) for t in (_TEXT.Name, _TEXT.Value, _TEXT.Description, _TEXT.Help)]
    texts += [told.text(_TEXT.Accelerator), widget.toolTip()]
    for n in range(told.childCount()):
        part = told.child(n)
        if part is not None:
            texts += [part.text(t) for t in (_TEXT.Name, _TEXT.Value, _TEXT.Description)]
    return " ".join(texts)


def english_heard(window: QWidget, allowed: Iterable[str]) -> Iterator[Fault]:
    """What is said of a control, or shown when it is pointed at, in English words, where people
    did not write it so."""
    for widget in shown(cover(window)):
        told = reader(widget)
        texts = [told.text(kind) for kind in (_TEXT.Name, _TEXT.Description, _TEXT.Help)]
        if told.role() is not QAccessible.Role.EditableText:  # there it is what was typed
            texts.append(told.text(_TEXT.Value))
        texts.append(widget.toolTip())
        for n in range(told.childCount()):
            part = told.child(n)
            if part is not None:
                texts += [part.text(t) for t in (_TEXT.Name, _TEXT.Value, _TEXT.Description)]
        for words in english_in(" \n ".join(dict.fromkeys(texts)), allowed):
            yield Fault("English", called(widget), words)


# ---------------------------------------------------------------------- what hands reach
def walked(window: QWidget) -> list[QWidget]:
    """What Tab meets on its way round, from where the keyboard is."""
    met: list[QWidget] = []
    for _step in range(MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is None or (met and focus is met[0]):
            break
        if focus not in met:
            met.append(focus)
        elif met and focus is met[-1]:
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return met


def unreached(window: QWidget, met: list[QWidget]) -> Iterator[Fault]:
    """Controls that Tab does not lead to, and buttons that only a pointer presses."""
    for widget in stops(window):
        if widget not in met:
            yield Fault("not reached", called(widget), "")
    for widget in shown(cover(window)):
        pointed = widget.cursor().shape() is Qt.CursorShape.PointingHandCursor
        pressed = isinstance(widget, QAbstractButton) or (
            pointed and widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
        )
        if not pressed or not widget.isEnabled() or isinstance(widget, QAbstractItemView):
            continue
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _by_key(widget):
            yield Fault("pointer only", called(widget), "")


def _by_key(widget: QWidget) -> bool:
    """Whether a key of its own presses it: told as its accelerator, or as one tab of several."""
    told = reader(widget)
    accelerator = told.text(_TEXT.Accelerator)
    return bool(accelerator) or told.role() is QAccessible.Role.PageTab


def lost_on_the_way(met: list[QWidget], window: QWidget) -> Iterator[Fault]:
    """Panes that Tab leaves and comes back to: nobody reads a page so."""
    order: list[str] = []
    for widget in met:
        pane = _pane(widget, window)
        if not pane:
            continue  # it lies over the page
        if not order or order[-1] != pane:
            order.append(pane)
    for pane, times in Counter(order[:-1] if order and order[-1] == order[0] else order).items():
        if times > 1:
            yield Fault("order", pane, " > ".join(order))


def _pane(widget: QWidget, window: QWidget) -> str:
    """The named part of the page that a widget is in."""
    name, around = "", widget.parentWidget()
    while around is not None and around is not window:
        if around.objectName() and not around.objectName().startswith("qt_"):
            name = around.objectName()
        if name and around.parentWidget() is not None and _is_page(around.parentWidget()):
            return name
        around = around.parentWidget()
    return name


def _is_page(widget: QWidget | None) -> bool:
    return widget is not None and widget.objectName() in {"visit", "home", "course", "clinic"}


def small(window: QWidget) -> Iterator[Fault]:
    """Controls, and parts of painted ones, that are smaller than a finger or a shaky hand needs."""
    for widget in shown(cover(window)):
        if isinstance(widget, QScrollBar) or not widget.isEnabled():
            continue
        pressed = isinstance(widget, QAbstractButton) or (
            widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        )
        if not pressed or isinstance(widget, QAbstractScrollArea):
            continue
        # The frame around a line takes the click too.
        around = widget.parentWidget()
        framed = around is not None and around.focusProxy() is widget
        wide, high = (around if framed and around else widget).size().toTuple()
        if min(wide, high) < LEAST_TARGET:
            yield Fault("small", called(widget), f"{wide} x {high}")
        told = reader(widget)
        for n in range(told.childCount()):
            part = told.child(n)
            if part is not None and part.object() is not None and not part.object().isWidgetType():
                box = QRectF(part.rect())
                if min(box.width(), box.height()) < LEAST_TARGET:
                    said = f"{part.text(_TEXT.Name)} {box.width():.0f} x {box.height():.0f}"
                    yield Fault("small", called(widget), said)


def walk(window: QWidget, *schemes: style.Scheme) -> list[Fault]:
    """All of it, of the page and state that a window is in. Each control shows that it has the
    keyboard; where schemes are named, one of each kind does in each of them."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    found = [*heard(window), *labels(window), *unsaid(window), *small(window)]
    met = walked(window)
    found += [*unreached(window, met), *lost_on_the_way(met, window)]
    if not schemes:
        found += unseen(window, stops(window))
    for scheme in schemes:
        with dressed(scheme):
            found += unseen(window, one_of_each(window))
    if focus is not None and focus.isVisible():
        focus.setFocus()
    return [*dict.fromkeys(found)]
