"""Notes in the audit trail which setting of the clinic was changed, by whom, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic_desktop.domain.differences import Change, as_json
from clinic_desktop.services.whole_files import replace_file

from .settings import FILE_NAME, read_settings

if TYPE_CHECKING:
    from clinic_desktop.services.access.session import Session


@contextmanager
def noted(session: Session | None) -> Iterator[None]:
    """Whatever is written into the settings in this block stands in the trail, or is not written.

    Without a session, or behind the lock, nobody is there to have done it. Raises Refused,
    ChartError, RecordUnavailable; then the settings are what they were.
    """
    if session is None or session.locked:
        yield
        return
    path = session.folder / FILE_NAME
    with session.begin(writing=True) as work:
        content, before = _bytes_of(path), _flat(path.parent)
        yield
        changed = _changes(before, _flat(path.parent))
        if not changed:
            return
        try:
            work.note_settings(changed, session.act())
            work.commit()
        except BaseException:  # whatever it was: nothing changes without a trace of it
            with suppress(OSError):
                path.unlink() if content is None else replace_file(path, content)
            raise


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _flat(folder: Path) -> dict[str, Any]:
    """The settings by table and key, as in `clinic.phone`."""
    try:
        settings = read_settings(folder)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    flat: dict[str, Any] = {}
    for name, table in settings.items():
        held = table.items() if isinstance(table, dict) else [("", table)]
        flat |= {f"{name}.{key}".rstrip("."): value for key, value in held}
    return flat


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(name, _told(before.get(name)), _told(after.get(name)))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def _told(value: Any) -> str | None:
    try:
        return as_json(value)
    except (TypeError, ValueError):  # what TOML has and JSON has not
        return as_json(str(value))
