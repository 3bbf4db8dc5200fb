"""Shipped files are read by name, and by no name that leads outside."""

import pytest

import resources


@pytest.mark.parametrize(
    "name",
    ["", "/etc/hosts", "../dev.py", "a/../../dev.py", "a//b", "./a", "a/.", "a\\b", "C:/a", "C:a"],
)
def test_a_name_that_could_lead_outside_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name of a shipped file"):
        resources.data(name)
    with pytest.raises(ValueError, match="not a name of a shipped file"):
        resources.names(name, "")


def test_a_shipped_file_is_found_by_name() -> None:
    assert '"""The one way to read' in resources.text("__init__.py")
    assert resources.data("py.typed") == b""


def test_a_file_that_is_not_there_is_said_so() -> None:
    with pytest.raises(FileNotFoundError):
        resources.text("no-such-rules.toml")
    with pytest.raises(FileNotFoundError, match="no-such-folder"):
        resources.names("no-such-folder", ".toml")
