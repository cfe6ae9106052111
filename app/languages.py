"""Languages: which language the window speaks. The words lie in assets/i18n, one file a language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from app.places import assets
from app.settings import LanguageChoice

TRANSLATED = ("te", "hi")
_COUNTRY = {"te": "te_IN", "hi": "hi_IN", "en": "en_GB"}


class Languages(QObject):
    """The language of one running application. Who made words before a change has to make them again."""

    changed = Signal()

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._system = QLocale.system()
        self._translator: QTranslator | None = None
        self.shown = "en"

    def choose(self, wished: LanguageChoice) -> None:
        """Speak this language, or that of the system as far as it is known."""
        name = self._system.name().split("_")[0] if wished == "system" else wished
        language = name if name in TRANSLATED else "en"
        if language == self.shown:
            return
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        if language in TRANSLATED:
            self._translator = QTranslator(self)
            self._translator.load(str(assets() / "i18n" / f"paluku_{language}.qm"))
            self._application.installTranslator(self._translator)
        self.shown = language
        QLocale.setDefault(QLocale(_COUNTRY[language]))
        self.changed.emit()
