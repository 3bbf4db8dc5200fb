"""The few signs that tell whether things go the right way: last time beside today."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.words.translation import _
from ui.viewmodels.reading import shown_number, unit_words
from ui.viewmodels.visit import VisitViewModel


@dataclass(frozen=True, slots=True)
class KeySign:
    """One sign, last time and today, as text; empty where it was not charted."""

    label: str
    before: str
    now: str
    unit: str


def key_signs(model: VisitViewModel) -> tuple[KeySign, ...]:
    """The signs that have a value today or had one before."""
    found = (_sign(model, key, label) for key, label in _keys(model))
    return tuple(sign for sign in found if sign.before or sign.now)


def _keys(model: VisitViewModel) -> tuple[tuple[Key, str], ...]:
    side = Side.LEFT if model.painful_side() == "left" else Side.RIGHT
    leg = {Side.RIGHT: _("SLR right"), Side.LEFT: _("SLR left")}[side]
    return (
        (Key("slr.angle", side), leg),
        (Key("outcome.nprs_running"), _("pain on running")),
        (Key("outcome.sitting_minutes"), _("sitting")),
        (Key("outcome.pain_free_run"), _("pain-free run")),
    )


def _sign(model: VisitViewModel, key: Key, label: str) -> KeySign:
    before, now = model.last_time(key), model.value(key)
    spec = model.catalogue.spec(key.finding)
    return KeySign(
        label,
        "" if before is None else shown_number(spec, before),
        "" if now is None else shown_number(spec, now),
        unit_words(spec),
    )
