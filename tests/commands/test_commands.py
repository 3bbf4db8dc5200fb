"""The commands as a script meets them: what they print, what they leave behind, how they end."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest

import resources
from clinic_desktop import __version__, bootstrap
from clinic_desktop.commands import files, suggest
from clinic_desktop.services.catalogue_files import load_catalogue
from tests.casefiles import CANARIES, NAME, as_bytes, changed, whole_case

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "resources" / "cases" / "article_1.json"


class Ended(SimpleNamespace):
    """How a command ended: `status`, `out`, `err`."""

    status: int
    out: str
    err: str


class Desk:
    """Runs commands in this process, with a record of their own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self._capture = capture

    def run(self, *arguments: str | Path) -> Ended:
        status = bootstrap.main([str(argument) for argument in arguments])
        out, err = self._capture.readouterr()
        assert "Traceback" not in err
        return Ended(status=status, out=out, err=err)

    def file(self, content: object, name: str = "case.json") -> Path:
        path = self.folder / name
        path.write_bytes(as_bytes(content))
        return path

    def chart(self, content: object, *more: str) -> Ended:
        return self.run("chart", self.file(content), "--profile", self.profile, *more)

    def export(self, number: str | int) -> Any:
        out = self.folder / "exported.json"
        ended = self.run(
            *("export", "--patient", str(number), "--out", out, "--profile", self.profile)
        )
        assert (ended.status, ended.out, ended.err) == (0, "", "")
        return json.loads(out.read_bytes())


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A terminal beside a record in which nothing was ever charted."""
    return Desk(tmp_path, capsys)


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


# ---------------------------------------------------------------------- suggest
def test_suggest_answers_programs_in_json(desk: Desk) -> None:
    ended = desk.run("suggest", ARTICLE, "--format", "json")
    assert (ended.status, ended.err) == (0, "")
    answer = json.loads(ended.out)
    assert answer["format"] == "clinic-desktop-suggestion/1"
    assert answer["provisional"] is True
    assert "flag.saddle_numbness" in answer["screen"]["unanswered"]
    assert ended.out == desk.run("suggest", ARTICLE, "--format", "json").out


def test_suggest_answers_people_in_text(desk: Desk) -> None:
    ended = desk.run("suggest", ARTICLE)
    assert (ended.status, ended.err) == (0, "")
    assert "Cauda equina (" in ended.out
    assert "%" not in ended.out
    assert ended.out.endswith("You decide.\n")


def test_suggest_reads_standard_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(ARTICLE.read_bytes()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert desk.run("suggest", "-", "--format", "json").out == (
        desk.run("suggest", ARTICLE, "--format", "json").out
    )


def test_suggest_leaves_no_trace(desk: Desk, own_user_folders: Path) -> None:
    desk.run("suggest", ARTICLE)
    assert [path for path in own_user_folders.rglob("*") if path.is_file()] == []


# ---------------------------------------------------------------------- chart, import, export
def test_what_was_charted_is_exported_the_same(desk: Desk) -> None:
    ended = desk.chart(whole_case())
    assert (ended.status, ended.out, ended.err) == (0, "1\n", "")
    assert desk.export(1) == whole_case()


def test_the_published_cases_come_back_to_the_byte(desk: Desk) -> None:
    for number, name in enumerate(("article_1", "article_2", "article_3"), start=1):
        shipped = resources.data(f"cases/{name}.json")
        assert desk.chart(shipped).out == f"{number}\n"
        desk.export(number)
        assert (desk.folder / "exported.json").read_bytes() == shipped


def test_the_same_person_again_is_refused_until_somebody_says_who_it_is(desk: Desk) -> None:
    desk.chart(whole_case())
    again = desk.chart(whole_case())
    assert (again.status, again.out) == (1, "")
    assert "000001" in again.err
    assert NAME not in again.err
    later = changed("visits", to=[{"date": "2026-04-01", "findings": {}}])
    added = desk.chart(later, "--patient", "000001")
    assert (added.status, added.out) == (0, "1\n")
    assert [visit["date"] for visit in desk.export(1)["visits"]] == [
        "2026-03-02",
        "2026-03-02",
        "2026-04-01",
    ]


def test_nobody_of_that_number(desk: Desk) -> None:
    missing = desk.chart(whole_case(), "--patient", "7")
    assert (missing.status, missing.out) == (1, "")
    assert "000007" in missing.err
    out = desk.folder / "out.json"
    nobody = desk.run("export", "--patient", "7", "--out", out, "--profile", desk.profile)
    assert nobody.status == 1
    assert len(nobody.err.splitlines()) == 1
    assert not out.exists()


def test_several_files_are_imported_with_a_number_for_each(desk: Desk) -> None:
    one = desk.file(changed("patient", "name", to="One"), "one.json")
    two = desk.file(changed("patient", "name", to="Two"), "two.json")
    ended = desk.run("import", one, two, "--profile", desk.profile)
    assert (ended.status, ended.out, ended.err) == (0, "1\n2\n", "")
    assert desk.export(2)["patient"]["name"] == "Two"


def test_while_one_file_has_faults_none_is_imported(desk: Desk) -> None:
    good = desk.file(whole_case(), "good.json")
    bad = desk.file(changed("planned_visits", to=0), "bad.json")
    ended = desk.run("import", good, bad, desk.folder / "none.json", "--profile", desk.profile)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        f"{bad}: planned_visits: 0 is outside 1..52 visits",
        f"{desk.folder / 'none.json'}: no such file or directory",
    ]
    assert not desk.profile.exists()


def test_a_file_that_is_refused_does_not_keep_the_others_out(desk: Desk) -> None:
    desk.chart(whole_case())
    known = desk.file(whole_case(), "known.json")
    new = desk.file(changed("patient", "name", to="New"), "new.json")
    ended = desk.run("import", known, new, "--profile", desk.profile)
    assert (ended.status, ended.out) == (1, "2\n")
    assert ended.err.startswith(f"{known}: ")


def test_the_record_lies_where_the_environment_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(bootstrap.PROFILE_VARIABLE, str(desk.folder / "elsewhere"))
    assert desk.run("chart", ARTICLE).status == 0
    assert [path for path in (desk.folder / "elsewhere").iterdir() if path.is_file()]


def test_the_record_lies_in_the_users_own_folder_otherwise(
    desk: Desk, own_user_folders: Path
) -> None:
    assert desk.run("chart", ARTICLE).status == 0
    if sys.platform == "linux":
        assert (own_user_folders / "data" / "clinic-desktop").is_dir()


def test_the_profile_may_stand_before_the_command(desk: Desk) -> None:
    assert desk.run("--profile", desk.profile, "chart", ARTICLE).status == 0
    assert desk.export(1)["patient"]["name"] == "Case A"


# ---------------------------------------------------------------------- handout
def handout(desk: Desk, content: object, *more: str) -> tuple[Ended, Path]:
    out = desk.folder / "sheet.pdf"
    case = desk.file(content)
    return desk.run("handout", case, "--out", out, "--profile", desk.profile, *more), out


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_plan_is_printed(desk: Desk, paper: str, width: int) -> None:
    ended, out = handout(desk, clear_case(plan=PLAN), "--paper", paper)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    (page,) = pypdf.PdfReader(out).pages
    assert round(page.mediabox.width) == width
    assert NAME in page.extract_text()
    assert not desk.profile.exists()


def test_a_plan_is_withheld_until_the_screen_is_complete(desk: Desk) -> None:
    unasked = clear_case(plan=PLAN)
    del unasked["visits"][0]["findings"]["flag.saddle_numbness"]
    ended, out = handout(desk, unasked)
    assert (ended.status, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
    assert not out.exists()


def test_an_emergency_prints_nothing_and_leaves_the_old_sheet(desk: Desk) -> None:
    case = clear_case(plan=PLAN)
    case["visits"][0]["findings"]["flag.saddle_numbness"] = "yes"
    (desk.folder / "sheet.pdf").write_bytes(b"the old one")
    ended, out = handout(desk, case)
    assert ended.status == 1
    assert out.read_bytes() == b"the old one"


@pytest.mark.parametrize("option", [("--large-print",), ("--language", "es")])
def test_what_is_not_there_yet_says_so(desk: Desk, option: tuple[str, ...]) -> None:
    ended, out = handout(desk, clear_case(plan=PLAN), *option)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.endswith("is not yet available\n")
    assert not out.exists()


def test_a_patient_of_another_language_gets_english_and_is_told(desk: Desk) -> None:
    case = clear_case(plan=PLAN)
    case["patient"]["language"] = "es"
    ended, out = handout(desk, case)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == "Printed in English: Spanish is not yet available.\n"
    assert out.exists()


def test_the_sheet_carries_the_clinics_name(desk: Desk) -> None:
    desk.profile.mkdir()
    (desk.profile / "settings.toml").write_text('[clinic]\nname = "Harbour Physio"\nlater = 1\n')
    _, out = handout(desk, clear_case(plan=PLAN))
    assert "Harbour Physio" in pypdf.PdfReader(out).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[clinic", "settings.toml: "),
        ("clinic = 3", "settings.toml: clinic must be a table"),
        ("[clinic]\nphone = 911", "settings.toml: clinic.phone must be text"),
    ],
)
def test_settings_that_cannot_be_read_are_named_and_do_not_stop_the_panel(
    desk: Desk, text: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.profile.mkdir()
    (desk.profile / "settings.toml").write_text(text)
    ended, out = handout(desk, clear_case(plan=PLAN))
    assert ended.status == 1
    assert ended.err.startswith(reason)
    assert not out.exists()
    monkeypatch.setenv(bootstrap.PROFILE_VARIABLE, str(desk.profile))
    assert desk.run("suggest", ARTICLE).status == 0


# ---------------------------------------------------------------------- files
@pytest.mark.parametrize(
    ("name", "reason"),
    [("none.json", "no such file or directory"), ("", "is a directory")],
)
def test_an_input_that_cannot_be_read(desk: Desk, name: str, reason: str) -> None:
    place = desk.folder / name
    ended = desk.run("suggest", place)
    assert (ended.status, ended.out, ended.err) == (2, "", f"{place}: {reason}\n")


def test_a_name_that_no_file_can_have(desk: Desk) -> None:
    assert desk.run("suggest", "a\0b").status == 2
    desk.chart(whole_case())
    ended = desk.run("export", "--patient", "1", "--out", "a\0b", "--profile", desk.profile)
    assert ended.status == 1


def test_an_output_in_no_folder_or_upon_one(desk: Desk) -> None:
    desk.chart(whole_case())
    for place in (desk.folder / "none" / "out.json", desk.folder):
        ended = desk.run("export", "--patient", "1", "--out", place, "--profile", desk.profile)
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.startswith(f"{place}: ")
        assert len(ended.err.splitlines()) == 1


def test_a_disk_that_fills_up_leaves_the_old_file_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.chart(whole_case())
    desk.export(1)
    old = (desk.folder / "exported.json").read_bytes()
    left = set(desk.folder.iterdir())

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    out = desk.folder / "exported.json"
    ended = desk.run("export", "--patient", "1", "--out", out, "--profile", desk.profile)
    assert ended.status == 1
    assert ended.err == f"{out}: no space left on device\n"
    assert out.read_bytes() == old
    assert set(desk.folder.iterdir()) == left


def test_a_link_stays_a_link_and_the_file_behind_it_is_written(desk: Desk) -> None:
    real, link = desk.folder / "real.json", desk.folder / "link.json"
    real.write_text("old")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this user may not make links")
    files.write_output(str(link), b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_what_is_written_is_for_its_owner_only(desk: Desk) -> None:
    files.write_output(str(desk.folder / "new.json"), b"new")
    assert (desk.folder / "new.json").stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------------- how it ends
@pytest.mark.parametrize(
    "arguments",
    [
        ("sugest", "x"),
        ("suggest",),
        ("suggest", "x", "--format", "xml"),
        ("suggest", "x", "--form", "json"),
        ("handout", "x"),
        ("handout", "x", "--out", "y", "--paper", "a5"),
        ("chart", "x", "--patient", "0"),
        ("chart", "x", "--patient", "-1"),
        ("chart", "x", "--patient", "one"),
        ("export", "--patient", "1"),
        ("demo",),
    ],
)
def test_wrong_usage_ends_with_2_and_shows_the_right_one(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    ended = desk.run(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("usage: clinic-desktop")


def test_version_and_help(desk: Desk) -> None:
    assert desk.run("--version").out == f"clinic-desktop {__version__}\n"
    shown = desk.run("--help")
    assert shown.status == 0
    for verb in ("suggest", "chart", "import", "handout", "export", "demo"):
        assert verb in shown.out
        assert desk.run(verb, "--help").status == 0


def test_a_fault_of_ours_is_called_one_and_shows_no_data(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(CANARIES[1])

    monkeypatch.setattr(suggest, "case_in", broken)
    ended = desk.run("suggest", ARTICLE)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(
        "something went wrong in the program (not in your input): RuntimeError at"
        " clinic_desktop.commands.suggest, line "
    )
    assert CANARIES[1] not in ended.err


def test_stopping_it_by_hand_is_no_fault(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(suggest, "case_in", stopped)
    ended = desk.run("suggest", ARTICLE)
    assert (ended.status, ended.err) == (1, "stopped\n")


# ---------------------------------------------------------------------- as real programs
def program(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "clinic_desktop", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, **options)


def test_bad_input_of_the_real_program(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_bytes(as_bytes(changed("visits", 0, "findings", "slr.angle", "right", to=230)))
    ended = program("suggest", case)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().splitlines() == [
        'visits[0].findings."slr.angle".right: 230 is outside 0..130 deg'
    ]


def test_a_reader_that_goes_away_meets_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "clinic_desktop", "suggest", str(ARTICLE)]
        ended = subprocess.run(
            command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_an_old_terminal_shows_what_it_can(tmp_path: Path) -> None:
    case = clear_case(resolved_flags=[{"flag": "avulsion", "reason": "Señal clara"}])
    case["visits"][0]["findings"] |= {"flag.pop": "yes", "story.injury_weeks_ago": 3}
    path = tmp_path / "case.json"
    path.write_bytes(as_bytes(case))
    ended = program("suggest", path, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"Se?al clara" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (("suggest", str(ARTICLE)), ("sqlalchemy", "sqlite3", "PySide6", "reportlab", "ui")),
        (("--version",), ("sqlalchemy", "sqlite3", "PySide6", "reportlab", "ui", "alembic")),
    ],
)
def test_a_command_loads_only_what_it_needs(
    arguments: tuple[str, ...], unneeded: tuple[str, ...]
) -> None:
    code = (
        "import sys; from clinic_desktop.bootstrap import main\n"
        f"status = main({arguments!r})\n"
        f"print([name for name in {unneeded!r} if name in sys.modules], status, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert ended.stderr.decode().strip() == "[] 0"


def test_a_stranger_in_the_place_of_our_package_is_named(tmp_path: Path) -> None:
    stranger = tmp_path / "reports"
    stranger.mkdir()
    (stranger / "__init__.py").write_text("")
    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]\n"
        "from clinic_desktop.bootstrap import main; sys.exit(main(['--version']))"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"in an environment of its own" in ended.stderr
