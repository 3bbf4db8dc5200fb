"""Scenes around the visit: the course, the papers, the clinic, what the program says of itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.clinic_page import ClinicPage

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
