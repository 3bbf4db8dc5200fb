"""The process dies while a letter is being typed: it is found at home when the program is back."""

import subprocess
import sys
from pathlib import Path

from clinic_desktop.services.letter_drafts import letters_begun
from tests.records import connected_clinic, make_clinic

TYPE_A_LETTER = """
import itertools, sys, time
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from clinic_desktop.bootstrap import main
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.catalogue_files import load_catalogue
from ui.main_window import MainWindow
from ui.typist import Typist

def type_on(*_):
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    hand = Typist(window, load_catalogue())
    hand.take_window()
    hand.fill_in_patient(Patient("Case A", sex="female"))
    hand.create_patient()
    hand.chart(Key("flag.saddle_numbness"), "yes")
    window.show_paper("letter")
    hand.types("St Anne's")
    hand.walk_to("letter_reason")
    signs = 0
    for word in itertools.count(1):
        for sign in f"{word} ":
            hand.types(sign)
            signs += 1
            now = time.monotonic()
            QTest.qWait(5)
            print(now, signs, flush=True)

QApplication.exec = type_on
sys.exit(main(sys.argv[1:]))
"""
A_SECOND = 1.0
LONG_ENOUGH = 2.5
"""Seconds of typing before the process is killed, so that some of it is older than a second."""


def test_a_letter_survives_the_process_that_it_was_typed_in(tmp_path: Path) -> None:
    """All but the last second of it, with what it is about and to whom; nobody had saved it."""
    signs_in = make_clinic(tmp_path / "profile")
    lines: list[tuple[float, int]] = []
    with subprocess.Popen(
        [sys.executable, "-c", TYPE_A_LETTER, *signs_in],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            moment, signs = line.split()
            lines.append((float(moment), int(signs)))
            if lines[-1][0] - lines[0][0] > LONG_ENOUGH:
                break
        child.kill()
    assert lines, "the window never came to typing"
    signs_kept = [signs for then, signs in lines if lines[-1][0] - then > A_SECOND][-1]

    database = connected_clinic(tmp_path / "profile")
    try:
        (begun,) = letters_begun(database.begin)
    finally:
        database.close()
    everything = "".join(f"{word} " for word in range(1, lines[-1][1] + 1))
    assert everything.startswith(begun.draft.reason), "nothing but what was typed, in its order"
    assert len(begun.draft.reason) >= signs_kept
    assert (begun.draft.flag, begun.draft.recipient) == ("cauda_equina", "St Anne's")
    assert begun.name == "Case A"
