"""What the line of keys says while the keyboard is not in a field."""

from __future__ import annotations

from clinic_desktop.services.words.translation import _
from ui.widgets.keys import HELP_KEY, TAKE_KEY

from .key_line import KeyHint


def panel_hints() -> tuple[KeyHint, ...]:
    """While the keyboard is in the rule panel."""
    return (
        (_("Down"), _("next line")),
        (_("Return"), _("goes to the field")),
        (HELP_KEY, _("why?")),
        ("F6", _("on")),
        ("Ctrl+J", _("ask next")),
        (TAKE_KEY, _("into the plan")),
    )


def changes_hints() -> tuple[KeyHint, ...]:
    """While it is in the list of what changed since last time."""
    return (
        (_("Down"), _("next line")),
        (_("Return"), _("goes to the field")),
        ("Ctrl+D", _("back to the form")),
        ("F6", _("to the panel")),
    )


def page_hints() -> tuple[KeyHint, ...]:
    """While it is at no field: the ways to everywhere."""
    return (
        ("F6", _("to the form")),
        ("Alt+1", _("first section")),
        ("Ctrl+J", _("ask next")),
        ("Ctrl+P", _("handout")),
        ("Ctrl+F", _("find")),
        ("Ctrl+K", _("all commands")),
        ("Ctrl+/", _("all keys")),
    )
