"""What F1 is about: the field, the test or the line of the panel that has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.domain.catalogue import Catalogue
from clinic_desktop.domain.values import Key, Side
from ui.forms.section_form import SectionForm

if TYPE_CHECKING:
    from ui.visit.page import VisitPage


def asked_about(page: VisitPage) -> Key | str | None:
    """The field with the keyboard, else the group it is in by its id; None where it is in none."""
    focus = QApplication.focusWidget()
    if focus is None or not page.pages.isAncestorOf(focus):
        return None
    catalogue = page.chart.desk.catalogue
    widget: QWidget | None = focus
    while widget is not None and widget is not page:
        found = _named(widget.objectName(), catalogue)
        if found is not None:
            return found
        widget = widget.parentWidget()
    form = page.form(page.tabs.current())
    if isinstance(form, SectionForm):
        return _group_at(form, focus)
    return catalogue.sections[[s.id for s in catalogue.sections].index("plan")].groups[0]


def _named(name: str, catalogue: Catalogue) -> Key | None:
    """The field that a widget is named after, as in `slr.angle@right` or `slr.angle@right:ring`."""
    finding, _at, side = name.partition(":")[0].partition("@")
    if finding not in catalogue.findings:
        return None
    return Key(finding, Side(side) if side in {one.value for one in Side} else None)


def _group_at(form: SectionForm, focus: QWidget) -> str:
    """The group in whose part of the sheet something stands that is no field itself."""
    y = focus.mapTo(form.body, QPoint(0, focus.height() // 2)).y()
    begun = [block for block in form.body.blocks if block.heading_y <= y]
    return (begun or list(form.body.blocks))[-1 if begun else 0].group.id
