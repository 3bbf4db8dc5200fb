"""A visit on screen without a record behind it, for the tests of the window."""

import datetime as dt
from collections.abc import Callable, Mapping

from clinic_desktop.domain.suggestion import RedFlag, Screen, SuggestedPlan, Suggestion
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.visit.editing import VisitEditor
from ui.forms.section_form import SectionForm
from ui.viewmodels.visit import VisitViewModel

LAST_VISIT, THIS_VISIT = dt.date(2026, 3, 16), dt.date(2026, 3, 23)
SAVED_AT = dt.datetime(2026, 3, 23, 10, 42, tzinfo=dt.UTC)

MakeForm = Callable[..., SectionForm]


def key(name: str) -> Key:
    """The key of a name as in `slr.angle@right`."""
    finding, _at, side = name.partition("@")
    return Key(finding, Side(side) if side else None)


def suggestion(flags: tuple[RedFlag, ...] = (), not_applicable: tuple[str, ...] = ()) -> Suggestion:
    """A panel's answer with only what the form looks at."""
    return Suggestion(
        "not_enough_data", (), (), True, flags, (), Screen(False, (), not_applicable), {}, (), (),
        SuggestedPlan(),
    )  # fmt: skip


def make_model(
    today: Mapping[str, Value] | None = None,
    last_time: Mapping[str, Value] | None = None,
    suggest: Callable[[Case], Suggestion] = lambda _case: suggestion(),
) -> VisitViewModel:
    """The second visit of a course, with what was charted last time and today."""
    visits = tuple(
        Visit(date, {key(name): value for name, value in (found or {}).items()})
        for date, found in ((LAST_VISIT, last_time), (THIS_VISIT, today))
    )
    editor = VisitEditor(Case(Patient("Case A"), visits), suggest, lambda *_: SAVED_AT)
    return VisitViewModel(editor, load_catalogue(), load_catalogue_text())
