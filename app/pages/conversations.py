"""ConversationsPage: what was said before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.archive import OpenConversation
from app.views.conversation_list import ConversationList
from app.views.conversation_view import ConversationView
from app.views.empty_state import EmptyState
from app.views.page_head import PageHead
from app.views.saved_turns import SavedTurns
from app.views.switch import Switch
from core.history import ConversationRow

_SEARCH_REST_MS = 200


class ConversationsPage(QWidget):
    """A list beside the conversation that is open. Values in, wishes out."""

    looked = Signal()
    searched = Signal(str)
    chosen = Signal(int)
    renamed = Signal(int, str)
    deleted = Signal(int, str)
    export_wished = Signal(int, str)
    replay_wished = Signal(int, str)
    stop_wished = Signal()
    private_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened: int | None = None
        self._rows: tuple[ConversationRow, ...] = ()
        self._head = PageHead(self.tr("History"), "", over_column=False)
        self._private = Switch(self.tr("Private: keep nothing that is said"))
        self._private.clicked.connect(self.private_chosen)
        label = QLabel(self.tr("Private"))
        label.setBuddy(self._private)
        self._head.add(label)
        self._head.add(self._private)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search in what was said"))
        self._rest = QTimer(self, interval=_SEARCH_REST_MS, singleShot=True)
        self._rest.timeout.connect(lambda: self.searched.emit(self._search.text()))
        self._search.textChanged.connect(self._rest.start)
        self._list = ConversationList()
        self._list.chosen.connect(self.chosen)
        self._view = ConversationView()
        for mine, theirs in (
            (self.renamed, self._view.renamed),
            (self.deleted, self._view.deleted),
            (self.export_wished, self._view.export_wished),
            (self.replay_wished, self._view.replay_wished),
            (self.stop_wished, self._view.stop_wished),
        ):
            theirs.connect(mine)
        self._empty = EmptyState()
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        self._right.addWidget(self._view)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self._search)
        left.addWidget(self._list, 1)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self._left)
        both.addWidget(self._right, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 16, 12)
        page.setSpacing(12)
        page.addWidget(self._head)
        page.addLayout(both, 1)
        self.show_private(False)
        self.show_rows(())

    def show_rows(self, rows: tuple[ConversationRow, ...]) -> None:
        """The conversations that there are, or that were searched for."""
        self._rows = rows
        self._list.show_rows(rows, self._opened)
        self._left.setVisible(bool(rows or self._search.text()))
        if self._opened is None:
            self._show_nothing()

    def show_conversation(self, conversation: OpenConversation | None) -> None:
        """The one that is open."""
        self._opened = None if conversation is None else conversation.row.id
        if conversation is None:
            self._show_nothing()
        else:
            self._view.show_conversation(conversation)
            self._right.setCurrentWidget(self._view)

    @property
    def turns(self) -> SavedTurns:
        """What was said in the conversation that is open."""
        return self._view.turns

    def show_private(self, private: bool) -> None:
        self._private.setChecked(private)
        self._head.say(
            self.tr("Private is on: what is said now is not kept.")
            if private
            else self.tr("Kept on this computer only, until you delete it.")
        )

    def show_playing(self, playing: bool) -> None:
        self._view.show_playing(playing)

    def look_for(self) -> None:
        """Bring the cursor to the search."""
        self._search.setFocus()
        self._search.selectAll()

    def showEvent(self, event: QEvent) -> None:
        self.looked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(min(300, max(190, round(self.width() * 0.32))))

    def _show_nothing(self) -> None:
        if self._rows:
            words = self.tr("Choose a conversation to read it or to hear it again.")
            self._empty.show_state("history", "", words)
        elif self._search.text():
            self._empty.show_state("search", self.tr("Nothing found"), self.tr("Nobody said that."))
        else:
            words = self.tr("What you talk about is listed here, with its sound.")
            self._empty.show_state("history", self.tr("No conversation yet"), words)
        self._right.setCurrentWidget(self._empty)
