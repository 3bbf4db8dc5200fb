"""The command `suggest`: what the rule panel would say of the last visit."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.services.casefiles.answer import answer_as_json
from clinic_desktop.services.casefiles.answer_text import AnswerWords, answer_as_text

from .cases import case_in, rules_folder, tell_problems
from .open_desk import OpenDesk
from .terminal import hand_over, say


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Print the answer as text or as JSON. Raises BadCaseFile, ChartError."""
    desk = open_desk(own_folder=False, knowledge=rules_folder(arguments))
    tell_problems(desk)
    suggestion = desk.suggest(case_in(arguments.case, desk))
    if arguments.format == "json":
        hand_over(answer_as_json(suggestion))
    else:
        words = AnswerWords(desk.catalogue, desk.text, desk.plan_library)
        say(answer_as_text(suggestion, words).rstrip("\n"))
