"""Every row of the red-flag table, at its level, and what must never raise a flag."""

import pytest

from tests.rules.charts import (
    GLUTE_DEFICIT,
    NERVE_COUNTS,
    OLD_BACK,
    OPEN_WORDS,
    OTHER_SIDE_TOO,
    P2,
    QUIET,
    Chart,
    assert_withheld,
    both_sides,
    flag_levels,
    injured,
    read,
    yes,
)

# ---------------------------------------------------------------------- the table
ROWS: list[tuple[str, Chart, dict[str, str]]] = [
    # cauda equina
    ("saddle numbness", yes("saddle_numbness"), {"cauda_equina": "E"}),
    ("new bladder or bowel change", {"flag.bladder_bowel": "new"}, {"cauda_equina": "E"}),
    (
        "sexual change with a nerve finding",
        {**yes("sexual_change"), **NERVE_COUNTS},
        {"cauda_equina": "E"},
    ),
    (
        "sexual change with an old back",
        {**yes("sexual_change"), **OLD_BACK},
        {"cauda_equina": "E"},
    ),
    (
        "sexual change with a live back",
        {**yes("sexual_change"), "lumbar.movement": "positive"},
        {"cauda_equina": "E"},
    ),
    ("new pain in both legs, all else no", yes("both_legs_new"), {"cauda_equina": "S"}),
    (
        "new pain in both legs and sexual change",
        yes("both_legs_new", "sexual_change"),
        {"cauda_equina": "E"},
    ),
    (
        "new pain in both legs, both ankle reflexes reduced",
        {**yes("both_legs_new"), **both_sides("reflex.ankle", "reduced")},
        {"cauda_equina": "E"},
    ),
    (
        "new pain in both legs, one ankle reflex reduced, the other not",
        {
            **yes("both_legs_new"),
            "reflex.ankle@right": "reduced",
            "reflex.ankle@left": "normal",
        },
        {"cauda_equina": "S"},
    ),
    (
        "an old bladder trouble, explained",
        {"flag.bladder_bowel": "longstanding_explained"},
        {"cauda_equina": "W"},
    ),
    ("an old cauda equina, treated", yes("cauda_equina_past"), {"cauda_equina": "W"}),
    (
        "nerves on both sides, steady",
        {**NERVE_COUNTS, **OTHER_SIDE_TOO, "complaint.side": "both"},
        {"bilateral": "W"},
    ),
    ("nerve on one side", NERVE_COUNTS, {}),
    # motor deficit
    ("foot drop", {"power.ankle_dorsiflexion@right": "3"}, {"motor_deficit": "S"}),
    ("flail foot", {"power.ankle_dorsiflexion@right": "0"}, {"motor_deficit": "S"}),
    (
        "foot drop of the painless leg",
        {"power.ankle_dorsiflexion@left": "2"},
        {"motor_deficit": "S"},
    ),
    ("dorsiflexion 3+", {"power.ankle_dorsiflexion@right": "3+"}, {"motor_deficit": "U"}),
    ("dorsiflexion 4", {"power.ankle_dorsiflexion@right": "4"}, {"motor_deficit": "U"}),
    ("dorsiflexion 5-", {"power.ankle_dorsiflexion@right": "5-"}, {"motor_deficit": "U"}),
    ("toe extension 4", {"power.toe_extension@right": "4"}, {"motor_deficit": "U"}),
    ("plantarflexion 4-", {"power.plantarflexion@left": "4-"}, {"motor_deficit": "U"}),
    ("eversion 3", {"power.eversion@right": "3"}, {"motor_deficit": "U"}),
    ("power falling, as told", yes("power_falling"), {"motor_deficit": "S"}),
    (
        "knee flexion 4 in an injured hamstring",
        injured(20, {"power.knee_flexion@right": "4"}),
        {},
    ),
    # avulsion
    (
        "pop, bruise and gap at 2 weeks",
        injured(2, yes("pop", "bruise_spreading", "palpable_gap")),
        {"avulsion": "U"},
    ),
    (
        "pop, weak knee flexion and tingling foot at 5 weeks",
        injured(5, yes("pop", "foot_tingling"), {"power.knee_flexion@right": "3"}),
        {"avulsion": "U"},
    ),
    (
        "could not go on, bruise and gap at 2 weeks",
        injured(2, yes("could_not_go_on", "bruise_spreading", "palpable_gap")),
        {"avulsion": "U"},
    ),
    (
        "could not go on, gap and 4- at 3 weeks",
        injured(3, yes("could_not_go_on", "palpable_gap"), {"power.knee_flexion@right": "4-"}),
        {"avulsion": "U"},
    ),
    ("pop and one sign at 2 weeks", injured(2, yes("pop", "bruise_spreading")), {"avulsion": "I"}),
    (
        "pop, bruise and knee flexion 4 at 2 weeks",
        injured(2, yes("pop", "bruise_spreading"), {"power.knee_flexion@right": "4"}),
        {"avulsion": "I"},
    ),
    ("pop alone at 2 weeks", injured(2, yes("pop")), {"avulsion": "I"}),
    ("pop and gap at half a year", injured(26, yes("pop", "palpable_gap")), {"avulsion": "I"}),
    (
        "pop and foot signs at half a year",
        injured(26, yes("pop", "foot_tingling")),
        {"avulsion": "I"},
    ),
    (
        "pop and lasting weakness at half a year",
        injured(26, yes("pop"), {"power.knee_flexion@right": "3"}),
        {"avulsion": "I"},
    ),
    (
        "pop, bruise, gap at 7 weeks",
        injured(7, yes("pop", "bruise_spreading", "palpable_gap")),
        {"avulsion": "I"},
    ),
    # veins
    ("calf swelling and pitting", yes("calf_swelling", "pitting_oedema"), {"dvt": "S"}),
    ("calf swelling after bed rest", yes("calf_swelling", "recent_immobility"), {"dvt": "S"}),
    ("calf swelling, earlier clot", yes("calf_swelling", "previous_dvt"), {"dvt": "S"}),
    ("calf swelling alone", yes("calf_swelling"), {"dvt": "S"}),
    ("calf swelling and breathless", yes("calf_swelling", "chest_symptoms"), {"dvt": "E"}),
    (
        "calf swelling, earlier clot, chest pain",
        yes("calf_swelling", "previous_dvt", "chest_symptoms"),
        {"dvt": "E"},
    ),
    # bone
    ("groin pain on impact", yes("groin_pain_on_impact"), {"bone_stress_femoral_neck": "S"}),
    (
        "sharp groin pain on hopping",
        {**yes("hop_pain"), "complaint.sites@right": ("groin",)},
        {"bone_stress_femoral_neck": "S"},
    ),
    (
        "hip rotation, load jump, night pain",
        {**yes("load_jump", "night_pain"), "hip.rotation@right": "positive"},
        {"bone_stress_femoral_neck": "S"},
    ),
    (
        "hip rotation, load jump, pain on walking",
        {
            **yes("load_jump"),
            "hip.rotation@right": "positive",
            "complaint.aggravated_by": ("walking",),
        },
        {"bone_stress_femoral_neck": "S"},
    ),
    (
        "groin pain on impact, bone shown to be sound",
        yes("groin_pain_on_impact", "bone_injury_excluded"),
        {},
    ),
    ("hop pain, bone shown to be sound", yes("hop_pain", "bone_injury_excluded"), {}),
    # general
    ("fever and infection risk", yes("fever_unwell", "infection_risk"), {"infection": "S"}),
    (
        "fever and back pain",
        {**yes("fever_unwell"), "complaint.sites@right": ("low_back",)},
        {"infection": "S"},
    ),
    (
        "fever, risk and a lost reflex",
        {
            **yes("fever_unwell", "infection_risk"),
            "reflex.ankle@right": "absent",
            "touch.s1@right": "less",
        },
        {"infection": "E"},
    ),
    ("cancer and weight loss", yes("cancer_history", "weight_loss"), {"cancer": "U"}),
    ("cancer and night pain", yes("cancer_history", "night_pain"), {"cancer": "U"}),
    ("weight loss and night pain", yes("weight_loss", "night_pain"), {"cancer": "U"}),
    ("major trauma", yes("major_trauma"), {"fracture": "S"}),
    ("brittle bone and a fall", yes("bone_fragility", "major_trauma"), {"fracture": "S"}),
    ("effort-only pain, numb leg", yes("effort_only_pain"), {"vascular": "U"}),
    ("cold pale foot", yes("cold_pale_foot"), {"vascular": "E"}),
    (
        "effort-only pain and a cold foot",
        yes("effort_only_pain", "cold_pale_foot"),
        {"vascular": "E"},
    ),
    (
        "morning stiffness and night waking",
        yes("morning_stiffness_30", "night_pain"),
        {"inflammatory": "U"},
    ),
    (
        "morning stiffness, alternating buttock",
        yes("morning_stiffness_30", "alternating_buttock"),
        {"inflammatory": "U"},
    ),
    (
        "alternating buttock and night waking",
        yes("alternating_buttock", "night_pain"),
        {"inflammatory": "U"},
    ),
    ("fluoroquinolone", yes("fluoroquinolone"), {"tendon_drug": "I"}),
    ("thoughts of self-harm", yes("self_harm"), {"self_harm": "S"}),
    ("marked distress", yes("distress"), {"distress": "W"}),
]


