"""How hard the patient's sheet is to read, and words in it that have a plainer one."""

from __future__ import annotations

import math
import re

from clinic_desktop.domain.documents import Handout
from clinic_desktop.services.words.finding_words import figures
from clinic_desktop.services.words.translation import _

from .readability import Reading, grade


def sheet_words(content: Handout) -> str:
    """What the patient is to read and understand: the stop box and the items, a sentence each.

    Words of another language are left out: no measure is for two.
    """
    parts: list[str] = []
    if content.stop_box is not None:
        box = content.stop_box
        parts += [box.title, box.why, box.instead, box.tell_us]
    for item in (item for item in content.items if not item.borrowed):
        parts += [item.purpose, item.dose, item.words, *item.steps]
        parts += [item.feel, item.ease_off, item.more, item.stop]
    return "\n".join(part for part in parts if part.strip())


def sheet_reading(content: Handout) -> Reading:
    """The reading grade of a whole sheet, in its own language."""
    return grade(sheet_words(content), content.language)


def reading_words(reading: Reading) -> str:
    """A reading in a few words, with what is aimed at."""
    if reading.measure == "ease":
        said = _("reading ease {score} of 100, fine from 70")
        return said.format(score=math.floor(reading.score))
    if reading.score < 1:  # the measure begins with the first year at school
        return _("reading grade below 1, fine up to 6")
    # Rounded up: 6.04 is above 6, and must not read as 6.
    score = figures(math.ceil(reading.score * 10) / 10)
    return _("reading grade {score}, fine up to 6").format(score=score)


def with_plainer(text: str, hard: str, plain: str) -> str:
    """The text with a plainer word in place of a hard one; a capital stays a capital."""

    def instead(found: re.Match[str]) -> str:
        return plain[:1].upper() + plain[1:] if found.group()[:1].isupper() else plain

    return re.sub(rf"(?<!\w){re.escape(hard)}(?!\w)", instead, text, flags=re.IGNORECASE)
