"""Made-up cases and sheets for the tests of the home plan."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping

import pypdf
import pypdfium2  # type: ignore[import-untyped]

from clinic_desktop.domain.documents import Clinic, Handout
from clinic_desktop.domain.suggestion import RedFlag, Screen, SuggestedPlan, Suggestion
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.papers.handouts import make_handout

PT = 96 / 72
ITEMS = [
    item.id
    for item in load_plan_library().items.values()
    if not item.clinic_only and not item.standing
]
"""What can stand on a sheet as an exercise or advice."""
VISIT = dt.date(2026, 11, 19)
CLINIC = Clinic("Hillside Physical Therapy", "020 7946 0123", "12 Hill Street", "999")


def a_case(
    *items: str,
    earlier: Iterable[str] = (),
    doses: Mapping[str, str] | None = None,
    side: str | None = "right",
    patient: Patient | None = None,
) -> Case:
    """A course whose last visit planned these items, and whose visit before planned `earlier`."""
    doses = doses or {}
    plan = tuple(PlanChoice(item, doses.get(item)) for item in items)
    before = Visit(dt.date(2026, 11, 12), plan=tuple(map(PlanChoice, earlier)))
    last = Visit(VISIT, {Key("complaint.side"): side} if side else {}, plan=plan)
    who = patient or Patient("Case B", dt.date(1986, 5, 14))
    return Case(who, (before, last) if before.plan else (last,))


def a_suggestion(
    standing: Iterable[str] = ("pause_stretching",),
    first: Iterable[str] = ("slider_seated",),
    withheld: str | None = None,
    flags: Iterable[RedFlag] = (),
    unanswered: Iterable[str] = (),
) -> Suggestion:
    """What the rules say; without more, a plan is suggested and nothing stands against it."""
    flags, unanswered = tuple(flags), tuple(unanswered)
    grave = any(flag.level in {"E", "S", "U"} for flag in flags)
    lists = ((), ()) if withheld else (tuple(standing), tuple(first))
    return Suggestion(
        status="red_flag" if grave else "suggested",
        patterns=() if grave else ("pattern_2",),
        lean=(),
        provisional=bool(unanswered),
        red_flags=flags,
        resolved_flags=(),
        screen=Screen(not unanswered, unanswered),
        ledger={},
        contradictions=(),
        ask_next=(),
        plan=SuggestedPlan(*lists, withheld=withheld),
    )


def a_sheet(
    *items: str,
    earlier: Iterable[str] = (),
    doses: Mapping[str, str] | None = None,
    patient: Patient | None = None,
    clinic: Clinic = CLINIC,
    clinician: str = "A. Rivera, PT",
    number: int | None = 17,
    next_visit: dt.date | None = None,
    side: str | None = "right",
    language: str = "en",
    text_size: int = 14,
) -> Handout:
    """A sheet of these items, or of what is suggested where there are none."""
    return make_handout(
        a_case(*items, earlier=earlier, doses=doses, side=side, patient=patient),
        a_suggestion(),
        load_plan_library(language),
        clinic,
        clinician,
        number,
        next_visit,
        text_size,
    )


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, each stretch of white space as one space."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def ink_outside(pdf: bytes, margin: float) -> list[int]:
    """Pages with anything drawn nearer to an edge than `margin` points."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        picture = document[number].render(scale=PT, grayscale=True).to_pil()
        edge = int(margin * PT)
        width, height = picture.size
        picture.paste(255, (edge, edge, width - edge, height - edge))
        if picture.getextrema() != (255, 255):
            found.append(number + 1)
    document.close()
    return found
