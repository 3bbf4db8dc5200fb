"""Finding by letters: what fits, what does not, and what comes first."""

import pytest

from ui.palette.fuzzy import match, target

SLR = "Straight leg raise, first symptom, right"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (SLR, ""),
        (SLR, "slr"),
        (SLR, "slr r"),
        (SLR, "SLR first"),
        (SLR, "right straight"),
        (SLR, "strght"),
        ("Peña López", "pena lop"),
        ("Note: plan", "plan note"),
    ],
)
def test_it_fits(text: str, typed: str) -> None:
    assert match(target(text), typed) is not None


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (SLR, "slump"),
        (SLR, "rls"),
        (SLR, "sgh"),
        ("Straight leg raise, left", "slr r"),
        ("Pain now", "pain pain"),
        ("", "a"),
    ],
)
def test_it_does_not_fit(text: str, typed: str) -> None:
    """Wrong order, too many loose letters, or a letter that another word has taken already."""
    assert match(target(text), typed) is None


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("slr", "Straight leg raise, right", "Slump, right"),
        ("slr", "Straight leg raise, right", "Single-leg squat, right"),
        ("slump", "Slump, right", "Symptoms in the legs, unusual, more at peak"),
        ("pain", "Pain now", "Place and intensity noted"),
        ("plan", "Section Plan", "Explain"),
        ("undo", "Undo", "Under what conditions"),
    ],
)
def test_what_one_means_comes_first(typed: str, better: str, worse: str) -> None:
    """Words typed on, and the beginnings of words that follow each other."""
    first, second = match(target(better), typed), match(target(worse), typed)
    assert first is not None
    assert second is None or first.score > second.score


def test_the_letters_found_are_told() -> None:
    found = match(target("Straight leg raise"), "slra")
    assert found is not None
    assert found.spans == ((0, 1), (9, 10), (13, 15))
