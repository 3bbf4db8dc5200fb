"""Case files before they come in: what each holds, what is wrong with it, who is here already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, ngettext
from ui.home.patient_list import birth_words
from ui.tokens import RING
from ui.visit.set_aside import ENDING
from ui.widgets.announcing import announce
from ui.widgets.buttons import Look, button_for
from ui.widgets.card_list import INSET
from ui.widgets.labels import Label
from ui.widgets.overlay_list import MOST_LINES, OverlayList

if TYPE_CHECKING:
    from clinic_desktop.domain.visits import Case
    from clinic_desktop.services.casefiles.case_import import CaseFile

WIDTH: Final = 760
MOST_FAULTS: Final = MOST_LINES - 2
"""Of a file on screen; all of them are copied."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file, and what would come of it or came of it."""

    file: CaseFile
    today: dt.date
    can_open: bool = True

    @property
    def said(self) -> str:
        """Whom it holds and how many visits; of one with faults its name, and each fault."""
        one = self.file
        if one.case is None:
            faults = one.faults[:MOST_FAULTS]
            more = len(one.faults) - len(faults)
            rest = (_("and {n} more").format(n=more),) if more else ()
            return "\n".join((one.path.name, *faults, *rest))
        return "\n".join((_case_words(one.case, self.today), *one.faults, *one.remarks))

    @property
    def beneath(self) -> str:
        """What comes of it, behind the file's name."""
        if self.file.case is None:
            return self._state[0]
        return _("{file}: {state}").format(file=self.file.path.name, state=self._state[0])

    @property
    def tone(self) -> str:
        """In which colour that stands; the words alone say it too."""
        return self._state[1]

    @property
    def leads_to(self) -> int | None:
        """The patient whose chart opens from here."""
        return self.file.known if self.file.known is not None else self.file.number

    @property
    def spoken(self) -> str:
        """The row as sentences."""
        return ". ".join((*self.said.split("\n"), self.beneath))

    @property
    def _state(self) -> tuple[str, str]:
        one = self.file
        if one.faults:
            said = ngettext(
                "{n} fault, nothing is imported. Return copies it.",
                "{n} faults, nothing is imported. Return copies them.",
                len(one.faults),
            )
            return said.format(n=len(one.faults)), "danger"
        if one.number is not None:
            said = _("entered as No {number}. Return opens the chart.")
            return said.format(number=f"{one.number:06d}"), "ink2"
        if one.known is not None:
            said = _("here already as No {number}, nothing is added. Return opens the chart.")
            return said.format(number=f"{one.known:06d}"), "caution"
        if one.refused:
            return one.refused, "danger"
        if one.same_as is not None:
            said = _("the same patient as in {file}, which alone is imported.")
            return said.format(file=one.same_as.name), "caution"
        if one.alike is not None:
            said = _("new; {name}, No {number}, was born on the same day. The same person?")
            named = {"name": one.alike.patient.name, "number": f"{one.alike.number:06d}"}
            return said.format(**named), "caution"
        return _("new here."), "ink2"


class ImportSheet(OverlayList):
    """Lies over the page; nothing is stored before Import is pressed."""

    def __init__(
        self,
        look_at: Callable[[Sequence[Path]], object],
        bring_in: Callable[[], object],
        open_patient: Callable[[int], object],
        parent: QWidget,
    ) -> None:
        super().__init__("import", WIDTH, parent)
        self._look_at, self._open_patient = look_at, open_patient
        self.heading.setText(_("Import case files"))
        self.setAccessibleName(_("Import case files"))
        self.list.setAccessibleName(_("Files"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.opened.connect(self._on_opened)
        self.empty = Label(tone="ink2", parent=self.card)
        self.empty.setObjectName("import_empty")
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(INSET, 0, INSET, 0)
        self.empty.setText(
            _(
                "Patients with their visits, from files that this program or another one wrote"
                " (.json). Choose one or many, or drop them on the window. You see what each holds"
                " before anything is stored, and nobody who is here already is changed."
            )
        )
        self.column.insertWidget(1, self.empty)
        self.choose = button_for("import_choose", _("Choose files…"), self._ask, parent=self.card)
        self.go = button_for("import_go", _("Import"), bring_in, Look.SOLID, self.card)
        line = QHBoxLayout()
        line.setContentsMargins(INSET - RING, 0, INSET - RING, 0)
        line.setSpacing(8)
        line.addWidget(self.choose)
        line.addStretch(1)
        line.addWidget(self.go)
        self.column.addLayout(line)

    # ------------------------------------------------------------------ showing
    def show_files(self, files: Sequence[CaseFile], today: dt.date, words: str, busy: bool) -> None:
        """Show what was found in files; `words` say how it stands, and `busy` that it is not over
        yet."""
        self.model.show_rows(tuple(FileRow(one, today) for one in files))
        self.empty.setVisible(not files)
        self.list.setVisible(bool(files))
        new = sum(one.is_new for one in files)
        some = ngettext("Import {n} patient", "Import {n} patients", new).format(n=new)
        self.go.setText(some if new else _("Import"))
        held = self.go.hasFocus() or self.choose.hasFocus()
        self.go.setEnabled(bool(new) and not busy)
        self.choose.setEnabled(not busy)
        self.note.setText(words)
        self.note.setAccessibleName(words)
        if self.isVisible():
            self.place_card()
            announce(self.note, words)
            if held or not busy:
                self.take_focus()

    @override
    def closes_with(self) -> str:
        return _("back")

    @override
    def take_focus(self) -> None:
        reason = Qt.FocusReason.PopupFocusReason
        stops = (self.go, self.choose, self.list)
        stop = next((one for one in stops if one.isEnabled() and not one.isHidden()), None)
        (stop or self).setFocus(reason)

    @override
    def stops(self) -> tuple[QWidget, ...]:
        known = (self.list, self.choose, self.go)
        return tuple(one for one in known if one.isEnabled() and not one.isHidden()) or (self,)

    # ------------------------------------------------------------------ doing
    def _ask(self) -> None:
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(places)
        kinds = _("Case files") + f" (*.json *{ENDING})"
        names, _kind = QFileDialog.getOpenFileNames(self, _("Import case files"), folder, kinds)
        if names:
            self._look_at([Path(name) for name in names])

    def _on_opened(self, row: FileRow) -> None:
        """Open the patient's chart where there is one; else copy what is wrong."""
        if row.leads_to is not None:
            self.close_up()
            self._open_patient(row.leads_to)
        elif row.file.faults:
            lines = (f"{row.file.path.name}: {fault}" for fault in row.file.faults)
            QGuiApplication.clipboard().setText("\n".join(lines))
            self.note.setText(_("Copied."))
            announce(self.note, self.note.text())


def _case_words(case: Case, today: dt.date) -> str:
    """Whom a file holds: `MARDEN, Ella, 2 Sep 1990 (35 y), 3 visits, the last 16 Mar 2026`."""
    said = ngettext(
        "{name}, {born}, {n} visit, {day}",
        "{name}, {born}, {n} visits, the last {day}",
        len(case.visits),
    )
    born, day = birth_words(case.patient, today), date_words(case.visits[-1].date)
    return said.format(name=case.patient.name, born=born, n=len(case.visits), day=day)
