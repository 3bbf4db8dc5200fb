"""Takes pictures of every window in every state, and lays them out on one contact sheet.

python3 dev.py pictures --out DIR                      all scenes: light in two sizes, other schemes
python3 dev.py pictures --out DIR --only home,visit-*  some scenes, by the names that --list shows
python3 dev.py pictures --out DIR --views light-1280x800 --language es
python3 dev.py pictures --out DIR --scale 2 --views light-1024x700,dark-2560x1440
python3 dev.py pictures --accept                       the pictures that the tests compare, anew

A file is called SCENE-SCHEME-WIDTHxHEIGHT.png (in another language than English
SCENE-es-SCHEME-...), the contact sheet contact-sheet.png.

To add a scene, write a function in one of the modules scenes_*.py beside this one:

    @scene("letters-many", "Home, many letters wait")
    def letters_many(stage: Stage) -> None:
        stage.signs_in()             # or stage.arrives(), or stage.opens("case_a", "nerves")
        stage.hand.press("F6")       # keys and clicks, as a therapist does them

A scene leaves the window in the state that is to be seen. Patients are those of clinic.py
(case_a, flagged, empty); the clock always shows Monday 23 March 2026, 10:42. With accepted=True
its picture is compared with an accepted one by tests/ui/test_pictures.py.
"""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler

from clinic_desktop.commands.terminal import say
from clinic_desktop.services.words.translation import ENGLISH, LANGUAGES, install
from ui import style

from . import accepted
from .all_scenes import SCENES, named
from .contact_sheet import write_contact_sheet
from .for_manual import write_pictures
from .scene import Scene
from .stage import Stage
from .taking import photographed, play_scenes, usual_views, view_named


def main(arguments: list[str]) -> int:
    """Take the pictures that were asked for; gives the exit status."""
    asked = _read(arguments)
    try:
        scenes = named(asked.only.split(",")) if asked.only else SCENES
    except KeyError as stranger:
        say(f"no scene is called {stranger.args[0]}; --list names them all")
        return 2
    if asked.list:
        for scene in scenes:
            say(f"{scene.name:28} {scene.caption}")
        return 0
    make_the_same_everywhere(asked.scale)
    install(asked.language)
    app = style.application(sys.argv)
    if asked.manual:
        for language in LANGUAGES:
            for file in write_pictures(language):
                say(str(file))
    elif asked.accept or asked.compared:
        keep_compared(scenes, accepted.FOLDER if asked.accept else Path(asked.out))
    else:
        take_pictures(scenes, asked)
    app.quit()
    return 0


def make_the_same_everywhere(scale: str = "1") -> None:
    """Before Qt starts: no screen, no desktop's scale, no place's time."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = scale
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    # The off-screen platform says of itself what it does not do, again and again.
    qInstallMessageHandler(lambda *_said: None)


def keep_compared(scenes: list[Scene], folder: Path) -> None:
    """Write the pictures that the tests compare; what no scene makes any more goes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = set(accepted.kept_pictures(scenes, folder))
    if scenes == SCENES:
        for file in set(folder.glob("*.png")) - written:
            file.unlink()
    say(f"{len(written)} pictures in {folder}")


def take_pictures(scenes: list[Scene], asked: Namespace) -> None:
    """Play the scenes, write their pictures and the contact sheet."""
    out = Path(asked.out)
    out.mkdir(parents=True, exist_ok=True)
    views = [view_named(name) for name in asked.views.split(",")] if asked.views else usual_views()
    language = "" if asked.language == ENGLISH else f"{asked.language}-"
    rows: list[tuple[str, Mapping[str, Path]]] = []

    def take(scene: Scene, stage: Stage) -> None:
        files = {}
        for view, image in photographed(stage, views):
            files[view.name] = out / f"{scene.name}-{language}{view.name}.png"
            if not image.save(str(files[view.name])):
                raise OSError(f"{files[view.name]} could not be written")
        rows.append((f"{scene.caption}  ({scene.name})", files))
        say(f"{scene.name}: {len(files)} pictures")

    play_scenes(scenes, take, views[0].scheme)
    sheet = out / "contact-sheet.png"
    write_contact_sheet(sheet, rows, [view.name for view in views])
    say(str(sheet))


def _read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(
        "dev.py pictures", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", default="pictures", help="folder for the pictures")
    parser.add_argument("--only", help="names of scenes, with commas between them")
    parser.add_argument("--views", help="as in light-1280x800, with commas between them")
    parser.add_argument("--language", default=ENGLISH, choices=LANGUAGES)
    parser.add_argument("--scale", default="1", help="of the screen: 1.5 has three dots for two")
    parser.add_argument("--manual", action="store_true", help="those of the manual, anew")
    parser.add_argument("--accept", action="store_true", help="keep what the tests compare, anew")
    parser.add_argument("--compared", action="store_true", help="the same, into --out")
    parser.add_argument("--list", action="store_true", help="name the scenes and stop")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
