"""Words of the record in Spanish: what was done, who may, how a signature stands."""

from __future__ import annotations

from clinic_desktop.domain.access import Action, Role
from clinic_desktop.domain.audit import Deed
from clinic_desktop.services.access.access_words import access_table, refusal, role_name
from clinic_desktop.services.audit.words import AuditWords, deed_words
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from tests.languages import english_in
from tests.spanish import speaking


def words(language: str) -> AuditWords:
    """The trail's words in a language."""
    library = load_plan_library(language)
    return AuditWords(load_catalogue(), load_catalogue_text(language), library)


def test_every_deed_is_told_in_spanish() -> None:
    """Each with words of its own, none with its English name."""
    english = [deed_words(deed) for deed in Deed]
    with speaking("es"):
        spanish = [deed_words(deed) for deed in Deed]
    assert len(set(spanish)) == len(spanish)
    assert [one for one in spanish if one in english or english_in(one)] == []


def test_every_permission_is_told_in_spanish() -> None:
    """The table of the help page, and what a refusal says."""
    with speaking("es"):
        said = [
            *(refusal(role, action) for role in Role for action in Action),
            *(row for row, _may in access_table()),
        ]
    assert [one for one in said if english_in(one)] == []


def test_a_role_and_a_sex_in_the_trail_read_as_they_are_called() -> None:
    """Not as the record writes them."""
    assert words("en").value("role", '"front_desk"') == "front desk"
    with speaking("es"):
        told = words("es")
        assert told.value("role", '"front_desk"') == "recepción"
        assert [told.value("role", f'"{role}"') for role in Role] == [*map(role_name, Role)]
        assert told.value("sex", '"female"') == "mujer"


def test_the_parts_of_a_value_are_named_in_spanish() -> None:
    """A retest, a decision and an end of a course, as the trail holds them."""
    held = {
        "retests": '[{"treatment":"slider_seated","test":"slr.angle","side":"right","before":54,'
        '"after":66,"minutes":4,"verdict":null,"dose":"2 x 10","note":null}]',
        "decision": '{"pattern":"pattern_2","agree":true,"reason":null}',
        "closing": '{"on":"2026-03-23","outcome":"goals_met","note":null}',
        "resolved_flags": '[{"flag":"distress","reason":"-"}]',
    }
    with speaking("es"):
        told = words("es")
        for field, value in held.items():
            assert english_in(told.field(field)) == [], field
            assert english_in(told.value(field, value)) == [], field
        assert told.value("closing", held["closing"]) == (
            "el 23 mar 2026, resultado objetivos alcanzados"
        )
        assert told.value("resolved_flags", held["resolved_flags"]) == (
            "Angustia marcada, Motivo -"
        )
