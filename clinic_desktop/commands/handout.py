"""The command `handout`: the home plan of the last visit as a PDF."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.domain.documents import LARGE_PRINT, NORMAL_TEXT
from clinic_desktop.services.handouts import make_handout, sheet_language

from .cases import OpenDesk, case_in, rules_folder, tell_problems
from .files import write_output
from .terminal import say


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write the sheet, in the language asked for, else the patient's.

    Raises BadCaseFile, Withheld with the reason, CannotWrite; then there is none.
    """
    desk = open_desk(arguments.profile, knowledge=rules_folder(arguments))
    tell_problems(desk)
    case = case_in(arguments.case, desk)
    handout = make_handout(
        case,
        desk.suggest(case),
        desk.library_in(sheet_language(case.patient, arguments.language)),
        desk.clinic,
        desk.who,
        text_size=LARGE_PRINT if arguments.large_print else NORMAL_TEXT,
    )
    write_output(arguments.out, desk.render_handout(handout, arguments.paper))
    if handout.from_suggestion:
        say("The visit holds no plan: this is what the rules suggest.")
