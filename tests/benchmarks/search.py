"""How long each keystroke of the patient search takes among many patients.

Run: python tests/benchmarks/search.py [NUMBER_OF_PATIENTS]

Forty people are typed key by key: surname, surname and given name, one letter of each, number,
birth date, and a name that nobody has. The limit beside it is a sorted list in memory with bisect,
which finds by the beginning of the surname only.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import record
from tests.records import opened

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
PEOPLE, SHOWN = 40, 20
STARTS = [*"bcdfghjklmnprstvwz", "br", "ch", "dr", "gr", "st", "tr"]
VOWELS = [*"aeiou", "ai", "ea", "ie", "oo", "é", "ü"]
ENDS = ["", "n", "r", "s", "ll", "nd", "ck", "son", "man", "ley", "ez"]


def made_up_names(count: int, longest: int, chance: random.Random) -> list[str]:
    """Names that nobody has, the short ones first: these become the frequent ones."""
    names: set[str] = set()
    while len(names) < count:
        syllables = chance.randint(1, longest)
        name = "".join(chance.choice(STARTS) + chance.choice(VOWELS) for _ in range(syllables))
        names.add((name + chance.choice(ENDS)).capitalize())
    return sorted(names, key=lambda name: (len(name), name))


def made_up_patients(count: int) -> Iterator[Patient]:
    """So many patients; a few names are frequent, most are rare."""
    chance = random.Random(5)
    given, family = made_up_names(3000, 2, chance), made_up_names(20_000, 3, chance)
    weights = [
        list(itertools.accumulate(1 / (i + 5) for i in range(len(n)))) for n in (given, family)
    ]
    firsts = chance.choices(given, cum_weights=weights[0], k=count)
    lasts = chance.choices(family, cum_weights=weights[1], k=count)
    for first, last in zip(firsts, lasts, strict=True):
        born = dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(31_000))
        yield Patient(f"{first} {last}", born)


def keystrokes(number: int, patient: Patient) -> Iterator[tuple[str, str]]:
    """What is typed to find a person, and the class of each key."""
    first, last = patient.name.lower().split()
    for length in range(1, len(last) + 1):
        yield ("1 letter", "2 letters", "3 and more")[min(length, 3) - 1], last[:length]
    for length in range(1, min(len(first), 4) + 1):
        yield "surname and given name", f"{last[:3]} {first[:length]}"
    yield "one letter each", f"{last[0]} {first[0]}"
    for length in range(1, 7):
        yield "number", f"{number:06d}"[:length]
    assert patient.birth_date is not None
    for length in (4, 6, 7, 9, 10):
        yield "birth date", patient.birth_date.isoformat()[:length]
    yield "birth date in words", f"{patient.birth_date:%d-%b-%Y}"
    yield "month in words", f"{patient.birth_date:%b %Y}"
    yield "name and year", f"{last[:3]} {patient.birth_date.year}"
    yield "no such name", last[:2] + "xq"
    yield "no such pair", f"{last[0]} xq"
    yield "nothing", ""


def show(what: str, times: list[float]) -> None:
    """One line of the table."""
    ordered = sorted(times)
    late = ordered[int(0.95 * (len(ordered) - 1))]
    print(
        f"{what:<26} {len(times):5d} keys  median {statistics.median(times):7.3f} ms"
        f"  p95 {late:7.3f} ms  worst {ordered[-1]:7.3f} ms"
    )


def milliseconds_since(start: float) -> float:
    """The time passed."""
    return (time.perf_counter() - start) * 1e3


def main(count: int) -> None:
    """Fills a record, then types."""
    patients = list(made_up_patients(count))
    with tempfile.TemporaryDirectory() as folder:
        database = opened(Path(folder))
        start = time.perf_counter()
        with database.begin(writing=True) as work:
            for patient in patients:
                work.add_patient(patient, ACT)
            work.commit()
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 2**20
        print(f"{count} patients entered in {time.perf_counter() - start:.0f} s, {size:.0f} MB")
        people = random.Random(9).sample(list(enumerate(patients, 1)), PEOPLE)
        keys = [key for person in people for key in keystrokes(*person)]
        random.Random(2).shuffle(keys)
        by_surname = sorted((p.name.lower().split()[1], n) for n, p in enumerate(patients, 1))
        times: defaultdict[str, list[float]] = defaultdict(list)
        limit = []
        for kind, typed in keys:
            start = time.perf_counter()
            record.find_patients(database.begin, typed, SHOWN)
            times[kind].append(milliseconds_since(start))
            start = time.perf_counter()
            place = bisect.bisect_left(by_surname, (typed,))
            hits = by_surname[place : place + SHOWN]
            _found = [patients[n - 1] for name, n in hits if name.startswith(typed)]
            limit.append(milliseconds_since(start))
        for kind, figures in times.items():
            show(kind, figures)
        show("all keys", [figure for figures in times.values() for figure in figures])
        show("limit: list and bisect", limit)
        database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
