"""The charts of the body of a course, side by side, with one legend for all of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.papers import BodyPicture, BodyPictures, LegendEntry
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import BETWEEN, RADIUS, RING, TEXT_LINE
from ui.typeface import BODY, CAPTION, HEADING, baseline, font, text_width, wrapped
from ui.widgets.accessibility import Described, install_interfaces
from ui.widgets.drawing import draw_ring
from ui.widgets.figure_view import chart_color, paint_figure
from ui.widgets.labels import Label

LEAST: Final = 216
"""Width of the narrowest chart."""
MOST: Final = 4
GAP: Final = BETWEEN
_HIGH: Final = 300
_HEAD: Final = 28
_EDGE: Final = 12


class BodyCharts(QWidget):
    """Where it hurt over the visits. Nothing is shown where no visit said so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(size=HEADING, bold=True)
        self._note = Label(tone="ink2")
        self._note.setWordWrap(True)
        self.legend = Legend()
        self._cells = QWidget()
        self.charts: list[BodyVisit] = []
        self._shown: BodyPictures | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(BETWEEN)
        words = QVBoxLayout()
        words.setContentsMargins(RING, 0, RING, 0)
        words.setSpacing(BETWEEN)
        for widget in (self._title, self._note, self.legend):
            words.addWidget(widget)
        column.addLayout(words)
        column.addWidget(self._cells)

    def show_pictures(self, content: BodyPictures) -> None:
        """Show these charts; what has not changed keeps the keyboard."""
        if content == self._shown:
            return
        self._shown = content
        self.setVisible(bool(content.pictures))
        self._title.setText(content.title)
        self._note.setText(content.note)
        self._note.setVisible(bool(content.note))
        self.legend.show_entries(content.legend)
        while len(self.charts) > len(content.pictures):
            gone = self.charts.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.charts) < len(content.pictures):
            self.charts.append(BodyVisit(self._cells))
            self.charts[-1].show()
        for chart, picture in zip(self.charts, content.pictures, strict=True):
            chart.show_picture(picture)
        for before, after in zip(self.charts, self.charts[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.width()
        across = max(1, min(MOST, (width + GAP) // (LEAST + GAP)))
        wide = (width - GAP * (across - 1)) // across
        top = 0
        for start in range(0, len(self.charts), across):
            row = self.charts[start : start + across]
            high = max(chart.height_in(wide) for chart in row)
            for place, chart in enumerate(row):
                chart.setGeometry(place * (wide + GAP), top, wide, high)
            top += high + GAP
        self._cells.setFixedHeight(max(0, top - GAP))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()


class BodyVisit(Described):
    """The chart of one visit with its words below; the words are also its accessible name."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_interfaces()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture: BodyPicture | None = None

    def show_picture(self, picture: BodyPicture) -> None:
        """Show the chart of a visit."""
        self.picture = picture
        said = ". ".join(part for part in (picture.title, *self._texts()) if part)
        self.setAccessibleName(said)
        labels = dict.fromkeys(label.text for label in picture.drawing.labels)
        self.setAccessibleDescription(". ".join((picture.drawing.description, *labels)).strip())
        self.update()

    def _texts(self) -> tuple[str, ...]:
        if self.picture is None:
            return ()
        sides = (f"{fact.label}: {fact.text}" for fact in self.picture.sides)
        return tuple(text for text in (*sides, self.picture.change) if text)

    def _lines(self, width: int) -> list[tuple[str, bool]]:
        """The words below the figure, each with whether it says what changed."""
        changed = self.picture.change if self.picture is not None else ""
        return [
            (line, text == changed)
            for text in self._texts()
            for line in wrapped(text, width - 2 * _EDGE, CAPTION)
        ]

    def height_in(self, width: int) -> int:
        """How high it is at a width."""
        return _HEAD + _HIGH + len(self._lines(width)) * TEXT_LINE + _EDGE

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None:
            return
        shown = theme().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        painter.setPen(QPen(shown.line, 1))
        painter.setBrush(shown.surface)
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self.hasFocus():
            draw_ring(painter, whole, shown.accent)
        painter.setFont(font(BODY, True))
        painter.setPen(shown.ink)
        painter.drawText(QPointF(_EDGE, RING + baseline(_HEAD)), self.picture.title)
        place = QRectF(_EDGE, _HEAD + 2, self.width() - 2 * _EDGE, _HIGH - 10)
        paint_figure(painter, self.picture.drawing, place, colors=chart_color)
        y: float = _HEAD + _HIGH
        painter.setFont(font(CAPTION))
        for line, changed in self._lines(self.width()):
            painter.setPen(shown.ink if changed else shown.ink2)
            painter.drawText(QPointF(_EDGE, y + baseline(TEXT_LINE, CAPTION)), line)
            y += TEXT_LINE
        painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


_SAMPLE_WIDE: Final = 24.0
_SAMPLE_HIGH: Final = 15.0
_ENTRY: Final = 18.0


class Legend(QWidget):
    """Patterns with their meaning, in as many lines as there must be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[LegendEntry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entries(self, entries: tuple[LegendEntry, ...]) -> None:
        """Show these patterns."""
        self._entries = entries
        said = ", ".join(entry.words for entry in entries)
        self.setAccessibleName(_("Legend: {words}").format(words=said))
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[QPointF]:
        x = y = 0.0
        places = []
        for entry in self._entries:
            wide = _SAMPLE_WIDE + 6 + text_width(entry.words, CAPTION)
            if x and x + wide > width:
                x, y = 0.0, y + 22
            places.append(QPointF(x, y))
            x += wide + _ENTRY
        return places

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return round(places[-1].y()) + 22 if places else 0

    @override
    def sizeHint(self) -> QSize:
        return QSize(LEAST, self.heightForWidth(self.width() or LEAST))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, at in zip(self._entries, self._places(self.width()), strict=True):
            sample = QRectF(at.x() + 0.5, at.y() + 3, _SAMPLE_WIDE - 1, _SAMPLE_HIGH)
            paint_figure(painter, entry.sample, sample, colors=chart_color)
            painter.setFont(font(CAPTION))
            painter.setPen(theme().tokens.ink2)
            base = at.y() + baseline(22, CAPTION)
            painter.drawText(QPointF(at.x() + _SAMPLE_WIDE + 6, base), entry.words)
        painter.end()
