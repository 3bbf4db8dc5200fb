"""The case file that a command was named, and what is told about it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.casefiles.casefile import LARGEST_FILE, read_case
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.missing_items import missing_items, missing_words
from clinic_desktop.services.papers.open_places import open_on_paper, unfilled_words
from clinic_desktop.services.visit.chart_texts import fields_of_course

from .files import read_input
from .terminal import complain


def case_in(name: str, desk: Desk) -> Case:
    """The case in a file, or on standard input for `-`; says which exercises in it are not here.

    Raises BadCaseFile.
    """
    content = read_input(name, LARGEST_FILE)
    case = read_case(content, desk.catalogue, desk.plan_library.items)
    for item in missing_items(case, desk.plan_library):
        complain(missing_words(item))
    return case


def tell_unfilled(paper: object, case: Case, desk: Desk) -> None:
    """Say what a phrase left to fill in on a paper that was made of a case."""
    written = fields_of_course(case, desk.catalogue, desk.text, desk.plan_library)
    said = unfilled_words(open_on_paper(paper, written))
    if said:
        complain(said)


def paper_of(arguments: Namespace, desk: Desk) -> str:
    """The paper that the command line names, else the clinic's usual one."""
    return str(arguments.paper or desk.paper_habits.now.paper)


def rules_folder(arguments: Namespace) -> Path | None:
    """The folder of own rules that the command line names. Raises ChartError if it is not there."""
    folder: Path | None = arguments.knowledge
    if folder is not None and not folder.is_dir():
        raise ChartError(f"{folder}: is no folder")
    return folder


def tell_problems(desk: Desk) -> None:
    """Say why the clinic's own rules are not in use, where they are not."""
    for problem in desk.problems:
        complain(problem)
