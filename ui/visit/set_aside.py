"""Keeps a visit elsewhere while the record cannot be reached, and takes such a copy in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.words.translation import _, ngettext
from ui.widgets.message_bar import MessageBar
from ui.widgets.toast import Toast
from ui.work.worker import writer

if TYPE_CHECKING:
    # Imported in need only: the visit stands sooner without them.
    from clinic_desktop.services.access.session import Session
    from clinic_desktop.services.safety.set_aside import TakenIn, Unsaved
    from ui.main_window import MainWindow

    from .chart import OpenChart

ENDING: Final = ".clinic-visit"
TOAST: Final = "import_toast"
"""The line of a window that tells what was done with files."""


def ask_and_keep(parent: QWidget, chart: OpenChart, session: Session) -> Path | None:
    """Ask for a place, and write there what of the visit is not in the record yet; gives where it
    is, None where there is none."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    # The number says whose it is here, and nothing to anybody else.
    name = f"{chart.number:06d}-{chart.visit_id}{ENDING}"
    proposed = str(Path(QStandardPaths.writableLocation(documents)) / name)
    kinds = f"{_('Copies of visits')} (*{ENDING})"
    path, _kind = QFileDialog.getSaveFileName(parent, _("Save a copy elsewhere"), proposed, kinds)
    kept = bool(path) and _keep(parent.window(), chart, session, Path(path))
    return Path(path) if kept else None


def _keep(window: QWidget, chart: OpenChart, session: Session, path: Path) -> bool:
    """Write the copy, note where it is, and say so; or say why there is none."""
    from clinic_desktop.services.safety.copies_elsewhere import CopyElsewhere, note_copy
    from clinic_desktop.services.safety.set_aside import keep_elsewhere

    try:
        keep_elsewhere(session, path, _unsaved(window, chart))
    except ChartError as problem:
        _say_problem(window, str(problem))
        return False
    note_copy(CopyElsewhere(chart.desk.clinic_id, path.absolute(), chart.desk.clock()))
    said = _(
        "{name} holds this visit, readable in this clinic only. The window still saves it by itself"
        " once it can; after closing, take it in with Ctrl+O."
    )
    _say(window, said.format(name=path.name))
    return True


def _unsaved(window: QWidget, chart: OpenChart) -> Unsaved:
    """The visit with the letters and the addendum that are being written at it."""
    from clinic_desktop.services.safety.set_aside import Unsaved
    from ui.main_window import MainWindow

    editor = chart.model.editor
    unsaved = Unsaved(
        chart.number, chart.visit_id, chart.patient, editor.acknowledged, editor.visit
    )
    if not isinstance(window, MainWindow):
        return unsaved
    letters = window.unfinished.letters.get(chart.visit_id)
    if letters is not None:
        unsaved = replace(unsaved, letters_before=letters.stored, letters=letters.now)
    note = window.visit.note.editor if window.visit is not None else None
    if note is not None:
        text = note.text.value() or ""
        unsaved = replace(unsaved, author=note.author, addendum_before=note.stored, addendum=text)
    return unsaved


def is_copy(path: Path) -> bool:
    """Whether a file is such a copy, by its name."""
    return path.suffix.lower() == ENDING


def take_in_copies(window: MainWindow, paths: Sequence[Path]) -> None:
    """Chart what of copies is not in the record yet, and open the last visit of them. The page of a
    visit is put away before: what it shows must not go stale under somebody's hands."""
    from clinic_desktop.services.safety.copies_elsewhere import forget_copy
    from clinic_desktop.services.safety.set_aside import read_copy, take_in

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
            if not found[-1].of_another:
                forget_copy(path.absolute())
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
    if any(one.of_another for one in found):
        others = _("{said} An addendum in it is of somebody else, who takes it in when signed in.")
        said = others.format(said=said)
    return said


def _say(window: QWidget, words: str) -> None:
    toast = window.findChild(Toast, TOAST)
    if isinstance(toast, Toast):
        toast.show_act(words, None)


def _say_problem(window: QWidget, words: str) -> None:
    bar = window.findChild(MessageBar)
    if isinstance(bar, MessageBar):
        bar.show_message(words)
