"""Lets each user do what the role allows, whatever window or command asks: nothing else gets in."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType, TracebackType
from typing import Any, Final, NoReturn, Self, cast

from clinic_desktop.domain.access import Action
from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import SECURITY, AuditQuery, Deed
from clinic_desktop.domain.courses import CourseFacts, Standing
from clinic_desktop.domain.errors import NotFound, PutOut, RecordUnavailable, Refused
from clinic_desktop.domain.people import User
from clinic_desktop.services.ports import Clock, OpenRecord, UnitOfWork
from clinic_desktop.services.stored import CourseSummary, PatientSummary, StoredCourse
from clinic_desktop.services.words.translation import _

from .access_words import in_no_role, no_longer_active, refusal


def _table(methods: Mapping[Action, str]) -> Mapping[str, Action]:
    return MappingProxyType(
        {name: action for action in methods for name in methods[action].split()}
    )


NEEDED: Final = _table(
    {
        Action.SEE_PATIENTS: "patient same_person find_patients count_patients drafts visits_on"
        " alike_patients"
        " courses_due course_summaries merged_into removed_why removed_patients has_signed"
        " born_alike unseen_since",
        Action.CHANGE_PATIENTS: "add_patient change_patient",
        Action.READ_CHART: "courses newest_course course course_of_visit courses_at_a_standstill"
        " answers course_answers signed_courses seals addendum_draft addenda_begun referral"
        " referrals_of referrals_waiting letter_drafts all_letter_drafts documents"
        " document_content field_history",
        Action.WRITE_DRAFT: "add_course change_course keep_standing add_visit change_visit"
        " merge_patients part_patients remove_patient restore_patient move_visit"
        " keep_answer add_referral change_referral keep_letter_draft drop_letter_draft",
        Action.SIGN: "sign_visit",
        Action.ADD_ADDENDUM: "add_addendum keep_addendum_draft",
        Action.PRINT_CHART: "keep_document",
        Action.MANAGE_USERS: "add_user change_user add_user_key",
    }
)
"""What each method of a unit of work is, for the check. One that stands nowhere is refused."""

EVERYBODYS: Final = frozenset(
    {
        "commit",
        "note_act",
        "note_settings",
        "audit_head",
        "latest_entry_at",
        "check_audit",
        "user",
        "users",
        "owner_of_key",
    }
)
"""Methods that tell nothing of a patient: who works here, and whether the trail is whole."""

READING_THE_TRAIL: Final = frozenset({"audit_entries", "audit_users"})
"""Methods of which each role has its own part."""


DEEDS_NEEDED: Final = MappingProxyType(
    {
        Deed.CHART_EXPORTED: Action.EXPORT_CHART,
        Deed.PAPER_PRINTED: Action.PRINT_CHART,
        Deed.PAPER_SAVED: Action.PRINT_CHART,
        Deed.RESTORED: Action.RESTORE,
        Deed.RESCUED: Action.RESTORE,
    }
)
"""What must be allowed for what leaves no other mark in the record than its entry in the trail: it
is entered before it is done."""

SAME_LOOK: Final = dt.timedelta(minutes=15)
"""A chart that was read so short a time ago, with no other one between, is not opened anew."""

LATE: Final = dt.timedelta(minutes=1)
"""A look that is entered later than this names its own time."""

_BEING_A_USER: Final = "being a user"
_UNKNOWN: Final = "unknown"
_SIGNATURES: Final = {
    name: inspect.signature(method)
    for name, method in inspect.getmembers(UnitOfWork, inspect.isfunction)
    if not name.startswith("_")
}


def require(user: User, action: Action) -> None:
    """Raise Refused where a user may not do what is done beside the record."""
    if not user.may(action):
        raise Refused(refusal(user.role, action))


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Something that was not done, as the audit trail tells it."""

    action: str
    words: str
    number: int | None
    visit_id: int | None


