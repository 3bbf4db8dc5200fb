"""Brings case files into the record from the window: looks first, then charts beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from clinic_desktop.domain import access
from clinic_desktop.services.words.translation import _, ngettext
from ui.visit.set_aside import ENDING, TOAST, is_copy, take_in_copies
from ui.widgets.toast import Toast
from ui.work.background import Background

from .dropped_files import DroppedFiles

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without them.
    from clinic_desktop.services.casefiles.case_import import CaseFile, Imported, TakenBack
    from ui.main_window import MainWindow

    from .import_sheet import ImportSheet

SUFFIX: Final = ".json"


class CaseImport(QObject):
    """Of one window: the files that were looked at, and the toast that tells what came of them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._files: tuple[CaseFile, ...] = ()
        self._words = ""
        self._wanted: tuple[Path, ...] = ()
        """Those that are looked at, or were last."""
        self._looking = Background(self)
        self.toast = Toast(window)
        self.toast.setObjectName(TOAST)
        self._sheet: ImportSheet | None = None
        DroppedFiles(window, (SUFFIX, ENDING)).dropped.connect(self.look_at)
        window.pages.currentChanged.connect(lambda _page: self.toast.leave_page())
        window.work.began.connect(self._show)
        window.work.ended.connect(self._show)
        window.work.outcome.connect(self._on_outcome)

    @property
    def made_sheet(self) -> ImportSheet | None:
        """The sheet, where it was asked for before."""
        return self._sheet

    @property
    def sheet(self) -> ImportSheet:
        """What lies over the page; made when first asked for."""
        if self._sheet is None:
            from .import_sheet import ImportSheet

            window = self._window
            self._sheet = ImportSheet(self.look_at, self.bring_in, window.open_patient, window)
            self._sheet.focus_lost.connect(window.refocus)
            self._show()
        return self._sheet

    def hindrance(self) -> str:
        """Why this user brings nothing in, in words; empty where they may."""
        desk = self._window.desk
        # The record itself refuses the rest.
        needed = (access.Action.CHANGE_PATIENTS, access.Action.WRITE_DRAFT)
        return next((why for one in needed if (why := desk.why_not(one))), "")

    # ------------------------------------------------------------------ looking
    def look_at(self, paths: Sequence[Path]) -> None:
        """Show what files hold and what would come of them; nothing is stored. Copies of visits of
        this clinic are taken in."""
        hindrance = self.hindrance()
        if hindrance:
            self._window.messages.show_message(hindrance)
            return
        copies = [path for path in paths if is_copy(path)]
        if copies:
            self._window.overlays.put_away()
            take_in_copies(self._window, copies)
            paths = [path for path in paths if path not in copies]
            if not paths:
                return
        if not self.sheet.isVisible():
            self._window.overlays.put_away()
            self.sheet.open()
        desk, wanted = self._window.desk, tuple(paths)

        def look() -> tuple[CaseFile, ...]:
            # Only here: reading case files is for who brings some.
            from clinic_desktop.services.casefiles.case_import import look_at_files

            return look_at_files(desk, wanted)

        if self._looking.start(look, self._on_looked, self._on_problem):
            said = ngettext("Looking at {n} file…", "Looking at {n} files…", len(wanted))
            self._files, self._words, self._wanted = (), said.format(n=len(wanted)), wanted
            self._show()

    def _on_looked(self, files: tuple[CaseFile, ...]) -> None:
        self._files, self._words = files, _looked_words(files)
        self._show()

    def _on_problem(self, problem: str) -> None:
        self._words = problem
        self._show()

    def _show(self) -> None:
        """Bring the sheet up to what is known, where there is one."""
        if self._sheet is not None:
            today = self._window.desk.clock().astimezone().date()
            busy = self._looking.busy or self._window.work.busy
            self._sheet.show_files(self._files, today, self._words, busy)

    # ------------------------------------------------------------------ bringing in
    def bring_in(self) -> None:
        """Enter the patients who are new, beside the window; the sheet is put away meanwhile."""
        desk, files = self._window.desk, self._files

        def bring() -> Imported:
            from clinic_desktop.services.casefiles.case_import import import_cases

            return import_cases(desk, files)

        begun = self._window.work.start(
            bring, self._on_imported, self._on_not_imported, _importing, _imported_words
        )
        if begun:
            self.toast.hide()
            self.sheet.close_up()

    def _on_imported(self, found: Imported) -> None:
        self._files = found.files
        said = self._words = _imported_words(found)
        if not any(one.is_new for one in found.files):
            self._files, self._words = (), ""
        self.toast.show_act(said, self._take_back(found) if found.can_be_taken_back else None)
        self._after()

    def _on_not_imported(self, problem: str) -> None:
        self._window.messages.show_message(problem)
        self._on_problem(problem)

    def _after(self) -> None:
        window = self._window
        if window.pages.currentWidget() is window.home:
            window.home.refresh()
        self._show()

    # ------------------------------------------------------------------ taking back
    def _take_back(self, found: Imported) -> Callable[[], None]:
        def undo() -> None:
            window, desk = self._window, self._window.desk
            if window.visit is not None and window.visit.chart.number in found.numbers:
                window.show_home()

            def take_out() -> TakenBack:
                from clinic_desktop.services.casefiles.case_import import take_back

                return take_back(desk, found.files)

            begun = window.work.start(
                take_out,
                self._on_taken_back,
                self._on_not_imported,
                _taking_back,
                _taken_back_words,
            )
            if not begun:
                said = _("Something else is being done; please wait for it.")
                self.toast.show_act(said, undo)

        return undo

    def _on_taken_back(self, found: TakenBack) -> None:
        self.toast.show_act(_taken_back_words(found), None)
        self._files, self._words = (), ""
        self._after()

    # ------------------------------------------------------------------ another window
    def _on_outcome(self, words: str) -> None:
        """What came of other work whose page is gone."""
        self.toast.show_act(words, None)

    def go_on_like(self, other: CaseImport) -> None:
        """Know the files that another one looked at, of a window that was built again."""
        if other._looking.busy:
            self.look_at(other._wanted)
        elif other._files:
            self._files = other._files
            self._words = _looked_words(self._files)
            self._show()


def _importing() -> str:
    return _("Case files are being imported.")


def _taking_back() -> str:
    return _("The import is being taken back.")


def _looked_words(files: Sequence[CaseFile]) -> str:
    new = sum(one.is_new for one in files)
    said = ngettext(
        "{new} of {n} file can be imported.", "{new} of {n} files can be imported.", len(files)
    )
    return said.format(new=new, n=len(files))


def _imported_words(found: Imported) -> str:
    """How many came in, and why the others did not."""
    left = sum(one.is_new for one in found.files)
    said = _count_words(len(found.numbers))
    if found.cancelled:
        stopped = _("{what} It was stopped; {n} of the files are not imported.")
        return stopped.format(what=said, n=left)
    if left:
        refused = _("{what} {n} of the files could not be; Ctrl+O says why.")
        return refused.format(what=said, n=left)
    return said


def _taken_back_words(found: TakenBack) -> str:
    said = ngettext(
        "{n} patient was taken out again; the clinic page can bring them back.",
        "{n} patients were taken out again; the clinic page can bring them back.",
        len(found.numbers),
    )
    return f"{said.format(n=len(found.numbers))} {found.problem}".strip()


def _count_words(count: int) -> str:
    if not count:
        return _("No patient was imported.")
    said = ngettext("{n} patient was imported.", "{n} patients were imported.", count)
    return said.format(n=count)
