"""Help on the field with the keyboard: how the test is done, what counts, what it tells, and from
where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.catalogue import CatalogueText, FindingSpec
from clinic_desktop.domain.values import Key, Kind
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.knowledge.guides import load_guides
from clinic_desktop.services.knowledge.pose_files import figure, item_scenes
from clinic_desktop.services.knowledge.source_words import source_lines
from clinic_desktop.services.words.translation import _
from ui.forms.words import spoken_name, unit_of_last
from ui.style import theme
from ui.tokens import BANNER, BETWEEN, KEY_LINE, RADIUS
from ui.typeface import CAPTION, TITLE
from ui.viewmodels.reading import shown_number
from ui.widgets.card import KeyCap
from ui.widgets.figure_view import FigureView
from ui.widgets.labels import Label
from ui.widgets.overlay import Overlay
from ui.widgets.scrolling import SlimScrollArea

WIDTH: Final = 448
"""Of the card: a line of some seventy letters."""
INSET: Final = 18
FIGURE_HEIGHT: Final = 150
OF_TESTS: Final = "exam"
"""The file of the drawings of tests; a drawing is named after its group."""
_DRAWN: Final = {
    "crossed_slr": ("exam.slr",),
    "modified_bent_knee": ("exam.bent_knee", "exam.bent_knee_2"),
    "burn": ("glute_burn.clamshell_end", "glute_burn.side_step"),
    "contact": ("gait.land_ahead", "gait.land_under"),
    "midstance": ("gait.lean_back", "gait.lean_forward"),
    "gait_notes": ("cue_land_closer.land_close", "cue_tall_lean.lean_tall"),
}
"""Drawings that ship for something else and show these groups too."""

Part = tuple[str, str]
"""A heading and what stands under it."""


def field_parts(desk: Desk, key: Key) -> Iterator[Part]:
    """What help on one field says, part by part."""
    text, spec = desk.text, desk.catalogue.spec(key.finding)
    own = " ".join((text.findings[spec.id].help, *_numbers(desk, spec)))
    yield _("This field: {name}").format(name=text.findings[spec.id].label), own
    yield from group_parts(desk, spec.group)


def group_parts(desk: Desk, group: str) -> Iterator[Part]:
    """What there is to know of a whole test or group of questions."""
    guide = load_guides(desk.text.language)[group]
    for heading, said in (
        (_("How it is done"), guide.how),
        (_("What counts"), guide.positive),
        (_("What it tells, and what not"), guide.tells),
        (_("What often goes wrong"), guide.mistakes),
        (_("Safety"), guide.safety),
    ):
        if said:
            yield heading, said
    findings = desk.catalogue.groups[group].findings
    cited = (desk.catalogue.spec(one).source for one in findings)
    sources = source_lines(cited, desk.text.sources)
    reviewed = _("Steps and mistakes: the program's own words, not reviewed by a therapist yet.")
    yield _("From where, and how sure"), "\n".join((*sources, reviewed))


def _numbers(desk: Desk, spec: FindingSpec) -> Iterator[str]:
    """What may be typed, and from which difference on a retest counts."""
    if spec.kind is not Kind.NUMBER:
        return
    unit = unit_of_last(spec)
    low, high = shown_number(spec, spec.low), shown_number(spec, spec.high)
    typed = _("It takes {low} to {high} {unit}.")
    yield typed.format(low=low, high=high, unit=unit).replace(" .", ".")
    band = desk.retest_bands().get(spec.id)
    if band is not None and not band.percent:
        counts = _("Taken again after a treatment, a difference of {by} {unit} or more counts.")
        yield counts.format(by=shown_number(spec, band.by), unit=unit).replace("  ", " ")


def figures_of(group: str) -> tuple[str, ...]:
    """The drawings that show how a test is done; none where none ships."""
    own = tuple(
        scene.id
        for scene in item_scenes(OF_TESTS)
        if scene.id.partition(".")[2].removesuffix("_2") == group
    )
    return own or _DRAWN.get(group, ())


class FieldHelp(Overlay):
    """Stands at the right, beside the field; the form stays in sight. Esc or F1 puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("field_help", parent)
        self.about: Key | str | None = None
        """The field or group that is explained."""
        self._title = Label(size=TITLE, bold=True, parent=self.card)
        self._title.setObjectName("field_help_title")
        self._title.setWordWrap(True)
        self.reading = SlimScrollArea(QPalette.ColorRole.Base, self.card)
        self.reading.setObjectName("field_help_text")
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(KeyCap("Esc", _("back"), self.card), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(INSET, 16, BETWEEN, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.reading, 1)

    @property
    def title(self) -> str:
        """What it is about."""
        return self._title.text()

    def show_about(self, desk: Desk, about: Key | str) -> None:
        """Say what there is to know of a field, or of a group where no single field is meant."""
        self.about = about
        if isinstance(about, str):
            self._show(desk.text, about, tuple(group_parts(desk, about)), "")
            return
        group, name = desk.catalogue.spec(about.finding).group, spoken_name(about, desk.text)
        self._show(desk.text, group, tuple(field_parts(desk, about)), name)

    def _show(self, text: CatalogueText, group: str, parts: tuple[Part, ...], name: str) -> None:
        self._title.setText(text.groups[group].label)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, INSET - BETWEEN, BETWEEN)
        column.setSpacing(4)
        self._add_figures(column, group, text.language)
        for heading, said in parts:
            column.addWidget(Label(heading, CAPTION, bold=True, tone="ink2"))
            words = Label(said)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
            column.addSpacing(8)
        column.addStretch(1)
        self.reading.setWidget(inside)
        self.reading.verticalScrollBar().setValue(0)
        said = _("Help: {name}").format(name=name or text.groups[group].label)
        whole = "\n".join(f"{heading}. {words}" for heading, words in parts)
        for told in (self, self.reading):
            told.setAccessibleName(said)
            told.setAccessibleDescription(whole)

    def _add_figures(self, column: QVBoxLayout, group: str, language: str) -> None:
        drawings = figures_of(group)
        if not drawings:
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        for scene in drawings:
            view = FigureView(figure(scene, language=language))
            view.setFixedHeight(FIGURE_HEIGHT)
            row.addWidget(view)
        column.addLayout(row)
        column.addSpacing(8)

    # ------------------------------------------------------------------ showing
    @override
    def take_focus(self) -> None:
        self.reading.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return True  # Tab would walk on behind the card

    @override
    def place_card(self) -> None:
        width = min(WIDTH, self.width() - 32)
        high = self.height() - BANNER - KEY_LINE - 16
        self.card.setGeometry(self.width() - width - 8, BANNER + 8, width, high)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """No veil: what is charted is read together with how it is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = theme().tokens
        painter.setPen(QPen(shown.accent, 2))
        painter.setBrush(shown.surface)
        box = QRectF(self.card.geometry()).adjusted(-1, -1, 1, 1)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
