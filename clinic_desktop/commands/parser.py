"""The command line: every verb and option by its name, with its help, in one place."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from clinic_desktop import __version__
from clinic_desktop.domain.values import LANGUAGES, RED_FLAGS

if TYPE_CHECKING:
    from .open_desk import OpenDesk

PROGRAM: Final = "clinic-desktop"
_EXIT_STATUS: Final = (
    "Exit status: 0 done, 1 could not be done (the reason in one line), 2 bad input or usage."
)
FORMATS: Final = ("text", "json")
PAPERS: Final = ("a4", "letter")
_OF_WINDOW: Final = {"--profile", "--user", "--passphrase-fd", "--key-file"}
"""Options that each have one value and may stand without a verb."""
_Verbs: TypeAlias = "_SubParsersAction[ArgumentParser]"
_Run: TypeAlias = "Callable[[Namespace, OpenDesk], int | None]"


def parse(arguments: Sequence[str]) -> Namespace:
    """What the command line says; its `run` is the function of the verb, or of the window."""
    if not arguments:  # an icon gives none, and a window waits for no parser of them
        given = {option.lstrip("-").replace("-", "_"): None for option in _OF_WINDOW}
        return Namespace(run=_later("window", "run"), **given)
    # A start of the window does not wait until twenty verbs are described.
    words = (word for before, word in pairwise(("", *arguments)) if before not in _OF_WINDOW)
    plain = all(word.partition("=")[0] in _OF_WINDOW for word in words)
    return (_window_parser() if plain else make_parser()).parse_args(arguments)


def _window_parser() -> ArgumentParser:
    """The command line as far as it opens the window."""
    parser = ArgumentParser(
        PROGRAM,
        description="Charting for physical therapists who treat runners with long hamstring pain."
        " Without a command it opens the window.",
        epilog=_EXIT_STATUS,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    _add_profile(parser, default=None)
    _add_signing_in(parser, default=None)
    parser.set_defaults(run=_later("window", "run"))
    return parser


def make_parser() -> ArgumentParser:
    """The whole command line; what it reads holds the verb's function as `run`."""
    parser = _window_parser()
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_suggest(verbs)
    _add_new_clinic(verbs)
    _add_charting(verbs)
    _add_handout(verbs)
    _add_papers(verbs)
    _add_export(verbs)
    _add_safekeeping(verbs)
    _add_own_copy(verbs)
    _add_sample(verbs)
    _add_demo(verbs)
    _add_replay(verbs)
    _add_check_knowledge(verbs)
    _add_tables(verbs)
    return parser


def _add_suggest(verbs: _Verbs) -> None:
    verb = _verb(verbs, "suggest", "say what the rule panel would, for the last visit")
    _add_case(verb)
    verb.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    _add_knowledge(verb)
    verb.set_defaults(run=_later("suggest", "run"))


def _add_new_clinic(verbs: _Verbs) -> None:
    verb = _verb(verbs, "new-clinic", "make a clinic with its first clinician")
    verb.add_argument("--name", required=True, metavar="NAME", help="the clinic's, for its papers")
    verb.add_argument("--credentials", default="", metavar="TEXT", help="for instance PT")
    _add_profile(verb)
    _add_signing_in(verb, who="the clinician's name, as on what they sign", required=True)
    verb.set_defaults(run=_later("new_clinic", "run"))


def _add_charting(verbs: _Verbs) -> None:
    chart = _verb(
        verbs, "chart", "store a case as a patient with its visits; print the patient's number"
    )
    _add_case(chart)
    chart.add_argument(
        "--patient",
        type=_number,
        metavar="NUMBER",
        help="whose visits they are, where the patient is in the record already",
    )
    _add_profile(chart)
    _add_signing_in(chart)
    chart.set_defaults(run=_later("charting", "chart"))

    many = _verb(verbs, "import", "chart several cases, each of them whole or not at all")
    many.add_argument("cases", nargs="+", metavar="CASE.json", help="case files")
    _add_profile(many)
    _add_signing_in(many)
    many.set_defaults(run=_later("charting", "chart_all"))


