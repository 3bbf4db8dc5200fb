"""The shipped catalogue keeps its promises, and a broken one is refused with its place."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import resources
from clinic_desktop.domain.catalogue import FindingSpec, words_of
from clinic_desktop.domain.errors import BrokenKnowledge
from clinic_desktop.domain.values import Key, Kind, Side
from clinic_desktop.services.knowledge import catalogue_files
from clinic_desktop.services.knowledge.catalogue_files import (
    catalogue_from,
    catalogue_text_from,
    load_catalogue,
    load_catalogue_text,
)

CONTRACT = tomllib.loads(
    (Path(__file__).parents[1] / "golden" / "findings_contract.toml").read_text(encoding="utf-8")
)

# The window's tabs, Alt+1 to Alt+0.
STORY_TO_GLUTES = ["story", "screen", "nerves", "hamstring", "back", "glutes"]
SECTIONS = [*STORY_TO_GLUTES, "gait", "measures", "plan", "note"]


def promised(spec: FindingSpec) -> dict[str, Any]:
    """What a finding takes, written as the contract writes it."""
    written: dict[str, Any] = {"kind": str(spec.kind)}
    if spec.sides:
        written["sides"] = True
    if spec.kind in (Kind.CHOICE, Kind.SET):
        written["values"] = list(spec.choices)
    if spec.kind is Kind.NUMBER:
        written["unit"] = spec.unit
        written["range"] = [spec.low, spec.high]
    return written


# ---- what ships


@pytest.mark.parametrize("finding", CONTRACT)
def test_a_finding_that_others_rely_on_takes_what_was_promised(finding: str) -> None:
    """Kind, values in the order of their keys, unit, range and sides, to the letter."""
    assert promised(load_catalogue().spec(finding)) == CONTRACT[finding]


def test_the_contract_was_copied_whole() -> None:
    """163 findings were promised; an emptied copy would promise nothing."""
    assert len(CONTRACT) == 163


def test_the_tabs_stand_in_the_order_of_the_window() -> None:
    """Story first, note last, and something to chart in every one."""
    catalogue = load_catalogue()
    assert [section.id for section in catalogue.sections] == SECTIONS
    assert all(catalogue.in_section(name) for name in SECTIONS)


def test_the_screen_holds_every_red_flag_and_nothing_else() -> None:
    """A red-flag question that stood on another tab could be missed."""
    findings = load_catalogue().findings
    on_screen = {spec.id for spec in load_catalogue().in_section("screen")}
    assert on_screen == {name for name in findings if name.startswith("flag.")}


def test_every_red_flag_question_can_be_answered_no_by_its_group() -> None:
    """One deliberate key, "asked, all no", must be able to answer each question of a group."""
    assert all("no" in spec.choices for spec in load_catalogue().in_section("screen"))


def test_words_of_results_answers_and_grades_are_the_same_everywhere() -> None:
    """Nobody's "not tested" may be spelt in a way of its own."""
    for spec in load_catalogue().findings.values():
        if words_of(spec.kind):
            assert spec.choices == words_of(spec.kind)


def test_everything_about_findings_is_listed_in_form_order() -> None:
    """Tab by tab, heading by heading, right before left, with no gap."""
    catalogue = load_catalogue()
    in_form = [
        key
        for section in catalogue.sections
        for group in section.groups
        for finding in catalogue.groups[group].findings
        for key in catalogue.spec(finding).keys
    ]
    assert sorted(catalogue.order, key=catalogue.order.__getitem__) == in_form
    assert list(catalogue.order.values()) == list(range(len(in_form)))
    right, left = Key("slr.angle", Side.RIGHT), Key("slr.angle", Side.LEFT)
    assert catalogue.order[left] == catalogue.order[right] + 1
    assert list(catalogue.findings) == list(dict.fromkeys(key.finding for key in in_form))


def test_every_finding_says_where_it_comes_from() -> None:
    """A source, each part of it with its mark: article, seen, second-hand, textbook or proposal."""
    for spec in load_catalogue().findings.values():
        assert re.search(r"\[(A|S|S2|M|P)\]", spec.source), spec.id
        assert not re.search(r"\[(?!(A|S|S2|M|P)\])", spec.source), spec.id


