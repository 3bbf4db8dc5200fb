"""Makes the clinic that is kept of a release: a whole folder, as its users have it.

Run once, before a release whose schema is new: `python -m tests.storage.released.making`. The
folder is named after the schema and never made anew: what users have stays as it is, and the
program moves on. Everything in it is made up; the passphrase stands in `tests/records.py`.
"""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Final

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import (
    Activity,
    Decision,
    FlagResolution,
    Patient,
    PlanChoice,
    Retest,
    Visit,
)
from clinic_desktop.services import record
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.safety import safekeeping
from clinic_desktop.services.visit.signing import Pen, add_addendum, sign_visit
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.database import SCHEMA
from tests.records import PASSPHRASE, QUICK

HERE: Final = Path(__file__).parent
ANGLE: Final = Key("slr.angle", Side.RIGHT)
ANSWER: Final = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), ("pattern_2",), ())
FIRST: Final = Visit(
    dt.date(2026, 11, 17),
    {ANGLE: 58, Key("slr.result", Side.RIGHT): "positive", Key("note.plan"): "Ł · 患 · A<B"},
    retests=(Retest("slider_seated", "bridge.pain", Side.RIGHT, 6, 3),),
    plan=(PlanChoice("slider_seated", "2 x 10"),),
    parked=(PlanChoice("brace"),),
    resolved_flags=(FlagResolution("dvt", "Scan clear."),),
    notes_on={"slr.result": "Stopped at once."},
    psfs=(Activity("Run 5 km", 4),),
    decision=Decision("pattern_2", True, "Fits."),
    adherence={"brace": "some"},
    signs=(ANGLE,),
    activities=("Run 5 km", "Sit through a film"),
    signed=False,
)
SECOND: Final = Visit(dt.date(2026, 11, 24), {ANGLE: 64}, signed=False)
OTHER: Final = Visit(dt.date(2026, 11, 24), {Key("complaint.side"): "left"}, signed=False)
PAPER: Final = b"%PDF-1.4 a made-up sheet " + bytes(range(256)) * 40
"""Larger than a page of the record."""
ADDENDUM: Final = "Tested in shoes."


def make(folder: Path) -> None:
    """Two patients, three visits, one of them signed and added to, a kept paper and a backup."""
    minutes = itertools.count()

    def clock() -> dt.datetime:
        began = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
        return began + dt.timedelta(minutes=next(minutes))

    door = FrontDoor(FolderOfClinic(folder, QUICK), folder, clock)
    clinic = Clinic("Riverside Physiotherapy", phone="01632 960123")
    session = door.make_clinic(clinic, NewUser("anna", "Anna Muster", "PT"), PASSPHRASE)
    first = _charted(session, Patient("Case A", dt.date(1982, 3, 14), sex="female"), FIRST, SECOND)
    _charted(session, Patient("Case B", age=41), OTHER)
    record.keep_once(session.begin, session.act(), first, "handout", PAPER)
    pen = Pen(session.user, session.signer(PASSPHRASE), session.clinic)
    sign_visit(session.begin, session.act(), pen, first, FIRST, ANSWER)
    add_addendum(session.begin, session.act(), pen, first, ADDENDUM)
    safekeeping.back_up(session)
    session.lock()


def _charted(session: Session, patient: Patient, *visits: Visit) -> int:
    """Chart a patient; gives the id of the first visit."""
    number = record.register_patient(session.begin, session.act(), patient)
    course = record.open_chart(session.begin, session.act(), number)
    made = []
    for visit in visits:
        visit_id = record.start_visit(session.begin, session.act(), course.id, visit.date)
        stored = record.open_chart(session.begin, session.act(), number).visits[-1].visit
        record.save_visit(session.begin, session.act(), visit_id, stored, visit, ANSWER)
        made.append(visit_id)
    return made[0]


if __name__ == "__main__":
    make(HERE / SCHEMA)
