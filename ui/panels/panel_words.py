"""What the lines of the panel are named with, and what the therapist opened in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.knowledge.rule_notes import RuleNote
from clinic_desktop.services.words.wording import finding_name

Explain: TypeAlias = Callable[[str], RuleNote]
"""The rule of an id. Raises KeyError where the rules in use hold none of that id."""


@dataclass(frozen=True, slots=True)
class PanelState:
    """What the therapist opened in the panel; it is not part of the chart."""

    opened: frozenset[str] = frozenset()
    asking: str | None = None
    """Plan item that waits for a place because both are taken."""
    why: str | None = None
    """Id of the line whose rule is shown below it."""


@dataclass(frozen=True, slots=True)
class PanelWords:
    """Names of findings and plan items, and the fields that lines lead to."""

    catalogue: Catalogue
    text: CatalogueText
    library: PlanLibrary
    explain: Explain

    def question(self, finding: str) -> str:
        """A red-flag question by its short name: `Saddle numbness`."""
        label = self.text.findings[finding].label
        return label[:1].upper() + label[1:]

    def found_name(self, key: Key) -> str:
        """A finding behind a flag: a question by its short name, a test by its whole name."""
        if key.finding.startswith("flag."):
            return self.question(key.finding)
        return finding_name(self.text, key.finding, key.side)

    def key(self, finding: str, case: Case) -> Key:
        """The field of a finding: of the side that was charted last, else of its first side."""
        spec = self.catalogue.findings.get(finding)
        if spec is None:
            return Key(finding)
        for visit in reversed(case.visits):
            for key in spec.keys:
                if key in visit.findings:
                    return key
        return spec.keys[0]
