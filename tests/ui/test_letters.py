"""The referral letter, from an open red flag to its answer; the note and the report beside it."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.values import Key
from clinic_desktop.services.course.referrals import referrals_waiting
from clinic_desktop.services.papers.letter_drafts import letters_begun
from clinic_desktop.services.record import kept_papers
from tests.at_the_desk import NOW, Therapist
from tests.settled import all_done
from ui.papers import letter_keeping
from ui.papers.letter_form import BY_HAND
from ui.papers.letter_preview import LetterPreview
from ui.papers.preview import PaperPreview
from ui.papers.referral_list import referral_words

CITY = ("cauda_equina", "City hospital")


def on_screen(therapist: Therapist) -> PaperPreview:
    assert therapist.window.preview is not None
    return therapist.window.preview


def the_letter(therapist: Therapist) -> LetterPreview:
    """The letter on screen, from the rail."""
    therapist.clicks("papers_letter")
    preview = on_screen(therapist)
    assert isinstance(preview, LetterPreview)
    return preview


def settled(therapist: Therapist, preview: PaperPreview) -> str:
    therapist.qtbot.waitUntil(lambda: not preview.is_behind)
    return " ".join(preview.text().split())


@pytest.fixture
def flagged(therapist: Therapist) -> Therapist:
    """A visit over an open red flag."""
    therapist.begins_visit()
    therapist.page.model.record(Key("flag.saddle_numbness"), "yes")
    return therapist


def test_the_letter_prints_over_an_open_flag_and_is_filled_from_it(flagged: Therapist) -> None:
    preview = the_letter(flagged)
    assert flagged.focus.objectName() == "letter_recipient"
    flagged.types("City hospital")
    flagged.goes_to("letter_told")
    flagged.types("Go there now.")
    words = settled(flagged, preview)
    assert "EMERGENCY" in words
    assert "City hospital" in words
    assert "Go there now." in words
    assert preview.print.isEnabled()


def test_the_flag_in_the_panel_leads_to_its_letter(flagged: Therapist) -> None:
    flagged.page.model.record(Key("flag.both_legs_new"), "yes")
    flags = [f.id for f in flagged.page.model.suggestion.red_flags if f.level in "ESU"]
    flagged.page.panel._act("letter", flags[-1])  # noqa: SLF001 - what the line's link does
    preview = on_screen(flagged)
    assert isinstance(preview, LetterPreview)
    assert preview.form.draft.flag == flags[-1]
    assert "The referral letter is filled from the chart." in flagged.panel


def test_a_letter_that_leaves_waits_for_its_answer_once(flagged: Therapist, tmp_path: Path) -> None:
    """Kept, on record with flag and warning, listed at home, sent, answered."""
    preview = the_letter(flagged)
    flagged.types("City hospital")
    flagged.goes_to("letter_told")
    flagged.types("Go there now.")
    preview.save_to(tmp_path / "letter.pdf")
    preview.save_to(tmp_path / "letter.pdf")
    desk = flagged.desk
    (waiting,) = referrals_waiting(desk.open_record)
    referral = waiting.referral
    assert (referral.flag, referral.recipient) == ("cauda_equina", "City hospital")
    assert (referral.warning, referral.warned_at) == ("Go there now.", NOW)
    assert "told 23 Mar 2026: Go there now.; not marked as sent" in referral_words(referral)
    assert len(kept_papers(desk.open_record, flagged.page.chart.course, "letter")) == 1
    flagged.presses_button(f"sent:{waiting.id}")
    assert referrals_waiting(desk.open_record)[0].referral.sent_at == NOW
    flagged.window.show_home()
    rows = flagged.window.home.referrals
    assert rows.isVisible()
    assert rows.list.rows[0].spoken.startswith("Case A, referred to City hospital")
    rows.list.choose(0)
    rows.list.open_current()
    assert isinstance(on_screen(flagged), LetterPreview), "straight to the letters"
    flagged.goes_to(f"answer:{waiting.id}")
    flagged.types("Seen, scan clear")
    flagged.presses(Qt.Key.Key_Return)
    assert referrals_waiting(desk.open_record) == ()
    flagged.window.show_home()
    assert not rows.isVisible()


def test_a_letter_to_somebody_else_is_another_referral(flagged: Therapist, tmp_path: Path) -> None:
    preview = the_letter(flagged)
    flagged.types("City hospital")
    preview.save_to(tmp_path / "one.pdf")
    flagged.types(" two")
    preview.save_to(tmp_path / "two.pdf")
    names = [one.referral.recipient for one in referrals_waiting(flagged.desk.open_record)]
    assert names == ["City hospital", "City hospital two"]


def test_without_anybody_to_send_it_to_it_is_kept_and_said_not_to_be_followed(
    flagged: Therapist, tmp_path: Path
) -> None:
    preview = the_letter(flagged)
    preview.save_to(tmp_path / "letter.pdf")
    assert "not among the referrals" in preview.note.text()
    assert referrals_waiting(flagged.desk.open_record) == ()


def test_what_was_typed_for_a_letter_is_there_again(flagged: Therapist) -> None:
    the_letter(flagged)
    flagged.types("City hospital")
    flagged.goes_to("letter_reason")
    flagged.types("Numb since Sunday")
    flagged.presses(Qt.Key.Key_Escape)
    preview = the_letter(flagged)
    assert preview.form.draft.recipient == "City hospital"
    assert preview.form.draft.reason == "Numb since Sunday"


def test_a_letter_by_hand_needs_a_reason(therapist: Therapist) -> None:
    therapist.begins_visit()
    preview = the_letter(therapist)
    assert preview.sheet is None
    assert "reason" in preview.text()
    therapist.goes_to("letter_reason")
    therapist.types("Please take a blood sample.")
    assert "blood sample" in settled(therapist, preview)


@pytest.mark.parametrize(
    ("link", "title", "kind"),
    [("papers_note", "Visit note", "note"), ("papers_report", "Course report", "report")],
)
def test_note_and_report_are_seen_saved_and_kept(
    flagged: Therapist, tmp_path: Path, link: str, title: str, kind: str
) -> None:
    """Over an open flag too: they say what was found."""
    flagged.clicks(link)
    preview = on_screen(flagged)
    assert title in " ".join(preview.text().split())
    preview.save_to(tmp_path / "paper.pdf")
    (kept,) = kept_papers(flagged.desk.open_record, flagged.page.chart.course, kind)
    assert kept.date == dt.date(2026, 3, 23)
    assert preview.sheet is not None
    assert (tmp_path / "paper.pdf").read_bytes() == preview.sheet.content
    flagged.presses(Qt.Key.Key_Escape)
    assert flagged.page.isVisible()


# ---------------------------------------------------------------------- what is typed is kept
def begun(therapist: Therapist) -> list[tuple[str | None, str]]:
    """What the record has of letters being typed: about what, and to whom."""
    all_done()
    found = letters_begun(therapist.desk.open_record)
    return [(one.draft.flag, one.draft.recipient) for one in found]


def test_a_letter_is_in_the_record_while_it_is_typed(flagged: Therapist) -> None:
    """Nobody saves it, nobody leaves the page; a program that starts anew has it at home."""
    preview = the_letter(flagged)
    flagged.types("City hospital")
    flagged.qtbot.waitUntil(lambda: begun(flagged) == [CITY])
    assert "kept in the record at" in preview.state.text()
    flagged.reopen()
    home = flagged.window.home
    flagged.qtbot.waitUntil(home.letters.isVisible)
    (row,) = home.letters.list.rows
    assert row.spoken.startswith("Case A, letter begun: Cauda equina, to City hospital")
    home.letters.list.choose(0)
    home.letters.list.open_current()
    again = on_screen(flagged)
    assert isinstance(again, LetterPreview)
    assert again.form.draft.recipient == "City hospital"
    flagged.presses(Qt.Key.Key_Escape)
    link = flagged.widget("papers_letter")
    said = "Letters, a draft, 0 kept"
    flagged.qtbot.waitUntil(lambda: link.accessibleName() == said)


def test_a_letter_that_left_is_no_draft_any_more(flagged: Therapist, tmp_path: Path) -> None:
    preview = the_letter(flagged)
    flagged.types("City hospital")
    preview.save_to(tmp_path / "letter.pdf")
    assert begun(flagged) == []
    assert not preview.discard.isVisible()
    flagged.types("!")
    flagged.presses(Qt.Key.Key_Escape)
    assert begun(flagged) == [("cauda_equina", "City hospital!")], "typed on, it is one again"


def test_a_draft_goes_only_on_purpose_and_comes_back(flagged: Therapist) -> None:
    preview = the_letter(flagged)
    flagged.types("City hospital")
    flagged.goes_to("letter_told")
    flagged.types("Go there now.")
    assert preview.discard.isVisible()
    flagged.presses_button("discard_letter")
    assert begun(flagged) == []
    assert preview.form.draft.is_blank
    assert preview.state.text() == "The draft is discarded."
    flagged.presses_button("bring_letter_back")
    assert begun(flagged) == [CITY]
    assert preview.form.draft.told == "Go there now."


def test_a_letter_by_hand_and_one_about_a_flag_are_two(flagged: Therapist) -> None:
    """What is typed goes along to what the letter is about, unless one was begun about that."""
    preview = the_letter(flagged)
    flagged.types("City hospital")
    preview.form.about.choose(BY_HAND)
    assert preview.form.draft.recipient == "City hospital"
    preview.flush()
    assert begun(flagged) == [(None, "City hospital")], "there once, under what it is about now"
    preview.form.about.choose("cauda_equina")
    preview.form.about.choose(BY_HAND)
    flagged.goes_to("letter_reason")
    flagged.types("Please take blood.")
    flagged.presses(Qt.Key.Key_Escape)
    flagged.page.panel._act("letter", "cauda_equina")  # noqa: SLF001 - what the line's link does
    other = on_screen(flagged)
    assert isinstance(other, LetterPreview)
    assert other.form.draft.is_blank
    flagged.goes_to("letter_recipient")
    flagged.types("St Anne's")
    other.form.about.choose(BY_HAND)
    assert other.form.draft.reason == "Please take blood."
    other.flush()
    assert sorted(begun(flagged), key=str) == [
        ("cauda_equina", "St Anne's"),
        (None, "City hospital"),
    ]


def test_a_draft_about_a_flag_that_is_resolved_is_still_there(flagged: Therapist) -> None:
    preview = the_letter(flagged)
    flagged.types("City hospital")
    flagged.presses(Qt.Key.Key_Escape)
    flagged.page.model.editor.resolve_flag("cauda_equina", "Numb since childhood.")
    preview = the_letter(flagged)
    assert preview.form.draft.recipient == "City hospital"
    assert preview.form.about.value() == "cauda_equina"
    assert "not open" in preview.text()


def test_what_the_record_does_not_take_now_is_tried_again_and_said(
    flagged: Therapist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window is not closed over it without a word, and nothing typed is lost."""
    preview = the_letter(flagged)

    def full(*_what: object, **_how: object) -> None:
        raise RecordUnavailable("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(letter_keeping, "save_letter_drafts", full)
        flagged.types("City hospital")
        flagged.qtbot.waitUntil(lambda: "The disk is full." in preview.state.text())
        assert not flagged.window.close()
        assert "Not in the record yet" in flagged.window.messages.words.text()
    flagged.qtbot.waitUntil(lambda: begun(flagged) == [CITY])
    assert "kept in the record" in preview.state.text()
