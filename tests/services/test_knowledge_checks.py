"""What is told to somebody who writes rules, before a patient meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.checks import look_over

Check = Callable[..., tuple[str, ...]]
SOURCE = 'source = "our clinic"\nmark = "proposal"\n'
STIFF = '{ finding = "slr.angle", under = 40 }'


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Writes files into a folder and checks it."""

    def run(**files: str) -> tuple[str, ...]:
        for name, text in files.items():
            (tmp_path / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
        return look_over(load_catalogue(), load_catalogue_text(), tmp_path).findings

    return run


def term(name: str, when: str, *, sided: bool = True) -> str:
    side = "per_side = true\n" if sided else ""
    return f'[[term]]\nid = "{name}"\n{side}when = {when}\nsentence = "Our own."\n{SOURCE}'


def row(name: str, when: str, level: str = "W") -> str:
    head = f'[[row]]\nid = "{name}"\nflag = "distress"\nlevel = "{level}"\n'
    return f"{head}when = {when}\n{SOURCE}"


def contradiction(when: str) -> str:
    head = '[[contradiction]]\nid = "ours"\nper_side = true\nfindings = ["slr.angle"]\n'
    return f'{head}when = {when}\ntext = "Our own."\n{SOURCE}'


def item(name: str, kind: str, more: str) -> str:
    return f'[[item]]\nid = "{name}"\nkind = "{kind}"\n{more}\n'


def test_nothing_is_wrong_with_the_shipped_rules() -> None:
    assert look_over(load_catalogue(), load_catalogue_text(), None).findings == ()


def test_a_good_rule_of_ones_own_is_passed_over_in_silence(check: Check) -> None:
    assert check(terms=term("our.stiff", STIFF), contradictions=contradiction('"our.stiff"')) == ()


def test_a_folder_without_rules_is_no_clean_bill(check: Check) -> None:
    (finding,) = check()
    assert "holds none of terms.toml" in finding


def test_every_fault_has_a_line_of_its_own(check: Check) -> None:
    """Without a source, without a mark, without text: nothing is searched in such rules."""
    none = "[[term]]\nid = '{}'\nwhen = 'slr.counts'\nsentence = 'x'\n{}\n"
    found = check(
        terms=none.format("a", "mark = 'proposal'") + none.format("b", "source = 'x'"),
        contradictions=contradiction(STIFF).replace("Our own.", " "),
    )
    assert found == (
        "terms.toml: a: has no source",
        "terms.toml: b: has no mark",
        "contradictions.toml: ours: has no text",
    )


def test_a_file_that_is_no_toml_is_one_line(check: Check) -> None:
    (finding,) = check(terms="[[term]]\nid = \n")
    assert finding.startswith("terms.toml: whole file: ")
    assert "\n" not in finding


def test_a_term_that_nothing_refers_to_is_unreachable(check: Check) -> None:
    found = check(terms=term("our.stiff", STIFF))
    assert found == ("terms.toml: our.stiff: unreachable: nothing refers to it",)


@pytest.mark.parametrize(
    "when",
    [
        '{ all = [{ finding = "slr.angle", over = 60 }, { finding = "slr.angle", under = 40 }] }',
        '{ finding = "slr.angle", over = 500 }',
        '{ all = ["slr.counts", "slr.end_feel"] }',
    ],
    ids=["over and under", "outside the range", "two terms that exclude each other"],
)
def test_a_rule_that_no_chart_can_meet_is_unreachable(check: Check, when: str) -> None:
    found = check(contradictions=contradiction(when))
    assert found == (
        "contradictions.toml: ours: unreachable: no chart was found on which it is yes",
    )


def test_a_plan_item_that_is_never_suggested_is_unreachable(check: Check) -> None:
    never = (
        '{ all = [{ finding = "course.age", over = 60 }, { finding = "course.age", under = 9 }] }'
    )
    found = check(plan=item("hinge", "back", f"anywhere = true\nwhen = {never}"))
    assert found == ("plan.toml: hinge: unreachable: no chart was found on which it is suggested",)


def test_a_caution_that_is_never_read_is_unreachable(check: Check) -> None:
    never = '{ finding = "course.age", over = 500 }'
    caution = f'cautions = [{{ when = {never}, text = "Not at 500.", bars = false }}]'
    (finding,) = check(plan=item("brace", "back", caution))
    assert finding.endswith('no chart was found for its caution "Not at 500."')


@pytest.mark.parametrize(("op", "never"), [("all", "never yes"), ("any", "never no")])
def test_a_condition_beside_its_opposite_is_contradictory(
    check: Check, op: str, never: str
) -> None:
    """Also where one of the two counts a blank as a no."""
    found = check(
        contradictions=contradiction(f"{{ {op} = [{{ known = {STIFF} }}, {{ not = {STIFF} }}] }}")
    )
    assert found[0] == (
        "contradictions.toml: ours: contradictory: asks for a condition and its opposite,"
        f" and so is {never}"
    )


def test_a_condition_that_comes_out_neither_way_is_contradictory(check: Check) -> None:
    stiff_and_not = f"{{ all = [{STIFF}, {{ not = {STIFF} }}] }}"
    found = check(
        contradictions=contradiction(f"{{ yes_if = {stiff_and_not}, no_if = {stiff_and_not} }}")
    )
    assert "contradictions.toml: ours: contradictory: it is never yes and never no" in found


def test_a_first_choice_that_its_own_pattern_bars_is_contradictory(check: Check) -> None:
    """Pattern 2 needs a neural finding; an item barred by one can never be its first choice."""
    caution = (
        'cautions = [{ when = { painful = "neural.finding" }, text = "Not with a nerve.",'
        " bars = true }]"
    )
    found = check(plan=item("slider_seated", "nerve", caution))
    assert (
        "plan.toml: slider_seated: contradictory: a first choice of pattern_2, and barred by what"
        ' that asks for: "Not with a nerve."'
    ) in found


def test_two_rows_that_say_the_same_are_contradictory(check: Check) -> None:
    when = '{ finding = "complaint.duration_weeks", over = 52 }'
    found = check(flags=row("our.first", when) + row("our.second", when))
    assert found == (
        "flags.toml: our.second: contradictory: says the same as our.first: distress, level W,"
        " the same condition",
    )


def test_a_search_that_could_go_on_for_ever_ends(check: Check) -> None:
    """Forty parts that each can be met in many ways, and one that never is."""
    parts = ", ".join(
        f'{{ any = [{{ finding = "slr.angle", over = {n} }}, {{ finding = "glute.bridge_hold",'
        f" over = {n} }}] }}"
        for n in range(40)
    )
    never = '{ finding = "slr.angle", over = 500 }'
    (finding,) = check(contradictions=contradiction(f"{{ all = [{parts}, {never}] }}"))
    assert "no chart was found" in finding
