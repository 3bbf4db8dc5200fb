"""Scenes of a visit: its sections empty and charted, a red flag, signed, what lies over it."""

from __future__ import annotations

from functools import partial
from typing import Final

from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from tests.records import PASSPHRASE

from .scene import Scene, into
from .stage import LEAST, Stage

SCENES: Final[list[Scene]] = []
scene = into(SCENES)
ACCEPTED: Final = ("story", "nerves", "plan")


def _section(patient: str, section: str, stage: Stage) -> None:
    stage.opens(patient, section)


for _known in load_catalogue().sections:
    for _patient, _state in (("empty", "empty"), ("case_a", "charted")):
        SCENES.append(
            Scene(
                f"visit-{_known.id}-{_state}",
                f"Visit, section {_known.id}, {_state}",
                partial(_section, _patient, _known.id),
                accepted=_state == "charted" and _known.id in ACCEPTED,
            )
        )


@scene("visit-red-flag", "Visit, a red flag for the same day", accepted=True)
def red_flag(stage: Stage) -> None:
    stage.opens("flagged", "nerves")


@scene("visit-error", "Visit, an angle out of range")
def error(stage: Stage) -> None:
    stage.opens("empty", "nerves")
    stage.hand.walk_to("slr.angle@right")
    stage.hand.types("230")
    stage.hand.press("Return")


@scene("visit-retest", "Visit, a treatment is tried and the signs taken again")
def retest(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.hand.press("Ctrl+R")


@scene("visit-changes", "What changed since last time", accepted=True)
def changes(stage: Stage) -> None:
    stage.opens("case_a")
    stage.hand.press("Ctrl+D")


@scene("visit-sign", "About to sign")
def sign(stage: Stage) -> None:
    stage.opens("case_a", "note")
    stage.hand.press("Ctrl+Return")


@scene("visit-signed", "Signed: locked, with room for an addendum", accepted=True)
def signed(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.hand.press("Ctrl+Return")
    stage.hand.types(PASSPHRASE)
    stage.hand.press("Return")


@scene("visit-older", "An older visit, signed and locked")
def older(stage: Stage) -> None:
    stage.opens("case_a")
    stage.hand.click(stage.widget("visit_1"))


@scene("panel", "The rule panel has the keyboard; a drawer where there is no room", accepted=True)
def panel(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.shown.resize(*LEAST)
    stage.hand.press("F6")


@scene("palette", "The command palette")
def palette(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.hand.press("Ctrl+K")
    stage.hand.types("slr")


@scene("keys", "All keys")
def keys(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.hand.press("Ctrl+/")


@scene("phrases", "Phrases: read, changed, added")
def phrases(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.hand.press("Ctrl+Shift+P")


@scene("phrases-offered", "A free text: what is open, and phrases that fit", accepted=True)
def phrases_offered(stage: Stage) -> None:
    stage.opens("case_a", "note")
    stage.hand.walk_to("note.assessment")
    stage.hand.types(".in")
    stage.hand.press("Tab")
    stage.hand.walk_to("note.plan")
    stage.hand.types("So .")
    stage.hand.press("Down")


@scene("word-offered", "A free text: the rest of a word in grey")
def word_offered(stage: Stage) -> None:
    stage.opens("case_a", "note")
    stage.hand.walk_to("note.plan")
    stage.hand.types("Told of the ham")


@scene("history", "Who charted a field, and when")
def history(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.window.overlays.toggle_history(stage.page)


@scene("patient-sheet", "The patient's own sheet")
def patient_sheet(stage: Stage) -> None:
    stage.opens("case_a")
    stage.hand.press("Ctrl+I")
