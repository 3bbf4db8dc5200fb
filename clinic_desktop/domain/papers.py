"""The frozen content of the clinician's papers: visit note, course report, referral letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .documents import Clinic
from .figures.drawing import Drawing
from .trends import Series


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What stands on every page of a paper, and at its beginning. All of it is ready text."""

    language: str
    title: str
    clinic: Clinic
    call: str
    """How to reach the clinic; empty where it has set no telephone number."""
    identity: str
    """Whom the paper is about, by two identifiers."""
    who: tuple[str, ...]
    """Under the title: of when, by whom, about whom."""
    date: str
    """At the foot of each page."""
    page: str
    """With `{page}` and `{pages}`."""
    continued: str
    """With `{title}`, for the head of what goes on upon another page."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled text."""

    label: str
    text: str
    items: tuple[str, ...] = ()
    """What it lists, one by one, where it is nothing but a list; a screen may show it as one."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; the last cell of a row with fewer cells than heads spans the rest.

    A first cell that is blank belongs to the last one above it that is not.
    """

    cells: tuple[str, ...]
    remark: str = ""
    """Below the cells, across the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads that are repeated on each page."""

    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paper under a heading of its own: sentences, then facts, then a table."""

    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing under the heading."""
        return not (self.facts or self.lines or (self.table and self.table.rows))


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """Where it hurt at one visit, as a drawing and in words."""

    title: str
    """Which visit it is; empty on a paper about one visit only."""
    drawing: Drawing
    sides: tuple[Fact, ...]
    """What is marked on the right and on the left."""
    change: str
    """What differs from the visit before; empty where there is none to compare."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A pattern with what it means."""

    sample: Drawing
    words: str


@dataclass(frozen=True, slots=True)
class BodyPictures:
    """The charts of the body of some visits under one heading, with one legend."""

    title: str
    pictures: tuple[BodyPicture, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    note: str = ""
    """Which visits are left out, where there are too many to show."""


@dataclass(frozen=True, slots=True)
class FlagBox:
    """An open red flag as it stands on paper."""

    title: str
    """With how urgent it is."""
    because: str
    action: str
    grave: bool
    """Of the levels that set pattern and plan aside."""


@dataclass(frozen=True, slots=True)
class VisitNote:
    """One visit as it was charted: nothing that is blank reads as a finding."""

    head: PaperHead
    status: str
    """Signed, signed elsewhere, or a draft."""
    signing: tuple[str, ...]
    """What is to be known of the signature beside that: a late entry, its meaning."""
    alarms: tuple[FlagBox, ...]
    """Why a signature is not valid."""
    flags: tuple[FlagBox, ...]
    flags_resolved: Part
    told: Part
    """The clinician's own texts."""
    suggestion: Part
    decision: Part
    body: BodyPictures
    """Where it hurts, drawn; without a picture where no side was charted."""
    findings: tuple[Part, ...]
    """One for each tab of the visit."""
    changes: Part
    """Since the last visit that tested each; empty at a first visit."""
    retests: Part
    plan: Part
    not_recorded: Part
    """Key items that are blank."""
    addenda: Part


@dataclass(frozen=True, slots=True)
class ChartText:
    """A series with the words that stand around its drawing."""

    series: Series
    title: str
    unit: str
    sentences: tuple[str, ...]
    visit: str
    right: str
    left: str
    band: str
    """What the tinted band means."""
    target: str
    gap: str
    """What a dash in the table means; empty where there is none."""
    days: tuple[str, ...]
    """Of all visits, short."""
    calm: str = ""
    """How a value within the error is drawn; empty where none could be."""


@dataclass(frozen=True, slots=True)
class CourseReport:
    """A course over its visits: summary and progress in one paper."""

    head: PaperHead
    alarms: tuple[FlagBox, ...]
    """Signatures of its visits that are not valid."""
    flags: tuple[FlagBox, ...]
    summary: Part
    outcomes: Part
    """What changed, and what did not beyond the error."""
    visits: Part
    signatures: Part
    """Who signed which visit and when, and what is a draft."""
    body: BodyPictures
    """Where it hurt over the visits that charted it."""
    charts_title: str
    charts: tuple[ChartText, ...]
    charts_note: str
    """What is said where nothing was measured; else what the drawings have in common."""
    reviews: Part
    """The points at which the course is looked at as a whole."""
    flags_resolved: Part
    not_recorded: Part


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """A letter to whoever takes over: the one paper that prints over an open red flag."""

    head: PaperHead
    to: Fact
    level: str
    """`E`, `S`, `U`, `I` or `W`; empty where no flag is behind it."""
    urgency: str
    reason: Part
    findings: Part
    negatives: Part
    """Only what was charted as "no"."""
    not_recorded: Part
    told: Part
    closing: tuple[str, ...]
    signature: Fact


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The key that opens the record where every passphrase is forgotten. For the safe, and about
    no patient."""

    head: PaperHead
    sentences: tuple[str, ...]
    key: tuple[str, ...]
    """Its lines."""


Paper: TypeAlias = VisitNote | CourseReport | ReferralLetter | RecoverySheet
"""Any of the clinician's papers."""
