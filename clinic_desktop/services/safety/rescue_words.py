"""What can be saved of a damaged record, in words, for window and command line; names nobody."""

from __future__ import annotations

import json
from collections.abc import Callable

from clinic_desktop.domain.audit import AuditEntry, Hole
from clinic_desktop.domain.rescues import ADDENDUM, GonePaper, RescueReport, Saved, TouchedVisit
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _

from .backup_words import moment_words

TOUCHED = "visit"
"""The field of an entry of the trail that names a visit of which not everything could be read."""
MOST_VISITS = 20
"""Visits that are named one by one."""


def report_lines(report: RescueReport) -> tuple[str, ...]:
    """What came of it, a sentence a line, the counts first and then what is touched."""
    return (*count_lines(report), *touched_lines(report))


def count_lines(report: RescueReport) -> tuple[str, ...]:
    """How much was read, how much stands in from elsewhere, how much is lost."""
    words = _("Read from the damaged file: {counts}.")
    lines = [words.format(counts=_counts(report, _read))]
    if report.backup is not None and _any(report, _taken):
        words = _("As they were in the backup of {moment}: {counts}.")
        moment = moment_words(report.backup)
        lines.append(words.format(moment=moment, counts=_counts(report, _taken)))
    if _any(report, _rebuilt):
        words = _("Made again from the audit trail, which tells each change: {counts}.")
        lines.append(words.format(counts=_counts(report, _rebuilt)))
    if _any(report, _lost):
        words = _("Lost, as far as the audit trail shows: {counts}.")
        lines.append(words.format(counts=_counts(report, _lost)))
    return (*lines, *said_lines(report))


def touched_lines(report: RescueReport) -> tuple[str, ...]:
    """The visits of which not everything could be read, by number and date, and what is gone of
    addenda and papers."""
    return (*_visit_lines(report), *map(_gone_words, report.gone[:MOST_VISITS]))


def _gone_words(gone: GonePaper) -> str:
    words = _("Patient {number:06d}, visit of {date}: a paper kept on {moment} is lost.")
    if gone.kind == ADDENDUM:
        words = _("Patient {number:06d}, visit of {date}: an addendum of {moment} is lost.")
    return words.format(
        number=gone.number, date=date_words(gone.date), moment=moment_words(gone.at)
    )


def _visit_lines(report: RescueReport) -> tuple[str, ...]:
    if not report.touched:
        return ()
    shown = [_visit_words(visit) for visit in report.touched[:MOST_VISITS]]
    more = len(report.touched) - len(shown)
    if more:
        shown.append(_("And {n} more visits.").format(n=more))
    return (_("Visits that could not be read whole:"), *shown)


def said_lines(report: RescueReport) -> tuple[str, ...]:
    """What the counts do not say: what only the damaged file has, holes, signatures."""
    lines = [_("Pages of it that cannot be read: {pages}.").format(pages=report.pages)]
    if report.backup is not None:
        words = _(
            "Since the backup of {moment}: {visits} new visits and {entries} entries of the audit"
            " trail, which only the damaged file has."
        )
        moment = moment_words(report.backup)
        visits, entries = report.visits_only_here, report.entries_only_here
        lines.append(words.format(moment=moment, visits=visits, entries=entries))
    else:
        lines.append(_("There is no good backup to fill gaps from."))
    lost = report.gone or any(visit.lost for visit in report.touched)
    if not lost and not _any(report, _lost):
        lines.append(_("Nothing is known to be lost."))
    lines += [hole_words(hole) for hole in report.holes]
    lines.append(_("Signed visits whose signature is valid: {n}.").format(n=report.signatures))
    return (*lines, *report.broken)


def table(report: RescueReport) -> tuple[tuple[str, ...], ...]:
    """The counts: a head, then a row for each kind, a column for each source."""
    head = ("", _("damaged file"), _("backup"), _("audit trail"), _("lost"))
    kinds = (
        (_("Patients"), report.patients),
        (_("Visits"), report.visits),
        (_("Findings"), report.findings),
        (_("Remarks, retests, plans"), report.lists),
        (_("Kept papers"), report.papers),
        (_("Entries of the audit trail"), report.entries),
    )
    rows = ((name, *map(str, _sources(saved))) for name, saved in kinds)
    return (head, *rows)


def _sources(saved: Saved) -> tuple[int, ...]:
    return saved.read, saved.taken, saved.rebuilt, saved.lost


def in_short(report: RescueReport) -> str:
    """What is in use after a rescue, in one sentence."""
    return _("{patients} patients, {visits} visits; not whole: {touched}.").format(
        patients=sum(_sources(report.patients)[:3]),
        visits=sum(_sources(report.visits)[:3]),
        touched=len(report.touched),
    )


def hole_words(hole: Hole) -> str:
    """What a hole in the audit trail means."""
    if hole.unreadable:
        words = _(
            "Entries {first} to {last} of the audit trail are lost: they stood on damaged pages"
            " when the record was put together. What they said cannot be proven."
        )
    else:
        words = _(
            "Entries {first} to {last} of the audit trail were missing when the record was put"
            " together from a damaged file, and no damage explains it."
        )
    return words.format(first=hole.first, last=hole.last)


def entry_words(told: str | None) -> str:
    """What an entry of the audit trail says of a rescue: of a hole, or of one visit."""
    try:
        said = json.loads(told or "{}")
        if "first" in said:
            return hole_words(Hole(**said))
        return _parts(said["taken"], said["rebuilt"], said["lost"])
    except (ValueError, KeyError, TypeError):
        return ""


def rescued_visit_words(entry: AuditEntry) -> str:
    """That a visit was put together, said where it is opened."""
    words = _("This visit was put together from a damaged file on {date}: {parts}. F2 tells more.")
    date = date_words(entry.at.astimezone().date())
    return words.format(date=date, parts=entry_words(entry.after))


def _visit_words(visit: TouchedVisit) -> str:
    words = _("Patient {number:06d}, visit of {date}: {parts}")
    if visit.date is None:
        words = _("Patient {number:06d}, a visit of unknown date: {parts}")
    date = date_words(visit.date) if visit.date is not None else ""
    parts = _parts(visit.taken, visit.rebuilt, visit.lost)
    return words.format(number=visit.number, date=date, parts=parts)


def _parts(taken: int, rebuilt: int, lost: int) -> str:
    """Where the parts of a visit come from, and how many are lost."""
    said = []
    if taken:
        said.append(_("{n} as in the backup").format(n=taken))
    if rebuilt:
        said.append(_("{n} made again from the audit trail").format(n=rebuilt))
    if lost:
        said.append(_("{n} lost").format(n=lost))
    return ", ".join(said)


def _counts(report: RescueReport, of: Callable[[Saved], int]) -> str:
    return _(
        "patients {patients}, visits {visits}, findings {findings}, remarks, retests and plans"
        " {lists}, kept papers {papers}, entries of the audit trail {entries}"
    ).format(
        patients=of(report.patients),
        visits=of(report.visits),
        findings=of(report.findings),
        lists=of(report.lists),
        papers=of(report.papers),
        entries=of(report.entries),
    )


def _any(report: RescueReport, of: Callable[[Saved], int]) -> bool:
    return any(of(one) for one in report.all)


def _read(saved: Saved) -> int:
    return saved.read


def _taken(saved: Saved) -> int:
    return saved.taken


def _rebuilt(saved: Saved) -> int:
    return saved.rebuilt


def _lost(saved: Saved) -> int:
    return saved.lost
