"""What somebody does to sign at the window, and what the page then says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.at_the_desk import CTRL, Therapist
from tests.signers import PASSPHRASE
from ui.visit.rail import VisitButton


def sign(anna: Therapist) -> None:
    """Ctrl+Return, the passphrase, Return."""
    anna.presses(Qt.Key.Key_Return, CTRL)
    anna.types(PASSPHRASE)
    anna.presses(Qt.Key.Key_Return)


def points(anna: Therapist) -> str:
    """What is told of before signing."""
    label = anna.widget("sign_points")
    assert isinstance(label, QLabel)
    return label.text()


def state_in_rail(anna: Therapist) -> str:
    """The word behind the first visit of the course."""
    button = anna.widget("visit_1")
    assert isinstance(button, VisitButton)
    return button.entry.state


def words(anna: Therapist) -> str:
    """How the visit on screen stands."""
    return anna.page.note.signed.text()
