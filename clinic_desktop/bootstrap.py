"""Joins everything and starts it: the only module that sees all layers."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from clinic_desktop.commands.parser import parse
from clinic_desktop.commands.terminal import complain
from clinic_desktop.domain.errors import BadCaseFile, ChartError
from clinic_desktop.services import traces
from clinic_desktop.services.whole_files import reason_of

if TYPE_CHECKING:
    from clinic_desktop.commands.credentials import Credentials
    from clinic_desktop.domain.documents import Handout, Photo
    from clinic_desktop.domain.papers import Paper
    from clinic_desktop.domain.plans import PlanLibrary
    from clinic_desktop.domain.retests import Judgement
    from clinic_desktop.domain.rulebook import RetestBand
    from clinic_desktop.domain.suggestion import Suggestion
    from clinic_desktop.domain.visits import Case, Retest
    from clinic_desktop.services.access.front_door import FrontDoor
    from clinic_desktop.services.access.session import Session
    from clinic_desktop.services.desk import Desk
    from clinic_desktop.services.knowledge.compiled import Knowledge
    from clinic_desktop.services.knowledge.rule_notes import RuleNote
    from clinic_desktop.services.ports import UnitOfWork

PROFILE_VARIABLE: Final = "CLINIC_DESKTOP_PROFILE"
KNOWLEDGE_FOLDER: Final = "knowledge"
"""A clinic's own rules, in the folder of the record."""
OUR_PACKAGES: Final = ("clinic_desktop", "ui", "reports", "resources")

