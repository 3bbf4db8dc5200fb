"""The support report: shown in full before it leaves, with nobody's name in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinic_desktop.services.access.session import Session
from clinic_desktop.services.clinic.support_report import support_report
from clinic_desktop.services.words.translation import _
from ui.widgets.text_sheet import TextSheet
from ui.work.background import Background

from .about_sheet import qt_words


class SupportSheet(TextSheet):
    """Looks at the record beside the window; then the text can be copied or saved."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("support-report", _("Support report"), parent)
        self._session = session
        self.intro.setText(
            _(
                "For whoever helps you from afar. This is all that is in it: no patient's and no"
                " clinician's name, nothing of what was charted. Nothing is sent by itself."
            )
        )
        self._background = Background(self)

    def begin(self) -> None:
        """Make the report anew."""
        session, window = self._session, qt_words()
        self.text.setPlainText("")
        self._enable(False)
        self.say(_("Everything is being looked at…"))
        self._background.start(
            lambda: support_report(session, window), self._on_done, self._on_failed
        )

    def _on_done(self, report: object) -> None:
        self.text.setPlainText(str(report))
        self._enable(True)
        self.say("")

    def _on_failed(self, problem: str) -> None:
        self.say(problem, "danger")

    def _enable(self, ready: bool) -> None:
        self.copy_button.setEnabled(ready)
        self.save_button.setEnabled(ready)
