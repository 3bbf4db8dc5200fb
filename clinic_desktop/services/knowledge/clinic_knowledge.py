"""A clinic's own rules and plan texts, laid over the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText
from clinic_desktop.domain.engine import Engine, compile_rules
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.plans import PlanLibrary
from clinic_desktop.domain.rulebook import Rulebook
from clinic_desktop.domain.suggesting import suggest
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services.words.translation import _

from .compiled import FIRST_DAY, Knowledge, shipped_knowledge
from .own_folder import OwnFiles, read_own_files
from .own_pictures import ReadPicture, no_picture
from .own_plan import own_libraries, read_own_items
from .plan_files import FALLBACK_LANGUAGE
from .rule_files import digest_of, read_rule_files, rulebook_of
from .rule_references import reference_faults
from .rule_tables import FILES, Tables, laid_over, tables_of
from .rule_words import in_language
from .toml_entries import Faults


def load_knowledge(
    catalogue: Catalogue,
    text: CatalogueText,
    folder: Path | None,
    read_picture: ReadPicture = no_picture,
) -> Knowledge:
    """The shipped rules with a clinic's own on top, where its folder is there.

    `read_picture` reads the pictures of own exercises. Where anything in the folder cannot be used,
    the shipped rules answer, and `problems` says what is wrong: a sentence each, with file, rule
    and reason. Raises BrokenKnowledge only for shipped files.
    """
    shipped = shipped_knowledge(catalogue, text)
    if folder is None:
        return shipped
    try:
        return own_knowledge(catalogue, text, folder, read_picture)
    except BrokenKnowledge as broken:
        said = _("The clinic's own rules are not in use, the shipped ones are: {fault}.")
        return shipped.with_problems(
            tuple(said.format(fault=fault.rstrip(".")) for fault in broken.faults)
        )


def own_knowledge(
    catalogue: Catalogue,
    text: CatalogueText,
    folder: Path,
    read_picture: ReadPicture = no_picture,
) -> Knowledge:
    """The shipped rules with a folder's on top. Raises BrokenKnowledge with all faults in it."""
    own = read_own_files(folder)
    shipped = shipped_knowledge(catalogue, text)
    if not own.texts:
        return shipped
    try:
        libraries, tables, digest = _laid_over(own, read_picture, text.language)
        library = libraries.get(text.language, libraries[FALLBACK_LANGUAGE])
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


def _laid_over(
    own: OwnFiles, read_picture: ReadPicture, language: str
) -> tuple[Mapping[str, PlanLibrary], Tables, str]:
    """Plan items by language and rule tables with the clinic's own on top, and the digest of all
    of it. What the clinic wrote stays as it wrote it, whatever the language."""
    faults = Faults()
    texts = read_rule_files()
    merged = shipped = in_language(tables_of(texts), language)
    version = str(shipped["words"]["version"])
    with faults.gathered():
        tables = tables_of({name: own.texts[name] for name in FILES if name in own.texts})
        version = _version(version, tables)
        merged = laid_over(shipped, tables, since=version)
        merged["words"] = {**merged["words"], "version": version}
    libraries: Mapping[str, PlanLibrary] = {}
    digest = ""
    with faults.gathered():
        items = read_own_items(own, version, read_picture)
        libraries = own_libraries(own, items)
        digest = own.digest(digest_of(texts), items.pictures)
    if faults.found:
        # What is wrong with the rules is told at once with what is wrong with the exercises.
        with faults.gathered():
            rulebook_of(merged, digest)
    faults.refuse()
    return libraries, merged, digest


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
