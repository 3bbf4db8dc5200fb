"""The chosen signs taken again after a treatment: what was done, then one value a sign."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.values import Kind
from clinic_desktop.services.translation import _

from .forms.tap_pad import LineTaps
from .framed_line import FramedLine
from .marks import draw_arrow, draw_tick, draw_warning, stroke_pen
from .panels.row_base import draw_text
from .retest_reading import ShownRetest, read_retest, sign_words
from .style import theme
from .tokens import INSET, LABEL_X, LEFT_X, RIGHT_X, RING, Tokens
from .treatment_field import TreatmentField
from .typeface import BODY, CAPTION, HEADING, elided, text_width, wrapped
from .viewmodels.reading import number_text, unit_words
from .viewmodels.retesting import RetestDraft, SignEntry

_TOP, _HEAD, _PITCH, _FOOT = 8, 40, 36, 6
_DOSE_X, _MINUTES_X, _AFTER_X, _VERDICT_X = 408, 586, 476, 590
"""Where the fields of a line begin, in px."""
_BEFORE_END = 448
"""Where the value before ends."""


@dataclass(slots=True)
class _SignRow:
    entry: SignEntry
    after: FramedLine
    name: str
    before: str
    unit: str
    shown: ShownRetest | None = None


class RetestAgain(QWidget):
    """Return goes from the treatment over dose and minutes to each sign, and then back."""

    finished = Signal()
    """The last value was passed: the keyboard may go back to where it was."""

    def __init__(
        self, draft: RetestDraft, library: PlanLibrary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("retest_entry")
        self.draft = draft
        self._library = library
        self._rows: list[_SignRow] = []
        self._problem = ""
        self.treatment = TreatmentField(library, self)
        self.dose = self._line("retest_dose_given", _("Dose given"))
        self.minutes = self._line("retest_minutes", _("Minutes from test to test"))
        self.treatment.chosen.connect(self._on_treatment)
        self.treatment.passed.connect(partial(self._pass, self.treatment))
        self.dose.line.textEdited.connect(self._on_dose)
        self.minutes.line.textEdited.connect(self._on_minutes)
        for line in (self.dose, self.minutes):
            line.line.returnPressed.connect(partial(self._pass, line))

    def _line(self, name: str, spoken: str) -> FramedLine:
        made = FramedLine(name, 24, self)
        made.line.setAccessibleName(spoken)
        made.line.installEventFilter(self)
        return made

    # ------------------------------------------------------------------ showing
    def stand_ready(self, likely: tuple[str, ...]) -> None:
        """Show the draft as it stands; `likely` are treatments to propose, the first in grey."""
        self.draft.stand_ready()
        self._problem = ""
        self.treatment.propose(likely)
        for row in self._rows:
            row.after.hide()
            row.after.deleteLater()
        self._rows = [self._row(entry) for entry in self.draft.entries]
        order = [self.treatment, self.dose, self.minutes, *(row.after for row in self._rows)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._show_done()
        for row in self._rows:
            self._judge(row)
        self._place()

    def _row(self, entry: SignEntry) -> _SignRow:
        model = self.draft.model
        spec = model.catalogue.spec(entry.sign.finding)
        after = self._line(f"retest_after:{entry.sign}", "")
        charted = model.value(entry.sign)
        before = "" if entry.before.value is None else number_text(entry.before.value)
        if not before and spec.kind is Kind.RESULT and isinstance(charted, str):
            before = charted.replace("_", " ")
        row = _SignRow(entry, after, sign_words(entry.sign, model.text), before, unit_words(spec))
        said = _("{sign}, after the treatment").format(sign=row.name)
        after.line.setAccessibleName(said)
        if spec.kind is not Kind.NUMBER or entry.before.value is None:
            after.line.setPlaceholderText(_("b s w"))
        if spec.tapped:
            LineTaps(after.line, spec.low, spec.high)
            after.line.setPlaceholderText(_("T taps"))
        after.line.setText(entry.unread or _typed(entry))
        after.line.textEdited.connect(partial(self._on_after, row))
        after.line.returnPressed.connect(partial(self._pass, after))
        after.show()
        return row

    def _show_done(self) -> None:
        done = self.draft.done
        self.treatment.show_treatment(done.treatment, done.note)
        usual = self._library.text(done.treatment).dose if done.treatment else ""
        self.dose.line.setPlaceholderText(usual or _("dose"))
        for line, words in (
            (self.dose.line, done.dose or ""),
            (self.minutes.line, "" if done.minutes is None else number_text(done.minutes)),
        ):
            if line.text().strip() != words and not self.minutes.has_error:
                line.setText(words)

    def follow(self) -> None:
        """Show what an undo or redo made of it."""
        if self.draft.follow():
            self._show_done()
            for row in self._rows:
                row.after.line.setText(row.entry.unread or _typed(row.entry))
                self._judge(row)

    # ------------------------------------------------------------------ going round
    def take_focus(self) -> None:
        """Give the keyboard to what is asked first: the treatment, else the first open sign."""
        if not self.draft.done.treatment:
            self._focus(self.treatment)
        else:
            self.next_sign()

    def next_sign(self) -> None:
        """Go to the next sign that is open, round from the last to the first."""
        self.treatment.settle()
        lines = [row.after for row in self._rows]
        at = next((n for n, line in enumerate(lines) if line.line.hasFocus()), -1)
        order = [*self._rows[at + 1 :], *self._rows[: at + 1]]
        still_open = [row for row in order if not row.entry.is_taken]
        for row in (still_open or order)[:1]:
            self._focus(row.after)

    def _pass(self, field: FramedLine) -> None:
        """Return in a field: to the next one; behind the last sign all is done."""
        order: list[FramedLine] = [self.treatment, self.dose, self.minutes]
        order += [row.after for row in self._rows]
        later = order[order.index(field) + 1 :]
        if field is self.treatment and not self.draft.done.treatment:
            self._say_missing()
        elif later:
            self._focus(later[0])
        else:
            self._end()

    def _end(self) -> None:
        """Go back, unless something that was typed would not be kept."""
        wrong = next((row for row in self._rows if row.entry.problem), None)
        if wrong is not None:
            self._focus(wrong.after)
        elif any(row.entry.is_taken for row in self._rows) and not self.draft.done.treatment:
            self._say_missing()
        else:
            self.finished.emit()

    def _say_missing(self) -> None:
        self._problem = _("Say what was done.")
        self._focus(self.treatment)
        self.update()

    def _focus(self, field: FramedLine) -> None:
        field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        field.line.selectAll()

    # ------------------------------------------------------------------ what is typed
    def _on_treatment(self, item: str, note: object) -> None:
        self._problem = ""
        self.draft.treat(item, note if isinstance(note, str) else None)
        self._show_done()
        for row in self._rows:
            self._judge(row)

    def _on_dose(self, typed: str) -> None:
        if typed == "=":
            typed = self.dose.line.placeholderText() if self.draft.done.treatment else ""
            self.dose.line.setText(typed)
        self.draft.set_dose(typed)

    def _on_minutes(self, typed: str) -> None:
        self._problem = self.draft.set_minutes(typed)
        self.minutes.set_error(bool(self._problem))
        self.minutes.line.setAccessibleDescription(self._problem)
        self.update()

    def _on_after(self, row: _SignRow, typed: str) -> None:
        self.draft.take(row.entry.sign, typed)
        for other in self._rows:
            self._judge(other)

    def _judge(self, row: _SignRow) -> None:
        """Show beside a sign what its two values come to, or why they are not compared."""
        draft, entry = self.draft, row.entry
        row.shown = None
        if entry.is_taken:
            retest, model = draft.retest(entry), draft.model
            row.shown = read_retest(
                retest, draft.judgement(entry), model.catalogue, model.text, self._library
            )
        row.after.set_error(bool(entry.problem))
        said = entry.problem or (row.shown.verdict_words if row.shown else "")
        row.after.line.setAccessibleDescription(said)
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.draft.model.end_step()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ layout and painting
    def wanted_height(self) -> int:
        """Its height in px."""
        return _TOP + _HEAD + len(self._rows) * _PITCH + _FOOT

    def _place(self) -> None:
        height = 24 + 2 * RING
        top = _TOP - RING
        self.treatment.setGeometry(RIGHT_X - RING, top, 204 + 2 * RING, height)
        self.dose.setGeometry(_DOSE_X - RING, top, 136 + 2 * RING, height)
        self.minutes.setGeometry(_MINUTES_X - RING, top, 48 + 2 * RING, height)
        for place, row in enumerate(self._rows):
            y = _TOP + _HEAD + place * _PITCH
            row.after.setGeometry(_AFTER_X - RING, y - RING, 56 + 2 * RING, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.surface)
        painter.fillRect(0, 0, self.width(), 1, shown.edge)
        draw_text(painter, LABEL_X, _TOP + 3, (_("Retest"),), shown.ink, HEADING, True)
        draw_text(painter, LABEL_X, _TOP + 22, (_("after a treatment"),), shown.grey, CAPTION)
        draw_text(painter, LEFT_X, _TOP + 3, (_("dose"),), shown.ink2)
        word = _("time")
        x = _MINUTES_X - 10 - text_width(word)
        draw_text(painter, x, _TOP + 3, (word,), shown.ink2)
        x = _MINUTES_X + 48 + 8
        draw_text(painter, x, _TOP + 3, (_("min"),), shown.grey)
        if self._problem:
            self._draw_problem(painter, x + 28, _TOP + 12, self._problem, shown)
        for place, row in enumerate(self._rows):
            self._draw_row(painter, row, _TOP + _HEAD + place * _PITCH, shown)

    def _draw_row(self, painter: QPainter, row: _SignRow, y: int, shown: Tokens) -> None:
        unit = row.unit if row.before and row.entry.before.value is not None else ""
        end = float(_BEFORE_END)
        if unit:
            end -= text_width(unit, CAPTION)
            draw_text(painter, end, y + 3, (unit,), shown.grey, CAPTION)
            end -= 5
        before = row.before or _("not charted")
        bold = bool(row.before)
        size = HEADING if unit else BODY
        start = end - text_width(before, size, bold)
        tone = shown.ink if row.before else shown.grey
        draw_text(painter, start, y + 3, (before,), tone, size, bold)
        name = elided(row.name, start - RIGHT_X - 12)
        draw_text(painter, RIGHT_X, y + 3, (name,), shown.ink2)
        draw_arrow(painter, QPointF(_BEFORE_END + 14, y + 12), shown.ink2, 12)
        draw_text(painter, _AFTER_X + 62, y + 3, (row.unit,), shown.grey, CAPTION)
        if row.entry.problem:
            self._draw_problem(painter, _VERDICT_X, y + 12, row.entry.problem, shown)
        elif row.shown is not None:
            self._draw_verdict(painter, row.shown, y, shown)

    def _draw_problem(
        self, painter: QPainter, x: float, y: float, words: str, shown: Tokens
    ) -> None:
        """A fault beside its place, on one line or two."""
        draw_warning(painter, QPointF(x + 6, y), shown.danger, shown.surface)
        room = self.width() - INSET - x - 16
        lines = wrapped(words, room, CAPTION)[:2]
        top = y - 9 * len(lines)
        draw_text(painter, x + 16, top, lines, shown.danger, CAPTION)

    def _draw_verdict(self, painter: QPainter, retest: ShownRetest, y: int, shown: Tokens) -> None:
        x = float(_VERDICT_X)
        draw_verdict_sign(painter, QPointF(x + 5, y + 5), retest.verdict, shown)
        room = self.width() - INSET - x - 18
        tone = shown.caution if retest.verdict == "worse" else shown.ink
        draw_text(painter, x + 18, y - 5, (elided(retest.said_short, room, BODY, True),), tone,
                  BODY, True)  # fmt: skip
        detail = ", ".join(part for part in (retest.detail, retest.error) if part)
        draw_text(painter, x + 18, y + 12, (elided(detail, room, CAPTION),), shown.grey, CAPTION)


def draw_verdict_sign(painter: QPainter, at: QPointF, verdict: str, shown: Tokens) -> None:
    """Tick for better, warning for worse, a dash for no real change: never by colour alone."""
    if verdict == "better":
        draw_tick(painter, at, shown.ink)
    elif verdict == "worse":
        draw_warning(painter, at, shown.caution, shown.surface)
    else:
        painter.setPen(stroke_pen(shown.ink2, 1.5))
        painter.drawLine(at - QPointF(5, 0), at + QPointF(5, 0))


def likely_treatments(draft: RetestDraft) -> tuple[str, ...]:
    """What she would do next: the plan's items, then the panel's, without those tried today."""
    visit, said = draft.model.visit, draft.model.suggestion.plan
    tried = {retest.treatment for retest in visit.retests}
    wanted = [choice.item for choice in visit.plan]
    wanted += [*said.first, *said.later]
    standing = set(said.standing)
    return tuple(dict.fromkeys(i for i in wanted if i not in tried and i not in standing))


def _typed(entry: SignEntry) -> str:
    if entry.after is not None:
        return number_text(entry.after)
    return entry.verdict or ""