def guard(
    open_record: OpenRecord,
    user: User,
    clock: Clock,
    changed: Callable[[User], object] = lambda _user: None,
) -> OpenRecord:
    """The record as far as a user may use it. What the role does not allow raises Refused, in plain
    words, and is entered in the audit trail in a transaction of its own.

    What holds is what the record says of the user by then; `changed` is told where that is another
    standing than the one they signed in with.
    """

    looks = _Looks()

    def guarded(*, writing: bool = False) -> UnitOfWork:
        work = _GuardedUnitOfWork(open_record, user, clock, looks, writing, changed)
        return cast(UnitOfWork, work)

    return guarded


class _Looks:
    """Which charts a user has read and the audit trail does not say yet.

    They are found where charts are handed out, so that no window and no command can forget one.
    """

    def __init__(self) -> None:
        self.owed: list[tuple[int, dt.datetime]] = []
        self._last: tuple[int, dt.datetime] | None = None

    def note(self, result: object, now: dt.datetime) -> None:
        """Note the charts in what was handed out."""
        if isinstance(result, tuple):
            for one in result:
                self.note(one, now)
        elif isinstance(result, StoredCourse):
            last, self._last = self._last, (result.number, now)
            if last is None or last[0] != result.number or now - last[1] > SAME_LOOK:
                self.owed.append((result.number, now))


