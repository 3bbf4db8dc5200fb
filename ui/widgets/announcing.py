"""Has a listening screen reader say something at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, message: str, politely: bool = False) -> None:
    """Have a listening screen reader say something at once, for instance an error.

    `politely` waits until it has finished what it is saying.
    """
    # Only here: the entrance has nothing to announce yet, and stands sooner.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, message)
        manner = QAccessible.AnnouncementPoliteness
        event.setPoliteness(manner.Polite if politely else manner.Assertive)
        QAccessible.updateAccessibility(event)
