"""The commands `note`, `report` and `letter`: the clinician's papers as PDFs."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.services.desk import Desk
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.papers.parts import PaperSource
from clinic_desktop.services.papers.visit_notes import make_visit_note
from clinic_desktop.services.whole_files import hand_out

from .cases import case_in, paper_of, rules_folder, tell_problems, tell_unfilled
from .open_desk import OpenDesk
from .terminal import say


def note(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write the note of the last visit. Raises BadCaseFile, ChartError, CannotWrite."""
    # Only here: the PDF library takes its time to load, and other commands do without it.
    from reports.note import render_note

    desk = _desk(arguments, open_desk)
    case = case_in(arguments.case, desk)
    content = make_visit_note(case, desk.suggest(case), _source(desk))
    hand_out(arguments.out, render_note(content, paper_of(arguments, desk)))
    tell_unfilled(content, case, desk)


def report(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write the course over its visits. Raises BadCaseFile, ChartError, CannotWrite."""
    from reports.course import render_course

    desk = _desk(arguments, open_desk)
    case = case_in(arguments.case, desk)
    content = make_course_report(case, desk.suggest(case), _source(desk))
    hand_out(arguments.out, render_course(content, paper_of(arguments, desk)))
    tell_unfilled(content, case, desk)


def letter(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write a referral letter from an open red flag, or for a reason.

    Raises BadCaseFile, CannotWrite, ChartError where the flag is not open and no reason is given.
    """
    from reports.letter import render_letter

    desk = _desk(arguments, open_desk)
    case = case_in(arguments.case, desk)
    content = make_referral_letter(
        case,
        desk.suggest(case),
        _source(desk),
        flag=arguments.flag,
        reason=arguments.reason,
        told=arguments.told,
        recipient=arguments.to,
    )
    hand_out(arguments.out, render_letter(content, paper_of(arguments, desk)))
    tell_unfilled(content, case, desk)
    if not arguments.told.strip():
        say("What the patient was told is not recorded (--told TEXT).")


def _desk(arguments: Namespace, open_desk: OpenDesk) -> Desk:
    desk = open_desk(arguments.profile, knowledge=rules_folder(arguments))
    tell_problems(desk)
    return desk


def _source(desk: Desk) -> PaperSource:
    return PaperSource(
        desk.catalogue, desk.text, desk.plan_library, desk.retest_bands(), desk.clinic, desk.who
    )
