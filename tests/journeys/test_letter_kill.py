"""The process dies while a letter is being typed: it is found at home when the program is back."""

import subprocess
import sys
from pathlib import Path

from clinic_desktop.services.papers.letter_drafts import letters_begun
from tests.records import connected_clinic, make_clinic

TYPE_A_LETTER = """
import itertools, sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from clinic_desktop.bootstrap import main
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from ui.papers.letter_keeping import LetterKeeper
from ui.main_window import MainWindow
from ui.demo.typist import Typist

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
    (keeper,) = window.findChildren(LetterKeeper)
    for word in itertools.count(1):
        for sign in f"{word} ":
            hand.types(sign)
            signs += 1
            QTest.qWait(5)
            print(signs, sum(len(one.reason) for one in keeper._keeping.stored), flush=True)

QApplication.exec = type_on
sys.exit(main(sys.argv[1:]))
"""
SAVES = 3
"""How many are acknowledged, while typing goes on, before the process is killed."""


def test_a_letter_survives_the_process_that_it_was_typed_in(tmp_path: Path) -> None:
    """What was acknowledged of it while it was typed without a pause, with what it is about and to
    whom; nobody had saved it."""
    signs_in = make_clinic(tmp_path / "profile")
    acknowledged, typed = [0], 0
    with subprocess.Popen(
        [sys.executable, "-c", TYPE_A_LETTER, *signs_in],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            typed, signs_kept = map(int, line.split())
            if signs_kept > acknowledged[-1]:
                acknowledged.append(signs_kept)
            if len(acknowledged) > SAVES:
                break
        child.kill()
        for line in child.stdout:  # what it typed and said before it was gone
            if line.endswith("\n"):
                typed, signs_kept = map(int, line.split())
    assert len(acknowledged) > SAVES, "the window never came to typing"

    database = connected_clinic(tmp_path / "profile")
    try:
        (begun,) = letters_begun(database.begin)
    finally:
        database.close()
    everything = "".join(f"{word} " for word in range(1, typed + 2))
    assert everything.startswith(begun.draft.reason), "nothing but what was typed, in its order"
    assert len(begun.draft.reason) >= signs_kept
    assert (begun.draft.flag, begun.draft.recipient) == ("cauda_equina", "St Anne's")
    assert begun.name == "Case A"
