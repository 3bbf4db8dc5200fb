"""The commands `chart` and `import`: case files into the record, each whole or not at all."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.domain.errors import BadCaseFile, ChartError
from clinic_desktop.services.record import chart_case

from .cases import case_in, tell_problems
from .credentials import credentials_in
from .open_desk import OpenDesk
from .terminal import complain, say


def chart(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Store a case and print the patient's number.

    Raises BadCaseFile, DuplicatePatient, NotFound, RecordUnavailable; then nothing is stored.
    """
    # The file first: nobody is asked for a passphrase to be told of a typing error.
    case = case_in(arguments.case, open_desk(arguments.profile))
    desk = open_desk(arguments.profile, credentials=credentials_in(arguments))
    tell_problems(desk)
    desk.suggest(case)  # reads the rules now, and not while nobody else can write
    asks = desk.asks_what_follows
    number = chart_case(desk.open_record, desk.act(), case, arguments.patient, desk.suggest, asks)
    say(str(number))


def chart_all(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Store several cases as new patients and print a number for each.

    All files are read before the first is stored: while one has faults, none is. After that one
    that is refused (a patient who is in the record already) does not keep the others out.
    """
    reader = open_desk(arguments.profile)
    cases = []
    faults: list[str] = []
    for name in arguments.cases:
        try:
            cases.append(case_in(name, reader))
        except BadCaseFile as problem:
            own_name = f"{name}: "
            faults += (own_name + fault.removeprefix(own_name) for fault in problem.faults)
    if faults:
        raise BadCaseFile(faults)
    desk = open_desk(arguments.profile, credentials=credentials_in(arguments))
    tell_problems(desk)
    desk.suggest(cases[0])  # as above
    status = 0
    for name, case in zip(arguments.cases, cases, strict=True):
        try:
            asks = desk.asks_what_follows
            number = chart_case(desk.open_record, desk.act(), case, suggest=desk.suggest, asks=asks)
            say(str(number))
        except ChartError as problem:
            complain(f"{name}: {problem}")
            status = 1
    return status
