"""Renders any of the clinic's own papers: note, course report, letter, recovery sheet."""

from __future__ import annotations

from clinic_desktop.domain.papers import CourseReport, Paper, RecoverySheet, VisitNote

from .course import render_course
from .letter import render_letter
from .note import render_note
from .recovery import render_recovery


def render_paper(content: Paper, paper: str = "a4") -> bytes:
    """The paper as a PDF on `a4` or `letter`. Raises what the paper's own renderer raises."""
    if isinstance(content, VisitNote):
        return render_note(content, paper)
    if isinstance(content, CourseReport):
        return render_course(content, paper)
    if isinstance(content, RecoverySheet):
        return render_recovery(content, paper)
    return render_letter(content, paper)
