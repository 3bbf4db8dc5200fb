"""Every window in Spanish, in English and in a language twice as long: nothing left over or cut."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

import resources
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from tests.languages import english_in
from tests.pictures import clinic, scenes_around, scenes_outside, scenes_visit
from tests.pictures.all_scenes import SCENES
from tests.pictures.scene import Scene
from tests.pictures.stage import LEAST, Stage
from tests.pictures.taking import play_scenes, settle
from tests.settled import all_done
from tests.stretched import speaking_stretched
from ui import style
from ui.forms.offer_list import OfferList
from ui.languages import speak
from ui.visit.key_line import KeyLine
from ui.widgets.painted_texts import PaintedText, painted_texts
from ui.widgets.whole_texts import ELLIPSIS, WholeTexts, shortened_texts, whole_at

_WORD: Final = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_OURS: Final = re.compile(r"\[[^\]]*\]?|^[^\[]*\]")
"""What stands in the brackets of the stretched language, as far as it stands on a line."""
_INITIALS: Final = re.compile(r"[A-Z]+ \d{6}")
"""Of a patient, with the number."""
_ACCENTED: Final = re.compile(r"[áéíóúÁÉÍÓÚñÑ]")
_VOWEL: Final = re.compile(r"[aeiouAEIOU]")
LEAN: Final = 2.5
"""Px by which letters lean over their cell."""
AS_WRITTEN: Final = {"manual", "about", "support", "controls"}
"""The manual is in English; packages, licences and counts of the record have names of their own;
the controls of one scene are labelled by its test."""
_NAMES: Final = """
    English Español Letter Clinic Desktop Alt Ctrl Esc Tab Anna Muster Ben Beispiel Cleo Front PT
    OCS Case vm id Qt Python SQLite community licence
