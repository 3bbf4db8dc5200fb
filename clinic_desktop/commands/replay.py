"""The command `replay`: which visits the rules of now would answer otherwise, and how."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.casefiles.replaying import in_words, replay

from .cases import rules_folder, tell_problems
from .credentials import credentials_in
from .open_desk import OpenDesk
from .terminal import say


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Print a line for each such visit, by the patient's number, and how many were looked at.

    Raises ChartError where the rules that were named cannot be used: nothing else may answer for
    them. Raises RecordUnavailable.
    """
    folder = rules_folder(arguments)
    desk = open_desk(arguments.profile, knowledge=folder, credentials=credentials_in(arguments))
    if folder is not None and desk.problems:
        raise ChartError(desk.problems[0])
    tell_problems(desk)
    found = replay(desk.open_record, desk.suggest, unsigned_too=arguments.all)
    for changed in found.differences:
        why = " (same rules: the record was changed since)" if changed.same_rules else ""
        then, now = in_words(changed.then), in_words(changed.now)
        say(f"{changed.number:06d}  {changed.date.isoformat()}  {then} -> {now}{why}")
    say(f"{len(found.differences)} of {found.looked_at} visits would be answered otherwise.")
