"""The clinician's papers in Spanish as PDFs: each sign is in the typeface, the file says its
language."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pytest

import resources
from clinic_desktop.services.knowledge.guides import load_guides
from clinic_desktop.services.knowledge.rule_words import load_rule_texts
from clinic_desktop.services.knowledge.toml_entries import tables_in
from reports.page import PAPERS
from reports.papers import render_paper
from reports.text import checked
from tests.handout_contents import pages_of
from tests.spanish import CASES, KINDS, case_of, paper


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", CASES)
def test_a_spanish_paper_prints_and_says_its_language(file: str, kind: str) -> None:
    """A screen reader reads it with the right voice."""
    content = render_paper(paper(kind, case_of(file), "es"), "a4")
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.trailer["/Root"]["/Lang"] == "es"  # type: ignore[index]
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith(("Nota", "Informe", "Carta"))


@pytest.mark.parametrize("size", PAPERS)
def test_a_report_with_charts_fits_both_papers(size: str) -> None:
    """Columns and legends have room for the longer words."""
    case = case_of("sample/finn.json")
    english, spanish = (
        pages_of(render_paper(paper("report", case, language), size)) for language in ("en", "es")
    )
    assert len(spanish) <= len(english) + 1
    assert "Elevación de la pierna recta" in " ".join(spanish)


def _shipped() -> Iterator[str]:
    for file in ("catalogue/es.toml", "plan/es.toml", "poses/words/es.toml"):
        yield from _texts(tables_in(resources.text(file)))
    for texts in load_rule_texts("es").values():
        yield from texts.values()
    for guide in load_guides("es").values():
        yield from (guide.how, guide.tells, guide.positive, guide.mistakes, guide.safety)


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _texts(one)


def test_every_shipped_spanish_text_can_be_printed() -> None:
    """Opening question marks, accents and all."""
    for text in _shipped():
        assert checked(text, "text") == text
