"""Whatever is typed into whatever field: the paper says it as typed, or refuses and names where."""

from __future__ import annotations

import datetime as dt
import io
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise

import pypdf
import pytest

from clinic_desktop.domain.courses import Closing, CourseFacts
from clinic_desktop.domain.documents import Clinic
from clinic_desktop.domain.errors import ChartError, UnprintableText
from clinic_desktop.domain.texts import composed, unfit_in_text
from clinic_desktop.domain.values import Key, Kind
from clinic_desktop.domain.visits import (
    Activity,
    Addendum,
    Case,
    Decision,
    FlagResolution,
    Patient,
    PlanChoice,
    Retest,
    Visit,
)
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from clinic_desktop.services.knowledge.retest_bands import load_bands
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.handouts import make_handout
from clinic_desktop.services.papers.letters import make_referral_letter
from clinic_desktop.services.papers.parts import PaperSource
from clinic_desktop.services.papers.visit_notes import make_visit_note
from reports.handout import render_handout
from reports.papers import render_paper
from reports.text import checked
from tests.handout_contents import a_suggestion

CATALOGUE = load_catalogue()
STORIES = tuple(
    spec
    for spec in CATALOGUE.findings.values()
    if spec.kind is Kind.TEXT and spec.id != "plan.next_visit"
)
"""Free texts of the catalogue; the next visit is one in form only, and takes a day."""
DAY = dt.date(2026, 11, 19)
PAPERS = ("sheet", "note", "report", "letter")
FIELDS = (
    *("name", "clinic", "phone", "address", "clinician", "course reason", "goal", "closing note"),
    *("remark", "retest note", "retest dose", "dose", "words", "resolved", "activity", "decision"),
    *("author", "addendum", "recipient", "letter reason", "told"),
    *(f"{spec.id}{n}" for spec in STORIES for n, _ in enumerate(spec.keys)),
)
"""Every text that somebody types and that may come onto a paper."""

MARKUP = (
    "A<B", "R&D", "&#0;", "&#65;", "&amp;", "&lt;b&gt;", "<b", "<b>bold</b>", "</para>", "<br/>",
    "<img src='/etc/passwd'/>", "<img src=x.png>", "<a href='http://a.example'>a</a>", "<para>",
    "<font color=[[[getattr(pow,Word('__globals__'))['os'].system('id')]]]>", "<!--", "]]>", "{",
    "{phone}", "{0}", "{title}", "%s %(x)d", "%", "(", ")", "\\", "\\)", "(((", "\\101", "'; DROP",
    "<< /Type /Action >>", "endstream", "%%EOF", "BT (x) Tj ET", "=1+1", "@SUM(A1)", "-5 deg", "+",
    "$HOME", "`id`", "../../x", "C:\\x", "“quoted”", "it’s", "5–10", "½ × 3", "20 °", "µ",
    "Łukasz Świątek", "José Núñez", "Åse Ørsted", "Çelik", "Ñ", "ß", "Ÿ", "Dvořák", "Ő", "ș",
    "re\u0301sume\u0301", "a\u00adb", "so\u200bft", "a\u200db", "a\u00a0b", "a\u2009b", "1\u20112",
)  # fmt: skip
FOREIGN = (
    "\N{GRINNING FACE}", "患者", "Ελλάδα", "Иван", "مريم", "עברית", "ไทย", "→", "≥ 5", "☑",
    "\u202eabc", "x\u2066y\u2069", "\x07", "\x00", "\x1b[31m", "\ufffd", "\ue000", "\uffff",
    "\U0001f1e6", "🏃‍♀️", "1\ufe0f\u20e3", "Ⅳ", "ﬁ", "①", "\U0001d400",
)  # fmt: skip
"""Much of it has no shape in the typeface."""


def hostile(count: int) -> Iterator[str]:
    """So many texts of every bad sort, the same at every run."""
    chance = random.Random(2_000)
    letters = "abc XYZ <>&;\"'\\/()[]{}%#@=+-*_|~^`!?.,:0123456789éüñçøłžő½×°–’"
    for number in range(count):
        parts = [chance.choice(MARKUP)]
        if number % 3:
            parts += ["".join(chance.choices(letters, k=chance.randrange(1, 30)))]
        if number % 7 == 0:
            parts += [chance.choice(MARKUP)]
        if number % 11 == 0:
            parts += [chance.choice(FOREIGN)]
        if number % 13 == 0:
            parts += ["W" * chance.randrange(40, 200)]
        text = chance.choice((" ", "\n", "", "\t")).join(parts)
        yield f"x{text}x" if not text.strip() else text


