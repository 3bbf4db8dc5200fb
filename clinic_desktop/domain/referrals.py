"""The safety net under a referral: which warning was given, to whom the letter went, what came
back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral out of a visit. A time that is None has not come: never "done" by default."""

    visit_id: int
    flag: str | None
    """The red flag behind it; None where the clinician chose to refer by hand."""
    level: str | None
    """Of the flag when the referral was opened; it is kept, whatever the flag becomes."""
    recipient: str
    opened_at: dt.datetime
    opened_by: str
    reason: str = ""
    warning: str = ""
    """What the patient was told to watch for and what to do then, in the words used."""
    warned_at: dt.datetime | None = None
    """None where no warning was given."""
    sent_at: dt.datetime | None = None
    sent_by: str = ""
    answered_at: dt.datetime | None = None
    answer: str = ""
    answered_by: str = ""
    """Who entered the answer."""

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A referral letter as far as it is written: one for a visit and what it is about."""

    visit_id: int
    flag: str | None = None
    """The red flag behind it; None where the clinician refers by hand."""
    recipient: str = ""
    reason: str = ""
    told: str = ""
    """What the patient was told."""
    referral: int | None = None
    """The referral's id, where this letter was printed before."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed yet."""
        return not any(text.strip() for text in (self.recipient, self.reason, self.told))
