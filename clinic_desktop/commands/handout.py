"""The command `handout`: the home plan of the last visit as a PDF."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from clinic_desktop.domain.documents import LARGE_PRINT
from clinic_desktop.services.papers.file_copies import CopyMaker
from clinic_desktop.services.papers.handouts import make_handout, sheet_language
from clinic_desktop.services.whole_files import hand_out

from .cases import case_in, paper_of, rules_folder, tell_problems, tell_unfilled
from .open_desk import OpenDesk
from .terminal import say


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write the sheet, in the language asked for, else the patient's, and its file copy if asked.

    Raises BadCaseFile, Withheld with the reason, CannotWrite; then there is none.
    """
    desk = open_desk(arguments.profile, knowledge=rules_folder(arguments))
    tell_problems(desk)
    case = case_in(arguments.case, desk)
    make = partial(make_handout, case, desk.suggest(case), clinic=desk.clinic, clinician=desk.who)
    library = desk.library_in(sheet_language(case.patient, arguments.language))
    paper = paper_of(arguments, desk)
    handout = make(
        library,
        text_size=LARGE_PRINT if arguments.large_print else desk.paper_habits.now.text_size,
    )
    content = desk.render_handout(handout, paper)
    copy = b""
    if arguments.file_copy is not None and handout.language != desk.plan_library.language:
        maker = CopyMaker(make(desk.plan_library), handout.language)
        copy = maker.render(desk.render_handout, content, paper)
    hand_out(arguments.out, content)
    if copy:
        hand_out(arguments.file_copy, copy)
    elif arguments.file_copy is not None:
        say("The sheet is in English: there is no file copy.")
    for item in handout.items:
        if item.borrowed:
            say(f"{item.title}: has no words in this language; the English ones are printed.")
    tell_unfilled(handout, case, desk)
    if handout.from_suggestion:
        say("The visit holds no plan: this is what the rules suggest.")
