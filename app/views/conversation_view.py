"""ConversationView: one saved conversation, with its name and what can be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import icons
from app.archive import OpenConversation
from app.colours import colours_of
from app.views.saved_turns import SavedTurns
from app.views.short_label import ShortLabel


class ConversationView(QWidget):
    """A title that can be changed, buttons to take the conversation out or away, and what was said."""

    renamed = Signal(int, str)
    deleted = Signal(int, str)
    export_wished = Signal(int, str)  # id, path
    replay_wished = Signal(int, str)
    stop_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: OpenConversation | None = None
        self._title = ShortLabel()
        self._title.setProperty("kind", "name")
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._edit = QLineEdit()
        self._edit.setAccessibleName(self.tr("Name of the conversation"))
        self._edit.editingFinished.connect(self._rename)
        self._edit.hide()
        self._rename_button = self._tool(self.tr("Rename"), self._begin_rename)
        self._export_button = self._tool(self.tr("Export"), None)
        self._export_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._export_button)
        for kind, label in (
            ("wav", self.tr("Sound (WAV)…")),
            ("flac", self.tr("Sound (FLAC)…")),
            ("srt", self.tr("Subtitles (SRT)…")),
            ("md", self.tr("A page (Markdown)…")),
            ("json", self.tr("For programs (JSON)…")),
        ):
            menu.addAction(label).triggered.connect(lambda _=False, kind=kind: self._export(kind))
        self._export_button.setMenu(menu)
        self._delete_button = self._tool(self.tr("Delete"), self._delete)
        self._turns = SavedTurns()
        self._turns.replay_wished.connect(self.replay_wished)
        self._turns.stop_wished.connect(self.stop_wished)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._edit, 1)
        for button in (self._rename_button, self._export_button, self._delete_button):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._turns, 1)
        self._dress()

    def show_conversation(self, conversation: OpenConversation) -> None:
        if self._shown is None or self._shown.row.id != conversation.row.id:
            self._end_rename()
        self._shown = conversation
        self._title.show_words(conversation.row.title or self.tr("Without words"))
        self._turns.show_conversation(conversation)

    @property
    def turns(self) -> SavedTurns:
        """What was said."""
        return self._turns

    def show_playing(self, playing: bool) -> None:
        self._turns.show_playing(playing)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _begin_rename(self) -> None:
        if self._shown is not None:
            self._edit.setText(self._shown.row.title)
            self._title.hide()
            self._edit.show()
            self._edit.setFocus()
            self._edit.selectAll()

    def _rename(self) -> None:
        if self._edit.isHidden() or self._shown is None:
            return
        title = self._edit.text().strip()
        self._end_rename()
        if title and title != self._shown.row.title:
            self.renamed.emit(self._shown.row.id, title)

    def _end_rename(self) -> None:
        self._edit.hide()
        self._title.show()

    def _delete(self) -> None:
        if self._shown is not None:
            self.deleted.emit(self._shown.row.id, self._shown.row.title or self.tr("Without words"))

    def _export(self, kind: str) -> None:
        if self._shown is None:
            return
        title = self._shown.row.title or "paluku"
        name = "".join(letter for letter in title if letter not in '\\/:*?"<>|').strip(". ")[:40] or "paluku"
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), str(Path.home() / f"{name}.{kind}"), f"*.{kind}"
        )
        if path:
            self.export_wished.emit(
                self._shown.row.id, path if path.endswith(f".{kind}") else f"{path}.{kind}"
            )

    def _tool(self, name: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "bare")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(20, 20))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if act is not None:
            button.clicked.connect(act)
        return button

    def _dress(self) -> None:
        colour = colours_of(self.palette()).text
        for button, name in (
            (self._rename_button, "rename"),
            (self._export_button, "export"),
            (self._delete_button, "remove"),
        ):
            button.setIcon(icons.icon(name, colour))
