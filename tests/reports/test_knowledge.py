"""The rules on paper: all of them, legible, page by page."""

from __future__ import annotations

import io
from functools import cache

import pytest
from pypdf import PdfReader

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.review import PlanRow, RuleReview, RuleRow, RuleSection, TextbookRow
from clinic_desktop.domain.rulebook import Origin
from reports.knowledge import render_review

ORIGIN = Origin("a made-up study", "evidence")
SIGNED = Origin("a made-up study", "article", "2026.12", "A. Rivera, PT", "2026-11-24")


def a_review(rows: int = 40, words: int = 12) -> RuleReview:
    """Rules enough for several pages."""
    rules = tuple(
        RuleRow(f"rule.{n}", "One more thing that may be so. " * words, "it is so", ORIGIN)
        for n in range(rows)
    )
    return RuleReview(
        "2026.11.1",
        (RuleSection("Terms", "Named conditions.", rules),),
        (PlanRow("brace", "Brace", "back", (("Dose", "2 minutes"),), SIGNED),),
        (TextbookRow("rule.1", "Something remembered.", "textbook"),),
    )


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@cache
def several_pages() -> list[str]:
    return pages_of(render_review(a_review()))


def test_every_rule_stands_there_with_its_source_and_a_line_to_sign() -> None:
    text = "\n".join(several_pages())
    for number in range(40):
        assert text.count(f"rule.{number}\n") >= 1
    assert text.count("a made-up study [evidence; since 2026.11.1]") == 40
    assert text.count("Reviewed by: ____") == 40


def test_a_signed_review_is_printed_in_place_of_the_line() -> None:
    text = "\n".join(several_pages())
    assert "Reviewed by: A. Rivera, PT, 2026-11-24" in text
    assert "since 2026.12" in text


def test_pages_are_numbered_and_name_the_rule_set() -> None:
    pages = several_pages()
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Rule set 2026.11.1" in page


def test_a_rule_stays_on_one_page_where_it_fits_on_one() -> None:
    """Its id and its line to sign are never parted by a page's end."""
    for page in several_pages():
        assert page.count("Source: a made-up study [evidence") == page.count("Reviewed by: ____")
        assert page.count("When: it is so") == page.count("Reviewed by: ____")


def test_a_rule_longer_than_a_page_goes_on_overleaf() -> None:
    pages = pages_of(render_review(a_review(rows=1, words=300)))
    assert sum("One more thing" in page for page in pages) > 1
    assert "Reviewed by: ____" in "\n".join(pages)


def test_the_same_rules_give_the_same_bytes_on_either_paper() -> None:
    assert render_review(a_review(3)) == render_review(a_review(3))
    letter = PdfReader(io.BytesIO(render_review(a_review(3), "letter"))).pages[0].mediabox
    assert (letter.width, letter.height) == (612, 792)
    with pytest.raises(ChartError):
        render_review(a_review(3), "a5")
