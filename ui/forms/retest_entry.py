"""Before and after one treatment: the comparison that tells whether it helped."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.plans import PlanLibrary, is_own_item
from clinic_desktop.domain.values import Kind, Side, Value
from clinic_desktop.domain.visits import Retest
from clinic_desktop.services.course.retest_words import treated_words
from clinic_desktop.services.words.translation import _, pgettext
from clinic_desktop.services.words.wording import finding_name
from ui.tokens import CONTROL_WIDTH, RING
from ui.viewmodels.reading import Unreadable, read_typed, shown_number, unit_words
from ui.viewmodels.retesting import read_minutes
from ui.widgets.buttons import Button
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label

from .choice import ChoiceInput
from .segments import SegmentedInput
from .words import Option

SIGNS: Final = (
    "slr.angle", "slump.knee_angle", "bridge.pain", "bridge.reps", "knee_extension.deficit",
    "palpation.tuberosity", "resisted_15.pain", "modified_bent_knee.pain", "outcome.nprs_now",
    "slr.result", "slump.result", "nerve_mobility.result", "resisted.result",
)  # fmt: skip
"""Signs that can be taken again a minute later: by their number, or in words."""
OTHER: Final = "other"


class RetestEntry(QWidget):
    """Chooses treatment, sign and side, and takes two numbers or a verdict."""

    added = Signal(object)
    """A Retest."""

    def __init__(
        self, catalogue: Catalogue, text: CatalogueText, library: PlanLibrary, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        items = [Option(item, library.name(item), library.name(item), "") for item in library.items]
        other = Option(OTHER, _("other"), _("other treatment"), "")
        self.treatment = self._named(ChoiceInput((*items, other), self), "retest_treatment")
        signs = [s for s in SIGNS if s in catalogue.findings]
        named = tuple(Option(s, *(finding_name(text, s),) * 2, "") for s in signs)
        self.test = self._named(ChoiceInput(named, self), "retest_test")
        self.side = self._named(SegmentedInput(_sides(), parent=self), "retest_side")
        self.verdict = self._named(SegmentedInput(_verdicts(), parent=self), "retest_verdict")
        self.before = FramedLine("retest_before", 24, self)
        self.after = FramedLine("retest_after", 24, self)
        self.note = FramedLine("retest_note", 24, self)
        self.dose = FramedLine("retest_dose", 24, self)
        self.minutes = FramedLine("retest_minutes_by_hand", 24, self)
        self.unit = Label(tone="grey", parent=self)
        self.problem = Label(bold=True, tone="danger", parent=self)
        self.add = Button(_("Add retest"), height=28, parent=self)
        self.add.setObjectName("add_retest")
        self.add.clicked.connect(self.add_retest)
        self.test.edited.connect(self._on_test)
        self.after.line.returnPressed.connect(self.add_retest)
        self._arrange()
        self._on_test(None)

    def _named(
        self, widget: ChoiceInput | SegmentedInput, name: str
    ) -> ChoiceInput | SegmentedInput:
        widget.setObjectName(name)
        widget.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
        return widget

    def _arrange(self) -> None:
        numbers = self._numbers()
        rows: tuple[tuple[str, QWidget, str, QWidget], ...] = (
            (_("treatment"), self.treatment, _("sign"), self.test),
            (_("side"), self.side, _("or just"), self.verdict),
            (_("before, after"), numbers, _("note"), self.note),
            (_("dose"), self.dose, _("minutes"), self.minutes),
        )
        for frame in (self.note, self.dose):
            frame.setFixedWidth(CONTROL_WIDTH + 2 * RING)
        self.minutes.setFixedWidth(64 + 2 * RING)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, 128 - RING)
        grid.setColumnMinimumWidth(2, 84)
        grid.setColumnStretch(4, 1)
        for place, (left, first, right, second) in enumerate(rows):
            for column, (word, widget) in enumerate(((left, first), (right, second))):
                named = self.before if widget is numbers else widget
                label = Label(word, tone="ink2").of(named)
                label.setContentsMargins(16 if column else 0, 0, 0, 0)
                grid.addWidget(label, place, 2 * column)
                grid.addWidget(widget, place, 2 * column + 1)
                if isinstance(widget, ChoiceInput | SegmentedInput):
                    widget.setAccessibleName(word)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.problem, 1)
        grid.addLayout(foot, len(rows), 1, 1, 4)
        self.note.line.setAccessibleName(_("Note on the retest"))
        self.dose.line.setAccessibleName(_("Dose given"))
        self.minutes.line.setAccessibleName(_("Minutes from test to test"))

    def _numbers(self) -> QWidget:
        both = QWidget(self)
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for frame, name in ((self.before, _("Before")), (self.after, _("After"))):
            frame.setFixedWidth(64 + 2 * RING)
            frame.line.setAccessibleName(name)
            line.addWidget(frame)
        line.addWidget(self.unit)
        line.addStretch(1)
        both.setFixedWidth(CONTROL_WIDTH + 2 * RING)
        return both

    def _on_test(self, _value: object) -> None:
        """Show the sign's unit, and ask for a side where it has sides."""
        spec = self._catalogue.findings.get(str(self.test.value()))
        self.unit.setText(unit_words(spec) if spec else "")
        self.side.setEnabled(spec is None or spec.sides)
        for frame in (self.before, self.after):
            frame.setEnabled(spec is None or spec.kind is Kind.NUMBER)

    def begin(self, test: str, side: Side | None, before: Value | None) -> None:
        """Stand ready for a sign to be taken again, with its latest value as the one before."""
        self.test.show_value(test)
        self.side.show_value(str(side) if side else None)
        spec = self._catalogue.spec(test)
        self.before.line.setText(shown_number(spec, before) if before is not None else "")
        for frame in (self.after, self.note, self.dose, self.minutes):
            frame.line.clear()
        self.verdict.show_value(None)
        self._on_test(None)

    # ------------------------------------------------------------------ adding
    def add_retest(self) -> None:
        """Hand the comparison on, or say beside the button what is missing."""
        try:
            retest = self._read()
        except InvalidValue as problem:
            self.problem.setText(str(problem))
            return
        self.problem.setText("")
        self.added.emit(retest)
        for frame in (self.before, self.after, self.note, self.dose, self.minutes):
            frame.line.clear()
        self.verdict.show_value(None)

    def _read(self) -> Retest:
        treatment, test = self.treatment.value(), self.test.value()
        if not isinstance(treatment, str) or not isinstance(test, str):
            raise Unreadable(_("Choose what was done and which sign was taken again."))
        side = self._side(self._catalogue.spec(test).sides)
        before, after = self._number(test, self.before), self._number(test, self.after)
        verdict = self.verdict.value()
        note = self.note.line.text().strip() or None
        if treatment == OTHER and note is None:
            raise Unreadable(_("Say in the note what was done."))
        given = self.dose.line.text().strip() or None, read_minutes(self.minutes.line.text())
        if before is not None and after is not None:
            return Retest(treatment, test, side, before, after, None, note, *given)
        if before is not None or after is not None or not isinstance(verdict, str):
            raise Unreadable(_("Two numbers, or better, same or worse."))
        return Retest(treatment, test, side, None, None, verdict, note, *given)

    def _side(self, has_sides: bool) -> Side | None:
        value = self.side.value()
        if has_sides and not isinstance(value, str):
            raise Unreadable(_("Choose the side."))
        return Side(str(value)) if has_sides else None

    def _number(self, test: str, frame: FramedLine) -> float | None:
        value = read_typed(self._catalogue.spec(test), frame.line.text())
        return value if isinstance(value, int | float) else None


