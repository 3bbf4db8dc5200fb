"""Commands that answer, store and export: what they print and what is kept."""

import io
import json
import sys
from pathlib import Path

import pytest

import resources
from clinic_desktop import bootstrap
from tests.casefiles import NAME, changed, whole_case
from tests.records import make_clinic
from tests.terminal import ARTICLE, Terminal


def test_suggest_answers_programs_in_json(terminal: Terminal) -> None:
    ended = terminal.run("suggest", ARTICLE, "--format", "json")
    assert (ended.status, ended.err) == (0, "")
    answer = json.loads(ended.out)
    assert answer["format"] == "clinic-desktop-suggestion/1"
    assert answer["provisional"] is True
    assert "flag.saddle_numbness" in answer["screen"]["unanswered"]
    assert ended.out == terminal.run("suggest", ARTICLE, "--format", "json").out


def test_suggest_answers_people_in_text(terminal: Terminal) -> None:
    ended = terminal.run("suggest", ARTICLE)
    assert (ended.status, ended.err) == (0, "")
    assert "Cauda equina (" in ended.out
    assert "%" not in ended.out
    assert ended.out.endswith("You decide.\n")


def test_suggest_reads_standard_input(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(ARTICLE.read_bytes()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert terminal.run("suggest", "-", "--format", "json").out == (
        terminal.run("suggest", ARTICLE, "--format", "json").out
    )


def test_suggest_leaves_no_trace(terminal: Terminal, own_user_folders: Path) -> None:
    terminal.run("suggest", ARTICLE)
    assert [path for path in own_user_folders.rglob("*") if path.is_file()] == []


def test_what_was_charted_is_exported_the_same(terminal: Terminal) -> None:
    ended = terminal.chart(whole_case())
    assert (ended.status, ended.out, ended.err) == (0, "1\n", "")
    assert terminal.export(1) == whole_case()


def test_the_published_cases_come_back_to_the_byte(terminal: Terminal) -> None:
    for number, name in enumerate(("article_1", "article_2", "article_3"), start=1):
        shipped = resources.data(f"cases/{name}.json")
        assert terminal.chart(shipped).out == f"{number}\n"
        terminal.export(number)
        assert (terminal.folder / "exported.json").read_bytes() == shipped


def test_the_same_person_again_is_refused_until_somebody_says_who_it_is(terminal: Terminal) -> None:
    first = changed("closed", to=...)
    terminal.chart(first)
    again = terminal.chart(first)
    assert (again.status, again.out) == (1, "")
    assert "000001" in again.err
    assert NAME not in again.err
    later = {**first, "visits": [{"date": "2026-04-01", "findings": {}}]}
    added = terminal.chart(later, "--patient", "000001")
    assert (added.status, added.out) == (0, "1\n")
    assert [visit["date"] for visit in terminal.export(1)["visits"]] == [
        "2026-03-02",
        "2026-03-02",
        "2026-04-01",
    ]


def test_visits_after_a_closed_course_are_a_course_of_their_own(terminal: Terminal) -> None:
    """The export names one of the two by its place; without a place it is the newest."""
    terminal.chart(whole_case())
    later = {**changed("closed", to=...), "visits": [{"date": "2026-09-01", "findings": {}}]}
    later["opened"], later["reason"] = "2026-09-01", "left this time"
    assert terminal.chart(later, "--patient", "1").status == 0
    old, new = terminal.export(1, "--course", "1"), terminal.export(1, "--course", "2")
    assert old == whole_case()
    assert (new["reason"], [visit["date"] for visit in new["visits"]]) == (
        "left this time",
        ["2026-09-01"],
    )
    assert terminal.export(1) == new


@pytest.mark.parametrize(("place", "status"), [("3", 1), ("0", 2), ("first", 2)])
def test_a_course_that_is_not_there_is_said_in_one_line(
    terminal: Terminal, place: str, status: int
) -> None:
    terminal.chart(whole_case())
    out = terminal.folder / "out.json"
    ended = terminal.run(
        *("export", "--patient", "1", "--course", place, "--out", out),
        *terminal.signs_in,
    )
    assert ended.status == status
    assert "course" in ended.err
    assert not out.exists()


def test_nobody_of_that_number(terminal: Terminal) -> None:
    missing = terminal.chart(whole_case(), "--patient", "7")
    assert (missing.status, missing.out) == (1, "")
    assert "000007" in missing.err
    out = terminal.folder / "out.json"
    nobody = terminal.run("export", "--patient", "7", "--out", out, *terminal.signs_in)
    assert nobody.status == 1
    assert len(nobody.err.splitlines()) == 1
    assert not out.exists()


def test_several_files_are_imported_with_a_number_for_each(terminal: Terminal) -> None:
    one = terminal.file(changed("patient", "name", to="One"), "one.json")
    two = terminal.file(changed("patient", "name", to="Two"), "two.json")
    ended = terminal.run("import", one, two, *terminal.signs_in)
    assert (ended.status, ended.out, ended.err) == (0, "1\n2\n", "")
    assert terminal.export(2)["patient"]["name"] == "Two"


def test_while_one_file_has_faults_none_is_imported(terminal: Terminal) -> None:
    good = terminal.file(whole_case(), "good.json")
    bad = terminal.file(changed("planned_visits", to=0), "bad.json")
    ended = terminal.run("import", good, bad, terminal.folder / "none.json", *terminal.signs_in)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        f"{bad}: planned_visits: 0 is outside 1..52 visits",
        f"{terminal.folder / 'none.json'}: no such file or directory",
    ]
    nobody = terminal.run(
        "export", "--patient", "1", "--out", terminal.folder / "x", *terminal.signs_in
    )
    assert "no patient number 000001" in nobody.err


def test_a_file_that_is_refused_does_not_keep_the_others_out(terminal: Terminal) -> None:
    terminal.chart(whole_case())
    known = terminal.file(whole_case(), "known.json")
    new = terminal.file(changed("patient", "name", to="New"), "new.json")
    ended = terminal.run("import", known, new, *terminal.signs_in)
    assert (ended.status, ended.out) == (1, "2\n")
    assert ended.err.startswith(f"{known}: ")


def test_the_record_lies_where_the_environment_says(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = terminal.folder / "elsewhere"
    monkeypatch.setenv(bootstrap.PROFILE_VARIABLE, str(elsewhere))
    _profile, *key = make_clinic(elsewhere)[1:]
    assert terminal.run("chart", ARTICLE, *key).out == "1\n"
    assert (elsewhere / "vault.json").exists()


def test_the_record_lies_in_the_users_own_folder_otherwise(
    terminal: Terminal, own_user_folders: Path
) -> None:
    key = terminal.file("the blue kettle sings", "key")
    new = ("new-clinic", "--name", "Run clinic", "--user", "Anna", "--key-file", key)
    key.write_text("the blue kettle sings\n")
    assert terminal.run(*new).out == "The clinic is there; Anna signs in.\n"
    assert terminal.run("chart", ARTICLE, "--key-file", key).out == "1\n"
    if sys.platform == "linux":
        assert (own_user_folders / "data" / "clinic-desktop").is_dir()


def test_the_profile_may_stand_before_the_command(terminal: Terminal) -> None:
    assert (
        terminal.run(*terminal.signs_in[:2], "chart", ARTICLE, *terminal.signs_in[2:]).status == 0
    )
    assert terminal.export(1)["patient"]["name"] == "Case A"
