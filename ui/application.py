"""Starts the window, and keeps a fault of ours from ending a visit."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from clinic_desktop import __version__
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.traces import fault_report, keep_in, keep_no_more, qt_report
from clinic_desktop.services.words.translation import _

from . import style
from .entrance.entrance import Entrance
from .languages import speak
from .reception import Reception
from .single import OnlyWindow
from .work.worker import locksmith

if TYPE_CHECKING:
    from clinic_desktop.services.access.session import Session
    from clinic_desktop.services.desk import Desk

    from .main_window import MainWindow

HARMLESS: Final = ("This plugin does not support propagateSizeHints",)
"""What Qt's off-screen platform says of itself, whatever the program does."""
ONCE_PAINTED_MS: Final = 50
SAMPLE_UNWANTED: Final = 100
"""What `run` gives where the sample clinic is to be removed."""
log = logging.getLogger(__name__)


def run(
    door: FrontDoor,
    desk_of: Callable[[Session], Desk],
    session: Session | None = None,
) -> int:
    """Show the window until it is closed, behind the entrance where nobody signed in yet; gives
    the exit status."""
    qInstallMessageHandler(on_qt_message)
    app = QApplication.instance() or style.application(sys.argv)
    assert isinstance(app, QApplication)
    app.setApplicationName("Clinic Desktop")
    app.setApplicationVersion(__version__)
    speak(door.window_habits.now.language)
    style.apply(app, style.Scheme(door.window_habits.now.scheme))
    only = OnlyWindow(door.folder)
    if not only.take():
        if not only.answered:
            raise RecordUnavailable(_in_use())
        return 0
    with ExitStack() as at_the_end:
        at_the_end.callback(only.leave)
        at_the_end.callback(keep_no_more, keep_in(door.folder))
        reception = Reception(door, desk_of, door.now)
        only.raise_asked.connect(reception.come_to_front)
        catch_faults(reception.entrance)
        reception.opened.connect(catch_faults)
        reception.open(session)
        QTimer.singleShot(ONCE_PAINTED_MS, only.listen)
        QTimer.singleShot(ONCE_PAINTED_MS, lambda: look_after(reception, at_the_end))
        QTimer.singleShot(ONCE_PAINTED_MS, lambda: get_ready(door))
        status = app.exec()
        return SAMPLE_UNWANTED if reception.sample_unwanted else status


def look_after(reception: Reception, at_the_end: ExitStack) -> None:
    """Once the entrance is painted: what the system may ask of the program, what pauses are for,
    and the icon in its task bar."""
    from .leaving import Leaving
    from .pauses import Pauses
    from .widgets.program_icon import program_icon

    at_the_end.callback(Leaving(reception).close)
    Pauses(reception)
    QApplication.setWindowIcon(program_icon())


def _in_use() -> str:
    return _(
        "Clinic Desktop is open on this clinic and does not answer, or a backup is being put in use"
        " just now. Please try again in a moment."
    )


def get_ready(door: FrontDoor) -> None:
    """Once the entrance is painted, import what stands behind it while the passphrase is typed, and
    what a visit needs while she looks for her patient: in the thread that then lets her in."""

    def home() -> None:
        door.get_ready()
        import_module(".main_window", __package__)
        stand_still()

    def then_visits(result: Callable[[], None]) -> None:
        result()
        locksmith().run(visits, lambda result: result())

    def visits() -> None:
        from clinic_desktop.services.words import pain_words

        import_module(".visit.page", __package__)
        pain_words.get_ready()
        stand_still()

    locksmith().run(home, then_visits)


def stand_still() -> None:
    """What is imported now stays: the collector need not walk over it at each keystroke. It does
    not walk over it now either, for the window would stand still for that."""
    gc.freeze()


def catch_faults(window: MainWindow | Entrance) -> None:
    """From now on say a fault on the window's bar in place of a traceback; the visit stays."""

    def on_fault(
        kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        details = fault_report(kind, trace)
        log.error("fault in the window\n%s", details)
        if isinstance(fault, RecordUnavailable):
            window.messages.show_message(str(fault))
            return
        window.messages.show_message(
            _("Something went wrong in the program. What you charted is kept; you can go on."),
            details,
        )

    sys.excepthook = on_fault


def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Hand the place of Qt's messages to the log; what is known to be harmless is passed over."""
    if message.startswith(HARMLESS):
        return
    grave = kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
    log.log(logging.ERROR if grave else logging.WARNING, "%s", qt_report(context.category, message))
