"""The command `demo`: the worked example, through the real window, into a folder."""

from __future__ import annotations

import secrets
import tempfile
from argparse import Namespace
from pathlib import Path

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.whole_files import CannotWrite, reason_of

from .open_desk import OpenDesk
from .terminal import say


def run(arguments: Namespace, open_desk: OpenDesk) -> int:
    """Chart the published cases in a record of their own and write what comes of it."""
    from ui.demo import demo

    out = Path(arguments.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotWrite(f"{out}: {reason_of(problem)}") from None
    # Never in the therapist's own record, and gone afterwards.
    with tempfile.TemporaryDirectory(
        prefix="clinic-desktop-demo-", ignore_cleanup_errors=True
    ) as folder:
        door = open_desk.front_door(Path(folder))
        # Nobody need know it: the record is gone when the example ends.
        passphrase = secrets.token_hex()
        session = door.make_clinic(Clinic("Example clinic"), NewUser("", "Example"), passphrase)
        return demo.run(open_desk.desk_of(session, Path(folder)), out, say)
