"""The first minutes: from a computer without a clinic to the first sheet, by keys and clicks alone.

Every key and click is counted. A new user types 40 words a minute, so some three keys a second,
and needs some seconds for each decision: what is counted here fits three minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from clinic_desktop.bootstrap import _DeskOpener
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import QUICK
from tests.settled import all_done
from ui import style
from ui.demo.typist import Typist
from ui.reception import Reception

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
KEYS_A_SECOND, SECONDS_A_DECISION, MOST_SECONDS = 3.0, 4.0, 180.0
PASSPHRASE = "grey otter seven lamps"


class NewUser(Typist):
    """Types and clicks at whatever window is in front, and counts it."""

    def __init__(self, reception: Reception) -> None:
        self.reception = reception
        self.keys = self.clicks = self.decisions = 0
        super().__init__(reception.entrance, load_catalogue())

    @property
    def front(self) -> QMainWindow:
        """The entrance, or the window behind it."""
        window = self.reception.window
        return window if window is not None and window.isVisible() else self.reception.entrance

    def looks(self) -> None:
        """Turn to the window that is in front now."""
        all_done()
        QApplication.processEvents()
        self._window = self.front
        self.take_window()

    def decides(self) -> None:
        """Read what is there and decide what to do."""
        self.decisions += 1

    @override
    def press(self, keys: str, times: int = 1) -> None:
        self.keys += times
        super().press(keys, times)

    @override
    def types(self, text: str) -> None:
        self.keys += len(text)
        super().types(text)

    @override
    def click(self, widget: QWidget) -> None:
        self.clicks += 1
        super().click(widget)

    @property
    def seconds(self) -> float:
        """How long it would take a new user."""
        moves = (self.keys + self.clicks) / KEYS_A_SECOND
        return moves + SECONDS_A_DECISION * self.decisions


@pytest.fixture
def user(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[NewUser]:
    """Somebody who starts the program for the first time."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    style.apply(qapp, style.Scheme.LIGHT)
    folder = tmp_path / "profile"
    door = FrontDoor(FolderOfClinic(folder, QUICK), folder, lambda: NOW)
    opener = _DeskOpener()
    reception = Reception(door, lambda who: opener.desk_of(who, folder), lambda: NOW)
    qtbot.addWidget(reception.entrance)
    reception.open()
    yield NewUser(reception)
    if reception.window is not None:
        reception.window.close()
    opener.close()
    all_done()


def makes_the_clinic(user: NewUser) -> None:
    """The cursor is in the first line; what can wait is left out."""
    user.looks()
    focus = user.focus
    assert isinstance(focus, QLineEdit)
    assert focus.objectName() == "clinic_name"
    user.decides()
    user.types("Riverside Physio")
    user.press("Return", 3)
    user.decides()
    user.types("Anna Keller")
    user.press("Return", 2)
    user.decides()
    user.types(PASSPHRASE)
    user.press("Return")
    user.types(PASSPHRASE)
    user.press("Return")
    user.looks()


def enters_the_first_patient(user: NewUser) -> None:
    """Home says what comes first; Ctrl+N stands there."""
    steps = user.widget("first_steps")
    assert steps.isVisible()
    user.decides()
    user.press("Ctrl+N")
    user.types("Maria Lopez")
    user.press("Return")
    user.types("3 May 1985")
    user.press("Return")
    user.types("f")
    user.press("Return")
    user.looks()


def answers_the_screen(user: NewUser) -> None:
    """Group by group, each by a key of its own; the keyboard goes on by itself."""
    user.decides()
    user.types("1")  # the right side hurts
    user.press("Alt+2")
    window = user.reception.window
    assert window is not None
    assert window.visit is not None
    model = window.visit.model
    groups = [name for name in load_catalogue().groups if model.is_screen_group(name)]
    for group in groups:
        user.decides()
        assert model.open_in_group(group), "the keyboard did not go on to this group"
        user.press("Shift+N")
        assert not model.open_in_group(group)
    assert model.suggestion.screen.complete


def test_the_first_sheet_in_under_three_minutes(user: NewUser, tmp_path: Path) -> None:
    makes_the_clinic(user)
    enters_the_first_patient(user)
    answers_the_screen(user)
    window = user.reception.window
    assert window is not None
    assert window.visit is not None
    user.decides()
    panel = window.visit.panel
    add = next(
        button
        for button in panel.findChildren(QWidget)
        if button.isVisible() and getattr(button, "text", lambda: "")() == "Add"
    )
    user.click(add)
    user.decides()
    user.press("Ctrl+P")
    user.looks()
    user.decides()
    sheet = tmp_path / "sheet.pdf"
    user.save_sheet(sheet)
    with pypdfium2.PdfDocument(sheet.read_bytes()) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    for words in ("Riverside Physio", "Your home plan", "Maria Lopez", "3 May 1985", "000001"):
        assert words in text
    assert "Anna Keller" in text
    assert "SAMPLE" not in text
    print(  # noqa: T201 - the count is what the run is for
        f"\n{user.keys} keys, {user.clicks} clicks, {user.decisions} decisions:"
        f" {user.seconds:.0f} s for a new user"
    )
    assert user.seconds < MOST_SECONDS


def test_a_passphrase_that_is_too_easy_is_told_as_it_is_typed(user: NewUser) -> None:
    user.looks()
    user.types("Riverside Physio")
    user.press("Return", 3)
    user.types("Anna Keller")
    user.press("Return", 2)
    user.types("password")
    page = user.front.findChild(QWidget, "new_passphrase")
    assert page is not None
    told = " ".join(label.text() for label in user.front.findChildren(QLabel) if label.isVisible())
    assert "At least 15 characters" in told


def test_what_is_typed_can_be_shown_and_hidden(user: NewUser) -> None:
    user.looks()
    line = user.front.findChild(QLineEdit, "new_passphrase")
    assert isinstance(line, QLineEdit)
    for shown in (QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password):
        user.click(user.widget("reveal_passphrase"))
        assert line.echoMode() is shown
