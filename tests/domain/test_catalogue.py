"""A finding takes what it was declared to take, and a refusal never repeats what a patient said."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clinic_desktop.domain.catalogue import (
    Catalogue,
    CatalogueText,
    FindingSpec,
    FindingText,
    Group,
    Section,
    words_of,
)
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.values import GRADES, RESULTS, Key, Kind, Side, Value

ANGLE = FindingSpec(
    "slr.angle", Kind.NUMBER, "nerves", "slr", sides=True, unit="deg", low=0, high=130
)
RESULT = FindingSpec(
    "slr.result", Kind.RESULT, "nerves", "slr", sides=True, choices=words_of(Kind.RESULT)
)
SITES = FindingSpec(
    "complaint.sites", Kind.SET, "story", "place", choices=("low_back", "calf", "foot")
)
POWER = FindingSpec("power.eversion", Kind.GRADE, "nerves", "power", choices=words_of(Kind.GRADE))
NOTE = FindingSpec("note.plan", Kind.TEXT, "note", "visit_note")
SPECS = (ANGLE, RESULT, SITES, POWER, NOTE)
CATALOGUE = Catalogue(
    findings={spec.id: spec for spec in SPECS},
    groups={"slr": Group("slr", "nerves", ("slr.angle", "slr.result"))},
    sections=(Section("nerves", ("slr",)),),
)

numbers = st.integers(-1000, 1000) | st.floats(allow_nan=True, allow_infinity=True)
values: st.SearchStrategy[Value] = (
    numbers | st.text() | st.lists(st.text(), max_size=4).map(tuple) | st.sampled_from(RESULTS)
)


@given(numbers)
def test_a_number_in_range_is_kept_as_typed_and_any_other_refused(number: float) -> None:
    """Both ends belong to the range; infinity and "not a number" belong to none."""
    if not math.isnan(number) and 0 <= number <= 130:
        assert ANGLE.check(number) is number
    else:
        with pytest.raises(InvalidValue, match=r"outside 0\.\.130 deg"):
            ANGLE.check(number)


@pytest.mark.parametrize("value", [True, False, "58", "", (58,), ()])
def test_what_is_no_number_is_not_taken_for_one(value: Value) -> None:
    """A yes is not one degree."""
    with pytest.raises(InvalidValue, match=r"must be a number in 0\.\.130 deg"):
        ANGLE.check(value)


@pytest.mark.parametrize("word", RESULTS)
def test_every_result_can_be_charted(word: str) -> None:
    """Not tested and unable are charted as such, not left to be guessed from a blank."""
    assert RESULT.check(word) == word


@pytest.mark.parametrize("word", GRADES)
def test_every_grade_of_power_can_be_charted(word: str) -> None:
    """With half steps from 1 to 5; as words, for 4- is no number."""
    assert POWER.check(word) == word


@pytest.mark.parametrize("value", ["5+", "6", "0-", "", "normal", 4])
def test_what_is_no_grade_is_refused(value: Value) -> None:
    """There is nothing above full power and nothing below none."""
    with pytest.raises(InvalidValue, match="is none of 0, 1-"):
        POWER.check(value)


@given(st.lists(st.sampled_from(SITES.choices), unique=True).map(tuple))
def test_any_of_the_words_of_a_set_can_be_charted(chosen: tuple[str, ...]) -> None:
    """None of them is an answer as well."""
    assert SITES.check(chosen) == chosen


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (("calf", "calf"), "names a choice twice"),
        (("calf", "elbow"), "is none of low_back, calf, foot"),
        ("calf", "must be a list"),
        (3, "must be a list"),
    ],
)
def test_a_set_with_a_fault_is_refused(value: Value, said: str) -> None:
    """The reason says what it takes instead."""
    with pytest.raises(InvalidValue, match=said):
        SITES.check(value)


@given(st.text())
def test_free_text_is_kept_to_the_letter(text: str) -> None:
    """Nothing is trimmed, folded or refused."""
    assert NOTE.check(text) == text


@given(st.sampled_from(SPECS), values)
def test_a_value_is_taken_unchanged_or_refused_in_words(spec: FindingSpec, value: Value) -> None:
    """There is no third way: no rounding, no clipping, no other error."""
    try:
        kept = spec.check(value)
    except InvalidValue as refusal:
        said = str(refusal)
    else:
        assert kept is value
        return
    assert said.splitlines() == [said]


@given(
    st.sampled_from([ANGLE, RESULT, POWER, SITES]),
    st.text(min_size=3).filter(lambda text: not text.isascii() or text != text.lower()),
)
def test_a_refusal_never_quotes_free_text(spec: FindingSpec, typed: str) -> None:
    """A name pasted into the wrong field must not turn up in a message or a log."""
    value: Value = (typed,) if spec.kind is Kind.SET else typed
    with pytest.raises(InvalidValue) as refused:
        spec.check(value)
    own = " ".join([*spec.choices, spec.range_text, "is none of must be a number in"])
    assume(typed.strip() not in own)
    assert typed not in str(refused.value)


@pytest.mark.parametrize("typed", ["Jane Roe", "smith", "positiv", "x" * 41, "élan"])
def test_a_word_that_is_no_choice_is_refused_without_repeating_it(typed: str) -> None:
    """It may be a name; the choices that there are say enough."""
    with pytest.raises(InvalidValue, match=r"^is none of positive, negative"):
        RESULT.check(typed)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Key("slr.angle"), 'needs a side: "right" or "left"'),
        (Key("note.plan", Side.LEFT), "has no sides"),
        (Key("slr.colour", Side.LEFT), "is not in the catalogue"),
    ],
)
def test_a_value_needs_a_place_that_exists(key: Key, said: str) -> None:
    """A side where there is none, or none where it is needed, is a fault and not a guess."""
    with pytest.raises(InvalidValue, match=said):
        CATALOGUE.check(key, 40)


def test_right_and_left_are_charted_apart() -> None:
    """Right first, as it stands on the form."""
    assert ANGLE.keys == (Key("slr.angle", Side.RIGHT), Key("slr.angle", Side.LEFT))
    assert NOTE.keys == (Key("note.plan"),)
    assert CATALOGUE.check(Key("slr.angle", Side.LEFT), 72) == 72


def test_a_tab_gives_its_findings_in_form_order() -> None:
    """And an id that is not there is an error, not an empty form."""
    assert CATALOGUE.in_section("nerves") == (ANGLE, RESULT, POWER)
    with pytest.raises(KeyError):
        CATALOGUE.spec("slr.colour")


def test_a_choice_without_a_word_of_its_own_shows_as_it_is_stored() -> None:
    """The form words results and answers itself."""
    text = CatalogueText("en", {}, {}, {"a.b": FindingText("a", "A", "", {"same": "as before"})})
    assert text.choice("a.b", "same") == "as before"
    assert text.choice("a.b", "yes") == "yes"
