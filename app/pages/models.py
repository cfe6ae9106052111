"""ModelsPage: which models there are, which are here, and how more of them come."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import figures, icons
from app.colours import colours_of
from app.library import Arrival, Shelf
from app.views.column import Column
from app.views.menu_button import MenuButton
from app.views.model_view import ModelView
from app.views.page_head import PageHead
from core.library import Holding


class ModelsPage(QWidget):
    """A column of models in three groups: here, to be fetched, planned. Values in, wishes out."""

    looked = Signal()
    fetch_wished = Signal(str)
    pause_wished = Signal(str)
    cancel_wished = Signal(str)
    remove_wished = Signal(str, str)
    import_wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: dict[str, ModelView] = {}
        self._arrivals: dict[str, Arrival] = {}
        self._plans_shown = False
        self._shelf = Shelf()
        self._head = PageHead(self.tr("Models"), "")
        self._import = MenuButton(self.tr("Import"))
        self._import.setToolTip(self.tr("Add a model from a file, a folder or a USB stick"))
        self._menu = menu = QMenu(self._import)
        menu.addAction(self.tr("A weights file…")).triggered.connect(self._choose_file)
        menu.addAction(self.tr("A model's folder…")).triggered.connect(self._choose_folder)
        self._import.offer(menu)
        self._head.add(self._import)
        self._column = Column()
        self._plans = QPushButton()
        self._plans.setProperty("kind", "bare")
        self._plans.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._plans.clicked.connect(self._toggle_plans)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 12, 8)
        page.setSpacing(12)
        page.addWidget(self._head)
        page.addWidget(self._column, 1)
        self.show_shelf(self._shelf)
        self._dress()

    def show_shelf(self, shelf: Shelf) -> None:
        """The models there are."""
        self._shelf = shelf
        words = self.tr("What Paluku speaks with. Everything runs on this computer.")
        if shelf.free_bytes:
            words += " " + self.tr("{size} of disk are free.").format(size=figures.size(shelf.free_bytes))
        self._head.say(words)
        self._place()

    def show_arrival(self, id: str, arrival: Arrival | None) -> None:
        """How far a model is on its way."""
        if arrival is None:
            self._arrivals.pop(id, None)
        else:
            self._arrivals[id] = arrival
        if view := self._views.get(id):
            view.show_arrival(arrival)
        else:
            self._place()

    def showEvent(self, event: QEvent) -> None:
        self.looked.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _place(self) -> None:
        here = [h for h in self._shelf.holdings if h.installed]
        others = [h for h in self._shelf.holdings if h.state == "fetchable"]
        plans = [h for h in self._shelf.holdings if h.state == "plan"]
        self._views = {}
        self._column.clear(keep=self._plans)
        self._group(self.tr("On this computer"), here, self.tr("None yet. The mirror works without one."))
        for name in sorted(set(self._arrivals) - {h.id for h in self._shelf.holdings}):
            words = QLabel(self.tr("{name} is being imported").format(name=name))
            words.setProperty("kind", "quiet")
            self._column.add(words)
        self._group(self.tr("To be fetched"), others, "")
        if plans:
            self._plans.setText(self.tr("Plans: to be trained, or imported ({n})").format(n=len(plans)))
            self._column.add(self._plans)
            if self._plans_shown:
                self._add_views(plans)
        self._plans.setVisible(bool(plans))
        self._column.settle()

    def _group(self, title: str, holdings: list[Holding], nothing: str) -> None:
        if not holdings and not nothing:
            return
        name = QLabel(title)
        name.setProperty("kind", "section")
        self._column.add(name)
        if not holdings:
            words = QLabel(nothing)
            words.setProperty("kind", "quiet")
            self._column.add(words)
        self._add_views(holdings)

    def _add_views(self, holdings: list[Holding]) -> None:
        for holding in holdings:
            view = ModelView(holding, self._shelf.machine)
            view.fetch_wished.connect(self.fetch_wished)
            view.pause_wished.connect(self.pause_wished)
            view.cancel_wished.connect(self.cancel_wished)
            view.remove_wished.connect(self.remove_wished)
            view.show_arrival(self._arrivals.get(holding.id))
            self._views[holding.id] = view
            self._column.add(view)

    def _toggle_plans(self) -> None:
        self._plans_shown = not self._plans_shown
        self._place()
        self._dress()

    def _choose_file(self) -> None:
        kinds = self.tr("Weights") + " (*.safetensors *.pt *.pth *.bin)"
        path, _ = QFileDialog.getOpenFileName(self, self.tr("A weights file"), str(Path.home()), kinds)
        if path:
            self.import_wished.emit(path)

    def _choose_folder(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, self.tr("A model's folder"), str(Path.home())):
            self.import_wished.emit(path)

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        self._plans.setIcon(
            icons.icon("chevron-down" if self._plans_shown else "chevron-right", colours.quiet)
        )
