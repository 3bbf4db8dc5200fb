"""The patient's sheet of the visit that is open: made, kept in the record, named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clinic_desktop.domain.documents import NORMAL_TEXT
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.handouts import make_handout, sheet_language
from clinic_desktop.services.record import keep_document

from .chart import OpenChart
from .forms.next_visit import next_visit_of

KIND = "handout"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The very bytes that are shown, saved, printed and kept."""

    content: bytes
    paper: str


def make_sheet(
    chart: OpenChart, paper: str, language: str | None = None, text_size: int = NORMAL_TEXT
) -> Sheet:
    """The home plan of the visit as it stands on screen, in the patient's language if none is
    asked for; the copy that is kept is this very sheet.

    Raises Withheld, InvalidValue and what the typesetting cannot do, each with its reason.
    """
    desk, editor = chart.desk, chart.model.editor
    handout = make_handout(
        editor.case,
        editor.suggestion,
        desk.library_in(sheet_language(chart.patient, language)),
        desk.clinic,
        desk.who,
        chart.number,
        next_visit_of(chart.model),
        text_size,
    )
    return Sheet(desk.render_handout(handout, paper), paper)


def keep_sheet(chart: OpenChart, sheet: Sheet) -> int:
    """Keep a sheet that goes to the patient in the record; gives its id."""
    desk = chart.desk
    return keep_document(desk.open_record, desk.act(), chart.visit_id, KIND, sheet.content)


def save_sheet(chart: OpenChart, sheet: Sheet, path: Path) -> None:
    """Write a sheet to a file and keep it in the record.

    Raises ChartError where the file cannot be written, RecordUnavailable where it cannot be kept.
    """
    try:
        path.write_bytes(sheet.content)
    except OSError as problem:
        raise ChartError(f"{path.name}: {problem.strerror or problem}") from None
    keep_sheet(chart, sheet)


def proposed_name(chart: OpenChart) -> str:
    """A file name without the patient's name: number and date of the visit."""
    return f"home-plan-{chart.number:06d}-{chart.model.visit.date.isoformat()}.pdf"
