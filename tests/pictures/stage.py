"""Where a scene plays: a clinic of its own, the real window, and a hand that types."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.records import PASSPHRASE, QUICK
from tests.settled import all_done
from ui.demo.typist import Typist
from ui.main_window import MainWindow
from ui.reception import Reception
from ui.visit.page import VisitPage

from .clinic import LOGIN, clock, desk_of

Numbers = dict[str, int]
USUAL, LEAST = (1280, 800), (1024, 700)


class Stage:
    """One arrival at the computer of a clinic; the folder and the windows are gone afterwards."""

    def __init__(self, clinic: Path, numbers: Numbers, folder: Path) -> None:
        """`clinic` is copied into `folder`; a scene of the first start takes it away again."""
        self._folder = folder
        self.numbers = numbers
        shutil.copytree(clinic, folder, dirs_exist_ok=True)
        self._reception: Reception | None = None
        self._own: QMainWindow | None = None

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._own is not None:
            self._own.close()
            self._own.deleteLater()
        if self._reception is not None:
            all_done()
            session = self._reception.session
            if session is not None and not session.locked:
                session.lock()  # else a backup is made as the window closes
            for window in (self._reception.window, self._reception.entrance):
                if window is not None:
                    window.close()
                    window.deleteLater()
            self._reception.deleteLater()
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def folder(self) -> Path:
        """The clinic's."""
        return self._folder

    # ------------------------------------------------------------------ coming in
    def takes_clinic_away(self) -> None:
        """Nobody has made a clinic on this computer yet."""
        shutil.rmtree(self._folder)

    def arrives(self) -> None:
        """Start the program: the entrance stands."""
        folder = self._folder
        door = FrontDoor(FolderOfClinic(folder, QUICK), folder, clock)
        self._reception = Reception(door, lambda session: desk_of(session, folder), clock)
        self._reception.open()
        self._settle(self._reception.entrance)

    def signs_in(self, passphrase: str = PASSPHRASE, login: str = LOGIN) -> None:
        """Start the program and sign in: the home page stands, or what was wrong is said."""
        self.arrives()
        self.enters("sign_in_name", login)
        self.enters("sign_in_passphrase", passphrase)
        self.hand.press("Return")
        all_done()
        self._settle(self.shown)

    def puts_up(self, window: QMainWindow) -> None:
        """Show a window that is no part of the program."""
        self._own = window
        window.show()
        self._settle(window)

    def opens(self, patient: str, section: str = "") -> VisitPage:
        """Sign in and open a patient's newest visit, at a section where one is named."""
        self.signs_in()
        self.window.open_patient(self.numbers[patient])
        self._settle(self.window)
        if section:
            self.hand.open_section(section)
        return self.page

    # ------------------------------------------------------------------ hand and eye
    @property
    def hand(self) -> Typist:
        """Types at the window in front."""
        return Typist(self.shown, load_catalogue())

    @property
    def reception(self) -> Reception:
        """Who shows entrance and window."""
        assert self._reception is not None
        return self._reception

    @property
    def window(self) -> MainWindow:
        """The window of whoever signed in."""
        assert self.reception.window is not None
        return self.reception.window

    @property
    def page(self) -> VisitPage:
        """The visit that is open."""
        assert self.window.visit is not None
        return self.window.visit

    @property
    def shown(self) -> QMainWindow:
        """What is in front: the window, else the entrance; or what was put up in their place."""
        if self._own is not None:
            return self._own
        window = self.reception.window
        return window if window is not None and window.isVisible() else self.reception.entrance

    def widget(self, name: str) -> QWidget:
        """A widget by its name."""
        found = self.shown.findChild(QWidget, name)
        assert isinstance(found, QWidget), f"the window has no {name}"
        return found

    def enters(self, name: str, text: str) -> None:
        """Type a text into a line, in place of what stands there."""
        line = self.widget(name)
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        self.hand.types(text)

    def _settle(self, window: QMainWindow) -> None:
        self.hand.take_window()
        window.resize(*USUAL)
        QApplication.processEvents()
