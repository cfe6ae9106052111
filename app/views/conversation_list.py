"""ConversationList: the names of what was said before, the newest first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app import figures
from app.colours import colours_of
from core.history import ConversationRow

_TITLE, _WHEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole + 1
_ID = Qt.ItemDataRole.UserRole


class ConversationList(QListWidget):
    """A list of titles, each over its date; of which one is open."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Conversations"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setSpacing(1)
        self.setItemDelegate(_TwoLines(self))
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._tell)

    def show_rows(self, rows: tuple[ConversationRow, ...], opened: int | None) -> None:
        """These, and which of them is open."""
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.title or self.tr("Without words"))
            item.setData(_ID, row.id)
            item.setData(_WHEN, figures.day(row.started))
            item.setToolTip(row.title)
            self.addItem(item)
            if row.id == opened:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ID))


class _TwoLines(QStyledItemDelegate):
    """How a conversation is drawn in the list: its title, and under it quietly when it was."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, round(option.fontMetrics.height() * 2.1) + 14)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = colours_of(QGuiApplication.palette())  # the view's own has no ground
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QColor(colours.accent) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.tint if chosen else colours.raised))
            painter.drawRoundedRect(box, 8, 8)
        inside = box.adjusted(10, 6, -8, -6)
        title, when = QFont(option.font), QFont(option.font)
        title.setBold(chosen)
        when.setPointSizeF(option.font.pointSizeF() * 0.86)
        painter.setFont(title)
        painter.setPen(QColor(colours.text))
        words = painter.fontMetrics().elidedText(
            str(index.data(_TITLE)), Qt.TextElideMode.ElideRight, int(inside.width())
        )
        # by their base lines: Indian letters have higher lines than Latin ones
        painter.drawText(QPointF(inside.left(), inside.top() + painter.fontMetrics().ascent()), words)
        painter.setFont(when)
        painter.setPen(QColor(colours.quiet))
        foot = inside.bottom() - painter.fontMetrics().descent()
        painter.drawText(QPointF(inside.left(), foot), str(index.data(_WHEN)))
        painter.restore()
