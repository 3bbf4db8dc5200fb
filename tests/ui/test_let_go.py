"""What is put away is gone: nothing of a patient stays in memory behind the page that is left."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.visit.editing import VisitEditor
from tests.at_the_desk import CTRL, Therapist
from tests.settled import all_done
from tests.signing_at_the_desk import sign
from ui.papers.letter_preview import LetterPreview

RESULT = Key("slr.result", Side.RIGHT)
OPENED = {
    "the board": (Qt.Key.Key_B, CTRL),
    "the course": (Qt.Key.Key_E, CTRL),
    "the handout": (Qt.Key.Key_P, CTRL),
    "the patient": (Qt.Key.Key_I, CTRL),
    "the history": (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    "help": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    "all commands": (Qt.Key.Key_K, CTRL),
}


def is_gone(kept: weakref.ref[VisitEditor]) -> bool:
    """Whether nothing holds it any more, once what was let go went."""
    all_done()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return kept() is None


@pytest.mark.parametrize("what", ["nothing else", *OPENED, "a signature"])
def test_a_visit_that_is_left_is_gone(anna: Therapist, what: str) -> None:
    """With its editor, its findings and all answers of the rules to them."""
    anna.page.model.record(RESULT, "positive")
    all_done()
    editor = weakref.ref(anna.page.model.editor)
    if what == "a signature":
        sign(anna)
    elif what in OPENED:
        anna.presses(*OPENED[what])
        anna.presses(Qt.Key.Key_Escape)
    anna.window.show_home()
    another = anna.knows("Case B", anna.desk.clock().date())
    anna.window.begin_visit(another)
    if what in OPENED:  # what lies over the page is kept, and tells of who is on screen
        anna.presses(*OPENED[what])
        anna.presses(Qt.Key.Key_Escape)
    assert is_gone(editor)


def test_letters_of_visits_that_were_left_stay_in_the_record_alone(anna: Therapist) -> None:
    """One that was begun is found again as it was typed; however many are looked at, one is kept in
    memory."""
    first = anna.page.chart.number
    anna.window.show_paper("letter")
    anna.types("City hospital")
    for name in ("Case B", "Case C"):
        anna.begins_visit(name)
        anna.window.show_paper("letter")
        all_done()
    assert list(anna.window.unfinished.letters) == [anna.page.chart.visit_id]
    anna.window.open_patient(first)
    anna.window.show_paper("letter")
    preview = anna.window.preview
    assert isinstance(preview, LetterPreview)
    assert preview.form.draft.recipient == "City hospital"
