"""The command `export`: a patient's course as a case file."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.domain.signing import State, Validity
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.record import exported_course
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.signature_words import addendum_head, headline
from clinic_desktop.services.whole_files import hand_out

from .credentials import credentials_in
from .open_desk import OpenDesk
from .terminal import complain


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write the case file, and tell of each signature in it that is not valid.

    Raises NotFound, ChartError where nothing was charted, CannotWrite.
    """
    desk = open_desk(arguments.profile, credentials=credentials_in(arguments))
    course = exported_course(desk.open_record, desk.act(), arguments.patient, arguments.course)
    checked = check_course(desk.open_record, course.id, desk.clinic_id)
    found = tuple(checked[stored.id] for stored in course.visits)
    case = course.case_up_to(course.visits[-1].id)
    hand_out(arguments.out, write_case(case, found))
    for place, one in enumerate(found):
        _tell(place, one)


def _tell(place: int, found: Validity) -> None:
    """Say which signature of a visit is not valid; what was charted stays in the file."""
    if found.state is State.NOT_VALID:
        complain(f"visits[{place}]: {headline(found)}")
    for n, added in enumerate(found.addenda):
        if added.state is State.NOT_VALID:
            complain(f"visits[{place}].addenda[{n}]: {addendum_head(added)}")
