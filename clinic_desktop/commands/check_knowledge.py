"""The command `check-knowledge`: what is wrong with a rule set, a line a finding."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge_checks import check_knowledge

from .cases import OpenDesk
from .terminal import say


def run(arguments: Namespace, _open_desk: OpenDesk) -> int:
    """Print the findings; 1 where there are any. Raises ChartError for a folder not there."""
    folder: Path | None = arguments.folder
    if folder is not None and not folder.is_dir():
        raise ChartError(f"{folder}: is no folder")
    # Only here: most commands need neither pictures nor paper.
    from reports.handout import render_handout
    from reports.photos import read_picture

    findings = check_knowledge(
        load_catalogue(), load_catalogue_text(), folder, read_picture, render_handout
    )
    for finding in findings:
        say(finding)
    if not findings:
        say("Nothing is wrong, unreachable, contradictory or without a source.")
    return 1 if findings else 0
