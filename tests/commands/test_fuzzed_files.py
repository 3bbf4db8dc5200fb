"""Real files with bytes changed by chance: read, or refused in words, never half stored."""

import datetime as dt
import random
import re
import sys
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from clinic_desktop.domain.errors import BadCaseFile, BrokenKnowledge, ChartError
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.casefiles.casefile import LARGEST_FILE, read_case
from clinic_desktop.services.casefiles.checked_json import MOST_PARTS
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.clinic.settings import FILE_NAME, load_clinic
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.own_folder import read_own_files
from clinic_desktop.services.knowledge.rule_tables import tables_of
from reports.pictures import logo_of
from tests.casefiles import CANARIES, as_bytes, whole_case
from tests.records import connected_clinic, make_clinic
from tests.strategies import PLAN_ITEMS
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue()
FILES = sorted((ROOT / "resources/cases").glob("*.json"))
FILES += sorted((ROOT / "tests/rules/cases").glob("*.json"))
SEEDS = (*(file.read_bytes() for file in FILES), as_bytes(whole_case()))
PLACE = re.compile(r"(the file|[a-z0-9_]+|\"[a-z0-9_.]+\")[^:\n]*: .+")
BITS = (
    *(b"null", b"NaN", b"1e999", b"-0", b"9" * 400, b"true", b"[", b"]", b"{", b"}", b":", b","),
    *(b'"', b"\\", b"\\u0000", b"\\ud800", b"\\u202e", b"\xef\xbb\xbf", b"\xff", b"\x00", b"\r\n"),
    *(b'"signed":true,', b'"patient":', b'"visits":', b'"right":', b"[[" * 40, b'{"a":' * 40),
    *("\u202e".encode(), "\u2066".encode(), "e\u0301".encode(), "\N{GRINNING FACE}".encode()),
)
Tries = Callable[[int, int], int]
Record = Callable[[str, object], None]


def mutated(chance: random.Random, seed: bytes, others: tuple[bytes, ...]) -> bytes:
    """One to six things done to a file at places that chance names."""
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 1, 2, 8, 64))
        match chance.randrange(7):
            case 0 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                data[at:at] = chance.choice(BITS)
            case 4:
                data[at : at + length] = chance.choice(BITS)
            case 5:
                other = chance.choice(others)
                start = chance.randrange(len(other))
                data[at : at + length] = other[start : start + length]
            case _:
                del data[at:]
        if not data:
            break
    return bytes(data)


Made = TypeVar("Made")


def outcome(make: Callable[[], Made]) -> tuple[Made | None, ChartError | None]:
    """What came of a file: itself, or why it was refused. Nothing else may come of it."""
    try:
        return make(), None
    except ChartError as problem:
        return None, problem


def test_a_changed_case_file_is_read_or_refused_by_its_places(
    tries: Tries, record_property: Record
) -> None:
    """What is read can be written, and reads back the same; what is refused repeats no words."""
    chance, ended = random.Random(20261124), Counter[str]()
    for _ in range(tries(4_000, 1_000_000)):
        data = mutated(chance, chance.choice(SEEDS), SEEDS)
        case, problem = outcome(partial(read_case, data, CATALOGUE, PLAN_ITEMS))
        if case is None:
            ended["refused"] += 1
            assert isinstance(problem, BadCaseFile)
            assert [f for f in problem.faults if not PLACE.fullmatch(f)] == [], data
            assert not [canary for canary in CANARIES if canary in str(problem)], data
        else:
            ended["read"] += 1
            written = write_case(case)
            assert read_case(written, CATALOGUE, PLAN_ITEMS) == case, data
            assert write_case(read_case(written, CATALOGUE, PLAN_ITEMS)) == written, data
    record_property("changed case files", dict(ended))
    assert min(ended["read"], ended["refused"]) > 100


def test_a_changed_case_file_is_stored_whole_or_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tries: Tries, record_property: Record
) -> None:
    """Through the command, into a real record: 0 with a number, 1 for a namesake, 2 with faults."""
    terminal, chance, ended = Terminal(tmp_path, capsys), random.Random(60), Counter[int]()
    make_clinic(terminal.profile)
    record = connected_clinic(terminal.profile)
    stored = 0
    for _ in range(tries(60, 5_000)):
        data = mutated(chance, chance.choice(SEEDS), SEEDS)
        said = terminal.chart(data)
        ended[said.status] += 1
        assert said.status in {0, 1, 2}, data
        assert said.status != 1 or "in the record already" in said.err, data
        stored += said.status == 0
        with record.begin() as work:
            assert work.count_patients() == stored
    record.close()
    record_property("changed case files through the command, by exit status", dict(ended))
    assert ended[2] > 10


