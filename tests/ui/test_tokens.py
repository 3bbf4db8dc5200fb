"""Colours, gaps and sizes of type stand in one place: `ui/tokens.py`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from ui import style, tokens

UI: Final = Path(tokens.__file__).parent
HOME: Final = "tokens.py"
A_COLOUR: Final = re.compile(r"^#[0-9A-Fa-f]{3,8}$")
GAPS: Final = frozenset(
    {"setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "addSpacing"}
)
"""Calls that set how far things stand apart, in px."""
STEPS: Final = frozenset({0, 1, 2, *tokens.SPACES})
"""Nothing, a line's width, half a step, and the written steps. All others have names."""
TYPE_SCALE: Final = {
    tokens.NAME, tokens.TITLE, tokens.HEADING, tokens.BODY, tokens.CAPTION
}  # fmt: skip
SIZED: Final = {"font": 0, "metrics": 0, "text_width": 1, "baseline": 1, "elided": 2, "wrapped": 2}
"""Functions of the typeface, and which of their arguments is a size of type."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module of the window but the tokens' own."""
    for file in sorted(UI.rglob("*.py")):
        if file.name != HOME:
            yield file.relative_to(UI).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the name of what it calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
            yield name, node


def numbers(node: ast.expr) -> Iterator[float]:
    """The numbers that are written in an expression."""
    for part in ast.walk(node):
        value = part.value if isinstance(part, ast.Constant) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield value


def test_no_colour_is_named_outside_the_tokens() -> None:
    found = [
        f"{place}:{node.lineno} {node.value}"
        for place, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and A_COLOUR.match(node.value)
    ]
    found += [
        f"{place}:{call.lineno} {name}"
        for place, tree in modules()
        for name, call in calls(tree)
        if name in {"QColor", "QColor.fromRgb", "fromRgb", "fromHsv"}
        and any(list(numbers(argument)) for argument in call.args)
    ]
    assert found == []


def test_no_gap_is_off_the_written_steps() -> None:
    found = [
        f"{place}:{call.lineno} {ast.unparse(call)}"
        for place, tree in modules()
        for name, call in calls(tree)
        if name in GAPS and not {n for argument in call.args for n in numbers(argument)} <= STEPS
    ]
    assert found == []


def test_no_size_of_type_is_off_the_scale() -> None:
    found = [
        f"{place}:{call.lineno} {ast.unparse(call)}"
        for place, tree in modules()
        for name, call in calls(tree)
        if name in SIZED and len(call.args) > SIZED[name]
        for size in numbers(call.args[SIZED[name]])
        if size not in TYPE_SCALE
    ]
    found += [
        f"{place}:{call.lineno} {name}"
        for place, tree in modules()
        for name, call in calls(tree)
        if name in {"setPixelSize", "setPointSize", "setPointSizeF"} and place != "typeface.py"
    ]
    assert found == []


def test_no_style_sheet_is_set(qapp: QApplication) -> None:
    """One for the application makes every form two to three times as dear to build."""
    found = [
        f"{place}:{call.lineno}"
        for place, tree in modules()
        for name, call in calls(tree)
        if name == "setStyleSheet"
    ]
    assert found == []


def test_each_scheme_has_its_tokens_and_says_whether_it_is_dark() -> None:
    assert set(style.TOKENS) == set(style.Scheme) - {style.Scheme.SYSTEM}
    assert len({id(shown) for shown in style.TOKENS.values()}) == len(style.TOKENS)
    for shown in style.TOKENS.values():
        assert shown.dark is (shown in {tokens.DARK, tokens.CONTRAST_DARK})
