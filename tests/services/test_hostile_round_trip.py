"""Hostile texts through the record and a case file: back to the last character."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.texts import composed, unfit_in_name, unfit_in_text
from clinic_desktop.services.casefiles.casefile import read_case
from clinic_desktop.services.casefiles.writing import write_case
from clinic_desktop.services.record import chart_case
from tests.records import opened
from tests.reports.test_hostile_texts import CATALOGUE, FIELDS, course, hostile
from tests.strategies import PLAN_ITEMS

ACT = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
NAMES = ("name", "author")


def test_every_text_comes_back_exactly(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Markup, quotes, emoji, other scripts: a note is what was typed, wherever it has been."""
    texts = [composed(text) for text in hostile(tries(2_000, 20_000)) if not unfit_in_text(text)]
    names = [text[:200] for text in texts if text.strip() and not unfit_in_name(text[:200])]
    database, counted = opened(tmp_path), 0
    for start in range(0, len(texts) - len(FIELDS), len(FIELDS)):
        typed = dict(zip(FIELDS, texts[start:], strict=False))
        for place, field in enumerate(NAMES):
            typed[field] = f"{start} {names[(start + place) % len(names)]}"[:200].strip()
        case = course(typed)
        assert read_case(write_case(case), CATALOGUE, PLAN_ITEMS) == case
        if start % (8 * len(FIELDS)) == 0:
            number = chart_case(database.begin, ACT, case)
            with database.begin() as work:
                (stored,) = work.courses(number)
            assert stored.whole == case
            assert read_case(write_case(stored.case_up_to(stored.visits[-1].id)), CATALOGUE,
                             PLAN_ITEMS) == case  # fmt: skip
        counted += len(FIELDS)
    database.close()
    record_property("hostile texts through case files and the record", counted)
    assert counted > 1_000
