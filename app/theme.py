"""How the application looks: light or dark, and its letters."""

from __future__ import annotations

from PySide6.QtCore import QLoggingCategory, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.colours import DARK, LIGHT, Colours, palette_of
from app.places import assets
from app.settings import Appearance
from app.style_sheet import style_sheet

_POINTS = 10.5


class Theme(QObject):
    """The look of one running application; follows the system until told otherwise."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._appearance: Appearance = "system"
        self._text_size = 1.0
        self._shown: tuple[Colours, float] | None = None
        application.setStyle("Fusion")
        application.setFont(_letters())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        self._appearance = appearance
        schemes = {
            "light": Qt.ColorScheme.Light,
            "dark": Qt.ColorScheme.Dark,
            "system": Qt.ColorScheme.Unknown,
        }
        # also tells the window frame and the system's own dialogs
        QGuiApplication.styleHints().setColorScheme(schemes[appearance])
        self._apply()

    def enlarge(self, text_size: float) -> None:
        """Letters so many times as large as usual."""
        self._text_size = text_size
        self._apply()

    def _apply(self) -> None:
        colours = LIGHT
        if self._appearance == "dark":
            colours = DARK
        elif self._appearance == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            colours = DARK if dark else LIGHT
        if (colours, self._text_size) == self._shown:
            return
        self._shown = (colours, self._text_size)
        letters = self._application.font()
        letters.setPointSizeF(_POINTS * self._text_size)
        self._application.setFont(letters)
        self._application.setPalette(palette_of(colours))
        self._application.setStyleSheet(style_sheet(colours, self._text_size))
        self.changed.emit()


def _letters() -> QFont:
    """Noto, so that all scripts agree; a shipped file is used where the system has no such family.

    The Indian families are Noto's with lines as high above the middle as those of Noto Sans: beside Latin
    words on a button theirs would stand higher.
    """
    # Qt asks the first family for every script and complains when it must go on to the next: that is meant
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    have = set(QFontDatabase.families())
    wanted = {
        "Noto Sans": "NotoSans",
        "Paluku Telugu": "PalukuTelugu",
        "Paluku Devanagari": "PalukuDevanagari",
    }
    for family, stem in wanted.items():
        if family not in have:
            for weight in ("Regular", "Bold"):
                QFontDatabase.addApplicationFont(str(assets() / "fonts" / f"{stem}-{weight}.ttf"))
    font = QFont()
    font.setFamilies([*wanted, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()])
    font.setPointSizeF(_POINTS)
    return font
