"""What is painted can be read: the contrast of each text, edge and mark, measured in each scheme.

The pairs come from the windows themselves (see `tests/painted.py`): scenes of every page, and every
control in every state. A pair that somebody paints tomorrow is measured tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from tests.contrasts import contrast
from tests.painted import Dots, Painted, in_sight, painted
from tests.pictures.all_scenes import named
from tests.pictures.scene import Scene
from tests.pictures.stage import Stage
from tests.pictures.taking import View, photographed, play_scenes
from ui import style
from ui.tokens import Tokens
from ui.widgets.figure_view import FigureView
from ui.widgets.overlay import Overlay

pytestmark = pytest.mark.xdist_group("contrast")

SCENES: Final = (
    "controls,first-start-refused,sign-in-wrong,home,home-search,home-nobody,new-patient-error,"
    "visit-story-charted,visit-screen-empty,visit-nerves-charted,visit-gait-empty,"
    "visit-measures-charted,visit-plan-charted,visit-red-flag,visit-error,visit-retest,"
    "visit-changes,visit-sign,visit-signed,visit-older,panel,palette,keys,history,patient-sheet,"
    "course-*,paper-handout,paper-letter,paper-withheld,clinic,clinic-people,audit,about"
)
"""Every page and what lies over it."""
SCHEMES: Final = tuple(style.TOKENS)
TEXT: Final = {scheme: 7.0 if scheme.startswith("contrast") else 4.5 for scheme in SCHEMES}
MARK: Final = 3.0
"""For what is no text: edges, focus, marks (WCAG 2.2, 1.4.11)."""
GROUNDS: Final = frozenset(
    {"ground", "surface", "raised", "hover", "accent_tint", "danger_tint", "caution_tint", "tip"}
)
"""Tokens that something stands on: they need not stand out from one another."""
DECORATION: Final = frozenset({"line"})
"""Dividers, and the weak frame of what cannot be used now (exempt in WCAG 2.2, 1.4.11)."""
NEAR: Final = (1, 2, 4)
"""How far outside a shape its ground is looked for, in px: between it and a focus ring, and beyond
the ring."""

Faults = dict[style.Scheme, set[str]]


@pytest.fixture(scope="module")
def measured(qapp: QApplication) -> Iterator[tuple[Faults, dict[style.Scheme, set[str]]]]:
    """What cannot be told apart, and which tokens were met at all, by scheme."""
    faults: Faults = {scheme: set() for scheme in SCHEMES}
    met: dict[style.Scheme, set[str]] = {scheme: set() for scheme in SCHEMES}

    def measure(scene: Scene, stage: Stage) -> None:
        views = [View(scheme, (1280, 800)) for scheme in SCHEMES]
        for view, image in photographed(stage, views):
            found = _Measure(stage.shown, Dots(image), view.scheme, met[view.scheme])
            faults[view.scheme] |= {f"{scene.name}: {fault}" for fault in found.faults()}

    play_scenes(named(SCENES.split(",")), measure, style.Scheme.LIGHT)
    yield faults, met
    style.apply(qapp, style.Scheme.LIGHT)


class _Measure:
    """Looks at one window in one scheme."""

    def __init__(self, window: QWidget, dots: Dots, scheme: style.Scheme, met: set[str]) -> None:
        self._window, self._dots, self._scheme, self._met = window, dots, scheme, met
        shown = style.TOKENS[scheme]
        self._names = _names_of(shown)

    def faults(self) -> Iterator[str]:
        """What is too faint, in words."""
        texts, shapes = (self._in_use(found) for found in painted(self._window))
        for text in texts:
            box = in_sight(text, self._window)
            if not box.isEmpty():
                ground = self._dots.ground_of(box)
                yield from self._judged(text, ground, TEXT[self._scheme])
        for shape in shapes:
            names = self._names.get(shape.color.name(), set())
            self._met |= names
            if not names or names & (GROUNDS | DECORATION) or _is_drawing(shape.widget):
                continue
            box = in_sight(shape, self._window)
            if not box.isEmpty():
                grounds = [self._dots.ground_around(box, beyond) for beyond in NEAR]
                best = max(grounds, key=lambda ground: contrast(shape.color, ground))
                yield from self._judged(shape, best, MARK)

    def _in_use(self, found: list[Painted]) -> list[Painted]:
        """Without what lies behind an overlay's veil: it is out of use, and shall look so."""
        over = next((w for w in self._window.findChildren(Overlay) if w.isVisible()), None)
        return [what for what in found if over is None or over.isAncestorOf(what.widget)]

    def _judged(self, what: Painted, ground: QColor, least: float) -> Iterator[str]:
        self._met |= self._names.get(what.color.name(), set())
        self._met |= self._names.get(ground.name(), set())
        found = contrast(what.color, ground)
        if found < least:
            kind = f"text of {what.size} px" if what.words else "mark"
            yield (
                f"{kind} {what.color.name()} on {ground.name()}: {found:.1f},"
                f" not {least:g} ({what.place})"
            )


def _names_of(shown: Tokens) -> dict[str, set[str]]:
    """The tokens of each colour; a colour may serve two uses."""
    names: dict[str, set[str]] = {}
    for known in fields(shown):
        names.setdefault(getattr(shown, known.name).name(), set()).add(known.name)
    return names


def _is_drawing(widget: QWidget) -> bool:
    """Figures have the colours that they print with; tests/ui/forms/test_body_chart.py has them."""
    return isinstance(widget, FigureView)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_text_and_mark_stands_out_from_its_ground(
    measured: tuple[Faults, dict[style.Scheme, set[str]]], scheme: style.Scheme
) -> None:
    assert sorted(measured[0][scheme]) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_measure_met_each_colour_of_the_scheme(
    measured: tuple[Faults, dict[style.Scheme, set[str]]], scheme: style.Scheme
) -> None:
    """Else a colour could be too faint and nobody would have looked."""
    never = {known.name for known in fields(Tokens)} - measured[1][scheme]
    assert never == set()
