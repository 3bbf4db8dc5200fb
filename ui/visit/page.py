"""One visit on screen: banner, rail, sections, rule panel and the line of keys."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import NotFound, RecordUnavailable
from clinic_desktop.domain.signs import OF_A_RUN
from clinic_desktop.domain.values import Key
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import level_word
from ui.forms.activity_rows import ActivityLine
from ui.forms.plan_section import PlanSection
from ui.forms.section_form import SectionForm
from ui.forms.tabs import SectionTabs
from ui.home.patient_list import problem_words
from ui.panels.rule_panel import RulePanel
from ui.retest.pane import RetestPane
from ui.style import theme
from ui.tokens import FORM_WIDTH
from ui.widgets.accessibility import Described
from ui.widgets.reading_order import ReadInOrder
from ui.work.breathing import breathe
from ui.work.worker import writer

from .banner import Banner
from .changes_view import ChangesView
from .chart import Around, OpenChart
from .found_mark import FoundMark
from .key_line import KeyLine, hints_for
from .key_signs import key_signs
from .layout import PLACED, places
from .note_area import NoteArea
from .older_visit import OlderVisitLine
from .page_hints import changes_hints, page_hints, panel_hints
from .rail import Rail
from .saving import Saving

UNCOUNTED = ("plan", "note")
"""Sections whose blank fields are no questions left open."""
Form = SectionForm | PlanSection


class VisitPage(ReadInOrder):
    """Lays the parts out for any width, and keeps them telling the same."""

    handout_asked = Signal()
    paper_asked = Signal(str)
    """One of the papers of the course, by its kind."""
    course_asked = Signal(str)
    """A view of the course."""
    visit_asked = Signal(int)
    new_visit_asked = Signal()
    saved = Signal()
    """What could not be stored before now is."""

    def __init__(
        self, chart: OpenChart, reasons: dict[str, str], parent: QWidget | None = None
    ) -> None:
        """`reasons` keeps what was typed for an open flag and not used yet."""
        super().__init__(parent)
        self.setObjectName("visit")
        self.chart = chart
        self.model = chart.model
        for model in (chart.model, chart.about):  # else what is told of them would keep them
            model.setParent(self)
        self._sections = tuple(section.id for section in chart.desk.catalogue.sections)
        self._drawer_open = False
        self._forms: dict[str, Form] = {}
        self.banner = Banner(self)
        self.rail = Rail(self)
        names = chart.desk.text.sections
        self.tabs = SectionTabs([(section, names[section]) for section in self._sections], self)
        self.older = OlderVisitLine(self)
        self.note = NoteArea(chart, self)
        self.pages = QStackedWidget(self)
        self.retest = RetestPane(self.model, chart.desk, self)
        self.changes = ChangesView(self.model, self)
        self.pages.addWidget(self.changes)
        self.key_line = KeyLine(self)
        self._found = FoundMark(self)
        breathe()
        desk = chart.desk
        self.panel = RulePanel(self.model, desk.plan_library, desk.explain, reasons, self)
        self.saving = Saving(chart, self.note, self.banner, self)
        self.saving.done.connect(self.saved)
        breathe()
        # Sections are built when opened, the rest while nobody waits: going there is instant.
        self._build_rest = QTimer(self)
        self._build_rest.timeout.connect(self._build_one_more)
        self._connect()
        self._show_course()
        self._on_changed()
        self._on_retest_resized()
        breathe()
        self.show_section(self._sections[0])

    def _connect(self) -> None:
        self.model.changed.connect(self._on_changed)
        self.model.go_to.connect(self.go_to)
        self.model.focused.connect(self._on_field_focused)
        self.model.hinted.connect(self._show_hints)
        self.model.cue_asked.connect(self.to_cue)
        self.tabs.chosen.connect(self.open_section)
        self.changes.followed.connect(self.model.go_to)
        self.retest.resized.connect(self._on_retest_resized)
        self.panel.letter_asked.connect(lambda flag: self.paper_asked.emit(f"letter:{flag}"))
        self.panel.unfold_asked.connect(lambda: self.set_drawer(True))
        self.banner.handout_asked.connect(self.handout_asked)
        self.banner.flag_asked.connect(self.to_panel)
        self.banner.sign_asked.connect(self.sign)
        self.note.resized.connect(self._lay_out)
        for part in (self.rail, self.older, self.note):
            part.new_visit_asked.connect(self.new_visit_asked)
        self.rail.visit_asked.connect(self.visit_asked)
        self.rail.paper_asked.connect(self.paper_asked)
        self.rail.course_asked.connect(self.course_asked)
        self.older.course_asked.connect(lambda: self.course_asked.emit("about"))
        self.chart.about.changed.connect(self._on_course_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    # ------------------------------------------------------------------ sections
    def form(self, section: str) -> Form:
        """The form of a section, built when first asked for."""
        if section not in self._forms:
            if section == "plan":
                plan = PlanSection(
                    self.model, self.chart.desk.plan_library, self.chart.last_sheet()
                )
                plan.item_wanted.connect(self.add_item)
                made: Form = plan
            else:
                made = SectionForm(self.model, section)
            self._forms[section] = made
            self.pages.addWidget(made)
        return self._forms[section]

    @property
    def built_sections(self) -> tuple[str, ...]:
        """Sections whose forms were opened or built so far, in that order."""
        return tuple(self._forms)

    def add_item(self, item: str) -> None:
        """Put an item into the plan; where both places are taken, the panel asks which to park."""
        if not self.panel.add_item(item):
            self.to_panel()

    def show_section(self, section: str) -> None:
        """Bring a section to the front."""
        self.tabs.set_current(section)
        self.pages.setCurrentWidget(self.form(section))

    def _build_one_more(self) -> None:
        missing = [section for section in self._sections if section not in self._forms]
        if not missing or not self.isVisible():
            self._build_rest.stop()
        else:
            self.form(missing[0])

    def open_section(self, section: str) -> None:
        """Bring a section to the front and give it the keyboard."""
        self.show_section(section)
        self.form(section).focus_first()

    def focused_field(self) -> tuple[SectionForm, Key] | None:
        """The field that has the keyboard, with its form."""
        form = self.form(self.tabs.current())
        key = form.focused_key() if isinstance(form, SectionForm) else None
        return (form, key) if isinstance(form, SectionForm) and key is not None else None

    def go_to(self, key: Key) -> None:
        """Show a field and give it the keyboard."""
        spec = self.chart.desk.catalogue.findings.get(key.finding)
        if spec is None:
            return
        wanted = key if key in spec.keys else spec.keys[0]
        self.set_drawer(False)
        self.show_section(spec.section)
        self.form(spec.section).focus_key(wanted)
        # The field that has the keyboard, or will have it once the window is in front again.
        field = self.form(spec.section).focusWidget()
        if field is not None:
            self._found.show_at(field)

    def focus_first(self) -> None:
        """Give the keyboard to the first open field of the section in front, or to what changed."""
        if self.pages.currentWidget() is self.changes:
            self.changes.take_focus()
            return
        self.form(self.tabs.current()).focus_first()

    def hand_on(self) -> None:
        """Hand on text that is still being typed, to be stored; waits for nothing."""
        for form in self._forms.values():
            form.flush()
        self.note.hand_on()
        self.model.editor.try_saving()
        self.chart.about.flush()

    def flush(self) -> None:
        """The same, and wait until it is known what came of it."""
        self.hand_on()
        self.saving.flush()

    def sign(self) -> None:
        """Ask for what is needed to sign the visit; where it is signed, to add to it."""
        self.hand_on()
        self.set_drawer(False)
        self.note.begin()

    @property
    def unsaved(self) -> str:
        """Why something of the visit or its course is not in the record yet; empty when all is."""
        return self.saving.problem

    # ------------------------------------------------------------------ panes
    def next_pane(self) -> None:
        """Move the keyboard on: form, panel, rail, form."""
        focus = QApplication.focusWidget()
        if focus is not None and self.panel.isAncestorOf(focus):
            self.rail.take_focus()
        elif focus is not None and self.pages.isAncestorOf(focus):
            self.to_panel()
        else:
            self.focus_first()

    def to_panel(self) -> None:
        """Give the keyboard to the panel, opened where it was folded."""
        self.set_drawer(True)
        self.panel.take_focus()

    def toggle_changes(self) -> None:
        """Show what changed since last time in place of the form, or the form again."""
        if not self._leave_changes():
            self.set_drawer(False)
            self.changes.show_changes()
            self.pages.setCurrentWidget(self.changes)
            self.changes.take_focus()

    def _leave_changes(self) -> bool:
        """Bring the form back; False where it was in front."""
        if self.pages.currentWidget() is not self.changes:
            return False
        self.open_section(self.tabs.current())
        return True

    def to_retest(self) -> None:
        """Take the chosen signs again after a treatment, or choose them."""
        self.set_drawer(False)
        self.retest.go_on()

    def to_cue(self, item: str) -> None:
        """Take cadence and pain again after a run with a cue."""
        self.set_drawer(False)
        self.retest.begin_treatment(item, OF_A_RUN)

    def to_retest_by_hand(self) -> None:
        """Go to where any sign is entered with what it was before and after."""
        self.set_drawer(False)
        self.show_section("plan")
        plan = self.form("plan")
        if isinstance(plan, PlanSection):
            plan.to_retest()

    def set_drawer(self, opened: bool) -> None:
        """Open or fold the panel where there is no room for it beside the form."""
        if opened != self._drawer_open:
            self._drawer_open = opened
            self._lay_out()

    @property
    def drawer_open(self) -> bool:
        """Whether the panel was opened over the form, or would be where there is less room."""
        return self._drawer_open

    def close_drawer(self) -> bool:
        """Put away what was opened last: the retest's entry, then the panel over the form; False
        where nothing was."""
        if self.note.close_up() or self.retest.close_up() or self._leave_changes():
            return True
        was_open = self._drawer_open and places(self.width(), self.height(), False).folded
        self.set_drawer(False)
        return was_open

    # ------------------------------------------------------------------ telling
    def _show_course(self) -> None:
        chart, today = self.chart, self.chart.today
        visit = self.model.visit
        age = chart.patient.age_on(visit.date)
        self.banner.show_patient(chart.patient, chart.number, age)
        self.key_line.show_patient(chart.patient.name, chart.number)
        may_begin = chart.may_begin(today)
        self.rail.show_visits(chart.entries(today), may_begin)
        closing = chart.about.facts.closing
        self.older.show_visit(visit.date, today, self.model.locked, may_begin, closing)

    def _on_course_changed(self) -> None:
        self._show_course()
        self._on_changed()
        self._lay_out()

    def _on_changed(self) -> None:
        model = self.model
        problem = problem_words(model.painful_side() or self.chart.about.facts.side)
        self.banner.show_course(problem, self.chart.visit_words)
        grave = [flag for flag in model.suggestion.red_flags if flag.level in "ESU"]
        words = _("{level} flag open").format(level=level_word(grave[0].level)) if grave else ""
        self.banner.show_flag(words[:1].upper() + words[1:])
        self.saving.show()
        for section in self._sections:
            counted = None if section in UNCOUNTED else model.open_count(section)
            self.tabs.set_state(section, counted, model.flagged(section))
        self.rail.facts.show_facts(model.editor.case.goal or "", key_signs(model))

    def _on_retest_resized(self) -> None:
        """Give the foot the room it wants; without anything to show it takes none."""
        wanted = self.retest.is_wanted
        if wanted is self.retest.isHidden() or self.retest.height() != self._retest_height():
            self.retest.setVisible(wanted)
            self._lay_out()

    def _retest_height(self) -> int:
        return self.retest.wanted_height(max(self.pages.width(), FORM_WIDTH))

    def _on_field_focused(self, key: Key) -> None:
        spec = self.chart.desk.catalogue.spec(key.finding)
        self.key_line.show_keys(*hints_for(key, spec, self.chart.desk.text))

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        if self.panel.isAncestorOf(now):
            self.key_line.show_keys(_("Rule panel"), panel_hints())
        elif self.changes.isAncestorOf(now):
            self.key_line.show_keys(_("Since last time"), changes_hints())
        elif self.retest.isAncestorOf(now):
            self.key_line.show_keys(*self.retest.hints())
        elif not self.pages.isAncestorOf(now):
            self.key_line.show_keys("", page_hints())
        else:
            self._show_hints(now)

    def _show_hints(self, widget: object) -> None:
        told = widget.key_hints() if isinstance(widget, Described | ActivityLine) else ("", ())
        name, hints = told
        if name:
            self.key_line.show_keys(name, hints)

    # ------------------------------------------------------------------ layout
    def _lay_out(self) -> None:
        older, foot = not self.older.isHidden(), self._retest_height()
        note = self.note.wanted_height(self.width(), self.height())
        at = places(self.width(), self.height(), self._drawer_open, older, foot, note)
        self.banner.show_signable(not self.model.locked, self.note.is_signing)
        self.rail.set_strip(at.strip)
        self.panel.set_folded(at.folded)
        for name in PLACED:
            getattr(self, name).setGeometry(getattr(at, name))
        self.panel.raise_()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._build_rest.start()
        QTimer.singleShot(0, self, self.count_papers)

    def count_papers(self) -> None:
        """Say in the rail how many papers are kept, which course of how many it is, and which
        signature does not hold; quietly, for it can wait."""
        writer().run(self.chart.look_around, self._show_around)

    def _show_around(self, looked: Callable[[], Around]) -> None:
        with suppress(RecordUnavailable, NotFound):
            around, chart = looked(), self.chart
            self.rail.links.show_counts(around.papers, around.letters_begun)
            if chart.course.id in around.courses:  # else it is another patient's now
                place = around.courses.index(chart.course.id) + 1
                self.rail.course.show_place(place, len(around.courses))
            chart.take_validities(around.validities)
            self._show_course()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().tokens.surface)
