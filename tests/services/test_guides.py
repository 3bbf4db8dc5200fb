"""Help on a test: there for every field, with its source, and nothing in it that has none."""

import re

import pytest

from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.guides import guides_from, load_guides
from clinic_desktop.services.knowledge.source_words import source_lines

CATALOGUE, TEXT, GUIDES = load_catalogue(), load_catalogue_text(), load_guides()
TESTS = ("nerves", "hamstring", "back", "glutes")
CITED = re.compile(
    r"[A-Z][A-Za-z.-]*(?: & [A-Z][a-z]+)? (?:19|20)\d\d\b"
    r"|La Trobe|NHS Lothian|BMJ Best Practice|Wells|NICE"
)
MARKS = {
    "this app's proposal": "[P]",
    "textbook, not yet reviewed": "[M]",
    "second-hand": "[S2]",
    "(article": "[A]",
}


def sources_of(group: str) -> str:
    """Everything that the findings of a group name as their source."""
    return "; ".join(CATALOGUE.spec(name).source for name in CATALOGUE.groups[group].findings)


def said_of(group: str) -> str:
    """The guide of a group and the help of each of its fields."""
    guide = GUIDES[group]
    helps = (TEXT.findings[name].help for name in CATALOGUE.groups[group].findings)
    return " ".join((guide.how, guide.positive, guide.tells, guide.mistakes, guide.safety, *helps))


@pytest.mark.parametrize("finding", CATALOGUE.findings)
def test_every_finding_has_help_with_a_source(finding: str) -> None:
    """Its own help, the guide of its test, and a line that says from where and how sure."""
    spec = CATALOGUE.spec(finding)
    assert TEXT.findings[finding].help
    assert GUIDES[spec.group].how
    assert all(len(line) > 8 for line in source_lines([spec.source]))
    assert source_lines([spec.source])


def test_every_test_says_all_five() -> None:
    """How, what counts, what it tells, what goes wrong, and when not to."""
    for section in TESTS:
        for spec in CATALOGUE.in_section(section):
            guide = GUIDES[spec.group]
            parts = (guide.how, guide.positive, guide.tells, guide.mistakes, guide.safety)
            assert all(part.endswith(".") for part in parts), spec.group


@pytest.mark.parametrize("group", GUIDES)
def test_what_the_help_cites_is_among_the_sources(group: str) -> None:
    said, sources = said_of(group), sources_of(group)
    assert [name for name in CITED.findall(said) if name not in sources] == []
    assert [words for words, mark in MARKS.items() if words in said and mark not in sources] == []


def test_a_figure_of_a_study_names_it() -> None:
    for group, guide in GUIDES.items():
        for sentence in re.split(r"(?<=\.) (?=[A-Z])", " ".join((guide.positive, guide.tells))):
            if re.search(r"\d\.\d", sentence):
                assert CITED.search(sentence), (group, sentence)
            assert "%" not in sentence
            assert "per cent" not in sentence


def test_sources_are_told_by_how_sure_they_are() -> None:
    assert source_lines(
        ["Majlesi 2008 [S]; proposal [P]", "Ekedahl 2018 [S2]; Kuilart 2005 [S]"]
    ) == (
        "Read in the source itself: Majlesi 2008, Kuilart 2005",
        "Second-hand, read in a summary: Ekedahl 2018",
        "This app's proposal, no study behind it.",
    )
    every = " ".join(line for group in GUIDES for line in source_lines([sources_of(group)]))
    assert "[" not in every
    assert "contract" not in every
    assert "clinical-facts" not in every


def test_a_broken_file_of_help_is_refused_with_its_place() -> None:
    whole = "\n".join(f'[{group}]\nhow = "a"\ntells = "b"' for group in CATALOGUE.groups)
    assert set(guides_from(whole, "guides/x.toml")) == set(CATALOGUE.groups)
    for text, place in (
        (whole.replace('how = "a"', 'how = ""', 1), "complaint: needs how"),
        (whole + '\n[knee]\nhow = "a"\ntells = "b"', "knee: the catalogue has no such group"),
        (whole.replace("tells", "told", 1), "told"),
        ("[", "guides/x.toml"),
    ):
        with pytest.raises(BrokenKnowledge, match=place):
            guides_from(text, "guides/x.toml")


def test_a_language_without_help_of_its_own_reads_as_english() -> None:
    assert load_guides("tlh") == load_guides("en")
