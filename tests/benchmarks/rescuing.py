"""How long a damaged record of 200 patients with 5 visits each takes to be put together.

Run: python tests/benchmarks/rescuing.py [FOLDER_ON_THE_DISK_THAT_MATTERS]

Twelve pages are harmed, and of what was charted since the backup there are two patients. Beside the
figure stands its limit from the same run: copying the undamaged record by `VACUUM INTO` and proving
the copy, which is what a backup does.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from clinic_desktop.services import record
from clinic_desktop.services.safety.rescue_words import report_lines
from clinic_desktop.services.safety.rescuing import rescue, rescue_drill
from clinic_desktop.services.safety.safekeeping import back_up, check
from clinic_desktop.storage.cipher_pages import PAGE
from clinic_desktop.storage.places import Places
from tests.benchmarks.open_chart import made_up_case
from tests.faults.oracle import door_of, now, signed_in
from tests.records import PASSPHRASE, make_clinic

PATIENTS, VISITS, FINDINGS, HARMED = 200, 5, 60, 12


def main(folder: str | None = None) -> None:
    """Make the record, harm it, and say how long each step took."""
    chance = random.Random(200)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        profile = Path(scratch) / "clinic"
        make_clinic(profile)
        with signed_in(profile) as session:
            for n in range(PATIENTS):
                case = made_up_case(f"Case {n}", VISITS, FINDINGS, chance)
                record.chart_case(session.begin, session.act(), case)
            began = time.perf_counter()
            back_up(session)
            say("a backup, read back", began)
            for n in range(2):
                case = made_up_case(f"Later {n}", VISITS, FINDINGS, chance)
                record.chart_case(session.begin, session.act(), case)
        file = Places(profile).record()
        content = bytearray(file.read_bytes())
        pages = len(content) // PAGE
        for page in chance.sample(range(pages), HARMED):
            content[page * PAGE + 100] ^= 1
        file.write_bytes(content)
        sys.stdout.write(f"{pages} pages, {HARMED} of them harmed\n")
        opened = door_of(profile).opened("anna", PASSPHRASE)
        began = time.perf_counter()
        rescue_drill(opened, now())
        say("what would come of it", began)
        began = time.perf_counter()
        report = rescue(opened, now())
        say("put together and in use", began)
        for line in report_lines(report):
            sys.stdout.write(f"  {line}\n")
        faults = check(opened).faults
        sys.stdout.write(f"  faults afterwards: {len(faults)}\n")


def say(what: str, began: float) -> None:
    """One line with the time since."""
    sys.stdout.write(f"{what}: {time.perf_counter() - began:.2f} s\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
