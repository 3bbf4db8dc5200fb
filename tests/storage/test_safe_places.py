"""Where a record would get damaged none is made, and the reason is said."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.safe_places import refuse_unsafe_place
from tests.records import PASSPHRASE, QUICK


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Riverside", "iCloud Drive", "Nextcloud"])
def test_a_synced_folder_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "clinic"
    with pytest.raises(RecordUnavailable, match="synced"):
        FolderOfClinic(folder, QUICK).create("anna", PASSPHRASE)
    assert not folder.exists()


@pytest.mark.parametrize(("kind", "options"), [("nfs4", "rw"), ("cifs", "rw"), ("", "rw,remote")])
def test_a_network_drive_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, options: str
) -> None:
    def part(at: Path, fstype: str, opts: str) -> SimpleNamespace:
        return SimpleNamespace(mountpoint=str(at), fstype=fstype, opts=opts)

    mounts = [part(Path("/"), "ext4", "rw"), part(tmp_path, kind, options)]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: mounts)
    with pytest.raises(RecordUnavailable, match="network"):
        refuse_unsafe_place(tmp_path / "clinic")
    refuse_unsafe_place(tmp_path.parent)


def test_an_ordinary_folder_is_taken(tmp_path: Path) -> None:
    refuse_unsafe_place(tmp_path / "boxes" / "clinic")
