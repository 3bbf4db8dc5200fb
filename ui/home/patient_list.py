"""Rows of found patients, with the typed letters marked and look-alike names pointed out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.stored import DraftSummary, PatientSummary
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _, ngettext
from ui.style import theme
from ui.typeface import BODY, CAPTION, HEADING, baseline, elided, font, metrics
from ui.visit.banner import sex_word
from ui.widgets.card_list import INSET, RowDelegate
from ui.widgets.dates import age_text
from ui.widgets.marks import draw_warning
from ui.widgets.matching import differing, look_alikes, matched

COLUMNS: Final = (16, 248, 408, 486, 568)
"""Left edges of name, birth date, sex, number and problem in a list 784 wide."""
VISIT, SINCE = 64, 72
"""Least widths of the columns that name a visit and since when it waits, in px."""
NAME = 144
"""Left edge of the birth dates where there is little room, in px."""
FULL = 784
LAST = 100
"""Width of the last column in a narrow list, in px."""
LINE = 20
"""Height of the problem under a name, in px."""


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One found patient."""

    summary: PatientSummary
    typed: str
    today: dt.date
    twin: str = ""
    """The name on screen that is easily taken for this one."""
    can_open: bool = True

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        return ", ".join(part for part in (self.summary.patient.name, *self.columns) if part)

    @property
    def columns(self) -> tuple[str, str, str, str, str]:
        """Birth date with age, sex, number, problem, last visit."""
        patient = self.summary.patient
        seen = self.summary.last_visit
        return (
            birth_words(patient, self.today),
            sex_word(patient.sex) if patient.sex else "",
            f"{self.summary.number:06d}",
            problem_words(self.summary.problem),
            date_words(seen) if seen else _("no visit yet"),
        )


@dataclass(frozen=True, slots=True)
class MixUpRow:
    """A warning below two names that are easily mixed up."""

    first: str
    second: str
    can_open: bool = False

    @property
    def spoken(self) -> str:
        """The warning."""
        if self.first.casefold() == self.second.casefold():
            said = _("Two patients are called {name}. Check the birth date before you open.")
            return said.format(name=self.first)
        said = _("{first} and {second} are easily mixed up. Check the birth date before you open.")
        return said.format(first=self.first, second=self.second)


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Stands above those who are not called as was typed, only nearly."""

    typed: str
    can_open: bool = False

    @property
    def spoken(self) -> str:
        """What the rows below are."""
        return _("Nobody is called “{typed}”. These names are near it:").format(typed=self.typed)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One visit that nobody has signed, or to which an addendum was begun."""

    draft: DraftSummary
    today: dt.date
    can_open: bool = True

    @property
    def columns(self) -> tuple[str, str, str]:
        """Name, visit, and since when."""
        days = (self.today - self.draft.date).days
        since = ngettext("{n} day", "{n} days", days).format(n=days) if days > 0 else _("today")
        words = _("addendum to visit {n}") if self.draft.addendum else _("visit {n}")
        visit = words.format(n=self.draft.visit_ordinal)
        return self.draft.patient.name, visit, since

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        return ", ".join(self.columns)


def patient_rows(
    found: tuple[PatientSummary, ...], typed: str, today: dt.date
) -> tuple[PatientRow | MixUpRow | AlikeRow, ...]:
    """Rows for what was found, each pair of look-alikes with its warning below the second name."""
    pairs = look_alikes(tuple(summary.patient.name for summary in found))
    rows: list[PatientRow | MixUpRow | AlikeRow] = []
    if found and found[0].alike:
        rows.append(AlikeRow(typed))
    twins = {one: found[other].patient.name for pair in pairs for one, other in (pair, pair[::-1])}
    for place, summary in enumerate(found):
        rows.append(PatientRow(summary, typed, today, twins.get(place, "")))
        earlier = next((first for first, second in pairs if second == place), None)
        if earlier is not None:
            rows.append(MixUpRow(found[earlier].patient.name, summary.patient.name))
    return tuple(rows)


def birth_words(patient: Patient, today: dt.date) -> str:
    """Birth date and age, or what is known of them."""
    age = patient.age_on(today)
    if patient.birth_date is not None:
        return f"{date_words(patient.birth_date)} {age_text(age)}"
    return age_text(age) if age is not None else _("birth date not known")


def problem_words(side: str | None) -> str:
    """What is treated, from the charted side."""
    words = {
        "right": _("right hamstring"),
        "left": _("left hamstring"),
        "both": _("both hamstrings"),
    }
    return words.get(side or "", "")


class PatientDelegate(RowDelegate):
    """Paints found patients in columns, and the warnings between them."""

    @override
    def height_of(self, row: object) -> int:
        return 28 if isinstance(row, MixUpRow | AlikeRow) else self.height

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if isinstance(row, MixUpRow):
            _paint_mix_up(painter, box, row)
        elif isinstance(row, AlikeRow):
            _write(painter, box, INSET, box.width() - INSET, row.spoken, theme().tokens.ink2)
        elif isinstance(row, PatientRow):
            _paint_patient(painter, box, row)


def is_narrow(width: int) -> bool:
    """Whether a list of a width has no column for the problem: it then stands under the name."""
    return width < FULL - (COLUMNS[1] - NAME)