class _GuardedUnitOfWork:
    """Hands on what the user may do. After a refusal nothing of the unit is kept."""

    def __init__(
        self,
        open_record: OpenRecord,
        user: User,
        clock: Clock,
        looks: _Looks,
        writing: bool,
        changed: Callable[[User], object],
    ) -> None:
        self._open_record = open_record
        self._user = user
        self._signed_in_as = user.standing
        self._clock = clock
        self._looks = looks
        self._changed = changed
        self._work = open_record(writing=writing)
        self._refused: list[_Refusal] = []

    def __enter__(self) -> Self:
        self._work.__enter__()
        try:
            self._take_standing()
        except BaseException:  # whatever it was, the transaction does not stay open
            self._work.__exit__(None, None, None)
            raise
        return self

    def _take_standing(self) -> None:
        """Go by what the record says of the user now: they may have left since they signed in."""
        with suppress(NotFound):  # sign-in has refused that
            now = self._work.user(self._user.id)
            if now.standing != self._user.standing:
                self._user = now
                self._changed(now)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._work.__exit__(kind, error, trace)
        if self._refused:
            self._in_a_transaction_of_its_own(self._enter_refusals)
        if self._looks.owed:
            # A chart can be read while nothing can be written: what is needed beside a patient
            # comes first. The look is owed, and entered as soon as that goes again.
            with suppress(RecordUnavailable):
                self._in_a_transaction_of_its_own(self._enter_looks)
                self._looks.owed.clear()

    def commit(self) -> None:
        """Make everything durable; after a refusal that was passed over, refuse that too."""
        if self._refused:
            raise self._kind()(self._refused[0].words)
        owed = tuple(self._looks.owed)
        self._enter_looks(self._work)
        self._work.commit()
        del self._looks.owed[: len(owed)]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._work, name)

        def checked(*given: Any, **named: Any) -> Any:
            if name in READING_THE_TRAIL:
                return getattr(self, f"_own_{name}")(*given)
            bound = _SIGNATURES[name].bind(self, *given, **named) if name in _SIGNATURES else None
            about = bound.arguments if bound else {}
            for action in self._actions(name, about):
                if not self._may(action):
                    self._refuse(action, about)
            result = method(*given, **named)
            self._looks.note(result, self._clock())
            return _cut(result, self._user)

        return checked

    # ---------------------------------------------------------------- checking
    def _actions(self, name: str, about: Mapping[str, Any]) -> tuple[Action | str, ...]:
        """What must be allowed for a method: actions, or a word for what is no action."""
        if name == "note_act" and about["deed"] in DEEDS_NEEDED:
            return (DEEDS_NEEDED[about["deed"]],)
        if name in EVERYBODYS:
            return (_BEING_A_USER,)
        if name not in NEEDED:
            return (_UNKNOWN,)
        # A visit that comes in closed is closed by whoever brings it.
        closed = about.get("after") if name == "change_visit" else about.get("visit")
        closing = name in {"add_visit", "change_visit"} and closed is not None and closed.signed
        return (NEEDED[name], Action.SIGN) if closing else (NEEDED[name],)

    def _may(self, action: Action | str) -> bool:
        if isinstance(action, Action):
            return self._user.may(action)
        return action == _BEING_A_USER and self._user.active

    def _refuse(self, action: Action | str, about: Mapping[str, Any]) -> NoReturn:
        if not self._user.active:
            words = no_longer_active()
        elif isinstance(action, Action):
            words = refusal(self._user.role, action)
        else:
            words = in_no_role()
        number, visit_id = about.get("number"), about.get("visit_id")
        self._refused.append(_Refusal(action, words, number, visit_id))
        raise self._kind()(words)

    def _kind(self) -> type[Refused]:
        return Refused if self._user.standing == self._signed_in_as else PutOut

    def _in_a_transaction_of_its_own(self, enter: Callable[[UnitOfWork], None]) -> None:
        with self._open_record(writing=True) as work:
            enter(work)
            work.commit()

    def _enter_refusals(self, work: UnitOfWork) -> None:
        act = Act(self._user.signature_name, self._clock())
        for one in self._refused:
            work.note_act(
                Deed.REFUSED,
                act,
                number=one.number,
                visit_id=one.visit_id,
                subject=one.action,
                reason=one.words,
            )

    def _enter_looks(self, work: UnitOfWork) -> None:
        now = self._clock()
        for number, at in self._looks.owed:
            # The trail is in the order in which it is written; what is entered late says so.
            late = _("Opened at {moment}, entered when that was possible again.")
            why = late.format(moment=at.isoformat(timespec="seconds")) if now - at > LATE else ""
            act = Act(self._user.signature_name, now)
            work.note_act(Deed.CHART_OPENED, act, number=number, reason=why)

    # ---------------------------------------------------------------- the audit trail
    def _own_audit_entries(self, query: AuditQuery) -> object:
        user = self._user
        if not user.may(Action.READ_ALL_ACTS):
            own = user.may(Action.READ_OWN_ACTS)
            if own and query.user == user.id:
                pass
            elif user.may(Action.READ_SECURITY_EVENTS) and (query.deeds or SECURITY) & SECURITY:
                query = replace(query, deeds=(query.deeds or SECURITY) & SECURITY)
            elif own and query.user is None:
                query = replace(query, user=user.id)
            else:
                self._refuse(Action.READ_ALL_ACTS, {"number": query.number})
        return self._work.audit_entries(query)

    def _own_audit_users(self) -> object:
        user = self._user
        everybody = user.may(Action.READ_ALL_ACTS) or user.may(Action.READ_SECURITY_EVENTS)
        if not everybody and not user.may(Action.READ_OWN_ACTS):
            self._refuse(Action.READ_ALL_ACTS, {})
        found = self._work.audit_users()
        return found if everybody else tuple(one for one in found if one[0] == user.id)


# -------------------------------------------------------------------- without findings
def _cut(result: object, user: User) -> object:
    """What a method gives, without what is charted where the user may not read it."""
    if user.may(Action.READ_CHART):
        return result
    if isinstance(result, tuple):
        return tuple(_cut(one, user) for one in result)
    if isinstance(result, PatientSummary):
        return replace(result, problem=None)
    if isinstance(result, CourseSummary):
        facts = CourseFacts(planned_visits=result.facts.planned_visits, opened=result.facts.opened)
        # Whether it stands still is not known to this user, which is not "no".
        standing = Standing(result.standing.next_visit, stands_still=None)
        return replace(result, facts=facts, standing=standing, side=None)
    return result
