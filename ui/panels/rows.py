"""The lines of the rule panel as plain values, so that the panel can tell which of them changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from clinic_desktop.domain.values import Key
from clinic_desktop.services.words.translation import _


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line between two parts."""

    id: str

    @property
    def plain(self) -> str:
        """Nothing to read aloud."""
        return ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Name of a part with a badge or a quiet remark at its right end."""

    id: str
    text: str
    badge: str = ""
    remark: str = ""
    large: bool = False
    strong: bool = False
    """Whether the badge says that the needs are met."""
    apart: bool = False
    """Whether it stands a little below what is above it."""

    @property
    def plain(self) -> str:
        """The heading as one line of text."""
        return ": ".join(part for part in (self.text, self.badge, self.remark) if part)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence, with its small word in the column before it where it has one."""

    id: str
    text: str
    word: str = ""
    tone: str = "ink"
    """A token of the palette: `ink`, `ink2`, `grey`, `caution` or `danger`."""
    target: Key | None = None
    """The field it speaks of; the line is then a link to it."""
    action: str = ""
    """What a link at its right end does: `bring back`."""
    do: tuple[str, str] | None = None
    """What to do on that link: a verb of `PanelActions` and a plan item."""
    sign: bool = False
    column: bool = True
    """Whether the text stands in the column of sentences, or over the whole width."""
    said: str = ""
    """The word before it for ears and text, where the column does not repeat it."""
    bold: bool = False
    apart: bool = False
    """Whether a new part of a ledger begins with it, a little below the one before."""
    folded: str = ""
    """The lines folded away behind its link, as text."""
    rule: str = ""
    """Id of the rule that put the line here, which "why?" shows."""

    @property
    def own(self) -> str:
        """The line by itself as text, with its word."""
        word = self.word or self.said
        return f"{word}: {self.text}" if word else self.text

    @property
    def plain(self) -> str:
        """The line as text, and what is folded away behind it."""
        return f"{self.own}\n{self.folded}" if self.folded else self.own


@dataclass(frozen=True, slots=True)
class Fold:
    """One line that opens and closes what stands below it."""

    id: str
    text: str
    remark: str
    opened: bool
    hidden: tuple[str, ...] = ()
    """What it hides, as text: a screen reader and a search may still read it."""
    inset: bool = False
    """Whether it stands inside another one."""

    @property
    def own(self) -> str:
        """The line by itself as text."""
        return f"{self.text}: {self.remark}" if self.remark else self.text

    @property
    def plain(self) -> str:
        """The line, and what is folded away below it."""
        return "\n".join((self.own, *self.hidden))


@dataclass(frozen=True, slots=True)
class Ask:
    """The box with what to chart next."""

    id: str
    caption: str
    text: str
    why: str
    target: Key
    later: tuple[str, ...] = ()
    """What there is no room to show, as text."""

    @property
    def plain(self) -> str:
        """Caption, question and reason, and what there is no room to show."""
        first = f"{self.caption}: {self.text} ({self.why})" if self.why else self.text
        return "\n".join((first, *self.later))


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the two places for a new plan item: free, with a proposal, or taken."""

    id: str
    number: int
    item: str = ""
    """Id of the item chosen or proposed; empty where there is none."""
    text: str = ""
    remark: str = ""
    taken: bool = False
    fixed: bool = False
    """Whether the item can no longer be parked: the visit is signed."""
    rule: str = ""
    """Id of the rule that speaks for the item."""

    @property
    def plain(self) -> str:
        """The place, what is in it, and whether it is chosen or proposed."""
        inside = f"{self.text} ({self.remark})" if self.text else self.remark
        return f"{_('slot {n}').format(n=self.number)}: {inside}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with a few buttons, answered on the spot."""

    id: str
    text: str
    buttons: tuple[tuple[str, str, str], ...]
    """Label, verb and plan item of each."""

    @property
    def plain(self) -> str:
        """The question and its answers."""
        return f"{self.text} {' / '.join(label for label, _verb, _item in self.buttons)}"


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag: how grave, what it is, and what to do."""

    id: str
    flag: str
    level: str
    level_word: str
    title: str
    action: str
    headline: bool = True
    """Whether it says "red flag" itself; the first leaves that to the head of the panel."""

    @property
    def plain(self) -> str:
        """Everything about the flag in one line."""
        return f"{_('Red flag')}, {self.level_word}: {self.title}. {self.action}"


@dataclass(frozen=True, slots=True)
class Why:
    """The rule behind the line above it, opened on demand."""

    id: str
    rule: str
    """Id of the rule."""
    sentence: str
    origin: str
    """Its mark and source in words, and since when it stands."""

    @property
    def plain(self) -> str:
        """Sentence, origin and id."""
        return f"{_('Why')}: {self.sentence} {self.origin} ({self.rule})"


@dataclass(frozen=True, slots=True)
class Resolve:
    """The box in which a written reason resolves a flag."""

    id: str
    flag: str
    title: str

    @property
    def plain(self) -> str:
        """Its heading."""
        return self.title


Row: TypeAlias = Divider | Heading | Words | Why | Fold | Ask | Slot | Choice | Flag | Resolve


def news_of(changed: tuple[Row, ...]) -> str:
    """What is worth saying aloud of changed rows: flags, patterns and conflicts, a line each."""
    return "\n".join(row.plain for row in changed if is_news(row))


def is_news(row: Row) -> bool:
    """Whether somebody who listens would stop for it."""
    if isinstance(row, Heading):
        return row.large or bool(row.badge)
    return isinstance(row, Flag) or (isinstance(row, Words) and row.sign)


def plain_text(rows: tuple[Row, ...]) -> str:
    """All rows as text, a line each."""
    return "\n".join(row.plain for row in rows if row.plain)
