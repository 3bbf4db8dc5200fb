"""Times a home-plan sheet beside a bare platypus page, same words and drawings: run it, it prints.

    python tests/benchmarks/handout.py [rounds]

Warm: medians of alternating rounds in one process. Cold: a new process each, import and first page.
"""

import gc
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from clinic_desktop.domain.figures.drawing import Drawing

COLD_ROUNDS = 7
GOAL = 1.2


@cache
def content(number: int) -> object:
    """The usual sheet: a pause, two exercises, changes; each for another patient."""
    from clinic_desktop.domain.visits import Patient
    from tests.handout_contents import a_sheet

    return a_sheet(
        "pause_stretching",
        "slider_seated",
        "glute_burn",
        earlier=["slider_seated", "tendon_massage"],
        patient=Patient(f"Case {number}", age=44),
    )


def sheet(number: int) -> bytes:
    """The project's sheet."""
    from reports.handout import render_handout

    return render_handout(content(number))  # type: ignore[arg-type]


@cache
def words(number: int) -> list[str]:
    """All that the sheet prints, line by line."""
    import pypdf

    page = pypdf.PdfReader(io.BytesIO(sheet(number))).pages[0]
    return [line for line in page.extract_text().splitlines() if line.strip()]


@cache
def drawings() -> list[tuple["Drawing", ...]]:
    """The drawings of the sheet, one exercise after the other."""
    items = content(0).items  # type: ignore[attr-defined]
    return [tuple(picture.drawing for picture in item.pictures) for item in items]


def bare(lines: list[str]) -> bytes:
    """The same words as plain platypus paragraphs in the same typeface, and the same drawings:
    no boxes, no signs, nothing that looks for the size at which all fits."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    if "Bare" not in pdfmetrics.getRegisteredFontNames():
        folder = files("fontpkg_atkinson_hyperlegible").joinpath("files")
        for name, face in (("Bare", "Regular"), ("BareBold", "Bold")):
            font = folder.joinpath(f"AtkinsonHyperlegible-{face}.ttf").read_bytes()
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(font)))
    styles = [
        ParagraphStyle(name, fontName=name, fontSize=9, leading=10.5)
        for name in ("Bare", "BareBold")
    ]
    buffer = io.BytesIO()
    flow: list[Flowable] = [
        Paragraph(line, styles[number % 4 == 0]) for number, line in enumerate(lines)
    ]
    from tests.figure_flowable import FigureFlowable

    flow += [
        FigureFlowable(drawing, 90, 110, beside=tuple(one for one in group if one is not drawing))
        for group in drawings()
        for drawing in group
    ]
    SimpleDocTemplate(buffer, pagesize=(595, 842), leftMargin=34, topMargin=34).build(flow)
    return buffer.getvalue()


def milliseconds(work: Callable[[], bytes]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def cold(which: str) -> float:
    """Import and first page in a new process, the interpreter's own start left out."""
    command = [sys.executable, __file__, "--cold", which, "\n".join(words(0))]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def cold_child(which: str, lines: list[str]) -> None:
    """What the new process does; content and drawings are ready for both."""
    drawings()
    gc.collect()
    work = (lambda: sheet(0)) if which == "sheet" else (lambda: bare(lines))
    print(milliseconds(work))


def main(rounds: int) -> None:
    """Measure both and print the two ratios."""
    for number in range(rounds):
        content(number)
        # Drawn for its words only: what is timed is a sheet that nobody has drawn before.
        words(rounds + number)
    bare(words(rounds))
    warm: dict[str, list[float]] = {"sheet": [], "bare": []}
    for number in range(rounds):
        lines = words(rounds + number)
        warm["sheet"].append(milliseconds(lambda: sheet(number)))  # noqa: B023
        warm["bare"].append(milliseconds(lambda: bare(lines)))  # noqa: B023
    new: dict[str, list[float]] = {which: [] for which in warm}
    for _ in range(COLD_ROUNDS):
        for which in new:
            new[which].append(cold(which))
    for name, times in (("warm", warm), ("cold", new)):
        ours, plain = statistics.median(times["sheet"]), statistics.median(times["bare"])
        print(
            f"{name}: sheet {ours:.1f} ms, bare platypus page {plain:.1f} ms, "
            f"ratio {ours / plain:.2f} (goal {GOAL})"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cold"]:
        cold_child(sys.argv[2], sys.argv[3].split("\n"))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 60)
