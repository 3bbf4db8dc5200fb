"""Waits at the window as long as a busy machine may need; only what never comes is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker
from typing_extensions import override

NEVER_MS: Final = 60_000
"""What did not come by then does not come: no test that passes waits for this to be over."""


class PatientBot(QtBot):
    """A bot whose waits are as long wherever no test says otherwise; by itself it gives up after
    five seconds."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = NEVER_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(self, signal: Any, *, timeout: int = NEVER_MS, **more: Any) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **more)
