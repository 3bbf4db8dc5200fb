"""Above the form: signing a draft, how a signed visit stands, its addenda, and writing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.visit.before_signing import open_points
from clinic_desktop.services.visit.signing import Pen, sign_visit
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import BETWEEN, INSET, RING
from ui.widgets.accessibility import Described
from ui.widgets.announcing import announce
from ui.widgets.labels import Label
from ui.widgets.scrolling import SlimScrollArea
from ui.work.worker import writer

from .addendum_editor import AddendumEditor
from .chart import OpenChart
from .layout import places
from .rescued_visit import tell_rescued
from .sign_prompt import SignPrompt, hindrance
from .signed_lines import AddendaList, SignedLines

if TYPE_CHECKING:
    from ui.main_window import MainWindow

    from .page import VisitPage


def attend(window: MainWindow, page: VisitPage) -> None:
    """Have the window follow what becomes of a visit that comes to the front."""
    page.note.changed_for_good.connect(lambda: reopen(window, page))
    tell_rescued(window, page)


def reopen(window: MainWindow, page: VisitPage) -> None:
    """Open a visit again that was signed or added to: it reads as what it now is."""
    section = page.tabs.current()
    window.open_patient(page.chart.number, page.chart.visit_id)
    if window.visit is not None and window.visit is not page:
        window.visit.show_section(section)
        window.visit.note.take_focus()


class NoteArea(QWidget):
    """Takes the height of what there is to say, and none where there is nothing."""

    resized = Signal()
    """It wants another height."""
    changed_for_good = Signal()
    """The visit was signed, or something was added: open it anew."""
    new_visit_asked = Signal()
    kept = Signal()
    """It became known what came of an addendum that is typed."""

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_area")
        self._chart = chart
        text = chart.desk.text
        self.signed = SignedLines(text, self)
        self.addenda = AddendaList(text, self)
        self.prompt = SignPrompt(chart.desk, "sign", _("Sign"), self)
        self._signing = self._signing_part()
        self.editor: AddendumEditor | None = None
        self._content = QWidget(self)
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 1)
        self._column.setSpacing(0)
        for part in (self._signing, self.signed, self.addenda):
            self._column.addWidget(part)
        self._scroll = SlimScrollArea(QPalette.ColorRole.AlternateBase, self)
        self._scroll.setWidget(self._content)
        self._content.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self._content.setAutoFillBackground(True)
        self._signing.hide()
        self.prompt.confirmed.connect(self._sign)
        self.prompt.left.connect(self.close_up)
        self.prompt.resized.connect(self.resized)
        self.signed.add_asked.connect(self.begin_addendum)
        self.signed.new_visit_asked.connect(self.new_visit_asked)
        chart.model.changed.connect(self._show_points)
        self._show_state()

    def _signing_part(self) -> QWidget:
        part = QWidget(self)
        self._points = Label(tone="ink2", parent=part)
        self._points.setObjectName("sign_points")
        self._points.setWordWrap(True)
        self._points.setContentsMargins(RING, 0, 0, 0)
        column = QVBoxLayout(part)
        column.setContentsMargins(INSET - RING, BETWEEN, INSET - RING, BETWEEN)
        column.setSpacing(2)
        column.addWidget(self._points)
        column.addWidget(self.prompt)
        return part

    def _show_state(self) -> None:
        found = self._chart.validity
        self.signed.setVisible(found.locked)
        if found.locked:
            today = self._chart.today
            again = found.date != today and self._chart.may_begin(today)
            self.signed.show_validity(found, again)
        self.addenda.show_addenda(found.addenda)
        if found.locked:
            self._make_editor()
            if self.editor is not None and not self.editor.is_blank:
                self.editor.begin()
                self.editor.show()

    def _make_editor(self) -> None:
        self.editor = AddendumEditor(self._chart.desk, self._chart.visit_id, self)
        self.editor.hide()
        self._column.addWidget(self.editor)
        self.editor.added.connect(self.changed_for_good)
        self.editor.left.connect(self.close_up)
        self.editor.resized.connect(self.resized)
        self.editor.kept.connect(self.kept)

    # ------------------------------------------------------------------ height
    def wanted_height(self, page_width: int, page_height: int) -> int:
        """What it needs on a page of a size; beyond half of the form's height it scrolls."""
        if not any(part.isVisibleTo(self._content) for part in self._parts()):
            return 0
        form = places(page_width, page_height, drawer_open=False).pages
        # What was just shown or said tells its layout only later, and nobody would ask again.
        for part in self._content.findChildren(QWidget):
            inner = part.layout()
            if inner is not None:
                inner.invalidate()
        self._column.invalidate()
        wanted = self._column.totalHeightForWidth(form.width())
        if wanted < 0:  # none of it breaks into lines
            wanted = self._column.totalSizeHint().height()
        return min(wanted, max(form.height() // 2, 0))

    def _parts(self) -> tuple[QWidget, ...]:
        editor = (self.editor,) if self.editor is not None else ()
        return (self._signing, self.signed, self.addenda, *editor)

    @property
    def problem(self) -> str:
        """Why an addendum that is being typed is not in the record yet."""
        return self.editor.problem if self.editor is not None else ""

    @property
    def pending(self) -> bool:
        """Whether something of an addendum that is being typed is not acknowledged yet."""
        return self.editor is not None and self.editor.pending

    def hand_on(self) -> None:
        """Hand on text that is still being typed, to be kept; a passphrase is forgotten."""
        self.prompt.passphrase.clear()
        if self.editor is not None:
            self.editor.hand_on()

    # ------------------------------------------------------------------ signing
    def begin(self) -> None:
        """Ask for what is needed to sign the draft, or to add to what is signed."""
        if self._chart.model.locked:
            self.begin_addendum()
            return
        self.prompt.begin(Action.SIGN)
        self._signing.show()
        self._show_points()
        self.resized.emit()
        self.prompt.take_focus()

    @property
    def is_signing(self) -> bool:
        """Whether the passphrase for signing the visit is asked for."""
        return self._signing.isVisibleTo(self)

    def _show_points(self) -> None:
        if not self.is_signing:
            return
        chart, editor = self._chart, self._chart.model.editor
        desk = chart.desk
        points = open_points(
            editor.case, editor.suggestion, desk.catalogue, desk.text, desk.clock(),
            chart.stored.first_entry,
        )  # fmt: skip
        unread = self._unread()
        if unread:
            not_right = _("Marked as not right, and not charted: {fields}.")
            points = (not_right.format(fields="; ".join(unread)), *points)
        said = " ".join(points) or _("Nothing is open.")
        if not hindrance(desk, Action.SIGN):
            said = _("Signing locks this visit. {open}").format(open=said)
        if said != self._points.text():
            self._points.setText(said)
            announce(self, said, politely=True)
            self.resized.emit()

    def _unread(self) -> list[str]:
        """Fields whose text cannot be read: it is in no chart, and once locked never will be."""
        page = self.parentWidget()
        fields = page.findChildren(QWidget) if page is not None else []
        return [
            field.accessibleName()
            for field in fields
            if isinstance(field, Described) and field.described_error()
        ]

    def _sign(self, pen: object) -> None:
        assert isinstance(pen, Pen)
        chart, editor = self._chart, self._chart.model.editor
        desk = chart.desk
        chart.settle()
        problem = editor.save_state.problem
        visit, answer = editor.visit, editor.suggestion.short
        try:
            if problem:
                said = _("Not signed: the last change is not in the record yet. {problem}")
                raise ChartError(said.format(problem=problem))
            writer().do(
                lambda: sign_visit(desk.open_record, desk.act(), pen, chart.visit_id, visit, answer)
            )
        except ChartError as refused:
            self.prompt.say(str(refused))
            return
        self.changed_for_good.emit()

    # ------------------------------------------------------------------ adding
    def begin_addendum(self) -> None:
        """Open the addendum that is being written, or a new one."""
        if self.editor is None:
            return
        if self.editor.text.hasFocus() and not self.editor.is_blank:
            self.editor.prompt.take_focus()  # what is written is signed next
            return
        self.editor.show()
        self.editor.begin()
        self.resized.emit()

    def close_up(self) -> bool:
        """Put signing or the addendum away, its text is kept; False where neither was open."""
        open_parts = [p for p in (self._signing, self.editor) if p and p.isVisibleTo(self)]
        focus = QApplication.focusWidget()
        ours = focus is not None and self.isAncestorOf(focus)
        for part in open_parts:
            part.hide()
        self.hand_on()
        if open_parts:
            self.resized.emit()
        if ours and self.signed.isVisibleTo(self):
            self.signed.add.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(open_parts)

    def take_focus(self) -> None:
        """Give the keyboard to the way to an addendum, as after signing."""
        self.signed.add.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.signed.text())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll.setGeometry(self.rect())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.raised)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().tokens.line)
