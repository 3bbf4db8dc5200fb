"""Renders any of the clinician's papers: visit note, course report, referral letter."""

from __future__ import annotations

from clinic_desktop.domain.papers import CourseReport, Paper, VisitNote

from .course import render_course
from .letter import render_letter
from .note import render_note


def render_paper(content: Paper, paper: str = "a4") -> bytes:
    """The paper as a PDF on `a4` or `letter`. Raises what the paper's own renderer raises."""
    if isinstance(content, VisitNote):
        return render_note(content, paper)
    if isinstance(content, CourseReport):
        return render_course(content, paper)
    return render_letter(content, paper)
