"""What the shipped rules say in another language: by file, their English texts and the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import resources

from .rule_tables import Tables
from .toml_entries import entry_as, reading, tables_in

RuleTexts = Mapping[str, Mapping[str, str]]
"""Of each rule file by its short name, each English text with the one that stands for it; under
`source` those of where rules and exercises come from."""


def in_language(tables: Tables, language: str) -> Tables:
    """The tables with their texts in a language; those of one that does not ship as written.

    Only words change: ids, conditions and numbers never stand among the texts.
    Raises BrokenKnowledge.
    """
    texts, sources = load_rule_texts(language), load_sources(language)
    return {
        name: _said(table, {**texts.get(name, {}), **sources}) for name, table in tables.items()
    }


def load_sources(language: str) -> Mapping[str, str]:
    """What is said of where rules and exercises come from. Raises BrokenKnowledge."""
    return load_rule_texts(language).get("source", {})


@cache
def load_rule_texts(language: str) -> RuleTexts:
    """The texts of a language; none for English and for one that does not ship.

    Raises BrokenKnowledge with file and place.
    """
    file = f"rules/{language}.toml"
    try:
        text = resources.text(file)
    except (FileNotFoundError, ValueError):
        return {}
    form = dict[str, dict[str, str]]
    return reading(file, lambda: entry_as(tables_in(text), form, "whole file"))


def _said(part: Any, texts: Mapping[str, str]) -> Any:
    """A part of a table, whatever it is made of, with its texts in the language."""
    if isinstance(part, str):
        return texts.get(part, part)
    if isinstance(part, list):
        return [_said(each, texts) for each in part]
    if isinstance(part, dict):
        return {name: _said(each, texts) for name, each in part.items()}
    return part
