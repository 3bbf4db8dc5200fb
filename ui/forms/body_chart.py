"""The chart of the body as an input: places are marked by a click or with the arrow keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QEnterEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from clinic_desktop.domain.figures.body_chart import (
    Spot,
    neighbour,
    regions,
    spot_at,
    spots_of,
)
from clinic_desktop.domain.figures.drawing import Point
from clinic_desktop.domain.figures.fitting import Fit
from clinic_desktop.domain.pain import (
    PLACES,
    SITES,
    PainMap,
    kind_finding,
    map_before,
    pain_map,
    switched,
)
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.words.pain_words import (
    map_words,
    mark_words,
    place_words,
)
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import side_word
from ui.style import theme
from ui.tokens import RING
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.accessibility import Described, install_interfaces, tell_value
from ui.widgets.announcing import announce
from ui.widgets.drawing import draw_ring

from .body_picture import Room, chart_fit, marked_chart, paint_ring

SIZE: Final = QSize(308, 444)
"""Of the control: the smallest place is then some 15 px high."""
_ROOM: Final = Room(SIZE.width(), SIZE.height(), side=4, top=8, foot=6)
_NEAR: Final = 0.012
"""So far beside a place, in parts of the figure's height, a click still means it."""
_AROUND: Final = 64
_USUAL: Final = "gluteal_fold"
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class BodyChart(Described):
    """Another view of the places that hurt; it writes to the same findings as the chips beside it.

    Arrows go from place to place, Space marks, 1 to 8 mark by number on the same side, 0 says
    none of these, Return goes on to the kind of pain.
    """

    accessible_role = QAccessible.Role.List
    pointed = Signal(object)
    """The Spot that keys and chips are about now."""
    kinds_asked = Signal(object)
    """A Spot: please ask for its kinds of pain."""

    def __init__(self, model: VisitViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.setObjectName("body_chart")
        self.setAccessibleName(_("Body chart"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedSize(SIZE + QSize(2 * RING, 2 * RING))
        self._model = model
        self._moved = False
        """Whether somebody has pointed at a place; before that it follows the painful side."""
        self._spot = self._first_spot()
        self._under: Spot | None = None
        self._now, self._before = PainMap(), PainMap()
        self._picture: tuple[object, QImage] | None = None
        self.show_value()

    # ------------------------------------------------------------------ what it shows
    @property
    def spot(self) -> Spot:
        """The place that keys are about."""
        return self._spot

    @property
    def shown(self) -> tuple[PainMap, PainMap]:
        """What it shows of today, and of last time."""
        return self._now, self._before

    def show_value(self) -> None:
        """Show what is charted, and last time as grey outlines."""
        editor = self._model.editor
        now, before = pain_map(editor.visit.findings), map_before(editor.case.visits[:-1])
        if not self._moved:
            self._spot = self._first_spot()
        if (now, before) != (self._now, self._before):
            self._now, self._before = now, before
            tell_value(self)
            self.update()

    def _first_spot(self) -> Spot:
        side = Side.LEFT if self._model.painful_side() == "left" else Side.RIGHT
        return spots_of(_USUAL, side)[0]

    @override
    def value_words(self) -> str:
        """What is marked, then the place that keys are about."""
        return f"{map_words(self._model.text, self._now)} {self._spot_words(self._spot)}"

    def _spot_words(self, spot: Spot) -> str:
        """`calf, right: marked, burning; last time not marked`."""
        text, mark = self._model.text, self._now.at(spot.place, spot.side)
        before = self._before.at(spot.place, spot.side)
        said = _("{place}, {side}: {state}")
        state = _("not marked")
        if mark is not None:
            kinds = mark_words(text, mark).removeprefix(place_words(text, spot.place)).strip(" ()")
            state = ", ".join(word for word in (_("marked"), kinds) if word)
        if spot.side in self._before.asked:
            last = mark_words(text, before) if before is not None else _("not marked")
            state = "; ".join((state, _("last time {what}").format(what=last)))
        return said.format(
            place=place_words(text, spot.place), side=side_word(spot.side), state=state
        )

    @override
    def is_locked(self) -> bool:
        return self._model.locked

    @override
    def key_hints(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        keys = (
            (_("arrows"), _("next place")), (_("Space"), _("mark")),
            (_("Return"), _("kind of pain")), ("1..8", _("places by number")),
            ("0", _("none of these")), ("=", _("as last time")), ("Del", _("not charted")),
        )  # fmt: skip
        return f"{_('Body chart')}, {side_word(self._spot.side)}", keys

    # ------------------------------------------------------------------ painting
    @override
    def sizeHint(self) -> QSize:
        return self.size()

    def _control(self) -> QRectF:
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    def _inner(self) -> QRectF:
        return _ROOM.inner

    def _placed(self) -> Fit:
        return chart_fit(self._inner().width(), self._inner().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(QPointF(0, 0), self._whole())
        if self.hasFocus():
            draw_ring(painter, self._control(), shown.accent)
        if self._under is not None and not self.is_locked():
            self._paint_edge(painter, self._under, 1.5)
        if self.hasFocus():
            self._paint_edge(painter, self._spot, 2.5)
        painter.end()

    def _whole(self) -> QImage:
        """The picture without cursor and pointer; only the marks are painted anew."""
        state = (self._now, self._before, theme().tokens, self.devicePixelRatioF())
        if self._picture is None or self._picture[0] != state:
            self._picture = (state, marked_chart(_ROOM, *state))
        return self._picture[1]

    def _paint_edge(self, painter: QPainter, spot: Spot, width: float) -> None:
        inner = self._inner()
        painter.save()
        painter.translate(inner.left(), inner.bottom())
        paint_ring(painter, regions()[spot].run, self._placed(), width)
        painter.restore()

    # ------------------------------------------------------------------ the mouse
    def _spot_under(self, at: QPointF) -> Spot | None:
        placed, inner = self._placed(), self._inner()
        x = (at.x() - inner.left() - placed.left) / placed.scale
        y = (inner.bottom() - at.y() - placed.bottom) / placed.scale
        return spot_at(Point(x, y), _NEAR)

    def place_of(self, spot: Spot) -> QPointF:
        """Where the middle of a place is on the widget."""
        placed, inner = self._placed(), self._inner()
        x, y = placed.point(regions()[spot].middle)
        return QPointF(inner.left() + x, inner.bottom() - y)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_under(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or spot is None or self.is_locked():
            event.ignore()
            return
        self.point_at(spot)
        self._switch(spot.place, spot.side)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_under(self._spot_under(event.position()))

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._set_under(self._spot_under(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._set_under(None)

    def _set_under(self, spot: Spot | None) -> None:
        if spot != self._under:
            self._under = spot
            self.setToolTip(self._spot_words(spot) if spot is not None else "")
            self.update()

    # ------------------------------------------------------------------ the keyboard
    def point_at(self, spot: Spot) -> None:
        """Let keys and chips be about a place."""
        self._moved = True
        if spot == self._spot:
            return
        self._spot = spot
        self._model.end_step()
        self._keep_in_sight(self.place_of(spot).toPoint(), _AROUND)
        self.update()
        self.pointed.emit(spot)
        if self.hasFocus():
            self._model.hinted.emit(self)
        tell_value(self)
        announce(self, self._spot_words(spot), politely=True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & _COMMANDS or not self._take_key(event):
            event.ignore()

    def _take_key(self, event: QKeyEvent) -> bool:
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is not None:
            there = neighbour(self._spot, *way)
            if there == self._spot:
                # At the edge the arrow goes on through the form.
                return way[1] == 0
            self.point_at(there)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kinds_asked.emit(self._spot)
            return True
        return not self.is_locked() and self._chart_by_key(event)

    def _chart_by_key(self, event: QKeyEvent) -> bool:
        side, key = self._spot.side, event.text()
        if event.key() == Qt.Key.Key_Space:
            self._switch(self._spot.place, side)
        elif key.isdigit() and 1 <= int(key) <= len(PLACES):
            self._point_on(PLACES[int(key) - 1], side)
            self._switch(self._spot.place, side)
        elif key == "0":
            none = self._model.value(Key(SITES, side)) == ()
            self._model.record(Key(SITES, side), None if none else ())
        elif key == "=":
            self._model.same_all(_keys_of(side))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._model.record(Key(SITES, side), None)
        else:
            return False
        return True

    def _point_on(self, place: str, side: Side) -> None:
        """Go to a place by its number, on the figure that shows it."""
        there = spots_of(place, side)
        seen = [spot for spot in there if spot.view == self._spot.view]
        self.point_at((seen or list(there))[0])

    def _switch(self, place: str, side: Side) -> None:
        # Each mark is a step of undo of its own: they are seen one by one.
        self._model.end_step()
        self._model.record(Key(SITES, side), switched(self._model.visit.findings, place, side))
        announce(self, self._spot_words(self._spot), politely=True)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._moved = True
        self._keep_in_sight(QPoint(0, 0), RING)
        self._keep_in_sight(QPoint(0, self.height()), RING)
        self._keep_in_sight(self.place_of(self._spot).toPoint(), _AROUND)
        self.update()
        self.pointed.emit(self._spot)

    def _keep_in_sight(self, at: QPoint, around: int) -> None:
        """Scroll the form so far that a point of the chart can be seen with some px around it."""
        sheet: QWidget | None = self.parentWidget()
        area = sheet
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea) and sheet is not None and self.hasFocus():
            point = self.mapTo(sheet, at)
            area.ensureVisible(point.x(), point.y(), 0, around)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._model.end_step()
        self.update()


def _keys_of(side: Side) -> list[Key]:
    """All that the chart says of a side."""
    return [Key(SITES, side), *(Key(kind_finding(place), side) for place in PLACES)]
