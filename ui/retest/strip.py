"""The strip under the form: signs to follow, and what the last treatment did to each of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import INSET, LABEL_X, RETEST, RIGHT_X, RING, Tokens
from ui.typeface import BODY, CAPTION, HEADING, draw_text, elided, metrics, text_width, wrapped
from ui.widgets.buttons import Button, Look, draw_key_cap, key_cap_width
from ui.widgets.marks import draw_arrow, stroke_pen

from .lines import paint_verdict_sign
from .reading import ShownRetest

KEY = "Ctrl+R"
GAUGE, HALF_BAND, FURTHEST = 104, 18.0, 48.0
"""Width of the drawn error, half its band, and how far from the middle the mark may stand, px."""
VERDICT, WIDEST_VERDICT = 216, 320
"""Width of the words at the right end, in px."""
_LINE, _FIRST = 24, 8
"""Height of a sign's line where there are several, and where the first begins."""
_FOOT = 28
"""Room for the links below several lines."""
_NUMBERS_X, _VERDICT_X = 352, 492


@dataclass(frozen=True, slots=True)
class WaitingSign:
    """A chosen sign that was not taken again yet."""

    name: str
    value: str
    """As charted today; empty where it was not measured."""
    unit: str


class RetestStrip(QWidget):
    """Sign, before, treatment, after, the error as a band, and the verdict in words."""

    again_asked = Signal()
    """The signs are to be taken again, or chosen where there are none."""
    signs_asked = Signal()
    """Other signs are to be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("retest_strip")
        self._shown: tuple[ShownRetest, ...] = ()
        self._signs: tuple[WaitingSign, ...] = ()
        self._carried: tuple[str, ...] = ()
        self._count = 0
        self._locked = False
        self.again = self._link("retest_again", _("Take the signs again"))
        self.signs = self._link("retest_choose_signs", _("Choose the signs to take again"))
        self.again.clicked.connect(self.again_asked)
        self.signs.clicked.connect(self.signs_asked)

    def _link(self, name: str, spoken: str) -> Button:
        made = Button("", Look.LINK, 20, self)
        made.setObjectName(name)
        made.setAccessibleName(spoken)
        return made

    def show_visit(
        self, shown: tuple[ShownRetest, ...], count: int, signs: tuple[WaitingSign, ...],
        carried: tuple[str, ...], locked: bool,
    ) -> None:  # fmt: skip
        """Show the last treatment's retests of `count` in all, else the signs that wait, else those
        that were followed last time."""
        now = (shown, count, signs, carried, locked)
        before = (self._shown, self._count, self._signs, self._carried, self._locked)
        if now == before and self.accessibleName():
            return
        self._shown, self._count, self._signs, self._carried, self._locked = now
        self.again.setText(_("again") if shown else _("take again") if signs else _("choose"))
        self.signs.setText(_("signs"))
        self.again.setVisible(not locked)
        self.signs.setVisible(not locked and bool(signs))
        self.setAccessibleName(self.text())
        self._place()
        self.update()

    def _count_words(self) -> str:
        many = self._count > max(1, len(self._shown))
        return _("last of {n}").format(n=self._count) if many else _("this visit")

    @property
    def is_wanted(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._shown or self._signs or self._carried)

    def wanted_height(self) -> int:
        """Its height in px: one sign as a whole, several a line each."""
        return RETEST if len(self._shown) < 2 else _FIRST + _LINE * len(self._shown) + _FOOT

    def text(self) -> str:
        """The strip as text."""
        if self._shown:
            said = ". ".join((*(retest.plain for retest in self._shown), self._count_words()))
        elif self._signs:
            said = _waiting_words(self._signs)
        elif self._carried:
            said = _carried_words(self._carried)
        else:
            said = _("Take a sign before and after one treatment; it is judged here.")
        return _("Retest: {said}").format(said=said)

    # ------------------------------------------------------------------ layout
    def _place(self) -> None:
        right = self.width() - INSET - round(key_cap_width(KEY)) - 4 + RING
        middle = self._link_middle()
        for link in (self.again, self.signs):
            size = link.sizeHint()
            if link is self.signs and len(self._shown) == 1:
                # Beside the strip's own name: the words of the verdict need the room.
                right, middle = RIGHT_X - 8, 20
            right -= size.width()
            link.setGeometry(right, middle - size.height() // 2, size.width(), size.height())

    def _link_middle(self) -> int:
        if len(self._shown) > 1:
            return self.height() - _FOOT // 2 - 1
        return self.height() // 2 + (9 if self._shown else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # ------------------------------------------------------------------ painting
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.surface)
        painter.fillRect(0, 0, self.width(), 1, shown.edge)
        if not self._locked:
            middle = self.again.geometry().center().y() + 1
            draw_key_cap(painter, self.width() - INSET - key_cap_width(KEY), middle, KEY, shown)
        _write(painter, LABEL_X, 11 if len(self._shown) < 2 else 9, _("Retest"), shown, "ink",
               HEADING, bold=True)  # fmt: skip
        if not self._shown:
            self._paint_waiting(painter, shown)
        elif len(self._shown) == 1:
            _write(painter, LABEL_X, 31, self._count_words(), shown, "grey", CAPTION)
            self._paint_numbers(painter, self._shown[0], shown)
            self._paint_verdict(painter, self._shown[0], shown)
        else:
            self._paint_lines(painter, shown)

    @property
    def _links_x(self) -> int:
        return (self.signs if self._signs and len(self._shown) != 1 else self.again).x()

    def _paint_waiting(self, painter: QPainter, shown: Tokens) -> None:
        """The signs that wait for a treatment, or what was followed last time, in grey."""
        room = self._links_x - RIGHT_X - 8
        if not self._signs:
            words = elided(_carried_words(self._carried), room)
            _write(painter, LABEL_X, 31, _("last time"), shown, "grey", CAPTION)
            _write(painter, RIGHT_X, 19, words, shown, "grey")
            return
        _write(painter, LABEL_X, 31, _("signs to follow"), shown, "grey", CAPTION)
        lines = wrapped(_waiting_words(self._signs), room)
        for place, line in enumerate(lines[:2]):
            top = (10 if len(lines) > 1 else 19) + 18 * place
            _write(painter, RIGHT_X, top, elided(line, room), shown, "ink2")

    # ---- several signs after one treatment
    def _paint_lines(self, painter: QPainter, shown: Tokens) -> None:
        first, room = self._shown[0], RIGHT_X - LABEL_X - 8
        treatment = wrapped(first.treatment, room, CAPTION)[:2]
        given = wrapped(first.given, room, CAPTION)[:1] if first.given else ()
        for place, line in enumerate((*treatment, *given)):
            words = elided(line, room, CAPTION)
            _write(painter, LABEL_X, 29 + 16 * place, words, shown, "ink2", CAPTION)
        if self._count > len(self._shown):
            more = _("last of {n}").format(n=self._count)
            _write(painter, RIGHT_X, self.height() - 24, more, shown, "grey", CAPTION)
        for place, retest in enumerate(self._shown):
            self._paint_line(painter, retest, _FIRST + place * _LINE, shown)

    def _paint_line(self, painter: QPainter, retest: ShownRetest, y: int, shown: Tokens) -> None:
        sign = elided(retest.sign, _NUMBERS_X - RIGHT_X - 12)
        _write(painter, RIGHT_X, y + 2, sign, shown, "ink2")
        if retest.before:
            x = float(_NUMBERS_X)
            _write(painter, x, y + 2, retest.before, shown, "ink", HEADING, bold=True)
            x += text_width(retest.before, HEADING, True)
            draw_arrow(painter, QPointF(x + 13, y + 11), shown.ink2)
            self._number(painter, x + 26, retest.after, retest.unit, shown, y + 2)
        tone = "caution" if retest.verdict == "worse" else "ink"
        paint_verdict_sign(painter, QPointF(_VERDICT_X + 5, y + 11), retest.verdict, shown)
        said = retest.said_short
        _write(painter, _VERDICT_X + 18, y + 2, said, shown, tone, bold=True)
        x = _VERDICT_X + 18 + text_width(said, BODY, True) + 10
        detail = ", ".join(part for part in (retest.detail, retest.error) if part)
        detail = elided(detail, self.width() - INSET - x, CAPTION)
        _write(painter, x, y + 2, detail, shown, "grey", CAPTION)

    # ---- one sign
    @property
    def _verdict_x(self) -> float:
        # What it says in small letters stands before the links, whichever language they are in.
        end = self.width() - INSET
        detail = metrics(CAPTION).horizontalAdvance(self._shown[0].detail) + 26
        return end - max(VERDICT, min(detail + end - self._links_x, WIDEST_VERDICT))

    def _paint_numbers(self, painter: QPainter, retest: ShownRetest, shown: Tokens) -> None:
        end = self._verdict_x - 24 - (GAUGE + 16 if retest.error else 0)
        sign = elided(retest.sign, end - RIGHT_X)
        _write(painter, RIGHT_X, 10, sign, shown, "ink2")
        x = float(RIGHT_X)
        if not retest.before:
            _write(painter, x, 29, elided(retest.treated, end - x), shown, "ink")
            return
        after = 28 + text_width(retest.after, HEADING, True) + 5 + text_width(retest.unit)
        before = x + text_width(retest.before, HEADING, True) + 5 + 28
        room = end - after - before
        whole = room - text_width(retest.unit, CAPTION)
        # Where room is short the unit stands once, behind the value after.
        unit = retest.unit if _treated_lines(retest.treated, whole) is not None else ""
        x = self._number(painter, x, retest.before, unit, shown)
        draw_arrow(painter, QPointF(x + 14, 38), shown.ink2)
        x += 28
        x = self._paint_treatment(painter, x, whole if unit else room, retest.treated, shown)
        draw_arrow(painter, QPointF(x + 14, 38), shown.ink2)
        self._number(painter, x + 28, retest.after, retest.unit, shown)
        if retest.error:
            self._paint_gauge(painter, end + 16, retest, shown)

    @staticmethod
    def _paint_treatment(
        painter: QPainter, x: float, room: float, treated: str, shown: Tokens
    ) -> float:
        """What was done, in small letters on two lines where one is too short; gives its end."""
        if text_width(treated) <= room:
            _write(painter, x, 29, treated, shown, "ink")
            return x + text_width(treated)
        words = _treated_lines(treated, room)
        if words is None:
            first, *more = wrapped(treated, room, CAPTION)
            words = tuple(elided(line, room, CAPTION) for line in (first, " ".join(more)))
        draw_text(painter, x, 26 if len(words) > 1 else 29, words, shown.ink, CAPTION, line=14)
        return x + max(text_width(line, CAPTION) for line in words)

    @staticmethod
    def _number(
        painter: QPainter, x: float, number: str, unit: str, shown: Tokens, y: float = 29
    ) -> float:
        _write(painter, x, y, number, shown, "ink", HEADING, bold=True)
        x += text_width(number, HEADING, True) + 5
        _write(painter, x, y, unit, shown, "grey", CAPTION)
        return x + text_width(unit, CAPTION)

    @staticmethod
    def _paint_gauge(painter: QPainter, x: float, retest: ShownRetest, shown: Tokens) -> None:
        """The error as a band round the value before, and where the value after stands."""
        _write(painter, x, 7, elided(retest.error, GAUGE, CAPTION), shown, "grey", CAPTION)
        middle, y = x + GAUGE / 2, 37.0
        # Light, with an edge of its own: the mark must stand out from it in each scheme.
        painter.setPen(QPen(shown.line, 1))
        painter.setBrush(shown.hover)
        painter.drawRect(QRectF(middle - HALF_BAND + 0.5, y - 5.5, 2 * HALF_BAND - 1, 11))
        painter.setPen(QPen(shown.edge, 1))
        painter.drawLine(QPointF(x, y), QPointF(x + GAUGE, y))
        painter.setPen(stroke_pen(shown.ink2, 1.5))
        painter.drawLine(QPointF(middle, y - 8), QPointF(middle, y + 8))
        at = max(-FURTHEST, min(FURTHEST, retest.change * HALF_BAND))
        painter.setPen(QPen(shown.surface, 1))
        painter.setBrush(shown.ink)
        painter.drawEllipse(QPointF(middle + at, y), 4.5, 4.5)

    def _paint_verdict(self, painter: QPainter, retest: ShownRetest, shown: Tokens) -> None:
        x = self._verdict_x
        tone = "caution" if retest.verdict == "worse" else "ink"
        paint_verdict_sign(painter, QPointF(x + 5, 19), retest.verdict, shown)
        said = elided(retest.said, VERDICT - 18, BODY, bold=True)
        _write(painter, x + 18, 10, said, shown, tone, bold=True)
        detail = elided(retest.detail, self._links_x - x - 22, CAPTION)
        _write(painter, x + 18, 29, detail, shown, "grey", CAPTION)


def _treated_lines(treated: str, room: float) -> tuple[str, ...] | None:
    """What was done, whole in small letters on two lines at most, the dose on one of its own where
    that fits; None where there is no room for all of it."""
    what, bracket, dose = treated.partition(" (")
    for lines in ((what, f"({dose}") if bracket else (), wrapped(treated, room, CAPTION)):
        if 0 < len(lines) <= 2 and all(text_width(line, CAPTION) <= room for line in lines):
            return lines
    return None


def _waiting_words(signs: tuple[WaitingSign, ...]) -> str:
    """The signs with today's values: `SLR right, 54 deg; bridge, pain, not charted`."""
    said = (f"{s.name}: {f'{s.value} {s.unit}'.strip()}" if s.value else s.name for s in signs)
    return "; ".join(said)


def _carried_words(names: tuple[str, ...]) -> str:
    return _("Followed: {signs}. Today's are still to be chosen.").format(signs="; ".join(names))


def _write(
    painter: QPainter, x: float, top: float, text: str, shown: Tokens, tone: str,
    size: int = BODY, bold: bool = False,
) -> None:  # fmt: skip
    """Write one line, 18 high from `top`."""
    draw_text(painter, x, top, (text,), getattr(shown, tone), size, bold)
