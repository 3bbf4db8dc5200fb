"""The one window: home, a visit, or the patient's sheet; nothing stands before the chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.values import Key
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.translation import _, in_use

from .clinic.opening import leave_clinic
from .home.page import HomePage
from .palette.actions import TOGGLES, Action, window_actions
from .palette.setting_actions import setting_actions
from .sheets.case_import import CaseImport
from .sheets.overlays import Overlays
from .unfinished import Unfinished
from .visit.writing_aid import WritingAid
from .widgets.message_bar import MessageBar
from .window_frame import follow_home, frame_of
from .work.breathing import breathe, in_one_go, put_off
from .work.strip import WorkStrip
from .work.worker import writer

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without them.
    from .clinic.page import ClinicPage
    from .course.page import CoursePage
    from .papers.preview import PaperPreview
    from .visit.chart import OpenChart
    from .visit.page import VisitPage

TITLE = "Clinic Desktop"
"""Never with a patient's name: titles show in task bars and screen shares."""
USUAL_SIZE = (1280, 800)
LEAST_SIZE = (1024, 700)


class MainWindow(QMainWindow):
    """Moves between the pages and holds the keys that work everywhere."""

    lock_asked = Signal()
    language_asked = Signal(str)
    """The window shall speak another language."""
    restore_asked = Signal(object)
    """A backup is to be put in use: its file."""
    sample_unwanted = Signal()
    """The sample clinic that it shows is to be removed."""
    closed = Signal()
    """Everything is saved and the window is gone."""

    def __init__(
        self, desk: Desk, unfinished: Unfinished | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*USUAL_SIZE)
        self.pages = QStackedWidget(self)
        self.unfinished = unfinished or Unfinished()
        self.work = self.unfinished.work
        self.strip = WorkStrip(self.work, self)
        self.messages = MessageBar(self)
        self.work.news.connect(self.messages.show_message)
        self.home = HomePage(desk, self.unfinished, self)
        self.imports = CaseImport(self)
        self.visit: VisitPage | None = None
        self.writing_aid = WritingAid(self)
        self.preview: PaperPreview | None = None
        self.course: CoursePage | None = None
        self.clinic: ClinicPage | None = None
        self.language = in_use()
        """What its texts are in."""
        self._told_of_loss = False
        self.paper = ""
        """Which paper the preview shows, as `show_paper` was asked."""
        self.pages.addWidget(self.home)
        self.setCentralWidget(frame_of(self))
        self.overlays = Overlays(self)
        follow_home(self)
        self.commands = (*window_actions(self), *setting_actions(self))
        self._make_keys()
        self.home.take_focus()
        if desk.problems:
            self.messages.show_message(desk.problems[0], "\n".join(desk.problems[1:]))

    def _make_keys(self) -> None:
        for action in self.commands:
            if action.key and not action.held:
                shortcut = QShortcut(QKeySequence(action.key), self)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(lambda action=action: self._on_key(action))

    def _on_key(self, action: Action) -> None:
        """Do what a key asks; what lies over the page is put away first, and Esc is then done."""
        over = self.overlays.shown
        if over is not None and action.id not in TOGGLES:
            over.close_up()
            if action.id == "back":
                return
        self.do_action(action)

    def do_action(self, action: Action) -> None:
        """Do an action, where nothing hinders it."""
        if not action.hindrance():
            action.does()

    def refocus(self) -> None:
        """Give the keyboard to the page in front: what had it is there no more."""
        if self.pages.currentWidget() is self.home:
            self.home.take_focus()
        elif self.visit is not None and self.pages.currentWidget() is self.visit:
            self.visit.focus_first()
        elif self.preview is not None:
            self.preview.take_focus()

    def go_to_field(self, key: Key) -> None:
        """Give a field of the open visit the keyboard, from the visit's papers too."""
        if self.visit is None:
            return
        if self.preview is not None or self.course is not None:
            self.go_back()
        self.visit.model.go_to.emit(key)

    # ------------------------------------------------------------------ pages
    def open_patient(self, number: int, visit_id: int | None = None) -> None:
        """Open a patient's chart at a visit, else at the newest."""
        from .visit.chart import open_patient

        if not self._go_on_unsaved(number, visit_id):
            self._open(lambda: open_patient(self.desk, number, visit_id))

    def open_letters(self, number: int, visit_id: int, about: str = "") -> None:
        """Open a patient's letters at the visit that one went out from, or was begun in."""
        self.open_patient(number, visit_id)
        self.show_paper(f"letter:{about}" if about else "letter")

    def open_board(self, number: int, visit_id: int) -> None:
        """Open the board of a patient's course at one of its visits."""
        self.open_patient(number, visit_id)
        self.show_course("board")

    def begin_visit(self, number: int, course_id: int | None = None) -> None:
        """Open today's visit in a patient's course, else the newest; begun now if there is none."""
        from .visit.chart import open_today

        self._open(lambda: open_today(self.desk, number, course_id))

    def _open(self, opening: Callable[[], OpenChart]) -> None:
        if self.visit is not None:
            self.visit.flush()
        try:
            chart = opening()
        except ChartError as problem:
            self.messages.show_message(str(problem))
            return
        session = self.desk.session
        if session is None or not session.locked:  # as while the disk was waited for
            self._build(chart)

    @in_one_go()
    def _build(self, chart: OpenChart) -> None:
        breathe()
        from .visit.page import VisitPage

        # While it is built the page before it stays in sight, and keys wait for the new one.
        reasons = self.unfinished.reasons.setdefault(chart.visit_id, {})
        page = VisitPage(chart, reasons, self)
        page.resize(self.pages.size())
        breathe()
        self._close_clinic()
        self._close_preview()
        self._leave_visit()
        self.show_visit(page)

    def show_visit(self, page: VisitPage) -> None:
        """Bring the page of a visit to the front."""
        from .visit.note_area import attend

        self.visit = page
        page.handout_asked.connect(self.show_handout)
        page.paper_asked.connect(self.show_paper)
        page.course_asked.connect(self.show_course)
        page.visit_asked.connect(lambda visit: self.open_patient(page.chart.number, visit))
        chart = page.chart
        page.new_visit_asked.connect(lambda: self.begin_visit(chart.number, chart.course.id))
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        page.focus_first()
        attend(self, page)

    def _leave_visit(self) -> None:
        """Put the visit away; one that is not stored yet stays alive until it is."""
        self._close_course()
        page, self.visit = self.visit, None
        if page is None:
            return
        page.flush()
        self.pages.removeWidget(page)
        page.setParent(None)
        if page.unsaved:
            self.unfinished.visits.append(page)
            self.wait_for(page)
            self.messages.show_message(
                _("What you charted last is not in the record yet; it is kept and tried again.")
            )
        else:
            page.deleteLater()

    def wait_for(self, page: VisitPage) -> None:
        """Put a visit away for good once it is stored."""
        page.saved.connect(lambda: self._on_saved(page))

    def _on_saved(self, page: VisitPage) -> None:
        if page in self.unfinished.visits:
            self.unfinished.visits.remove(page)
            self.messages.hide()
            self.home.refresh()
            page.deleteLater()

    def _go_on_unsaved(self, number: int, visit_id: int | None) -> bool:
        """Take a visit up again that could not be stored yet, in place of what the record has."""
        for page in self.unfinished.visits:
            if page.chart.number == number and visit_id in (None, page.chart.visit_id):
                self.unfinished.visits.remove(page)
                self._close_clinic()
                self._close_preview()
                self._leave_visit()
                page.saved.disconnect()
                self.visit = page
                self.pages.addWidget(page)
                self.pages.setCurrentWidget(page)
                page.show()
                return True
        return False

    def show_home(self) -> None:
        """Go to the home page, with the cursor in the search."""
        self._close_clinic()
        self._close_preview()
        self._leave_visit()
        self.pages.setCurrentWidget(self.home)
        self.home.refresh()
        self.home.take_focus()

    def new_patient(self) -> None:
        """Go to the home page and enter a new patient."""
        if self.pages.currentWidget() is not self.home:
            self.show_home()
        self.home.begin_new_patient()

    def show_handout(self) -> None:
        """Show the sheet of the visit that is open, or why there is none."""
        self.show_paper("handout")

    def show_paper(self, kind: str) -> None:
        """Show one of the papers of the visit that is open: `handout`, `letter`, `note`, `report`,
        or `letter:` and a red flag."""
        if self.visit is None or self.preview is not None:
            return
        from .papers.opening import open_paper

        self._close_course()
        self.visit.flush()
        kept, self.paper = self.unfinished, kind
        preview = open_paper(self.visit, kind, kept.looks, kept.letters, self)
        self.preview = preview
        preview.closed.connect(self.go_back)
        preview.kept_changed.connect(self.visit.count_papers)
        self.pages.addWidget(preview)
        self.pages.setCurrentWidget(preview)
        preview.take_focus()

    @in_one_go()
    def show_course(self, view: str = "board") -> None:
        """Show the course up to the visit that is open: `about`, `board` or `progress`."""
        if self.visit is None or self.preview is not None:
            return
        from .course.page import CoursePage

        self.visit.flush()
        if self.course is None:
            self.course = CoursePage(self.visit.chart, self)
            self.course.closed.connect(self.go_back)
            number = self.visit.chart.number
            self.course.visit_asked.connect(lambda visit: self.open_patient(number, visit))
            self.pages.addWidget(self.course)
        self.pages.setCurrentWidget(self.course)
        self.course.show_view(view)

    def show_clinic(self, setting: str = "") -> None:
        """Show what is done for the clinic beside the charts, else one of its settings."""
        from .clinic.opening import open_clinic

        open_clinic(self, setting)

    def _close_clinic(self) -> None:
        page, self.clinic = self.clinic, None
        self._put_away(page)

    def _close_course(self) -> bool:
        """Put the course away; False where it was not open."""
        page, self.course = self.course, None
        return self._put_away(page)

    def go_back(self) -> None:
        """One step back: sheet to visit, drawer folded, visit to home."""
        if self.clinic is not None:
            leave_clinic(self)
        elif self.visit is not None and self._close_course():
            self.pages.setCurrentWidget(self.visit)
            self.visit.focus_first()
        elif self.preview is not None and self.visit is not None:
            self._close_preview()
            self.pages.setCurrentWidget(self.visit)
            self.visit.focus_first()
        elif self.visit is not None:
            if not self.visit.close_drawer():
                self.show_home()
        else:
            self.home.step_back()

    def _close_preview(self) -> None:
        if self.preview is not None:
            self.preview.flush()
            self._put_away(self.preview)
            self.preview = None

    def _put_away(self, page: QWidget | None) -> bool:
        if page is not None:
            self.pages.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        return page is not None

    # ------------------------------------------------------------------ locking and closing
    @property
    def has_unsaved(self) -> bool:
        """Whether something that was typed could not be saved yet."""
        return any(page.unsaved for page in self._visits)

    @property
    def _visits(self) -> tuple[VisitPage, ...]:
        return (*self.unfinished.visits, *([self.visit] if self.visit else []))

    def hand_on(self) -> None:
        """Have what is typed saved and put away what lies over the page; waits for nothing."""
        self.overlays.put_away()
        if self.preview is not None:
            self.preview.flush()
        for page in self._visits:
            page.hand_on()
        for keeper in self.unfinished.letters.values():
            keeper.flush()

    def before_lock(self) -> None:
        """The same, and wait until it is known what came of it; the page itself stays."""
        self.hand_on()
        writer().settle()

    def on_unlocked(self) -> None:
        """Go on where she was."""
        for page in self._visits:
            if page.unsaved:
                page.hand_on()
        if self.pages.currentWidget() is self.home:
            self.home.come_in()
        if self.focusWidget() is None:
            self.refocus()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if put_off(QApplication.closeAllWindows):  # in another language this is another window
            event.ignore()
            return
        self.before_lock()
        letters = self.unfinished.letters.values()
        kept = (*(page.unsaved for page in self._visits), *(one.problem for one in letters))
        if (problem := next(filter(None, kept), "")) and not self._told_of_loss:
            self._told_of_loss = True
            said = _("Not in the record yet: {problem} Closing again loses the last changes.")
            self.messages.show_message(said.format(problem=problem))
            event.ignore()
            return
        self._close_preview()
        self.work.cancel()
        self.work.wait()
        self.closed.emit()
