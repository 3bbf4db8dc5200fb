"""Everything a therapist's desk needs, joined once by the composition root and handed to the window
and the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clinic_desktop.domain.acts import Act

from .access.access_words import refusal
from .knowledge.plan_files import load_plan_library
from .knowledge.retest_bands import load_bands
from .papers.habits import PaperHabits
from .ports import Clock, ConfirmSigner, OpenRecord

if TYPE_CHECKING:
    from clinic_desktop.domain.access import Action
    from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
    from clinic_desktop.domain.documents import Clinic, Handout
    from clinic_desktop.domain.papers import Paper
    from clinic_desktop.domain.people import User
    from clinic_desktop.domain.plans import PlanLibrary
    from clinic_desktop.domain.retests import Judgement
    from clinic_desktop.domain.rulebook import RetestBand
    from clinic_desktop.domain.suggestion import Suggestion
    from clinic_desktop.domain.visits import Case, Retest

    from .access.session import Session
    from .knowledge.rule_notes import RuleNote


@dataclass(frozen=True, slots=True)
class Desk:
    """The services behind one window or one command."""

    open_record: OpenRecord
    catalogue: Catalogue
    text: CatalogueText
    plan_library: PlanLibrary
    suggest: Callable[[Case], Suggestion]
    judge_retest: Callable[[Retest], Judgement]
    explain: Callable[[str], RuleNote]
    """The rule behind a line of the panel. Raises KeyError for an id that no rule has."""
    render_handout: Callable[[Handout, str], bytes]
    """Content and paper (`a4` or `letter`) to the bytes of a PDF."""
    render_paper: Callable[[Paper, str], bytes]
    """The same for visit note, course report and referral letter."""
    clock: Clock
    who: str
    clinic: Clinic
    user: User | None = None
    """Who is signed in; None where nobody has to, as for a paper from a case file."""
    session: Session | None = None
    """The same sign-in, for what is done beside the charts: people, backups, passphrases."""
    signer: ConfirmSigner | None = None
    """Asks for the passphrase again and gives the user's own key, for one signature."""
    clinic_id: str = ""
    """Of the clinic's record, named in every signature; empty where there is none."""
    library_in: Callable[[str], PlanLibrary] = load_plan_library
    """The plan items in a language; one that is not there reads as English."""
    retest_bands: Callable[[], Mapping[str, RetestBand]] = load_bands
    """How far two values must differ to count, by finding."""
    paper_habits: PaperHabits = field(default_factory=PaperHabits)
    """How the clinic's papers usually look."""
    problems: tuple[str, ...] = ()
    """Why the clinic's own rules are not in use, a sentence each."""

    def asks_what_follows(self, case: Case) -> bool:
        """Whether the board asks what follows: the third visit without a real change."""
        # Only here: most starts and most keystrokes need no judgement.
        from .course.standings import judge_with

        return judge_with(self.catalogue, self.retest_bands)(case)

    def may(self, action: Action) -> bool:
        """Whether it is worth offering something; the record itself refuses what is not allowed."""
        return self.user is None or self.user.may(action)

    def why_not(self, *actions: Action) -> str:
        """Why none of these is for this user, in words; empty where one of them is."""
        if self.user is None or any(map(self.user.may, actions)):
            return ""
        return refusal(self.user.role, actions[0])

    def act(self) -> Act:
        """What is done now, and by whom."""
        return Act(self.who, self.clock())