OWNER_ONLY: Final = 0o077
DONE: Final = 0
NOT_DONE: Final = 1
BAD_INPUT: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and give the exit status; nobody ever sees a traceback."""
    # Before any file is made: what we write is for nobody else to read.
    os.umask(OWNER_ONLY)
    if arguments is None:  # the program itself, and not a test that calls it
        traces.install()
    opener = _DeskOpener()
    try:
        _refuse_strangers()
        parsed = parse(sys.argv[1:] if arguments is None else arguments)
        status: int | None = parsed.run(parsed, opener)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status or DONE
    except SystemExit as end:  # the parser has said what there is to say
        return end.code if isinstance(end.code, int) else BAD_INPUT
    except BadCaseFile as problem:
        return _refused(BAD_INPUT, *problem.faults)
    except ChartError as problem:
        return _refused(NOT_DONE, str(problem))
    except BrokenPipeError:
        _leave_standard_output()
        return NOT_DONE
    except OSError as problem:
        name = f"{problem.filename}: " if problem.filename else ""
        return _refused(NOT_DONE, f"{name}{reason_of(problem)}")
    except KeyboardInterrupt:
        return _refused(NOT_DONE, "stopped")
    except Exception as problem:  # a fault of ours; its text may hold a patient's data
        return _refused(NOT_DONE, _our_fault(problem))
    finally:
        opener.close()


# ---------------------------------------------------------------------- the desk
class _DeskOpener:
    """Builds desks whose heavier parts are imported when they are first used."""

    def __init__(self) -> None:
        self._sessions: list[Session] = []

    def __call__(
        self,
        profile: Path | None = None,
        *,
        own_folder: bool = True,
        knowledge: Path | None = None,
        credentials: Credentials | None = None,
    ) -> Desk:
        """See `commands.open_desk.OpenDesk`."""
        folder = (profile or _usual_profile()) if own_folder else None
        session = None
        if credentials is not None:
            door = self.front_door(profile)
            door.refuse_no_clinic()  # before anybody is asked for a passphrase
            session = door.sign_in(credentials.login, credentials.passphrase())
        return self._desk(folder, knowledge, session)

    def front_door(self, profile: Path | None = None, *, at_a_window: bool = False) -> FrontDoor:
        """See `commands.open_desk.OpenDesk`."""
        from clinic_desktop.services.access.front_door import FrontDoor
        from clinic_desktop.storage.clinic_files import FolderOfClinic
        from clinic_desktop.storage.waiting import AT_A_WINDOW_MS, OF_A_COMMAND_MS

        folder = profile or _usual_profile()
        wait = AT_A_WINDOW_MS if at_a_window else OF_A_COMMAND_MS
        return FrontDoor(FolderOfClinic(folder, wait_ms=wait), folder, _now)

    def desk_of(self, session: Session, profile: Path | None = None) -> Desk:
        """See `commands.open_desk.OpenDesk`."""
        return self._desk(profile or _usual_profile(), None, session)

    def _desk(self, folder: Path | None, knowledge: Path | None, session: Session | None) -> Desk:
        # Only here: the entrance needs none of it, and stands sooner.
        from clinic_desktop.domain.documents import Clinic
        from clinic_desktop.services.clinic.settings import load_clinic
        from clinic_desktop.services.desk import Desk
        from clinic_desktop.services.knowledge.catalogue_files import (
            load_catalogue,
            load_catalogue_text,
        )
        from clinic_desktop.services.papers.habits import PaperHabits
        from clinic_desktop.services.words import distances
        from clinic_desktop.services.words.translation import in_use

        clinic = load_clinic(folder) if folder else Clinic("")
        distances.install(clinic.distance)  # before any text is read
        rules = _Rules(knowledge or (folder / KNOWLEDGE_FOLDER if folder else None))
        if session is not None:
            self._sessions.append(session)
            session.forget = _forget_papers
        # English, unless the window was given another language.
        text = load_catalogue_text(in_use())
        return Desk(
            open_record=session.begin if session else _no_record,
            catalogue=load_catalogue(),
            text=text,
            plan_library=rules.library_in(in_use()),
            suggest=rules.suggest,
            judge_retest=rules.judge,
            explain=rules.explain,
            render_handout=_render_handout,
            render_paper=_render_paper,
            clock=_now,
            # A paper from a case file, where nobody signs in, leaves the name for the pen.
            who=session.user.signature_name if session else "",
            clinic=clinic,
            user=session.user if session else None,
            session=session,
            clinic_id=session.clinic if session else "",
            signer=session.signer if session else None,
            library_in=rules.library_in,
            retest_bands=rules.bands,
            paper_habits=PaperHabits(folder),
            problems=rules.problems,
        )

    def close(self) -> None:
        """Close the records that were opened."""
        for session in self._sessions:
            session.lock()


def _no_record(*, writing: bool = False) -> UnitOfWork:
    raise RuntimeError("this desk was opened without a record")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class _Rules:
    """The rules, read at the first question; at once only where a clinic has a folder of its own,
    whose faults are to be told before anyone charts."""

    def __init__(self, folder: Path | None) -> None:
        self._own = folder if folder is not None and folder.is_dir() else None

    @cached_property
    def _knowledge(self) -> Knowledge:
        from clinic_desktop.services.knowledge.catalogue_files import (
            load_catalogue,
            load_catalogue_text,
        )
        from clinic_desktop.services.knowledge.clinic_knowledge import load_knowledge
        from clinic_desktop.services.words.translation import in_use

        text = load_catalogue_text(in_use())
        return load_knowledge(load_catalogue(), text, self._own, _read_picture)

    @property
    def problems(self) -> tuple[str, ...]:
        return self._knowledge.problems if self._own else ()

    def library_in(self, language: str) -> PlanLibrary:
        from clinic_desktop.services.knowledge.plan_files import load_plan_library

        return self._knowledge.library_in(language) if self._own else load_plan_library(language)

    def suggest(self, case: Case) -> Suggestion:
        return self._knowledge.suggest(case)

    def judge(self, retest: Retest) -> Judgement:
        return self._knowledge.judge(retest)

    def bands(self) -> Mapping[str, RetestBand]:
        return self._knowledge.engine.rulebook.plan.bands

    def explain(self, rule: str) -> RuleNote:
        return self._knowledge.explain(rule)


def _render_handout(content: Handout, paper: str) -> bytes:
    from clinic_desktop.services.papers.print_words import saying_why
    from reports.handout import render_handout

    with saying_why():
        return render_handout(content, paper)


def _read_picture(content: bytes) -> Photo:
    from reports.pictures import read_picture

    return read_picture(content)


def _render_paper(content: Paper, paper: str) -> bytes:
    from clinic_desktop.services.papers.print_words import saying_why
    from reports.papers import render_paper

    with saying_why():
        return render_paper(content, paper)


def _forget_papers() -> None:
    """Names and body charts that were kept to draw papers faster; nothing where none was drawn."""
    if "reports.text" in sys.modules:
        from reports.forgetting import forget

        forget()


def _usual_profile() -> Path:
    """The folder that the environment names, else the user's own."""
    named = os.environ.get(PROFILE_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("clinic-desktop", appauthor=False)


# ---------------------------------------------------------------------- when it cannot be done
def _refuse_strangers() -> None:
    """Raise ChartError where another program's package has taken the place of one of ours."""
    places = set()
    for name in OUR_PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise ChartError(f"the package {name} of this program is missing; install it again")
        places.add(Path(spec.origin).parent.parent)
    if len(places) > 1:
        raise ChartError(
            "another program's package stands in the place of ui, reports or resources;"
            " install Clinic Desktop in an environment of its own"
        )


def _refused(status: int, *lines: str) -> int:
    with suppress(OSError):  # nobody listens any more
        for line in lines:
            complain(" ".join(line.split()))
    return status


def _leave_standard_output() -> None:
    """Whoever read our output has gone; let nothing more be said to nobody at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _our_fault(problem: Exception) -> str:
    """A fault of the program's own: which and where, never with the values it was about."""
    place = _place_in_our_code(problem.__traceback__)
    return (
        "something went wrong in the program (not in your input):"
        f" {type(problem).__name__} at {place}"
    )


def _place_in_our_code(trace: TracebackType | None) -> str:
    place = "an unknown place"
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.split(".")[0] in OUR_PACKAGES:
            place = f"{module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
