"""A signed visit leaves the record with who signed it, and comes back as signed elsewhere."""

import datetime as dt
import json
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.signing import State
from clinic_desktop.services.record import open_chart
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.signing import Pen, add_addendum, sign_visit
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.engine import record_engine
from clinic_desktop.storage.places import Places
from clinic_desktop.storage.vault import Vault
from tests.casefiles import whole_case
from tests.records import PASSPHRASE, connected_clinic
from tests.signers import past_the_locks
from tests.terminal import Terminal

ACT = Act("Anna Muster, PT", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))


def sign_first_visit(profile: Path) -> None:
    """Anna signs with the key of her own slot of the vault, and adds a line."""
    opened = FolderOfClinic(profile).unlock("anna", PASSPHRASE)
    with closing(opened.open_record()) as record:
        with record.begin() as work:
            pen = Pen(work.user(opened.user), opened.signer)
        stored = open_chart(record.begin, ACT, 1).visits[0]
        with record.begin() as work:
            answer = work.course_answers(1)[stored.id]
        sign_visit(record.begin, ACT, pen, stored.id, stored.visit, answer)
        found = add_addendum(record.begin, ACT, pen, stored.id, "Tested in shoes.")
        assert (found.state, found.addenda[-1].state) == (State.VALID, State.VALID)


def test_an_export_tells_who_signed_and_a_record_that_reads_it_says_elsewhere(
    terminal: Terminal,
) -> None:
    assert terminal.chart(whole_case()).status == 0
    sign_first_visit(terminal.profile)
    content = terminal.export(1)
    first, second = content["visits"]
    at = ACT.at.astimezone().isoformat()
    assert first["signature"] == {
        "valid": True,
        "name": "Anna Muster",
        "credentials": "PT",
        "at": at,
    }
    assert first["addenda"][-1] == {
        "at": at,
        "author": "Anna Muster, PT",
        "text": "Tested in shoes.",
    }
    assert "signature" not in second, "that one was signed elsewhere"
    content["patient"]["name"] = "Case B"
    assert terminal.chart(content).out == "2\n"
    with closing(connected_clinic(terminal.profile)) as record:
        course = open_chart(record.begin, ACT, 2)
        found = check_course(record.begin, course.id)
    assert [one.state for one in found.values()] == [State.ELSEWHERE, State.ELSEWHERE]
    assert "signature" not in terminal.export(2)["visits"][0]


def test_an_export_says_plainly_what_is_not_valid(terminal: Terminal) -> None:
    """In the file, and in one line beside it that names the place and no finding."""
    terminal.chart(whole_case())
    sign_first_visit(terminal.profile)
    vault = Vault(Places(terminal.profile).vault).unlock("anna", PASSPHRASE)
    with past_the_locks(record_engine(Places(terminal.profile).record(), vault.keys)) as raw:
        raw.execute(sa.text("UPDATE findings SET value = '59' WHERE value = '58'"))
        raw.execute(sa.text("UPDATE addenda SET text = 'Barefoot.' WHERE text LIKE 'Tested%'"))
    out = terminal.folder / "exported.json"
    ended = terminal.run("export", "--patient", "1", "--out", out, *terminal.signs_in)
    assert ended.status == 0
    visit, addendum = ended.err.splitlines()
    assert visit.startswith("visits[0]: NOT VALID: signed by Anna Muster, PT, ")
    assert addendum.startswith("visits[0].addenda[1]: ")
    assert addendum.endswith("Anna Muster, PT (NOT VALID)")
    assert "59" not in visit
    assert json.loads(out.read_bytes())["visits"][0]["signature"]["valid"] is False


@pytest.mark.parametrize(
    ("signature", "fault"),
    [
        ({"name": "Anna Muster"}, "visits[0].signature.valid: is missing"),
        ({"valid": 1}, "visits[0].signature.valid"),
        ({"valid": True, "at": "soon"}, "visits[0].signature.at"),
        ({"valid": True, "key": "x"}, "visits[0].signature"),
    ],
)
def test_a_signature_in_a_file_is_read_with_care(
    terminal: Terminal, signature: object, fault: str
) -> None:
    content = whole_case()
    content["visits"][0]["signature"] = signature
    ended = terminal.chart(content)
    assert ended.status == 2
    assert ended.err.startswith(fault)
