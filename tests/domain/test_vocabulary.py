"""Which word is offered while it is typed, and which never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.vocabulary import Vocabulary, recent_words, rest_of_word

KNOWN = Vocabulary(["recorded, recorded on the right", "Recovery position", "the SLR", "thigh"])


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("rec", "orded"), ("Rec", "orded"), ("not rec", "orded"), ("(rec", "orded"),
        ("reco", "rded"), ("recov", "ery"), ("re", "corded"), ("r", ""), ("REC", ""),
        ("recorded", ""), ("1rec", ""), ("rec ", ""), ("sl", ""), ("recorde", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_likeliest_word_is_offered_where_it_spares_two_letters(before: str, rest: str) -> None:
    assert rest_of_word(before, (), KNOWN) == rest


def test_two_letters_are_enough_only_where_most_words_mean_the_same() -> None:
    many = Vocabulary(["start stop stand step still story"])
    assert rest_of_word("st", (), many) == ""
    assert rest_of_word("sto", (), many) != ""


def test_a_word_of_this_chart_goes_first_and_the_one_written_last_before_older_ones() -> None:
    written = recent_words(["Recliner at home.", "Recess in the afternoon."])
    assert rest_of_word("rec", written, KNOWN) == "liner"
    assert rest_of_word("reception today, rec", written, KNOWN) == "eption"


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=4))
def test_an_offered_rest_makes_a_word_that_stands_somewhere(before: str, texts: list[str]) -> None:
    rest = rest_of_word(before, recent_words(texts), KNOWN)
    if rest:
        words = {*recent_words([before, *texts]), "recorded", "recovery", "right", "position"}
        whole = recent_words([before + rest])[0]
        assert whole in words | {"thigh"}
        assert len(rest) >= 2
