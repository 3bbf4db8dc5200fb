"""The command `demo`: the worked example, through the real window, into a folder."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from pathlib import Path

from .cases import OpenDesk
from .files import CannotWrite, reason_of
from .terminal import say


def run(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Chart the published cases in a record of their own and write what comes of it."""
    from ui import demo

    out = Path(arguments.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotWrite(f"{out}: {reason_of(problem)}") from None
    # Never in the therapist's own record, and gone afterwards.
    with tempfile.TemporaryDirectory(
        prefix="clinic-desktop-demo-", ignore_cleanup_errors=True
    ) as folder:
        return demo.run(open_desk(Path(folder)), out, say)
