"""The entries of the audit trail in words: what was done, to which field, from what to what."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clinic_desktop.domain.access import Action, Role
from clinic_desktop.domain.audit import AuditEntry, Deed
from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.differences import APART
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.retelling import key_of
from clinic_desktop.domain.values import Side, Value
from clinic_desktop.services.access.access_words import action_name, role_name
from clinic_desktop.services.course.words import outcome_words
from clinic_desktop.services.papers.parts import flag_name
from clinic_desktop.services.safety.clock_words import clock_went_back
from clinic_desktop.services.safety.rescue_words import entry_words
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.finding_words import (
    number_words,
    unit_words,
    value_words,
    with_unit,
)
from clinic_desktop.services.words.translation import _, pgettext
from clinic_desktop.services.words.wording import pattern_name, side_word

ARROW: Final = "\N{RIGHTWARDS ARROW}"
_SIDES: Final = frozenset(Side)


@dataclass(frozen=True, slots=True)
class AuditWords:
    """Tells entries in the words of a catalogue and a plan library."""

    catalogue: Catalogue
    text: CatalogueText
    library: PlanLibrary
    whole: bool = True
    """Whether keys and digests are told whole, to be checked, or only as they begin."""

    # ---------------------------------------------------------------- an entry
    def what_together(self, entries: Sequence[AuditEntry]) -> str:
        """What one act wrote, newest first as in the trail, told in the order of its writing."""
        if len(entries) == 1:
            return self.what(entries[0])
        # What is only there to be checked comes last.
        told = sorted(entries, key=lambda one: (_is_key(one.after), one.seq))
        fields = (f"{self.field(one.field)}: {self.change(one)}" for one in told)
        return f"{deed_words(entries[0].deed)}. {'; '.join(fields)}"

    def what(self, entry: AuditEntry) -> str:
        """What was done in one line: `Visit changed. SLR, right: negative → positive`."""
        done = deed_words(entry.deed)
        about = self.field(entry.field)
        if entry.deed == Deed.RESCUED:
            told = entry_words(entry.after)
            return f"{done}. {told}" if told else done
        if entry.deed == Deed.CLOCK_WENT_BACK and entry.before and entry.after:
            before, after = json.loads(entry.before), json.loads(entry.after)
            return clock_went_back(*map(dt.datetime.fromisoformat, (before, after)))
        if entry.deed == Deed.REFUSED:
            return f"{done}. {about}" if about else done
        if entry.before is None and entry.after is None:
            return f"{done}. {about}" if about else done
        return f"{done}. {about}: {self.change(entry)}"

    def change(self, entry: AuditEntry) -> str:
        """From what to what."""
        before = self.value(entry.field, entry.before)
        after = self.value(entry.field, entry.after)
        if entry.before is None:
            return after
        return f"{before} {ARROW} {after}"

    # ---------------------------------------------------------------- its field
    def field(self, name: str) -> str:
        """What a field is called."""
        whole, apart, part = name.partition(APART)
        if whole == "findings" and apart:
            return self._finding(part)
        if whole == "notes_on" and apart:
            return _("Remark on {finding}").format(finding=self._finding(part))
        if whole == "adherence" and apart:
            return _("Done of {item}").format(item=self._item(part))
        known = _field_names()
        if not apart and whole in known:
            return known[whole]
        if "." in whole:  # a setting, by table and key
            return _setting_names().get(whole.partition(".")[2], whole)
        if whole in set(Action):
            return action_name(Action(whole))
        return name.replace("_", " ").replace(APART, ", ")

    def _finding(self, part: str) -> str:
        key = key_of(part)
        known = self.text.findings.get(key.finding)
        name = (known.brief or known.name) if known else key.finding
        return f"{name}, {side_word(key.side)}" if key.side else name

    def _item(self, item: str) -> str:
        return self.library.name(item) if item in self.library.items else item

    # ---------------------------------------------------------------- its value
    def value(self, name: str, text: str | None) -> str:
        """A value as it is read; what is not there is said to be missing, never "no"."""
        whole, apart, part = name.partition(APART)
        if text is None:
            return _("not charted") if whole == "findings" else _("nothing")
        value = json.loads(text)
        if whole == "findings" and apart:
            spec = self.catalogue.findings.get(key_of(part).finding)
            if spec is not None:
                return value_words(spec, self.text, _charted(value))
        return self._said(value) or _("nothing")

    def _said(self, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, int | float):
            return number_words(value)
        if isinstance(value, list):
            # The first of two signs is itself a pair, and no name.
            named = len(value) == 2 and isinstance(value[0], str)
            pair = named and value[0] in self.text.findings
            if pair and (value[1] is None or value[1] in _SIDES):
                return self._finding(f"{value[0]}@{value[1]}" if value[1] else value[0])
            return "; ".join(self._said(one) for one in value)
        if isinstance(value, Mapping):
            if value.keys() == _GOAL and value["measure"] in self.catalogue.findings:
                unit = unit_words(self.catalogue.spec(value["measure"]))
                return f"{self._finding(value['measure'])} {with_unit(value['value'], unit)}"
            said = (
                (name, flag_name(one) if name == "flag" else self._said(one))
                for name, one in value.items()
                if one is not None
            )
            return ", ".join(
                words if name in _SPEAKS_FOR_ITSELF else f"{self.field(name)} {words}"
                for name, words in said
            )
        return self._word(str(value))

    def _word(self, word: str) -> str:
        if word in self.library.items:
            return self.library.name(word)
        if word in self.text.findings:
            return self._finding(word)
        if _DAY.fullmatch(word):
            return date_words(dt.date.fromisoformat(word))
        if not self.whole and _KEY.fullmatch(word):
            return word[:_BEGINNING] + "\N{HORIZONTAL ELLIPSIS}"
        return _words().get(word, word)


_KEY: Final = re.compile(r"[0-9a-f]{32,}")
"""A key, a digest or an id of this program's own making, in hex."""
_BEGINNING: Final = 8


