"""The rail's way to the course: what it is about, the board of visits, progress."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinic_desktop.services.words.translation import _

from .rail_links import RailColumn


class RailCourse(RailColumn):
    """Three views of the course: `about`, `board` and `progress`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        links = {
            "about": (_("About"), _("About the course: reason, goal, end, other courses")),
            "board": (_("Board"), _("Board: the visits side by side (Ctrl+B)")),
            "progress": (_("Progress"), _("Progress: every measure over the visits")),
        }
        super().__init__(_("Course"), "course", links, parent)

    def show_place(self, place: int, of: int) -> None:
        """Say which of the patient's courses this is, where there are several."""
        short = _("{n} of {all}").format(n=place, all=of) if of > 1 else ""
        spoken = _("course {n} of {all}").format(n=place, all=of) if of > 1 else ""
        self._links["about"].show_said(short, spoken)
