"""How hard a text is to read, with a plainer word on offer for each hard one."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.services.papers.readability import Reading, grade, hard_words
from clinic_desktop.services.papers.sheet_reading import reading_words
from clinic_desktop.services.words.translation import _
from ui.typeface import CAPTION
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.labels import Label

MOST_OFFERS: Final = 3
"""Hard words named at a time; the next ones come when these are gone."""


class ReadingLine(QWidget):
    """Says the grade of a text, and offers to put a plainer word in place of a hard one."""

    replace_asked = Signal(str, str)
    """The word as written, and the plainer one."""

    def __init__(self, parent: QWidget | None = None, frame: str = "{words}") -> None:
        """`frame` stands around what is said, with `{words}` in it."""
        super().__init__(parent)
        self._frame = frame
        self._said = Label(size=CAPTION, tone="grey", parent=self)
        self._said.setWordWrap(True)
        self._offers: tuple[tuple[str, str], ...] = ()
        self._links: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._said)
        self.setVisible(False)

    def show_text(self, text: str, language: str) -> None:
        """Read a text; nothing stands here where there is none."""
        self.setVisible(bool(text.strip()))
        if text.strip():
            self.show_reading(grade(text, language), hard_words(text, language))

    def show_reading(self, reading: Reading, hard: tuple[tuple[str, str], ...] = ()) -> None:
        """Show a reading and the hard words behind it."""
        words = reading_words(reading)
        words = words if reading.ok else _("hard to read: {words}").format(words=words)
        said = self._frame.format(words=words)
        self._said.setText(said[:1].upper() + said[1:])
        self._said.set_tone("grey" if reading.ok else "caution")
        self._offer(hard[:MOST_OFFERS])
        self.setVisible(True)

    def text(self) -> str:
        """What it says, the offers too."""
        return "\n".join((self._said.text(), *(link.text() for link in self._links)))

    def _offer(self, offers: tuple[tuple[str, str], ...]) -> None:
        if offers == self._offers:
            return
        self._offers = offers
        for link in self._links:
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = [self._link(hard, plain) for hard, plain in offers]

    def _link(self, hard: str, plain: str) -> Button:
        said = _("{hard}: write “{plain}”").format(hard=hard, plain=plain)
        does = partial(self.replace_asked.emit, hard, plain)
        link = button_for(f"plainer:{hard}", said, does, Look.LINK, self, 20)
        self._column.addWidget(link)
        return link
