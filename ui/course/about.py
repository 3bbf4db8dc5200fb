"""What a course is about: reason, side, goal in words and in a number, visits, beginning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from clinic_desktop.domain.courses import COURSE_SIDES, MOST_PLANNED, GoalNumber
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.trends import MEASURES
from clinic_desktop.services.course.words import visit_of
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, pgettext
from ui.forms.choice import ChoiceInput
from ui.forms.next_visit import next_visit_of
from ui.forms.segments import SegmentedInput
from ui.forms.words import Option
from ui.home.patient_list import problem_words
from ui.tokens import CARD, CONTROL_WIDTH, NUMBER_WIDTH, RING
from ui.typeface import TITLE
from ui.viewmodels.reading import read_typed, shown_number, unit_words
from ui.visit.chart import OpenChart
from ui.widgets.card import Card
from ui.widgets.dates import UnclearDate, read_day
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label

LABELS, FIELD = 116, 24
CHOICE_WIDTH = 300


class CourseAbout(Card):
    """A small form; each field says beside it what was understood, and is kept as it is typed."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._chart = chart
        self._model = chart.about
        self._echoes: dict[str, Label] = {}
        self._shown: GoalNumber | None = None
        self._refused = Label(bold=True, tone="danger", parent=self)
        self._refused.setWordWrap(True)
        self._refused.hide()
        self._model.refused.connect(self._refuse)
        self.reason = self._line("about_reason", _("Reason for coming"), self._on_reason)
        self.side = SegmentedInput(side_options(), parent=self)
        self.side.setObjectName("about_side")
        self.side.setAccessibleName(_("Side that is treated"))
        self.side.setFixedSize(CONTROL_WIDTH + 2 * RING, FIELD + 2 * RING)
        self.side.edited.connect(lambda side: self._say("side", side=side))
        self.goal = self._line("about_goal", _("Goal in the patient's words"), self._on_goal)
        names = chart.desk.text.findings
        self.measure = ChoiceInput(_measures(lambda name: names[name].name), self)
        self.measure.setObjectName("about_measure")
        self.measure.setAccessibleName(_("Measure of the goal"))
        self.measure.setFixedSize(CHOICE_WIDTH + 2 * RING, FIELD + 2 * RING)
        self.measure.edited.connect(self._on_measure)
        self.target = self._line("about_target", _("Number to reach"), self._on_target)
        self.planned = self._line("about_planned", _("Planned visits"), self._on_planned)
        self.opened = self._line("about_opened", _("Course opened"), self._on_opened)
        for line, wide in (
            (self.target, NUMBER_WIDTH),
            (self.planned, NUMBER_WIDTH),
            (self.opened, CONTROL_WIDTH),
        ):
            line.setFixedWidth(wide + 2 * RING)
        self._next = Label("", parent=self)
        self._next.setContentsMargins(RING, 0, 0, 0)
        self._echoes["about_side"] = Label(tone="ink2", parent=self)
        self._arrange()
        chart.model.changed.connect(self.refresh)
        self.refresh()

    def _line(self, name: str, spoken: str, on_edited: Callable[[str], None]) -> FramedLine:
        frame = FramedLine(name, FIELD, self)
        frame.line.setAccessibleName(spoken)
        frame.line.textEdited.connect(on_edited)
        frame.line.editingFinished.connect(lambda: self._on_finished(frame))
        self._echoes[name] = Label(tone="ink2", parent=self)
        return frame

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(CARD, CARD - 2, CARD - RING, CARD)  # rings stand outside
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        self._title = Label("", TITLE, bold=True)
        self._title.setContentsMargins(0, 0, 0, 4)
        grid.addWidget(self._title, 0, 0, 1, 2)
        echo = self._echoes
        rows = (
            (_("Reason"), (self.reason,)),
            (_("Side"), (self.side, echo["about_side"], None)),
            (_("Goal, their words"), (self.goal,)),
            (_("Goal in a number"), (self.measure, self.target, echo["about_target"], None)),
            (_("Planned visits"), (self.planned, echo["about_planned"], None)),
            (_("Opened"), (self.opened, echo["about_opened"], None)),
            (_("Next visit"), (self._next, None)),
        )
        for row, (word, parts) in enumerate(rows, 1):
            label = Label(word, tone="ink2")
            grid.addWidget(label.of(parts[0]) if parts[0] is not None else label, row, 0)
            line = QHBoxLayout()
            line.setSpacing(8 - RING)
            for part in parts:
                if part is None:
                    line.addStretch(1)
                else:
                    line.addWidget(part)
            grid.addLayout(line, row, 1)
            grid.setRowMinimumHeight(row, FIELD + 2 * RING)
        grid.addWidget(self._refused, len(rows) + 1, 0, 1, 2)
        self.column.addLayout(grid)

    # ------------------------------------------------------------------ showing
    def take_focus(self) -> None:
        """Put the cursor into the reason."""
        self.reason.setFocus()

    def name_course(self, title: str) -> None:
        """Say which of the patient's courses it is."""
        self._title.setText(title)

    def refresh(self) -> None:
        """Show what is said now; what is being typed stays."""
        facts, case = self._model.facts, self._chart.model.editor.case
        _show(self.reason, facts.reason or "")
        hint = problem_words(case.side) or _("why the patient comes, in a few words")
        self.reason.line.setPlaceholderText(hint)
        self.side.show_value(facts.side)
        charted = problem_words(case.side) if facts.side is None else ""
        self._tell("about_side", _("charted: {side}").format(side=charted) if charted else "")
        _show(self.goal, facts.goal or "")
        self.goal.line.setPlaceholderText(case.goal or _("what the patient wants to do again"))
        self._show_target(facts.target)
        _show(self.planned, str(facts.planned_visits or ""))
        self._tell("about_planned", visit_of(self._chart.ordinal, facts))
        _show(self.opened, date_words(facts.opened) if facts.opened else "")
        self.opened.line.setPlaceholderText(date_words(case.visits[0].date))
        if not self.opened.has_error:
            self._tell("about_opened", "")
        self._next.setText(self._next_words())
        self._lock(facts.is_closed)

    def _lock(self, locked: bool) -> None:
        """A closed course is read; it is opened again to be changed."""
        for frame in (self.reason, self.goal, self.target, self.planned, self.opened):
            frame.line.setReadOnly(locked)
            frame.update()
        for choice in (self.side, self.measure):
            choice.set_locked(locked)

    def _show_target(self, target: GoalNumber | None) -> None:
        """A measure whose number is still to come stays chosen, though nothing of it is kept."""
        taken_back = self._shown is not None and not self.target.line.hasFocus()
        if target is not None:
            self.measure.show_value(target.measure)
            spec = self._chart.desk.catalogue.spec(target.measure)
            _show(self.target, shown_number(spec, target.value))
        elif taken_back:
            self.measure.show_value(None)
            _show(self.target, "")
        self._shown = target
        self._say_target()

    def _next_words(self) -> str:
        day = next_visit_of(self._chart.model)
        if day is None:
            return _("not planned at this visit; it is charted under Plan")
        return _("{day}, planned at this visit").format(day=date_words(day))

    def _tell(self, name: str, words: str, bad: bool = False) -> None:
        echo = self._echoes[name]
        echo.setText(words)
        echo.set_tone("danger" if bad else "ink2")

    def _say_target(self) -> None:
        measure = self.measure.value()
        if self.target.has_error:
            return
        if not isinstance(measure, str):
            self._tell("about_target", _("choose what is measured"))
            return
        self._tell("about_target", unit_words(self._chart.desk.catalogue.spec(measure)))

    # ------------------------------------------------------------------ typing
    def _say(self, merging: str, **changes: Any) -> str:
        problem = self._model.say(replace(self._model.facts, **changes), merging)
        self._refuse(problem)
        return problem

    def _refuse(self, why: str) -> None:
        self._refused.setText(why)
        self._refused.setVisible(bool(why))

    def _on_reason(self, typed: str) -> None:
        self._say("reason", reason=typed if typed.strip() else None)

    def _on_goal(self, typed: str) -> None:
        self._say("goal", goal=typed if typed.strip() else None)

    def _on_measure(self, measure: object) -> None:
        if measure is None:
            self.target.line.clear()
            self.target.set_error(False)
            self._say("target", target=None)
            self.refresh()
            return
        self.target.setFocus()
        self._on_target(self.target.line.text())

    def _on_target(self, typed: str) -> None:
        """Keep the number as soon as it can be read with its measure; one alone is no goal."""
        self.target.set_error(False)
        measure = self.measure.value()
        value = self._target_value(typed) if isinstance(measure, str) else None
        named = isinstance(measure, str) and value is not None
        self._say("target", target=GoalNumber(str(measure), value or 0) if named else None)
        self._say_target()

    def _target_value(self, typed: str) -> float | None:
        spec = self._chart.desk.catalogue.spec(str(self.measure.value()))
        try:
            value = read_typed(spec, typed)
        except InvalidValue:
            return None
        return value if isinstance(value, int | float) else None

    def _on_planned(self, typed: str) -> None:
        self.planned.set_error(False)
        number = _whole(typed)
        if number is not None or not typed.strip():
            self._say("planned", planned_visits=number)

    def _on_opened(self, typed: str) -> None:
        self.opened.set_error(False)
        try:
            day = read_day(typed, self._chart.today) if typed.strip() else None
        except UnclearDate:
            return
        self._say("opened", opened=day)

    def _on_finished(self, frame: FramedLine) -> None:
        """Complain only once the therapist is through with a field; what was typed stays."""
        self._model.end_step()
        typed = frame.line.text()
        if not typed.strip() or not frame.line.isModified():
            return
        if frame is self.planned and _whole(typed) is None:
            frame.set_error(True)
            said = _("a whole number, 1 to {most}").format(most=MOST_PLANNED)
            self._tell("about_planned", said, bad=True)
        elif frame is self.target:
            self._finish_target(typed)
        elif frame is self.opened:
            self._finish_opened(typed)

    def _finish_target(self, typed: str) -> None:
        measure = self.measure.value()
        if not isinstance(measure, str):
            self._tell("about_target", _("choose what is measured"), bad=True)
            return
        try:
            read_typed(self._chart.desk.catalogue.spec(measure), typed)
        except InvalidValue as problem:
            self.target.set_error(True)
            self._tell("about_target", str(problem), bad=True)

    def _finish_opened(self, typed: str) -> None:
        try:
            day: dt.date | None = read_day(typed, self._chart.today)
            problem = self._say("opened", opened=day)
        except UnclearDate as unclear:
            problem = str(unclear)
        self.opened.set_error(bool(problem))
        self._tell("about_opened", problem, bad=True)
        if not problem and day is not None:
            self.opened.line.setText(date_words(day))


def side_options() -> tuple[Option, ...]:
    """The sides that a course can be of."""
    words = {"right": _("right"), "left": _("left"), "both": _("both")}
    keys = {
        "right": pgettext("key: right", "r"),
        "left": pgettext("key: left", "l"),
        "both": pgettext("key: both", "b"),
    }
    return tuple(Option(side, words[side], words[side], keys[side]) for side in COURSE_SIDES)


def _measures(name: Callable[[str], str]) -> tuple[Option, ...]:
    return tuple(
        Option(measure, name(measure), name(measure), str(place) if place <= 9 else "")
        for place, measure in enumerate(MEASURES, 1)
    )


def _show(frame: FramedLine, text: str) -> None:
    if not frame.line.hasFocus() and not frame.has_error and frame.line.text() != text:
        frame.line.setText(text)


def _whole(typed: str) -> int | None:
    plain = typed.strip()
    fits = plain.isascii() and plain.isdigit() and 1 <= int(plain) <= MOST_PLANNED
    return int(plain) if fits else None
