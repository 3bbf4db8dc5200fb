"""The group of the patient's own activities: name, score today, and last time's in grey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.activities import LEAST_ACTIVITIES, MOST_ACTIVITIES, SINGLE_CHANGE
from clinic_desktop.domain.catalogue import FindingSpec
from clinic_desktop.domain.trends import PSFS
from clinic_desktop.domain.values import Key
from clinic_desktop.services.words.translation import _
from ui.tokens import INSET, LABEL_X, LAST_RIGHT_X, RIGHT_X, RING, Tokens
from ui.typeface import (
    BODY,
    CAPTION,
    HEADING,
    draw_figures,
    draw_text,
    elided,
    figure_cell,
    text_width,
)
from ui.viewmodels.activities import ActivitySlots
from ui.viewmodels.reading import number_text
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.framed_line import FramedLine
from ui.widgets.marks import draw_diamond, draw_warning

from .typed import NumberInput

_NAME_WIDTH, _SCORE_X, _PITCH = 300, 456, 28
_MEAN, _BELOW = 26, 10
"""Height of the line that tells the mean, and the room between it and the next field."""
_MORE_X = LAST_RIGHT_X + 44


class ScoreInput(NumberInput):
    """A score from 0 to 10; Return goes to the next activity that can be scored."""

    passed = Signal()

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.passed.emit()
            return True
        return super().take_key(event)

    @override
    def key_hints(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        return self.accessibleName(), (
            ("0..10", _("0 unable, 10 as before")),
            (_("Return"), _("next")),
            ("=", _("as last time")),
            ("Del", _("not scored")),
        )


class ActivityLine(FramedLine):
    """The line for an activity's name; tells the keys that it takes."""

    def key_hints(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Its name, and what its keys do."""
        return self.line.accessibleName(), (
            (_("Return"), _("to its score")),
            (_("blank"), _("takes it out")),
            ("Ctrl+Z", _("undo")),
        )


@dataclass(slots=True)
class _Row:
    name: ActivityLine
    score: ScoreInput
    problem: str = ""
    """What is wrong with the name."""
    waits: bool = False
    """Whether a score was typed before its activity has a name."""


class ActivityRows(QObject):
    """Draws and fills the places for three to five activities above the group's own fields."""

    moved = Signal()
    takes_rows = False
    above_heads = True

    def __init__(self, model: VisitViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._parent = parent
        self.slots = ActivitySlots(model)
        self._rows: list[_Row] = []
        self._top = 0
        model.changed.connect(self._on_changed)
        model.locked_changed.connect(lambda _locked: self._show())
        self._fit()
        self._show()

    # ------------------------------------------------------------------ the form's figure
    def place(self, top: int) -> int:
        """Put the rows below a height; gives where the group's own fields begin."""
        self._top = top
        for n, row in enumerate(self._rows):
            y = top + n * _PITCH - RING
            row.name.setGeometry(RIGHT_X - RING, y, _NAME_WIDTH + 2 * RING, 24 + 2 * RING)
            row.score.setGeometry(_SCORE_X - RING, y, 136 + RING, 24 + 2 * RING)
        return top + self._shown * _PITCH + _MEAN + _BELOW

    def chain(self) -> Iterator[QWidget]:
        """What Tab meets, row by row."""
        for row in self._rows:
            yield row.name.line
            yield row.score

    def reveal(self, key: Key) -> None:
        """Nothing of it takes turns."""

    def paint(self, painter: QPainter, shown: Tokens) -> None:
        """Paint numbers, last time's scores, faults and the mean."""
        for n, row in enumerate(self._rows[: self._shown]):
            y = self._top + n * _PITCH
            words = _("activity {n}").format(n=n + 1)
            draw_text(painter, LABEL_X, y + 3, (words,), shown.ink2)
            self._paint_last(painter, n, y, shown)
            if row.problem:
                self._paint_problem(painter, row.problem, y, shown)
        self._paint_mean(painter, self._top + self._shown * _PITCH, shown)

    def _paint_last(self, painter: QPainter, n: int, y: int, shown: Tokens) -> None:
        last = self.slots.last_score(n)
        if last is None:
            return
        if self.slots.verdict(n) in ("better", "worse"):
            draw_diamond(painter, QPointF(LAST_RIGHT_X - 8, y + 12), shown.ink2)
        painter.setPen(shown.grey)
        text = number_text(round(last, 1))
        right = LAST_RIGHT_X + max(2, len(text)) * figure_cell(BODY)
        draw_figures(painter, right, y + 16.5, text, BODY)

    def _paint_problem(self, painter: QPainter, words: str, y: int, shown: Tokens) -> None:
        # The name's fault stands at the end of its own line, in the room of last time.
        draw_warning(painter, QPointF(_MORE_X + 6, y + 12), shown.danger, shown.surface)
        draw_text(painter, _MORE_X + 16, y + 3, (words,), shown.danger, CAPTION)

    def heard(self) -> tuple[str, ...]:
        """What it paints: each activity with last time's score, and the mean."""
        said = []
        for n in range(self._shown):
            last = self.slots.last_score(n)
            said.append(_("activity {n}").format(n=n + 1))
            if last is not None:
                last_time = _("last time {before}").format(before=number_text(round(last, 1)))
                said.append(last_time)
        mean = self.slots.mean
        if mean is None:
            return (*said, _counting_words())
        return (*said, f"{_('mean')} {number_text(round(mean, 1))}", self.mean_words())

    def _paint_mean(self, painter: QPainter, y: int, shown: Tokens) -> None:
        mean = self.slots.mean
        if mean is None:
            draw_text(painter, RIGHT_X, y + 3, (_counting_words(),), shown.grey, CAPTION)
            return
        draw_text(painter, LABEL_X, y + 3, (_("mean"),), shown.ink2)
        number = number_text(round(mean, 1))
        draw_text(painter, RIGHT_X, y + 3, (number,), shown.ink, HEADING, True)
        x = RIGHT_X + text_width(number, HEADING, True) + 6
        room = self._parent.width() - INSET - x
        words = elided(self.mean_words(), room, CAPTION)
        draw_text(painter, x, y + 3, (words,), shown.grey, CAPTION)

    def mean_words(self) -> str:
        """What stands behind the mean: of how many, and how it has changed."""
        rows = self.slots.rows
        scored = sum(row.score is not None for row in rows)
        said = [_("of 10, {n} scored").format(n=scored)]
        if scored < len(rows):
            said.append(_("{n} not scored today").format(n=len(rows) - scored))
        elif scored < LEAST_ACTIVITIES:
            said.append(_("three to five are asked for"))
        change = self.slots.change()
        if change is not None:
            before, judged = change
            words = {"better": _("better"), "worse": _("worse")}.get(
                judged.verdict or "", _("no real change")
            )
            said.append(_("last time {before}").format(before=number_text(round(before, 1))))
            least = number_text(judged.least or 0.0)
            said.append(_("{verdict} (counts from {least})").format(verdict=words, least=least))
        return "; ".join(said)

    # ------------------------------------------------------------------ showing
    def _fit(self) -> None:
        """Show as many rows as places are asked for; all are made at once, for Tab's order."""
        while len(self._rows) < max(MOST_ACTIVITIES, self.slots.shown):
            self._rows.append(self._make(len(self._rows)))
        focused = (n for n, r in enumerate(self._rows) if r.name.line.hasFocus() or
                   r.score.hasFocus())  # fmt: skip
        # What has the keyboard stays, although an undo has left nothing in it.
        wanted = max(self.slots.shown, next(focused, -1) + 1)
        for n, row in enumerate(self._rows):
            for widget in (row.name, row.score):
                widget.setVisible(n < wanted)

    def _make(self, n: int) -> _Row:
        name = ActivityLine(f"psfs.activity@{n + 1}", 24, self._parent)
        score = ScoreInput(self._spec, self._parent)
        score.setObjectName(f"psfs.score@{n + 1}")
        score.setAccessibleDescription(_("0 unable, 10 as before the problem began"))
        name.line.textEdited.connect(partial(self._on_name, n))
        name.line.returnPressed.connect(partial(self._focus, score))
        name.line.installEventFilter(self)
        score.edited.connect(partial(self._on_score, n))
        score.same_requested.connect(partial(self._on_same, n))
        score.passed.connect(partial(self._on_passed, n))
        score.focus_changed.connect(partial(self._on_score_focus, score))
        return _Row(name, score)

    @property
    def _shown(self) -> int:
        return sum(not row.score.isHidden() for row in self._rows)

    @property
    def _spec(self) -> FindingSpec:
        return self._model.catalogue.spec(PSFS)

    def _on_changed(self) -> None:
        other = self.slots.follow()
        before = self._shown
        self._fit()
        self._show(other)
        if self._shown != before:
            self.moved.emit()

    def _show(self, anew: bool = True) -> None:
        """Show what stands in each place; a line that is being typed in is left alone."""
        for n, row in enumerate(self._rows[: len(self.slots.slots)]):
            charted, line = self.slots.slots[n], row.name.line
            words = charted.name if charted else ""
            typing = line.hasFocus() and not anew
            if not typing and not row.problem and " ".join(line.text().split()) != words:
                line.setText(words)
            line.setPlaceholderText(self.slots.proposal(n) or _("in the patient's words"))
            line.setAccessibleName(_("Activity {n}").format(n=n + 1))
            last = self.slots.last_score(n)
            told = (
                _("last time {score}").format(score=number_text(last)) if last is not None else ""
            )
            proposed = self.slots.proposal(n)
            offered = _("proposed: {name}").format(name=proposed) if proposed else ""
            line.setAccessibleDescription(row.problem or ", ".join(filter(None, (offered, told))))
            named = self.slots.name_at(n)
            said = _("Score of activity {n}").format(n=n + 1)
            row.score.setAccessibleName(", ".join(filter(None, (said, named, told))))
            if not row.waits:
                row.score.show_value(charted.score if charted else None)
            row.score.set_locked(self._model.locked)
            line.setReadOnly(self._model.locked)
        self._parent.update()

    # ------------------------------------------------------------------ what is typed
    def _on_name(self, n: int, typed: str) -> None:
        row = self._rows[n]
        row.problem = self.slots.name(n, typed)
        row.name.set_error(bool(row.problem))
        if row.waits and self.slots.name_at(n):
            self._on_score(n, row.score.typed())
        self._show(anew=False)

    def _on_score(self, n: int, raw: object) -> None:
        row = self._rows[n]
        row.waits = bool(raw) and not self.slots.name_at(n)
        row.score.set_error(self.slots.score(n, raw))
        self._parent.update()

    def _on_same(self, n: int) -> None:
        if self.slots.same(n):
            self._show(anew=False)

    def _on_passed(self, n: int) -> None:
        """Return in a score: to the next activity's, or to the name of a free place."""
        if n + 1 < self._shown:
            row = self._rows[n + 1]
            self._focus(row.score if self.slots.name_at(n + 1) else row.name.line)
        else:
            self._rows[n].score.focusNextPrevChild(True)

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_score_focus(self, score: ScoreInput, arrived: bool) -> None:
        if arrived:
            self._model.hinted.emit(score)
        else:
            self._model.end_step()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if held and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                # A line of text has no use for them and keeps them all the same.
                return QCoreApplication.sendEvent(self._parent, event)
        for n, row in enumerate(self._rows):
            if watched is row.name.line:
                if event.type() is QEvent.Type.FocusIn:
                    self._model.hinted.emit(row.name)
                elif isinstance(event, QFocusEvent) and _is_left(event):
                    self._leave(n)
        return super().eventFilter(watched, event)

    def _leave(self, n: int) -> None:
        line = self._rows[n].name.line
        self.slots.leave(n, line.text())
        self._model.end_step()
        charted = self.slots.slots[n] if n < len(self.slots.slots) else None
        if charted is not None and not self._rows[n].problem and line.text() != charted.name:
            line.setText(charted.name)


def _is_left(event: QFocusEvent) -> bool:
    """Whether a field was left for another one; a window in front of this one is no leave."""
    return event.lostFocus() and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason


def _counting_words() -> str:
    return _("A change of {mean} in the mean counts, of {single} in one activity.").format(
        mean=2, single=number_text(SINGLE_CHANGE)
    )
