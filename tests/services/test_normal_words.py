"""What one deliberate key may chart of a test: only what the catalogue says is its normal word."""

import pytest

import resources
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.knowledge.catalogue_files import catalogue_from, load_catalogue
from tests.visit_on_screen import make_model

RIGHT, LEFT = Side.RIGHT, Side.LEFT


def test_a_normal_word_that_the_finding_does_not_take_is_refused() -> None:
    text = resources.text("catalogue/findings.toml").replace(
        'normal = "same"', 'normal = "fine"', 1
    )
    with pytest.raises(BrokenKnowledge, match=r'touch\.l4: "fine" is none of its values'):
        catalogue_from(text, "findings.toml")


def test_only_the_neurological_examination_has_normal_words() -> None:
    groups = {spec.group for spec in load_catalogue().findings.values() if spec.normal}
    assert groups == {"power", "reflex", "touch"}


def test_the_key_answers_its_side_only_and_leaves_what_was_found() -> None:
    model = make_model({"power.toe_extension@right": "4"})
    assert model.answer_together(Key("power.knee_extension", RIGHT))
    found = model.visit.findings
    assert found[Key("power.toe_extension", RIGHT)] == "4"
    assert found[Key("power.knee_flexion", RIGHT)] == "5"
    assert found[Key("power.pain_limited", RIGHT)] == "no"
    assert not [key for key in found if key.side is LEFT], "the other leg was not examined"
    model.editor.undo()
    assert list(model.visit.findings) == [Key("power.toe_extension", RIGHT)], "one step of undo"


def test_no_other_test_can_be_called_normal_by_one_key() -> None:
    model = make_model()
    assert not model.answer_together(Key("slr.result", RIGHT))
    assert not model.answer_together(Key("story.injury"))
    assert model.visit.findings == {}
