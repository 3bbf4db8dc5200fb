"""About: versions, where the data lies, and the licences of what the program is made of."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from functools import cached_property

from PySide6 import __version__ as binding
from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop import __version__
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.clinic.about import (
    licence_texts,
    not_validated,
    own_licence,
    packages,
    system_words,
)
from clinic_desktop.services.words.translation import _
from ui.typeface import text_width
from ui.widgets.buttons import Button, button_for
from ui.widgets.text_sheet import TextSheet

GAP = 16


def qt_words() -> str:
    """The version of Qt, and of what joins it to Python."""
    return f"Qt {qVersion()}, PySide6 {binding}"


class AboutSheet(TextSheet):
    """Made anew each time it is opened: a record may have been moved since."""

    def __init__(self, session: Session | None, parent: QWidget) -> None:
        self._session = session
        super().__init__("about", f"Clinic Desktop {__version__}", parent)
        self.intro.setText(not_validated())
        self.save_button.hide()
        self.folder_button.setVisible(session is not None)
        self._packages = packages()
        widest = max((text_width(one.name) for one in self._packages), default=0.0)
        self.text.setTabStopDistance(widest + GAP)

    @cached_property
    def folder_button(self) -> Button:
        """Opens the folder where everything lies."""
        words = _("Open the data folder")
        return button_for("about_folder", words, self.open_folder, parent=self.card, height=28)

    @cached_property
    def licences_button(self) -> Button:
        """Turns to the licences in full, and back."""
        words = _("Licences in full")
        return button_for("about_licences", words, self.show_all, parent=self.card, height=28)

    @override
    def _buttons(self) -> tuple[Button, ...]:
        return (self.copy_button, self.save_button, self.folder_button, self.licences_button)

    def open_folder(self) -> None:
        """Show the folder where everything lies in the system's own window for files."""
        if self._session is None:
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.folder))):
            self.say(_("The system opened no window for it; its place stands above."), "danger")

    def show_all(self) -> None:
        """Show the licences in full, or what the program is made of again."""
        self._in_full = not self._in_full
        words = _("Back to the list") if self._in_full else _("Licences in full")
        self.licences_button.setText(words)
        lines = _licence_lines() if self._in_full else self._lines()
        self.text.setPlainText("\n".join(lines))

    _in_full = False

    def open(self) -> None:
        """Show it and take the keyboard."""
        self._in_full = True
        self.show_all()
        self.said.setText("")
        super().open()

    def _lines(self) -> list[str]:
        folder = str(self._session.folder) if self._session else _("none")
        return [
            "\t".join((_("Python"), platform.python_version())),
            "\t".join(("Qt", qt_words())),
            "\t".join(("SQLite", self._sqlite())),
            "\t".join((_("System"), system_words())),
            "\t".join((_("Data folder"), folder)),
            "\t".join((_("Licence"), own_licence())),
            "",
            _("It is made with these packages, as they are installed here:"),
            *(
                "\t".join((one.name, f"{one.version}, {one.licence or _('licence not named')}"))
                for one in self._packages
            ),
        ]

    def _sqlite(self) -> str:
        """Versions of what reads the record."""
        if self._session is None:
            return _("none: there is no record here")
        try:
            facts = self._session.opened.facts()
        except RecordUnavailable as problem:
            return str(problem)
        return f"{facts.sqlite}, SQLCipher {facts.cipher}"


def _licence_lines() -> Iterator[str]:
    texts = tuple(licence_texts())
    shipped = {name.partition(":")[0] for name, _text in texts}
    for one in packages():
        if one.name not in shipped:
            said = _("{name} names its licence, {licence}, and ships no text of it.")
            yield said.format(name=one.name, licence=one.licence or _("licence not named"))
    for name, text in texts:
        yield from ("", "", name, "-" * len(name), "", text)
