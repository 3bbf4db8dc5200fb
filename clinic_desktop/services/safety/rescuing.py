"""Saves what can be read of a damaged record, for somebody who may restore; a drill comes first."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Callable
from dataclasses import replace

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.people import User
from clinic_desktop.domain.rescues import RescueReport
from clinic_desktop.services.access.clinic_port import Opened, OpenedRecord
from clinic_desktop.services.access.guarding import require
from clinic_desktop.services.words.translation import _

from .safekeeping import check_signatures


def rescue_drill(opened: Opened, now: dt.datetime) -> RescueReport:
    """Say what can be saved of the record in use; nothing changes.

    Who may restore is asked of the very users that are saved. Raises Refused, RecordUnavailable.
    """
    return _judged(opened, now, opened.rescue_drill, lambda _record, _user: None)


def rescue(opened: Opened, now: dt.datetime) -> RescueReport:
    """Put in use what can be saved of the record, which must be closed; it stays beside as it is.

    Raises Refused, RecordUnavailable; then the record in use is what it was.
    """

    def enter(record: OpenedRecord, user: User) -> None:
        # Before the switch: what was put together without a trace of it, nobody could tell.
        record.write_as(user, platform.node(), "")
        with record.begin(writing=True) as work:
            said = _("Put together from a damaged file.")
            work.note_act(Deed.RESCUED, Act(user.signature_name, now), reason=said)
            work.commit()

    return _judged(opened, now, opened.rescue, enter)


def _judged(
    opened: Opened,
    now: dt.datetime,
    does: Callable[[dt.datetime, Callable[[OpenedRecord], object]], RescueReport],
    enter: Callable[[OpenedRecord, User], object],
) -> RescueReport:
    """What came of it, with what each signature in it is worth."""
    found: list[tuple[int, tuple[str, ...]]] = []

    def look(record: OpenedRecord) -> None:
        with record.begin() as work:
            user = work.user(opened.user)
            require(user, Action.RESTORE)
            found.append(check_signatures(work, opened.clinic))
        enter(record, user)

    report = does(now, look)
    valid, broken = found[-1]
    return replace(report, signatures=valid, broken=broken)
