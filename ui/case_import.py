"""Brings case files into the record from the window: looks first, then charts beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from clinic_desktop.domain import access
from clinic_desktop.services.translation import _, ngettext

from .background import Background
from .dropped_files import DroppedFiles
from .set_aside import ENDING, TOAST, is_copy, take_in_copies
from .toast import Toast

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without them.
    from clinic_desktop.services.case_import import CaseFile, Imported, TakenBack

    from .import_sheet import ImportSheet
    from .main_window import MainWindow

SUFFIX: Final = ".json"


class CaseImport(QObject):
    """Of one window: the files that were looked at, and the toast that tells what came of them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._files: tuple[CaseFile, ...] = ()
        self._words = ""
        self._looking = Background(self)
        self.toast = Toast(window)
        self.toast.setObjectName(TOAST)
        self._sheet: ImportSheet | None = None
        DroppedFiles(window, (SUFFIX, ENDING)).dropped.connect(self.look_at)
        window.work.began.connect(self._show)
        window.work.ended.connect(self._show)

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
            from clinic_desktop.services.case_import import look_at_files

            return look_at_files(desk, wanted)

        if self._looking.start(look, self._on_looked, self._on_problem):
            said = ngettext("Looking at {n} file…", "Looking at {n} files…", len(wanted))
            self._files, self._words = (), said.format(n=len(wanted))
            self._show()

    def _on_looked(self, files: tuple[CaseFile, ...]) -> None:
        new = sum(one.is_new for one in files)
        said = ngettext(
            "{new} of {n} file can be imported.", "{new} of {n} files can be imported.", len(files)
        )
        self._files, self._words = files, said.format(new=new, n=len(files))
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
            from clinic_desktop.services.case_import import import_cases

            return import_cases(desk, files)

        words = _("Case files are being imported.")
        if self._window.work.start(bring, self._on_imported, self._on_not_imported, words):
            self.toast.hide()
            self.sheet.close_up()

    def _on_imported(self, found: Imported) -> None:
        self._files = found.files
        left = sum(one.is_new for one in found.files)
        count = len(found.numbers)
        said = _count_words(count)
        if found.cancelled:
            stopped = _("{what} It was stopped; {n} of the files are not imported.")
            said = stopped.format(what=said, n=left)
        elif left:
            refused = _("{what} {n} of the files could not be; Ctrl+O says why.")
            said = refused.format(what=said, n=left)
        self._words = said
        if not left:
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
                from clinic_desktop.services.case_import import take_back

                return take_back(desk, found.files)

            words = _("The import is being taken back.")
            if not window.work.start(take_out, self._on_taken_back, self._on_not_imported, words):
                said = _("Something else is being done; please wait for it.")
                self.toast.show_act(said, undo)

        return undo

    def _on_taken_back(self, found: TakenBack) -> None:
        said = ngettext(
            "{n} patient was taken out again; the clinic page can bring them back.",
            "{n} patients were taken out again; the clinic page can bring them back.",
            len(found.numbers),
        )
        said = said.format(n=len(found.numbers))
        self.toast.show_act(f"{said} {found.problem}".strip(), None)
        self._files, self._words = (), ""
        self._after()


def _count_words(count: int) -> str:
    if not count:
        return _("No patient was imported.")
    said = ngettext("{n} patient was imported.", "{n} patients were imported.", count)
    return said.format(n=count)
