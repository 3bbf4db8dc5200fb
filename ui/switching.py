"""Builds a window again in another language, where whoever sits there goes on as before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .carrying import carry_over, like_in
from .entrance.entrance import Entrance
from .main_window import MainWindow
from .widgets.overlay import Overlay
from .work.breathing import breathe
from .work.worker import locksmith

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without them.
    from clinic_desktop.services.desk import Desk

    from .visit.page import VisitPage


def built_again(old: MainWindow, desk: Desk) -> MainWindow:
    """A window like another, whose texts are those of `desk` and of the language in use now.

    The visit keeps its editor, so its history, and what could not be stored yet, go on; what is
    only typed is carried over field by field. Meanwhile the old window is in sight and alive.
    """
    over = old.overlays.put_away()
    for page in (*old.unfinished.visits, *([old.visit] if old.visit else [])):
        page.flush()
    new = MainWindow(desk, old.unfinished)
    new.unfinished.visits[:] = [_again(page, new) for page in new.unfinished.visits]
    for page in new.unfinished.visits:
        page.setParent(None)
        new.wait_for(page)
    for keeper in new.unfinished.letters.values():
        keeper.setParent(new)
    breathe()
    _bring_pages(old, new)
    breathe()
    carry_over(old, new)
    breathe()
    if over is not None:
        _lay_over(over, new)
        again = new.findChild(Overlay, over.objectName())
        if isinstance(again, Overlay):
            carry_over(over, again)
    _pass_on_work(old, new)
    return new


def _pass_on_work(old: MainWindow, new: MainWindow) -> None:
    """What comes of the work beside the window is told in the new one."""
    if new.work.busy:
        like = like_in(old, new)
        new.work.pass_on(lambda owner: new.imports if owner is old.imports else like(owner))
    new.imports.go_on_like(old.imports)


def _bring_pages(old: MainWindow, new: MainWindow) -> None:
    if old.visit is not None:
        new.show_visit(_again(old.visit, new))
    if old.clinic is not None:
        new.show_clinic()
        if new.clinic is not None:
            new.clinic.came_from = old.clinic.came_from
    elif old.preview is not None:
        old.preview.flush()
        new.show_paper(old.paper)
    elif old.course is not None:
        new.show_course(old.course.view)


def _lay_over(over: Overlay, window: MainWindow) -> None:
    """Open what lay over the page; the palette has done what it was opened for."""
    overlays, page, name = window.overlays, window.visit, over.objectName()
    of_window = {
        "key_sheet": overlays.toggle_key_sheet,
        "audit": overlays.toggle_audit,
        "about": overlays.toggle_about,
        "manual": overlays.toggle_manual,
        "support-report": overlays.toggle_support,
        "import": overlays.toggle_import,
        "phrases": overlays.toggle_phrases,
    }
    of_visit = {"history": overlays.toggle_history, "patient_sheet": overlays.toggle_patient}
    if name in of_window:
        of_window[name]()
    elif name in of_visit and page is not None:
        of_visit[name](page)
    elif name == "field_help" and page is not None:
        from .sheets.field_help import FieldHelp

        if isinstance(over, FieldHelp) and over.about is not None:
            overlays.help_on(page, over.about)


def _again(page: VisitPage, window: MainWindow) -> VisitPage:
    """The page of the same visit, under the same hands."""
    from .visit.page import VisitPage

    desk, chart = window.desk, page.chart
    chart.model.text = desk.text
    editor = chart.model.editor
    # Not in the window's thread: another language's rules are read when they are first asked.
    answer = locksmith().do(lambda: desk.suggest(editor.case))
    editor.answer_anew(desk.suggest, answer)
    reasons = window.unfinished.reasons.setdefault(chart.visit_id, {})
    again = VisitPage(replace(chart, desk=desk), reasons, window)
    for section in page.built_sections:
        breathe()
        again.form(section)
    again.show_section(page.tabs.current())
    again.set_drawer(page.drawer_open)
    if page.pages.currentWidget() is page.changes:
        again.toggle_changes()
    if page.note.is_signing:
        again.sign()
    elif page.note.editor is not None and page.note.editor.isVisibleTo(page):
        again.note.begin_addendum()
    return again


def entrance_again(old: Entrance, new: Entrance) -> None:
    """Have a new entrance go on where another was, in the language in use now."""
    new.show_like(old)
    carry_over(old, new)
