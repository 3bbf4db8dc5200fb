"""The command `knowledge`: all rules and plan items for a clinician who reviews them."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.clinic_knowledge import load_knowledge
from clinic_desktop.services.knowledge.markdown import review_as_markdown
from clinic_desktop.services.knowledge.tables import rule_review
from clinic_desktop.services.whole_files import hand_out

from .cases import rules_folder
from .open_desk import OpenDesk


def run(arguments: Namespace, _open_desk: OpenDesk) -> None:
    """Write the tables as a PDF, as Markdown, or both.

    Raises ChartError where own rules that were named cannot be used, CannotWrite.
    """
    if arguments.out is None and arguments.markdown is None:
        raise ChartError("name a file with --out or --markdown")
    catalogue, text = load_catalogue(), load_catalogue_text()
    # Only here: most commands need no pictures.
    from reports.pictures import read_picture

    knowledge = load_knowledge(catalogue, text, rules_folder(arguments), read_picture)
    if knowledge.problems:
        raise ChartError(knowledge.problems[0])
    review = rule_review(knowledge.engine.rulebook, knowledge.library, catalogue, text)
    if arguments.markdown is not None:
        hand_out(arguments.markdown, review_as_markdown(review).encode())
    if arguments.out is not None:
        # Only here: Markdown needs no typeface.
        from reports.knowledge import render_review

        hand_out(arguments.out, render_review(review, arguments.paper))