def test_nobody_can_change_the_catalogue_that_all_share() -> None:
    """It is read once and handed to everyone."""
    shared: Any = load_catalogue().findings
    with pytest.raises(TypeError):
        shared["slr.result"] = None
    assert load_catalogue() is load_catalogue()


# ---- the words that ship


def test_labels_fit_their_column() -> None:
    """128 px of the form, about 20 letters; on the heading's line, label and hint share 560."""
    text = load_catalogue_text()
    assert [f.label for f in text.findings.values() if len(f.label) > 20] == []
    assert [g for g, t in text.groups.items() if len(t.label) + len(t.hint) > 84] == []
    assert [label for label in text.sections.values() if len(label) > 10] == []


def test_up_to_five_choices_fit_one_row_of_buttons() -> None:
    """204 px for all of them together: 28 letters, as measured in the window's own typeface."""
    text = load_catalogue_text()
    for spec in load_catalogue().findings.values():
        if spec.kind is Kind.CHOICE and len(spec.choices) <= 5:
            words = [text.choice(spec.id, word) for word in spec.choices]
            assert sum(map(len, words)) <= 28, (spec.id, words)


def test_two_choices_of_a_finding_never_look_alike() -> None:
    """Two buttons with one word would chart something else than was meant."""
    for name, finding in load_catalogue_text().findings.items():
        words = list(finding.choices.values())
        assert len(set(words)) == len(words), name


def test_no_two_findings_share_a_name() -> None:
    """In the panel and the palette the name stands alone: it must say which finding is meant."""
    names = [finding.name for finding in load_catalogue_text().findings.values()]
    assert len(set(names)) == len(names)


def test_labels_under_one_heading_differ() -> None:
    """Except for "began", which belongs to the line above it."""
    text = load_catalogue_text()
    for group in load_catalogue().groups.values():
        labels = [text.findings[finding].label for finding in group.findings]
        labels = [label for label in labels if label != "began"]
        assert len(set(labels)) == len(labels), group.id


def test_every_red_flag_can_be_asked_aloud() -> None:
    """Its name is a question to the patient."""
    text = load_catalogue_text()
    for spec in load_catalogue().in_section("screen"):
        assert text.findings[spec.id].name.endswith("?"), spec.id


def test_every_finding_says_how_it_is_done() -> None:
    """One to four short sentences beside the field, and no heading without its half line."""
    text = load_catalogue_text()
    for name, finding in text.findings.items():
        sentences = re.findall(r"[.?](?=\s|$)", finding.help)
        assert 1 <= len(sentences) <= 4, name
        assert 20 <= len(finding.help) <= 360, name
    assert all(group.hint for group in text.groups.values())


def test_a_figure_names_its_source() -> None:
    """A decimal in a help stands beside a year, or is marked as second-hand or as a proposal."""
    for name, finding in load_catalogue_text().findings.items():
        if re.search(r"\d\.\d", finding.help):
            assert re.search(r"[12]\d{3}\b|series of \d|second-hand|proposal", finding.help), name


def test_what_stands_in_no_study_says_so() -> None:
    """The mark closes the help, so that a review list can be drawn from it."""
    mark = "(textbook, not yet reviewed)."
    helps = {name: f.help for name, f in load_catalogue_text().findings.items()}
    assert [name for name, text in helps.items() if "textbook" in text and mark not in text] == []
    assert [name for name, text in helps.items() if mark in text and not text.endswith(mark)] == []
    for spec in load_catalogue().in_section("screen"):
        if spec.source == "textbook [M]":
            assert helps[spec.id].endswith(mark), spec.id


def test_no_screen_text_shows_a_percentage() -> None:
    """None is validated: the panel, and whatever explains it, does without."""
    text = load_catalogue_text()
    shown = [f"{f.label} {f.name} {f.help}" for f in text.findings.values()]
    assert [line for line in shown if "%" in line or "per cent" in line] == []


def test_a_language_that_does_not_ship_reads_as_english() -> None:
    """A form without words would be worse than an English one."""
    assert load_catalogue_text("tlh") == load_catalogue_text("en")
    assert load_catalogue_text("tlh").language == "en"


# ---- broken ones


