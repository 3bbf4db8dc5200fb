"""The phrases in use: those that ship in the window's language, and the clinic's own over them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import resources
from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import ChartError, Refused
from clinic_desktop.domain.phrases import (
    LONGEST_NAME,
    LONGEST_PHRASE,
    MOST_PHRASES,
    Phrase,
    is_name,
)
from clinic_desktop.domain.texts import composed
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.domain.visits import Patient
from clinic_desktop.domain.vocabulary import words_of
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.clinic.setting_changes import noted
from clinic_desktop.services.clinic.settings import FILE_NAME, checked_text, read_table
from clinic_desktop.services.clinic.settings_writing import write_settings
from clinic_desktop.services.words.translation import _

TABLE: Final = "phrases"
"""Of the clinic's settings. No patient may be in them: they lie in the clear."""
_LEAST_NAME: Final = 3
"""Letters of a patient's name that are looked for in a phrase: shorter ones are in many words."""


@cache
def shipped_phrases(language: str) -> tuple[Phrase, ...]:
    """The phrases of a language in the order of their file; English where it has none."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    written = tomllib.loads(resources.text(f"{TABLE}/{known}.toml"))
    return tuple(Phrase(name, text) for name, text in written.items())


def own_phrases(folder: Path) -> Mapping[str, str]:
    """The clinic's own texts by their names; a blank one takes a shipped phrase out of use.

    Raises ChartError naming the place, where they cannot be read.
    """
    written = read_table(folder, TABLE)
    for name, text in written.items():
        place = f"{FILE_NAME}: {TABLE}.{name}"
        if not is_name(name):
            raise ChartError(f"{place}: a phrase's name is a letter, then letters and figures")
        checked_text(text, place)
    return MappingProxyType({name: composed(text) for name, text in written.items()})


def phrases_in_use(language: str, folder: Path | None) -> tuple[Phrase, ...]:
    """The clinic's own phrases, then the shipped ones that it did not replace or take out of use.

    Raises ChartError where its own cannot be read.
    """
    own = own_phrases(folder) if folder is not None else {}
    shipped = (one for one in shipped_phrases(language) if one.name not in own)
    written = (Phrase(name, text, own=True) for name, text in own.items() if text.strip())
    return (*sorted(written, key=lambda one: one.name), *shipped)


def may_change_phrases(session: Session) -> bool:
    """Whether whoever is signed in keeps phrases: who charts, or looks after the clinic."""
    return session.user.may(Action.WRITE_DRAFT) or session.user.may(Action.MANAGE_USERS)


def keep_phrase(session: Session, name: str, text: str, patients: Iterable[Patient] = ()) -> Phrase:
    """Keep a phrase for the whole clinic, in place of one of the same name.

    `patients` are those whose charts are open: their names may not be in it. Raises Refused,
    ChartError.
    """
    _refuse_unless_allowed(session)
    name, text = composed(name.strip().lower()), text.strip()
    if not is_name(name):
        said = _("A short name is a letter, then letters, figures, - or _; {n} at most.")
        raise ChartError(said.format(n=LONGEST_NAME))
    if not text:
        raise ChartError(_("Please write the text that the name stands for."))
    if len(text) > LONGEST_PHRASE:
        said = _("The text has {n} letters; a phrase has {most} at most.")
        raise ChartError(said.format(n=len(text), most=LONGEST_PHRASE))
    text = checked_text(text, name)
    for patient in patients:
        _refuse_name(patient, text)
    others = [one for one in own_phrases(session.folder) if one != name]
    if len(others) >= MOST_PHRASES:
        raise ChartError(_("There are {n} phrases of your own; remove one first.").format(
            n=len(others)))  # fmt: skip
    _write(session, name, text)
    return Phrase(name, text, own=True)


def remove_phrase(session: Session, phrase: Phrase) -> Phrase:
    """Take a phrase out of use. One of the clinic's own is gone, and a shipped one of its name is
    in use again; a shipped one is put aside. Raises Refused, ChartError."""
    _refuse_unless_allowed(session)
    _write(session, phrase.name, None if phrase.own else "")
    return phrase


def put_back(session: Session, name: str, text: str | None) -> Phrase:
    """Have a name stand for what it did before a change; None where it was no own phrase. Raises
    Refused, ChartError."""
    _refuse_unless_allowed(session)
    _write(session, name, text)
    return Phrase(name, text or "", own=text is not None)


def _write(session: Session, name: str, text: str | None) -> None:
    with noted(session):
        write_settings(session.folder, {TABLE: {name: text}})


def _refuse_name(patient: Patient, text: str) -> None:
    said = set(words_of(text.title()))
    for word in words_of(patient.name.title()):
        if len(word) >= _LEAST_NAME and word in said:
            raise ChartError(
                _("“{word}” is in the patient's name. A phrase is for every patient, so it names"
                  " none: write {{name}} in its place.").format(word=word.title())
            )  # fmt: skip


def _refuse_unless_allowed(session: Session) -> None:
    if not may_change_phrases(session):
        raise Refused(not_yours())


def not_yours() -> str:
    """Why somebody does not keep phrases."""
    return _("Only who charts visits, or looks after the clinic, keeps phrases.")
