"""Nobody is shut out: every page and state of the window walked by ear and by keyboard.

Once in English in light, where each control shows that it has the keyboard; and once in Spanish,
where names, letters and widths are others, and one control of each kind shows it in dark and in
high contrast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue_text
from tests.arrivals import Arrival
from tests.at_the_desk import Therapist
from tests.places import DOOR, SCENES, SIGNED
from tests.records import make_clinic
from tests.spanish import knowledge
from tests.walking import english_heard, walk
from ui import style
from ui.languages import speak

ALLOWED = (
    "Case A", "Case B", "Case D", "Case E", "run 10 km", "T. Keller, PT", "Demo clinic",
    "The record cannot be reached.", "Letter", "OR", "only",
)  # fmt: skip
"""What people wrote, as it was written; the paper of that name; what licences are called."""
IN_THE_PATIENTS_LANGUAGE = "handout"
OTHERS = (style.Scheme.DARK, style.Scheme.CONTRAST_DARK, style.Scheme.CONTRAST_LIGHT)


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    """What the window speaks."""
    speak(request.param)
    return str(request.param)


@pytest.fixture
def desk(desk: Desk, language: str) -> Desk:
    """The desk, in that language."""
    known = knowledge(language)
    return replace(
        desk,
        retest_bands=lambda: known.engine.rulebook.plan.bands,
        text=load_catalogue_text(language),
        plan_library=known.library,
        suggest=known.suggest,
        judge_retest=known.judge,
        explain=known.explain,
    )


def faults(window: QWidget, language: str, scene: str = "") -> str:
    """What would stop somebody there, in words."""
    if language == "en":
        return "\n".join(map(str, walk(window)))
    english = english_heard(window, ALLOWED) if scene != IN_THE_PATIENTS_LANGUAGE else ()
    return "\n".join(map(str, [*english, *walk(window, *OTHERS)]))


@pytest.mark.parametrize("scene", SCENES)
def test_nobody_is_shut_out(scene: str, language: str, therapist: Therapist) -> None:
    SCENES[scene](therapist)
    assert not faults(therapist.window, language, scene)


@pytest.mark.parametrize("scene", SIGNED)
def test_nobody_is_shut_out_of_signing(scene: str, language: str, anna: Therapist) -> None:
    SIGNED[scene](anna)
    assert not faults(anna.window, language)


# ---------------------------------------------------------------------- before and behind it
@pytest.fixture
def arrival(tmp_path: Path, language: str, qtbot: QtBot, qapp: QApplication) -> Iterator[Arrival]:
    """A clinic with one therapist; nobody is signed in."""
    style.apply(qapp, style.Scheme.LIGHT)
    make_clinic(tmp_path / "clinic")
    arrived = Arrival(tmp_path / "clinic", qtbot)
    yield arrived
    arrived.opener.close()


@pytest.mark.parametrize("scene", DOOR)
def test_nobody_is_shut_out_at_the_door(scene: str, language: str, arrival: Arrival) -> None:
    assert not faults(DOOR[scene](arrival), language)


def test_nobody_is_shut_out_of_making_a_clinic(
    tmp_path: Path, language: str, qtbot: QtBot, qapp: QApplication
) -> None:
    style.apply(qapp, style.Scheme.LIGHT)
    arrival = Arrival(tmp_path / "new", qtbot)
    found = faults(arrival.reception.entrance, language)
    arrival.opener.close()
    assert not found
