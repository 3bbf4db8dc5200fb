"""Scenes before the record: the first start, signing in, the lock; and the home page."""

from __future__ import annotations

from typing import Final

from tests.records import PASSPHRASE

from .scene import Scene, into
from .stage import Stage

SCENES: Final[list[Scene]] = []
scene = into(SCENES)


@scene("first-start", "First start: the clinic is made", accepted=True)
def first_start(stage: Stage) -> None:
    stage.takes_clinic_away()
    stage.arrives()


@scene("first-start-refused", "First start, two passphrases that differ")
def first_start_refused(stage: Stage) -> None:
    stage.takes_clinic_away()
    stage.arrives()
    for line, text in (
        ("clinic_name", "Riverside Running Clinic"),
        ("user_name", "Anna Muster"),
        ("new_passphrase", PASSPHRASE),
        ("new_passphrase_again", PASSPHRASE[:-1]),
    ):
        stage.enters(line, text)
    stage.hand.press("Return")


@scene("sign-in", "Signing in", accepted=True)
def sign_in(stage: Stage) -> None:
    stage.arrives()


@scene("sign-in-wrong", "Signing in, a wrong passphrase")
def sign_in_wrong(stage: Stage) -> None:
    stage.signs_in("not her passphrase")


@scene("locked", "Locked: nothing of a patient is in sight")
def locked(stage: Stage) -> None:
    stage.opens("case_a")
    stage.hand.press("Ctrl+L")


@scene("recovery", "A forgotten passphrase")
def recovery(stage: Stage) -> None:
    stage.arrives()
    stage.hand.click(stage.widget("forgotten"))


@scene("home", "Home", accepted=True)
def home(stage: Stage) -> None:
    stage.signs_in()


@scene("home-empty", "Home in a new clinic: nobody entered yet")
def home_empty(stage: Stage) -> None:
    stage.takes_clinic_away()
    stage.arrives()
    for line, text in (
        ("clinic_name", "Riverside Running Clinic"),
        ("user_name", "Anna Muster"),
        ("new_passphrase", PASSPHRASE),
        ("new_passphrase_again", PASSPHRASE),
    ):
        stage.enters(line, text)
    stage.hand.press("Return")


@scene("home-search", "Home, a search with two names that are easily mixed up", accepted=True)
def home_search(stage: Stage) -> None:
    stage.signs_in()
    stage.hand.types("mar")


@scene("home-nobody", "Home, a search that finds nobody")
def home_nobody(stage: Stage) -> None:
    stage.signs_in()
    stage.hand.types("quetzal")


@scene("new-patient", "A new patient")
def new_patient(stage: Stage) -> None:
    stage.signs_in()
    stage.hand.press("Ctrl+N")


@scene("new-patient-error", "A new patient, a birth date that is none", accepted=True)
def new_patient_error(stage: Stage) -> None:
    stage.signs_in()
    stage.hand.press("Ctrl+N")
    stage.hand.types("MARDEN, Ella")
    stage.hand.press("Return")
    stage.hand.types("31-Feb-1990")
    stage.hand.press("Return")
