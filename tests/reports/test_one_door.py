"""Text reaches paper through one door: nothing else in reports draws a string."""

import ast
from collections.abc import Iterator
from pathlib import Path

import reports

FOLDER = Path(reports.__file__).parent
DRAWS = frozenset(
    {
        *("drawString", "drawCentredString", "drawRightString", "drawAlignedString", "drawText"),
        *("beginText", "textOut", "textLine", "textLines", "setFont", "setTextOrigin"),
        *("stringWidth", "addLiteral", "drawInlineImage", "linkURL", "linkRect", "acroForm"),
    }
)
NAMES = frozenset({"setTitle", "setAuthor", "setSubject", "setKeywords", "addOutlineEntry"})
MAY = {
    "text.py": DRAWS,
    "fonts.py": frozenset({"stringWidth"}),
    "page.py": NAMES,
    # Strokes and fills of figures, put together from numbers; their labels go through the door.
    "drawing.py": frozenset({"addLiteral"}),
}
"""Where such a method may be called."""
FROM_REPORTLAB = frozenset(
    {
        *("reportlab.lib.colors", "reportlab.lib.utils", "reportlab.pdfgen.canvas"),
        *("reportlab.pdfbase", "reportlab.pdfbase.ttfonts", "reportlab.pdfbase.pdfdoc"),
    }
)
"""Nothing of platypus, paragraphs or its own drawings of texts: those read markup."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(FOLDER.glob("**/*.py")):
        yield file.relative_to(FOLDER).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def test_only_the_door_draws_strings() -> None:
    found = [
        f"{name}:{node.lineno} {node.func.attr}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in DRAWS | NAMES
        and node.func.attr not in MAY.get(name, frozenset())
    ]
    assert found == []


def test_nothing_that_reads_markup_is_imported() -> None:
    found = []
    for name, tree in modules():
        for node in ast.walk(tree):
            sources = []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                sources = [node.module]
            elif isinstance(node, ast.Import):
                sources = [alias.name for alias in node.names]
            found += [
                f"{name}: {source}"
                for source in sources
                if source.split(".")[0] == "reportlab" and source not in FROM_REPORTLAB
            ]
    assert found == []
