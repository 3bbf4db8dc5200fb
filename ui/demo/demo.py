"""The worked example: the article's three cases charted through the real window, and what follows.

Everything is typed or clicked by a `Typist`; the window does not know that nobody sits before it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, Qt, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.desk import Desk
from ui import style
from ui.application import on_qt_message
from ui.main_window import MainWindow

from .desk import DeskClock, demo_desk
from .scenes import Scenes


def run(desk: Desk, out: Path, say: Callable[[str], None]) -> int:
    """Work through the cases in the desk's record, write what comes of them into a folder, and say
    line by line what was done and what goes beyond the article.

    Raises ChartError where the window or the record did other than it should.
    """
    # A picture is taken of the window itself; no screen is needed, and nobody's is disturbed.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = "1"  # pictures are as large as their names say
    qInstallMessageHandler(on_qt_message)
    # A native dialog belongs to the desktop, and nobody would be there to answer it.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    style.apply(app, style.Scheme.LIGHT)
    clock = DeskClock()
    desk = demo_desk(desk, clock)
    with _faults_end_it():
        window = MainWindow(desk)
        try:
            window.show()
            Scenes(window, clock, out, say).play(app)
        finally:
            window.close()
    return 0


@contextmanager
def _faults_end_it() -> Iterator[None]:
    """A fault inside the window ends the example, in place of a message on the window's bar."""
    faults: list[BaseException] = []

    def keep(
        _kind: type[BaseException], fault: BaseException, _trace: TracebackType | None
    ) -> None:
        faults.append(fault)

    before, sys.excepthook = sys.excepthook, keep
    try:
        yield
    except ChartError:
        # What the hand missed may only be the consequence of a fault in the window.
        if not faults:
            raise
    finally:
        sys.excepthook = before
    if faults:
        raise faults[0]
