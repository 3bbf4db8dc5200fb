"""A clinic's folder with exercises of its own: the guide's one, and one with pictures."""

from __future__ import annotations

import io
import random
import re
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from clinic_desktop.services.knowledge.catalogue_files import load_catalogue, load_catalogue_text
from clinic_desktop.services.knowledge.clinic_knowledge import load_knowledge
from clinic_desktop.services.knowledge.compiled import Knowledge
from clinic_desktop.services.knowledge.plan_files import load_plan_library
from reports.pictures import read_picture

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "knowledge.md"
BEGINNING = "The clinic's own rules are not in use, the shipped ones are: "
WALL, STEP = "clinic.wall_press", "clinic.step_down"
SPANISH = """
[items.clinic.wall_press]
name = "Talón contra la pared"
short = "Talón"
sides = { right = "pierna derecha", left = "pierna izquierda", both = "una pierna y luego la otra" }
purpose = "Mantiene fuerte el muslo por detrás"
dose = "Aguante 20 segundos, 5 veces. Una vez al día."
steps = [
  "Párese derecho, de espaldas a la pared, a un paso.",
  "Doble una rodilla. Empuje la pared con el talón.",
  "Aguante. Luego suelte despacio.",
]
feel = "trabajo parejo atrás del muslo."
ease_off = "empuje menos, o aguante menos."
more = "si es fácil 3 días, aguante 30 segundos."
stop = "si le da un calambre o el dolor pasa de 3."
"""
ITEM = '[clinic.step_down]\nkind = "load"\nsource = "Hillside team, May 2026"\nmark = "proposal"\n'
PICTURED = """pictures = [
  { file = "pictures/up.jpg", caption = "start", step = 1, shows = "right" },
  { file = "pictures/down.png", caption = "low", step = 2, shows = "right" },
]
"""
STEP_WORDS = """
[labels]
low = "Low"

[items.clinic.step_down]
name = "Slow step down"
short = "Step down"
purpose = "Makes your leg strong for hills"
dose = "8 times. Rest. 8 times more. On 3 days a week."
steps = ["Stand on a low step.", "Let one heel sink to the floor.", "Come up again."]
feel = "work at the front of your thigh."
ease_off = "use a lower step."
more = "if it is easy for 3 days, do 12 each time."
stop = "if your knee hurts more than 3."
"""


@cache
def example() -> dict[str, str]:
    """The guide's example: each file by its name within the folder."""
    blocks = re.findall(
        r"^```toml\n# knowledge/(\S+)\n(.*?)^```", GUIDE.read_text("utf-8"), re.M | re.S
    )
    return dict(blocks)


def write_example(folder: Path) -> Path:
    """The guide's exercise, and nothing else."""
    for name, text in example().items():
        put(folder, name, text)
    return folder


def write_both(folder: Path) -> Path:
    """The guide's exercise in both languages, and one with pictures and English words alone."""
    write_example(folder)
    put(folder, "items.toml", example()["items.toml"] + ITEM + PICTURED)
    put(folder, "plan-en.toml", example()["plan-en.toml"] + STEP_WORDS)
    put(folder, "plan-es.toml", SPANISH)
    put(folder, "pictures/up.jpg", a_photograph())
    put(folder, "pictures/down.png", a_line_drawing())
    return folder


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file of the folder; gives the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def loaded(folder: Path | None) -> Knowledge:
    """The rules with a folder's on top, pictures read as the program reads them."""
    return load_knowledge(load_catalogue(), load_catalogue_text(), folder, read_picture)


def faults(folder: Path) -> list[str]:
    """What is said of a folder; the shipped items go on all the same."""
    knowledge = loaded(folder)
    assert knowledge.library.items == load_plan_library().items
    assert knowledge.library_in("es") == load_plan_library("es")
    return [problem.removeprefix(BEGINNING).rstrip(".") for problem in knowledge.problems]


@cache
def a_photograph(width: int = 900, height: int = 600) -> bytes:
    """As a telephone takes it, lying on its side and full of what is nobody's business."""
    picture = Image.effect_noise((width, height), 40).convert("RGB")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, height // 2), fill=(200, 30, 30))
    told = Image.Exif()
    told[0x0112] = 6  # turned by a quarter
    told[0x010F] = "SecretPhone"
    told.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=told, comment=b"SecretPlace")
    return made.getvalue()


@cache
def a_line_drawing() -> bytes:
    """Black lines on nothing."""
    picture = Image.new("RGBA", (400, 600), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    dice = random.Random(4)
    for _ in range(12):
        pen.line([(dice.randrange(400), dice.randrange(600)) for _ in "ab"], (0, 0, 0, 255), 6)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
