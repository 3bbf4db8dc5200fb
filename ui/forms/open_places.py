"""Marks in a text what a phrase leaves to fill in, so that nobody takes it for charted."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from ui.style import theme

from .completing import open_spans


def mark_open_places(text: QPlainTextEdit) -> None:
    """Give each `{place}` another ground and a line beneath; nothing of the text changes."""
    spans = open_spans(text.toPlainText())
    if not spans and not text.extraSelections():
        return
    shown, marks = theme().tokens, []
    for start, end in spans:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(text.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(shown.caution_tint)
        look.setForeground(shown.caution)
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        look.setUnderlineColor(shown.caution)
        mark.cursor, mark.format = cursor, look
        marks.append(mark)
    text.setExtraSelections(marks)