@pytest.mark.parametrize(
    ("chart", "flags"),
    [pytest.param(chart, flags, id=name) for name, chart, flags in ROWS],
)
def test_each_row_of_the_table(chart: Chart, flags: dict[str, str]) -> None:
    answer = read(QUIET, chart)
    listed = flag_levels(answer)
    assert {flag: listed.get(flag) for flag in flags} == flags
    assert {flag for flag, level in listed.items() if level != "W"} <= set(flags)
    for flag in answer.red_flags:
        assert flag.because
        assert flag.action
    grave = set(listed.values()) & {"E", "S", "U"}
    assert (answer.status == "red_flag") is bool(grave)
    if grave:
        assert (answer.patterns, answer.lean) == ((), ())
        assert_withheld(answer)


@pytest.mark.parametrize("question", ["saddle_numbness", "bladder_bowel", "sexual_change"])
@pytest.mark.parametrize("word", OPEN_WORDS)
def test_new_pain_in_both_legs_with_a_question_open_is_an_emergency(
    question: str, word: str | None
) -> None:
    if question == "bladder_bowel" and word == "unknown":
        word = "not_asked"
    answer = read(QUIET, yes("both_legs_new"), {f"flag.{question}": word})
    assert flag_levels(answer)["cauda_equina"] == "E"


