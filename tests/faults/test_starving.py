"""Too little memory, too few open files, no thread left: it works, or is refused in true words.

Lines 21 and 22 of reliability.md, section 7. What was counted is printed at the end of the run.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from tests.faults.oracle import ANGLE, DAY, PLAN, Ledger, begin_visit, look, plan_at, signed_in
from tests.faults.running import counted_by
from tests.records import make_clinic
from ui.work.worker import Worker

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="limits of this kind are set on Linux"),
    pytest.mark.timeout(3600),
]


@pytest.mark.parametrize(
    ("what", "few", "many"), [("heap", 6, 600), ("python_memory", 8, 1000), ("files", 8, 240)]
)
def test_too_little_to_work_with(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
    what: str,
    few: int,
    many: int,
) -> None:
    """Never is good input called bad, and what was refused is taken once there is enough again."""
    for name, count in counted_by("starving", what, tmp_path, tries(few, many), 21).items():
        record_property(name, count)


@pytest.mark.usefixtures("qapp")
def test_without_another_thread_saving_is_done_by_the_window_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its order and once, also when there are threads again."""
    profile = tmp_path / "clinic"
    make_clinic(profile)
    worker = Worker("saving")

    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with signed_in(profile) as session:
        visit_id, visit = begin_visit(session), Visit(DAY, signed=False)
        for step in (1, 2, 3):
            with monkeypatch.context() as patched:
                if step < 3:
                    patched.setattr(threading.Thread, "start", none_left)
                after = visit.charted(ANGLE, step).charted(PLAN, plan_at(step))
                save = partial(record.save_visit, session.begin, session.act(), visit_id)
                worker.do(partial(save, visit, after))
            visit = after
        with session.begin() as work:
            entries = work.field_history(visit_id, (f"findings/{ANGLE}",))
        assert [entry.after for entry in entries] == ["3", "2", "1"]
    look(profile, Ledger({visit_id: 3}))