def _is_key(held: str | None) -> bool:
    """Whether a value is one that nobody reads but to compare it."""
    return held is not None and _KEY.fullmatch(held.strip('"')) is not None


_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_GOAL: Final = {"measure", "value"}
_SPEAKS_FOR_ITSELF: Final = frozenset(
    {"item", "treatment", "test", "side", "flag", "activity", "text", "dose", "words", "measure"}
)
"""Parts of a value that need no name before them."""


def _charted(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def who_words(entry: AuditEntry) -> str:
    """Name and role of whoever did it: `Anna Muster, PT (therapist)`."""
    if not entry.role:
        return entry.who
    role = role_name(Role(entry.role)) if entry.role in set(Role) else entry.role
    return f"{entry.who} ({role})"


def _words() -> dict[str, str]:
    return {
        **{pattern: pattern_name(pattern) for pattern in _PATTERNS},
        **outcome_words(),
        **{role.value: role_name(role) for role in Role},
        "female": _("female"),
        "male": _("male"),
        "right": _("right"),
        "left": _("left"),
        "both": _("both sides"),
        "better": _("better"),
        "same": _("the same"),
        "worse": _("worse"),
        "all": _("all"),
        "most": _("most"),
        "some": _("some"),
        "none": _("none"),
    }


_PATTERNS: Final = ("pattern_1", "pattern_2", "pattern_3", "local", "other_source")


def _field_names() -> dict[str, str]:
    return {
        **_part_names(),
        "name": _("Name"),
        "birth_date": _("Birth date"),
        "age": _("Age"),
        "sex": _("Sex"),
        "language": _("Language"),
        "date": _("Date of the visit"),
        "signed": _("Signed"),
        "retests": _("Retests"),
        "begun": _("Treatment, no sign taken again yet"),
        "plan": _("Plan"),
        "parked": _("Parked for later"),
        "resolved_flags": _("Red flags resolved"),
        "psfs": _("Own activities, scored"),
        "activities": _("Own activities"),
        "signs": _("Signs to take again"),
        "decision": _("Decision"),
        "pattern": _("pattern"),
        "agree": _("agreed"),
        "reason": _("Reason"),
        "note": _("note"),
        "goal": _("Goal"),
        "side": _("Side"),
        "target": _("Goal in a figure"),
        "planned_visits": _("Planned visits"),
        "opened": _("Course opened on"),
        "closing": _("End of the course"),
        "recipient": _("Recipient"),
        "warning": _("Warning given"),
        "sent_at": _("Sent at"),
        "answered_at": _("Answered at"),
        "answer": _("Answer"),
        "digest": _("Signed content"),
        "public_key": _("Key to sign with"),
        "handout": _("Sheet for the patient"),
        "letter": _("Referral letter"),
        "report": _("Report of the course"),
        "role": _("Role"),
        "active": _("Works here"),
        "administers": _("Looks after users and backups"),
        "credentials": _("Credentials"),
        "merged_into": _("The same person as number"),
        "patient": _("Patient's number"),
    }


def _setting_names() -> dict[str, str]:
    from clinic_desktop.services.clinic.clinic_settings import settings

    return {setting.id: setting.words for setting in settings()}


def _part_names() -> dict[str, str]:
    """Of what a value is made of, where it is no field by itself."""
    return {
        "before": pgettext("of a retest", "before"),
        "after": pgettext("of a retest", "after"),
        "verdict": _("verdict"),
        "minutes": _("minutes"),
        "score": _("score"),
        "drawing": _("drawing"),
        "author": _("author"),
        "at": pgettext("a moment", "at"),
        "on": pgettext("a day", "on"),
        "outcome": _("outcome"),
        "value": _("value"),
        "level": _("level"),
        "opened_at": _("opened at"),
        "opened_by": _("opened by"),
        "warned_at": _("warned at"),
        "sent_by": _("sent by"),
        "answered_by": _("answered by"),
    }


def deed_words(deed: str) -> str:
    """What was done, as the beginning of a line."""
    known = {
        Deed.PATIENT_ADDED: _("Patient entered"),
        Deed.PATIENT_CHANGED: _("Patient's details corrected"),
        Deed.PATIENTS_MERGED: _("Entry made one with another"),
        Deed.PATIENTS_PARTED: _("Entries taken apart again"),
        Deed.PATIENT_REMOVED: _("Entry taken out as a mistake"),
        Deed.PATIENT_RESTORED: _("Entry brought back"),
        Deed.VISIT_MOVED: _("Visit moved to another patient"),
        Deed.COURSE_OPENED: _("Course of care opened"),
        Deed.COURSE_CHANGED: _("Course of care changed"),
        Deed.VISIT_BEGUN: _("Visit begun"),
        Deed.VISIT_CHANGED: _("Visit changed"),
        Deed.VISIT_SIGNED: _("Visit signed"),
        Deed.ADDENDUM_ADDED: _("Addendum added"),
        Deed.LETTER_DRAFT_DROPPED: _("Draft of a letter taken out"),
        Deed.DOCUMENT_KEPT: _("Paper kept"),
        Deed.REFERRAL_OPENED: _("Referral opened"),
        Deed.REFERRAL_CHANGED: _("Referral changed"),
        Deed.CHART_OPENED: _("Chart opened"),
        Deed.CHART_EXPORTED: _("Chart exported"),
        Deed.PAPER_PRINTED: _("Paper printed"),
        Deed.PAPER_SAVED: _("Paper saved to a file"),
        Deed.AUDIT_READ: _("Audit trail read"),
        Deed.SIGNED_IN: _("Signed in"),
        Deed.SIGN_IN_FAILED: _("Sign-in failed"),
        Deed.LOCKED: _("Locked"),
        Deed.SIGNED_OUT: _("Signed out"),
        Deed.USER_ADDED: _("User entered"),
        Deed.USER_CHANGED: _("User changed"),
        Deed.REFUSED: _("Refused"),
        Deed.BACKED_UP: _("Backup made"),
        Deed.BACKUP_FAILED: _("Backup failed"),
        Deed.RESTORED: _("Backup restored"),
        Deed.CLOCK_WENT_BACK: _("The computer's clock went back"),
        Deed.SETTING_CHANGED: _("Setting changed"),
        Deed.RESCUED: _("Put together from a damaged file"),
    }
    # A word of a newer program reads as it is written.
    return known.get(deed, deed.replace("_", " ").capitalize())  # type: ignore[call-overload,no-any-return]