def _add_handout(verbs: _Verbs) -> None:
    verb = _verb(verbs, "handout", "print the home plan of the last visit as a PDF")
    _add_case(verb)
    _add_out(verb, "FILE.pdf", "the PDF to write")
    verb.add_argument("--language", choices=LANGUAGES, help="default: the patient's, else English")
    verb.add_argument("--paper", choices=PAPERS, help="default: the clinic's, else a4")
    verb.add_argument("--large-print", action="store_true", help="for weak eyes")
    verb.add_argument(
        "--file-copy",
        metavar="COPY.pdf",
        help="where the sheet is in another language: write the same in English too, marked as the"
        " copy for the record",
    )
    _add_profile(verb)
    _add_knowledge(verb)
    verb.set_defaults(run=_later("handout", "run"))


def _add_papers(verbs: _Verbs) -> None:
    _add_paper(verbs, "note", "print the note of the last visit as a PDF", _later("papers", "note"))
    _add_paper(
        verbs, "report", "print the course over its visits as a PDF", _later("papers", "report")
    )
    letter = _add_paper(
        verbs, "letter", "print a referral letter as a PDF", _later("papers", "letter")
    )
    letter.add_argument("--to", required=True, metavar="TEXT", help="who it goes to")
    letter.add_argument(
        "--flag",
        choices=RED_FLAGS,
        metavar="ID",
        help="the open red flag it is filled from: " + ", ".join(RED_FLAGS),
    )
    letter.add_argument(
        "--reason", default="", metavar="TEXT", help="why; needed where no red flag is open"
    )
    letter.add_argument(
        "--told", default="", metavar="TEXT", help="what the patient was told, with the warning"
    )


def _add_paper(verbs: _Verbs, name: str, does: str, run: _Run) -> ArgumentParser:
    verb = _verb(verbs, name, does)
    _add_case(verb)
    _add_out(verb, "FILE.pdf", "the PDF to write")
    verb.add_argument("--paper", choices=PAPERS, help="default: the clinic's, else a4")
    _add_profile(verb)
    _add_knowledge(verb)
    verb.set_defaults(run=run)
    return verb


def _add_export(verbs: _Verbs) -> None:
    verb = _verb(
        verbs,
        "export",
        "write a patient's course of care, the newest or a named one, as a case file",
    )
    verb.add_argument(
        "--patient", type=_number, required=True, metavar="NUMBER", help="the patient's number"
    )
    verb.add_argument(
        "--course",
        type=_place,
        metavar="N",
        help="which course of care, 1 for the first; default: the newest",
    )
    _add_out(verb, "CASE.json", "the case file to write")
    _add_profile(verb)
    _add_signing_in(verb)
    verb.set_defaults(run=_later("exporting", "run"))


def _add_safekeeping(verbs: _Verbs) -> None:
    backup = _verb(verbs, "backup", "make a backup and read it back")
    backup.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder for it")
    restore = _verb(verbs, "restore", "try a backup and say what is in it, or put it in use")
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup")
    restore.add_argument(
        "--replace", action="store_true", help="put it in use; what was in use stays beside it"
    )
    rescue = _verb(verbs, "rescue", "say what a damaged record still holds, or put that in use")
    rescue.add_argument(
        "--replace", action="store_true", help="put it in use; the damaged file stays beside it"
    )
    check = _verb(verbs, "check", "look whether record, audit trail and signatures are whole")
    for verb in (backup, restore, rescue, check):
        _add_profile(verb)
        _add_signing_in(verb)
        verb.set_defaults(run=_later("safekeeping", verb.prog.split()[-1]))


def _add_own_copy(verbs: _Verbs) -> None:
    verb = _verb(verbs, "copy", "write a patient's own copy of the chart into a new folder")
    verb.add_argument(
        "--patient", type=_number, required=True, metavar="NUMBER", help="the patient's number"
    )
    verb.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where the new folder is to be"
    )
    verb.add_argument("--paper", choices=PAPERS, default="a4", help="default: a4")
    _add_profile(verb)
    _add_signing_in(verb)
    verb.set_defaults(run=_later("own_copy", "copy"))

    old = _verb(verbs, "retention", "list by number who was last seen more than some years ago")
    old.add_argument("--years", type=int, required=True, metavar="YEARS", help="how many")
    _add_profile(old)
    _add_signing_in(old)
    old.set_defaults(run=_later("own_copy", "retention"))


