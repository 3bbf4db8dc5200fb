"""How long a change waits for another process that is writing."""

from __future__ import annotations

from typing import Final

AT_A_WINDOW_MS: Final = 3000
"""Whoever sits there is told rather than kept waiting."""
OF_A_COMMAND_MS: Final = 60_000
"""Many that start at one moment write one after another."""
