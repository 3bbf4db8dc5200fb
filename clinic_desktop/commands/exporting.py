"""The command `export`: a patient's course as a case file."""

from __future__ import annotations

from argparse import Namespace

from clinic_desktop.services.casefile_writing import write_case
from clinic_desktop.services.record import export_case

from .cases import OpenDesk
from .credentials import credentials_in
from .files import write_output


def run(arguments: Namespace, open_desk: OpenDesk) -> None:
    """Write the case file. Raises NotFound, ChartError where nothing was charted, CannotWrite."""
    desk = open_desk(arguments.profile, credentials=credentials_in(arguments))
    case = export_case(desk.open_record, desk.act(), arguments.patient, arguments.course)
    write_output(arguments.out, write_case(case))
