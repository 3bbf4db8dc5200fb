"""How hard a text is to read, in each language by its own rule; and plainer words for hard ones."""

import re

import pytest

from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.readability import (
    grade,
    hard_words,
    plain_words_from,
    syllables,
)

SPANISH = {
    "pie": 1, "silla": 2, "nervio": 2, "rodilla": 3, "estírese": 4, "día": 2, "días": 2,
    "acuéstese": 4, "siéntese": 3, "ciudad": 2, "cuatro": 2, "leer": 2, "guitarra": 3, "que": 1,
    "pingüino": 3, "buey": 1, "muy": 1, "y": 1, "hay": 1, "ahora": 3, "búho": 2, "oír": 2,
    "país": 2, "baúl": 2, "aéreo": 4, "hueso": 2, "izquierda": 3, "continuación": 4, "rayos": 2,
    "quieto": 2, "guía": 2, "prohíbe": 3, "río": 2, "cuádriceps": 3, "isquiotibiales": 5,
    "tráigalo": 3,
}  # fmt: skip
ENGLISH = {
    "sit": 1, "hamstring": 2, "exercise": 3, "minutes": 2, "slowly": 2, "tingle": 2, "buttocks": 2,
    "clamshell": 2, "every": 2, "straighten": 2, "therapist": 3, "emergency": 4, "squeezed": 1,
    "deadlift": 2, "weight": 1, "idea": 3,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SPANISH.items())
def test_spanish_syllables_follow_the_spelling(word: str, count: int) -> None:
    assert syllables(word, "es") == count
    assert syllables(word.upper(), "es") == count


@pytest.mark.parametrize(("word", "count"), ENGLISH.items())
def test_english_syllables_of_words_that_a_therapist_writes(word: str, count: int) -> None:
    assert syllables(word, "en") == count


def test_plain_and_hard_texts_are_told_apart() -> None:
    plain = grade("Sit on a chair. Look down.", "en")
    assert plain.ok
    assert plain.score < 1
    hard = grade("Mechanosensitivity necessitates individualised mobilisation procedures.", "en")
    assert not hard.ok
    assert hard.score > 12
    assert grade("Siéntese en una silla. Mire abajo.", "es").ok
    assert not grade("La mecanosensibilidad requiere procedimientos individualizados.", "es").ok


def test_a_text_without_words_is_not_hard() -> None:
    assert grade("", "en").ok
    assert grade(" ... ", "es").ok


def test_a_decimal_point_ends_no_sentence_and_a_number_is_one_word() -> None:
    assert grade("Walk 1.5 miles", "en").score == grade("Walk 15 miles", "en").score


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("item", load_plan_library().texts)
def test_patients_read_plain_words(item: str, language: str) -> None:
    """Grade 6 or less, whole, and each sentence of some length for itself; no listed hard word."""
    usual = load_plan_library(language).texts[item]
    for text in (usual, *usual.drawings.values()):
        parts = (text.purpose, text.dose, *text.steps)
        parts += (text.feel, text.ease_off, text.more, text.stop)
        whole = ". ".join(part.rstrip(".") for part in (text.name, *parts)) + "."
        assert grade(whole, language).ok
        assert hard_words(whole, language) == ()
        for part in parts:
            if len(part.split()) >= 10:
                assert grade(part, language).ok, part


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_fixed_words_of_the_sheet_are_plain_too(language: str) -> None:
    words = load_plan_library(language).sheet
    said = (words.pain_title, words.pain_text, words.emergency_title, *words.emergency)
    text = ". ".join((*said, words.call_title, *words.call_reasons, words.bring))
    assert grade(re.sub("[.]+", ".", text), language).ok


def test_a_hard_word_is_named_once_with_a_plainer_one() -> None:
    text = "Perform 10 repetitions prior to running. Perform them on both legs."
    found = (("Perform", "do"), ("repetitions", "times"), ("prior to", "before"))
    assert hard_words(text, "en") == found
    assert hard_words("Realice 10 repeticiones.", "es") == (
        ("Realice", "haga"),
        ("repeticiones", "veces"),
    )
    assert hard_words("Performance", "en") == (), "a part of a word is another word"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[words", "plain.toml: "),
        ("[words]\nutilise = 3", "plain.toml: "),
        ('[words]\nutilise = " "', "words.utilise: is empty"),
        ("[words]\n", "words: is empty"),
    ],
)
def test_a_broken_list_is_named(text: str, reason: str) -> None:
    with pytest.raises(BrokenKnowledge, match=re.escape(reason)):
        plain_words_from(text, "plain.toml")
