"""The pain-free run in the clinic's unit: typed in miles it reads in miles as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.clinic.settings import load_clinic
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.words import distances
from clinic_desktop.services.words.finding_words import moved_words, with_unit
from ui.viewmodels.reading import Unreadable, read_typed, shown_number, unit_words

RUN = load_catalogue().spec("outcome.pain_free_run")
SITTING = load_catalogue().spec("outcome.sitting_minutes")
PLAIN = st.decimals(min_value=0, max_value=124, places=3).map(lambda d: f"{d.normalize():f}")
METRES = st.integers(0, 200_000).map(lambda metres: metres / 1000)


@pytest.fixture(autouse=True)
def km_again() -> Iterator[None]:
    yield
    distances.install(distances.KM)


def kept(typed: str) -> float:
    """What the record keeps of what was typed."""
    value = read_typed(RUN, typed)
    assert isinstance(value, int | float)
    return value


def test_six_miles_are_kept_in_km_and_read_six_miles_again() -> None:
    distances.install(distances.MILES)
    assert kept("6") == 9.656064
    assert (shown_number(RUN, kept("6")), unit_words(RUN)) == ("6", "miles")
    assert with_unit(9.656064, "km") == "6 miles"
    assert with_unit(1.609344, "km") == "1 mile"
    assert moved_words(kept("6") - kept("0.25"), "km") == "5.75 miles more"


@given(typed=PLAIN)
def test_each_distance_reads_as_it_was_typed(typed: str) -> None:
    """In miles as in km, and the record's number goes into the field and back unchanged."""
    for unit in distances.UNITS:
        distances.install(unit)
        value = kept(typed)
        shown = shown_number(RUN, value)
        assert Decimal(shown) == Decimal(typed)
        assert kept(shown) == value
        assert with_unit(value, "km").split()[0] == shown


@given(km=METRES)
def test_what_was_typed_in_km_stays_so_and_is_near_in_miles(km: float) -> None:
    """A clinic that changes its mind sees the old ones rounded, and never another distance."""
    distances.install(distances.KM)
    assert distances.shown(km, "km") == km
    distances.install(distances.MILES)
    assert abs(distances.shown(km, "km") * distances.KM_PER_MILE - km) <= 0.0805
    assert (distances.shown(km, "km") == 0) == (round(km / distances.KM_PER_MILE, 2) == 0)


@given(typed=PLAIN)
def test_what_was_typed_in_miles_is_no_row_of_figures_in_km(typed: str) -> None:
    distances.install(distances.MILES)
    value = kept(typed)
    distances.install(distances.KM)
    assert len(shown_number(RUN, value)) <= 7
    assert abs(distances.shown(value, "km") - value) <= 0.0501


@given(one=PLAIN, other=PLAIN)
def test_miles_keep_their_order(one: str, other: str) -> None:
    """Longer in the field is longer in the record: no verdict turns with the unit."""
    distances.install(distances.MILES)
    assert (kept(one) < kept(other)) == (Decimal(one) < Decimal(other))


def test_what_is_no_distance_is_left_alone() -> None:
    distances.install(distances.MILES)
    assert read_typed(SITTING, "20") == 20
    assert (shown_number(SITTING, 20), unit_words(SITTING)) == ("20", "min")


def test_too_far_and_too_fine_are_refused_in_the_clinics_unit() -> None:
    distances.install(distances.MILES)
    with pytest.raises(Unreadable, match=r"outside 0 to 124\.3 miles"):
        read_typed(RUN, "125")
    with pytest.raises(Unreadable, match="at most 3 decimals"):
        read_typed(RUN, "6.1234")
    assert kept("124.2") <= RUN.high


def test_the_patients_sheet_counts_as_the_clinic_does() -> None:
    """Steps of the return to running, in both languages."""
    assert "for 1.6 km" in load_plan_library("en").text("return_to_run").dose
    assert "por 1.6 km" in load_plan_library("es").text("return_to_run").dose
    assert "2.4 km" in " ".join(load_plan_library("en").text("return_to_run").steps)
    distances.install(distances.MILES)
    assert "for 1 mile." in load_plan_library("en").text("return_to_run").dose
    assert "por 1 milla." in load_plan_library("es").text("return_to_run").dose


def test_the_setting_is_km_or_miles_and_nothing_else(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[clinic]\nname = "Hillside"\n')
    assert load_clinic(tmp_path).distance == "km"
    settings.write_text('[clinic]\ndistance = "miles"\n')
    assert load_clinic(tmp_path).distance == "miles"
    settings.write_text('[clinic]\ndistance = "furlongs"\n')
    with pytest.raises(ChartError, match=r"clinic\.distance must be km or miles"):
        load_clinic(tmp_path)
