"""The command `handout`: the home plan of the last visit as a PDF."""

from __future__ import annotations

from argparse import Namespace
from typing import Final

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefile import LANGUAGES
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.handouts import make_handout
from clinic_desktop.services.plan_files import FALLBACK_LANGUAGE

from .cases import OpenDesk, case_in, rules_folder, tell_problems
from .files import write_output
from .terminal import say

PAPERS: Final = ("a4", "letter")
_NAMES: Final = dict(zip(LANGUAGES, ("English", "Spanish"), strict=True))


class NotYetAvailable(ChartError):
    """Something the command line knows by name and the program cannot do yet."""


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write the sheet.

    Raises BadCaseFile, Withheld with the reason, NotYetAvailable, CannotWrite; then there is none.
    """
    desk = open_desk(arguments.profile, knowledge=rules_folder(arguments))
    tell_problems(desk)
    if arguments.large_print:
        raise NotYetAvailable("large print is not yet available")
    asked = _library(desk, arguments.language) if arguments.language else None
    case = case_in(arguments.case, desk)
    library, remark = (asked, "") if asked else _library_for(desk, case)
    handout = make_handout(case, desk.suggest(case), library, desk.clinic, desk.who)
    write_output(arguments.out, desk.render_handout(handout, arguments.paper))
    if handout.from_suggestion:
        say("The visit holds no plan: this is what the rules suggest.")
    if remark:
        say(remark)


def _library(desk: Desk, language: str) -> PlanLibrary:
    """The plan's words in a language. Raises NotYetAvailable where there are none."""
    library = desk.library_in(language)
    if library.language != language:
        raise NotYetAvailable(f"{_NAMES[language]} is not yet available")
    return library


def _library_for(desk: Desk, case: Case) -> tuple[PlanLibrary, str]:
    """The plan's words in the patient's language, or else in English with a line that says so."""
    language = case.patient.language or FALLBACK_LANGUAGE
    try:
        return _library(desk, language), ""
    except NotYetAvailable as missing:
        return desk.plan_library, f"Printed in English: {missing}."
