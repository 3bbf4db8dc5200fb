"""The manual over the page: chapters at the left, the text beside them, as it lies in docs."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPalette, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

import resources
from clinic_desktop.services.words.translation import _, in_use
from ui.style import theme
from ui.typeface import BODY, TITLE, font
from ui.widgets.buttons import LINK_INSET, Button, Look
from ui.widgets.card import KeyCap
from ui.widgets.labels import Label
from ui.widgets.overlay import Overlay
from ui.widgets.scrolling import SlimScrollBar

PAGE: Final = "manual.md"
WIDTH, MARGIN, CHAPTERS = 940, 24, 232
"""Of the card, what stays free around it, and of the list of chapters, in px."""
ABOVE, BELOW = 3, 5
"""A paragraph, in px; headings have more above."""
CHAPTER_LEVEL: Final = 2


def manual_text() -> str:
    """The manual in the language in use; in English where there is none."""
    try:
        return resources.document(f"manual-{in_use()}.md").decode("utf-8")
    except FileNotFoundError:
        return resources.document(PAGE).decode("utf-8")


class ManualSheet(Overlay):
    """Read once when first opened; Esc puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("manual", parent)
        self.setAccessibleName(_("Manual"))
        self.page = _Page(self.card)
        self.page.show_text(manual_text())
        self.chapters = tuple(self._chapter(*found) for found in self.page.chapters())
        side = QVBoxLayout()
        side.setSpacing(2)
        for link in self.chapters:
            side.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(LINK_INSET, 0, 0, 0)
        head.addWidget(Label(_("Manual"), TITLE, bold=True, parent=self.card), 1)
        head.addWidget(KeyCap("Esc", _("back"), self.card))
        body = QHBoxLayout()
        body.setSpacing(16)
        list_of_chapters = QWidget(self.card)
        list_of_chapters.setFixedWidth(CHAPTERS)
        list_of_chapters.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        body.addWidget(list_of_chapters)
        body.addWidget(self.page, 1)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(24 - LINK_INSET, 16, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(body, 1)
        theme().changed.connect(self.page.dress)
        self.page.dress()

    def _chapter(self, words: str, position: int) -> Button:
        link = Button(words, Look.LINK, 26, self.card)
        link.clicked.connect(partial(self.page.show_from, position))
        return link

    @override
    def take_focus(self) -> None:
        self.page.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks in the manual alone."""
        stops: list[QWidget] = [self.page, *self.chapters]
        now = next((place for place, stop in enumerate(stops) if stop.hasFocus()), 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(now + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    @override
    def place_card(self) -> None:
        width = min(WIDTH, self.width() - 2 * MARGIN)
        self.card.setGeometry(
            (self.width() - width) // 2, MARGIN, width, self.height() - 2 * MARGIN
        )
        self.update()


class _Page(QTextBrowser):
    """The text with its pictures, each as wide as the page has room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("manual_text")
        self.setAccessibleName(_("Manual"))
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font(BODY))
        bar = SlimScrollBar(Qt.Orientation.Vertical, self)
        bar.setBackgroundRole(QPalette.ColorRole.Base)
        self.setVerticalScrollBar(bar)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )

    def show_text(self, text: str) -> None:
        """Show a page of Markdown, with room between its paragraphs."""
        self.setMarkdown(text)
        block = self.document().begin()
        while block.isValid():
            spaced, level = block.blockFormat(), block.blockFormat().headingLevel()
            spaced.setTopMargin(ABOVE + (13 if level else 0))
            spaced.setBottomMargin(BELOW)
            QTextCursor(block).setBlockFormat(spaced)
            block = block.next()

    def chapters(self) -> tuple[tuple[str, int], ...]:
        """The headings of the chapters, and where each begins."""
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == CHAPTER_LEVEL:
                found.append((block.text(), block.position()))
            block = block.next()
        return tuple(found)

    def show_from(self, position: int) -> None:
        """Bring a place of the text to the top, and give the text the keyboard."""
        bar = self.verticalScrollBar()
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        bar.setValue(bar.value() + self.cursorRect(cursor).top())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def dress(self) -> None:
        """Take the colours of the scheme that is shown."""
        shown, palette = theme().tokens, QPalette(self.palette())
        for role, color in (
            (QPalette.ColorRole.Base, shown.surface),
            (QPalette.ColorRole.Text, shown.ink),
            (QPalette.ColorRole.Link, shown.accent),
        ):
            palette.setColor(role, QColor(color))
        self.setPalette(palette)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if QTextDocument.ResourceType(kind) is not QTextDocument.ResourceType.ImageResource:
            return super().loadResource(kind, name)
        path = name.toString() if isinstance(name, QUrl) else name
        picture = QImage.fromData(resources.document(path))
        room = WIDTH - CHAPTERS - 90
        return picture.scaledToWidth(
            min(room, picture.width()), Qt.TransformationMode.SmoothTransformation
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys scroll; what does not stays in the manual all the same."""
        super().keyPressEvent(event)
        event.accept()