SMALL = """
[[section]]
id = "nerves"
[[section]]
id = "back"
[[group]]
id = "spine"
section = "back"
[[group]]
id = "slr"
section = "nerves"
[finding."lumbar.flexion"]
group = "spine"
kind = "choice"
values = ["eases", "worsens"]
source = "Nobody 1999 [S]"
[finding."slr.angle"]
group = "slr"
kind = "number"
sides = true
unit = "deg"
range = [0, 130]
source = "Nobody 1999 [S]"
"""

WORDS = """
[section]
nerves = "Nerves"
back = "Back"
[group.slr]
label = "Straight leg raise"
[group.spine]
label = "Low back"
hint = "standing"
[finding."slr.angle"]
label = "first symptom"
name = "Straight leg raise, first symptom"
[finding."lumbar.flexion"]
label = "bending"
name = "Bending forward"
help = "Once."
choices = { eases = "eases", worsens = "worse" }
"""


def test_order_follows_tabs_and_headings_wherever_an_entry_stands() -> None:
    """Moving lines about in the file does not move fields about on the form."""
    catalogue = catalogue_from(SMALL, "small.toml")
    assert [str(key) for key in catalogue.order] == [
        "slr.angle@right",
        "slr.angle@left",
        "lumbar.flexion",
    ]
    assert catalogue.spec("slr.angle").section == "nerves"
    text = catalogue_text_from(WORDS, "words.toml", catalogue)
    assert text.choice("lumbar.flexion", "worsens") == "worse"
    assert text.groups["spine"].hint == "standing"
    assert text.findings["slr.angle"].help == ""


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('kind = "choice"', 'kind = "colour"', "finding lumbar.flexion.kind: .*'colour'"),
        ('kind = "choice"', "", "finding lumbar.flexion: .*`kind`"),
        ('group = "spine"', "", "finding lumbar.flexion: .*`group`"),
        ('group = "spine"', 'group = "knee"', 'finding lumbar.flexion: there is no group "knee"'),
        ('section = "back"', 'section = "knee"', 'group spine: there is no section "knee"'),
        (
            'values = ["eases", "worsens"]',
            "",
            "finding lumbar.flexion: the kind choice needs values",
        ),
        ('["eases", "worsens"]', "[]", "finding lumbar.flexion: the kind choice needs values"),
        ('"worsens"', '"eases"', 'finding lumbar.flexion: names the value "eases" twice'),
        ('"worsens"', '"Gets worse"', 'finding lumbar.flexion: "Gets worse" is no value'),
        ('"worsens"', "3", r"finding lumbar.flexion.values\[1\]: .*"),
        ("range = [0, 130]", "", "finding slr.angle: the kind number needs a range"),
        ("range = [0, 130]", "range = [0]", "finding slr.angle.range: .*"),
        ('unit = "deg"', "", "finding slr.angle: the kind number needs a unit"),
        ("[0, 130]", "[130, 0]", "finding slr.angle: its range runs from 130 down to 0"),
        ("[0, 130]", "[0, nan]", "finding slr.angle: its range has an end that is no number"),
        ("[0, 130]", "[0, inf]", "finding slr.angle: its range has an end that is no number"),
        ('kind = "number"', 'kind = "text"', "finding slr.angle: the kind text takes no range .*"),
        (
            'kind = "choice"',
            'kind = "answer"',
            "finding lumbar.flexion: the kind answer takes no values",
        ),
        ("sides = true", 'sides = "yes"', "finding slr.angle.sides: .*"),
        ("sides = true", "side = true", "finding slr.angle: .*`side`"),
        (
            'source = "Nobody 1999 [S]"\n[finding',
            'source = ""\n[finding',
            ".*flexion: has no source",
        ),
        ('[finding."slr.angle"]', '[finding."SLR"]', "finding SLR: is no id of the form .*"),
        (
            '[finding."slr.angle"]',
            '[finding."lumbar.flexion"]',
            r"line \d+, column \d+: .*'lumbar.flexion'.* twice",
        ),
        ('id = "slr"', 'id = "slr"\nfigure = "knee"', 'group slr: there is no figure "knee"'),
        (
            'kind = "choice"',
            'kind = "choice"\ntapped = true',
            "finding lumbar.flexion: the kind choice cannot be counted by tapping",
        ),
        ('id = "slr"', 'id = "spine"', "group spine: stands there twice"),
        ('id = "back"', 'id = "nerves"', "section nerves: stands there twice"),
        ('id = "back"', 'id = ""', "section: has an empty id"),
        ('group = "slr"', 'group = "spine"', "group slr: has no findings"),
        ("[[group]]", "[[heading]]", "heading: is not a part of a catalogue"),
        ("[[section]]", "[[section", r"line \d+, column \d+: .*"),
    ],
)
def test_a_broken_catalogue_is_refused_with_its_place(was: str, now: str, said: str) -> None:
    """File, place and reason in one line: whoever wrote the clinic's folder can put it right."""
    assert was in SMALL
    with pytest.raises(BrokenKnowledge) as refused:
        catalogue_from(SMALL.replace(was, now, 1), "small.toml")
    assert re.match(f"small.toml: {said}", str(refused.value)), str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('nerves = "Nerves"', "", "section nerves: has no text"),
        ('nerves = "Nerves"', 'nerves = " "', "section nerves: its label is empty"),
        ('nerves = "Nerves"', 'nerves = "N"\nknee = "K"', "section knee: .* no such section"),
        ("[group.slr]", "[group.knee]", "group knee: the catalogue has no such group"),
        ('label = "Low back"', "", "group spine: .*`label`"),
        ('"Low back"', '""', "group spine: its label is empty"),
        ('[finding."slr.angle"]', '[finding."slr.knee"]', "finding slr.knee: .*no such finding"),
        ('name = "Bending forward"', "", "finding lumbar.flexion: .*`name`"),
        ('name = "Bending forward"', 'name = ""', "finding lumbar.flexion: its name is empty"),
        ('worsens = "worse"', 'burns = "burns"', '.*flexion: has a text for "burns"'),
        (', worsens = "worse"', "", '.*flexion: has no text for the choice "worsens"'),
        ('worsens = "worse"', 'worsens = ""', '.*flexion: has no text for the choice "worsens"'),
        ('help = "Once."', 'helps = "Once."', "finding lumbar.flexion: .*`helps`"),
        (
            'label = "first symptom"',
            'label = "first"\nchoices = { "1" = "one" }',
            'finding slr.angle: has a text for "1"',
        ),
    ],
)
def test_broken_words_are_refused_with_their_place(was: str, now: str, said: str) -> None:
    """A finding without a name, or a button without a word, never reaches the form."""
    assert was in WORDS
    catalogue = catalogue_from(SMALL, "small.toml")
    with pytest.raises(BrokenKnowledge) as refused:
        catalogue_text_from(WORDS.replace(was, now, 1), "words.toml", catalogue)
    assert re.match(f"words.toml: {said}", str(refused.value)), str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_file_is_no_catalogue() -> None:
    """A form with nothing on it would look like an exam with nothing found."""
    with pytest.raises(BrokenKnowledge, match=r"^empty\.toml: section: there is none$"):
        catalogue_from("", "empty.toml")


