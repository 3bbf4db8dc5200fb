"""The chosen signs taken again after a treatment: what was done, then one value a sign."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.catalogue import FindingSpec
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.values import Kind
from clinic_desktop.services.words.translation import _
from ui.forms.tap_pad import LineTaps
from ui.forms.words import spoken_word
from ui.style import theme
from ui.tokens import LABEL_X, LEFT_X, RIGHT_X, RING
from ui.typeface import CAPTION, HEADING, draw_text, text_width
from ui.viewmodels.reading import number_text, shown_number, unit_words
from ui.viewmodels.retesting import RetestDraft, SignEntry, verdict_word
from ui.widgets.framed_line import FramedLine

from .lines import (
    AFTER_X,
    BEFORE_X,
    VALUE_WIDTH,
    SignLine,
    paint_line,
    paint_problem,
)
from .reading import read_retest, sign_words
from .treatment_field import TreatmentField

_TOP, _HEAD, _PITCH, _FOOT = 8, 40, 36, 6
_DOSE_X, _DOSE_WIDTH = 408, 136
"""Where the second field of the treatment begins, and how wide it is, in px."""


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
        self._rows: list[SignLine] = []
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
            for line in (row.after, row.measured):
                if line is not None:
                    line.hide()
                    line.setParent(None)
                    line.deleteLater()
        self._rows = [self._row(entry) for entry in self.draft.entries]
        order = self._fields()
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._show_done()
        for row in self._rows:
            self._judge(row)
        self._describe()
        self._place()

    def _when(self) -> str:
        return _("before treatment") if self.is_measuring else _("after a treatment")

    def _describe(self) -> None:
        """Say what stands on it: the words before its lines, and each sign with its unit."""
        self.setAccessibleName(f"{_('Retest')}, {self._when()}")
        signs = (f"{row.name} {row.before} {row.unit}".strip() for row in self._rows)
        said = (_("dose"), f"{_('time')} ({_('min')})", *signs)
        self.setAccessibleDescription("; ".join(said))

    def _row(self, entry: SignEntry) -> SignLine:
        model = self.draft.model
        spec = model.catalogue.spec(entry.sign.finding)
        after = self._line(f"retest_after:{entry.sign}", "")
        charted = model.value(entry.sign)
        before = "" if entry.before.value is None else shown_number(spec, entry.before.value)
        if not before and spec.kind is Kind.RESULT and isinstance(charted, str):
            before = spoken_word(charted)
        row = SignLine(entry, after, sign_words(entry.sign, model.text), before, unit_words(spec))
        said = _("{sign}, after the treatment").format(sign=row.name)
        after.line.setAccessibleName(said)
        if spec.kind is not Kind.NUMBER or entry.before.value is None:
            after.line.setPlaceholderText(_("b s w"))
        if spec.tapped:
            LineTaps(after.line, spec.low, spec.high)
            after.line.setPlaceholderText(_("T taps"))
        after.line.setText(entry.unread or _typed(entry, spec))
        after.line.textEdited.connect(partial(self._on_after, row))
        after.line.returnPressed.connect(partial(self._pass, after))
        after.show()
        if spec.kind is Kind.NUMBER and entry.before.value is None:
            self._measure_first(row, spec)
        return row

    def _fields(self) -> list[FramedLine]:
        """Everything that is typed into, as Return and Tab meet it."""
        before = [row.measured for row in self._rows if row.measured is not None]
        after = [row.after for row in self._rows]
        return [*before, self.treatment, self.dose, self.minutes, *after]

    def _measure_first(self, row: SignLine, spec: FindingSpec) -> None:
        """Let a sign be measured here that was not charted today; last time's stands in grey."""
        sign = row.entry.sign
        line = row.measured = self._line(f"retest_before:{sign}", "")
        line.line.setAccessibleName(_("{sign}, before").format(sign=row.name))
        last = self.draft.model.last_time(sign)
        if isinstance(last, int | float):
            line.line.setPlaceholderText(shown_number(spec, last))
            told = _("last time {value}, = for the same").format(value=shown_number(spec, last))
            line.line.setAccessibleDescription(told)
        line.line.textEdited.connect(partial(self._on_before, row))
        line.line.returnPressed.connect(partial(self._pass, line))
        line.show()

    def _show_done(self) -> None:
        done = self.draft.done
        self.treatment.show_treatment(done.treatment, done.note)
        usual = self._library.text(done.treatment).dose if done.treatment else ""
        self.dose.line.setPlaceholderText(usual)
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
                row.after.line.setText(row.entry.unread or _typed(row.entry, self._spec(row)))
                self._judge(row)

    @property
    def is_measuring(self) -> bool:
        """Whether the signs are measured that today were not yet; nothing was done between."""
        return not self.draft.done.treatment and any(row.measured for row in self._rows)

    # ------------------------------------------------------------------ going round
    def take_focus(self) -> None:
        """Give the keyboard to what is asked first: a sign that was not charted today, the
        treatment, else the first open sign."""
        blank = (row.measured for row in self._rows if row.measured is not None)
        first = next(blank, None)
        if first is not None and not self.draft.done.treatment:
            self._focus(first)
        elif not self.draft.done.treatment:
            self._focus(self.treatment)
        else:
            self.next_sign()

    def next_sign(self) -> None:
        """Go to the next sign that is open, round from the last to the first."""
        self.treatment.settle()
        measuring = (r.measured for r in self._rows if r.measured and r.measured.line.hasFocus())
        field = next(measuring, None)
        if field is not None:
            self._pass(field)
            return
        lines = [row.after for row in self._rows]
        at = next((n for n, line in enumerate(lines) if line.line.hasFocus()), -1)
        order = [*self._rows[at + 1 :], *self._rows[: at + 1]]
        still_open = [row for row in order if not row.entry.is_taken]
        for row in (still_open or order)[:1]:
            self._focus(row.after)

    def _pass(self, field: FramedLine) -> None:
        """Return in a field: to the next one; behind the last sign all is done."""
        order = self._fields()
        later = order[order.index(field) + 1 :]
        if field is self.treatment and not self.draft.done.treatment:
            self._say_missing()
        elif later and later[0] is self.treatment:
            # Measured: now it is treated, and the key comes back here.
            self._end()
        elif later:
            self._focus(later[0])
        else:
            self._end()

    def _end(self) -> None:
        """Go back, unless something that was typed would not be kept."""
        wrong = next((row.after for row in self._rows if row.entry.problem), None)
        wrong = next((row.measured for row in self._rows if row.fault), wrong)
        if wrong is not None:
            self._focus(wrong)
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

    def _on_before(self, row: SignLine, typed: str) -> None:
        row.fault = self.draft.measure(row.entry.sign, typed)
        line, value = row.measured, row.entry.before.value
        if line is not None:
            line.set_error(bool(row.fault))
            line.line.setAccessibleDescription(row.fault)
            if typed.strip() == "=":
                line.line.setText("" if value is None else shown_number(self._spec(row), value))
        for other in self._rows:
            self._judge(other)

    def _spec(self, row: SignLine) -> FindingSpec:
        return self.draft.model.catalogue.spec(row.entry.sign.finding)

    def _on_after(self, row: SignLine, typed: str) -> None:
        self.draft.take(row.entry.sign, typed)
        for other in self._rows:
            self._judge(other)

    def _judge(self, row: SignLine) -> None:
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
        self.dose.setGeometry(_DOSE_X - RING, top, _DOSE_WIDTH + 2 * RING, height)
        self.minutes.setGeometry(_minutes_x() - RING, top, 48 + 2 * RING, height)
        for place, row in enumerate(self._rows):
            y = _TOP + _HEAD + place * _PITCH
            row.after.setGeometry(AFTER_X - RING, y - RING, VALUE_WIDTH + 2 * RING, height)
            if row.measured is not None:
                row.measured.setGeometry(BEFORE_X - RING, y - RING, VALUE_WIDTH + 2 * RING, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.surface)
        painter.fillRect(0, 0, self.width(), 1, shown.edge)
        draw_text(painter, LABEL_X, _TOP + 3, (_("Retest"),), shown.ink, HEADING, True)
        draw_text(painter, LABEL_X, _TOP + 22, (self._when(),), shown.grey, CAPTION)
        draw_text(painter, LEFT_X, _TOP + 3, (_("dose"),), shown.ink2)
        word = _("time")
        x = _minutes_x() - 10 - text_width(word)
        draw_text(painter, x, _TOP + 3, (word,), shown.ink2)
        x = _minutes_x() + 48 + 8
        draw_text(painter, x, _TOP + 3, (_("min"),), shown.grey)
        if self._problem:
            paint_problem(painter, QPointF(x + 28, _TOP + 12), self._problem, self.width(), shown)
        for place, row in enumerate(self._rows):
            paint_line(painter, row, _TOP + _HEAD + place * _PITCH, self.width(), shown)


def _minutes_x() -> int:
    """Where the third field begins: after its word, whichever language it is in."""
    return max(586, round(_DOSE_X + _DOSE_WIDTH + 8 + text_width(_("time")) + 10))


def likely_treatments(draft: RetestDraft) -> tuple[str, ...]:
    """What she would do next: the plan's items, then the panel's, without those tried today."""
    visit, said = draft.model.visit, draft.model.suggestion.plan
    tried = {retest.treatment for retest in visit.retests}
    wanted = [choice.item for choice in visit.plan]
    wanted += [*said.first, *said.later]
    standing = set(said.standing)
    return tuple(dict.fromkeys(i for i in wanted if i not in tried and i not in standing))


def _typed(entry: SignEntry, spec: FindingSpec) -> str:
    if entry.after is not None:
        return shown_number(spec, entry.after)
    return verdict_word(entry.verdict)
