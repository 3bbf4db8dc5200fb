"""What is still to fill in on a paper, above its fields, each with the way to where it stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.services.papers.open_places import OpenPlace
from clinic_desktop.services.words.translation import _
from ui.tokens import RING
from ui.widgets.announcing import announce
from ui.widgets.buttons import Look, button_for
from ui.widgets.labels import Label


class Unfilled(QWidget):
    """Away where nothing is open."""

    asked = Signal(str)
    """Where a place is to be filled in, as in `OpenPlace.at`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unfilled")
        self.places: tuple[OpenPlace, ...] = ()
        self._lines: list[QWidget] = []
        title = Label(_("Not filled in, and printed as it stands:"), tone="caution", parent=self)
        title.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(title)
        self.hide()

    def show_places(self, places: tuple[OpenPlace, ...]) -> None:
        """Name what is open, and say so once."""
        if places == self.places:
            return
        new = set(places) - set(self.places)
        self.places = places
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(place) for place in places]
        self.setVisible(bool(places))
        if new:
            announce(self, self.text(), politely=True)

    def text(self) -> str:
        """What it says."""
        title = _("Not filled in, and printed as it stands:")
        return " ".join((title, "; ".join(one.said for one in self.places)))

    def _line(self, place: OpenPlace) -> QWidget:
        if place.at:
            does = partial(self.asked.emit, place.at)
            line: QWidget = button_for(f"fill:{place.at}", place.said, does, Look.LINK, self, 20)
            line.setAccessibleName(_("Fill in: {place}").format(place=place.said))
        else:
            label = Label(place.said, parent=self)
            label.setWordWrap(True)
            label.setContentsMargins(RING + 4, 0, 0, 0)
            line = label
        self._column.addWidget(line)
        return line
