"""Moves between the entrance and the window: signing in, locking, and whose window it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.words.translation import _, in_use

from .entrance.entrance import Entrance
from .languages import speak
from .window_place import keep_place, place_again, swap, take_over
from .work.breathing import in_one_go, put_off
from .work.worker import locksmith, writer

if TYPE_CHECKING:
    # Imported when somebody comes in: the entrance stands sooner without them.
    from clinic_desktop.services.access.session import Session
    from clinic_desktop.services.desk import Desk
    from clinic_desktop.services.ports import Clock

    from .main_window import MainWindow
    from .signs_of_life import SignsOfLife

LOOK_EVERY_MS: Final = 5_000
ASLEEP: Final = dt.timedelta(minutes=1)
"""Nothing but sleep keeps the program from looking for so long."""
BACK_UP_EVERY_MS: Final = 15 * 60 * 1000


class Reception(QObject):
    """Holds the entrance, and the window of whoever is signed in.

    Locking asks nothing: what was typed is saved, the window is hidden whole, the record is closed
    and the keys are dropped. The same user finds it as it was; another gets a window of their own.
    """

    opened = Signal(object)
    """A window stands: somebody's, or the entrance in another language."""
    _standing_changed = Signal(object, str)
    """Somebody may do other things now than when they signed in: the session, and words for it."""

    def __init__(
        self,
        door: FrontDoor,
        desk_of: Callable[[Session], Desk],
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._habits, self._folder = door.window_habits, door.folder
        self._desk_of = desk_of
        self._clock = clock
        self._door = door
        self.entrance = self._new_entrance()
        place_again(self.entrance, self._folder)
        self.sample_unwanted = False
        """Whether the sample clinic is to be removed, once everything is closed."""
        self.session: Session | None = None
        self.window: MainWindow | None = None
        self._kept: dict[str, tuple[Session, MainWindow]] = {}
        """Windows with something that could not be saved, by user: they wait for theirs."""
        self._locking = False
        self._backups = QTimer(self)
        self._backups.setInterval(BACK_UP_EVERY_MS)
        self._backups.timeout.connect(self.back_up)
        self._last_sign = self._last_look = clock()
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.timeout.connect(self._look)
        # After whatever found it, which may be a save in another thread.
        self._standing_changed.connect(self._put_out, Qt.ConnectionType.QueuedConnection)
        self._signs_of_life: SignsOfLife | None = None

    def open(self, session: Session | None = None) -> None:
        """Begin: with the window of somebody who is signed in already, else with the entrance."""
        if session is None:
            self.entrance.ask() if self.entrance.new_clinic is None else self.entrance.show()
        else:
            self.let_in(session)

    def _new_entrance(self) -> Entrance:
        entrance = Entrance(self._door, self._waiting_words)
        entrance.entered.connect(self.let_in)
        entrance.language_asked.connect(self.speak)
        return entrance

    def come_to_front(self) -> None:
        """Somebody started the program again: here it is."""
        inside = self.window is not None and self.window.isVisible()
        shown = self.window if inside and self.window is not None else self.entrance
        shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
        shown.raise_()
        shown.activateWindow()

    # ------------------------------------------------------------------ coming in
    def let_in(self, session: Session) -> None:
        """Show the window of whoever signed in: as it was left, where it was theirs."""
        if session is not self.session:
            self._put_aside()
            kept = self._kept.get(session.user.id)
            if kept is not None and kept[0].signed_in_as == session.user.standing:
                del self._kept[session.user.id]
                # Theirs was locked with something unsaved: it goes on in the new session.
                kept[0].take_over(session)
                self.session, self.window = kept
            else:
                self.session, self.window = session, self._new_window(session)
        assert self.window is not None
        if self.window.language != in_use():
            self._build_window_again()
        from clinic_desktop.services.safety import safekeeping

        self._last_sign = self._last_look = self._clock()
        self._watch.start()
        self._backups.start()
        swap(self.window, self.entrance)
        self.window.show()
        self.window.activateWindow()
        self.window.on_unlocked()
        self.entrance.hide()
        if safekeeping.is_old(session):
            self.back_up()

    def _new_window(self, session: Session) -> MainWindow:
        from .main_window import MainWindow

        if self._signs_of_life is None:
            from .signs_of_life import SignsOfLife

            self._signs_of_life = SignsOfLife(self)
            self._signs_of_life.seen.connect(self._somebody_is_here)
        session.put_out = partial(self._standing_changed.emit, session)
        window = MainWindow(self._desk_of(session))
        self._follow(window)
        with suppress(ChartError):  # told when it was chosen; a clinic just made has settings now
            self._habits.remember(self._habits.now)
        if self._habits.problem:
            window.messages.show_message(self._habits.problem)
        return window

    def _follow(self, window: MainWindow) -> None:
        window.lock_asked.connect(self.lock)
        window.closed.connect(self._on_closed)
        window.restore_asked.connect(self.restore)
        window.language_asked.connect(self.speak)
        window.sample_unwanted.connect(self._end_sample)
        self.opened.emit(window)

    # ------------------------------------------------------------------ another language
    def speak(self, wanted: str) -> None:
        """Speak a language from now on, `system` or a code, on this computer: entrance and window
        are built again as they stand, with everything that is typed."""
        from clinic_desktop.services.clinic.clinic_settings import change_language

        if self.entrance.work.busy:  # somebody is being let in, and comes first
            return
        problem = ""
        try:
            change_language(self.session, self._habits, wanted)
        except ChartError as fault:
            # A clinic that is not made yet has no settings; they are written with it.
            problem = str(fault) if self._door.clinic_exists else ""
        before = in_use()
        speak(wanted)
        if in_use() != before:
            self._build_entrance_again()
            self._build_window_again()
        shown = self.window if self.window is not None and self.window.isVisible() else None
        if problem:
            (shown or self.entrance).messages.show_message(problem)

    def _build_entrance_again(self) -> None:
        from .switching import entrance_again

        old, self.entrance = self.entrance, self._new_entrance()
        entrance_again(old, self.entrance)
        if old.isVisible():
            self.opened.emit(self.entrance)
        take_over(self.entrance, old)

    @in_one_go()
    def _build_window_again(self) -> None:
        """Where somebody is signed in; a window behind the lock waits for its own."""
        old, session = self.window, self.session
        if old is None or session is None or session.locked:
            return
        from .switching import built_again

        self.window = built_again(old, self._desk_of(session))
        self._follow(self.window)
        take_over(self.window, old)

    def _put_aside(self) -> None:
        """Somebody else comes: what the one before had open is theirs alone."""
        session, window = self.session, self.window
        self.session = self.window = None
        if session is None or window is None:
            return
        if window.has_unsaved:
            self._kept[session.user.id] = (session, window)
        else:
            window.closed.disconnect(self._on_closed)
            window.close()
            window.deleteLater()

    def _put_out(self, session: Session, words: str) -> None:
        """Lock somebody out whose standing became another: they sign in anew. What they typed and
        the record did not take waits, as behind any lock."""
        if session is self.session and not put_off(partial(self._put_out, session, words)):
            self.lock()
            self._put_aside()
            self.entrance.ask()
            self.entrance.sign_in.form.say(words)

    # ------------------------------------------------------------------ locking
    def lock(self) -> None:
        """Blank everything, close the record and drop the keys; asks nothing. The entrance stands
        at once; behind it what was typed is saved, however long the disk takes."""
        session, window = self.session, self.window
        if session is None or window is None or session.locked or self._locking:
            return
        if put_off(self.lock):
            return
        self._locking = True
        try:
            self._watch.stop()
            window.work.cancel()
            window.hand_on()
            self._show_entrance(window)
            self.entrance.ask(session)
            window.work.wait()
            locksmith().settle()
            writer().settle()
            writer().do(session.lock)
        finally:
            self._locking = False

    def leave(self) -> None:
        """The system ends the program: what is typed is saved, nothing is asked, and no backup
        holds it up."""
        if not put_off(self.leave):
            self.lock()
            QApplication.exit()

    def _show_entrance(self, window: MainWindow) -> None:
        for other in QApplication.topLevelWidgets():
            if other is not self.entrance:
                other.hide()
        QApplication.clipboard().clear()
        keep_place(window, self._folder)
        swap(self.entrance, window)

    def _look(self) -> None:
        """By the clock on the wall: one that is set back counts from then. Where the last look is
        long ago the computer slept meanwhile, and whoever opens it need not be who closed it."""
        now = self._clock()
        slept = now - self._last_look > ASLEEP
        self._last_look = now
        if slept:
            self.lock()
            return
        if now < self._last_sign:
            self._last_sign = now
        if now - self._last_sign >= self._habits.now.idle:
            self.lock()

    def _somebody_is_here(self) -> None:
        # Somebody back from sleep must not be taken for somebody who never left.
        self._look_first()
        self._last_sign = self._clock()

    def _look_first(self) -> None:
        if self._watch.isActive() and self._clock() - self._last_sign >= self._habits.now.idle:
            self.lock()

    # ------------------------------------------------------------------ backups
    def back_up(self) -> None:
        """The backup that the program makes by itself, beside the window."""
        from clinic_desktop.services.safety import safekeeping

        session, window = self.session, self.window
        if window is not None and session is not None and not session.locked:
            told = window.messages.show_message
            window.work.start(
                lambda: safekeeping.back_up_by_itself(session),
                lambda _made: None,
                told,
                lambda: _("The program makes a backup…"),
            )

    def restore(self, file: Path | None) -> None:
        """Put a backup in use, or without one what can be read of the damaged record. What is in
        use is backed up first where that can be; then everybody signs in anew."""
        from clinic_desktop.services.safety import rescuing, safekeeping
        from clinic_desktop.services.safety.backup_words import content_words
        from clinic_desktop.services.safety.rescue_words import in_short

        session, window = self.session, self.window
        if session is None or window is None:
            return
        window.before_lock()
        window.work.wait()
        opened, now = session.opened, self._clock()

        def put_in_use() -> str:
            with suppress(RecordUnavailable):  # a damaged one has none; it stays beside as it is
                safekeeping.back_up_by_itself(session)
            session.lock()
            if file is None:
                return in_short(rescuing.rescue(opened, now))
            return content_words(safekeeping.restore_backup(opened, file, now))

        self._watch.stop()
        self._backups.stop()
        self._show_entrance(window)
        self.entrance.ask(session)

        def words() -> str:
            if file is None:
                return _("What can be read is being put in use…")
            return _("The backup is being put in use…")

        self.entrance.work.start(put_in_use, self._on_restored, self._on_not_restored, words)

    def _on_restored(self, in_use_now: str) -> None:
        window, self.session, self.window = self.window, None, None
        if window is not None:
            window.closed.disconnect(self._on_closed)
            window.close()
            window.deleteLater()
        self.entrance.ask()
        words = _("In use now: {content}")
        self.entrance.sign_in.form.tell(words.format(content=in_use_now))

    def _on_not_restored(self, problem: str) -> None:
        session, window = self.session, self.window
        if session is None or window is None or session.locked:
            self.entrance.ask(session)
            self.entrance.sign_in.form.tell(problem)
        else:  # it did not come so far that the record was closed
            self.let_in(session)
            window.messages.show_message(problem)

    # ------------------------------------------------------------------ leaving
    def _end_sample(self) -> None:
        """Close the sample clinic's window; whoever started it removes the folder then."""
        self.sample_unwanted = True
        if self.window is not None:
            self.window.close()

    def _on_closed(self) -> None:
        """The last thing is a backup; the window is gone already and nobody waits for it."""
        session, window = self.session, self.window
        if window is not None:
            keep_place(window, self._folder)
            window.hide()
        if session is not None and not session.locked:
            writer().do(lambda: _close(session))

    def _waiting_words(self) -> str:
        """What closing would lose: text that waits behind the lock for the record to take it."""
        waiting = [session.user.name for session, _window in self._kept.values()]
        if self.session is not None and self.window is not None and self.window.has_unsaved:
            waiting.append(self.session.user.name)
        if not waiting:
            return ""
        words = _("Not in the record yet: what {names} typed last. Closing again loses it.")
        return words.format(names=", ".join(waiting))


def _close(session: Session) -> None:
    from clinic_desktop.services.safety import safekeeping

    with suppress(ChartError):  # it stands in the audit trail, and the next start tells its age
        safekeeping.back_up_by_itself(session)
    session.lock()
