"""The home page: find a patient as typed, enter a new one, go on with what is not signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.access.access_words import role_name
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import alike_patients, find_patients
from clinic_desktop.services.words.translation import _, ngettext
from ui.tokens import BANNER, RING, WIDEST
from ui.typeface import NAME
from ui.unfinished import Unfinished
from ui.widgets.buttons import LINK_INSET, Button, Look, button_for
from ui.widgets.card import FlushRow, KeyCap
from ui.widgets.card_list import CardList, RowModel
from ui.widgets.dates import weekday_text
from ui.widgets.labels import Ground, Label
from ui.widgets.list_column import ListColumn
from ui.widgets.search_box import SearchBox

from .copies_elsewhere import CopiesElsewhere
from .day_sheets_card import DaySheets
from .first_steps import FirstSteps
from .letters_begun import LettersBegun
from .new_patient import NewPatientForm
from .patient_list import PatientDelegate, PatientRow, patient_rows
from .results_card import ResultsCard
from .unsigned_drafts import UnsignedDrafts
from .waiting_courses import due_list, still_list
from .waiting_list import WaitingList
from .waiting_referrals import WaitingReferrals

PAGE_INSET = 32
MOST_FOUND = 20


class HomePage(QWidget):
    """Where the program opens, with the cursor in the search."""

    clinic_asked = Signal()
    lock_asked = Signal()
    import_asked = Signal()
    patient_opened = Signal(int)
    """A patient's number."""
    patient_created = Signal(int)
    """The number of a patient who was entered just now."""
    visit_opened = Signal(int, int)
    """A patient's number and the id of one of the visits."""
    board_opened = Signal(int, int)
    """The same: the board of this visit's course asks what follows."""
    letter_opened = Signal(int, int, str)
    """The same, and what a letter is about that was begun in it."""
    letters_opened = Signal(int, int)
    """The same: the referral that went out from this visit waits for an answer."""

    def __init__(self, desk: Desk, unfinished: Unfinished, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self._desk = desk
        self._found = RowModel(self)
        self.search_box = SearchBox(self)
        self.results = CardList(self._found, PatientDelegate(self), self)
        self.results.setObjectName("patients")
        self.results.setAccessibleName(_("Patients found"))
        self.unsigned = UnsignedDrafts(desk, self)
        self.unsigned.opened.connect(self.visit_opened)
        self.drafts = self.unsigned.list
        self.due = due_list(desk, self)
        self.due.opened.connect(self.visit_opened)
        self.still = still_list(desk, self)
        self.still.opened.connect(self.board_opened)
        self.referrals = WaitingReferrals(desk, self)
        self.referrals.opened.connect(self.letters_opened)
        self.letters = LettersBegun(desk, self)
        self.letters.opened.connect(self.letter_opened)
        self.copies = CopiesElsewhere(desk, self)
        self.day_sheets = DaySheets(desk, unfinished.work, unfinished.looks, self)
        self.new_button = Button(_("New patient"), parent=self)
        self.new_button.setObjectName("new_patient")
        self.form = NewPatientForm(desk, self)
        self.form.hide()
        self.first_steps = FirstSteps(desk, self)
        self.first_steps.patient_asked.connect(self.begin_new_patient)
        self.import_link = self._link("import_cases", _("Import…"), self.import_asked)
        self._card = ResultsCard(self.results, self.new_button, self.import_link, self)
        self._connect()
        self._arrange()
        self._card.show_unread()
        self._read = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Read the record once the first picture stands: opening it takes longer than painting."""
        super().paintEvent(event)
        if not self._read:
            self._read = True
            QTimer.singleShot(0, self, self.come_in)

    def _connect(self) -> None:
        line = self.search_box.line
        line.textEdited.connect(self._find)
        line.installEventFilter(self)
        self.results.opened.connect(self._open_row)
        self.new_button.clicked.connect(self.begin_new_patient)
        self.form.created.connect(self._on_created)
        self.form.open_asked.connect(self._open_known)
        self.form.cancelled.connect(self.take_focus)

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._head())
        self._body = body = QHBoxLayout()
        body.setSpacing(48 - RING)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search_box)
        left.addLayout(self._hints())
        cards = QVBoxLayout()
        cards.setContentsMargins(RING, 0, RING, 0)
        cards.addWidget(self.form)
        cards.addWidget(self._card)
        cards.addSpacing(12)
        cards.addWidget(self.first_steps)
        left.addLayout(cards)
        left.addStretch(1)
        body.addLayout(left, 784)
        self._side = self._right_column()
        body.addWidget(self._side, 384)
        page.addLayout(body, 1)
        page.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = Ground("surface", self, Qt.Edge.BottomEdge)
        head.setFixedHeight(BANNER)
        line = QHBoxLayout(head)
        line.setContentsMargins(PAGE_INSET, 0, PAGE_INSET, 0)
        line.setSpacing(24)
        self._clinic = Label(self._desk.clinic.name, NAME - 3, bold=True)
        line.addWidget(self._clinic)
        self._day = Label(tone="ink2")
        line.addWidget(self._day)
        line.addStretch(1)
        line.addWidget(Label(self._desk.who, tone="ink2"))
        if self._desk.session is not None:
            clinic = self._link("home_clinic", _("Clinic"), self.clinic_asked)
            lock = self._link("home_lock", _("Lock"), self.lock_asked)
            line.addWidget(clinic.with_icon("settings"))
            line.addWidget(lock.with_icon("lock"))
            line.setContentsMargins(PAGE_INSET, 0, PAGE_INSET - LINK_INSET, 0)
        return head

    def take_desk(self, desk: Desk) -> None:
        """Go on for the clinic as it now calls itself."""
        self._desk = desk
        self._clinic.setText(desk.clinic.name)
        self.day_sheets.take_desk(desk)

    def _link(self, name: str, words: str, asked: SignalInstance) -> Button:
        return button_for(name, words, asked.emit, Look.LINK, self, height=24)

    def _hints(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(RING, 0, RING, 8)
        line.setSpacing(12)
        self._hint = Label(_("Name, number or birth date"), tone="grey")
        line.addWidget(self._hint)
        line.addStretch(1)
        for key, does in (
            (_("Down"), _("chooses")),
            (_("Return"), _("opens")),
            (_("Esc"), _("clears")),
        ):
            line.addWidget(KeyCap(key, does))
        return line

    def _right_column(self) -> ListColumn:
        side = ListColumn(self)
        column = side.column
        column.addWidget(self.copies)
        column.addWidget(self.due)
        column.addWidget(self.still)
        column.addWidget(self.unsigned)
        column.addWidget(self.letters)
        column.addWidget(self.referrals)
        row = FlushRow()
        row.addWidget(self.day_sheets, 1)
        column.addLayout(row)
        column.addStretch(1)
        side.share_between(self._side_lists())
        return side

    def _side_lists(self) -> tuple[CardList, ...]:
        """The lists in the right-hand column, from the top."""
        waiting = (self.letters.list, self.referrals.list)
        return (self.due.list, self.still.list, self.drafts, *waiting)

    def _foot(self) -> QWidget:
        foot = Ground("ground", self, Qt.Edge.TopEdge)
        foot.setFixedHeight(32)
        line = QHBoxLayout(foot)
        line.setContentsMargins(PAGE_INSET, 0, PAGE_INSET, 0)
        line.setSpacing(16)
        line.addStretch(1)
        line.addWidget(KeyCap("Ctrl+F", _("find")))
        line.addWidget(KeyCap("F6", _("next list")))
        line.addWidget(KeyCap("Ctrl+N", _("new patient")))
        line.addWidget(KeyCap("Ctrl+K", _("all commands")))
        line.addWidget(KeyCap("Ctrl+/", _("all keys")))
        return foot

    # ------------------------------------------------------------------ showing
    def refresh(self) -> None:
        """Read the record anew: patients, drafts and the day."""
        for read in self._readings():
            read()

    def come_in(self) -> None:
        """The same for somebody who just came in: the patients at once, and each list beside them
        when what is there already is painted."""
        first, *rest = self._readings()
        first()
        self._go_on(rest)

    def _go_on(self, rest: Sequence[Callable[[], object]]) -> None:
        def read_next() -> None:
            if self.isVisible():  # else it is all read when the page is shown again
                rest[0]()
                self._go_on(rest[1:])

        if rest:
            QTimer.singleShot(0, self, read_next)

    def _readings(self) -> tuple[Callable[[], object], ...]:
        desk, today = self._desk, self._desk.clock().astimezone().date()
        lists: list[UnsignedDrafts | WaitingList] = []
        if desk.may(Action.READ_CHART):
            lists.append(self.unsigned)
        if desk.may(Action.SEE_PATIENTS):
            lists.append(self.due)
        if desk.may(Action.READ_CHART):
            lists += [self.still, self.letters, self.referrals]
        reads = (partial(part.refresh, today) for part in lists)
        return self._read_patients, *reads, self.copies.refresh, self._side.share

    def _read_patients(self) -> None:
        self._read = True
        self._day.setText(weekday_text(self._desk.clock().astimezone().date()))
        self._show_place_of_role()
        self.unsigned.setVisible(self._desk.may(Action.READ_CHART))
        self._find()

    def _show_place_of_role(self) -> None:
        """Put away what is not this user's: for some, all that has to do with patients."""
        desk, user = self._desk, self._desk.user
        self.day_sheets.setVisible(desk.may(Action.PRINT_CHART))
        enters = desk.may(Action.CHANGE_PATIENTS)
        self.new_button.setVisible(enters)
        self.import_link.setVisible(enters and desk.may(Action.WRITE_DRAFT))
        if user is None or desk.may(Action.SEE_PATIENTS):
            return
        for part in (self.search_box, self._card, self._side, *self.findChildren(KeyCap)):
            part.hide()
        words = _("Patients and charts are not part of the role {role}. Ctrl+K shows what is.")
        self._hint.setText(words.format(role=role_name(user.role)))

    def take_focus(self) -> None:
        """Put the cursor into the search, as when the program opens."""
        self.form.hide()
        self._card.setVisible(self._desk.may(Action.SEE_PATIENTS))
        self.search_box.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search_box.line.selectAll()

    def next_list(self) -> None:
        """Give the keyboard to the next list that has rows, its first row chosen; after the last
        to the search."""
        shown = [one for one in self._side_lists() if one.isVisible() and one.rows]
        at = next((place for place, one in enumerate(shown) if one.hasFocus()), -1)
        if at + 1 < len(shown):
            shown[at + 1].choose(0)
            shown[at + 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.take_focus()

    def step_back(self) -> None:
        """Leave the form for a new patient, else clear the search."""
        if self.form.isHidden():
            self.search_box.line.clear()
            self._find()
        self.take_focus()

    def _find(self) -> None:
        typed = self.search_box.line.text().strip()
        today = self._desk.clock().astimezone().date()
        if not self._desk.may(Action.SEE_PATIENTS):
            return
        try:
            found = find_patients(self._desk.open_record, typed, MOST_FOUND)
            if typed and not found:
                found = alike_patients(self._desk.open_record, typed, MOST_FOUND)
        except RecordUnavailable as problem:
            self._found.show_rows(())
            self.search_box.show_count("")
            self._card.show_state(typed, 0, str(problem))
            return
        self._found.show_rows(patient_rows(found, typed, today))
        self.search_box.show_count(_count_words(len(found)) if typed else "")
        self._card.show_state(typed, len(found))
        if not typed:
            self.first_steps.show_steps(any_patient=bool(found))
        if typed and found and not found[0].alike:  # else Return would open somebody else
            self.results.choose(0)

    def carried(self) -> object:
        """Whether a new patient is being entered."""
        return not self.form.isHidden()

    def take_carried(self, entering: object) -> None:
        """Open the form for a new patient where it was open."""
        if entering:
            self.begin_new_patient()

    # ------------------------------------------------------------------ doing
    def begin_new_patient(self) -> None:
        """Open the form for a new patient, starting with what was typed in the search."""
        typed = self.search_box.line.text()
        self._card.hide()
        if self.form.is_blank or (typed.strip() and self.form.isHidden()):
            self.form.show()
            self.form.begin(typed)
        else:
            self.form.show()
            self.form.take_focus()

    def _on_created(self, number: int) -> None:
        self._clear()
        self.patient_created.emit(number)

    def _open_known(self, number: int) -> None:
        self._clear()
        self.patient_opened.emit(number)

    def _open_row(self, row: object) -> None:
        if isinstance(row, PatientRow):
            self._clear()
            self.patient_opened.emit(row.summary.number)

    def _clear(self) -> None:
        self.form.begin("")
        self.form.hide()
        self._card.show()
        self.search_box.line.clear()
        self._find()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.results.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.results.open_current()
                return True
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = max(PAGE_INSET, (self.width() - WIDEST) // 2)
        self._body.setContentsMargins(beside - RING, 24 - RING, beside, 16)
        self._card.update()


def _count_words(found: int) -> str:
    if found >= MOST_FOUND:
        return _("the first {n}; type more").format(n=found)
    return ngettext("{n} found", "{n} found", found).format(n=found)
