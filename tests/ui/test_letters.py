"""The referral letter, from an open red flag to its answer; the note and the report beside it."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.domain.values import Key
from clinic_desktop.services.record import kept_papers
from clinic_desktop.services.referrals import referrals_waiting
from tests.at_the_desk import NOW, Therapist
from ui.letter_preview import LetterPreview
from ui.paper_preview import PaperPreview


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
    therapist.qtbot.waitUntil(lambda: not preview.is_behind, timeout=60_000)
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
