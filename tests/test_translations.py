"""What translators write is up to the code, whole, and says what the English does."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

import resources
import texts

SPANISH = texts.translated("es")
ROOT = Path(texts.ROOT)
TO_RUN = "run: python3 dev.py texts"


def forms(message: Message) -> list[tuple[str, str]]:
    """Each form of a text beside its translation."""
    if not texts.is_whole(message):  # a test of its own tells of these
        return []
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or (), strict=True))


def places(text: str) -> list[str]:
    """What is put into a text, with how it is written."""
    return sorted(f"{name}:{how}" for _t, name, how, _c in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_files_are_what_the_code_says(language: str) -> None:
    for part, catalog in texts.updated(language).items():
        file = ROOT / texts.LOCALE / language / f"{part}.po"
        assert file.read_bytes() == texts.written(catalog), TO_RUN


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_ships_is_compiled_of_them(language: str) -> None:
    assert resources.data(f"locale/{language}.mo") == texts.compiled(language), TO_RUN


def test_every_text_is_translated_and_nobody_doubts_it() -> None:
    assert [key for key, message in SPANISH.items() if not texts.is_whole(message)] == []


def test_a_translation_has_the_places_of_its_text() -> None:
    """A sentence about a patient would otherwise come without the number, or not at all."""
    other = [
        (english, said)
        for message in SPANISH.values()
        for english, said in forms(message)
        if places(english) != places(said)
    ]
    assert other == []


def ends(text: str) -> tuple[str, str, str]:
    """Spaces hold sentences apart; a colon, dots or a full stop say what follows."""
    inner = text.strip()
    start, end = text.partition(inner[:1])[0], text[len(text.rstrip()) :]
    return start, end, inner[-1] if inner[-1] in ":.\N{HORIZONTAL ELLIPSIS}" else ""


def test_a_translation_begins_and_ends_as_its_text() -> None:
    pairs = [pair for message in SPANISH.values() for pair in forms(message)]
    other = [
        (english, said)
        for english, said in pairs
        # Spanish shortens with a full stop where English does not: "izq.".
        if ends(english) != ends(said) and (*ends(english)[:2], ".") != ends(said)
    ]
    assert other == []


def test_keys_that_choose_in_one_list_differ() -> None:
    """Two choices beside each other with one key: the second could not be reached."""
    lists = (
        ("yes", "no", "not asked"),
        ("not tested", "unable"),
        ("female", "male", "other", "unknown"),
        ("right", "left", "both"),
        ("better", "same", "worse"),
        ("about", "board", "progress"),
        ("small", "normal", "large"),
        ("system", "light", "dark"),
    )
    keys = {context: m.string for (_t, context), m in SPANISH.items() if context}
    for words in lists:
        letters = [keys[f"key: {word}"] for word in words]
        assert len(set(letters)) == len(letters), words
        assert all(len(str(letter)) == 1 for letter in letters)


# ---------------------------------------------------------------------- in the code
LOOKED_UP = {"_", "ngettext", "pgettext"}


def called(call: ast.Call) -> str:
    """The plain name that is called."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, bool]]:
    """Each call that looks a text up, and whether it runs when the module is loaded."""

    def walk(node: ast.AST, inside: bool) -> Iterator[tuple[ast.Call, bool]]:
        if isinstance(node, ast.Call) and called(node) in LOOKED_UP:
            yield node, not inside
        body = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            of_body = body and not isinstance(child, ast.arguments)
            yield from walk(child, inside or of_body)

    yield from walk(tree, False)


def shipped() -> Iterator[tuple[str, ast.Module]]:
    for folders in texts.PARTS.values():
        for folder in folders:
            for file in sorted((ROOT / folder).rglob("*.py")):
                yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))


def test_texts_are_looked_up_when_they_are_shown() -> None:
    """One that is looked up when its module is loaded stays in the language of that moment."""
    early = [
        f"{place}:{call.lineno}"
        for place, tree in shipped()
        for call, early in calls(tree)
        if early
    ]
    assert early == []


def test_texts_stand_in_the_call_that_looks_them_up() -> None:
    """Else nobody would find them to translate."""
    hidden = [
        f"{place}:{call.lineno}"
        for place, tree in shipped()
        if place != "clinic_desktop/services/words/translation.py"
        for call, _early in calls(tree)
        for text in call.args[: 1 if called(call) == "_" else 2]
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str))
    ]
    assert hidden == []
