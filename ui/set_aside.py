"""Keeps a visit elsewhere while the record cannot be reached, and takes such a copy in again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.translation import _, ngettext

from .message_bar import MessageBar
from .toast import Toast
from .worker import writer

if TYPE_CHECKING:
    # Imported in need only: the visit stands sooner without them.
    from clinic_desktop.services.session import Session
    from clinic_desktop.services.set_aside import TakenIn

    from .chart import OpenChart
    from .main_window import MainWindow

ENDING: Final = ".clinic-visit"
TOAST: Final = "import_toast"
"""The line of a window that tells what was done with files."""


def ask_and_keep(parent: QWidget, chart: OpenChart, session: Session) -> None:
    """Ask for a place, and write there what of the visit is not in the record yet."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    # The number says whose it is here, and nothing to anybody else.
    name = f"{chart.number:06d}-{chart.visit_id}{ENDING}"
    proposed = str(Path(QStandardPaths.writableLocation(documents)) / name)
    kinds = f"{_('Copies of visits')} (*{ENDING})"
    path, _kind = QFileDialog.getSaveFileName(parent, _("Save a copy elsewhere"), proposed, kinds)
    if path:
        keep(parent.window(), chart, session, Path(path))


def keep(window: QWidget, chart: OpenChart, session: Session, path: Path) -> None:
    """Write the copy, and say so."""
    from clinic_desktop.services.set_aside import Unsaved, keep_elsewhere

    editor = chart.model.editor
    unsaved = Unsaved(
        chart.number, chart.visit_id, chart.patient, editor.acknowledged, editor.visit
    )
    try:
        keep_elsewhere(session, path, unsaved)
    except ChartError as problem:
        _say_problem(window, str(problem))
        return
    said = _(
        "{name} holds this visit, readable in this clinic only. The window still saves it by itself"
        " once it can; after closing, take it in with Ctrl+O."
    )
    _say(window, said.format(name=path.name))


def is_copy(path: Path) -> bool:
    """Whether a file is such a copy, by its name."""
    return path.suffix.lower() == ENDING


def take_in_copies(window: MainWindow, paths: Sequence[Path]) -> None:
    """Chart what of copies is not in the record yet, and open the last visit of them. The page of a
    visit is put away before: what it shows must not go stale under somebody's hands."""
    from clinic_desktop.services.set_aside import read_copy, take_in

    desk, session = window.desk, window.desk.session
    if session is None:
        return
    window.show_home()
    found: list[TakenIn] = []
    try:
        for path in paths:
            unsaved = read_copy(desk, session, path)
            if any(page.chart.visit_id == unsaved.visit_id for page in window.unfinished.visits):
                raise ChartError(_("This visit is still open here and is saved by itself."))
            found.append(writer().do(partial(take_in, desk, unsaved)))
    except ChartError as problem:
        _say_problem(window, str(problem))
    if found:
        window.open_patient(found[-1].number, found[-1].visit_id)
        _say(window, _words(found))


def _words(found: Sequence[TakenIn]) -> str:
    charted, differing = (sum(getattr(f, name) for f in found) for name in ("charted", "differing"))
    said = _("Everything in the copy was in the record already.")
    if charted or differing:
        said = ngettext(
            "{n} entry of the copy is in the record now.",
            "{n} entries of the copy are in the record now.",
            charted,
        ).format(n=charted)
    if differing:
        stays = ngettext(
            "{said} {n} was changed there since, and stays.",
            "{said} {n} were changed there since, and stay.",
            differing,
        )
        said = stays.format(said=said, n=differing)
    return said


def _say(window: QWidget, words: str) -> None:
    toast = window.findChild(Toast, TOAST)
    if isinstance(toast, Toast):
        toast.show_act(words, None)


def _say_problem(window: QWidget, words: str) -> None:
    bar = window.findChild(MessageBar)
    if isinstance(bar, MessageBar):
        bar.show_message(words)
