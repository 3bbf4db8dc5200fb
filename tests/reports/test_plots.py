"""What a plot is made of: marks, lines, gaps, bands and the target, whatever the pen."""

from __future__ import annotations

from typing import Any

import pytest

from clinic_desktop.domain.trends import Target, series_of
from clinic_desktop.domain.values import Key
from reports.plots import PLOT_HEIGHT, draw_plot
from tests.paper_contents import a_course, a_source, left, right

NOW = Key("outcome.nprs_now")
WIDTH = 240.0


class Pen:
    """A canvas that writes down what it is told to draw."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **_more: Any) -> Pen:
            self.calls.append((name, arguments))
            return self

        return call

    def of(self, name: str) -> list[tuple[Any, ...]]:
        return [arguments for called, arguments in self.calls if called == name]

    @property
    def sloping(self) -> list[tuple[Any, ...]]:
        """Lines that are neither upright nor across the whole plot: those between visits."""
        return [
            (x0, y0, x1, y1) for x0, y0, x1, y1 in self.of("line") if 5 < x1 - x0 < WIDTH - 24 - 1
        ]


def plotted(*charts: dict[Key, int], target: Target | None = None) -> Pen:
    source = a_source()
    targets = {"outcome.nprs_now": target} if target else None
    (series,) = series_of(a_course(*charts), source.catalogue, source.bands, targets)
    pen = Pen()
    draw_plot(pen, series, 0, PLOT_HEIGHT, WIDTH)  # type: ignore[arg-type]
    return pen


@pytest.mark.parametrize(
    ("values", "marks", "lines"),
    [
        ([6], 1, 0),
        ([6, 4], 2, 1),
        ([6, 4, 3], 3, 2),
        ([6, None, 3], 2, 0),
        ([6, 5, None, 3, 2], 4, 2),
        ([0, 0, 0], 3, 2),
        ([None, 6, None], 1, 0),
        (list(range(10)) * 3, 30, 29),
    ],
    ids=str,
)
def test_a_mark_for_each_value_and_no_line_across_a_gap(
    values: list[int | None], marks: int, lines: int
) -> None:
    pen = plotted(*({} if value is None else {NOW: value} for value in values))
    assert len(pen.of("circle")) == marks
    assert len(pen.sloping) == lines


def test_a_gap_is_not_drawn_as_nought() -> None:
    """Nought lies on the foot of the plot; only a nought that was charted does."""
    foot = min(y for _x, y, _r in plotted({NOW: 6}, {NOW: 0}).of("circle"))
    gapped = [y for _x, y, _r in plotted({NOW: 6}, {}, {NOW: 3}).of("circle")]
    assert all(y > foot + 10 for y in gapped)


def test_the_right_has_dots_and_the_left_open_squares() -> None:
    both = {right("slr.angle"): 50, left("slr.angle"): 70}
    pen = plotted(both, both)
    squares = [r for r in pen.of("rect") if r[2] == r[3]]
    assert (len(pen.of("circle")), len(squares)) == (2, 2)
    dashed = [dashes for (dashes,) in pen.of("setDash") if dashes]
    assert dashed


def test_the_band_lies_around_the_first_value_and_inside_the_plot() -> None:
    for first in (0, 1, 6, 10):
        pen = plotted({NOW: first}, {NOW: 5})
        _x, low, _width, height = pen.of("rect")[0]
        assert low >= 0
        assert low + height <= PLOT_HEIGHT
        assert height > 0


def test_the_target_is_a_line_of_its_own() -> None:
    without, with_one = plotted({NOW: 6}), plotted({NOW: 6}, target=Target(2, "goal"))
    assert len(with_one.of("line")) == len(without.of("line")) + 1


def test_everything_stays_inside_the_plots_width() -> None:
    charts = [{NOW: n % 11} for n in range(60)]
    for x, _y, _radius in plotted(*charts).of("circle"):
        assert 24 <= x <= WIDTH
