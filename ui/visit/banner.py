"""Whose chart it is and whether it is saved: always in sight, at the same place on every page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.visit.editing import SaveState
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import BANNER, INSET, RING
from ui.typeface import BODY, NAME, elided, font, metrics
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.dates import age_text, time_text
from ui.widgets.marks import draw_tick, draw_warning

from .flag_pill import FlagPill

GAP, WORD = 24, 5
LEAST_NAME = 110.0
"""What is left of a name when there is no room at all, in px."""
Part = tuple[str, str, str]
"""A label, what counts, and what weakly follows it."""


class Banner(QWidget):
    """Name, birth date, sex and number; problem and visit; open flag; saved; handout, sign."""

    handout_asked = Signal()
    sign_asked = Signal()
    flag_asked = Signal()
    copy_asked = Signal()
    """To keep elsewhere what the record does not take."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(BANNER)
        self.setObjectName("banner")
        self._name = ""
        self._identity: tuple[Part, ...] = ()
        self._course: tuple[str, ...] = ()
        self._saved, self._problem = "", ""
        self.says_saving = False
        """Whether it shows that something is being stored."""
        self.pill = FlagPill(self)
        self.pill.clicked.connect(self.flag_asked)
        self.handout = button_for("handout", _("Handout"), self.handout_asked.emit, parent=self)
        self.sign = button_for("sign", _("Sign"), self.sign_asked.emit, Look.SOLID, self)
        # In the place of the handout, for which there is no record then.
        self.copy = button_for(
            "save_elsewhere", _("Save a copy elsewhere…"), self.copy_asked.emit, parent=self
        )
        self.copy.hide()
        self.can_copy = False
        """Whether whoever sits here can keep a copy elsewhere."""
        self._signable = self._signing = False
        self.sign.hide()
        self.pill.hide()

    # ------------------------------------------------------------------ showing
    def show_patient(self, patient: Patient, number: int, age: int | None) -> None:
        """Show who the chart is about; two of these tell any two patients apart."""
        born = patient.birth_date
        birth = (
            (_("Born"), date_words(born), age_text(age))
            if born
            else (_("Born"), _("Not known"), age_text(age))
        )
        self._name = patient.name
        self._identity = (
            birth,
            ("", "", sex_word(patient.sex)),
            (_("No"), f"{number:06d}", ""),
        )
        self._tell()

    def show_course(self, problem: str, visit: str) -> None:
        """Show what is treated and which visit it is."""
        if (problem, visit) != self._course:
            self._course = (problem, visit)
            self._tell()

    def show_saving(self) -> None:
        """Show that the last change is being stored, and takes its time."""
        self._saved, self._problem, self.says_saving = _("saving…"), "", True
        self._tell()

    def show_saved(self, state: SaveState) -> None:
        """Show when the last change was stored, or in words what keeps it from being stored. While
        one is under way it goes on saying what it says."""
        if state.pending and not state.problem and not self._problem:
            return
        saved = _("saved {time}").format(time=time_text(state.saved_at)) if state.saved_at else ""
        if (saved, state.problem or "") != (self._saved, self._problem):
            self._saved, self._problem, self.says_saving = saved, state.problem or "", False
            self._tell()

    def show_flag(self, words: str) -> None:
        """Show that a flag is open, in words; nothing where none is."""
        self.pill.setVisible(bool(words))
        if words:
            self.pill.setText(words)
        self._dress_sign()
        self._place()

    def show_signable(self, signable: bool, signing: bool = False) -> None:
        """Offer to sign a draft; `signing` says that the passphrase is being asked for."""
        self._signable, self._signing = signable, signing
        self._dress_sign()
        self._place()

    def _dress_sign(self) -> None:
        """Solid where it is what to do next: not over an open flag, nor while it is being done."""
        self.sign.setVisible(self._signable)
        quiet = self._signing or self.pill.isVisibleTo(self)
        self.sign.set_look(Look.PLAIN if quiet else Look.SOLID)

    @property
    def saved_text(self) -> str:
        """What the banner says about saving."""
        if self._problem:
            return _("Not saved yet: {problem}").format(problem=self._problem)
        return self._saved

    def text(self) -> str:
        """The banner as text."""
        identity = (" ".join(part for part in parts if part) for parts in self._identity)
        return ", ".join(
            part for part in (self._name, *identity, *self._course, self.saved_text) if part
        )

    def _tell(self) -> None:
        self.setAccessibleName(self.text())
        self._place()
        self.update()

    # ------------------------------------------------------------------ laying out and painting
    def _place(self) -> None:
        right = self.width() - INSET + RING
        last = self._last_button()
        for button in (self.handout, self.copy):
            button.setVisible(button is last)
        shown = (self.sign, last) if self._signable else (last,)
        for button in shown:
            size = button.sizeHint()
            right -= size.width()
            button.setGeometry(right, (BANNER - size.height()) // 2, size.width(), size.height())
            right -= 8 - 2 * RING
        pill = self.pill.sizeHint()
        at = min(self._identity_end() + GAP, self._saved_left() - pill.width() - 16)
        self.pill.setGeometry(round(at), (BANNER - pill.height()) // 2, pill.width(), pill.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _saved_width(self) -> float:
        most = (260.0 if self.width() > 1200 else 190.0) if self._problem else 160.0
        return min(most, metrics(BODY).horizontalAdvance(self.saved_text) + 18)

    def _saved_left(self) -> float:
        left = self._last_button().x() - 16
        return left - self._saved_width() if self.saved_text else left

    def _last_button(self) -> Button:
        return self.copy if self.can_copy and self._problem else self.handout

    def _identity_end(self) -> float:
        return self._paint_identity(None)

    def _limit(self) -> float:
        limit = self._saved_left() - 16
        return limit - self.pill.width() - 16 if self.pill.isVisibleTo(self) else limit

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.surface)
        painter.fillRect(0, BANNER - 1, self.width(), 1, shown.line)
        self._paint_identity(painter)
        self._paint_saved(painter)

    def _paint_identity(self, painter: QPainter | None) -> float:
        """Draw name, identity and course, or only measure them; gives where they end."""
        name, parts, course = self._fitting()
        shown = theme().tokens
        pen = _Pen(painter, INSET)
        pen.write(name, shown.ink, NAME, bold=True)
        for label, value, weak in parts:
            pen.x += GAP
            pen.write(label, shown.grey)
            pen.x += WORD if label else 0
            pen.write(value, shown.ink, bold=True)
            pen.x += WORD if value and weak else 0
            pen.write(weak, shown.ink)
        if course:
            if painter is not None:
                painter.fillRect(QRectF(pen.x + 20, 16, 1, 20), shown.line)
            pen.x += 40
        for place, text in enumerate(course):
            pen.x += 16 if place else 0
            pen.write(text, shown.ink)
        return pen.x

    def shown(self) -> str:
        """What there is room for, as text."""
        name, parts, course = self._fitting()
        words = (" ".join(word for word in part if word) for part in parts)
        return ", ".join((name, *words, *course))

    def _fitting(self) -> tuple[str, tuple[Part, ...], tuple[str, ...]]:
        """Name, identity and course as far as there is room.

        Birth date and number stay whole whatever happens; the name gives way, and their labels only
        where no more of it can be spared.
        """
        room, whole = self._limit() - INSET, metrics(NAME, True).horizontalAdvance(self._name)
        *labelled, bare = self._variants()
        for parts, course in labelled:
            width = self._width_of(parts, course)
            if whole + width <= room:
                break
        else:
            if LEAST_NAME + width > room:
                parts, course = bare
                width = self._width_of(parts, course)
        name = elided(self._name, max(LEAST_NAME, room - width), NAME, bold=True)
        return name, parts, course

    def _variants(self) -> Iterator[tuple[tuple[Part, ...], tuple[str, ...]]]:
        """Everything; then, for want of room, without the course, sex, age and labels."""
        course = tuple(part for part in self._course if part)
        yield self._identity, course
        yield self._identity, course[-1:]
        yield self._identity, ()
        told_apart = tuple(part for part in self._identity if part[1])
        yield told_apart, ()
        ageless = tuple((label, value, "") for label, value, _weak in told_apart)
        yield ageless, ()
        yield unlabelled(ageless), ()

    def _width_of(self, parts: tuple[Part, ...], course: tuple[str, ...]) -> float:
        return sum(_width(part) + GAP for part in parts) + self._course_width(course)

    @staticmethod
    def _course_width(course: tuple[str, ...]) -> float:
        words = sum(metrics(BODY).horizontalAdvance(text) for text in course)
        return words + 40 + 16 * (len(course) - 1) if course else 0.0

    def _paint_saved(self, painter: QPainter) -> None:
        text = self.saved_text
        if not text:
            return
        shown, left = theme().tokens, self._saved_left()
        if self._problem:
            draw_warning(painter, QPointF(left + 6, 26), shown.danger, shown.surface)
        elif not self.says_saving:
            draw_tick(painter, QPointF(left + 6, 26), shown.ink2)
        painter.setFont(font(BODY))
        painter.setPen(shown.danger if self._problem else shown.grey)
        room = self._saved_width() - 18
        lines = _two_lines(text, room) if self._problem else (elided(text, room),)
        top = 26 - 9 * len(lines)
        for place, line in enumerate(lines):
            box = QRectF(left + 18, top + 18 * place, room + 2, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line)


def unlabelled(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Birth date and number alone: where words are long, they say themselves what they are."""
    return tuple(("", value, "") for _label, value, _weak in parts)


class _Pen:
    """Writes one piece of text after the other on the banner's line, or only measures it."""

    def __init__(self, painter: QPainter | None, x: float) -> None:
        self._painter = painter
        self.x = x

    def write(self, text: str, color: QColor, size: int = BODY, bold: bool = False) -> None:
        if not text:
            return
        measured = metrics(size, bold)
        if self._painter is not None:
            self._painter.setFont(font(size, bold))
            self._painter.setPen(QPen(color))
            self._painter.drawText(QPointF(self.x, 26 + measured.capHeight() / 2), text)
        self.x += measured.horizontalAdvance(text)


def _width(part: Part) -> float:
    """Width of a label, a value and what weakly follows it, in px."""
    label, value, weak = part
    words = metrics(BODY).horizontalAdvance(label) + metrics(BODY).horizontalAdvance(weak)
    gaps = WORD * (bool(label) + bool(value and weak))
    return words + metrics(BODY, True).horizontalAdvance(value) + gaps


def _two_lines(text: str, width: float) -> tuple[str, ...]:
    """The text on two lines at most, the second cut where it is longer."""
    words, first = text.split(), ""
    while words and text_fits(f"{first} {words[0]}".strip(), width):
        first = f"{first} {words.pop(0)}".strip()
    return tuple(line for line in (first, elided(" ".join(words), width)) if line)


def text_fits(text: str, width: float) -> bool:
    """Whether a text fits a width in body size."""
    return metrics(BODY).horizontalAdvance(text) <= width


def sex_word(sex: str | None) -> str:
    """The recorded sex in words."""
    words = {"female": _("female"), "male": _("male"), "other": _("other")}
    return words.get(sex or "", _("sex not known"))