def test_sexual_change_alone_is_no_emergency() -> None:
    answer = read(QUIET, yes("sexual_change"), {"story.back": "no", "lumbar.movement": "negative"})
    assert "E" not in flag_levels(answer).values()


# ---------------------------------------------------------------------- alone at most W
SINGLE_SIGNS = (
    "load_jump",
    "menstrual_loss",
    "night_pain",
    "infection_risk",
    "fever_unwell",
    "weight_loss",
    "cancer_history",
    "bone_fragility",
    "morning_stiffness_30",
    "alternating_buttock",
    "blood_thinner",
    "previous_dvt",
    "recent_immobility",
    "cauda_equina_past",
    "distress",
    "bone_injury_excluded",
    "pulsing_abdomen",
)


@pytest.mark.parametrize("question", SINGLE_SIGNS)
def test_a_single_unspecific_sign_is_at_most_watched(question: str) -> None:
    answer = read(P2, {"story.back": "no", **yes(question)})
    assert set(flag_levels(answer).values()) <= {"W"}
    assert answer.patterns == ("pattern_2",)


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param({"palpation.tuberosity@right": 10}, id="very tender"),
        pytest.param({"palpation.pubic_ramus@right": 8}, id="pubic ramus tender"),
        pytest.param({"hip.rotation@right": "positive"}, id="painful hip rotation"),
        pytest.param({"complaint.aggravated_by": ("night", "walking")}, id="worse at night"),
        pytest.param(GLUTE_DEFICIT, id="weak glutes"),
        pytest.param(both_sides("glute.abduction_power", "0"), id="no abduction at all"),
        pytest.param({"glute.weak@right": "yes"}, id="glutes judged weak"),
        pytest.param({"reflex.ankle@right": "absent"}, id="an absent reflex"),
        pytest.param(injured(300, yes("pop")), id="a pop of long ago"),
        pytest.param(injured(2, yes("bruise_spreading")), id="a bruise"),
        pytest.param(yes("menstrual_loss", "load_jump"), id="two risk factors"),
    ],
)
def test_risk_factors_and_tenderness_never_withhold(chart: Chart) -> None:
    assert set(flag_levels(read(QUIET, chart)).values()) <= {"W"}


@pytest.mark.parametrize(
    "flag", [row for row in ROWS if row[2] and len(row[1]) <= 3], ids=lambda r: r[0]
)
@pytest.mark.parametrize("word", ["unknown", "not_asked"])
def test_a_question_not_answered_raises_nothing(
    flag: tuple[str, Chart, dict[str, str]], word: str
) -> None:
    """Open is not yes either: the screen stays open, no flag is invented."""
    asked_only = {
        key: (word if value == "yes" else value)
        for key, value in flag[1].items()
        if key.startswith("flag.") and key != "flag.bladder_bowel"
    }
    if asked_only:
        answer = read(QUIET, asked_only)
        assert answer.red_flags == ()
        assert not answer.screen.complete
