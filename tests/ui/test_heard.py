"""What is said aloud by itself: the news, once, and only to who listens."""

from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from clinic_desktop.domain.values import Key, Side
from tests.at_the_desk import Therapist
from ui.widgets import accessibility
from ui.widgets.toast import Toast

ALERT = QAccessible.AnnouncementPoliteness.Assertive
SLUMP = Key("slump.result", Side.RIGHT)


class Listener:
    """Stands for the screen reader: what it is told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bool]] = []

    def take(self, event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.told.append((event.message(), event.politeness() is ALERT))

    def words(self) -> list[str]:
        """What was said since last asked."""
        said, self.told = [message for message, _alert in self.told], []
        return said


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    """Somebody who listens."""
    heard = Listener()

    class Told(QAccessible):
        """Qt's own, with the listener at its end."""

        @staticmethod
        def isActive() -> bool:  # noqa: N802 - Qt's name
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleEvent, /) -> None:  # noqa: N802 - Qt's name
            heard.take(event)

    for place in (accessibility, QtGui):
        monkeypatch.setattr(place, "QAccessible", Told)
    return heard


def test_the_panels_news_is_told_once_and_nothing_else_of_it(
    therapist: Therapist, listener: Listener
) -> None:
    therapist.begins_visit()
    listener.words()
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    news = [words for words in listener.words() if "Cauda equina" in words]
    assert len(news) == 1
    assert len(news[0]) < len(therapist.panel) / 3, "not the whole panel"
    therapist.page.model.record(Key("story.tightness"), "yes")
    assert not [words for words in listener.words() if "Cauda equina" in words]


def test_a_red_flag_is_told_at_once_and_the_rest_waits_its_turn(
    therapist: Therapist, listener: Listener
) -> None:
    therapist.begins_visit()
    listener.told.clear()
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    assert any(alert for words, alert in listener.told if "Cauda equina" in words)


def test_what_cannot_be_read_is_told_as_it_is_left(
    therapist: Therapist, listener: Listener
) -> None:
    therapist.begins_visit()
    therapist.page.open_section("nerves")
    therapist.goes_to("slr.angle@right")
    therapist.types("230")
    therapist.presses(Qt.Key.Key_Tab)
    assert any("outside 0 to 130 deg" in words for words in listener.words())


def test_a_toast_and_a_message_are_told(therapist: Therapist, listener: Listener) -> None:
    toast = Toast(therapist.window)
    toast.show_act("The visit was moved.", lambda: None)
    therapist.window.messages.show_message("The record cannot be reached.")
    assert listener.words() == ["The visit was moved.", "The record cannot be reached."]


def test_arrows_within_a_group_tell_the_part_they_reach(therapist: Therapist) -> None:
    """A segment is a radio button of its group, with its key, and pressing it charts."""
    therapist.begins_visit()
    therapist.page.open_section("nerves")
    group = QAccessible.queryAccessibleInterface(therapist.widget("slump.result@right"))
    therapist.goes_to("slump.result@right")
    therapist.presses(Qt.Key.Key_Right)
    reached = group.focusChild()
    assert reached.text(QAccessible.Text.Name) == "negative"
    assert reached.text(QAccessible.Text.Accelerator) == "-"
    assert reached.role() is QAccessible.Role.RadioButton
    reached.actionInterface().doAction("Press")
    assert therapist.page.model.value(SLUMP) == "negative"
    assert reached.state().checked
