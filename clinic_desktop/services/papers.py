"""The clinician's papers in one place: visit note, course report, referral letter."""

from __future__ import annotations

from .course_reports import make_course_report
from .letters import make_referral_letter
from .paper_parts import PaperSource
from .retest_bands import load_bands
from .visit_notes import make_visit_note

HANDOUT = "handout"
NOTE = "note"
REPORT = "report"
LETTER = "letter"
"""Under which kinds the record keeps their PDFs."""

__all__ = [
    "HANDOUT",
    "LETTER",
    "NOTE",
    "REPORT",
    "PaperSource",
    "load_bands",
    "make_course_report",
    "make_referral_letter",
    "make_visit_note",
]
