"""What was done between two tests: found by a few letters of its name, or in words of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.services.words.translation import _
from ui.forms.offer_list import Offer, OfferList
from ui.palette.fuzzy import Target, match, target
from ui.tokens import RING
from ui.viewmodels.retesting import OTHER
from ui.widgets.framed_line import FramedLine

MOST_LINES = 6
LIST_WIDTH = 320


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
        self._list: OfferList | None = None
        self._offered: tuple[Treatment, ...] = ()
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
        chosen = self._offered[shown.marked] if shown else found[0] if found else None
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
    def opened_list(self) -> OfferList | None:
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
            self._list = OfferList("treatment_list", self.line, self._on_picked)
        self._offered = found
        self._list.show_lines(tuple(Offer(_shown(one)) for one in found))
        # Above the field: it stands at the foot of the window.
        corner = self.mapTo(self.window(), QPoint(RING, RING - 2))
        self._list.place_above(corner, LIST_WIDTH)

    def _on_picked(self, place: int) -> None:
        self.close_list()
        self._settled = True
        self._take(self._offered[place])
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


def _shown(line: Treatment) -> str:
    return _("other: {words}").format(words=line.name) if line.item == OTHER else line.name
