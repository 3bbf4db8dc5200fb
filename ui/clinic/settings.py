"""What can be set: each with its meaning beside it, taken up as soon as it is chosen or left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.clinic import clinic_settings
from clinic_desktop.services.clinic.clinic_settings import LANGUAGE, LINES, PHRASES, Setting
from clinic_desktop.services.clinic.settings import DISTANCE, LOGO, load_clinic
from clinic_desktop.services.clinic.window_habits import LONGEST_LOCK, OF_THE_SYSTEM, SHORTEST_LOCK
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.words.distances import KM, MILES, in_use
from clinic_desktop.services.words.translation import LANGUAGES, _, pgettext
from ui import style
from ui.entrance.form import LINE_HEIGHT, LINE_WIDTH
from ui.forms.words import Option
from ui.papers.choices import PaperChoice, StandingChoice, TextSizeChoice
from ui.tokens import CARD_INSETS, LABEL_X, NUMBER_WIDTH, RIGHT_X, RING
from ui.typeface import TITLE
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button, Look, button_for
from ui.widgets.card import Card, KeyCap
from ui.widgets.framed_line import FramedLine
from ui.widgets.labels import Label
from ui.widgets.toast import Toast

from .logo import LogoRow

PREFIX: Final = "setting_"
"""Of the names of the controls, before the setting's id."""


