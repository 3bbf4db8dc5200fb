"""A language that nobody speaks: each text twice as long, accented and in brackets."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec
import pytest
import tomlkit

import resources
from clinic_desktop.services.words import translation

CODE: Final = "qps"
"""What is used everywhere for a language that only tests speak."""
_PLACES: Final = re.compile(r"(\{[^}]*\})")
_ACCENTS: Final = str.maketrans("aeiouAEIOUnN", "áéíóúÁÉÍÓÚñÑ")
_RULES: Final = "rules/es.toml"
_STRETCHED: Final = ("catalogue", "guides", "poses/words")


def stretch(text: str) -> str:
    """A text as the language has it; what stands in braces stays, once for each time."""
    if not any(sign.isalpha() for sign in _PLACES.sub("", text)):
        return text
    parts = _PLACES.split(text)
    accented = "".join(p if p.startswith("{") else p.translate(_ACCENTS) for p in parts)
    return f"[{accented} {_PLACES.sub('', accented).strip()}]"


class Stretched(gettext.NullTranslations):
    """The texts of the code."""

    def gettext(self, message: str) -> str:
        return stretch(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return stretch(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        # The letter that chooses something stays one letter.
        return message if context.startswith("key") else stretch(message)


@contextmanager
def speaking_stretched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak it, with the shipped words of catalogue, rules and help in it too; the plan
    stays in English, as sheets are the patient's."""
    shipped = resources.text
    monkeypatch.setattr(resources, "text", lambda name: _text(name, shipped))
    translation.use(CODE, Stretched())
    try:
        yield
    finally:
        translation.install(translation.ENGLISH)


def _text(name: str, shipped: Callable[[str], str]) -> str:
    folder, _slash, file = name.rpartition("/")
    if file != f"{CODE}.toml":
        return shipped(name)
    if folder == "rules":
        texts = msgspec.toml.decode(shipped(_RULES))
        same = {part: {one: stretch(one) for one in said} for part, said in texts.items()}
        return tomlkit.dumps(same)
    if folder not in _STRETCHED:
        return shipped(name)
    words = msgspec.toml.decode(shipped(f"{folder}/en.toml"))
    return tomlkit.dumps({key: _all_of(said) for key, said in words.items()})


def _all_of(words: Any) -> Any:
    if isinstance(words, str):
        return stretch(words)
    if isinstance(words, list):
        return [_all_of(word) for word in words]
    if isinstance(words, dict):
        return {key: _all_of(word) for key, word in words.items()}
    return words
