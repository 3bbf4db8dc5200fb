"""How long a chart of 30 visits with 150 findings each takes to open and to save.

Run: python tests/benchmarks/open_chart.py [FOLDER_ON_THE_DISK_THAT_MATTERS]

Beside each figure stands its limit from the same run: for opening, `json.loads` of the same content
from one plain file; for saving, appending as many bytes to a file and flushing it to the disk.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.catalogue import FindingSpec
from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.values import Key, Kind, Value
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Retest, Visit
from clinic_desktop.services import record
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.storage.database import Database
from tests.records import opened

VISITS, FINDINGS, OTHERS, REPEATS = 30, 150, 60, 40
ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))


def made_up_value(spec: FindingSpec, chance: random.Random) -> Value:
    """Something that the finding takes."""
    if spec.kind is Kind.NUMBER:
        return chance.randint(int(spec.low), int(spec.high))
    if spec.kind is Kind.TEXT:
        return "Patient reports gradual improvement. " * 4
    if spec.kind is Kind.SET:
        return tuple(chance.sample(spec.choices, min(2, len(spec.choices))))
    return chance.choice(spec.choices)


def made_up_visit(day: dt.date, findings: int, chance: random.Random) -> Visit:
    """A visit with so many findings, two retests and four plan items."""
    catalogue = load_catalogue()
    keys = [key for spec in catalogue.findings.values() for key in spec.keys]
    charted = {
        key: made_up_value(catalogue.spec(key.finding), chance)
        for key in chance.sample(keys, findings)
    }
    retests = (
        Retest("slider_seated", "gait.pain", before=6, after=3),
        Retest("glute_burn", "sitting.minutes", before=20, after=35, note="after two sets"),
    )
    plan = tuple(map(PlanChoice, ("pause_stretching", "slider_seated", "glute_burn", "brace")))
    return Visit(day, charted, retests, plan, signed=False)


def made_up_case(name: str, visits: int, findings: int, chance: random.Random) -> Case:
    """A course of weekly visits."""
    first = dt.date(2026, 1, 5)
    days = [first + dt.timedelta(weeks=week) for week in range(visits)]
    course = tuple(made_up_visit(day, findings, chance) for day in days)
    return Case(Patient(name, dt.date(1982, 3, 14)), course, CourseFacts(goal="run 10 km"))


def milliseconds(action: Callable[[], object]) -> float:
    """The time an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def compare(
    limit: str, least: Callable[[], object], actions: dict[str, Callable[[], None]]
) -> None:
    """Times each action in turn with its limit, so that a busy machine slows both."""
    least()
    times: dict[str, list[float]] = {limit: [], **{name: [] for name in actions}}
    ratios: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(REPEATS):
        for name, action in actions.items():
            bound = milliseconds(least)
            took = milliseconds(action)
            times[limit].append(bound)
            times[name].append(took)
            ratios[name].append(took / bound)
    for name, figures in times.items():
        ratio = statistics.median(ratios.get(name, [1.0]))
        median, worst = statistics.median(figures), max(figures)
        print(f"{name:<42} {median:8.2f} ms  worst {worst:8.2f} ms  {ratio:5.1f} x limit")


def opening(folder: Path, number: int, database: Database) -> None:
    """Measures opening beside reading the same content from one file."""
    course = record.open_chart(database.begin, ACT, number)
    plain = {
        stored.id: {str(key): value for key, value in stored.visit.findings.items()}
        for stored in course.visits
    }
    file = folder / "chart.json"
    file.write_text(json.dumps(plain), encoding="utf-8")
    fresh: list[Database] = []

    def again() -> None:
        record.open_chart(database.begin, ACT, number)

    def just_started() -> None:
        fresh.append(opened(folder))
        record.open_chart(fresh[-1].begin, ACT, number)

    actions = {"open a chart": again, "open the record, then a chart": just_started}
    size = file.stat().st_size
    compare(f"limit: json.loads of {size} bytes", lambda: json.loads(file.read_bytes()), actions)
    for database in fresh:
        database.close()


def saving(folder: Path, number: int, database: Database) -> None:
    """Measures saving beside an append and a flush."""
    stored = record.open_chart(database.begin, ACT, number).visits[-1]
    page, chance, state = os.urandom(2500), random.Random(7), stored.visit
    # Made before the clock runs, each other than the one before.
    whole = [made_up_visit(state.date, FINDINGS, chance) for _ in range(REPEATS)]

    def save(after: Visit) -> None:
        nonlocal state
        record.save_visit(database.begin, ACT, stored.id, state, after)
        state = after

    def one() -> None:
        key = Key("gait.pain")
        save(state.charted(key, 3 if state.findings.get(key) == 2 else 2))

    with (folder / "log").open("ab", buffering=0) as log:

        def append() -> None:
            log.write(page)
            os.fsync(log.fileno())

        actions = {
            "save one finding": one,
            "save a visit changed everywhere": lambda: save(whole.pop()),
        }
        compare(f"limit: append {len(page)} bytes and flush", append, actions)


def main(place: str | None) -> None:
    """Fills a record, then measures."""
    chance = random.Random(3)
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        database = opened(folder)
        for other in range(OTHERS):
            case = made_up_case(f"Case {other}", 12, FINDINGS, chance)
            record.chart_case(database.begin, ACT, case)
        big = made_up_case("Case of many visits", VISITS, FINDINGS, chance)
        number = record.chart_case(database.begin, ACT, big)
        database.close()
        size = sum(file.stat().st_size for file in folder.iterdir()) / 2**20
        print(f"{OTHERS} patients x 12 visits and one x {VISITS}: {size:.1f} MB")
        database = opened(folder)
        opening(folder, number, database)
        saving(folder, number, database)
        database.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
