"""What the audit trail costs a change, and how fast it is read and checked on a long trail.

Run: python tests/benchmarks/audit.py [FOLDER_ON_THE_DISK_THAT_MATTERS]

One field is changed and committed, with and without its entry, in turns within the same run, so
that a slow disk slows both; beside the time stands that of the processor alone, which other
programs do not lengthen. Then 100,000 entries are read by page, by patient, by user and by field,
and the chain is verified.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from unittest import mock

from clinic_desktop.domain.access import Role
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import SECURITY, AuditQuery, Deed
from clinic_desktop.domain.people import User
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.storage.audit import AuditWriter
from clinic_desktop.storage.database import Database
from tests.records import opened

CHANGES, ENTRIES, PATIENTS, REPEATS = 1_500, 100_000, 200, 15
ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
TODAY = ACT.at.date()
ANGLE = Key("slr.angle", Side.RIGHT)


def cost_of_an_entry(
    database: Database, clock: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Milliseconds a saved change takes with its entry and without, in turns."""
    (visit,) = (stored.visit for stored in record.open_chart(database.begin, ACT, 1).visits)
    taken: tuple[list[float], list[float]] = ([], [])
    for n in range(2 * CHANGES):
        changed = visit.charted(ANGLE, n % 90)
        without = n % 2
        skipped = mock.patch.object(AuditWriter, "note") if without else nullcontext()
        with skipped:
            started = clock()
            record.save_visit(database.begin, ACT, 1, visit, changed)
            taken[without].append((clock() - started) * 1e3)
        visit = changed
    return taken


def fill(database: Database) -> None:
    """A long trail: many users, many patients, a sign-in now and then."""
    for start in range(0, ENTRIES, 5_000):
        user = User(f"u{start // 5_000}", f"User {start // 5_000}", "PT", Role.THERAPIST)
        database.write_as(user, "desk-1", "s1")
        with database.begin(writing=True) as work:
            for n in range(5_000):
                deed = Deed.SIGNED_IN if n % 500 == 0 else Deed.CHART_OPENED
                work.note_act(deed, ACT, number=None if n % 500 == 0 else n % PATIENTS + 1)
            work.commit()


def milliseconds(does: Callable[[], object]) -> float:
    """The median of some runs."""
    taken = []
    for _n in range(REPEATS):
        started = time.perf_counter()
        does()
        taken.append((time.perf_counter() - started) * 1e3)
    return statistics.median(taken)


def told(name: str, values: list[float]) -> str:
    """Median and 95th percentile."""
    slow = sorted(values)[-len(values) // 20]
    return f"{name:34} p50 {statistics.median(values):6.2f} ms   p95 {slow:6.2f} ms"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        database = opened(Path(folder))
        record.chart_case(database.begin, ACT, Case(Patient("Case A"), (Visit(TODAY),)))
        for name, clock in (("", time.perf_counter), (" (processor)", time.process_time)):
            with_entry, without = cost_of_an_entry(database, clock)
            print(told(f"a saved change{name}", with_entry))
            print(told(f"without its entry{name}", without))
            more = statistics.median(with_entry) - statistics.median(without)
            print(f"{f'the entry{name}':34} p50 {more:+6.2f} ms   (target: about +0.1)")
        fill(database)
        with database.begin() as work:
            middle = work.audit_head().seq // 2
            for name, query in {
                "newest page": AuditQuery(),
                "page in the middle": AuditQuery(before=middle),
                "page of a patient": AuditQuery(number=7),
                "page of a user": AuditQuery(user="u3"),
                "page of sign-ins": AuditQuery(deeds=SECURITY),
            }.items():
                taken = milliseconds(partial(work.audit_entries, query))
                print(f"{name:34} {taken:6.2f} ms   of {work.audit_head().seq} entries")
            print(f"{'users of the trail':34} {milliseconds(work.audit_users):6.2f} ms")
            print(
                f"{'history of a visit':34} {milliseconds(lambda: work.field_history(2)):6.2f} ms"
            )
            started = time.perf_counter()
            check = work.check_audit(work.audit_head())
            seconds = time.perf_counter() - started
            print(
                f"{'the whole chain verified':34} {seconds:6.2f} s    {check.entries} entries hold"
            )
        database.close()


if __name__ == "__main__":
    main()
