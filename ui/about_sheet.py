"""About: versions, where the data lies, and the licences of what the program is made of."""

from __future__ import annotations

import platform

from PySide6 import __version__ as binding
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from clinic_desktop import __version__
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.about import not_validated, own_licence, packages, system_words
from clinic_desktop.services.session import Session
from clinic_desktop.services.translation import _

from .text_sheet import TextSheet
from .typeface import text_width

GAP = 16


def qt_words() -> str:
    """The version of Qt, and of what joins it to Python."""
    return f"Qt {qVersion()}, PySide6 {binding}"


class AboutSheet(TextSheet):
    """Made anew each time it is opened: a record may have been moved since."""

    def __init__(self, session: Session | None, parent: QWidget) -> None:
        super().__init__("about", f"Clinic Desktop {__version__}", parent)
        self._session = session
        self.intro.setText(not_validated())
        self.save_button.hide()
        self._packages = packages()
        widest = max((text_width(one.name) for one in self._packages), default=0.0)
        self.text.setTabStopDistance(widest + GAP)

    def open(self) -> None:
        """Show it and take the keyboard."""
        self.text.setPlainText("\n".join(self._lines()))
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