TOO_MANY_PARTS = f"the file: has more than {MOST_PARTS} texts, objects and lists"
NO_OBJECT = "patient: must be an object with keys, in { }"
WORST = {
    "objects": (b'{"a":1},', TOO_MANY_PARTS),
    "lists": (b"[],", TOO_MANY_PARTS),
    "nested": (b"[" * 60 + b"]" * 60 + b",", TOO_MANY_PARTS),
    "texts": (b'"ab",', TOO_MANY_PARTS),
    "numbers": (b"9" * 39 + b",", NO_OBJECT),
    "quotes": (b'"' + b'\\"' * 500 + b'",', NO_OBJECT),
}


@pytest.mark.parametrize(("unit", "fault"), WORST.values(), ids=WORST)
def test_the_largest_file_is_refused_before_it_fills_the_memory(unit: bytes, fault: str) -> None:
    """Five megabytes of what costs a reader most take no more than a few times their size."""
    body = b'{"patient":[' + unit * ((LARGEST_FILE - 100) // len(unit))
    tracemalloc.start()
    try:
        with pytest.raises(BadCaseFile) as refused:
            read_case(body[:-1] + b"]}", CATALOGUE, PLAN_ITEMS)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fault in refused.value.faults
    assert most < 6 * LARGEST_FILE


def test_a_chart_of_many_years_is_not_taken_for_a_bomb() -> None:
    """Twenty years of visits, each with every finding that the shipped cases chart."""
    cases = [read_case(seed, CATALOGUE, PLAN_ITEMS) for seed in SEEDS]
    findings = {
        key: said for case in cases for visit in case.visits for key, said in visit.findings.items()
    }
    first = dt.date(2005, 1, 3)
    visits = tuple(
        Visit(first + dt.timedelta(weeks=3 * n), findings, signed=False) for n in range(350)
    )
    written = write_case(Case(Patient(CANARIES[0]), visits))
    assert read_case(written, CATALOGUE, PLAN_ITEMS).visits == visits


# ---------------------------------------------------------------------- settings and own rules
SETTINGS = b"""[clinic]
name = "Bridge Street Physiotherapy"
phone = "+44 20 7946 0018"
address = '''12 Bridge Street
Bath'''
emergency_phone = "999"
logo = "logo.png"

[newer]
"a.b" = { x = [1, 2.5, 2026-11-24, true] }
"""
TOML_BITS = (
    *(b"[", b"]", b"[[", b"]]", b"=", b'"""', b"'''", b"\\", b"{", b"}", b".", b"\n", b"#", b"inf"),
    *(b"9" * 5_000, b"[" * 2_000, b"{a=" * 2_000, b"a." * 2_000, b"2026-99-99", b"\x00", b"\xff"),
    *("\u202e".encode(), b"\\uD800", b"\\u202e", b"0x", b"1e999999", b"[clinic]", b"../../etc/x"),
)


def test_changed_settings_are_read_or_refused_in_a_line(
    tmp_path: Path, tries: Tries, record_property: Record
) -> None:
    chance, ended = random.Random(1), Counter[str]()
    (tmp_path / "logo.png").write_bytes(b"x")
    for _ in range(tries(1_500, 100_000)):
        data = bytearray(mutated(chance, SETTINGS, TOML_BITS))
        if chance.random() < 0.5:
            at = chance.randrange(len(data) + 1)
            data[at:at] = chance.choice(TOML_BITS)
        (tmp_path / FILE_NAME).write_bytes(bytes(data))
        clinic, problem = outcome(partial(load_clinic, tmp_path))
        if clinic is None:
            ended["refused"] += 1
            assert str(problem).startswith(FILE_NAME), bytes(data)
            assert "\n" not in str(problem)
        else:
            ended["read"] += 1
            assert "\u202e" not in clinic.name + clinic.address
    record_property("changed settings", dict(ended))
    assert min(ended["read"], ended["refused"]) > 50


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a=" + b"[" * 5_000, "settings.toml: is nested too deeply"),
        (b"a=" + b"9" * 5_000, "settings.toml: holds a number or date that is none"),
        (b"#" * 100_001, "settings.toml: has more than 100000 bytes"),
        (b'[clinic]\nname="' + b"x" * 501 + b'"', "settings.toml: clinic.name: 501 characters"),
        (b'[clinic]\nphone="\\u202e112"', "settings.toml: clinic.phone holds RIGHT-TO-LEFT"),
        (b'[clinic]\nlogo="../x.png"', "settings.toml: clinic.logo must be the name of a file"),
        (b'[clinic]\nlogo="folder"', "settings.toml: clinic.logo: folder: is no file"),
        (b"[clinic]\nname=7", "settings.toml: clinic.name must be text"),
        (b"\xff\xfe", "settings.toml: is not UTF-8 at byte 0"),
    ],
)
def test_what_is_wrong_with_settings_is_said(content: bytes, line: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(ChartError) as refused:
        load_clinic(tmp_path)
    assert str(refused.value).startswith(line)


def picture(kind: str, mode: str = "RGB", side: int = 40) -> bytes:
    """A small picture as bytes."""
    import io

    from PIL import Image

    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CANARIES[0]
    Image.radial_gradient("L").resize((side, side // 2)).convert(mode).save(made, kind, exif=exif)
    return made.getvalue()


PICTURES = (
    *(picture("PNG", mode) for mode in ("RGB", "RGBA", "L", "P", "1", "LA")),
    *(picture("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
)


def test_a_changed_logo_is_drawn_or_refused_in_words(tries: Tries, record_property: Record) -> None:
    chance, ended = random.Random(2), Counter[str]()
    for content in PICTURES:
        assert logo_of(content) is not None
    for _ in range(tries(1_500, 200_000)):
        data = mutated(chance, chance.choice(PICTURES), PICTURES) or b"x"
        logo, problem = outcome(partial(logo_of, data))
        ended["drawn" if logo else "refused"] += 1
        assert logo or "clinic's logo" in str(problem)
    record_property("changed logos", dict(ended))
    assert ended["refused"] > 100


def test_a_logo_of_another_kind_or_of_endless_size_is_refused() -> None:
    import struct
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    with pytest.raises(ChartError, match="40 million dots"):
        logo_of(bomb)
    for other in (picture("GIF"), picture("BMP"), picture("TIFF"), b"%PDF-1.4", b"<svg/>", b"P6 "):
        with pytest.raises(ChartError, match="PNG or JPEG"):
            logo_of(other)


RULES = sorted((ROOT / "resources" / "rules").glob("*.toml"))


def test_changed_own_rules_are_used_or_refused_by_file_and_reason(
    tmp_path: Path, tries: Tries, record_property: Record
) -> None:
    """The shipped rules, changed by chance, in the place of a clinic's own."""
    chance, ended = random.Random(3), Counter[str]()
    for _ in range(tries(150, 20_000)):
        file = chance.choice(RULES)
        whole = file.read_bytes()
        start = chance.randrange(max(1, len(whole) - 4_000))
        data = bytearray(mutated(chance, whole[start : start + 4_000], TOML_BITS))
        at = chance.randrange(len(data) + 1)
        data[at:at] = chance.choice(TOML_BITS)
        (tmp_path / file.name).write_bytes(bytes(data))
        tables, problem = outcome(lambda: tables_of(read_own_files(tmp_path).texts))
        ended["refused" if tables is None else "used"] += 1
        if isinstance(problem, BrokenKnowledge):
            assert all(file.name in fault for fault in problem.faults), problem.faults
        (tmp_path / file.name).unlink()
    record_property("changed own rules", dict(ended))
    assert ended["refused"] > 50


# ---------------------------------------------------------------------- where papers are written
def test_only_a_file_is_ever_replaced_and_no_half_one_stays(terminal: Terminal) -> None:
    """A folder, a pipe, a full disk: the sentence says so, and what was there is there."""
    from tests.terminal import ARTICLE

    folder = terminal.folder / "out"
    folder.mkdir()
    said = terminal.run("report", ARTICLE, "--out", folder)
    assert (said.status, said.err) == (1, f"{folder}: is there already and is no file\n")
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_paper_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    import resource
    import signal

    from clinic_desktop.services.whole_files import CannotWrite, hand_out

    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        paper = Path(folder, "sheet.pdf")
        hand_out(paper, b"the old one")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
        try:
            with pytest.raises(CannotWrite, match=r"sheet\.pdf: file too large"):
                hand_out(paper, b"x" * 5_000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, heard)
        assert paper.read_bytes() == b"the old one"
        assert list(Path(folder).iterdir()) == [paper]
        assert paper.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such mask there")
def test_what_the_program_writes_is_for_its_user_alone(terminal: Terminal) -> None:
    """Whatever the system's usual mask is: a process of its own, with the most open one."""
    import subprocess

    from tests.terminal import ARTICLE

    out = terminal.folder / "report.pdf"
    code = "import sys; from clinic_desktop.bootstrap import main; sys.exit(main())"
    arguments = [sys.executable, "-c", code, "report", str(ARTICLE), "--out", str(out)]
    subprocess.run(arguments, check=True, umask=0)
    made = terminal.folder / "clinic"
    key = terminal.folder / "key"
    key.write_text("the blue kettle sings\n")
    new = ["new-clinic", "--name", "Hill", "--user", "anna", "--profile", str(made)]
    start = [sys.executable, "-c", code, *new, "--key-file", str(key)]
    subprocess.run(start, check=True, umask=0)
    for path in (out, made, *made.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
