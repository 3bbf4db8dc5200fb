"""The edges of the red-flag table: pain, six weeks, ages, scans, and what each level withholds."""

import pytest

from clinic_desktop.domain.visits import Patient
from tests.rules.charts import (
    INJURY,
    LOCAL,
    OLD_BACK,
    P1,
    P2,
    P2_AND_P3,
    P3,
    QUIET,
    RIGHT_FOR_30_WEEKS,
    Chart,
    assert_withheld,
    flag_levels,
    injured,
    items,
    read,
    yes,
)


# ---------------------------------------------------------------------- pain-limited grades
@pytest.mark.parametrize(
    ("limited", "flags"),
    [
        ({"power.pain_limited@right": "yes"}, {}),
        ({"power.pain_limited@right": "no"}, {"motor_deficit": "S"}),
        ({"power.pain_limited@right": "unknown"}, {"motor_deficit": "S"}),
        ({"power.pain_limited@right": None}, {"motor_deficit": "S"}),
        ({"power.pain_limited@left": "yes"}, {"motor_deficit": "S"}),
    ],
)
def test_only_a_grade_marked_as_limited_by_pain_is_set_aside(
    limited: Chart, flags: dict[str, str]
) -> None:
    chart = {"power.ankle_dorsiflexion@right": "3", **limited}
    assert flag_levels(read(QUIET, chart)) == flags


def test_pain_limited_knee_flexion_is_no_sign_of_avulsion() -> None:
    chart = injured(2, yes("pop", "bruise_spreading"), {"power.knee_flexion@right": "3"})
    assert flag_levels(read(QUIET, chart))["avulsion"] == "U"
    limited = {"power.pain_limited@right": "yes"}
    assert flag_levels(read(QUIET, chart, limited))["avulsion"] == "I"


# ---------------------------------------------------------------------- six weeks
@pytest.mark.parametrize(
    ("weeks", "level"), [(0, "U"), (3, "U"), (6, "U"), (6.5, "I"), (7, "I"), (52, "I")]
)
def test_six_weeks_part_urgent_from_review(weeks: float, level: str) -> None:
    torn = injured(weeks, yes("pop", "palpable_gap", "foot_tingling"))
    assert flag_levels(read(QUIET, torn))["avulsion"] == level


@pytest.mark.parametrize(("weeks", "level"), [(5, "I"), (8, None)])
def test_a_pop_alone_is_reviewed_only_while_fresh(weeks: float, level: str | None) -> None:
    found = flag_levels(read(QUIET, injured(weeks, yes("pop")))).get("avulsion", "W")
    assert found == (level or "W")


def test_a_torn_hamstring_of_unknown_date_is_not_let_by() -> None:
    torn = injured(0, yes("pop", "palpable_gap", "bruise_spreading"))
    undated: Chart = {**torn, "story.injury_weeks_ago": None, "complaint.duration_weeks": None}
    assert flag_levels(read(QUIET, undated)).get("avulsion", "") in {"U", "I"}


# ---------------------------------------------------------------------- ages
@pytest.mark.parametrize(("age", "flags"), [(44, {"inflammatory": "U"}), (45, {}), (70, {})])
def test_inflammatory_pain_is_asked_of_the_young(age: int, flags: dict[str, str]) -> None:
    answer = read(
        QUIET,
        yes("morning_stiffness_30", "alternating_buttock"),
        patient=Patient("P", age=age, sex="female"),
    )
    graver = {flag: level for flag, level in flag_levels(answer).items() if level != "W"}
    assert graver == flags


@pytest.mark.parametrize(("age", "level"), [(61, "E"), (75, "E"), (60, None), (40, None)])
def test_a_pulsing_abdomen_with_back_pain_over_60(age: int, level: str | None) -> None:
    answer = read(
        QUIET, OLD_BACK, yes("pulsing_abdomen"), patient=Patient("P", age=age, sex="male")
    )
    assert flag_levels(answer).get("aneurysm", "W") == (level or "W")


@pytest.mark.parametrize("age", [16, 44, 61, 90])
def test_age_alone_is_no_flag(age: int) -> None:
    answer = read(P2, patient=Patient("P", age=age, sex="female"))
    assert set(flag_levels(answer).values()) <= {"W"}
    assert answer.patterns == ("pattern_2",)


# ---------------------------------------------------------------------- bone stress, the pelvis
@pytest.mark.parametrize(
    "place",
    [
        {"complaint.sites@right": ("deep_buttock",)},
        {"palpation.pubic_ramus@right": 6, "complaint.sites@right": ()},
    ],
)
def test_pelvic_bone_pain_on_hopping_without_the_groin_is_reviewed(place: Chart) -> None:
    answer = read(QUIET, place, yes("hop_pain"), {"flag.groin_pain_on_impact": "no"})
    assert flag_levels(answer).get("bone_stress_pelvis") == "I"


@pytest.mark.parametrize("word", ["no", "unknown", "not_asked", None])
def test_only_a_scan_that_cleared_the_bone_closes_bone_stress(word: str | None) -> None:
    answer = read(QUIET, yes("groin_pain_on_impact"), {"flag.bone_injury_excluded": word})
    assert flag_levels(answer) == {"bone_stress_femoral_neck": "S"}


# ---------------------------------------------------------------------- what a level withholds
LOADING = {
    "load_isometric",
    "load_heavy_slow",
    "load_hip_bend",
    "load_energy_storage",
    "return_to_run",
    "tendon_massage",
    "traction_sidelying",
}


@pytest.mark.parametrize("chart", [P1, P2, P3, P2_AND_P3, LOCAL])
def test_level_i_takes_loading_running_massage_and_traction_only(chart: Chart) -> None:
    free, held = read(chart), read(chart, yes("fluoroquinolone"))
    assert flag_levels(held) == {"tendon_drug": "I"}
    assert (held.status, held.patterns, held.lean) == (free.status, free.patterns, free.lean)
    assert not LOADING & set(items(held))
    kept = set(items(free)) - LOADING - {"load_management", "glute_strength"}
    kept = {item for item in kept if not item.startswith("cue_")}
    assert kept <= set(items(held))


@pytest.mark.parametrize("chart", [P1, P2, P3, LOCAL])
def test_level_w_rides_along(chart: Chart) -> None:
    free, watched = read(chart), read(chart, yes("distress"))
    assert flag_levels(watched) == {"distress": "W"}
    assert (watched.status, watched.patterns) == (free.status, free.patterns)
    assert items(watched)
    assert watched.plan.first == free.plan.first


@pytest.mark.parametrize("question", ["saddle_numbness", "calf_swelling", "major_trauma"])
def test_a_grave_flag_hides_the_name_and_going_away_brings_it_back(question: str) -> None:
    flagged = read(P3, yes(question))
    assert flagged.status == "red_flag"
    assert flagged.patterns == ()
    assert_withheld(flagged)
    assert read(P3, {f"flag.{question}": "no"}).patterns == ("pattern_3",)


def test_several_flags_are_all_listed() -> None:
    answer = read(QUIET, yes("saddle_numbness", "distress", "fluoroquinolone", "self_harm"))
    assert flag_levels(answer) == {
        "cauda_equina": "E",
        "distress": "W",
        "tendon_drug": "I",
        "self_harm": "S",
    }


def test_an_injured_woman_with_a_clear_screen_has_no_flag() -> None:
    assert read(P3).red_flags == ()
    assert read(RIGHT_FOR_30_WEEKS, INJURY).red_flags == ()
