"""Files broken in every way that a script may break them: refused, explained, not stored."""

import contextlib
import io
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop import bootstrap
from tests.casefiles import CANARIES, as_bytes, whole_case

PLACE = re.compile(
    r"(the file|[a-z_]+(\[\d+\])?(\.([a-z_0-9]+|\"[a-z0-9_.]+\")(\[\d+\])*)*)"
    r"(, an unknown key)?: .+"
)
REQUIRED: tuple[tuple[str | int, ...], ...] = (
    ("format",),
    ("patient",),
    ("patient", "name"),
    ("visits",),
    ("visits", 0, "date"),
    ("visits", 0, "plan", 0, "item"),
    ("visits", 0, "retests", 0, "test"),
    ("visits", 0, "retests", 0, "before"),
    ("visits", 0, "retests", 1, "note"),
    ("visits", 0, "resolved_flags", 0, "reason"),
    ("visits", 0, "psfs", 0, "score"),
    ("visits", 0, "addenda", 0, "at"),
)


def places(content: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to everything below the outermost value."""
    members: Any = ()
    if isinstance(content, dict):
        members = content.items()
    elif isinstance(content, list):
        members = enumerate(content)
    for step, value in members:
        yield (*path, step)
        yield from places(value, (*path, step))


EVERYWHERE = tuple(places(whole_case()))
WHOLE = as_bytes(whole_case())


def parent_of(content: Any, path: tuple[str | int, ...]) -> Any:
    for step in path[:-1]:
        content = content[step]
    return content


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A file that held everything of the format until one thing was done to it."""
    content = whole_case()
    way = draw(
        st.sampled_from(("drop", "null", "retype", "rename", "twice", "nest", "cut", "byte"))
    )
    if way == "cut":
        return WHOLE[: draw(st.integers(0, len(WHOLE) - 1))]
    if way == "byte":
        at = draw(st.integers(0, len(WHOLE)))
        return WHOLE[:at] + draw(st.sampled_from((b"\xff", b"\x00", b"\xed\xa0\x80"))) + WHOLE[at:]
    path = draw(st.sampled_from(REQUIRED if way == "drop" else EVERYWHERE))
    parent, step = parent_of(content, path), path[-1]
    if way == "drop":
        del parent[step]
    elif way == "null":
        parent[step] = None
    elif way == "retype":
        parent[step] = draw(st.sampled_from(([[[]]], {"x": 1}, [None])))
    elif way == "nest":
        parent[step] = "BOMB"
        bomb = draw(st.sampled_from(("[", '{"visits":', '{"findings":[')))
        return as_bytes(content).replace(b'"BOMB"', bomb.encode() * 100_000)
    elif isinstance(step, int):
        parent[step] = {"right": None}
    elif way == "rename":
        parent[draw(st.sampled_from((f"{step}_", step.upper() or "A", CANARIES[0])))] = parent.pop(
            step
        )
    else:
        parent["AGAIN"] = parent[step]
        return as_bytes(content).replace(b'"AGAIN"', json.dumps(step).encode())
    return as_bytes(content)


def outcome(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        status = bootstrap.main([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("verb", ["chart", "suggest", "import", "handout"])
@given(data=broken())
@settings(max_examples=100, deadline=None)
def test_a_broken_file_is_refused_with_its_places_and_leaves_nothing(
    verb: str, data: bytes
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile, file, sheet = (Path(folder, name) for name in ("profile", "case.json", "x.pdf"))
        file.write_bytes(data)
        more = {"suggest": (), "handout": ("--out", sheet, "--profile", profile)}
        status, out, err = outcome(verb, file, *more.get(verb, ("--profile", profile)))
        assert (status, out) == (2, "")
        lines = [line.removeprefix(f"{file}: ") for line in err.splitlines()]
        assert lines
        assert [line for line in lines if not PLACE.fullmatch(line)] == []
        assert "Traceback" not in err
        assert not [canary for canary in CANARIES if canary in err]
        assert sorted(Path(folder).iterdir()) == [file]


@given(data=st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_bytes_of_any_kind_are_refused_with_a_line(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case.json")
        file.write_bytes(data)
        status, out, err = outcome("chart", file, "--profile", Path(folder, "profile"))
        assert (status, out) == (2, "")
        assert PLACE.fullmatch(err.splitlines()[0])
        assert sorted(Path(folder).iterdir()) == [file]
