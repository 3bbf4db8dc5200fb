"""Keys that parts of the page take themselves, named once for them, palette and key sheet."""

from __future__ import annotations

from typing import Final

from clinic_desktop.services.words.translation import _

SAME_KEY: Final = "="
NEXT_TEST_KEY, LAST_TEST_KEY = "Ctrl+Down", "Ctrl+Up"
"""To the next test of the section, and to the one before."""
SAME_TEST_KEY: Final = "Ctrl+="
"""A whole test of one side as last time, done again: the keyboard goes on to the next."""
REST_NO_KEY: Final = "Shift+N"
REMARK_KEY: Final = "Ctrl+M"
SIGN_KEY: Final = "Ctrl+T"
"""Follows the field's sign from one treatment to the next, or no more."""
TAKE_KEY: Final = "Ctrl+G"
"""Goes along with the rules: their next item, into the plan."""
PHRASES_KEY: Final = "Ctrl+Shift+P"
"""Shows the phrases; what is selected in a text can be kept there as one."""
HISTORY_KEY: Final = "F2"
"""Shows who charted a field, and what stood there before."""
HELP_KEY: Final = "F1"
"""Shows how a test is done, or the rule behind a line of the panel."""
CUE_KEYS: Final = {
    "cue_cadence": "Ctrl+1", "cue_land_closer": "Ctrl+2", "cue_tall_lean": "Ctrl+3",
}  # fmt: skip
"""Each begins the retest of a run with that cue as the treatment."""
TAP_KEY: Final = "T"
"""In a field of beats a minute: the first tap of a count."""
MOST_SECTION_KEYS: Final = 10


def shown_key(keys: str) -> str:
    """A key, or several together, as the keyboards of the language have them: `Mayús+N`."""
    names = {
        "Shift": _("Shift"), "Return": _("Return"), "Space": _("Space"), "Del": _("Del"),
        "Up": _("Up"), "Down": _("Down"),
    }  # fmt: skip
    return "+".join(names.get(part, part) for part in keys.split("+"))


def section_key(place: int) -> str:
    """The key of a section by its place from 0: Alt+1 to Alt+9, then Alt+0; empty after that."""
    return f"Alt+{(place + 1) % 10}" if place < MOST_SECTION_KEYS else ""


def cue_words() -> dict[str, str]:
    """The cues that can be tried, each a plan item with what is said to the runner."""
    return {
        "cue_cadence": _("Quicker steps"),
        "cue_land_closer": _("Land closer"),
        "cue_tall_lean": _("Tall, slight lean"),
    }