class SettingsCard(Card):
    """Nothing has to be saved: what was chosen holds, and what cannot be taken says why."""

    clinic_changed = Signal()
    """What stands on the clinic's papers is another now."""

    language_asked = Signal(str)
    """The window shall speak another language: one of `SPOKEN`."""

    phrases_asked = Signal()
    """The clinic's phrases are to be shown."""

    def __init__(self, desk: Desk, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._session = desk, session
        self._may = clinic_settings.may_change(session)
        self._settings = {setting.id: setting for setting in clinic_settings.settings()}
        self._controls: dict[str, QWidget] = {}
        self._said: dict[str, Label] = {}
        self._keeps: dict[str, Callable[[], bool]] = {}
        """What takes up each line; gives whether the clinic's papers look otherwise then."""
        self._kept: dict[str, str] = {}
        """What each showed when it was last kept."""
        self._steps: list[tuple[str, str]] = []
        """What can be taken back, the newest last: a setting and what it was before."""
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        """What stands in the row of each."""
        self.search = FramedLine("settings_search", LINE_HEIGHT, self)
        self.search.line.setPlaceholderText(_("Find a setting by a word of it"))
        self.search.line.setAccessibleName(_("Find a setting"))
        self.search.line.textChanged.connect(self._find)
        self.search.line.returnPressed.connect(self._to_found)
        self._none = Label(_("No setting has this word."), tone="ink2", parent=self)
        self._none.hide()
        self.toast = Toast(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, RIGHT_X - LABEL_X)
        self._grid.setColumnStretch(2, 1)
        self._add_choices()
        self._add_lines()
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(*CARD_INSETS)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label(_("Settings"), TITLE, bold=True))
        head.addStretch(1)
        self.search.setFixedWidth(LINE_WIDTH + 2 * RING)
        head.addWidget(KeyCap("Ctrl+,", "", self))
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self.toast)
        if not self._may:
            column.addWidget(Label(clinic_settings.not_yours(), tone="ink2"))
        column.addLayout(self._grid)
        column.addWidget(self._none)
        self.column.addLayout(column)

    # ------------------------------------------------------------------ finding
    def begin_finding(self) -> None:
        """Give the keyboard to the line by which settings are found."""
        self.search.line.clear()
        self.search.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find(self, typed: str) -> None:
        """Leave only the settings that have every word that is typed."""
        wanted = plain_words(typed)
        found = 0
        for key, row in self._rows.items():
            setting = self._settings[key]
            known = plain_words(f"{setting.words} {setting.sought} {setting.meaning}")
            fits = all(any(part.startswith(word) for part in known) for word in wanted)
            found += fits
            for part in row:
                part.setVisible(fits)
        self._none.setVisible(not found)

    def _to_found(self) -> None:
        """Give the keyboard to the first setting that was found."""
        for key in self.found[:1]:
            self.control_of(key).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def found(self) -> tuple[str, ...]:
        """The settings in sight, by their ids."""
        return tuple(key for key, row in self._rows.items() if not row[0].isHidden())

    # ------------------------------------------------------------------ the controls
    def _add_choices(self) -> None:
        habit, papers = self._session.window_habits.now, self._desk.paper_habits.now
        self.scheme = StandingChoice("", _("Colours"), _schemes(), habit.scheme, self, rows=2)
        self._add_choice("scheme", self.scheme, self._keep_scheme)
        self.language = StandingChoice("", _("Language"), _languages(), habit.language, self)
        self.language.edited.connect(lambda spoken: self.language_asked.emit(spoken))
        self._add(LANGUAGE, self.language)
        self._add_line("lock_after", str(habit.lock_after), self._keep_lock, NUMBER_WIDTH)
        words = _("See and change…")
        self._add(PHRASES, button_for("", words, self.phrases_asked.emit, Look.LINK, self, 24))
        self.paper = PaperChoice(self)
        self.paper.show_value(papers.paper)
        self._add_choice("paper", self.paper, self._keep_papers)
        self.text_size = TextSizeChoice(self)
        self.text_size.show_value(str(papers.text_size))
        self._add_choice("text_size", self.text_size, self._keep_papers)
        self.distance = StandingChoice("", _("Distances"), _units(), in_use(), self)
        self._add_choice(DISTANCE, self.distance, self._keep_distance)

    def _add_choice(self, key: str, control: StandingChoice, keep: Callable[[], bool]) -> None:
        self._keeps[key], self._kept[key] = keep, str(control.value())
        control.edited.connect(lambda _value: self._keep(key, keep))
        self._add(key, control)

    def _add_lines(self) -> None:
        for key in LINES:
            # An address that was written in lines by hand stands in one here.
            shown = ", ".join(getattr(self._desk.clinic, key).splitlines())
            self._add_line(key, shown, partial(self._keep_text, key))
        self.logo = LogoRow(self._session.folder, self._may, self)
        self.logo.chosen.connect(lambda file: self._keep(LOGO, lambda: self._keep_logo(file)))
        self._add(LOGO, self.logo)

    def _add_line(
        self, key: str, shown: str, keep: Callable[[], bool], width: int = LINE_WIDTH
    ) -> None:
        frame = FramedLine("", LINE_HEIGHT, self)
        frame.setFixedWidth(width + 2 * RING)
        frame.line.setText(shown)
        frame.line.setReadOnly(not self._may)
        frame.line.editingFinished.connect(lambda: self._on_left(key))
        self._keeps[key], self._kept[key] = keep, shown
        self._add(key, frame)

    def _add(self, key: str, control: QWidget) -> None:
        setting, row = self._settings[key], self._grid.rowCount()
        if isinstance(control, StandingChoice):
            control.setFixedSize(LINE_WIDTH + 2 * RING, LINE_HEIGHT * control.rows + 2 * RING)
            control.set_locked(setting.of_the_clinic and not self._may)
        target = control.line if isinstance(control, FramedLine) else control
        target.setObjectName(PREFIX + key)
        does = f": {control.text()}" if isinstance(control, Button) else ""
        target.setAccessibleName(setting.words + does)
        target.setAccessibleDescription(setting.meaning)
        said = Label(setting.meaning, tone="grey", parent=self)
        said.setObjectName(f"{PREFIX}{key}_said")
        said.setWordWrap(True)
        name = Label(setting.words, tone="ink2").of(target)
        self._grid.addWidget(name, row, 0)
        held = QHBoxLayout()
        held.setSpacing(8 - RING)
        held.addWidget(control)
        unit = Label(_("min") if key == "lock_after" else "", tone="grey")
        held.addWidget(unit)
        held.addStretch(1)
        self._grid.addLayout(held, row, 1)
        self._grid.addWidget(said, row, 2)
        self._rows[key] = (name, control, unit, said)
        self._controls[key], self._said[key] = control, said

    def control_of(self, key: str) -> QWidget:
        """What a setting is changed with. Raises KeyError."""
        return self._controls[key]

    def text_of(self, key: str) -> str:
        """What stands in a line."""
        frame = self._controls[key]
        assert isinstance(frame, FramedLine)
        return frame.line.text()

    # ------------------------------------------------------------------ taking up
    def _on_left(self, key: str) -> None:
        if not isinstance(self._controls[key], FramedLine):
            return
        if self._may and self.text_of(key) != self._kept[key] and not self._session.locked:
            self._keep(key, self._keeps[key])

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what stands in a line that was not left yet."""
        for key in self._keeps:
            self._on_left(key)
        super().hideEvent(event)

    def _keep(self, key: str, keep: Callable[[], bool]) -> None:
        """Take a setting up, and say beside it that it holds, or why it does not."""
        control, said, setting = self._controls[key], self._said[key], self._settings[key]
        try:
            of_papers, problem = keep(), ""
        except ChartError as fault:
            of_papers, problem = False, str(fault)
        if isinstance(control, FramedLine):
            control.set_error(bool(problem))
        if not problem and key in self._kept:
            before, self._kept[key] = self._kept[key], self._shown(key)
            if not self._taking_back and before != self._kept[key]:
                self._steps.append((key, before))
                words = _("{setting}: changed, and in use.")
                self.toast.show_act(words.format(setting=setting.words), self.undo)
        said.set_tone("danger" if problem else "ink2")
        said.setText(problem or _done(setting))
        announce(self, said.text())
        if of_papers:
            self.clinic_changed.emit()

    # ------------------------------------------------------------------ taking back
    def _shown(self, key: str) -> str:
        """What a setting shows now."""
        control = self._controls[key]
        if isinstance(control, FramedLine):
            return control.line.text()
        assert isinstance(control, StandingChoice)
        return str(control.value())

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self._steps)

    def undo(self) -> None:
        """Take the last change back; it is in use at once too."""
        if not self._steps:
            return
        key, before = self._steps.pop()
        control = self._controls[key]
        if isinstance(control, FramedLine):
            control.line.setText(before)
        elif isinstance(control, StandingChoice):
            control.show_value(before)
        self.toast.hide()
        self._taking_back = True
        try:
            self._keep(key, self._keeps[key])
        finally:
            self._taking_back = False

    _taking_back = False

    def _keep_scheme(self) -> bool:
        wanted = str(self.scheme.value())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(app, style.Scheme(wanted))
        clinic_settings.change_scheme(self._session, wanted)
        return False

    def _keep_lock(self) -> bool:
        typed = self.text_of("lock_after").strip()
        minutes = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
        if not SHORTEST_LOCK <= minutes <= LONGEST_LOCK:
            raise ChartError(_("Please give whole minutes, from 1 to 15."))
        clinic_settings.change_lock(self._session, minutes)
        return False

    def _keep_papers(self) -> bool:
        habits = self._desk.paper_habits
        wanted = replace(
            habits.now, paper=str(self.paper.value()), text_size=int(str(self.text_size.value()))
        )
        clinic_settings.change_papers(self._session, habits, wanted)
        return False

    def _keep_distance(self) -> bool:
        clinic_settings.change_distance(self._session, str(self.distance.value()))
        return True

    def _keep_text(self, key: str) -> bool:
        clinic_settings.change_lines(self._session, {key: self.text_of(key)})
        return True

    def _keep_logo(self, file: Path | None) -> bool:
        if file is not None and QImage(str(file)).isNull():
            raise ChartError(_("{file} cannot be read as a picture.").format(file=file.name))
        clinic_settings.change_logo(self._session, file)
        self.logo.show_logo(load_clinic(self._session.folder).logo)
        return True


def plain_words(text: str) -> list[str]:
    """The words of a text, small and without accents, as they are compared."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return re.findall(r"\w+", "".join(one for one in bare if not unicodedata.combining(one)))


def _done(setting: Setting) -> str:
    return _("Kept. {meaning}").format(meaning=setting.meaning)


def _units() -> tuple[Option, ...]:
    return (Option(KM, _("km"), _("km"), "k"), Option(MILES, _("miles"), _("miles"), "m"))


def _languages() -> tuple[Option, ...]:
    """Each in its own words, so that whoever cannot read the others finds it."""
    computers = _("as the computer")
    return (
        Option(OF_THE_SYSTEM, computers, _("as the computer has it"), "0"),
        *(Option(one, name, name, str(n)) for n, (one, name) in enumerate(LANGUAGES.items(), 1)),
    )


def _schemes() -> tuple[Option, ...]:
    return (
        Option(
            "system", _("as the desktop"), _("as the desktop has it"), pgettext("key: system", "d")
        ),
        Option("light", _("light"), _("light"), pgettext("key: light", "l")),
        Option("dark", _("dark"), _("dark"), pgettext("key: dark", "k")),
        Option("contrast_light", _("contrast, light"), _("high contrast, light"), "c"),
        Option("contrast_dark", _("contrast, dark"), _("high contrast, dark"), "h"),
    )
