"""Refuses folders in which a database gets damaged: synced ones, and network drives."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.words.translation import _

_SYNCED: Final = (
    "dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "mobile documents",
    "com~apple~clouddocs", "nextcloud", "owncloud", "box sync", "pcloud", "syncthing", "megasync",
)  # fmt: skip
"""How folders of programs that copy files while they are written are called, or begin."""
_REMOTE: Final = frozenset(
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "davfs",
        "webdav", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.google-drive-ocamlfuse",
    }
)  # fmt: skip
"""Kinds of file systems that lie on another computer: their locks cannot be relied on
(sqlite.org, How To Corrupt)."""


def refuse_unsafe_place(folder: Path) -> None:
    """Raise RecordUnavailable, with the reason, for a folder that is synced or on a network."""
    place = folder.resolve()
    for part in place.parts:
        if part.casefold().startswith(_SYNCED):
            raise RecordUnavailable(
                _(
                    "The folder {folder} is synced by another program ({name}), which would damage"
                    " the record. Please use a folder that stays on this computer."
                ).format(folder=folder, name=part)
            )
    if _is_remote(place):
        raise RecordUnavailable(
            _(
                "The folder {folder} is on a network drive, where a record gets damaged. Please use"
                " a folder on a disk of this computer."
            ).format(folder=folder)
        )


def _is_remote(place: Path) -> bool:
    if place.as_posix().startswith("//"):  # a share by its name, as Windows writes it
        return True
    import psutil  # only where somebody opens a record

    holding = [
        part
        for part in psutil.disk_partitions(all=True)
        if place.is_relative_to(Path(part.mountpoint))
    ]
    if not holding:
        return False
    nearest = max(holding, key=lambda part: len(Path(part.mountpoint).parts))
    return nearest.fstype.casefold() in _REMOTE or "remote" in nearest.opts.split(",")
