"""Whose course or paper is in front: the same words at the same place as over the visit."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.visit.banner import Banner, Part, unlabelled
from ui.visit.chart import OpenChart


class Identity(Banner):
    """The banner without what is done to a visit; behind it the visit's day, and what this is."""

    def __init__(self, chart: OpenChart, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("identity")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.handout.hide()
        day = chart.model.visit.date
        self.show_patient(chart.patient, chart.number, chart.patient.age_on(day))
        self.show_course(_("visit of {day}").format(day=date_words(day)), title)

    @override
    def _place(self) -> None:
        """There is nothing on it to be placed."""

    @override
    def _variants(self) -> Iterator[tuple[tuple[Part, ...], tuple[str, ...]]]:
        """For want of room without the day, sex and age, and only then without what this is."""
        title = self._course[-1:]
        told_apart = tuple(part for part in self._identity if part[1])
        ageless = tuple((label, value, "") for label, value, _weak in told_apart)
        yield self._identity, self._course
        for parts in (self._identity, told_apart, ageless):
            yield parts, title
        yield ageless, ()
        yield unlabelled(ageless), ()

    @override
    def _saved_left(self) -> float:
        return float(self.width())