def test_a_finding_without_words_is_named() -> None:
    """Nobody can chart what has no label."""
    catalogue = catalogue_from(SMALL, "small.toml")
    words = WORDS.replace('label = "first symptom"\n', "").replace(
        'name = "Straight leg raise, first symptom"\n', ""
    )
    with pytest.raises(BrokenKnowledge, match=r"words\.toml: finding slr\.angle: has no text"):
        catalogue_text_from(words.replace('[finding."slr.angle"]\n', ""), "words.toml", catalogue)


def test_a_file_that_is_gone_or_no_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation with holes says which file is missing, not how Python noticed."""

    def gone(name: str) -> str:
        raise FileNotFoundError(name)

    def scrambled(_name: str) -> str:
        return b"id = \xff".decode("utf-8")

    monkeypatch.setattr(resources, "text", gone)
    with pytest.raises(BrokenKnowledge, match=r"catalogue/findings\.toml: whole file: is not"):
        catalogue_files.load_catalogue.__wrapped__()
    with pytest.raises(BrokenKnowledge, match=r"catalogue/en\.toml: whole file: is not there"):
        catalogue_files.load_catalogue_text.__wrapped__("en")
    monkeypatch.setattr(resources, "text", scrambled)
    with pytest.raises(BrokenKnowledge, match=r"catalogue/findings\.toml: byte 5: is not UTF-8"):
        catalogue_files.load_catalogue.__wrapped__()
