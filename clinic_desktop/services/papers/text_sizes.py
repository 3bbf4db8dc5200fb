"""How large a patient's sheet was the last time: large print is remembered from visit to visit."""

from __future__ import annotations

import re
from typing import Final

from clinic_desktop.domain.documents import SIZE_MARK, TEXT_SIZES
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.desk import Desk
from clinic_desktop.services.record import kept_papers, paper_content
from clinic_desktop.services.stored import StoredCourse

from .kinds import HANDOUT

_MARK: Final = re.compile(re.escape(SIZE_MARK).replace(r"\{size\}", r"(\d+)").encode())


def size_for(desk: Desk, course: StoredCourse) -> int:
    """The size of text that a new sheet of this course begins with, in points: the clinic's usual
    one, or that of the last sheet that left the house where it was larger.

    No setting of the patient's: the sheet that she took home says what she can read.
    """
    usual = desk.paper_habits.now.text_size
    try:
        last = kept_papers(desk.open_record, course, HANDOUT)
        content = paper_content(desk.open_record, last[0].document) if last else b""
    except ChartError:  # a sheet that cannot be read is told where the kept ones are listed
        return usual
    return max(usual, printed_size(content) or usual)


def printed_size(content: bytes) -> int | None:
    """The size of text that a sheet says it was made with; None where it does not say."""
    found = _MARK.search(content)
    size = int(found[1]) if found else None
    return size if size in TEXT_SIZES else None
