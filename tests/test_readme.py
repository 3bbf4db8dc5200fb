"""What the README promises is so."""

import argparse
import re
from pathlib import Path

from clinic_desktop.commands.parser import make_parser

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def verbs() -> dict[str, argparse.ArgumentParser]:
    """Each command with its parser."""
    (found,) = (
        action.choices
        for action in make_parser()._actions  # noqa: SLF001 - argparse has no public way to ask
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 - as above
    )
    return dict(found)


def test_the_first_lines_are_the_two_commands() -> None:
    _, run, test, *_ = (line for line in README.splitlines() if line)
    assert "`python3 dev.py run`" in run
    assert "`python3 dev.py test`" in test


def test_the_table_names_each_command_there_is_and_no_other() -> None:
    told = re.findall(r"^\| `clinic-desktop ([a-z-]+)", README, re.MULTILINE)
    assert sorted(told) == sorted(verbs())


def test_the_options_in_the_table_are_taken() -> None:
    rows = re.findall(r"^\| `clinic-desktop ([a-z-]+)(.*?)` \|", README, re.MULTILINE)
    assert rows
    for verb, options in rows:
        taken = set(re.findall(r"--[a-z-]+", verbs()[verb].format_usage()))
        assert set(re.findall(r"--[a-z-]+", options)) <= taken, verb


def test_the_warning_about_the_model_stands_in_it() -> None:
    assert "not validated" in README
