"""Tells where a visit is opened that not everything of it could be read when it was rescued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.audit.reading import rescue_history
from clinic_desktop.services.safety.rescue_words import rescued_visit_words

if TYPE_CHECKING:
    from ui.main_window import MainWindow

    from .page import VisitPage


def tell_rescued(window: MainWindow, page: VisitPage) -> None:
    """What is missing in it may have been charted: nobody should take it for not asked."""
    chart = page.chart
    try:
        found = rescue_history(chart.desk.open_record, chart.visit_id)
    except ChartError:  # what hinders it is said where the visit is saved
        return
    if found:
        window.messages.show_message(rescued_visit_words(found[0]))
