"""Runs commands in the test's own process and says how they ended."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from clinic_desktop import bootstrap
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from tests.casefiles import NAME, as_bytes
from tests.records import make_clinic, signing_in

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "resources" / "cases" / "article_1.json"


class Ended(SimpleNamespace):
    """How a command ended: `status`, `out`, `err`."""

    status: int
    out: str
    err: str


class Terminal:
    """Runs commands beside a record of their own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self._capture = capture

    @property
    def signs_in(self) -> tuple[str, ...]:
        """Folder and passphrase of a clinic, made where there is none yet."""
        if not (self.profile / "vault.json").exists():
            make_clinic(self.profile)
        return signing_in(self.profile)

    def run(self, *arguments: object) -> Ended:
        status = bootstrap.main([str(argument) for argument in arguments])
        out, err = self._capture.readouterr()
        assert "Traceback" not in err
        return Ended(status=status, out=out, err=err)

    def file(self, content: object, name: str = "case.json") -> Path:
        path = self.folder / name
        path.write_bytes(as_bytes(content))
        return path

    def chart(self, content: object, *more: str) -> Ended:
        return self.run("chart", self.file(content), *self.signs_in, *more)

    def export(self, number: str | int, *more: str) -> Any:
        out = self.folder / "exported.json"
        ended = self.run("export", "--patient", str(number), "--out", out, *self.signs_in, *more)
        assert (ended.status, ended.out, ended.err) == (0, "", "")
        return json.loads(out.read_bytes())


def clear_case(**visit: object) -> dict[str, Any]:
    """Somebody whose danger signs were all asked and denied."""
    flags = [f for f in load_catalogue().findings if f.startswith("flag.")]
    return {
        "format": "clinic-desktop-case/1",
        "patient": {"name": NAME, "birth_date": "1982-03-14", "sex": "female"},
        "visits": [
            {
                "date": "2026-03-02",
                "findings": {"complaint.side": "right"} | dict.fromkeys(flags, "no"),
                **visit,
            }
        ],
    }


PLAN = [{"item": "pause_stretching"}, {"item": "slider_seated", "dose": "2 x 10, once a day"}]
