"""The looks of the window: scheme, palette, typeface, and the theme that painted widgets ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from .tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens
from .typeface import BODY, font


class Scheme(StrEnum):
    """Which colours to show; `SYSTEM` follows the desktop, also while the window is open.

    The names stand in the settings.
    """

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"


TOKENS: Final[Mapping[Scheme, Tokens]] = MappingProxyType(
    {
        Scheme.LIGHT: LIGHT,
        Scheme.DARK: DARK,
        Scheme.CONTRAST_LIGHT: CONTRAST_LIGHT,
        Scheme.CONTRAST_DARK: CONTRAST_DARK,
    }
)
"""What each scheme shows; `SYSTEM` is always one of these."""


FUSION: Final = ("-style", "fusion")


class Theme(QObject):
    """The tokens now in use. Painted widgets ask it in every paint: a switch rebuilds nothing."""

    changed = Signal()
    """The scheme has changed. (A changed palette repaints every widget by itself.)"""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = LIGHT

    @property
    def dark(self) -> bool:
        """Whether light stands on dark."""
        return self.tokens.dark

    def show_tokens(self, tokens: Tokens) -> None:
        """Use other colours from now on."""
        if tokens is not self.tokens:
            self.tokens = tokens
            self.changed.emit()


_theme = Theme()
_wanted = Scheme.SYSTEM
_followed: QApplication | None = None


def application(arguments: Sequence[str]) -> QApplication:
    """A new application, in the style that is the same on every system."""
    # Asked for in words: `setStyle` gives Python the style, and PySide then makes all 566 names
    # that Qt has about styles, before anything is painted.
    return QApplication([*arguments[:1], *FUSION])


def theme() -> Theme:
    """The window's theme."""
    return _theme


def scheme_of(app: QGuiApplication) -> Scheme:
    """What was asked for, else what the desktop says; what it does not say is light, and the usual
    contrast."""
    if _wanted is not Scheme.SYSTEM:
        return _wanted
    hints = app.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return Scheme.CONTRAST_DARK if dark else Scheme.CONTRAST_LIGHT
    return Scheme.DARK if dark else Scheme.LIGHT


def apply(app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
    """Dress the application in the window's style; may be called again for a live switch."""
    global _wanted, _followed
    _wanted = Scheme(scheme)
    if _followed is not app:
        _followed = app
        app.setFont(font(BODY))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: _dress(app))
        hints.accessibility().contrastPreferenceChanged.connect(lambda _contrast: _dress(app))
    _dress(app)


def _dress(app: QApplication) -> None:
    shown = TOKENS[scheme_of(app)]
    _theme.show_tokens(shown)
    app.setPalette(palette_of(shown))
    # Qt tells the widgets by itself only once the event loop runs; a picture may be taken before.
    told = QEvent(QEvent.Type.ApplicationPaletteChange)
    for widget in app.allWidgets():
        app.sendEvent(widget, told)
    tip = QPalette(app.palette())
    tip.setColor(QPalette.ColorRole.ToolTipBase, shown.tip)
    tip.setColor(QPalette.ColorRole.ToolTipText, shown.on_tip)
    QToolTip.setPalette(tip)
    QToolTip.setFont(font(BODY))


def palette_of(shown: Tokens) -> QPalette:
    """The tokens as Qt's own widgets know them."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, color in {
        role.Window: shown.ground, role.WindowText: shown.ink, role.Base: shown.surface,
        role.AlternateBase: shown.raised, role.Text: shown.ink, role.Button: shown.surface,
        role.ButtonText: shown.ink, role.BrightText: shown.danger, role.Highlight: shown.accent,
        role.HighlightedText: shown.on_accent, role.Accent: shown.accent, role.Link: shown.accent,
        role.LinkVisited: shown.accent, role.PlaceholderText: shown.grey,
        role.ToolTipBase: shown.tip, role.ToolTipText: shown.on_tip, role.Light: shown.surface,
        role.Midlight: shown.line, role.Mid: shown.line, role.Dark: shown.edge,
        role.Shadow: shown.edge,
    }.items():  # fmt: skip
        palette.setColor(name, color)
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, name, shown.disabled)
    for name in (role.Base, role.Button):
        palette.setColor(disabled, name, shown.raised)
    return palette