"""
"""What is the same in every language: keys, names, what the program is made of."""
_WRITTEN_BY_PEOPLE: Final = (clinic, scenes_outside, scenes_visit, scenes_around)
"""Whoever plays the scenes types what stands in these modules and in the published cases."""


class OfPeople:
    """What a person or another program wrote, and stands on screen as it was written."""

    def __init__(self) -> None:
        typed = [text for module in _WRITTEN_BY_PEOPLE for text in _strings(module)]
        cases = [resources.text(name) for name in resources.names("cases", ".json")]
        # What stands on the patient's sheet has no words in the stretched language.
        plan = resources.text("plan/en.toml")
        self._whole = " ".join(" ".join((*typed, *cases, plan)).split())
        items = (load_plan_library().name(item) for item in load_plan_library().items)
        # Phrases go into the record as they are.
        phrases = resources.text("phrases/en.toml")
        self._words = " ".join((*typed, *cases, *items, phrases, _NAMES))

    def wrote(self, text: str) -> bool:
        """Whether all of a text, or of a line of it, is theirs but for what is in brackets."""
        parts = (" ".join(part.split()) for part in _OURS.split(text.removesuffix(ELLIPSIS)))
        return all(part in self._whole for part in parts if len(part) > 1)

    def used(self, word: str) -> bool:
        """Whether a word, or a part of one that stands out in it, is theirs."""
        return word in self._words


def _strings(module: ModuleType) -> Iterator[str]:
    """What stands in quotes in a module, but for what explains it."""
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in explained:
            continue
        if isinstance(node.value, str):
            yield node.value


def left_over(window: QMainWindow, texts: list[PaintedText], people: OfPeople) -> list[str]:
    """Texts with a word that the language should have accented and did not."""
    lines = typed_into(window)

    def is_left(word: str) -> bool:
        return bool(_VOWEL.search(word)) and not _ACCENTED.search(word) and not people.used(word)

    return [
        one.text
        for one in texts
        if len(one.text) > 1 and not is_inside(one, lines)
        if not _is_of_people(one.text, people) and any(map(is_left, _WORD.findall(one.text)))
    ]


def _is_of_people(text: str, people: OfPeople) -> bool:
    if _INITIALS.fullmatch(text):
        return True
    inside = _OURS.findall(text)
    words = [word for part in inside for word in _WORD.findall(part)]
    strange = [word for word in words if not _ACCENTED.search(word) and _VOWEL.search(word)]
    return people.wrote(text) and all(map(people.used, strange))


def is_cut_across(one: PaintedText) -> bool:
    """Whether a part of it, to the left or right, was painted where nothing shows."""
    room = QRectF(one.room)
    return one.place.left() < room.left() - LEAN or one.place.right() > room.right() + LEAN


def is_cut_down(one: PaintedText) -> bool:
    """The same above or below."""
    room = QRectF(one.room)
    return one.place.top() < room.top() - LEAN or one.place.bottom() > room.bottom() + LEAN


def is_inside(one: PaintedText, places: Collection[QRect]) -> bool:
    """Whether it begins in one of these places."""
    return any(QRectF(place).contains(one.place.topLeft()) for place in places)


def ends_at(one: PaintedText, edges: Collection[int]) -> bool:
    """Whether its room ends above or below where something scrolls."""
    ends = (one.room.top(), one.room.bottom())
    return any(abs(end - edge) <= 2 for end in ends for edge in edges)


def cut(window: QMainWindow, texts: list[PaintedText]) -> list[str]:
    """Texts of which a part cannot be seen, but for what scrolls and what is being typed."""
    edges = [edge for view in viewports(window) for edge in view]
    lines = typed_into(window)
    return [
        one.text
        for one in texts
        if not is_inside(one, lines)
        and (is_cut_across(one) or (is_cut_down(one) and not ends_at(one, edges)))
    ]


def typed_into(window: QMainWindow) -> list[QRect]:
    """Where lines are typed into: their own text scrolls, and what is proposed may be cut. A text
    with something marked in it, too: Qt paints its lines in pieces."""
    lines = (line for line in window.findChildren(QLineEdit) if line.isVisible())
    texts = window.findChildren(QPlainTextEdit)
    marked = (text for text in texts if text.isVisible() and text.extraSelections())
    return [QRect(one.mapTo(window, QPoint()), one.size()) for one in (*lines, *marked)]


def viewports(window: QMainWindow) -> Iterator[tuple[int, int]]:
    """Upper and lower edge of everything that scrolls."""
    for area in window.findChildren(QAbstractScrollArea):
        if area.isVisible():
            top = area.viewport().mapTo(window, QPoint()).y()
            yield top, top + area.viewport().height()


def shortened(texts: list[PaintedText], people: OfPeople) -> list[str]:
    """Texts for which there is no room, in full, but for what a person wrote. A phrase that is
    offered ends where its list does, and the key line where its keys begin: the question itself
    stands in its row."""
    widgets = {one.widget for one in texts if one.text.endswith(ELLIPSIS)}
    return [
        whole
        for widget in widgets
        if widget is not None and not isinstance(widget, OfferList | KeyLine)
        for _place, whole in shortened_texts(widget)
        if not people.wrote(whole)
    ]


def unexplained(window: QMainWindow, texts: list[PaintedText]) -> list[str]:
    """Shortened texts of which no tooltip says the whole."""
    explained, lines = set(), typed_into(window)
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            at = widget.mapTo(window, QPoint())
            for place, _whole in shortened_texts(widget):
                explained.add((round(place.left() + at.x()), round(place.top() + at.y())))
    return [
        one.text
        for one in texts
        if one.text.endswith(ELLIPSIS)
        and not is_inside(one, lines)
        and not any(widget.toolTip() for widget in _with_parents(one.widget))
        and not row_tip(window, one)
        and (round(one.place.left()), round(one.place.top())) not in explained
    ]


def row_tip(window: QMainWindow, text: PaintedText) -> object:
    """What is told of the row of a list that a text stands in, where one points at it."""
    view = next((w for w in _with_parents(text.widget) if isinstance(w, QAbstractItemView)), None)
    if view is None:
        return None
    at = view.viewport().mapFrom(window, text.place.center().toPoint())
    return view.indexAt(at).data(Qt.ItemDataRole.ToolTipRole)


def _with_parents(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


Look = Callable[[QMainWindow, list[PaintedText]], list[str]]
EACH: Final = 6
"""Scenes in a test."""
CHUNKS: Final = [SCENES[start : start + EACH] for start in range(0, len(SCENES), EACH)]
in_chunks = pytest.mark.parametrize("scenes", CHUNKS, ids=lambda scenes: scenes[0].name)


def faults_of(
    scenes: list[Scene], look_at_words: Look | None, *looks: Look
) -> dict[str, list[str]]:
    """Plays scenes in the least window there is; gives what is wrong by scene."""
    faults: dict[str, list[str]] = {}

    def look_at(scene: Scene, stage: Stage) -> None:
        window = stage.shown
        window.resize(*LEAST)
        for _round in range(2):
            all_done()
            settle()
        texts = painted_texts(window)
        found = [text for look in looks for text in look(window, texts)]
        if look_at_words is not None and scene.name not in AS_WRITTEN:
            found += look_at_words(window, texts)
        if found:
            faults[scene.name] = found

    play_scenes(scenes, look_at, style.Scheme.LIGHT)
    return faults


@pytest.mark.timeout(900)
@in_chunks
def test_a_language_twice_as_long_leaves_nothing_over_and_cuts_nothing(
    scenes: list[Scene], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    people = OfPeople()

    def left(window: QMainWindow, texts: list[PaintedText]) -> list[str]:
        return left_over(window, texts, people)

    with speaking_stretched(monkeypatch):
        assert faults_of(scenes, left, cut, unexplained) == {}


@pytest.mark.timeout(900)
@in_chunks
def test_spanish_has_no_english_left_in_it_and_is_cut_nowhere(
    scenes: list[Scene], qapp: QApplication
) -> None:
    people = OfPeople()

    def english(_window: QMainWindow, texts: list[PaintedText]) -> list[str]:
        ours = [one.text for one in texts if not people.wrote(one.text)]
        return [t for t in ours if any(not people.used(word) for word in english_in(t))]

    def no_room(_window: QMainWindow, texts: list[PaintedText]) -> list[str]:
        return shortened(texts, people)

    speak("es")
    assert faults_of(scenes, english, cut, no_room) == {}


@pytest.mark.timeout(900)
@in_chunks
def test_english_is_cut_nowhere(scenes: list[Scene], qapp: QApplication) -> None:
    people = OfPeople()

    def no_room(_window: QMainWindow, texts: list[PaintedText]) -> list[str]:
        return shortened(texts, people)

    assert faults_of(scenes, None, cut, no_room) == {}


def test_pointing_at_a_shortened_text_shows_the_whole(qapp: QApplication) -> None:
    from ui.widgets.labels import Label

    label = Label("A sentence that does not fit")
    label.resize(80, 20)
    assert whole_at(label, QPointF(10, 10)) == "A sentence that does not fit"
    assert painted_texts(label)[0].text.endswith(ELLIPSIS)
    label.resize(400, 20)
    assert whole_at(label, QPointF(10, 10)) == ""


def test_the_window_is_asked_for_what_lies_under_the_pointer(qtbot: QtBot) -> None:
    """As the system asks: first the widget itself, then what it lies in, up to the window."""
    from ui.widgets.labels import Label

    window = QMainWindow()
    qtbot.addWidget(window)
    WholeTexts(window)
    label = Label("A sentence that does not fit")
    window.setCentralWidget(label)
    window.resize(80, 40)
    window.show()
    at = QPoint(10, label.height() // 2)
    question = QHelpEvent(QEvent.Type.ToolTip, at, label.mapToGlobal(at))
    QApplication.sendEvent(label, question)
    assert QToolTip.text() == "A sentence that does not fit"
