"""What was done between two tests: found by a few letters of its name, or in words of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.services.translation import _

from .framed_line import FramedLine
from .fuzzy import Target, match, target
from .style import theme
from .tokens import RING
from .typeface import BODY, baseline, elided, font
from .viewmodels.retesting import OTHER

MOST_LINES = 6
_LINE, _EDGE = 26, 4


@dataclass(frozen=True, slots=True)
class Treatment:
    """One line of the list: a plan item, or `other` in the words that were typed."""

    item: str
    name: str


class TreatmentField(FramedLine):
    """A line with the treatments that fit beneath the letters; nothing is chosen by typing alone.

    Return, Tab or leaving the line takes the marked one; blank, Return takes the grey proposal.
    """

    chosen = Signal(str, object)
    """A plan item's id, or `other` with the note that says what was done."""
    passed = Signal()
    """Return: on to the next field."""

    def __init__(self, library: PlanLibrary, parent: QWidget | None = None) -> None:
        super().__init__("retest_treatment_again", 24, parent)
        self._named: tuple[tuple[Treatment, Target], ...] = tuple(
            (Treatment(item, library.name(item)), target(library.name(item)))
            for item in library.items
        )
        self._library = library
        self._proposed = ""
        self._settled = True
        self._list: TreatmentList | None = None
        self.line.setAccessibleName(_("Treatment given"))
        self.line.textEdited.connect(self._on_typed)

    def propose(self, items: tuple[str, ...]) -> None:
        """Show the likeliest treatment in grey; Return takes it."""
        self._proposed = items[0] if items else ""
        shown = self._library.name(self._proposed) if self._proposed else _("what was done")
        self.line.setPlaceholderText(shown)

    def show_treatment(self, item: str, note: str | None) -> None:
        """Show what was charted. Never emits."""
        if not self._settled and self.line.hasFocus():
            return
        self._settled = True
        words = "" if not item else (note or "") if item == OTHER else self._library.name(item)
        if words != self.line.text():
            self.line.setText(words)

    def fitting(self, typed: str) -> tuple[Treatment, ...]:
        """What fits some letters, the best first; one's own words always stand last."""
        if not typed.strip():
            return ()
        scored = []
        for place, (treatment, name) in enumerate(self._named):
            found = match(name, typed)
            if found is not None:
                scored.append((-found.score, place, treatment))
        best = [treatment for *_rank, treatment in sorted(scored, key=lambda one: one[:2])]
        return (*best[: MOST_LINES - 1], Treatment(OTHER, typed.strip()))

    def settle(self) -> bool:
        """Take the marked treatment; False where nothing was typed."""
        if self._settled:
            return bool(self.line.text())
        shown = self.opened_list()
        found = self.fitting(self.line.text())
        chosen = shown.marked() if shown is not None else found[0] if found else None
        self.close_list()
        self._settled = True
        if chosen is None:
            self.chosen.emit("", None)
            return False
        self._take(chosen)
        return True

    def _take(self, chosen: Treatment) -> None:
        self.line.setText(chosen.name)
        self.chosen.emit(chosen.item, chosen.name if chosen.item == OTHER else None)

    # ------------------------------------------------------------------ the list
    def opened_list(self) -> TreatmentList | None:
        """The list while it is open."""
        return self._list if self._list is not None and self._list.isVisible() else None

    def close_list(self) -> None:
        """Put the list away."""
        if self._list is not None:
            self._list.hide()

    def _on_typed(self, typed: str) -> None:
        self._settled = False
        found = self.fitting(typed)
        if not found:
            self.close_list()
            return
        if self._list is None:
            self._list = TreatmentList(self, self._on_picked)
        self._list.open_at(found)

    def _on_picked(self, treatment: Treatment) -> None:
        self.close_list()
        self._settled = True
        self._take(treatment)
        self.passed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event) or super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            # Another window in front is no word about the treatment.
            if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
                self.settle()
            self.close_list()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        shown = self.opened_list()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and shown is not None:
            shown.step(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if not self.settle() and self._proposed:
            self._take(Treatment(self._proposed, self._library.name(self._proposed)))
        self.passed.emit()
        return True


class TreatmentList(QWidget):
    """The treatments that fit, above the line; the marked one is taken."""

    def __init__(self, field: TreatmentField, picked: Callable[[Treatment], None]) -> None:
        super().__init__(field.window())
        self.setObjectName("treatment_list")
        self._field = field
        self._picked = picked
        self._lines: tuple[Treatment, ...] = ()
        self._at = 0
        field.destroyed.connect(self.deleteLater)

    @property
    def lines(self) -> tuple[Treatment, ...]:
        """What can be taken, the best first."""
        return self._lines

    def marked(self) -> Treatment:
        """The line that Return takes."""
        return self._lines[self._at]

    def open_at(self, lines: tuple[Treatment, ...]) -> None:
        """Show these lines above the field: it stands at the foot of the window."""
        self._lines, self._at = lines, 0
        height = len(lines) * _LINE + 2 * _EDGE
        corner = self._field.mapTo(self._field.window(), QPoint(RING, RING - 2))
        self.setGeometry(corner.x(), max(0, corner.y() - height), 320, height)
        self._say()
        self.raise_()
        self.show()
        self.update()

    def step(self, by: int) -> None:
        """Mark the line above or below."""
        self._at = (self._at + by) % len(self._lines)
        self._say()
        self.update()

    def _say(self) -> None:
        said = _("{name}, {n} of {most}").format(
            name=self.marked().name, n=self._at + 1, most=len(self._lines)
        )
        self.setAccessibleName(said)
        self._field.line.setAccessibleDescription(said)

    def _words(self, line: Treatment) -> str:
        return _("other: {words}").format(words=line.name) if line.item == OTHER else line.name

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int((event.position().y() - _EDGE) // _LINE)
        if 0 <= place < len(self._lines):
            self._picked(self._lines[place])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), shown.surface)
        for place, line in enumerate(self._lines):
            box = QRectF(1, _EDGE + place * _LINE, self.width() - 2, _LINE)
            marked = place == self._at
            if marked:
                painter.fillRect(box, shown.accent_tint)
                painter.fillRect(QRectF(1, box.top(), 2, _LINE), shown.accent)
            painter.setFont(font(BODY, marked))
            painter.setPen(shown.ink if marked else shown.ink2)
            words = elided(self._words(line), self.width() - 24, BODY, marked)
            painter.drawText(QPointF(12, box.top() + baseline(_LINE)), words)
        painter.setPen(QPen(shown.edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
