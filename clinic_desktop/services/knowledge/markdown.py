"""The rows of a rule set as a Markdown page: `docs/rules.md`."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_desktop.domain.review import PlanRow, RuleReview, RuleSection
from clinic_desktop.domain.rulebook import Origin


def review_as_markdown(review: RuleReview) -> str:
    """The whole page, ending with one new line."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: RuleReview) -> Iterator[str]:
    yield "# All rules and plan items, for review"
    yield ""
    yield f"Rule set {review.version}. Made by `clinic-desktop knowledge --markdown docs/rules.md`;"
    yield "do not edit it by hand. How to read and change a rule: [knowledge.md](knowledge.md)."
    yield ""
    yield f"Reviewed by a licensed therapist: {review.reviewed} of {review.rules}. Who reviews one"
    yield "writes `reviewed_by` and `reviewed_on` beside it. Resting on textbook memory, not yet"
    yield f"looked up: {len(review.textbook)}, listed at the end."
    for section in review.sections:
        yield from _section(section)
    yield ""
    yield "## Plan items"
    for item in review.plan:
        yield from _item(item)
    yield ""
    yield "## Resting on textbook memory"
    yield ""
    yield "Textbook, not yet reviewed: written from memory, to be looked up."
    yield ""
    yield "| id | what | source |"
    yield "| --- | --- | --- |"
    for row in review.textbook:
        yield _row(f"`{row.id}`", row.what, row.source)


def _section(section: RuleSection) -> Iterator[str]:
    yield ""
    yield f"## {section.title}"
    yield ""
    yield section.note
    yield ""
    yield "| id | says | when | source | mark | since | reviewed |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in section.rows:
        origin = row.origin
        yield _row(
            f"`{row.id}`",
            row.sentence,
            row.when,
            origin.source,
            origin.mark,
            origin.since,
            _review(origin),
        )


def _item(item: PlanRow) -> Iterator[str]:
    yield ""
    yield f"### {item.name} (`{item.id}`)"
    yield ""
    yield f"{item.kind}; {item.origin.mark}; since {item.origin.since}. Source:"
    yield f"{item.origin.source}. Reviewed: {_review(item.origin) or 'not yet'}."
    yield ""
    for label, words in item.lines:
        yield f"- {label}: {words}"


def _review(origin: Origin) -> str:
    return f"{origin.reviewed_by}, {origin.reviewed_on}" if origin.reviewed_by else ""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