def paper(kind: str, typed: Mapping[str, str]) -> bytes:
    """The paper of a course in which these texts were typed. Raises ChartError."""
    clinic = Clinic(typed["clinic"], typed["phone"], typed["address"], "999")
    case = course(typed)
    suggestion = a_suggestion()
    if kind == "sheet":
        library = load_plan_library()
        content = make_handout(case, suggestion, library, clinic, typed["clinician"], 17)
        return render_handout(content, "a4")
    source = PaperSource(
        CATALOGUE,
        load_catalogue_text(),
        load_plan_library(),
        load_bands(),
        clinic,
        typed["clinician"],
        17,
    )
    if kind == "note":
        return render_paper(make_visit_note(case, suggestion, source), "a4")
    if kind == "report":
        return render_paper(make_course_report(case, suggestion, source), "a4")
    reason, told, to = typed["letter reason"], typed["told"], typed["recipient"]
    letter = make_referral_letter(case, suggestion, source, None, reason, told, to)
    return render_paper(letter, "letter")


def course(typed: Mapping[str, str]) -> Case:
    """A visit in which each text is typed into its field."""
    findings: dict[Key, object] = {Key("complaint.side"): "right"}
    for spec in STORIES:
        for number, key in enumerate(spec.keys):
            findings[key] = typed[f"{spec.id}{number}"]
    visit = Visit(
        DAY,
        findings,  # type: ignore[arg-type]
        retests=(
            Retest(
                "other", "slump.result", next(iter(CATALOGUE.spec("slump.result").keys)).side,
                verdict="better", note=typed["retest note"], dose=typed["retest dose"],
            ),
        ),
        plan=(PlanChoice("slider_seated", typed["dose"], words=typed["words"]),),
        resolved_flags=(FlagResolution("cancer", typed["resolved"]),),
        notes_on={"slump.result": typed["remark"]},
        psfs=(Activity(typed["activity"], 4),),
        decision=Decision("pattern_1", False, typed["decision"]),
        addenda=(Addendum("2026-11-20T10:00:00Z", typed["author"], typed["addendum"]),),
        signed=True,
    )  # fmt: skip
    closing = Closing(DAY, "other", typed["closing note"])
    facts = CourseFacts(reason=typed["course reason"], goal=typed["goal"], closing=closing)
    return Case(Patient(typed["name"]), (visit,), facts)


def ink(text: str) -> str:
    """What of a text leaves ink: no blanks, nothing without a shape, one hyphen for all kinds."""
    plain = composed(text).replace("\u2010", "-").replace("\u2011", "-")
    drawn = (c for c in plain if unicodedata.category(c) not in {"Cf", "Cc", "Zs", "Zl", "Zp"})
    return "".join("".join(drawn).split())


LONG = 30
"""Letters of a text that may be parted over two pages."""


class Words(tuple[str, ...]):
    """The ink of each page."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        """Whether a text stands on a page, or begins at the foot of one and goes on on the next."""
        said = ink(str(text))
        if len(said) < LONG:
            return any(said in page for page in self)
        return any(said in page for page in self) or any(
            said[:cut] in here and said[cut:] in following
            for here, following in pairwise(self)
            for cut in range(1, len(said))
        )


def read_back(content: bytes) -> tuple[Words, pypdf.PdfReader]:
    """The ink of all pages, and the file."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return Words(ink(page.extract_text()) for page in reader.pages), reader


def plain_texts() -> dict[str, str]:
    """A text in each field that stands nowhere else."""
    return {field: f"Qz{number}zQ" for number, field in enumerate(FIELDS)}


@cache
def printed_on(kind: str) -> tuple[str, ...]:
    """The fields whose text a paper prints."""
    words, _ = read_back(paper(kind, plain_texts()))
    return tuple(field for field, text in plain_texts().items() if text in words)