def retest_words(
    retest: Retest, catalogue: Catalogue, text: CatalogueText, library: PlanLibrary
) -> str:
    """A comparison as a sentence: `SLR, first symptom, right: 54, then slider, then 66`."""
    known = retest.treatment in library.items or is_own_item(retest.treatment)
    done = treated_words(retest, library)
    name = finding_name(text, retest.test, retest.side)
    if retest.before is not None and retest.after is not None:
        spec = catalogue.spec(retest.test)
        before, after = shown_number(spec, retest.before), shown_number(spec, retest.after)
        said = _("{sign}: {before}, then {treatment}, then {after}")
        words = said.format(sign=name, before=before, treatment=done, after=after)
    else:
        verdicts = {option.value: option.label for option in _verdicts()}
        verdict = verdicts.get(retest.verdict or "", "")
        words = _("{sign}: {verdict} after {treatment}").format(
            sign=name, verdict=verdict, treatment=done
        )
    return f"{words} ({retest.note})" if retest.note and known else words


def _sides() -> tuple[Option, ...]:
    return (
        Option("right", _("right"), _("right"), pgettext("key: right", "r")),
        Option("left", _("left"), _("left"), pgettext("key: left", "l")),
    )


def _verdicts() -> tuple[Option, ...]:
    return (
        Option("better", _("better"), _("better"), pgettext("key: better", "b")),
        Option("same", _("same"), _("same"), pgettext("key: same", "s")),
        Option("worse", _("worse"), _("worse"), pgettext("key: worse", "w")),
    )
