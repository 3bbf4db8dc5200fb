"""A clinic's own exercises, its own words of the shipped ones, and its own words of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from clinic_desktop.domain.documents import SheetWords
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.plans import (
    PlanItem,
    PlanItemText,
    PlanLibrary,
    is_drawing_name,
    is_own_item,
)
from clinic_desktop.domain.values import LANGUAGES

from .own_folder import ITEMS, PLAN, POSES, OwnFiles
from .own_lengths import check_item_lengths, check_label, check_sheet_lengths
from .own_pictures import ReadPicture, Sight, illustrate, own_scenes, shots_of, variants_of
from .plan_files import FALLBACK_LANGUAGE, check_drawings, load_plan_library, plan_items
from .plan_words import as_written, item_text, sheet_as_written, sheet_words
from .pose_files import load_figure_words
from .toml_entries import EntryFault, Faults, entry_as, reading, tables_in

MOST_ITEMS: Final = 100
"""Own items; more of them would make no list to choose from."""
_BLANK: Final = {"note": "", "reviewed_by": "", "reviewed_on": ""}
"""What an own item need not say."""
_PARTS: Final = ("items", "sheet", "labels")


@dataclass(frozen=True, slots=True)
class OwnItems:
    """Own exercises in no language yet."""

    items: Mapping[str, PlanItem] = field(default_factory=dict)
    sights: Mapping[str, tuple[Sight, ...]] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The files of their pictures, as they are in the folder."""


# ---------------------------------------------------------------------- items
def read_own_items(files: OwnFiles, since: str, read_picture: ReadPicture) -> OwnItems:
    """The items of `items.toml` with what shows them. Raises BrokenKnowledge with all faults."""
    file = f"{ITEMS}.toml"
    written = files.texts.get(ITEMS, "")
    tables = reading(file, lambda: _own_tables(tables_in(written)))
    faults = Faults()
    items: dict[str, PlanItem] = {}
    sights: dict[str, tuple[Sight, ...]] = {}
    pictures: dict[str, bytes] = {}
    known = {*load_plan_library().items, *tables}
    for name, table in tables.items():
        with faults.gathered(f"{file}: "):
            plain = {"since": since, **table}
            entries = plain.pop("pictures", None)
            if "drawings" in plain:
                raise EntryFault(name, "its drawings follow from its pictures or its pose file")
            item = plan_items({name: plain}, known)[name]
            if item.kind == "pause":
                raise EntryFault(f"{name}.kind", "the stop box is for the shipped pause alone")
            if entries is not None and name in files.poses:
                raise EntryFault(
                    name, f"has pictures and {POSES}/{name}.toml; it takes one of them"
                )
            if entries is not None:
                place = f"{name}.pictures"
                sights[name] = shots_of(entries, place, files, read_picture, pictures)
            items[name] = item
        if name in files.poses:
            with faults.gathered():
                sights[name] = own_scenes(name, files.poses[name])
    for name in files.poses:
        if name not in tables:
            faults.found.append(f"{POSES}/{name}.toml: whole file: {file} has no such item")
    with faults.gathered(f"{file}: "):
        items = {name: _with_drawings(item, sights.get(name, ())) for name, item in items.items()}
    faults.refuse()
    return OwnItems(items, sights, pictures)


