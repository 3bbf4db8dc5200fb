"""The Spanish catalogue: the same entries as the English one, with the same figures and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import resources
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.guides import load_guides
from clinic_desktop.services.knowledge.source_words import source_lines
from clinic_desktop.services.knowledge.toml_entries import tables_in
from tests.languages import english_in
from tests.spanish import speaking

Place = tuple[str, ...]


def texts_of(language: str) -> dict[Place, str]:
    """Every text of a language by its place in the file."""
    tables = tables_in(resources.text(f"catalogue/{language}.toml"))
    return dict(
        _texts({name: table for name, table in tables.items() if name not in {"amount", "source"}})
    )


def _texts(table: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(table, dict):
        for name, inner in table.items():
            yield from _texts(inner, (*place, name))
    else:
        yield place, str(table)


ENGLISH, SPANISH = texts_of("en"), texts_of("es")
MARKS = (
    ("textbook, not yet reviewed", "libro de texto, sin revisar"),
    ("this app's proposal", "propuesta de esta app"),
    ("second-hand", "fuente secundaria"),
)
"""What is said of a source that nobody looked up, or of no source."""
HELPS = [place for place in ENGLISH if place[-1] == "help"]


def test_both_languages_hold_the_same_texts() -> None:
    """Each label, name, brief, help, hint and choice, and no more."""
    assert sorted(SPANISH) == sorted(ENGLISH)
    units = {spec.unit for spec in load_catalogue().findings.values()} - {""}
    assert set(load_catalogue_text("es").amounts) == units
    assert load_catalogue_text("es").language == "es"


def test_a_text_keeps_its_figures() -> None:
    """Degrees, years, roots and cut-offs are the same in both languages."""
    found = {place: (_numbers(ENGLISH[place], "."), _numbers(SPANISH[place], ","))
             for place in ENGLISH}  # fmt: skip
    assert {place: both for place, both in found.items() if both[0] != both[1]} == {}


def _numbers(text: str, sign: str) -> list[str]:
    found = re.findall(rf"\d+(?:{re.escape(sign)}\d+)?", text)
    return sorted(number.replace(sign, ".") for number in found)


@pytest.mark.parametrize(("english", "spanish"), [*MARKS, ("article", "artículo")])
def test_a_text_keeps_the_mark_of_its_source(english: str, spanish: str) -> None:
    """What no study stands behind says so in both languages."""
    marked = [place for place in HELPS if english in ENGLISH[place]]
    assert marked == [place for place in HELPS if spanish in SPANISH[place]]
    ends = [place for place in marked if ENGLISH[place].endswith(f"({english}).")]
    assert ends == [place for place in marked if SPANISH[place].endswith(f"({spanish}).")]


def test_every_red_flag_is_asked_aloud_in_spanish() -> None:
    """Its name is a question, of usted."""
    text = load_catalogue_text("es")
    for spec in load_catalogue().in_section("screen"):
        name = text.findings[spec.id].name
        assert name.endswith("?"), spec.id
        assert name.count("¿") == 1, spec.id
        assert not re.search(r"\b(tú|tu|tus|tienes|has|te)\b", name), spec.id


def test_no_two_rows_of_a_group_say_the_same() -> None:
    """Except for "began", which belongs to the line above it."""
    text = load_catalogue_text("es")
    for group in load_catalogue().groups.values():
        labels = [text.findings[finding].label for finding in group.findings]
        labels = [label for label in labels if label != "empezó"]
        assert len(set(labels)) == len(labels), group.id


def test_choices_of_a_finding_differ() -> None:
    """No two buttons of a row read the same."""
    for name, finding in load_catalogue_text("es").findings.items():
        assert len(set(finding.choices.values())) == len(finding.choices), name


def test_no_spanish_text_shows_a_percentage() -> None:
    """None is validated."""
    assert [text for text in SPANISH.values() if "%" in text or "por ciento" in text] == []


def test_labels_stay_short() -> None:
    """A label stands in the column that was made for the English ones."""
    labels = {place: text for place, text in SPANISH.items() if place[-1] == "label"}
    long = {p: t for p, t in labels.items() if len(t) > 24 and p[0] == "finding"}
    assert long == {}


def test_a_number_is_told_with_its_unit_as_spanish_writes_it() -> None:
    """One and many, the decimal comma, and a scale by its end."""
    text = load_catalogue_text("es")
    assert text.amount(1, "weeks") == "1 semana"
    assert text.amount(4.5, "weeks") == "4,5 semanas"
    assert text.amount(6, "0-10") == "6 de 10"
    assert load_catalogue_text("en").amount(6, "0-10") == "6 of 10"
    assert load_catalogue_text("en").amount(4.5, "deg") == "4.5 deg"


def test_help_on_each_test_says_the_same_in_spanish() -> None:
    """The same parts of the same groups, with the same figures and marks."""
    english = tables_in(resources.text("guides/en.toml"))
    spanish = tables_in(resources.text("guides/es.toml"))
    assert load_guides("es").keys() == load_guides("en").keys()
    for group, parts in english.items():
        assert list(spanish[group]) == list(parts), group
        for part, said in parts.items():
            told = spanish[group][part]
            assert _numbers(told, ",") == _numbers(said, "."), (group, part)
            for mark, its_own in MARKS:
                assert told.count(its_own) == said.count(mark), (group, part)


def test_what_help_cites_reads_in_spanish() -> None:
    """Names of people and journals stay; what says more is said in Spanish, and nothing else is."""
    text, findings = load_catalogue_text("es"), load_catalogue().findings.values()
    with speaking("es"):
        lines = source_lines((spec.source for spec in findings), text.sources)
    for line in lines:
        assert english_in(line, ("BMJ Best Practice", "NHS Lothian")) == [], line
    english = " ".join(source_lines(spec.source for spec in findings))
    assert [name for name in text.sources if name not in english] == []
