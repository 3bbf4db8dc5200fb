"""No command: opens the window."""

from __future__ import annotations

from argparse import Namespace

from .cases import OpenDesk


def run(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Show the window until it is closed."""
    # Only here: the commands need no Qt, and some of them run where there is none.
    from ui import application

    return application.run(open_desk(arguments.profile))
