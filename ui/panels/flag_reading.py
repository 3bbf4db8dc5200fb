"""Lines on red flags: those open, those to watch, what is still unasked."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_desktop.domain.suggestion import RedFlag, Suggestion
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.words.translation import _, pgettext
from clinic_desktop.services.words.wording import flag_title, level_word

from .panel_words import PanelState, PanelWords
from .rows import Divider, Flag, Heading, Resolve, Row, Words

CAUDA_EQUINA = (
    "flag.saddle_numbness",
    "flag.bladder_bowel",
    "flag.sexual_change",
    "flag.both_legs_new",
)
"""The questions that are asked by name whenever one of them is open (cauda equina)."""
SCREEN = "screen"
"""The section that asks them; leg power is tested in another."""
GRAVE = frozenset({"E", "S", "U"})
"""Levels that withhold patterns and plan until the flag is resolved."""


def _flag(flag: RedFlag, headline: bool) -> Flag:
    return Flag(
        id=f"flag:{flag.id}",
        flag=flag.id,
        level=flag.level,
        level_word=level_word(flag.level),
        title=flag_title(flag),
        action=flag.action,
        headline=headline,
    )


def _because(words: PanelWords, flag: RedFlag, case: Case) -> Iterator[Words]:
    for place, finding in enumerate(flag.because):
        key = words.key(finding, case)
        yield Words(
            f"because:{flag.id}:{finding}",
            words.found_name(key),
            word="" if place else _("because"),
            said=_("because"),
            target=key,
            rule=flag.rule,
        )


def open_flags(words: PanelWords, said: Suggestion, case: Case) -> Iterator[Row]:
    """Flags that withhold patterns and plan, with the findings behind each."""
    grave = [flag for flag in said.red_flags if flag.level in GRAVE]
    for place, flag in enumerate(grave):
        yield _flag(flag, headline=place > 0)
        yield from _because(words, flag, case)
        yield Words(
            f"letter:{flag.id}",
            _("The referral letter is filled from the chart."),
            said=_("letter"),
            tone="ink2",
            action=_("write letter"),
            do=("letter", flag.id),
        )
    if said.screen.unanswered:
        yield Divider("before_screen")


def resolve_box(flag: RedFlag) -> Resolve:
    """The box for the written reason."""
    title = _("Resolve with a reason: {flag}").format(flag=flag_title(flag))
    return Resolve(f"resolve:{flag.id}", flag.id, title)


def lesser_flags(
    words: PanelWords, said: Suggestion, case: Case, state: PanelState
) -> Iterator[Row]:
    """Flags to review or watch, and those that were resolved in writing."""
    for flag in (flag for flag in said.red_flags if flag.level not in GRAVE):
        line = f"{flag_title(flag)}. {flag.action}"
        action = _("resolve") if flag.level == "I" else ""
        yield Words(
            f"flag:{flag.id}",
            line,
            word=level_word(flag.level) if flag.level == "W" else _("review"),
            tone="caution",
            sign=True,
            target=words.key(flag.because[0], case) if flag.because else None,
            rule=flag.rule,
            action=action,
            do=("open", f"resolve:{flag.id}") if action else None,
        )
        if f"resolve:{flag.id}" in state.opened and flag.level == "I":
            yield resolve_box(flag)
    for resolved in said.resolved_flags:
        name = resolved.id.replace("_", " ").capitalize()
        yield Words(
            f"resolved:{resolved.id}",
            f"{name}: {resolved.reason}",
            word=_("resolved"),
            tone="ink2",
        )


def screen_rows(words: PanelWords, said: Suggestion) -> Iterator[Row]:
    """What is still unasked: the cauda equina questions by name, the rest as a number."""
    open_questions = said.screen.unanswered
    if not open_questions:
        return
    for finding in (f for f in CAUDA_EQUINA if f in open_questions):
        yield Words(
            f"unasked:{finding}",
            words.question(finding),
            word=_not_asked() if finding == _first_unasked(open_questions) else "",
            said=_("not asked"),
            target=Key(finding),
        )
    others = [f for f in open_questions if f not in CAUDA_EQUINA]
    if others:
        count = _("{n} more of the red-flag screen").format(n=len(others))
        if len(others) == len(open_questions):
            count = _of_the_screen(words, others)
        first_side = words.catalogue.findings.get(others[0])
        yield Words(
            "unasked",
            count,
            word=_not_asked() if len(others) == len(open_questions) else "",
            said=_("not asked"),
            target=first_side.keys[0] if first_side else None,
        )
    if said.status != "red_flag":
        yield Divider("after_screen")


def _not_asked() -> str:
    """A word for the narrow column at the left."""
    return pgettext("in the panel", "not asked")


def _of_the_screen(words: PanelWords, findings: list[str]) -> str:
    """How many are open; and where, when the section Screen itself is done."""
    specs = [words.catalogue.findings.get(finding) for finding in findings]
    sections = {spec.section for spec in specs if spec is not None}
    if len(sections) == 1 and SCREEN not in sections:
        where = words.text.sections[sections.pop()]
        said = _("{n} of the red-flag screen, in the section {section}")
        return said.format(n=len(findings), section=where)
    return _("{n} of the red-flag screen").format(n=len(findings))


def _first_unasked(open_questions: tuple[str, ...]) -> str:
    return next(f for f in CAUDA_EQUINA if f in open_questions)


def set_aside(words: PanelWords, case: Case) -> Iterator[Row]:
    """What waits until an open flag is resolved."""
    yield Divider("before_aside")
    yield Heading("aside", _("Set aside until resolved"))
    yield Words("aside:pattern", _("patterns and their ledgers"), word=_("pattern"))
    chosen = ", ".join(words.library.name(choice.item) for choice in case.last.plan)
    yield Words("aside:plan", chosen or _("no new items"), word=_("plan"))
    yield Words("aside:handout", _("not printed"), word=_("handout"))
    said = _("Nothing is lost: charting goes on as before.")
    yield Words("aside:lost", said, tone="ink2", column=False)
