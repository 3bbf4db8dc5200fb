"""The line at the foot of the visit that names the field in focus and the keys it takes."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clinic_desktop.domain.catalogue import CatalogueText, FindingSpec
from clinic_desktop.domain.values import Key, Kind
from clinic_desktop.services.words.translation import _
from ui.forms.words import options_of, spoken_name, unit_of_last
from ui.style import theme
from ui.tokens import INSET, KEY_LINE, KEY_RADIUS
from ui.typeface import CAPTION, baseline, elided, font, metrics
from ui.viewmodels.reading import shown_number
from ui.widgets.keys import (
    HELP_KEY,
    NEXT_TEST_KEY,
    REMARK_KEY,
    REST_NO_KEY,
    SAME_TEST_KEY,
    TAP_KEY,
    shown_key,
)

KeyHint = tuple[str, str]
"""A key and what it does."""


class KeyLine(QWidget):
    """Teaches the keyboard by saying what works right now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_line")
        self.setFixedHeight(KEY_LINE)
        self._name = ""
        self._hints: tuple[KeyHint, ...] = ()
        self._whose = ""

    def show_patient(self, name: str, number: int) -> None:
        """Show at its end, near where one types, whose chart this is: initials and number."""
        initials = "".join(word[0].upper() for word in re.findall(r"\w+", name)[:3])
        self._whose = f"{initials} {number:06d}"
        self.setAccessibleDescription(_("Chart of {name}, No {number:06d}").format(
            name=name, number=number))  # fmt: skip
        self.update()

    @property
    def whose(self) -> str:
        """What stands at its end."""
        return self._whose

    def show_keys(self, name: str, hints: tuple[KeyHint, ...]) -> None:
        """Show a name and its keys."""
        hints = tuple((shown_key(key), does) for key, does in hints)
        if (name, hints) != (self._name, self._hints):
            self._name, self._hints = name, hints
            self.setAccessibleName(self.text())
            self.update()

    def text(self) -> str:
        """The line as text."""
        keys = ", ".join(f"{key} {does}" for key, does in self._hints)
        return f"{self._name}: {keys}" if self._name else keys

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.fillRect(self.rect(), shown.raised)
        painter.fillRect(0, 0, self.width(), 1, shown.line)
        x, bold, plain = float(INSET), metrics(CAPTION, True), metrics(CAPTION)
        base = baseline(KEY_LINE, CAPTION) + 0.5
        if self._name:
            painter.setFont(font(CAPTION, True))
            painter.setPen(shown.ink)
            name = elided(self._name, self.width() * 0.6, CAPTION, bold=True)
            painter.drawText(QPointF(x, base), name)
            x += bold.horizontalAdvance(name) + 20
        room = self._paint_whose(painter, base)
        painter.setFont(font(CAPTION))
        for key, does in self._hints:
            wide = max(18.0, plain.horizontalAdvance(key) + 10)
            end = x + wide + 6 + plain.horizontalAdvance(does)
            if end > room:
                break
            painter.setPen(QPen(shown.edge, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(x + 0.5, 4.5, wide - 1, 16), KEY_RADIUS, KEY_RADIUS)
            painter.setPen(shown.ink)
            painter.drawText(QPointF(x + (wide - plain.horizontalAdvance(key)) / 2, base), key)
            painter.setPen(shown.ink2)
            painter.drawText(QPointF(x + wide + 6, base), does)
            x = end + 14

    def _paint_whose(self, painter: QPainter, base: float) -> float:
        """Write initials and number at the right edge; gives where the keys have to end."""
        if not self._whose:
            return self.width() - 4
        wide = metrics(CAPTION, True).horizontalAdvance(self._whose)
        left = self.width() - INSET - wide
        painter.setFont(font(CAPTION, True))
        painter.setPen(theme().tokens.ink)
        painter.drawText(QPointF(left, base), self._whose)
        painter.fillRect(QRectF(left - 10, 6, 2, KEY_LINE - 12), theme().tokens.accent)
        return left - 18


def hints_for(key: Key, spec: FindingSpec, text: CatalogueText) -> tuple[str, tuple[KeyHint, ...]]:
    """Name of a field and the keys it takes."""
    return spoken_name(key, text), (*_own_keys(spec, text), *_shared_keys(spec))


def _own_keys(spec: FindingSpec, text: CatalogueText) -> tuple[KeyHint, ...]:
    if spec.kind is Kind.NUMBER:
        low, high = shown_number(spec, spec.low), shown_number(spec, spec.high)
        said = _("{low} to {high}").format(low=low, high=high)
        typed = ("0..9", f"{said} {unit_of_last(spec)}".strip())
        tapped = ((TAP_KEY, _("tap the beat, one foot")),) if spec.tapped else ()
        return (typed, *tapped, ("Return", _("next")))
    if spec.kind is Kind.GRADE:
        return (("0..5", _("with - or +")), ("Return", _("next")))
    if spec.kind is Kind.TEXT:
        return ((".", _("phrases")), ("→", _("rest of a word")), ("Tab", _("next")))
    return tuple((o.key, o.spoken) for o in options_of(spec, text) if o.key)


def _shared_keys(spec: FindingSpec) -> tuple[KeyHint, ...]:
    told = (HELP_KEY, _("help"))
    if spec.kind is Kind.TEXT:
        return (told,)
    same = ("=", _("as last time"))
    rest = (("Del", _("not charted")), (REMARK_KEY, _("remark")))
    if spec.id.startswith("flag."):
        return (same, told, *rest)
    if spec.normal:
        told = (REST_NO_KEY, _("the rest normal"))
    return (same, told, (SAME_TEST_KEY, _("whole test")), *rest, (NEXT_TEST_KEY, _("next test")))
