"""The patient's sheet before it is printed: the pages of the very PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.translation import _

from .chart import OpenChart
from .dates import day_text
from .forms.buttons import Button, Look
from .forms.scrolling import SlimScrollArea
from .forms.segments import SegmentedInput
from .forms.words import Option
from .labels import Ground, Label
from .pdf_pages import page_images, page_texts
from .printing import print_pages
from .sheet import Sheet, keep_sheet, make_sheet, proposed_name, save_sheet
from .style import theme
from .tokens import BANNER, INSET, RING
from .typeface import TITLE

MOST_WIDTH = 860
"""A page is not drawn wider than this, in px: larger than paper helps nobody."""
GAP = 24
SHARPNESS = 2.0
"""Dots a point when a page is rendered; then it is scaled to the window."""


class HandoutPreview(QWidget):
    """Shows, saves and prints the sheet; what leaves is kept in the record."""

    closed = Signal()

    def __init__(self, chart: OpenChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handout_preview")
        self._chart = chart
        self.sheet: Sheet | None = None
        self.paper = SegmentedInput(_papers(), parent=self)
        self.paper.setObjectName("paper")
        self.paper.setAccessibleName(_("Paper"))
        self.paper.setFixedSize(132 + 2 * RING, 28 + 2 * RING)
        self.paper.show_value("a4")
        self.paper.edited.connect(lambda _paper: self.make())
        self.save = Button(_("Save as…"), parent=self)
        self.save.setObjectName("save_handout")
        self.save.clicked.connect(self._ask_where)
        self.print = Button(_("Print"), Look.SOLID, parent=self)
        self.print.setObjectName("print_handout")
        self.print.clicked.connect(self._ask_printer)
        self._back = Button(_("Back"), parent=self)
        self._back.clicked.connect(self.closed)
        self.note = Label(tone="ink2", parent=self)
        self.note.setWordWrap(True)
        self._why = Label(_withheld_title(), TITLE, bold=True, tone="danger")
        self.reason = Label(parent=self)
        self._pages = _Pages()
        self._arrange()
        self.make()

    def _arrange(self) -> None:
        head = Ground("surface", parent=self)
        head.setFixedHeight(BANNER)
        line = QHBoxLayout(head)
        line.setContentsMargins(INSET, 0, INSET - RING, 0)
        line.setSpacing(8)
        visit = self._chart.model.visit
        line.addWidget(Label(_("Home plan"), TITLE, bold=True))
        line.addWidget(
            Label(
                f"{self._chart.patient.name}, No {self._chart.number:06d}, "
                + _("visit of {day}").format(day=day_text(visit.date)),
                tone="ink2",
            )
        )
        line.addWidget(self.note, 1)
        for widget in (self.paper, self._back, self.save, self.print):
            line.addWidget(widget)
        self._withheld = QWidget(self)
        said = QVBoxLayout(self._withheld)
        said.setContentsMargins(48, 48, 48, 48)
        said.setSpacing(8)
        self.reason.setWordWrap(True)
        said.addWidget(self._why)
        said.addWidget(self.reason)
        said.addWidget(Label(_("Esc goes back to the visit."), tone="grey"))
        said.addStretch(1)
        self._scroll = SlimScrollArea(QPalette.ColorRole.Window, self)
        self._scroll.setWidget(self._pages)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._withheld, 1)
        column.addWidget(self._scroll, 1)

    def take_focus(self) -> None:
        """Give the keyboard to what is to be done next."""
        (self.print if self.sheet else self._back).setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ making
    def make(self) -> None:
        """Make the sheet of the visit as it stands, or say why there is none."""
        paper = str(self.paper.value() or "a4")
        try:
            self.sheet = make_sheet(self._chart, paper)
        except ChartError as problem:
            self._show_withheld(str(problem))
            return
        self._withheld.hide()
        self._scroll.show()
        self.save.setEnabled(True)
        self.print.setEnabled(True)
        self._pages.show_pages(page_images(self.sheet.content, SHARPNESS))
        words = "\n".join(page_texts(self.sheet.content))
        self.setAccessibleName(_("The patient's sheet"))
        self.setAccessibleDescription(words)
        count = len(self._pages.images)
        if not self._chart.model.visit.plan:
            self.note.setText(_("No plan chosen yet: this is what the rules suggest."))
        else:
            self.note.setText("" if count == 1 else _("{n} pages").format(n=count))

    def _show_withheld(self, reason: str) -> None:
        self.sheet = None
        self.reason.setText(reason)
        self.setAccessibleName(_withheld_title())
        self.setAccessibleDescription(reason)
        self._withheld.show()
        self._scroll.hide()
        self.note.setText("")
        self.save.setEnabled(False)
        self.print.setEnabled(False)

    def text(self) -> str:
        """The words of the sheet, or why there is none."""
        return self.accessibleDescription()

    # ------------------------------------------------------------------ leaving the house
    def _ask_where(self) -> None:
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(places)
        proposed = str(Path(folder) / proposed_name(self._chart))
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as"), proposed, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the sheet to a file, keep it in the record, and say so."""
        if self.sheet is None:
            return
        try:
            save_sheet(self._chart, self.sheet, path)
        except ChartError as problem:
            self._say(str(problem), bad=True)
        else:
            self._say(_("Saved, and kept in the record."))

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet, keep it in the record, and say so."""
        if self.sheet is None:
            return
        if not print_pages(printer, self.sheet):
            self._say(_("The printer did not take the pages; nothing was kept."), bad=True)
            return
        try:
            keep_sheet(self._chart, self.sheet)
        except ChartError as problem:
            self._say(_("Printed, but not kept: {problem}").format(problem=problem), bad=True)
        else:
            self._say(_("Printed, and kept in the record."))

    def _say(self, words: str, bad: bool = False) -> None:
        self.note.set_tone("danger" if bad else "ink2")
        self.note.setText(words)


class _Pages(QWidget):
    """The pages below each other, as wide as the window allows."""

    def __init__(self) -> None:
        super().__init__()
        self.images: tuple[QImage, ...] = ()

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show other pages."""
        self.images = images
        self._fit()
        self.update()

    def _width(self) -> int:
        return max(200, min(MOST_WIDTH, self.width() - 2 * GAP))

    def _boxes(self) -> list[QRect]:
        boxes, top, width = [], GAP, self._width()
        for image in self.images:
            height = round(width * image.height() / max(1, image.width()))
            boxes.append(QRect((self.width() - width) // 2, top, width, height))
            top += height + GAP
        return boxes

    def _fit(self) -> None:
        boxes = self._boxes()
        self.setMinimumHeight(boxes[-1].bottom() + GAP if boxes else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(MOST_WIDTH, self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(theme().tokens.edge, 1))
        for box, image in zip(self._boxes(), self.images, strict=True):
            if box.intersects(event.rect()):
                painter.drawImage(box, image)
                painter.drawRect(box.adjusted(-1, -1, 0, 0))


def _withheld_title() -> str:
    """Heading in place of pages."""
    return _("Not printed now")


def _papers() -> tuple[Option, ...]:
    return (Option("a4", "A4", "A4", "a"), Option("letter", "Letter", "US Letter", "l"))
