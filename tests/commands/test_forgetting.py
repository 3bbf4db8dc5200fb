"""Behind the lock no name stays in what is kept to draw papers faster."""

import datetime as dt
import gc
from pathlib import Path

from clinic_desktop.bootstrap import _DeskOpener
from clinic_desktop.domain.visits import Patient
from reports.text import Word
from tests.handout_contents import a_sheet
from tests.records import PASSPHRASE, make_clinic

NAME = "Zyxolotl"


def names_in_memory() -> int:
    """How many words made ready for paper hold the name."""
    gc.collect()
    return sum(isinstance(one, Word) and NAME in one.text for one in gc.get_objects())


def test_the_lock_lets_go_of_the_names_on_papers(tmp_path: Path) -> None:
    """They make the next sheet faster while she works, and are gone with the keys."""
    make_clinic(tmp_path)
    opener = _DeskOpener()
    session = opener.front_door(tmp_path).sign_in("anna", PASSPHRASE)
    desk = opener.desk_of(session, tmp_path)
    patient = Patient(f"Ana {NAME}", dt.date(1986, 5, 14))
    first = desk.render_handout(a_sheet("slider_seated", patient=patient), "a4")
    assert names_in_memory() > 0
    session.lock()
    assert names_in_memory() == 0
    assert desk.render_handout(a_sheet("slider_seated", patient=patient), "a4") == first
