"""Any visit proves itself, and no other one with its signature: by property, without a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clinic_desktop.domain.signing import (
    VISIT_PLACE,
    Seal,
    Signable,
    Signature,
    State,
    Validity,
    digest_of,
)
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services.safety.verifying import check_stored
from clinic_desktop.services.stored import KeptSeal, StoredCourse, StoredVisit
from clinic_desktop.services.visit.signing import Pen
from clinic_desktop.storage.signatures import is_genuine
from tests.signers import ANNA, ANSWER, CHARTED, NOW, OwnKey
from tests.strategies import visits

Item = TypeVar("Item")
PEN = Pen(ANNA, OwnKey(ANNA.id), "clinic-1")
SIGNED = Signature(ANNA.id, ANNA.name, ANNA.credentials, NOW)


def sealed(visit: Visit) -> Seal:
    """A visit's signature, with none of the record around it."""
    about = Signable("clinic-1", 1, Patient("Case A"), 1, visit, ANSWER, NOW, NOW)
    return PEN.seal(1, VISIT_PLACE, about.content(SIGNED, None), SIGNED)


def held_against(seal: Seal, visit: Visit) -> Validity:
    stored = StoredVisit(1, replace(visit, signed=True), NOW, NOW, signed_here=True)
    course = StoredCourse(1, 1, Patient("Case A"), (stored,))
    owner = ANNA.id if seal.public_key == PEN.signer.public_key else None
    kept = {VISIT_PLACE: KeptSeal(seal, is_genuine(seal), owner)}
    return check_stored(course, stored, kept, ANSWER, "clinic-1")


@settings(max_examples=60, deadline=None)
@given(visits(), visits(), st.sampled_from(sorted(Visit.__dataclass_fields__)))
def test_any_visit_verifies_and_no_other_one_with_its_signature(
    visit: Visit, other: Visit, field: str
) -> None:
    """Any single part of a visit in place of its own makes it another visit."""
    seal = sealed(visit)
    assert held_against(seal, visit).state is State.VALID
    changes: dict[str, Any] = {field: getattr(other, field)}
    changed = replace(visit, **changes)
    assume(field != "signed")
    assume(said(changed) != said(visit))
    found = held_against(seal, changed)
    if found.state is State.VALID:
        # What stands below a signed note is its addenda, and each answers for itself.
        assert field == "addenda"
        assert changed.addenda[: len(visit.addenda)] == visit.addenda
        more = found.addenda[len(visit.addenda) :]
        assert {added.state for added in more} == {State.NOT_VALID}
    else:
        assert {difference.place[1] for difference in found.differences} == {field}


def mixed(items: Iterable[Item], random: Random) -> list[Item]:
    """The items in another order."""
    turned = list(items)
    random.shuffle(turned)
    return turned


def said(visit: Visit) -> Visit:
    """A visit in which the members of a set stand in one order: what it says is the same."""
    findings = {
        key: tuple(sorted(value)) if isinstance(value, tuple) else value
        for key, value in visit.findings.items()
    }
    return replace(visit, findings=findings, signed=None)


@settings(max_examples=60, deadline=None)
@given(visits(), st.randoms(use_true_random=False))
def test_the_order_in_which_a_visit_was_charted_changes_no_byte(
    visit: Visit, random: Random
) -> None:
    turned = replace(
        visit,
        findings={
            key: tuple(reversed(value)) if isinstance(value, tuple) else value
            for key, value in mixed(visit.findings.items(), random)
        },
        notes_on=dict(mixed(visit.notes_on.items(), random)),
        adherence=dict(mixed(visit.adherence.items(), random)),
    )
    assert sealed(turned) == sealed(visit)


@settings(max_examples=100, deadline=None)
@given(visits(), st.data())
def test_one_bit_of_what_was_signed_or_of_the_signature_is_found(
    visit: Visit, data: st.DataObject
) -> None:
    seal = sealed(visit)
    field = data.draw(st.sampled_from(["content", "signature", "public_key"]))
    whole = bytearray(getattr(seal, field))
    place = data.draw(st.integers(0, 8 * len(whole) - 1))
    whole[place // 8] ^= 1 << place % 8
    changes: dict[str, Any] = {field: bytes(whole)}
    changed = replace(seal, **changes)
    changed = replace(changed, digest=digest_of(changed.content))
    assert held_against(changed, visit).state is State.NOT_VALID


def test_what_this_release_signed_verifies_in_every_later_one() -> None:
    """The bytes are pinned: a field of tomorrow must stay out of what was signed today."""
    seal = sealed(CHARTED)
    assert seal.content.decode() == PINNED
    assert held_against(seal, CHARTED).state is State.VALID


PINNED = (
    '{"about":"visit","clinic":"clinic-1","earlier":null,"format":"clinic-desktop-signature'
    '/1","patient":{"name":"Case A","number":1},"rules":{"lean":[],"patterns":[],"red_flags'
    '":[["dvt","E"]],"sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    'aaaa","status":"red_flag","version":"2026.11.1"},"signer":{"credentials":"PT","meaning'
    '":"author","name":"Anna Muster","user":"u-anna"},"time":{"utc":"2026-11-24T10:42:00+00'
    ':00","zone":"+00:00"},"visit":{"date":"2026-11-24","decision":{"agree":true,"pattern":'
    '"pattern_2","reason":"Fits."},"findings":{"note.plan":"Ease off the hills.","slr.angle'
    '@right":58},"first_entry":"2026-11-24T10:42:00+00:00","id":1,"last_entry":"2026-11-24T'
    '10:42:00+00:00","notes_on":{"slr.result":"Stopped at once."},"plan":[{"dose":"2 x 10",'
    '"item":"slider_seated"}],"psfs":[{"activity":"Run 5 km","score":4}],"retests":[{"after'
    '":3,"before":6,"side":"right","test":"bridge.pain","treatment":"slider_seated"}]}}'
)
