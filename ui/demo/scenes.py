"""What happens in the worked example, scene by scene, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QApplication

import resources
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import Case, Patient
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.record import export_case
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import flag_title, level_word, pattern_name
from ui import style
from ui.main_window import LEAST_SIZE, USUAL_SIZE, MainWindow
from ui.papers.sheet import paper_source
from ui.visit.page import VisitPage

from .camera import Camera
from .cases import (
    A_WEEK,
    CASES,
    FALLEN,
    FALLEN_TO,
    FOUND_AGAIN,
    FOUND_ANEW,
    FULL_POWER,
    MADE_UP,
    MADE_UP_DAY,
    MADE_UP_FINDINGS,
    TRIED,
    Worked,
)
from .desk import DeskClock, differences, lost_findings
from .typist import Typist, in_tab_order


class Scenes:
    """Plays the worked example at a window, on a desk whose clock it sets."""

    def __init__(
        self, window: MainWindow, clock: DeskClock, out: Path, say: Callable[[str], None]
    ) -> None:
        self._window = window
        self._desk: Desk = window.desk
        self._clock = clock
        self._out = out
        self._say = say
        self._hand = Typist(window, self._desk.catalogue)
        self._camera = Camera(window, out, self._wrote)

    def play(self, app: QApplication) -> None:
        """All scenes. Raises ChartError where the window or the record did other than it should."""
        self._hand.take_window()
        cases = [self._work_through(worked) for worked in CASES]
        self._come_back(cases[0])
        self._fall(app)
        self._show_home()

    # ------------------------------------------------------------------ the article's cases
    def _work_through(self, worked: Worked) -> Case:
        file = resources.data(worked.file)
        case = read_case(file, self._desk.catalogue, self._desk.plan_library.items)
        self._clock.day = case.last.date
        self._enter(case.patient, worked.name)
        self._type_published(case)
        self._check(differences(self._stored(), case))
        self._write(f"{worked.name}.json", write_case(self._stored()))
        self._say(_("  The rule panel: {answer}.").format(answer=_answer(self._answer())))
        for section in ("nerves", worked.section):
            self._hand.open_section(section)
            self._camera.shoot(f"{worked.name}-{section}", USUAL_SIZE, LEAST_SIZE)
        self._shoot_drawer(worked.name)
        self._finish_screen()
        self._camera.shoot(f"{worked.name}-screen", USUAL_SIZE)
        self._say(_("  The rule panel: {answer}.").format(answer=_answer(self._answer())))
        self._choose_plan(worked)
        self._print_sheet(worked)
        self._check(lost_findings(self._stored(), case))
        self._write(f"{worked.name}-with-plan.json", write_case(self._stored()))
        self._write_report(worked.name)
        return case

    def _write_report(self, name: str) -> None:
        """The course over its visits, as the window's own report page prints it."""
        editor = self._page.model.editor
        content = make_course_report(editor.case, editor.suggestion, paper_source(self._page.chart))
        self._write(f"report-{name}.pdf", self._desk.render_paper(content, "a4"))

    def _enter(self, patient: Patient, name: str) -> None:
        self._hand.fill_in_patient(patient)
        self._camera.shoot(f"{name}-new-patient", USUAL_SIZE)
        self._hand.create_patient()

    def _type_published(self, case: Case) -> None:
        visit = case.last
        remarks = dict(visit.notes_on)
        for key in in_tab_order(self._desk.catalogue, visit.findings):
            self._hand.chart(key, visit.findings[key])
            if key.finding in remarks:
                self._hand.remark(key, remarks.pop(key.finding))
        for retest in visit.retests:
            self._hand.retest(retest)
        said = _("{name}, {day}. Findings: {findings}; remarks: {remarks}; retests: {retests}.")
        numbers = {
            "findings": len(visit.findings),
            "remarks": len(visit.notes_on),
            "retests": len(visit.retests),
        }
        self._say(said.format(name=case.patient.name, day=date_words(visit.date), **numbers))
        self._say(_("  Typed into the window as the article has them; the record holds the same."))

    def _finish_screen(self) -> None:
        """Answer what the article leaves open, one deliberate key a group, and say so."""
        still_open = len(self._answer().screen.unanswered)
        self._hand.open_section("screen")
        for group in self._desk.catalogue.groups:
            if self._page.model.is_screen_group(group) and self._is_open(group):
                self._hand.answer_rest_no(group)
        power = [key for key in self._page.model.keys_of("nerves") if key.finding[:6] == "power."]
        for key in in_tab_order(self._desk.catalogue, power):
            self._hand.chart(key, "no" if key.finding == "power.pain_limited" else FULL_POWER)
        self._hand.open_section("screen")
        if not self._answer().screen.complete:
            raise ChartError(_("The red-flag screen is still open."))
        self._say(
            _(
                "  Beyond the article: {n} open questions of the red-flag screen answered no, each"
                " group by its own key, and leg power charted as full on both sides."
            ).format(n=still_open)
        )

    def _is_open(self, group: str) -> bool:
        unanswered = self._answer().screen.unanswered
        return any(name in unanswered for name in self._desk.catalogue.groups[group].findings)

    def _choose_plan(self, worked: Worked) -> None:
        offered = self._answer().plan
        for item in worked.items:
            self._hand.add_item(item)
        chosen = tuple(choice.item for choice in self._page.model.visit.plan)
        if chosen != worked.items:
            raise ChartError(_("The plan does not hold what was chosen."))
        self._camera.shoot(f"{worked.name}-plan", USUAL_SIZE, LEAST_SIZE)
        self._say(
            _(
                "  Chosen after the article's treatment: {items}. The doses are the plan library's;"
                " the article has none."
            ).format(items=self._names(chosen))
        )
        by_rules = (*offered.standing, *offered.first)
        by_hand = tuple(item for item in chosen if item not in by_rules)
        if by_hand:
            self._say(
                _("  Of these by hand, not as the rules put first: {items}.").format(
                    items=self._names(by_hand)
                )
            )

    def _print_sheet(self, worked: Worked) -> None:
        self._hand.press("Ctrl+P")
        self._camera.shoot(f"{worked.name}-preview", USUAL_SIZE, LEAST_SIZE)
        sheet = self._out / f"handout-{worked.name}.pdf"
        self._hand.save_sheet(sheet)
        self._wrote(sheet)
        self._camera.shoot_pages(sheet)
        self._hand.press("Esc")

    # ------------------------------------------------------------------ made up, to go on
    def _come_back(self, case: Case) -> None:
        """The first patient a week later: last time in grey, and what was found again."""
        self._clock.day = case.last.date + A_WEEK
        self._say(
            _("{name} a week later, beyond the article: what is found then is made up.").format(
                name=case.patient.name
            )
        )
        self._hand.open_patient(case.patient.name)
        self._hand.walk_to("new_visit", back=True)
        self._hand.press("Space")
        for key in FOUND_AGAIN:
            self._hand.same(key)
        for key in in_tab_order(self._desk.catalogue, FOUND_ANEW):
            self._hand.chart(key, FOUND_ANEW[key])
        self._hand.open_section("nerves")
        self._camera.shoot("case-a-second-visit", USUAL_SIZE, LEAST_SIZE)
        self._finish_screen_again()
        self._hand.retest(TRIED)
        self._camera.shoot("case-a-retest", USUAL_SIZE)
        self._write_report("case-a")

    def _finish_screen_again(self) -> None:
        """What counts of this visit only is asked anew, and leg power is tested again."""
        self._hand.answer_rest_no("cauda_equina")
        power = [key for key in self._page.model.keys_of("nerves") if key.finding[:6] == "power."]
        for key in in_tab_order(self._desk.catalogue, power):
            self._hand.same(key)

    def _fall(self, app: QApplication) -> None:
        """A made-up patient whose leg power falls: a red flag for the same day."""
        self._clock.day = MADE_UP_DAY
        self._say(
            _("{name}, all of it made up: from one visit to the next, leg power falls.").format(
                name=MADE_UP.name
            )
        )
        self._hand.fill_in_patient(MADE_UP)
        self._hand.create_patient()
        self._type(MADE_UP_FINDINGS)
        self._finish_screen()
        self._clock.day += A_WEEK
        self._hand.open_patient(MADE_UP.name)
        self._hand.walk_to("new_visit", back=True)
        self._hand.press("Space")
        self._finish_screen_again()
        self._hand.chart(FALLEN, FALLEN_TO)
        self._hand.go_to(FALLEN)
        self._say(_("  The rule panel: {answer}.").format(answer=_answer(self._answer())))
        self._camera.shoot("case-d-red-flag", USUAL_SIZE, LEAST_SIZE)
        style.apply(app, style.Scheme.DARK)
        self._camera.shoot("case-d-red-flag-dark", USUAL_SIZE)
        style.apply(app, style.Scheme.LIGHT)
        self._hand.press("Ctrl+P")
        self._camera.shoot("case-d-withheld", USUAL_SIZE)
        self._hand.press("Esc")

    def _type(self, findings: Mapping[Key, Value]) -> None:
        for key in in_tab_order(self._desk.catalogue, findings):
            self._hand.chart(key, findings[key])

    def _show_home(self) -> None:
        self._hand.press("Ctrl+F")
        self._camera.shoot("home", USUAL_SIZE, LEAST_SIZE)
        self._hand.types("case")
        self._camera.shoot("home-search", USUAL_SIZE)

    # ------------------------------------------------------------------ looking and telling
    @property
    def _page(self) -> VisitPage:
        if self._window.visit is None:
            raise ChartError(_("The window opened no visit."))
        return self._window.visit

    def _answer(self) -> Suggestion:
        return self._page.model.suggestion

    def _stored(self) -> Case:
        self._page.flush()  # what was typed last is in the record within a second: not yet
        desk = self._desk
        return export_case(desk.open_record, desk.act(), self._page.chart.number)

    def _check(self, different: tuple[str, ...]) -> None:
        if different:
            said = _("The record does not hold what was typed: {places}")
            raise ChartError(said.format(places=", ".join(different)))

    def _shoot_drawer(self, name: str) -> None:
        """The rule panel opened over the form, where there is no room beside it."""
        self._window.resize(*LEAST_SIZE)
        self._hand.press("F6")
        self._camera.shoot(f"{name}-panel", LEAST_SIZE)
        self._hand.press("Esc")
        self._window.resize(*USUAL_SIZE)

    def _names(self, items: tuple[str, ...]) -> str:
        return ", ".join(self._desk.plan_library.name(item) for item in items)

    def _write(self, name: str, content: bytes) -> None:
        path = self._out / name
        path.write_bytes(content)
        self._wrote(path)

    def _wrote(self, path: Path) -> None:
        self._say(f"  {path}")


def _answer(said: Suggestion) -> str:
    """The rule panel's answer in one line."""
    if said.status == "red_flag":
        flag = said.red_flags[0]
        return _("red flag, {level}: {title}; no pattern, no plan").format(
            level=level_word(flag.level), title=flag_title(flag)
        )
    if said.patterns:
        words = _("names {patterns}").format(patterns=_pattern_names(said.patterns))
    elif said.lean:
        words = _("not enough yet for a name, leans to {patterns}").format(
            patterns=_pattern_names(said.lean)
        )
    else:
        words = _("not enough yet for a name")
    return _("{words}; provisional, no plan").format(words=words) if said.provisional else words


def _pattern_names(patterns: tuple[str, ...]) -> str:
    return " + ".join(map(pattern_name, patterns))