def _own_tables(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Each item by its whole id: `[clinic.wall_press]` is a table in a table."""
    found = {}
    for prefix, inside in tables.items():
        if is_own_item(prefix):
            found[prefix] = inside
            continue
        for name, table in inside.items() if isinstance(inside, dict) else ():
            if is_own_item(f"{prefix}.{name}") and isinstance(table, dict):
                found[f"{prefix}.{name}"] = table
            else:
                raise EntryFault(prefix, _needs_prefix(prefix))
        if not isinstance(inside, dict) or not inside:
            raise EntryFault(prefix, _needs_prefix(prefix))
    if len(found) > MOST_ITEMS:
        raise EntryFault("whole file", f"has more than {MOST_ITEMS} items")
    return found


def _needs_prefix(name: str) -> str:
    shown = name if is_drawing_name(name) else "wall_press"
    return f"an item of your own has a prefix and small letters, as in clinic.{shown}"


def _with_drawings(item: PlanItem, sights: tuple[Sight, ...]) -> PlanItem:
    drawings = variants_of(sights)
    for name in drawings:
        if not is_drawing_name(name):
            raise EntryFault(item.id, "a drawing is named in small letters, as in with_band")
    return replace(item, drawings=drawings)


# ---------------------------------------------------------------------- words
def own_libraries(files: OwnFiles, own: OwnItems) -> Mapping[str, PlanLibrary]:
    """The plan items in each language, with what the clinic says anew and adds.

    Raises BrokenKnowledge with all faults.
    """
    faults = Faults()
    english: _Words | None = None
    libraries = {}
    with faults.gathered():
        english = _Words.read(files, own, FALLBACK_LANGUAGE)
        libraries[FALLBACK_LANGUAGE] = english.library(own)
    for language in LANGUAGES:
        if language != FALLBACK_LANGUAGE:
            with faults.gathered():
                words = _Words.read(files, own, language, english)
                if english is not None:
                    libraries[language] = words.library(own)
    faults.refuse()
    return MappingProxyType(libraries)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a clinic says in one language, laid over what ships in it."""

    shipped: PlanLibrary
    texts: Mapping[str, PlanItemText]
    sheet: SheetWords
    labels: Mapping[str, str]
    borrowed: frozenset[str]

    @classmethod
    def read(
        cls, files: OwnFiles, own: OwnItems, language: str, english: _Words | None = None
    ) -> _Words:
        """Read `plan-en.toml` or its like; what it does not say of own items, `english` says.

        Raises BrokenKnowledge with all faults in it.
        """
        shipped = load_plan_library(language)
        file = f"{PLAN}{language}.toml"
        text = files.texts.get(f"{PLAN}{language}", "")
        tables = reading(file, lambda: _plan_tables(tables_in(text)))
        if text and shipped.language != language:
            raise BrokenKnowledge(f"{file}: whole file: no plan texts ship in this language yet")
        faults = Faults()
        before = f"{file}: "
        texts = _said_anew(tables["items"], shipped, own, faults, before)
        sheet = shipped.sheet
        with faults.gathered(before):
            sheet = _own_sheet(tables["sheet"], shipped.sheet)
        labels = dict(english.labels) if english else {}
        with faults.gathered(before):
            labels |= _own_labels(tables["labels"], language)
        said = _by_id(tables["items"], shipped)
        missing = [name for name in own.items if name not in said]
        if language == FALLBACK_LANGUAGE:
            faults.found += (f"{before}items.{name}: has no words" for name in missing)
        elif english is not None:
            texts |= {name: english.texts[name] for name in missing}
        faults.refuse()
        borrowed = frozenset(missing)
        return cls(shipped, {**shipped.texts, **texts}, sheet, labels, borrowed)

    def library(self, own: OwnItems) -> PlanLibrary:
        """All plan items with these words. Raises BrokenKnowledge naming the item."""
        labels = {**load_figure_words(self.shipped.language).labels, **self.labels}
        faults = Faults()
        illustrations = {}
        for name in own.items:
            with faults.gathered(f"{ITEMS}.toml: "):
                sights, steps = own.sights.get(name, ()), len(self.texts[name].steps)
                illustrations[name] = illustrate(sights, name, labels, steps) if sights else ()
            if name not in self.borrowed:
                with faults.gathered(f"{PLAN}{self.shipped.language}.toml: "):
                    check_drawings([own.items[name]], self.texts)
        faults.refuse()
        return PlanLibrary(
            self.shipped.language,
            MappingProxyType({**self.shipped.items, **own.items}),
            MappingProxyType(dict(self.texts)),
            self.sheet,
            MappingProxyType(illustrations),
            self.borrowed,
        )


def _plan_tables(tables: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    for name in tables:
        if name not in _PARTS:
            raise EntryFault(name, "only items, sheet and labels can stand here")
    return {part: entry_as(tables.get(part, {}), dict[str, Any], part) for part in _PARTS}


def _said_anew(
    tables: Mapping[str, Any], shipped: PlanLibrary, own: OwnItems, faults: Faults, before: str
) -> dict[str, PlanItemText]:
    """The words of items that a file changes or adds, each with what it does not say anew.

    A review was of the old words, so it counts for new ones only where they say so.
    """
    texts = {}
    for name, table in _by_id(tables, shipped).items():
        place = f"items.{name}"
        with faults.gathered(before):
            said = entry_as(table, dict[str, Any], place)
            if name in shipped.texts:
                said = _over(as_written(shipped.texts[name]), said, place)
            elif name in own.items:
                said = {**_BLANK, **said}
            else:
                raise EntryFault(place, "there is no such plan item")
            texts[name] = item_text(said, place)
            check_item_lengths(texts[name], place)
            if name in shipped.items:
                check_drawings([shipped.items[name]], texts)
    return texts


def _by_id(tables: Mapping[str, Any], shipped: PlanLibrary) -> dict[str, Any]:
    found = {}
    for name, table in tables.items():
        spaced = isinstance(table, dict) and all(isinstance(one, dict) for one in table.values())
        if name in shipped.items or is_own_item(name) or not spaced or not table:
            found[name] = table
        else:
            found.update({f"{name}.{inner}": one for inner, one in table.items()})
    return found


def _over(kept: dict[str, Any], said: dict[str, Any], place: str) -> dict[str, Any]:
    """What an item says, with what is said anew on top; its drawings too, each for itself."""
    drawings = dict(kept["drawings"])
    for name, anew in entry_as(
        said.get("drawings", {}), dict[str, dict[str, Any]], f"{place}.drawings"
    ).items():
        drawings[name] = {**drawings.get(name, {}), **anew}
    return {**kept, "reviewed_by": "", "reviewed_on": "", **said, "drawings": drawings}


def _own_sheet(table: Mapping[str, Any], shipped: SheetWords) -> SheetWords:
    if not table:
        return shipped
    words = sheet_words({**sheet_as_written(shipped), **table})
    check_sheet_lengths(words, shipped, table)
    return words


def _own_labels(table: Mapping[str, Any], language: str) -> dict[str, str]:
    there = load_figure_words(language).labels
    labels = entry_as(table, dict[str, str], "labels")
    for name, said in labels.items():
        if name in there:
            raise EntryFault(f"labels.{name}", "is a word of the shipped drawings; take another")
        check_label(f"labels.{name}", said)
    return labels
