"""Everything that can be done in the window: one list for shortcuts, palette and key sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from clinic_desktop.domain import access
from clinic_desktop.domain.signs import can_be_taken_again
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import MOST_SIGNS
from clinic_desktop.services.words.translation import _
from ui import in_front
from ui.widgets.keys import (
    CUE_KEYS,
    HELP_KEY,
    HISTORY_KEY,
    LAST_TEST_KEY,
    NEXT_TEST_KEY,
    REMARK_KEY,
    REST_NO_KEY,
    SAME_KEY,
    SAME_TEST_KEY,
    SIGN_KEY,
    TAKE_KEY,
    cue_words,
    section_key,
)

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without them.
    from ui.forms.section_form import SectionForm
    from ui.main_window import MainWindow
    from ui.visit.page import VisitPage


TOGGLES: Final = frozenset(
    [
        "commands",
        "keys",
        "help",
        "manual",
        "history",
        "audit",
        "patient",
        "about",
        "support",
        "import",
        "phrases",
    ]
)
"""Actions that put away what they opened."""


_TRAIL: Final = (
    access.Action.READ_ALL_ACTS,
    access.Action.READ_OWN_ACTS,
    access.Action.READ_SECURITY_EVENTS,
)


class Where(StrEnum):
    """Where an action works, for the key sheet."""

    EVERYWHERE = "everywhere"
    VISIT = "visit"
    SECTION = "section"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done."""

    id: str
    words: str
    key: str
    """Its key, empty where it has none."""
    where: Where
    does: Callable[[], object]
    hindrance: Callable[[], str]
    """Why it cannot be done now, in words; empty when it can."""
    held: bool = False
    """Whether a part of the page takes the key itself; the window then makes no shortcut of it."""


def window_actions(window: MainWindow) -> tuple[Action, ...]:
    """Every action of the window, in the order of the key sheet."""
    return (*_everywhere(window), *_visit(window), *_sections(window), *_field(window))


def _never() -> str:
    return ""


def _everywhere(window: MainWindow) -> tuple[Action, ...]:
    everywhere = Where.EVERYWHERE
    return (
        Action(
            "commands",
            _("All commands"),
            "Ctrl+K",
            everywhere,
            window.overlays.toggle_palette,
            _never,
        ),
        Action(
            "keys", _("All keys"), "Ctrl+/", everywhere, window.overlays.toggle_key_sheet, _never
        ),
        Action(
            "help",
            _("Help: the test, the rule behind a line, else the manual"),
            HELP_KEY,
            everywhere,
            window.overlays.toggle_help,
            _never,
        ),
        Action("home", _("Find a patient"), "Ctrl+F", everywhere, window.show_home, _never),
        Action(
            "new_patient",
            _("New patient"),
            "Ctrl+N",
            everywhere,
            window.new_patient,
            lambda: window.desk.why_not(access.Action.CHANGE_PATIENTS),
        ),
        _import(window),
        Action(
            "next_pane",
            _("Next pane; at home the next list"),
            "F6",
            everywhere,
            lambda: in_front.next_pane(window),
            lambda: in_front.no_next_pane(window),
        ),
        Action(
            "audit",
            _("Audit trail: who did what"),
            "",
            everywhere,
            window.overlays.toggle_audit,
            lambda: window.desk.why_not(*_TRAIL),
        ),
        Action("back", _("One step back"), "Esc", everywhere, window.go_back, _never),
        Action("lock", _("Lock"), "Ctrl+L", everywhere, window.lock_asked.emit, _never),
        Action(
            "clinic",
            _("Clinic: settings, backups, people, passphrase, recovery sheet"),
            "",
            everywhere,
            window.show_clinic,
            lambda: "" if window.desk.session else _("Nobody is signed in."),
        ),
    )


def _import(window: MainWindow) -> Action:
    does, hindrance = window.overlays.toggle_import, window.imports.hindrance
    return Action("import", _("Import case files"), "Ctrl+O", Where.EVERYWHERE, does, hindrance)


