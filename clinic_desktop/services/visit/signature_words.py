"""What a signature is worth, in words: the same on screen, on paper and beside an export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from clinic_desktop.domain.catalogue import CatalogueText
from clinic_desktop.domain.signing import (
    AddendumValidity,
    Difference,
    Fault,
    Signature,
    State,
    Validity,
)
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.words.dates import date_words, time_words
from clinic_desktop.services.words.translation import _
from clinic_desktop.services.words.wording import finding_name

MOST_DIFFERENCES: Final = 6
"""Named one by one; of more than these, how many more."""
LONGEST_VALUE: Final = 80
"""Signs of a value that is told; of a longer one, its beginning and end."""


def when_words(at: dt.datetime) -> str:
    """Day and hour as the signer's clock had them: `24 Nov 2026 10:42`."""
    return f"{date_words(at.date())} {at:%H:%M}"


def signed_words(signed: Signature) -> str:
    """Who signed and when: `Signed by Anna Muster, PT, 24 Nov 2026 10:42`."""
    return _("Signed by {who}, {when}").format(who=signed.who, when=when_words(signed.at))


def headline(validity: Validity) -> str:
    """How a visit stands, in one sentence."""
    if validity.state is State.DRAFT:
        return _("Draft, not signed.")
    if validity.state is State.ELSEWHERE:
        return _("Signed elsewhere, not by this clinic.")
    if validity.signed is None:
        return _("NOT VALID: this visit was signed in this clinic, and its signature is missing.")
    if validity.state is State.VALID:
        return f"{signed_words(validity.signed)}."
    said = _("NOT VALID: signed by {who}, {when}, and what stands here now does not fit.")
    return said.format(who=validity.signed.who, when=when_words(validity.signed.at))


def short_state(validity: Validity) -> str:
    """The same in a word or two, for a list."""
    words = {
        State.DRAFT: _("draft, not signed"),
        State.ELSEWHERE: _("signed elsewhere"),
        State.VALID: _("signed"),
        State.NOT_VALID: _("NOT VALID"),
    }
    late = validity.state is State.VALID and validity.late
    return _("signed, late entry") if late else words[validity.state]


def late_words(validity: Validity) -> str:
    """When the service was, when it was typed and signed; nothing where that is one day's work."""
    if not validity.late or validity.signed is None:
        return ""
    return _("Late entry: visit of {day}; {typed}; signed {signed}.").format(
        day=date_words(validity.date),
        typed=_typed(validity),
        signed=when_words(validity.signed.at),
    )


def _typed(validity: Validity) -> str:
    if validity.first_entry is None or validity.signed is None:
        return _("nothing typed")
    zone = validity.signed.at.tzinfo
    first = validity.first_entry.astimezone(zone)
    last = (validity.last_entry or validity.first_entry).astimezone(zone)
    end = f"{last:%H:%M}" if last.date() == first.date() else when_words(last)
    if when_words(first) == when_words(last):
        return _("typed {first}").format(first=when_words(first))
    return _("typed {first} to {last}").format(first=when_words(first), last=end)


def clock_words(signed: Signature | None) -> str:
    """That the time of a signature is not to be relied on: the signer's clock was behind."""
    if signed is None or signed.newest is None:
        return ""
    newest = signed.newest.astimezone(signed.at.tzinfo)
    said = _("Time of signing not certain: the record had {newest} already.")
    return said.format(newest=when_words(newest))


def named_words(validity: Validity) -> str:
    """Whose name stood there at signing, where it was corrected since."""
    named = validity.named
    if named is None:
        return ""
    born = _("born {day}").format(day=date_words(named.birth_date)) if named.birth_date else ""
    return _("Signed under the details of then: {details}.").format(
        details=", ".join(part for part in (named.name, born) if part)
    )


# ---------------------------------------------------------------------- what does not fit
def fault_lines(
    found: Validity | AddendumValidity, text: CatalogueText | None = None
) -> tuple[str, ...]:
    """What does not fit, a sentence each; with the catalogue's names of findings."""
    lines = [said for fault in found.faults if (said := _fault(fault, found.signed))]
    lines += list(_differences(found.differences, text))
    return tuple(lines)


def _fault(fault: Fault, signed: Signature | None) -> str:
    name = signed.name if signed else ""
    return {
        Fault.CHANGED: "",  # told by what differs
        Fault.FORGED: _("The signature does not belong to the content that is kept with it."),
        Fault.STRANGE_KEY: _("The key is not one that this clinic knows as {name}'s."),
        Fault.OTHER_SIGNER: _("Name, time or digest beside the signature are not those signed."),
        Fault.OTHER_PLACE: _("The signature was made for another patient, visit or clinic."),
        Fault.MISSING: _("What must be here is not here any more."),
        Fault.OPENED: _("There is a signature, and the record says that the visit is not signed."),
        Fault.OUT_OF_ORDER: _("The signature before it is not the one that it follows."),
    }[fault].format(name=name)


def _differences(differences: tuple[Difference, ...], text: CatalogueText | None) -> Iterator[str]:
    nothing = _("nothing")
    for difference in differences[:MOST_DIFFERENCES]:
        yield _("{field}: {then} was signed, {now} stands here now.").format(
            field=_place(difference.place, text),
            then=nothing if difference.signed is None else _short(difference.signed),
            now=nothing if difference.now is None else _short(difference.now),
        )
    more = len(differences) - MOST_DIFFERENCES
    if more > 0:
        yield _("And {n} more.").format(n=more)


def _short(value: str) -> str:
    value = value.strip('"')
    half = LONGEST_VALUE // 2
    return value if len(value) <= LONGEST_VALUE else f"{value[:half]} … {value[-half:]}"


def _place(place: tuple[str, ...], text: CatalogueText | None) -> str:
    match place:
        case ("visit", "findings", key):
            finding, _at, side = key.partition("@")
            return _name(Key(finding, Side(side) if side else None), text)
        case ("visit", "notes_on", finding):
            return _("remark on {finding}").format(finding=_name(Key(finding), text))
        case ("visit", field, *_rest):
            return _fields().get(field, field)
        case ("patient", *_rest):
            return _("patient")
        case ("rules", *_rest):
            return _("what the rules said")
        case ("addendum", *_rest):
            return _("addendum")
    return " ".join(place)


def _name(key: Key, text: CatalogueText | None) -> str:
    return str(key) if text is None else finding_name(text, key.finding, key.side)


def _fields() -> dict[str, str]:
    return {
        "date": _("date of the visit"),
        "plan": _("plan"),
        "parked": _("parked items"),
        "retests": _("retests"),
        "resolved_flags": _("resolved red flags"),
        "psfs": _("own activities"),
        "activities": _("own activities"),
        "adherence": _("what was done of the plan"),
        "decision": _("decision"),
        "signs": _("signs to test again"),
        "addenda": _("addenda"),
        "first_entry": _("time of the first entry"),
        "last_entry": _("time of the last entry"),
    }


# ---------------------------------------------------------------------- addenda
def addendum_head(added: AddendumValidity) -> str:
    """Time and author of an addendum, and what is to be known of it."""
    if added.signed is not None:
        head = f"{when_words(added.signed.at)}, {added.signed.who}"
    else:
        head = _("{when}, {author}").format(
            when=time_words(added.addendum.at), author=added.addendum.author
        )
    remark = {
        State.VALID: _("signed"),
        State.ELSEWHERE: _("from elsewhere, not signed here"),
        State.NOT_VALID: _("NOT VALID"),
    }.get(added.state, "")
    return f"{head} ({remark})" if remark else head
