"""Scenes around the visit: the course, the papers, the clinic, what the program says of itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tests.settled import all_done
from ui.clinic.page import ClinicPage

from .gallery import gallery
from .scene import Scene, into
from .stage import Stage

SCENES: Final[list[Scene]] = []
scene = into(SCENES)


def _course(view: str, stage: Stage) -> None:
    stage.opens("case_a")
    stage.window.show_course(view)


def _paper(kind: str, patient: str, stage: Stage) -> None:
    stage.opens(patient)
    stage.window.show_paper(kind)


for _view, _words in (
    ("about", "goal and facts"), ("board", "the board of visits"), ("progress", "progress"),
):  # fmt: skip
    SCENES.append(
        Scene(f"course-{_view}", f"Course, {_words}", partial(_course, _view), accepted=True)
    )
for _kind, _words in (
    ("handout", "the patient's sheet"), ("letter", "the referral letter"),
    ("note", "the visit note"), ("report", "the report of the course"),
):  # fmt: skip
    SCENES.append(
        Scene(
            f"paper-{_kind}",
            f"Preview of {_words}",
            partial(_paper, _kind, "case_a"),
            accepted=_kind == "handout",
        )
    )
SCENES.append(
    Scene(
        "paper-withheld",
        "No sheet while a red flag is open",
        partial(_paper, "handout", "flagged"),
    )
)


@scene("clinic", "Clinic: settings", accepted=True)
def clinic(stage: Stage) -> None:
    stage.signs_in()
    stage.window.show_clinic()


@scene("clinic-backups", "Clinic: backups")
def backups(stage: Stage) -> None:
    _clinic_at(stage, lambda page: page.backups)


@scene("clinic-people", "Clinic: people")
def people(stage: Stage) -> None:
    _clinic_at(stage, lambda page: page.people)


@scene("clinic-roles", "Clinic: passphrase, recovery sheet, what each role may do")
def roles(stage: Stage) -> None:
    _clinic_at(stage, lambda page: page.passphrase)


def _clinic_at(stage: Stage, find: Callable[[ClinicPage], QWidget | None]) -> None:
    """The clinic's page, scrolled to one of its cards."""
    stage.signs_in()
    stage.window.show_clinic()
    QApplication.processEvents()
    page = stage.window.clinic
    assert page is not None
    card, area = find(page), page.findChild(QScrollArea)
    assert card is not None
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(card.y() - 8)


def _files(folder: Path) -> list[Path]:
    """Case files as another clinic may send them: new, here already, nearly here, faulty."""
    folder.mkdir(exist_ok=True)
    made = []
    for name, patient, born, days in (
        ("orrin", "ORRIN, Paul", "1979-05-21", ("2026-02-02", "2026-02-16", "2026-03-09")),
        ("marden", "MARDEN, Ella", "1990-09-02", ("2026-02-02",)),
        ("mardin", "MARDIN, Elle", "1990-09-02", ("2026-03-02", "2026-03-16")),
        ("vale", "VALE, Iris", "2031-11-03", ("2026-03-02", "2026-02-16")),
    ):
        case = {
            "format": "clinic-desktop-case/1",
            "patient": {"name": patient, "birth_date": born},
            "visits": [{"date": day, "findings": {"slr.angle": {"right": 58}}} for day in days],
        }
        made.append(folder / f"{name}.json")
        made[-1].write_text(json.dumps(case), encoding="utf-8")
    return made


@scene("import-empty", "Import, before files are chosen")
def import_empty(stage: Stage) -> None:
    stage.signs_in()
    stage.hand.press("Ctrl+O")


@scene(
    "import", "Import: new, here already, perhaps the same person, and with faults", accepted=True
)
def import_files(stage: Stage) -> None:
    stage.signs_in()
    stage.window.imports.look_at(_files(stage.folder / "sent"))


@scene("import-many", "Import of many files")
def import_many(stage: Stage) -> None:
    stage.signs_in()
    folder = stage.folder / "sent"
    first = _files(folder)[0].read_text(encoding="utf-8")
    paths = []
    for n in range(1, 41):
        paths.append(folder / f"orrin-{n}.json")
        paths[-1].write_text(first.replace("Paul", f"Paul {n}"), encoding="utf-8")
    stage.window.imports.look_at(paths)


@scene("imported", "Imported: the toast on the home page")
def imported(stage: Stage) -> None:
    stage.signs_in()
    stage.window.imports.look_at(_files(stage.folder / "sent")[:1])
    all_done()
    stage.hand.press("Return")


@scene("audit", "Audit trail")
def audit(stage: Stage) -> None:
    stage.opens("case_a")
    stage.window.overlays.toggle_audit()


@scene("about", "About")
def about(stage: Stage) -> None:
    stage.signs_in()
    stage.window.overlays.toggle_about()


@scene("support", "Support report")
def support(stage: Stage) -> None:
    stage.signs_in()
    stage.window.overlays.toggle_support()


@scene("controls", "Controls and their states", accepted=True)
def controls(stage: Stage) -> None:
    stage.puts_up(gallery())