def _visit(window: MainWindow) -> tuple[Action, ...]:
    at = _At(window)
    return (
        Action("undo", _("Undo"), "Ctrl+Z", Where.VISIT, lambda: in_front.undo(window),
               lambda: in_front.no_undo(window)),
        Action("redo", _("Redo"), "Ctrl+Shift+Z", Where.VISIT,
               lambda: in_front.undo(window, True), lambda: in_front.no_undo(window, True)),
        at.chart("close_chart", _("Close the chart: back to the home page"), "Ctrl+W",
                 lambda _page: window.show_home(), lambda _page: ""),
        at.visit("sign_visit", _("Sign the visit, or add to the signed note"), "Ctrl+Return",
                 lambda page: page.sign()),
        at.visit("ask_next", _("Go to what the rules would ask next"), "Ctrl+J",
                 lambda page: page.panel.ask_next()),
        at.visit("take_next", _("Put what the rules suggest next into the plan"), TAKE_KEY,
                 lambda page: page.panel.take_next(), _nothing_to_take),
        at.visit("history", _("History of the field, else of the whole visit"), HISTORY_KEY,
                 lambda page: window.overlays.toggle_history(page)),
        at.visit("patient", _("Patient: details, wrong chart, two entries, own copy"), "Ctrl+I",
                 lambda page: window.overlays.toggle_patient(page), at.may_change_patients),
        at.visit("changes", _("What changed since last time"), "Ctrl+D",
                 lambda page: page.toggle_changes(), _no_earlier_visit),
        at.visit("retest", _("Take the signs again after a treatment"), "Ctrl+R",
                 lambda page: page.to_retest(), _signed),
        *(at.visit(item, _("Try a cue and take the signs again: {cue}").format(cue=words),
                   CUE_KEYS[item], _tries(item), _signed)
          for item, words in cue_words().items()),
        at.visit("signs", _("Choose the signs to take again"), "",
                 lambda page: page.retest.choose_signs(), _signed),
        at.visit("retest_by_hand", _("Enter a sign before and after by hand"), "",
                 lambda page: page.to_retest_by_hand(), _signed),
        at.visit("panel", _("Go to the rule panel"), "", lambda page: page.to_panel()),
        at.visit("handout", _("Handout for the patient"), "Ctrl+P",
                 lambda _page: window.show_handout()),
        at.visit("letter", _("Referral letter"), "", lambda _page: window.show_paper("letter")),
        at.visit("note", _("Visit note on paper"), "", lambda _page: window.show_paper("note")),
        at.visit("report", _("Report of the course on paper"), "",
                 lambda _page: window.show_paper("report")),
        at.chart("course", _("Course: goal, end, other courses"), "Ctrl+E",
                 lambda _page: window.show_course("about"), at.paper_in_front),
        at.chart("board", _("Board of visits"), "Ctrl+B",
                 lambda _page: window.show_course("board"), at.paper_in_front),
        at.chart("progress", _("Progress over the visits"), "",
                 lambda _page: window.show_course("progress"), at.paper_in_front),
        at.visit("new_visit", _("Begin today's visit"), "",
                 lambda page: page.new_visit_asked.emit(), _no_new_visit),
    )  # fmt: skip


def _sections(window: MainWindow) -> tuple[Action, ...]:
    at, text = _At(window), window.desk.text
    return tuple(
        at.visit(
            f"section_{section.id}",
            _("Section {name}").format(name=text.sections[section.id]),
            section_key(place),
            _opens(section.id),
            where=Where.SECTION,
            held=True,
        )
        for place, section in enumerate(window.desk.catalogue.sections)
    )


def _field(window: MainWindow) -> tuple[Action, ...]:
    at = _At(window)
    return (
        at.field("same", _("The same as last time, tested again"), SAME_KEY,
                 lambda form, key: form.model.same(key), _no_last_time),
        at.field("next_test", _("Next test of the section"), NEXT_TEST_KEY,
                 lambda form, _key: form.next_test(1)),
        at.field("last_test", _("Test before this one"), LAST_TEST_KEY,
                 lambda form, _key: form.next_test(-1)),
        at.field("same_test", _("The whole test as last time, done again on this side"),
                 SAME_TEST_KEY, lambda form, _key: form.same_test(), _no_test_last_time),
        at.field("remark", _("Write a remark on the field"), REMARK_KEY,
                 lambda form, _key: form.begin_remark()),
        at.field("sign", _("Take this sign again after each treatment, or no more"), SIGN_KEY,
                 lambda form, key: form.model.sign_asked.emit(key), _no_sign),
        at.field("rest_no", _("The rest of a red-flag group: no; of leg power or reflexes: normal"),
                 REST_NO_KEY, lambda form, _key: form.answer_rest(), _no_rest),
    )  # fmt: skip


