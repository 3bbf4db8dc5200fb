"""Rows of the command palette: actions, fields and patients, and how they are painted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText, FindingSpec
from clinic_desktop.domain.values import Key
from ui.forms.words import side_word, spoken_name
from ui.home.patient_list import PatientDelegate
from ui.style import theme
from ui.typeface import BODY, CAPTION, baseline, elided, font, text_width
from ui.widgets.buttons import draw_key_cap, key_cap_width
from ui.widgets.card_list import INSET
from ui.widgets.keys import section_key

from .actions import Action
from .fuzzy import Match, Span, Target, match, target

ROW: Final = 32
MOST_ROWS: Final = 60
"""More rows than that nobody walks through; another letter is quicker."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action, and why it cannot be done now where that is so."""

    action: Action
    words: Target
    hindrance: str = ""
    spans: tuple[Span, ...] = ()
    can_open: bool = True
    """A hindered one too: opening it says why."""

    @property
    def beside(self) -> str:
        """What stands in grey behind the words."""
        return self.hindrance

    @property
    def is_hindered(self) -> bool:
        """Whether it cannot be done now."""
        return bool(self.hindrance)

    @property
    def length(self) -> int:
        """Letters of its words."""
        return len(self.words.text)

    @property
    def key(self) -> str:
        """Its key."""
        return self.action.key

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        return ", ".join(part for part in (self.words.text, self.key, self.hindrance) if part)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the visit; its key is that of its section."""

    field: Key
    words: Target
    beside: str
    """The section that it is in."""
    key: str
    length: int
    """Letters of its name without the side: both sides are as good an answer."""
    on_form: Target
    """What it is called on the form, under the heading of its group."""
    spans: tuple[Span, ...] = ()
    can_open: bool = True
    is_hindered: bool = False

    @property
    def spoken(self) -> str:
        """Everything the row shows."""
        return ", ".join(part for part in (self.words.text, self.beside, self.key) if part)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Words where nothing can be opened."""

    spoken: str
    can_open: bool = False


CommandRow = ActionRow | FieldRow


def action_rows(actions: Iterable[Action]) -> tuple[ActionRow, ...]:
    """Rows for actions, with what hinders them at this moment."""
    return tuple(ActionRow(act, target(act.words), act.hindrance()) for act in actions)


def field_rows(catalogue: Catalogue, text: CatalogueText) -> tuple[FieldRow, ...]:
    """Rows for every field of every section, in the order of the forms."""
    return tuple(
        FieldRow(
            key,
            target(spoken_name(key, text)),
            text.sections[section.id],
            section_key(place),
            len(text.findings[key.finding].name),
            target(_on_form(spec, key, text)),
        )
        for place, section in enumerate(catalogue.sections)
        for spec in catalogue.in_section(section.id)
        for key in spec.keys
    )


def _on_form(spec: FindingSpec, key: Key, text: CatalogueText) -> str:
    words = (text.groups[spec.group].label, text.findings[spec.id].label)
    return " ".join((*words, side_word(key.side)) if key.side else words)


def _fit(row: CommandRow, typed: str) -> Match | None:
    """How a row fits, by its name or by what it is called on the form."""
    by_name = match(row.words, typed)
    by_form = match(row.on_form, typed) if isinstance(row, FieldRow) else None
    if by_form is None or (by_name is not None and by_name.score >= by_form.score):
        return by_name
    # The letters found are not those that the row shows.
    return replace(by_form, spans=by_name.spans if by_name is not None else ())


def fitting(rows: Iterable[CommandRow], typed: str) -> tuple[CommandRow, ...]:
    """The rows that fit what was typed, the best first; equals stay in their order."""
    if not typed:
        return tuple(rows)
    found = []
    for row in rows:
        fit = _fit(row, typed)
        if fit is not None:
            found.append((row.is_hindered, -fit.score, row.length, replace(row, spans=fit.spans)))
    # The longer of two names that fit alike holds more that was not asked for.
    found.sort(key=lambda entry: entry[:3])
    return tuple(entry[3] for entry in found[:MOST_ROWS])


class PaletteDelegate(PatientDelegate):
    """Paints the palette's rows; patients as on the home page."""

    height = ROW

    @override
    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        if isinstance(row, ActionRow | FieldRow):
            _paint_command(painter, box, row)
        elif isinstance(row, NoteRow):
            _write(painter, box, INSET, box.width() - INSET, row.spoken, theme().tokens.ink2)
        else:
            super().paint_row(painter, box, row)


def _paint_command(painter: QPainter, box: QRect, row: CommandRow) -> None:
    shown = theme().tokens
    right = float(box.width() - INSET)
    if row.key:
        right -= key_cap_width(row.key)
        draw_key_cap(painter, box.left() + right, box.center().y() + 0.5, row.key, shown)
        right -= 10
    ink = shown.grey if row.is_hindered else shown.ink
    end = _write_marked(painter, box, right, row, ink)
    room = right - end - 16
    beside = elided(row.beside, room, CAPTION) if room > 40 else ""
    wide = text_width(beside, CAPTION)
    _write(painter, box, right - wide, right + 2, beside, shown.grey, CAPTION)


def _write_marked(
    painter: QPainter, box: QRect, right: float, row: CommandRow, ink: QColor
) -> float:
    """Write the words with the typed letters bold and underlined; gives where they end."""
    x, done, text = float(INSET), 0, row.words.text
    for start, end in (*row.spans, (len(text), len(text))):
        x = _write(painter, box, x, right, text[done:start], ink)
        begin = x
        x = _write(painter, box, x, right, text[start:end], ink, bold=True)
        base = box.top() + baseline(box.height(), BODY)
        if end > start:
            painter.fillRect(
                round(box.left() + begin), round(base) + 3, round(x - begin), 2,
                theme().tokens.accent,
            )  # fmt: skip
        done = end
    return x


def _write(
    painter: QPainter, box: QRect, left: float, right: float, text: str, color: QColor,
    size: int = BODY, bold: bool = False,
) -> float:  # fmt: skip
    """Write a piece of a line, cut where there is no more room; gives where it ends."""
    said = text if left + text_width(text, size, bold) <= right else elided(
        text, max(0.0, right - left), size, bold
    )  # fmt: skip
    painter.setFont(font(size, bold))
    painter.setPen(color)
    at_x, at_y = box.left() + left, box.top() + baseline(box.height(), size)
    painter.drawText(round(at_x), round(at_y), said)
    return left + text_width(said, size, bold)
