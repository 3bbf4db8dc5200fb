"""No command: opens the window."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.domain.errors import ChartError

from .cases import OpenDesk
from .credentials import credentials_in, signs_in


def run(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Show the window until it is closed."""
    # Only here: the commands need no Qt, and some of them run where there is none.
    from ui import application

    if not signs_in(arguments):
        raise ChartError("please sign in: --user NAME with --passphrase-fd N or --key-file FILE")
    return application.run(open_desk(arguments.profile, credentials=credentials_in(arguments)))
