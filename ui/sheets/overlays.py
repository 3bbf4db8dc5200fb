"""What can lie over the page of the window, one at a time: each is made when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_desktop.domain.errors import ChartError
from ui.work.breathing import breathe, in_one_go

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without them.
    from clinic_desktop.domain.values import Key
    from ui.main_window import MainWindow
    from ui.palette.key_sheet import KeySheet
    from ui.palette.palette import Palette
    from ui.visit.history import History
    from ui.visit.page import VisitPage
    from ui.widgets.overlay import Overlay

    from .about_sheet import AboutSheet
    from .audit_sheet import AuditSheet
    from .field_help import FieldHelp
    from .manual_sheet import ManualSheet
    from .patient_sheet import PatientSheet
    from .phrases_sheet import PhrasesSheet
    from .support_sheet import SupportSheet


class Overlays:
    """Command palette, key sheet, help on a field, the manual, a field's history, the patient's
    sheet, the audit trail, About, the support report and the import of case files."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._palette: Palette | None = None
        self._key_sheet: KeySheet | None = None
        self._help: FieldHelp | None = None
        self._manual: ManualSheet | None = None
        self._history: History | None = None
        self._audit: AuditSheet | None = None
        self._patient: PatientSheet | None = None
        self._about: AboutSheet | None = None
        self._support: SupportSheet | None = None
        self._phrases: PhrasesSheet | None = None

    @property
    def shown(self) -> Overlay | None:
        """What lies over the page now."""
        known = (
            self._palette, self._key_sheet, self._help, self._manual, self._history, self._audit,
            self._patient, self._about, self._support, self._phrases,
            self._window.imports.made_sheet,
        )  # fmt: skip
        return next((over for over in known if over is not None and over.isVisible()), None)

    def take_desk(self) -> None:
        """Make anew what holds the desk, as the clinic calls itself otherwise now."""
        if self._patient is not None:
            self._patient.deleteLater()
            self._patient = None

    def put_away(self) -> Overlay | None:
        """Put away what lies over the page; gives what that was."""
        over = self.shown
        if over is not None:
            over.close_up()
        return over

    def toggle_palette(self) -> None:
        """Open the command palette, or put it away."""
        window = self._window
        if self._palette is None:
            from ui.palette.palette import Palette

            self._palette = Palette(window.desk, window.commands, window)
            self._palette.action_asked.connect(window.do_action)
            self._palette.field_asked.connect(window.go_to_field)
            self._palette.patient_asked.connect(window.open_patient)
            self._palette.focus_lost.connect(window.refocus)
        if self.put_away() is not self._palette:
            from ui.palette.exercise_actions import exercise_actions
            from ui.palette.phrase_actions import phrase_actions

            more = (*exercise_actions(window), *phrase_actions(window))
            self._palette.open_for(window.visit is not None, more)

    def toggle_key_sheet(self) -> None:
        """Show all keys, or put them away."""
        if self._key_sheet is None:
            from ui.palette.key_sheet import KeySheet

            self._key_sheet = KeySheet(self._window.commands, self._window)
            self._key_sheet.focus_lost.connect(self._window.refocus)
        if self.put_away() is not self._key_sheet:
            self._key_sheet.open()

    def toggle_help(self) -> None:
        """Show help on the field with the keyboard, or on the one chosen in the palette; in the
        panel the rule behind a line, and elsewhere the manual. What is shown is put away."""
        from .helping import asked_about

        page, meant = self._window.visit, self._palette.field if self._palette else None
        over = self.put_away()
        if over is not None and over is not self._palette:
            return
        if page is None or self._window.pages.currentWidget() is not page:
            self.toggle_manual()
            return
        about = meant or asked_about(page)
        if about is None:
            page.panel.show_why()
            return
        self.help_on(page, about)

    def help_on(self, page: VisitPage, about: Key | str) -> None:
        """Show help on a field, or on a group by its id."""
        if self._help is None:
            from .field_help import FieldHelp

            self._help = FieldHelp(self._window)
            self._help.focus_lost.connect(self._window.refocus)
        self._help.show_about(page.chart.desk, about)
        self._help.open()

    def toggle_manual(self) -> None:
        """Show the manual, or put it away."""
        if self._manual is None:
            from .manual_sheet import ManualSheet

            self._manual = ManualSheet(self._window)
            self._manual.focus_lost.connect(self._window.refocus)
        if self.put_away() is not self._manual:
            self._manual.open()

    def toggle_history(self, page: VisitPage) -> None:
        """Show who charted the field that has the keyboard, else the whole visit; or put it
        away."""
        if self._history is None:
            from ui.visit.history import History

            self._history = History(self._window)
            self._history.focus_lost.connect(self._window.refocus)
        if self.put_away() is self._history:
            return
        try:
            self._history.show_visit(page)
        except ChartError as problem:
            self._window.messages.show_message(str(problem))
        else:
            self._history.open()

    def toggle_patient(self, page: VisitPage) -> None:
        """Show the patient's own sheet, or put it away."""
        if self._patient is None:
            from .patient_sheet import PatientSheet

            self._patient = PatientSheet(self._window.desk, self._window.work, self._window)
            self._patient.focus_lost.connect(self._window.refocus)
            self._patient.changed.connect(self._on_patient_changed)
            self._patient.removed.connect(self._window.show_home)
        if self.put_away() is self._patient:
            return
        try:
            self._patient.show_chart(page)
        except ChartError as problem:
            self._window.messages.show_message(str(problem))
        else:
            self._patient.open()

    def _on_patient_changed(self, number: int, visit_id: int) -> None:
        """Read the chart behind the patient's sheet anew."""
        self._window.open_patient(number, visit_id)
        page = self._window.visit
        if self._patient is not None and page is not None:
            self._patient.show_again(page)

    def toggle_audit(self) -> None:
        """Show the audit trail as far as the user may read it, or put it away."""
        if self._audit is None:
            from .audit_sheet import AuditSheet

            self._audit = AuditSheet(self._window.desk, self._window)
            self._audit.focus_lost.connect(self._window.refocus)
        if self.put_away() is self._audit:
            return
        try:
            self._audit.begin()
        except ChartError as problem:
            self._window.messages.show_message(str(problem))
        else:
            self._audit.open()

    @in_one_go()
    def toggle_about(self) -> None:
        """Show what the program is and is made of, or put it away."""
        if self._about is None:
            from .about_sheet import AboutSheet

            breathe()
            self._about = AboutSheet(self._window.desk.session, self._window)
            self._about.focus_lost.connect(self._window.refocus)
        if self.put_away() is not self._about:
            self._about.open()

    def toggle_support(self) -> None:
        """Show what a support report would say, or put it away."""
        session = self._window.desk.session
        if session is None:
            return
        if self._support is None:
            from .support_sheet import SupportSheet

            self._support = SupportSheet(session, self._window)
            self._support.focus_lost.connect(self._window.refocus)
        if self.put_away() is not self._support:
            self._support.open()
            self._support.begin()

    def toggle_phrases(self) -> None:
        """Show the phrases, with what is selected in a text ready to be kept; or put them away."""
        from ui.palette.phrase_actions import selected_text

        selected = selected_text()
        if self._phrases is None:
            from .phrases_sheet import PhrasesSheet

            self._phrases = PhrasesSheet(self._window)
            self._phrases.focus_lost.connect(self._window.refocus)
        if self.put_away() is not self._phrases:
            self._phrases.open_with(selected)

    def toggle_import(self) -> None:
        """Show which case files were chosen and what they hold, or put that away."""
        sheet = self._window.imports.sheet
        if self.put_away() is not sheet:
            sheet.open()
