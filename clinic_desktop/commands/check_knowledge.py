"""The command `check-knowledge`: what is wrong with a rule set, a line a finding."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.checks import look_over

from .open_desk import OpenDesk
from .terminal import say


def run(arguments: Namespace, _open_desk: OpenDesk) -> int:
    """Print the findings, and the exercises that a folder adds; 1 where there are findings.

    Raises ChartError for a folder that is not there.
    """
    folder: Path | None = arguments.folder
    if folder is not None and not folder.is_dir():
        raise ChartError(f"{folder}: is no folder")
    # Only here: most commands need neither pictures nor paper.
    from reports.handout import render_handout
    from reports.pictures import read_picture

    found = look_over(load_catalogue(), load_catalogue_text(), folder, read_picture, render_handout)
    for finding in found.findings:
        say(finding)
    if not found.findings:
        say("Nothing is wrong, unreachable, contradictory or without a source.")
    if found.exercises:
        say("Exercises of your own:")
    for exercise in found.exercises:
        say(f"  {exercise}")
    return 1 if found.findings else 0
