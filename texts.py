"""The texts of the code and their translations: taken out, brought up to date, compiled.

python3 dev.py texts     after a text in the code came, changed or went, or a translation did

Translators write `resources/locale/LANGUAGE/*.po`, one file for each part of the code; the program
reads `resources/locale/LANGUAGE.mo`, which is made of them and committed with them.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent
LOCALE: Final = Path("resources", "locale")
LANGUAGES: Final = ("es",)
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "services": ("clinic_desktop", "reports"),
    "ui": ("ui",),
}
"""The files of a language and the code that each is of; a text of both is of the first."""
KEYWORDS: Final = {
    "_": None,
    "in_every_language": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
}
_NO_DAY: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Stands where gettext wants a date, so that the same texts make the same bytes."""
_HEAD: Final = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

Key = tuple[str, str | None]
"""A text in English (of a plural the singular) and its context."""


def key_of(message: Message) -> Key:
    """What a text is found by."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def extracted(root: Path = ROOT) -> dict[str, dict[Key, Message]]:
    """The texts of the code, by part."""
    seen: set[Key] = set()
    parts: dict[str, dict[Key, Message]] = {}
    for part, folders in PARTS.items():
        found = {key_of(text): text for folder in folders for text in _texts(root / folder)}
        parts[part] = {key: text for key, text in found.items() if key not in seen}
        seen |= found.keys()
    return parts


def _texts(folder: Path) -> Iterator[Message]:
    methods = [("**.py", "python")]
    for _name, _line, text, _said, context in extract_from_dir(
        folder, methods, keywords=KEYWORDS, comment_tags=()
    ):
        yield Message(text, context=context)


def translated(language: str, root: Path = ROOT) -> dict[Key, Message]:
    """What the files of a language hold, of all parts."""
    return {
        key_of(text): text
        for part in PARTS
        for text in _read(_file(language, part, root), language)
        if text.id
    }


def updated(language: str, root: Path = ROOT) -> dict[str, Catalog]:
    """The files of a language as they should be: each text of the code once, with what was written
    for it so far, in alphabetical order."""
    known = translated(language, root)
    return {
        part: _catalog(language, (_brought_over(text, known) for text in texts.values()))
        for part, texts in extracted(root).items()
    }


def _brought_over(text: Message, known: Mapping[Key, Message]) -> Message:
    before = known.get(key_of(text))
    if before is None or isinstance(before.id, str) != isinstance(text.id, str):
        return text
    return Message(
        text.id,
        before.string,
        flags=before.flags & {"fuzzy"},
        user_comments=before.user_comments,
        context=text.context,
    )


def written(catalog: Catalog) -> bytes:
    """A file of translations as it stands on disk: without places, so that code can move."""
    body = io.BytesIO()
    write_po(body, catalog, width=100, no_location=True, omit_header=True, sort_output=True)
    head = _HEAD.format(language=catalog.locale, plurals=catalog.plural_forms)
    return head.encode() + body.getvalue().strip() + b"\n"


def compiled(language: str, root: Path = ROOT) -> bytes:
    """What the program reads: all that is translated, fuzzy ones left out."""
    catalog = _catalog(language, translated(language, root).values())
    # What the file says of itself is the same whoever makes it, and when.
    catalog.creation_date = catalog.revision_date = _NO_DAY
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def _catalog(language: str, texts: Iterable[Message]) -> Catalog:
    catalog = Catalog(locale=language, fuzzy=False)
    for text in texts:
        catalog[text.id] = text
    return catalog


def _read(file: Path, language: str) -> Catalog:
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as content:
        return read_po(content, locale=language, abort_invalid=True)


def _file(language: str, part: str, root: Path = ROOT) -> Path:
    return root / LOCALE / language / f"{part}.po"


def main() -> int:
    """Bring the files up to the code, compile them, and say what waits for a translator."""
    for language in LANGUAGES:
        for part, catalog in updated(language).items():
            file = _file(language, part)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(written(catalog))
            waiting = sum(1 for text in catalog if text.id and not is_whole(text))
            print(f"{file.relative_to(ROOT)}: {len(catalog)} texts, {waiting} to translate")
        (ROOT / LOCALE / f"{language}.mo").write_bytes(compiled(language))
    return 0


def is_whole(text: Message) -> bool:
    """Whether a text is translated in all its forms, and nobody doubts it."""
    forms = [text.string] if isinstance(text.string, str) else list(text.string or [""])
    return all(forms) and not text.fuzzy


if __name__ == "__main__":
    sys.exit(main())
