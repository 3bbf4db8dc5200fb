"""Who may do what: the very table that every check is made from."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from clinic_desktop.domain.access import Role
from clinic_desktop.services.access.access_words import access_table, role_name
from clinic_desktop.services.words.translation import _
from ui.style import theme
from ui.tokens import CARD_INSETS
from ui.typeface import TITLE
from ui.widgets.card import Card
from ui.widgets.labels import Label
from ui.widgets.marks import draw_tick


class RolesCard(Card):
    """A line for each thing that is done, a column for each role."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("roles")
        column = QVBoxLayout()
        column.setContentsMargins(*CARD_INSETS)
        column.setSpacing(8)
        column.addWidget(Label(_("Who may do what"), TITLE, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for place, role in enumerate(Role, 1):
            grid.addWidget(Label(role_name(role), tone="ink2"), 0, place, _CENTRED)
        for row, (what, allowed) in enumerate(access_table(), 1):
            grid.addWidget(Label(what), row, 0)
            for place, (role, may) in enumerate(zip(Role, allowed, strict=True), 1):
                mark = _Mark(may)
                said = _("{role} may") if may else _("{role} may not")
                mark.setAccessibleName(f"{what}: {said.format(role=role_name(role))}")
                grid.addWidget(mark, row, place, _CENTRED)
        column.addLayout(grid)
        note = _("Who looks after the clinic may also do what an administrator may.")
        column.addWidget(Label(note, tone="grey"))
        self.column.addLayout(column)


class _Mark(QWidget):
    """A drawn tick, or a dash."""

    def __init__(self, may: bool) -> None:
        super().__init__()
        self._may = may
        self.setFixedSize(16, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, middle = theme().tokens, QRectF(self.rect()).center()
        if self._may:
            draw_tick(painter, middle, shown.ink)
        else:
            painter.fillRect(QRect(5, self.height() // 2, 6, 1), shown.grey)


_CENTRED = Qt.AlignmentFlag.AlignHCenter
