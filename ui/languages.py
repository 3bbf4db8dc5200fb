"""The language of the window: the one that was chosen, else the computer's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from clinic_desktop.services.words.translation import ENGLISH, chosen, install

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator

_QT_TEXTS: Final[list[QTranslator]] = []
"""Of Qt's own menus and dialogs; one at most."""


def speak(wanted: str) -> None:
    """Use a language from now on: `system` or a code; what is on screen already stays as it is."""
    language = chosen(wanted, QLocale.system().uiLanguages())
    install(language)
    while _QT_TEXTS:
        QCoreApplication.removeTranslator(_QT_TEXTS.pop())
    if language != ENGLISH:
        from PySide6.QtCore import QLibraryInfo, QTranslator

        texts = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if texts.load(f"qtbase_{language}", folder):
            QCoreApplication.installTranslator(texts)
            _QT_TEXTS.append(texts)
