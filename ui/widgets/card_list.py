"""Lists on the home page: as high as their rows, opened by Return or a click."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.style import theme
from ui.tokens import CLEAR

from .drawing import draw_ring
from .scrolling import SlimScrollBar
from .tips import tip_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
INSET = 16


class RowModel(QAbstractListModel):
    """Plain values as rows. What a row says aloud is `spoken` of its value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Any, ...] = ()

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show other rows; nothing happens where they are the same."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def add_rows(self, rows: tuple[Any, ...]) -> None:
        """Show more rows behind the others; what is chosen and in sight stays."""
        if rows:
            last = len(self.rows)
            self.beginInsertRows(QModelIndex(), last, last + len(rows) - 1)
            self.rows = (*self.rows, *rows)
            self.endInsertRows()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(getattr(row, "tip", "")) or None
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.rows[index.row()].can_open:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren


class RowDelegate(QStyledItemDelegate):
    """Paints a row's ground and the line above it; what stands on it is the subclass's."""

    height = 44

    def paint_row(self, painter: QPainter, box: QRect, row: Any) -> None:
        """Paint one row's words."""
        raise NotImplementedError

    def height_of(self, row: Any) -> int:
        """Height of a row in px."""
        return self.height

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.height_of(index.data(Qt.ItemDataRole.UserRole)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        shown = theme().tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.can_open and state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, shown.hover)
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), shown.accent)
        elif row.can_open and state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, shown.hover)
        if index.row():
            wide = option.widget.width() - 2 * INSET
            painter.fillRect(box.left() + INSET, box.top(), wide, 1, shown.line)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, QRectF(box).adjusted(4, 4, -4, -4), shown.accent)
        # The inset is wider than the bar: columns stand still when the list begins to scroll.
        box.setWidth(option.widget.width())
        self.paint_row(painter, box, row)
        painter.restore()


class CardList(QListView):
    """A list without a frame; as high as its rows, or scrolled where that is too much."""

    opened = Signal(object)
    """The row value that was opened."""

    def __init__(
        self, model: RowModel, delegate: RowDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._delegate = delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = SlimScrollBar(Qt.Orientation.Vertical, self)
        bar.setBackgroundRole(QPalette.ColorRole.Button)
        self.setVerticalScrollBar(bar)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, CLEAR)
        self.setPalette(palette)
        self.clicked.connect(self._open)
        model.modelReset.connect(self._fit)
        model.rowsInserted.connect(lambda *_where: self._fit())
        self._fit()

    @property
    def rows(self) -> tuple[Any, ...]:
        """The row values, top to bottom."""
        return self._rows.rows

    def _fit(self) -> None:
        self.setMaximumHeight(max(1, self.content_height()))
        self.updateGeometry()

    def content_height(self) -> int:
        """Height of all rows in px."""
        return sum(self._delegate.height_of(row) for row in self._rows.rows)

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self.content_height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(44, self.content_height()))

    def move_by(self, step: int) -> None:
        """Move the chosen row by one, past rows that cannot be opened."""
        place = self.currentIndex().row() if self.currentIndex().isValid() else -1
        place = place + step if place >= 0 or step > 0 else -1
        while 0 <= place < len(self._rows.rows):
            if self._rows.rows[place].can_open:
                self.setCurrentIndex(self._rows.index(place))
                return
            place += step

    def choose(self, place: int) -> None:
        """Choose a row by its place; nothing where there is none."""
        index = self._rows.index(place)
        self.setCurrentIndex(index)

    def open_current(self) -> bool:
        """Open the chosen row; False where none is chosen."""
        if not self.currentIndex().isValid():
            return False
        self._open(self.currentIndex())
        return True

    def _open(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if row is not None and row.can_open:
            self.opened.emit(row)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """By the keyboard: something is chosen, so that it shows where one is."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and not self._is_chosen():
            self.move_by(1)

    def _is_chosen(self) -> bool:
        at = self.currentIndex()
        return at.isValid() and bool(self._rows.rows[at.row()].can_open)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.open_current()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
