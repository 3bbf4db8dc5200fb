"""How a paper is to look: paper, language, size of text."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.documents import LARGE_PRINT, NORMAL_TEXT, SMALL_PRINT
from clinic_desktop.services.words.translation import _, pgettext
from ui.forms.segments import SegmentedInput
from ui.forms.words import Option
from ui.tokens import CONTROL_WIDTH, RING


class StandingChoice(SegmentedInput):
    """A choice that always stands: Delete does not take it back."""

    def __init__(
        self,
        name: str,
        spoken: str,
        options: tuple[Option, ...],
        first: str,
        parent: QWidget,
        rows: int = 1,
    ) -> None:
        super().__init__(options, rows, parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFixedSize(CONTROL_WIDTH + 2 * RING, 24 + 2 * RING)
        self.show_value(first)

    def choose(self, value: object) -> None:
        """The user has settled on one of the options."""
        if isinstance(value, str):
            super().choose(value)


class PaperChoice(StandingChoice):
    """A4 or Letter."""

    def __init__(self, parent: QWidget) -> None:
        options = (Option("a4", "A4", "A4", "a"), Option("letter", "Letter", "US Letter", "l"))
        super().__init__("paper", _("Paper"), options, "a4", parent)


class LanguageChoice(StandingChoice):
    """The language of the patient's sheet, each in its own name."""

    def __init__(self, first: str, parent: QWidget) -> None:
        options = (
            Option("en", "English", "English", "e"),
            Option("es", "Español", "Español", "s"),
        )
        super().__init__("sheet_language", _("Language"), options, first, parent)


class TextSizeChoice(StandingChoice):
    """Small, normal or large print."""

    def __init__(self, parent: QWidget) -> None:
        options = (
            Option(str(SMALL_PRINT), _("small"), _("small print"), pgettext("key: small", "s")),
            Option(str(NORMAL_TEXT), _("normal"), _("normal text"), pgettext("key: normal", "n")),
            Option(str(LARGE_PRINT), _("large"), _("large print"), pgettext("key: large", "l")),
        )
        super().__init__("text_size", _("Text"), options, str(NORMAL_TEXT), parent)
