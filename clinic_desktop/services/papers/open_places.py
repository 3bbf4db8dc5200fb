"""What a phrase leaves to fill in, named with its field before it is signed or goes on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from clinic_desktop.domain.documents import SheetWords
from clinic_desktop.domain.figures.drawing import Drawing
from clinic_desktop.domain.papers import PaperHead
from clinic_desktop.domain.phrases import open_words
from clinic_desktop.services.words.translation import _


@dataclass(frozen=True, slots=True)
class Written:
    """A text that somebody wrote, and where it stands."""

    text: str
    field: str = ""
    """What its field is called; blank where it has no name."""
    at: str = ""
    """Where it is filled in: a finding's id, or the name of a field; blank where it cannot be."""


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """What is still to fill in in one field."""

    words: str
    """Each place as it stands there, in its braces."""
    field: str = ""
    at: str = ""
    """Both as in `Written`."""

    @property
    def said(self) -> str:
        """The field and what is open in it."""
        if not self.field:
            return self.words
        return _("{field} {places}").format(field=self.field, places=self.words)


def open_in(written: Iterable[Written]) -> tuple[OpenPlace, ...]:
    """What is still to fill in in some texts, a line for each field."""
    found = (
        OpenPlace(", ".join(open_words(one.text)), one.field, one.at)
        for one in written
        if open_words(one.text)
    )
    return tuple(dict.fromkeys(found))


def open_on_paper(paper: object, written: Iterable[Written]) -> tuple[OpenPlace, ...]:
    """What is still to fill in on a paper, named by the texts that it is made of.

    The paper has the say: what stands on it is told, also where no text is known to have it, and
    what does not stand on it is not.
    """
    on_it = dict.fromkeys(words for text in _texts_of(paper) for words in open_words(text))
    found = [one for one in open_in(written) if any(words in on_it for words in _each(one))]
    known = {words for one in found for words in _each(one)}
    rest = ", ".join(words for words in on_it if words not in known)
    return (*found, *([OpenPlace(rest)] if rest else []))


def unfilled_words(places: Iterable[OpenPlace]) -> str:
    """All of it in a sentence; blank where nothing is open."""
    said = "; ".join(one.said for one in places)
    return _("Not filled in: {places}.").format(places=said) if said else ""


def _each(place: OpenPlace) -> tuple[str, ...]:
    return open_words(place.words)


def _texts_of(part: object) -> Iterator[str]:
    """Every text of a paper that is printed as it stands. The fixed words of a paper have braces of
    their own, which are filled in as it is drawn."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, PaperHead):
        yield from (part.identity, *part.who)
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts_of(one)
    elif is_dataclass(part) and not isinstance(part, SheetWords | Drawing):
        for field in fields(part):
            yield from _texts_of(getattr(part, field.name))