def column_edges(width: int) -> tuple[int, ...]:
    """Left edges of the columns in a list of a width: the name gives way first, for the birth date
    is what tells two of one name apart. In a narrow list the last edge is that of the last visit.
    """
    if is_narrow(width):
        moved = width - INSET - LAST - COLUMNS[4]
        return (COLUMNS[0], *(edge + moved for edge in COLUMNS[1:]))
    gives = max(0, FULL - width)
    return (COLUMNS[0], *(edge - gives for edge in COLUMNS[1:]))


def _paint_patient(painter: QPainter, box: QRect, row: PatientRow) -> None:
    shown = theme().tokens
    edges = (*column_edges(box.width()), box.width() - INSET)
    born, sex, number, problem, seen = row.columns
    first = box
    if problem and is_narrow(box.width()):
        first = box.adjusted(0, 3, 0, 3 - LINE)
        under = QRect(box.left(), first.bottom() + 1, box.width(), LINE - 4)
        _write(painter, under, edges[0], edges[1] - 10, problem, shown.ink2, CAPTION)
        problem = ""
    _paint_name(painter, first, edges[0], edges[1] - 10, row)
    date, _space, age = born.partition(" (")
    end = _marked(painter, box, edges[1], edges[2] - 6, date, row.typed, BODY)
    if age:
        _write(painter, box, end + 5, edges[2] - 6, f"({age}", shown.grey)
    _write(painter, box, edges[2], edges[3] - 6, sex, shown.ink2)
    _marked(painter, box, edges[3], edges[4] - 6, number, row.typed, BODY, shown.ink2)
    wide = metrics(BODY).horizontalAdvance(seen)
    _write(painter, box, edges[4], edges[5] - wide - 8, problem, shown.ink2)
    _write(painter, box, edges[5] - wide, edges[5] + 2, seen, shown.ink2)


def _paint_name(painter: QPainter, box: QRect, left: int, right: int, row: PatientRow) -> None:
    name = row.summary.patient.name
    if row.twin:
        _mark_twin(painter, box, left, right, name, row)
    _marked(painter, box, left, right, name, row.typed, HEADING)


def _write(
    painter: QPainter, box: QRect, left: float, right: float, text: str, color: QColor,
    size: int = BODY, bold: bool = False,
) -> float:  # fmt: skip
    """Write one column, cut where it is too narrow; gives where the text ends."""
    said = elided(text, right - left, size, bold)
    painter.setFont(font(size, bold))
    painter.setPen(color)
    painter.drawText(QPointF(box.left() + left, box.top() + baseline(box.height(), size)), said)
    return left + metrics(size, bold).horizontalAdvance(said)


def _marked(
    painter: QPainter, box: QRect, left: float, right: float, text: str, typed: str, size: int,
    color: QColor | None = None,
) -> float:  # fmt: skip
    """Write a text with the typed letters bold and underlined in the accent."""
    shown = theme().tokens
    done, x = 0, left
    for start, end in matched(text, typed):
        if start < done:
            continue
        x = _write(painter, box, x, right, text[done:start], color or shown.ink, size)
        begin = x
        x = _write(painter, box, x, right, text[start:end], shown.ink, size, bold=True)
        base = box.top() + baseline(box.height(), size)
        painter.fillRect(
            round(box.left() + begin), round(base) + 4, round(x - begin), 2, shown.accent
        )
        done = end
    return _write(painter, box, x, right, text[done:], color or shown.ink, size)


def _mark_twin(
    painter: QPainter, box: QRect, left: float, right: float, name: str, row: PatientRow
) -> None:
    """Lay a ground and a line under the letters by which a name differs from its twin."""
    shown, bold = theme().tokens, matched(name, row.typed)

    def wide(end: int) -> float:
        """How far a name reaches up to a letter; typed letters are bold."""
        typed = {n for start, stop in bold for n in range(start, min(stop, end))}
        heavy = "".join(name[n] for n in sorted(typed))
        plain = "".join(name[n] for n in range(end) if n not in typed)
        width = metrics(HEADING).horizontalAdvance(plain)
        return width + metrics(HEADING, True).horizontalAdvance(heavy)

    base = box.top() + baseline(box.height(), HEADING)
    for start, end in differing(name, row.twin):
        x, past = left + wide(start), min(right, left + wide(end))
        if past > x:
            letters = QRectF(box.left() + x, base - 15, past - x, 20)
            painter.fillRect(letters, shown.caution_tint)
            painter.fillRect(QRectF(letters.left(), base + 4, letters.width(), 2), shown.caution)


def _paint_mix_up(painter: QPainter, box: QRect, row: MixUpRow) -> None:
    shown = theme().tokens
    painter.fillRect(box, shown.caution_tint)
    middle = QPointF(box.left() + 22, box.center().y() + 0.5)
    draw_warning(painter, middle, shown.caution, shown.caution_tint)
    _write(painter, box, 36, box.width() - INSET, row.spoken, shown.caution)


class DraftDelegate(RowDelegate):
    """Paints unsigned visits."""

    height = 40

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if not isinstance(row, DraftRow):
            return
        shown = theme().tokens
        name, visit, since = row.columns
        right = box.width() - INSET
        old = row.draft.date < row.today
        wide = metrics(BODY, old).horizontalAdvance(since)
        start = right - max(wide, SINCE) - 24 - max(VISIT, metrics(BODY).horizontalAdvance(visit))
        _write(painter, box, INSET, start - 8, name, shown.ink, HEADING)
        _write(painter, box, start, right - wide - 8, visit, shown.ink2)
        color = shown.ink if old else shown.ink2
        _write(painter, box, right - wide, right + 2, since, color, bold=old)
