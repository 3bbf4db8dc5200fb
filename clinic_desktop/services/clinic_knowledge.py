"""A clinic's own rules and plan texts, laid over the shipped ones."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.engine import Engine, compile_rules
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.rulebook import Rulebook
from clinic_desktop.domain.suggesting import suggest
from clinic_desktop.domain.values import LANGUAGES
from clinic_desktop.domain.visits import Case, Patient, Visit

from .knowledge import FIRST_DAY, Knowledge, shipped_knowledge
from .plan_files import FALLBACK_LANGUAGE, load_plan_library, words_over
from .rule_files import digest_of, read_rule_files, rulebook_of
from .rule_references import reference_faults
from .rule_tables import FILES, Tables, laid_over, tables_of
from .translation import _

PLAN: Final = "plan-"
"""Before a language in the name of a file with plan texts: `plan-en.toml`."""
OWN_FILES: Final = (*FILES, *(PLAN + language for language in LANGUAGES))
LARGEST_FILE: Final = 1_000_000
"""Bytes; the largest file that ships has a thirtieth of it."""


def load_knowledge(catalogue: Catalogue, text: CatalogueText, folder: Path | None) -> Knowledge:
    """The shipped rules with a clinic's own on top, where its folder is there.

    Where anything in it cannot be used, the shipped rules answer, and `problems` says what is
    wrong: a sentence each, with file, rule and reason. Raises BrokenKnowledge only for shipped
    files.
    """
    shipped = shipped_knowledge(catalogue, text)
    if folder is None:
        return shipped
    try:
        return own_knowledge(catalogue, text, folder)
    except BrokenKnowledge as broken:
        said = _("The clinic's own rules are not in use, the shipped ones are: {fault}.")
        return shipped.with_problems(
            tuple(said.format(fault=fault.rstrip(".")) for fault in broken.faults)
        )


def own_knowledge(catalogue: Catalogue, text: CatalogueText, folder: Path) -> Knowledge:
    """The shipped rules with a folder's on top. Raises BrokenKnowledge with all faults in it."""
    own = read_own_files(folder)
    shipped = shipped_knowledge(catalogue, text)
    if not own:
        return shipped
    try:
        libraries, tables, digest = _laid_over(own)
        library = libraries.get(FALLBACK_LANGUAGE, shipped.library)
        rules = rulebook_of(tables, digest)
        words = shipped.engine.rulebook.words.texts
        # What leads nowhere comes first: what cannot be compiled may come of it.
        faults = tuple(reference_faults(rules, catalogue, library, words))
        engine = _compiled(rules, catalogue, faults)
    except BrokenKnowledge as broken:
        # Shipped rules alone have no faults, so what is wrong is the clinic's own.
        raise BrokenKnowledge(*(f.removeprefix("rules/") for f in broken.faults)) from broken
    _try_out(engine, text)
    return Knowledge(engine, text, library, libraries)


def _compiled(rules: Rulebook, catalogue: Catalogue, faults: tuple[str, ...]) -> Engine:
    """The rules compiled. Raises BrokenKnowledge with these faults and those found on the way."""
    try:
        engine = compile_rules(rules, catalogue)
    except BrokenKnowledge as broken:
        raise BrokenKnowledge(*faults, *broken.faults) from broken
    if faults:
        raise BrokenKnowledge(*faults)
    return engine


def _laid_over(own: Mapping[str, str]) -> tuple[Mapping[str, PlanLibrary], Tables, str]:
    """Plan texts by language and rule tables with the clinic's own on top, and the digest of all
    of it."""
    faults: list[str] = []
    libraries = {}
    for name in own:
        try:
            if name.startswith(PLAN):
                language = name.removeprefix(PLAN)
                libraries[language] = _plan_texts(language, own[name])
        except BrokenKnowledge as broken:
            faults += broken.faults
    texts = read_rule_files()
    shipped = tables_of(texts)
    try:
        tables = tables_of({name: own[name] for name in FILES if name in own})
        version = _version(shipped["words"]["version"], tables)
        merged = laid_over(shipped, tables, since=version)
    except BrokenKnowledge as broken:
        faults += broken.faults
    if faults:
        raise BrokenKnowledge(*faults)
    merged["words"] = {**merged["words"], "version": version}
    digest = hashlib.sha256(digest_of(texts).encode())
    for name in sorted(own):
        digest.update(f"\x00{name}\x00{own[name]}".encode())
    return libraries, merged, digest.hexdigest()


def _plan_texts(language: str, text: str) -> PlanLibrary:
    library = load_plan_library(language)
    file = f"{PLAN}{language}.toml"
    if library.language != language:
        raise BrokenKnowledge(f"{file}: whole file: no plan texts ship in this language yet")
    return words_over(library, text, file)


def _version(shipped: str, own: Tables) -> str:
    """The shipped version and the clinic's: `2026.11.1+clinic`, unless its words.toml names one."""
    named = own.get("words", {}).get("version", "clinic")
    if not isinstance(named, str) or not named.strip():
        raise BrokenKnowledge("rules/words.toml: version: is no text")
    return f"{shipped}+{named.strip()}"


def _try_out(engine: Engine, text: CatalogueText) -> None:
    """Answer a chart with nothing in it: what fails there would fail at every chart."""
    blank = Case(Patient("Nobody"), (Visit(FIRST_DAY),))
    try:
        suggest(engine, text, blank)
    except Exception as fault:  # whatever own rules set off, the shipped ones go on working
        raise BrokenKnowledge(
            f"the whole folder: a chart with nothing in it cannot be answered"
            f" ({type(fault).__name__})"
        ) from fault


# ---------------------------------------------------------------------- the folder
def read_own_files(folder: Path) -> dict[str, str]:
    """The text of each rule file in a folder, by its short name; no folder has none.

    Nothing is read that leads out of the folder. Raises BrokenKnowledge with all faults.
    """
    texts: dict[str, str] = {}
    faults: list[str] = []
    try:
        paths = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as problem:
        raise BrokenKnowledge(f"{folder.name}: whole folder: {_reason(problem)}") from problem
    for path in paths:
        if path.suffix.lower() != ".toml":
            continue
        try:
            texts[_short_name(path)] = _text_of(path)
        except BrokenKnowledge as broken:
            faults += broken.faults
        except OSError as problem:
            faults.append(f"{path.name}: whole file: {_reason(problem)}")
    if faults:
        raise BrokenKnowledge(*faults)
    return texts


def _short_name(path: Path) -> str:
    for name in OWN_FILES:
        if path.name == f"{name}.toml":
            return name
    known = ", ".join(f"{name}.toml" for name in OWN_FILES)
    raise BrokenKnowledge(f"{path.name}: whole file: is none of {known}")


def _text_of(path: Path) -> str:
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise BrokenKnowledge(f"{path.name}: whole file: leads out of the folder")
    if not stat.S_ISREG(path.stat().st_mode):
        raise BrokenKnowledge(f"{path.name}: whole file: is no file")
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise BrokenKnowledge(f"{path.name}: whole file: has more than {LARGEST_FILE} bytes")
    try:
        # Some editors put a mark before the text.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BrokenKnowledge(f"{path.name}: byte {fault.start}: is not UTF-8") from fault


def _reason(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__
