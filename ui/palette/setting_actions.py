"""What the palette offers of the program: each setting, phrases, About, the support report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from clinic_desktop.services.clinic.clinic_settings import PHRASES, settings
from clinic_desktop.services.words.translation import LANGUAGES, _, in_use
from ui.clinic.opening import FINDING
from ui.widgets.keys import PHRASES_KEY

from .actions import Action, Where

if TYPE_CHECKING:
    # Imported when first needed: the home page stands sooner without it.
    from ui.main_window import MainWindow


def setting_actions(window: MainWindow) -> tuple[Action, ...]:
    """They come last: nobody looks for them during a visit."""

    def nobody() -> str:
        return "" if window.desk.session else _("Nobody is signed in.")

    def opens(setting: str) -> Callable[[], object]:
        return lambda: window.show_clinic(setting)

    everywhere, overlays = Where.EVERYWHERE, window.overlays
    return (
        *(
            Action(f"set_{one.id}", one.sought, "", everywhere, opens(one.id), nobody)
            for one in settings()
            if one.id != PHRASES
        ),
        *_speaking(window),
        Action(
            "settings",
            _("Settings: find one by typing"),
            "Ctrl+,",
            everywhere,
            opens(FINDING),
            nobody,
        ),
        _phrases(window),
        Action(
            "sample",
            _("Look around in a sample clinic"),
            "",
            everywhere,
            lambda: _look_around(window),
            lambda: _("This is the sample clinic.") if window.desk.clinic.sample else nobody(),
        ),
        Action("manual", _("Manual"), "", everywhere, overlays.toggle_manual, lambda: ""),
        Action(
            "about",
            _("About: versions, licences, data folder"),
            "",
            everywhere,
            overlays.toggle_about,
            lambda: "",
        ),
        Action(
            "support",
            _("Support report: versions and counts, no patient in it"),
            "",
            everywhere,
            overlays.toggle_support,
            nobody,
        ),
    )


def _speaking(window: MainWindow) -> tuple[Action, ...]:
    def speaks(language: str) -> Callable[[], object]:
        return lambda: window.language_asked.emit(language)

    def spoken(language: str) -> Callable[[], str]:
        return lambda: _("The window speaks it already.") if language == in_use() else ""

    return tuple(
        Action(f"speak_{code}", words, "", Where.EVERYWHERE, speaks(code), spoken(code))
        for code, words in _languages().items()
    )


def _phrases(window: MainWindow) -> Action:
    words = _("Phrases: see and change them, keep the selected text as one")
    does = window.overlays.toggle_phrases
    return Action("phrases", words, PHRASES_KEY, Where.EVERYWHERE, does, lambda: "")


def _languages() -> dict[str, str]:
    """By their code, each also by its own name: whoever cannot read the window finds theirs."""
    names = {"en": _("English"), "es": _("Spanish")}
    return {
        code: _("Language: {name}, {own}").format(name=names[code], own=own)
        for code, own in LANGUAGES.items()
    }


def _look_around(window: MainWindow) -> None:
    """The real clinic stays open behind it, as it is."""
    from ui.entrance.sample_strip import start_sample

    session = window.desk.session
    if session is not None and not start_sample(session.folder):
        said = _("It could not be started. The command `sample` opens it too.")
        window.messages.show_message(said)
