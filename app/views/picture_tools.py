"""PictureTools: hold the spectrograms still, and choose how they look."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app import icons
from app.colours import colours_of
from app.settings import Picture

_RANGES_DB = (50, 70, 90)


class PictureTools(QWidget):
    """A button that holds still, and a menu of scales, ranges and colours. A Picture in, wishes out."""

    frozen = Signal(bool)
    chosen = Signal(str, object)  # a field of Picture, its value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[tuple[str, object], QAction] = {}
        self._freeze = self._tool(self.tr("Hold the spectrograms still (F)"))
        self._freeze.setCheckable(True)
        self._freeze.toggled.connect(self.frozen)
        self._options = self._tool(self.tr("How the spectrograms look"))
        self._options.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._options.setMenu(self._menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._freeze)
        row.addWidget(self._options)
        self._dress()

    def show_picture(self, picture: Picture) -> None:
        for name in ("scale", "range_db", "shades"):
            if action := self._actions.get((name, getattr(picture, name))):
                action.setChecked(True)

    def toggle_freeze(self) -> None:
        self._freeze.toggle()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for name, rows in (
            (
                "scale",
                (
                    (self.tr("Pitch as the ear hears it (mel)"), "mel"),
                    (self.tr("Pitch in even Hz"), "linear"),
                ),
            ),
            (
                "range_db",
                tuple((self.tr("From loud down {n} dB").format(n=n), n) for n in _RANGES_DB),
            ),
            (
                "shades",
                (
                    (self.tr("Colours of the window"), "theme"),
                    ("Viridis", "viridis"),
                    ("Magma", "magma"),
                    (self.tr("Grey"), "grey"),
                ),
            ),
        ):
            if menu.actions():
                menu.addSeparator()
            group = QActionGroup(self)
            for label, value in rows:
                action = QAction(label, self)
                action.setCheckable(True)
                menu.addAction(action)
                action.triggered.connect(
                    lambda _=False, name=name, value=value: self.chosen.emit(name, value)
                )
                group.addAction(action)
                self._actions[name, value] = action
        return menu

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "bare")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        self._freeze.setIcon(icons.icon("pause", colours.quiet))
        self._options.setIcon(icons.icon("settings", colours.quiet))
        for action in self._actions.values():  # a mark of the system's would be coarse on a fine screen
            action.setIcon(icons.tick(colours.accent, colours.on_accent))
