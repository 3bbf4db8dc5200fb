"""A desk with a record of its own, and the real window at it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.compiled import shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from reports.handout import render_handout
from reports.papers import render_paper
from tests.arrivals import Arrival
from tests.at_the_desk import NOW, Therapist
from tests.records import make_clinic, opened
from tests.settled import all_done
from tests.signers import ANNA, Confirm, Staff
from ui import style

_CATALOGUE, _TEXT = load_catalogue(), load_catalogue_text()
_KNOWLEDGE = shipped_knowledge(_CATALOGUE, _TEXT)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Everything real, the clock excepted: a Monday morning in March."""
    database = opened(tmp_path)
    yield Desk(
        open_record=database.begin,
        catalogue=_CATALOGUE,
        text=_TEXT,
        plan_library=load_plan_library(),
        suggest=_KNOWLEDGE.suggest,
        judge_retest=_KNOWLEDGE.judge,
        explain=_KNOWLEDGE.explain,
        render_handout=render_handout,
        render_paper=render_paper,
        clock=lambda: NOW,
        who="T. Keller, PT",
        clinic=Clinic("Demo clinic", "555 0100"),
    )
    all_done()
    database.close()


@pytest.fixture
def arrival(tmp_path: Path, qtbot: QtBot) -> Iterator[Arrival]:
    """A clinic with one therapist; nobody is signed in."""
    make_clinic(tmp_path / "clinic")
    arrived = Arrival(tmp_path / "clinic", qtbot)
    yield arrived
    arrived.opener.close()


@pytest.fixture
def therapist(desk: Desk, qtbot: QtBot, qapp: QApplication) -> Therapist:
    """Somebody who types at the window."""
    style.apply(qapp, style.Scheme.LIGHT)
    return Therapist(desk, qtbot)


@pytest.fixture
def staff(desk: Desk) -> Staff:
    """Who signs at this desk's record."""
    return Staff(desk.open_record)


@pytest.fixture
def anna(desk: Desk, staff: Staff, qtbot: QtBot, qapp: QApplication) -> Therapist:
    """Anna, signed in at the window, with a visit of today begun and an angle charted."""
    style.apply(qapp, style.Scheme.LIGHT)
    confirm = Confirm(staff.pen(ANNA).signer)
    own = replace(desk, who=ANNA.signature_name, user=ANNA, signer=confirm)
    therapist = Therapist(own, qtbot)
    therapist.begins_visit()
    therapist.presses(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    therapist.types("+")
    therapist.page.model.record(Key("slr.angle", Side.RIGHT), "58")
    return therapist
