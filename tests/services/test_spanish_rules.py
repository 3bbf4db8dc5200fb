"""The rules in Spanish: every sentence, and nothing else than sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import resources
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.clinic_knowledge import load_knowledge
from clinic_desktop.services.knowledge.compiled import Knowledge, shipped_knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.knowledge.rule_files import read_rule_files
from clinic_desktop.services.knowledge.rule_tables import FILES, tables_of
from clinic_desktop.services.knowledge.rule_words import in_language, load_rule_texts
from clinic_desktop.services.knowledge.toml_entries import tables_in

LEVELS = frozenset("ESUIW")
SAID = LEVELS | {"title", "sentence", "text", "text_no", "reason", "past_fact_text"}
"""Keys of the rule files that hold a sentence for the clinician."""
NUMBERS = re.compile(r"\{\w+\}|\d+(?:[.,]\d+)?")


def knowledge(language: str) -> Knowledge:
    """The shipped rules in a language."""
    return shipped_knowledge(load_catalogue(), load_catalogue_text(language))


def said(part: object, keys: frozenset[str], key: str = "") -> Iterator[str]:
    """The texts under some keys of a table, wherever they stand."""
    if isinstance(part, str) and key in keys:
        yield part
    elif isinstance(part, list):
        for each in part:
            yield from said(each, keys)
    elif isinstance(part, Mapping):
        for name, each in part.items():
            yield from said(each, keys, name)


@pytest.mark.parametrize("file", FILES)
def test_every_sentence_of_the_rules_is_there_in_spanish(file: str) -> None:
    """An English sentence that comes, goes or changes asks for its Spanish one."""
    table = tables_of(read_rule_files())[file]
    english = table["text"].values() if file == "words" else said(table, SAID)
    assert set(load_rule_texts("es")[file]) == set(english)


def test_every_source_is_there_in_spanish() -> None:
    """Of rules and of exercises."""
    tables = tables_of(read_rule_files())
    of_items = tables_in(resources.text("plan/items.toml"))
    sources = {*said(tables, frozenset({"source"})), *said(of_items, frozenset({"source"}))}
    known = set(load_rule_texts("es")["source"])
    assert known <= sources
    named = re.compile(
        r"[A-Z][\w-]+( [A-Z][\w-]+)* \d{4}(; [A-Z][\w-]+( \d{4})?)*|NHS Lothian\w*( \w+)?"
    )
    assert [one for one in sources - known if not named.fullmatch(one)] == []


def test_a_sentence_keeps_its_numbers_and_places() -> None:
    """Degrees, weeks and what is filled in are the same in both languages."""
    for texts in load_rule_texts("es").values():
        for english, spanish in texts.items():
            there = sorted(n.replace(",", ".") for n in NUMBERS.findall(spanish))
            assert there == sorted(NUMBERS.findall(english)), english


def test_no_id_and_no_value_is_ever_taken_for_a_sentence() -> None:
    """Only words change between the languages: conditions, ids and numbers stay byte for byte."""
    english = tables_of(read_rule_files())
    spanish = in_language(english, "es")
    for file in FILES:
        assert skeleton(english[file], file) == skeleton(spanish[file], file)


def skeleton(part: object, file: str, key: str = "") -> object:
    """A table without its sentences and sources."""
    if isinstance(part, list):
        return [skeleton(each, file) for each in part]
    if isinstance(part, Mapping):
        if file == "words" and key == "text":
            return sorted(part)
        return {name: skeleton(each, file, name) for name, each in part.items()}
    return None if key in SAID | {"source"} else part


def test_the_rules_are_the_same_rules() -> None:
    """Version and digest name the rules, not the language they are told in."""
    english, spanish = knowledge("en").engine.rulebook, knowledge("es").engine.rulebook
    assert (spanish.version, spanish.sha256) == (english.version, english.sha256)
    assert spanish.flag_texts["cauda_equina"].title == "Cola de caballo"
    assert knowledge("es").library.name("glute_burn") == "La almeja"
    assert knowledge("tlh").engine.rulebook == english


def test_what_a_clinic_wrote_stays_as_it_wrote_it(tmp_path: Path) -> None:
    """Beside the Spanish sentences of the rules that it did not touch."""
    (tmp_path / "flags.toml").write_text('[flag.cauda_equina]\nE = "Ring the ward first."\n')
    catalogue, text = load_catalogue(), load_catalogue_text("es")
    own = load_knowledge(catalogue, text, tmp_path)
    assert own.problems == ()
    flag = own.engine.rulebook.flag_texts["cauda_equina"]
    assert flag.actions["E"] == "Ring the ward first."
    assert flag.title == "Cola de caballo"
    assert flag.actions["W"] == "Repetir las preguntas de cola de caballo en cada visita."
    in_english = load_knowledge(catalogue, load_catalogue_text(), tmp_path)
    assert own.engine.rulebook.sha256 == in_english.engine.rulebook.sha256


def test_exercises_name_their_source_in_spanish() -> None:
    """The items are the same but for the words."""
    english, spanish = load_plan_library("en"), load_plan_library("es")
    assert list(english.items) == list(spanish.items)
    assert spanish.items["hinge"].source == "Artículo; solo razonamiento clínico"
