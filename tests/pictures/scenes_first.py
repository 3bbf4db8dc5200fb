"""Scenes of the first minutes: the sample clinic, help on a test, the manual, finding a setting."""

from __future__ import annotations

from typing import Final

from clinic_desktop.services.clinic.settings import SAMPLE
from clinic_desktop.services.clinic.settings_writing import write_settings
from clinic_desktop.services.words.translation import in_use

from .scene import Scene, into
from .stage import Stage

SCENES: Final[list[Scene]] = []
scene = into(SCENES)


@scene("sample-home", "Home of a sample clinic: marked on every page")
def sample_home(stage: Stage) -> None:
    write_settings(stage.folder, {"clinic": {SAMPLE: True}})
    stage.signs_in()


@scene("sample-visit", "A visit in a sample clinic")
def sample_visit(stage: Stage) -> None:
    write_settings(stage.folder, {"clinic": {SAMPLE: True}})
    stage.opens("case_a", "nerves")


@scene("help-test", "Help on a test, one key away", accepted=True)
def help_test(stage: Stage) -> None:
    stage.opens("case_a", "nerves")
    stage.hand.walk_to("slump.result@right")
    stage.hand.press("F1")


@scene("help-drawn", "Help with drawings")
def help_drawn(stage: Stage) -> None:
    stage.opens("case_a", "gait")
    stage.hand.walk_to("gait.overstride@right")
    stage.hand.press("F1")


@scene("manual", "The manual")
def manual(stage: Stage) -> None:
    stage.signs_in()
    stage.hand.press("F1")


@scene("settings-found", "A setting is found by typing", accepted=True)
def settings_found(stage: Stage) -> None:
    stage.signs_in()
    stage.hand.press("Ctrl+,")
    stage.hand.types("papel" if in_use() == "es" else "paper")


@scene("plan-chosen", "The plan is chosen and fits on one sheet")
def plan_chosen(stage: Stage) -> None:
    stage.opens("case_a", "plan")
