"""The patient's own sheet: details put right, two entries made one, a visit moved, a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError, DuplicatePatient
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import correct_patient, find_patients
from clinic_desktop.services.stored import PatientSummary
from clinic_desktop.services.visit.entries import (
    merge_patients,
    move_visit,
    part_patients,
    perhaps_the_same,
    remove_entry,
    restore_entry,
    take_back,
)
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.forms.segments import SegmentedInput
from ui.home.new_patient import LINE_WIDTH, sexes
from ui.papers.own_copy_button import OwnCopyButton
from ui.tokens import BETWEEN, INSET, RING
from ui.typeface import TITLE
from ui.visit.chart import OpenChart
from ui.widgets.buttons import Look, button_for
from ui.widgets.card import flush
from ui.widgets.dates import UnclearDate, read_day
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label, Told
from ui.widgets.overlay import Overlay
from ui.widgets.toast import Toast
from ui.work.background import Background
from ui.work.worker import writer

if TYPE_CHECKING:
    from ui.visit.page import VisitPage

WIDTH: Final = 720
_WORDS: Final = 132
"""Width of the words before the fields."""


class PatientSheet(Overlay):
    """Lies over the visit; each act in it says what it did, and most can be taken back."""

    changed = Signal(int, int)
    """The chart is to be read anew: the patient's number and the visit."""
    removed = Signal()
    """The entry is in no list any more."""

    def __init__(self, desk: Desk, work: Background, parent: QWidget) -> None:
        super().__init__("patient_sheet", parent)
        self._desk = desk
        self._chart: OpenChart | None = None
        self._other: PatientSummary | None = None
        self.title = Label("", TITLE, bold=True, parent=self.card)
        self.name = FramedLine("sheet_name", 28, self.card)
        self.birth = FramedLine("sheet_birth_date", 28, self.card)
        self.sex = SegmentedInput(sexes(), parent=self.card)
        self.sex.setObjectName("sheet_sex")
        self.other = FramedLine("sheet_other", 28, self.card)
        self.reason = FramedLine("sheet_reason", 28, self.card)
        self.echo = Label(tone="ink2", parent=self.card)
        self.found = Label(tone="ink2", parent=self.card)
        self.known_as = Label(tone="ink2", parent=self.card)
        self.problem = Told(bold=True, tone="danger", parent=self.card)
        self.toast = Toast(self.card)
        made = partial(button_for, parent=self.card)
        self.save_button = made("save_details", _("Save details"), self._save, Look.SOLID)
        self.move_button = made("move_visit", _("Move this visit there"), self._move)
        self.merge_button = made("merge_patients", _("Same person: make one"), self._merge)
        self.part_button = made("part_patients", _("Take apart again"), self._part)
        self.remove_button = made(
            "remove_patient", _("Entered by mistake"), self._remove, Look.QUIET_DANGER
        )
        self.copy_button = OwnCopyButton(desk, work, self.card)
        self.copy_button.told.connect(self.found.setText)
        self.copy_button.failed.connect(self.problem.setText)
        self.close_button = made("close_patient", _("Close"), self.close_up)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        for frame in (self.name, self.birth, self.other, self.reason):
            frame.line.textEdited.connect(lambda _text: self.problem.setText(""))
        self.birth.line.textEdited.connect(self._show_birth)
        self.other.line.textEdited.connect(self._look_up)
        for frame in (self.name, self.birth):
            frame.line.returnPressed.connect(self._save)
        self.name.line.setMaxLength(200)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _WORDS)
        grid.setColumnStretch(2, 1)
        # The rare deeds stand last, each below what it needs.
        fields: dict[int, tuple[str, QWidget, QWidget | None]] = {
            0: (_("Name"), self.name, self.known_as),
            1: (_("Birth date"), self.birth, self.echo),
            2: (_("Sex"), self.sex, None),
            5: (_("Another patient"), self.other, self.found),
            6: (_("Reason"), self.reason, None),
        }
        for row, (word, field, beside) in fields.items():
            grid.addWidget(Label(word, tone="ink2", parent=self.card).of(field), row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
            if beside is not None:
                grid.addWidget(beside, row, 2)
            field.setFixedWidth(LINE_WIDTH + 2 * RING)
            getattr(field, "line", field).setAccessibleName(word)
        grid.addWidget(self.save_button, 3, 1)
        grid.setRowMinimumHeight(4, 16)
        grid.addWidget(_row(self.move_button, self.merge_button, self.part_button), 7, 1, 1, 2)
        grid.addWidget(self.remove_button, 8, 1)
        self.sex.setFixedHeight(28 + 2 * RING)
        self.found.setWordWrap(True)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(INSET, INSET, INSET, INSET)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(grid)
        column.addWidget(self.problem)
        column.addSpacing(8)
        column.addLayout(flush(self.copy_button, self.close_button))
        column.addWidget(self.toast)

    @override
    def place_card(self) -> None:
        layout = self.card.layout()
        assert layout is not None
        height = min(layout.totalHeightForWidth(WIDTH), self.height() - 80)
        self.card.setGeometry((self.width() - WIDTH) // 2, 64, WIDTH, height)

    @override
    def take_focus(self) -> None:
        self.name.line.setFocus(Qt.FocusReason.PopupFocusReason)

    # ------------------------------------------------------------------ what it shows
    def show_chart(self, page: VisitPage) -> None:
        """The patient of a visit, and the visit itself. Raises ChartError."""
        page.flush()
        self._show(page.chart)
        self.toast.hide()

    def show_again(self, page: VisitPage) -> None:
        """The same, behind what it just did."""
        self._show(page.chart)
        self.take_focus()

    def _show(self, chart: OpenChart) -> None:
        self._chart = chart
        self.copy_button.number = chart.number
        with self._desk.open_record() as work:
            merged = work.merged_into(chart.number)
            patient = work.patient(chart.number)
        self.title.setText(_("Patient No {number}").format(number=f"{chart.number:06d}"))
        self.name.line.setText(patient.name)
        self.birth.line.setText(date_words(patient.birth_date) if patient.birth_date else "")
        self.sex.show_value(patient.sex)
        for frame in (self.other, self.reason):
            frame.line.setText("")
        numbers = ", ".join(f"{number:06d}" for number in merged)
        self.known_as.setText(_("also No {numbers}").format(numbers=numbers) if merged else "")
        self.part_button.setVisible(bool(merged))
        self.problem.setText("")
        self._show_birth()
        self._look_up()
        alike = perhaps_the_same(self._desk.open_record, chart.number, patient)
        if alike is not None:
            said = _("Perhaps the same: {name}, No {number}")
            self.found.setText(said.format(name=alike.patient.name, number=f"{alike.number:06d}"))
        stays = _("A signed visit stays; an addendum says whose it is.")
        self.move_button.setToolTip(stays if chart.model.visit.signed else "")
        self.place_card()

    def _show_birth(self) -> None:
        typed = self.birth.line.text()
        self.birth.set_error(False)
        if not typed.strip():
            self.echo.setText(_("not known: the number tells namesakes apart"))
            return
        try:
            born = read_day(typed, self._today())
        except UnclearDate as problem:
            self.echo.setText(str(problem))
            return
        age = Patient("", born).age_on(self._today())
        self.echo.setText(_("{day}, {age} years").format(day=date_words(born), age=age))

    def _look_up(self) -> None:
        """Say whom what was typed means: exactly one, or nobody yet."""
        typed = self.other.line.text().strip()
        self._other = None
        if not typed:
            self.found.setText(_("by name, number or birth date"))
        else:
            try:
                found = find_patients(self._desk.open_record, typed, 3)
            except ChartError as problem:
                self.found.setText(str(problem))
                return
            others = [one for one in found if one.number != self._number]
            self._other = others[0] if len(others) == 1 else None
            self.found.setText(self._found_words(len(others)))
        for button in (self.move_button, self.merge_button):
            button.setEnabled(self._other is not None)

    def _found_words(self, count: int) -> str:
        if self._other is None:
            return _("Nobody of that name.") if not count else _("Several; type more of it.")
        about = self._other.patient
        born = date_words(about.birth_date) if about.birth_date else _("birth date not known")
        return f"{about.name}, {born}, {_('No')} {self._other.number:06d}"

    @property
    def _number(self) -> int:
        return self._chart.number if self._chart else 0

    def _today(self) -> dt.date:
        return self._desk.clock().astimezone().date()

    # ------------------------------------------------------------------ what is done
    def _try(self, act: Callable[[], None]) -> None:
        """Do something, or say why it cannot be done."""
        self.problem.setText("")
        try:
            act()
        except DuplicatePatient as double:
            said = _("No {number} is of this name and birth date: the same person? Make them one.")
            self.problem.setText(said.format(number=f"{double.number:06d}"))
            self.other.line.setText(f"{double.number}")
            self._look_up()
        except ChartError as problem:
            self.problem.setText(str(problem))
        self.place_card()

    def _save(self) -> None:
        if self._chart is not None:
            self._try(self._save_details)

    def _save_details(self) -> None:
        chart, desk = self._chart, self._desk
        assert chart is not None
        typed = self.birth.line.text()
        try:
            born = read_day(typed, self._today()) if typed.strip() else None
        except UnclearDate:
            self.birth.set_error(True)
            return
        with desk.open_record() as work:
            before = work.patient(chart.number)
        sex = self.sex.value()
        age = None if born else before.age
        now = replace(
            before,
            name=self.name.line.text(),
            birth_date=born,
            age=age,
            sex=sex if isinstance(sex, str) else None,
        )
        writer().do(lambda: correct_patient(desk.open_record, desk.act(), chart.number, now))
        if now != before:
            self._told(_("The details are corrected; the trail keeps what stood there."),
                       lambda: correct_patient(
                           desk.open_record, desk.act(), chart.number, before))  # fmt: skip

    def _move(self) -> None:
        self._try(self._move_visit)

    def _move_visit(self) -> None:
        chart, other, desk = self._chart, self._other, self._desk
        assert chart is not None
        if other is None:
            return
        visit_id, to, reason = chart.visit_id, other.number, self.reason.line.text()
        judged = (desk.suggest, desk.asks_what_follows)
        came_from = writer().do(
            lambda: move_visit(desk.open_record, desk.act(), visit_id, to, reason, *judged)
        )
        number = chart.number
        self.changed.emit(other.number, chart.visit_id)

        def back() -> None:
            writer().do(
                lambda: take_back(desk.open_record, desk.act(), visit_id, came_from, *judged)
            )
            self.changed.emit(number, chart.visit_id)

        said = _("The visit is {name}'s now, No {number}.")
        said = said.format(name=other.patient.name, number=f"{other.number:06d}")
        self.toast.show_act(said, lambda: self._try(back))

    def _merge(self) -> None:
        self._try(self._merge_entries)

    def _merge_entries(self) -> None:
        chart, other, desk = self._chart, self._other, self._desk
        assert chart is not None
        if other is None:
            return
        one, two, why = chart.number, other.number, self.reason.line.text()
        writer().do(lambda: merge_patients(desk.open_record, desk.act(), one, two, why))
        said = _("No {other} and No {kept} are one patient now; both numbers find it.")
        said = said.format(other=f"{other.number:06d}", kept=f"{chart.number:06d}")
        self._told(said, lambda: part_patients(desk.open_record, desk.act(), other.number))

    def _part(self) -> None:
        self._try(self._part_entries)

    def _part_entries(self) -> None:
        chart, desk = self._chart, self._desk
        assert chart is not None
        with desk.open_record() as work:
            last = work.merged_into(chart.number)[-1]
        why = self.reason.line.text()
        writer().do(lambda: part_patients(desk.open_record, desk.act(), last, why))
        said = _("No {number} stands for itself again.").format(number=f"{last:06d}")
        if chart.course.opened_as == last:  # the open visit is that one's own again
            self.changed.emit(last, chart.visit_id)
            self.toast.show_act(said, lambda: self._try(lambda: self._join(chart, last)))
            return
        self._told(said, lambda: merge_patients(desk.open_record, desk.act(), chart.number, last))

    def _join(self, chart: OpenChart, other: int) -> None:
        desk = self._desk
        writer().do(lambda: merge_patients(desk.open_record, desk.act(), chart.number, other))
        self.changed.emit(chart.number, chart.visit_id)

    def _remove(self) -> None:
        self._try(self._remove_patient)

    def _remove_patient(self) -> None:
        chart, desk = self._chart, self._desk
        assert chart is not None
        why = self.reason.line.text()
        writer().do(lambda: remove_entry(desk.open_record, desk.act(), chart.number, why))
        self.removed.emit()

        def back() -> None:
            writer().do(lambda: restore_entry(desk.open_record, desk.act(), chart.number))
            self.changed.emit(chart.number, chart.visit_id)

        said = _("No {number} is in no list any more; the reason is kept.")
        self.toast.show_act(said.format(number=f"{chart.number:06d}"), lambda: self._try(back))

    def _told(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done, read the chart anew, and offer the way back."""
        chart = self._chart
        assert chart is not None

        def back() -> None:
            writer().do(undo)
            self.changed.emit(chart.number, chart.visit_id)

        self.changed.emit(chart.number, chart.visit_id)
        self.toast.show_act(words, lambda: self._try(back))


def _row(*widgets: QWidget) -> QWidget:
    """Widgets beside each other."""
    row = QWidget(widgets[0].parentWidget())
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(BETWEEN)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return row