def _tries(cue: str) -> Callable[[VisitPage], object]:
    return lambda page: page.to_cue(cue)


def _opens(section: str) -> Callable[[VisitPage], object]:
    return lambda page: page.open_section(section)


class _At:
    """Makes actions that need a visit, the visit's chart, or a field with the keyboard."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def visit(
        self, name: str, words: str, key: str, does: Callable[[VisitPage], object],
        hindrance: Callable[[VisitPage], str] = lambda _page: "",
        where: Where = Where.VISIT, held: bool = False,
    ) -> Action:  # fmt: skip
        """An action that needs a visit in front."""
        return self._action(self._front, (name, words, key), does, hindrance, where, held)

    def chart(
        self, name: str, words: str, key: str, does: Callable[[VisitPage], object],
        hindrance: Callable[[VisitPage], str],
    ) -> Action:  # fmt: skip
        """An action that works in a paper made from the visit, too."""
        return self._action(
            lambda: self._window.visit, (name, words, key), does, hindrance, Where.VISIT, False
        )

    def field(
        self, name: str, words: str, key: str, does: Callable[[SectionForm, Key], object],
        hindrance: Callable[[SectionForm, Key], str] = lambda _form, _key: "",
    ) -> Action:  # fmt: skip
        """An action on the field that has the keyboard; the form takes its key itself."""

        def do(page: VisitPage) -> None:
            found = page.focused_field()
            if found is not None:
                does(*found)

        def why_not(page: VisitPage) -> str:
            found = page.focused_field()
            if found is None:
                return _("Go to a field first.")
            return _("The visit is signed.") if page.model.locked else hindrance(*found)

        return self._action(self._front, (name, words, key), do, why_not, Where.FIELD, True)

    def paper_in_front(self, _page: VisitPage) -> str:
        """What hinders an action while a paper is in front."""
        return _("Go back to the visit first.") if self._window.preview is not None else ""

    def may_change_patients(self, _page: VisitPage) -> str:
        """What hinders putting patients' entries right."""
        return self._window.desk.why_not(access.Action.CHANGE_PATIENTS)

    def _front(self) -> VisitPage | None:
        """The visit, where it is in front."""
        visit = self._window.visit
        return visit if self._window.pages.currentWidget() is visit else None

    def _action(
        self, find: Callable[[], VisitPage | None], named: tuple[str, str, str],
        does: Callable[[VisitPage], object], hindrance: Callable[[VisitPage], str],
        where: Where, held: bool,
    ) -> Action:  # fmt: skip
        def do() -> None:
            page = find()
            if page is not None:
                does(page)

        def why_not() -> str:
            page = find()
            if page is not None:
                return hindrance(page)
            if self._window.visit is None:
                return _("Open a patient first.")
            return _("Go back to the visit first.")

        return Action(*named, where, do, why_not, held)


def _no_new_visit(page: VisitPage) -> str:
    if page.chart.about.facts.is_closed:
        return _("The course is closed: open it again, or begin a new one.")
    return "" if page.chart.may_begin(page.chart.today) else _("Today's visit is begun already.")


def _no_last_time(form: SectionForm, key: Key) -> str:
    return "" if form.model.last_time(key) is not None else _("There is nothing from last time.")


def _no_earlier_visit(page: VisitPage) -> str:
    earlier = len(page.model.editor.case.visits) > 1
    return "" if earlier else _("There is no earlier visit.")


def _signed(page: VisitPage) -> str:
    return _("The visit is signed.") if page.model.locked else ""


def _nothing_to_take(page: VisitPage) -> str:
    if page.model.locked:
        return _signed(page)
    return "" if page.panel.next_to_take else _("The rules suggest nothing more for the plan.")


def _no_sign(form: SectionForm, key: Key) -> str:
    signs = form.model.visit.signs
    if not can_be_taken_again(form.model.catalogue.spec(key.finding)):
        return _("This is no test that is taken again within a visit.")
    full = len(signs) >= MOST_SIGNS and key not in signs
    return _("Three signs are chosen already.") if full else ""


def _no_test_last_time(form: SectionForm, key: Key) -> str:
    return "" if form.model.of_the_test(key) else _("There is nothing of this test to repeat.")


def _no_rest(form: SectionForm, key: Key) -> str:
    if form.model.open_together(key):
        return ""
    return _("Nothing is left here that one key may answer.")
