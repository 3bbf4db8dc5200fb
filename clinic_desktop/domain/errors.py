"""What can go wrong in a way that the person at the desk can put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .texts import character_name

MOST_NAMED: Final = 3
"""Characters that a message names one by one."""


class ChartError(Exception):
    """Something the user can put right; its text is shown as it stands."""


class InvalidValue(ChartError):
    """A value that a finding cannot take; the text says what it can take."""


class BadCaseFile(ChartError):
    """A case file with faults, one line for each, each naming its place."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class BrokenKnowledge(ChartError):
    """A catalogue or rule file that cannot be used; the text names file, place and reason.

    Where several faults were found, the text is the first of them.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__(faults[0] if faults else "")


class NotFound(ChartError):
    """A patient, visit or document that is not in the record."""


class DuplicatePatient(ChartError):
    """A patient of the same name and birth date is in the record already."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            f"a patient of this name and birth date is in the record already as number {number:06d}"
        )


class RecordUnavailable(ChartError):
    """The database cannot be opened, read or written just now; nothing typed is lost."""


class Refused(ChartError):
    """Something that is not part of the user's role; the text says what, and which role may."""


class PutOut(Refused, RecordUnavailable):
    """Refused to somebody whose standing became another since they signed in: to them the record is
    not available until they sign in anew; nothing typed is lost."""


class RecordBehind(RecordUnavailable):
    """The record lacks something that was in it before; the text says what, in words and counts."""


class WrongPassphrase(ChartError):
    """A name and a passphrase that do not go together; which of the two is wrong is not said."""


class SignedVisit(ChartError):
    """A signed visit stays as it is: what was to be changed in it is not."""


class Withheld(ChartError):
    """A paper that must not be printed now, with the reason."""


class CannotPrint(ChartError):
    """A paper that cannot be made of what it is to say."""


class UnprintableText(CannotPrint):
    """Text with characters that the typeface does not have; names them, never quotes the text."""

    def __init__(self, field: str, characters: str) -> None:
        self.field = field
        self.characters = characters
        names = ", ".join(map(character_name, characters[:MOST_NAMED]))
        more = " and others" if len(characters) > MOST_NAMED else ""
        super().__init__(f"{field}: cannot print {names}{more}; please write it in letters")


class NamesTooLong(CannotPrint):
    """Names or an address that leave no room for the rest of a page."""

    def __init__(self, on: str) -> None:
        super().__init__(f"the names or the address are too long for the {on}; please shorten them")


class TooLargeToPrint(CannotPrint):
    """A part of a paper that is higher than a page."""

    def __init__(self) -> None:
        super().__init__("something is too large for a page of this paper")