def _add_sample(verbs: _Verbs) -> None:
    verb = _verb(verbs, "sample", "open the window on a clinic of invented runners, to look around")
    verb.add_argument("--remove", action="store_true", help="remove it instead")
    _add_profile(verb)
    verb.set_defaults(run=_later("sample", "run"))


def _add_demo(verbs: _Verbs) -> None:
    verb = _verb(verbs, "demo", "work through the published cases and write what comes of them")
    _add_out(verb, "DIR", "the folder for sheets and pictures")
    verb.set_defaults(run=_later("demo", "run"))


def _add_replay(verbs: _Verbs) -> None:
    verb = _verb(
        verbs, "replay", "list signed visits that the rules of now would answer otherwise, and how"
    )
    verb.add_argument("--all", action="store_true", help="visits that nobody signed too")
    _add_profile(verb)
    _add_signing_in(verb)
    _add_knowledge(verb)
    verb.set_defaults(run=_later("replay", "run"))


def _add_check_knowledge(verbs: _Verbs) -> None:
    verb = _verb(
        verbs,
        "check-knowledge",
        "say what is wrong, unreachable, contradictory or without a source in a rule set",
    )
    verb.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DIR",
        help="folder of own rules on top of the shipped ones; without it the shipped ones alone",
    )
    verb.set_defaults(run=_later("check_knowledge", "run"))


def _add_tables(verbs: _Verbs) -> None:
    verb = _verb(
        verbs, "knowledge", "write all rules and plan items with their sources, for a reviewer"
    )
    verb.add_argument("--out", metavar="FILE.pdf", help="a PDF to write")
    verb.add_argument("--markdown", metavar="FILE.md", help="a Markdown page to write")
    verb.add_argument("--paper", choices=PAPERS, default="a4", help="default: a4")
    _add_knowledge(verb)
    verb.set_defaults(run=_later("knowledge", "run"))


def _later(module: str, function: str) -> _Run:
    """A verb's function, imported when the verb is used: a start pays for one, not for all."""

    def run(arguments: Namespace, open_desk: OpenDesk) -> int | None:
        does: _Run = getattr(import_module(f".{module}", __package__), function)
        return does(arguments, open_desk)

    return run


def _verb(verbs: _Verbs, name: str, does: str) -> ArgumentParser:
    described = does[:1].upper() + does[1:] + "."
    return verbs.add_parser(
        name, help=does, description=described, epilog=_EXIT_STATUS, allow_abbrev=False
    )


def _add_case(verb: ArgumentParser) -> None:
    verb.add_argument("case", metavar="CASE.json", help="a case file; - reads standard input")


def _add_out(verb: ArgumentParser, what: str, does: str) -> None:
    verb.add_argument("--out", required=True, metavar=what, help=does)


def _add_profile(parser: ArgumentParser, default: object = SUPPRESS) -> None:
    # Suppressed in the verbs, or their default would overrule what stood before the verb.
    parser.add_argument(
        "--profile",
        type=Path,
        metavar="DIR",
        default=default,
        help="folder of the record; default: CLINIC_DESKTOP_PROFILE, else the user's own",
    )


def _add_signing_in(
    parser: ArgumentParser,
    default: object = SUPPRESS,
    who: str = "who signs in; not needed where only one can",
    *,
    required: bool = False,
) -> None:
    # Never the passphrase itself: other users of the computer can read a command line.
    parser.add_argument("--user", metavar="NAME", default=default, help=who, required=required)
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--passphrase-fd",
        type=_descriptor,
        metavar="N",
        default=default,
        help="read the passphrase from this file descriptor; default: ask",
    )
    way.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        default=default,
        help="read the passphrase from this file",
    )


def _add_knowledge(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--knowledge",
        type=Path,
        metavar="DIR",
        help="folder of own rules on top of the shipped ones; default: knowledge/ beside the"
        " record, where the command has one",
    )


def _descriptor(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ArgumentTypeError("a file descriptor is a whole number from 0 on")
    return int(text)


def _place(text: str) -> int:
    """A place in a list, from 1 on."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) > 0):
        raise ArgumentTypeError("a course is named by its place, a whole number from 1 on")
    return int(text)


def _number(text: str) -> int:
    """A patient's number as it stands on paper, `000012` or `12`."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise ArgumentTypeError("a patient's number is a whole number from 1 on")
    return int(text)