def test_every_field_comes_onto_some_paper() -> None:
    """Or the test below would try less than it says."""
    assert {field for kind in PAPERS for field in printed_on(kind)} == set(FIELDS)


def is_printable(text: str) -> bool:
    try:
        checked(text, "text")
    except UnprintableText:
        return False
    return True


@pytest.mark.parametrize("kind", PAPERS)
def test_what_is_typed_is_what_is_printed(
    kind: str, tries: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    """Read back from the file; nothing in it leads anywhere or runs."""
    texts = [text for text in hostile(tries(500, 10_000)) if is_printable(text)]
    fields, counted = printed_on(kind), 0
    at = 0
    while at < len(texts):
        typed = plain_texts()
        for field in fields:
            typed[field] = texts[at % len(texts)]
            at += 1
        words, reader = read_back(paper(kind, typed))
        for field in fields:
            assert typed[field] in words, (field, typed[field])
        counted += len(fields)
        for page in reader.pages:
            links = [n for n in page.get("/Annots", []) if "/Dest" not in n.get_object()]
            assert links == []
        assert not {"/OpenAction", "/AA", "/Names"} & set(dict(reader.root_object))
    record_property(f"hostile texts printed and read back, {kind}", counted)


@pytest.mark.parametrize("kind", PAPERS)
def test_what_cannot_be_printed_is_refused_and_the_place_is_named(
    kind: str, tries: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    """The refusal names the field and the characters, and never repeats the text."""
    texts = [text for text in hostile(tries(1_500, 20_000)) if not is_printable(text)]
    ended, fields = Counter[str](), printed_on(kind)
    for number, text in enumerate(texts):
        field = fields[number % len(fields)]
        with pytest.raises(ChartError) as refused:
            paper(kind, plain_texts() | {field: f"zebra {text}"})
        said = str(refused.value)
        assert "zebra" not in said
        place, _, _rest = said.partition(": cannot print ")
        assert place, said
        ended[place] += 1
    record_property(f"texts refused on paper, {kind}", dict(ended))
    assert sum(ended.values()) > 50


@pytest.mark.parametrize("text", FOREIGN)
def test_strange_signs_are_refused_by_name_or_have_ink(text: str) -> None:
    if is_printable(text):
        words, _ = read_back(paper("note", plain_texts() | {"remark": text}))
        assert text in words
    else:
        strangers = [c for c in text if unfit_in_text(c) or not is_printable(c)]
        with pytest.raises(UnprintableText) as refused:
            checked(text, "remark")
        assert set(refused.value.characters) <= set(strangers)


def test_a_direction_override_is_never_left_out_in_silence() -> None:
    """On screen a dose of 12 may have read 21: paper and screen must not differ unnoticed."""
    with pytest.raises(UnprintableText, match="RIGHT-TO-LEFT OVERRIDE"):
        paper("sheet", plain_texts() | {"dose": "\u202e21 times"})


@pytest.mark.parametrize("kind", PAPERS)
def test_the_files_own_data_hold_no_patient(kind: str) -> None:
    """Title, author and outline show in lists of files and in the reader's title bar."""
    name = "Quetzal Vantongeren"
    _, reader = read_back(paper(kind, plain_texts() | {"name": name}))
    said = str(dict(reader.metadata or {})) + str(reader.outline) + str(reader.xmp_metadata)
    assert "Quetzal" not in said
    assert "Vantongeren" not in said


def test_a_note_of_thirty_pages_says_all_of_it() -> None:
    """Eight remarks of the longest text there is, over as many pages as they need."""
    chance = random.Random(30)
    long = [
        " ".join(f"w{number}{chance.randrange(10**6)}" for number in range(1_900))[:20_000]
        for _ in STORIES
    ]
    typed = plain_texts()
    for spec, text in zip(STORIES, long, strict=True):
        for number, _key in enumerate(spec.keys):
            typed[f"{spec.id}{number}"] = text
    typed["remark"] = typed["addendum"] = long[0]
    content = paper("note", typed)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert len(reader.pages) >= 30
    words = " ".join(page.extract_text() for page in reader.pages).split()
    for text in long:
        assert set(text.split()[:-1]) <= set(words)
