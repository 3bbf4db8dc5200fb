"""Equal contents are equal bytes, and those bytes are what any other program would write."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain import canonical as module
from clinic_desktop.domain.canonical import Json, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20
)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (58, "58"),
        (58.0, "58"),
        (72.5, "72.5"),
        (-4.5, "-4.5"),
        (5e-324, "5e-324"),
        (-5e-324, "-5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e23, "1e+23"),
        (999999999999999700000.0, "999999999999999700000"),
        (1e21, "1e+21"),
        (9.999999999999997e-7, "9.999999999999997e-7"),
        (0.000001, "0.000001"),
        (333333333.3333332, "333333333.3333332"),
    ],
)
def test_numbers_are_written_as_the_standards_own_table_has_them(
    number: float, written: str
) -> None:
    """RFC 8785, appendix B, and what a chart holds."""
    assert canonical(number).decode() == written


def test_keys_stand_in_the_order_of_utf_16_and_text_as_it_is() -> None:
    """RFC 8785, section 3.2.3: its own example of keys."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical(dict.fromkeys(keys, 1)).decode()
    assert list(json.loads(written)) == [
        "\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33",
    ]  # fmt: skip
    assert canonical('€$\x0f\nA\'B"\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\"/"'.encode()
    assert canonical("e\u0301") != canonical("\u00e9"), "no text is turned into another form"


@given(VALUES)
def test_any_json_reads_back_equal_and_its_bytes_do_not_depend_on_order(value: Json) -> None:
    written = canonical(value)
    read = json.loads(written, parse_int=float)  # JSON knows one kind of number
    assert read == value
    assert canonical(_turned(read)) == written


@given(VALUES | st.lists(st.floats(1e-5, 1e16) | st.integers()))
def test_the_quick_way_writes_the_very_same_bytes(value: Json) -> None:
    """What the standard library writes is what our own writer writes, where it is taken."""
    if module._is_simple(value):  # noqa: SLF001 - both ways are to be one
        assert canonical(value).decode() == module._written(value)  # noqa: SLF001


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 2**53 + 1, -(2**60)])
def test_what_json_cannot_hold_exactly_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match=r"exactly|finite"):
        canonical(number)


def _turned(value: object) -> Json:
    """The same with every object's keys the other way round."""
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(list(value))}
    return [_turned(item) for item in value] if isinstance(value, list) else value  # type: ignore[return-value]
