"""Phrases and words in a free text: a key takes them, and nothing else ever changes the text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clinic_desktop.domain.phrases import Phrase
from clinic_desktop.domain.texts import LONGEST_TEXT
from clinic_desktop.domain.vocabulary import Vocabulary, rest_of_word
from tests.fingers import press, type_keys
from ui.forms.completing import Completing
from ui.forms.offer_list import NONE, OfferList
from ui.forms.texts import TextInput

CONSENT = Phrase("consent", "What will be done was explained; {who} agreed.")
NEXT = Phrase("next", "Next time as today.", own=True)
ONSET = Phrase("onset", "Began {when}, while {doing what}.")
TYPED = st.text(st.sampled_from("rechstaing .,;(ABé"), max_size=24)


class Aid:
    """Three phrases and three words."""

    def __init__(self) -> None:
        self.known = Vocabulary(["recorded recorded hamstring stretching"])

    def phrases(self) -> tuple[Phrase, ...]:
        return (CONSENT, NEXT, ONSET)

    def rest_of(self, before: str) -> str:
        return rest_of_word(before, (), self.known)


class Page(QWidget):
    """Two texts below each other, on a page that has something to offer."""

    def __init__(self) -> None:
        super().__init__()
        self.writing_aid = Aid()
        column = QVBoxLayout(self)
        self.text, self.following = TextInput(2, self), TextInput(2, self)
        column.addWidget(self.text)
        column.addWidget(self.following)
        self.resize(500, 300)
        self.show()
        self.activateWindow()
        QTest.qWaitForWindowActive(self)
        self.text.setFocus()

    @property
    def completing(self) -> Completing:
        assert self.text.completing is not None
        return self.text.completing

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.completing.offered]

    def begin(self, words: str) -> None:
        """Another text, typed from its beginning."""
        # A window of an earlier test may have come to the front since: a list closes then.
        self.activateWindow()
        QTest.qWaitForWindowActive(self)
        self.text.setFocus()
        self.text.clear()
        self.text.document().clearUndoRedoStacks()
        for sign in words:
            self.types(sign)

    def types(self, words: str) -> None:
        for sign in words:
            if sign.isascii():
                type_keys(self.text, sign)
            else:
                for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                    no_keys = Qt.KeyboardModifier.NoModifier
                    QTest.sendKeyEvent(action, self.text, Qt.Key.Key_unknown, sign, no_keys)


@pytest.fixture(scope="module")
def page(qapp: QApplication) -> Iterator[Page]:
    made = Page()
    yield made
    made.close()
    made.deleteLater()


# ---------------------------------------------------------------------- what always holds
@given(TYPED)
def test_whatever_is_typed_stands_there_as_it_was_typed(page: Page, typed: str) -> None:
    page.begin(typed)
    assert page.text.toPlainText() == typed


@given(TYPED)
def test_esc_changes_no_text_and_nothing_more_is_offered_for_the_word(
    page: Page, typed: str
) -> None:
    page.begin(typed)
    press(page.text, Qt.Key.Key_Escape)
    assert page.text.toPlainText() == typed
    assert not page.completing.rest
    assert not page.completing.offered


@given(TYPED, st.sampled_from(["rec", "ham", "stre", "no rec", "(ham"]))
def test_a_taken_word_is_only_added_and_undo_takes_it_back_by_itself(
    page: Page, typed: str, begun: str
) -> None:
    page.begin(f"{typed} {begun}")
    before, rest = page.text.toPlainText(), page.completing.rest
    assert rest
    press(page.text, Qt.Key.Key_Right)
    assert page.text.toPlainText() == before + rest
    page.types("x")
    assert page.text.toPlainText() == f"{before}{rest} x", "the space comes with the next word"
    page.text.undo()
    assert page.text.toPlainText() == before + rest
    page.text.undo()
    assert page.text.toPlainText() == before
    page.text.redo()
    assert page.text.toPlainText() == before + rest


@given(TYPED, st.sampled_from([".co", ".onset", ".n", "(.next"]))
def test_a_taken_phrase_stands_in_place_of_its_name_and_undo_brings_the_name_back(
    page: Page, typed: str, asked: str
) -> None:
    page.begin(f"{typed} {asked}")
    before, phrase = page.text.toPlainText(), page.completing.offered[0]
    press(page.text, Qt.Key.Key_Tab)
    kept = before[: -len(asked.lstrip("("))]
    assert page.text.toPlainText() == kept + phrase.text
    page.text.undo()
    assert page.text.toPlainText() == before


@given(st.text(max_size=30))
def test_a_phrase_in_the_middle_leaves_what_is_around_it(page: Page, around: str) -> None:
    """Signs of two units, as an emoji is, move nothing."""
    page.begin("")
    page.text.setPlainText(around + " " + "\N{RUNNER} after")
    before = page.text.toPlainText()
    cursor = page.text.textCursor()
    cursor.setPosition(page.text.document().characterCount() - 1 - len(" after"))
    page.text.setTextCursor(cursor)
    page.types(" .onset")
    press(page.text, Qt.Key.Key_Return)
    assert page.text.toPlainText() == before.removesuffix(" after") + f" {ONSET.text} after"
    assert page.text.textCursor().selectedText() == "{when}"


# ---------------------------------------------------------------------- stories
@pytest.mark.parametrize("typed", ["3.5", "better .5", "no pain.ne", "etc.", "a.onset", "www.next"])
def test_no_full_stop_of_a_sentence_or_a_number_brings_the_list(page: Page, typed: str) -> None:
    page.begin(typed)
    assert page.names == []


def test_the_stop_alone_shows_all_and_takes_none(page: Page) -> None:
    page.begin("Pain .")
    assert page.names == ["consent", "next", "onset"]
    press(page.text, Qt.Key.Key_Return)
    assert page.text.toPlainText() == "Pain .\n", "a key takes only what is marked"
    page.begin("Pain .")
    press(page.text, Qt.Key.Key_Down)
    press(page.text, Qt.Key.Key_Down)
    press(page.text, Qt.Key.Key_Return)
    assert page.text.toPlainText() == f"Pain {NEXT.text}"


def test_tab_fills_in_one_place_after_the_other_and_then_goes_on(page: Page) -> None:
    page.begin(".onset")
    press(page.text, Qt.Key.Key_Tab)
    page.types("in June")
    press(page.text, Qt.Key.Key_Tab)
    assert page.text.textCursor().selectedText() == "{doing what}"
    page.text.flush()
    assert "Not filled in: {doing what}" in page.text.accessibleDescription()
    assert len(page.text.extraSelections()) == 1, "what is open is marked"
    page.types("running")
    press(page.text, Qt.Key.Key_Tab)
    assert page.following.hasFocus()
    assert page.text.toPlainText() == "Began in June, while running."
    assert page.text.extraSelections() == []


def test_a_tab_never_waits_for_what_was_passed_over(page: Page) -> None:
    page.begin(".onset")
    press(page.text, Qt.Key.Key_Tab)
    press(page.text, Qt.Key.Key_Tab)
    press(page.text, Qt.Key.Key_Tab)
    assert page.following.hasFocus()
    assert len(page.text.extraSelections()) == 2


def test_what_was_taken_out_and_put_in_again_is_marked_again(page: Page) -> None:
    for _again in range(2):
        page.begin(".onset")
        press(page.text, Qt.Key.Key_Tab)
        page.text.flush()
        assert len(page.text.extraSelections()) == 2


def test_the_right_arrow_moves_in_a_text_and_takes_only_at_its_end(page: Page) -> None:
    page.begin("rec")
    assert page.completing.rest == "orded"
    press(page.text, Qt.Key.Key_Left)
    assert not page.completing.rest
    press(page.text, Qt.Key.Key_Right)
    assert page.text.toPlainText() == "rec"


def test_a_sign_ends_a_taken_word_without_a_space(page: Page) -> None:
    page.begin("rec")
    press(page.text, Qt.Key.Key_Right)
    page.types("; ham")
    assert page.text.toPlainText() == "recorded; ham"
    press(page.text, Qt.Key.Key_Right)
    press(page.text, Qt.Key.Key_Backspace)
    page.types("g")
    assert page.text.toPlainText() == "recorded; hamstring"


def test_what_the_window_shows_by_itself_is_no_typing(page: Page) -> None:
    page.begin("ab")
    page.text.flush()
    page.text.show_value("not rec")
    assert not page.completing.rest
    page.text.show_value("so .co")
    assert not page.names


def test_a_word_without_room_behind_the_cursor_is_shown_whole_below(page: Page) -> None:
    line = "i " * 400
    room = page.text.viewport().width()
    while page.text.fontMetrics().horizontalAdvance(line + "hams") > room - 20:
        line = line[:-2]
    page.begin(line + "hams")
    assert page.completing.rest == "tring"
    assert not page.completing.fits()
    (shown,) = [one for one in page.findChildren(OfferList) if one.isVisible()]
    assert [one.name for one in shown.lines] == ["hamstring"]
    press(page.text, Qt.Key.Key_Right)
    assert page.text.toPlainText().endswith("hamstring")


def test_the_list_is_heard_line_by_line_and_can_be_clicked(page: Page) -> None:
    page.begin(".")
    (shown,) = [one for one in page.findChildren(OfferList) if one.isVisible()]
    assert shown.marked == NONE
    assert [part.name for part in shown.parts()][1] == ".next: Next time as today."
    press(page.text, Qt.Key.Key_Down)
    assert shown.accessibleName().startswith(".consent: What will be done")
    assert shown.accessibleName().endswith(", 1 of 3")
    assert page.text.hasFocus()
    shown.press_part(1)
    assert page.text.toPlainText() == NEXT.text
    assert not shown.isVisible()


def test_a_text_that_is_full_takes_no_phrase_and_says_so(page: Page) -> None:
    page.begin("")
    page.text.setPlainText("x" * (LONGEST_TEXT - 8) + " ")
    page.text.moveCursor(page.text.textCursor().MoveOperation.End)
    page.types(".next")
    press(page.text, Qt.Key.Key_Tab)
    assert page.text.toPlainText().endswith(" .next")
    assert "nothing was put in" in page.text.described_error()
    page.text.set_error(None)


def test_a_text_that_is_locked_offers_nothing(page: Page) -> None:
    page.begin("rec")
    page.text.set_locked(True)
    press(page.text, Qt.Key.Key_Right)
    assert page.text.toPlainText() == "rec"
    page.text.set_locked(False)
