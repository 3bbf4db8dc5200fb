"""Of the gait section: the drawings to pick a finding by, and the cues to try as a retest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.knowledge.pose_files import figure, item_scenes, load_figure_words
from clinic_desktop.services.words.translation import _
from ui.tokens import LABEL_X, LEFT_X, RIGHT_X, RING, Tokens
from ui.typeface import BODY, CAPTION, baseline, font, text_width, wrapped
from ui.viewmodels.visit import VisitViewModel
from ui.widgets.buttons import Button
from ui.widgets.keys import CUE_KEYS, cue_words
from ui.widgets.tips import tip_text

from .pictures import HEIGHT, PictureChoice
from .rows import LABEL_WIDTH, Block
from .words import options_of, spoken_name

_CONDITIONS: Final = (Key("gait.speed"), Key("gait.slope"))
"""What stands with each finding of a run: where and how fast it was seen."""


class Pair(NamedTuple):
    """Two drawings of one finding: the choice each charts, and the drawing's id."""

    finding: str
    pictures: tuple[tuple[str, str], ...]


PAIRS: Final = {
    "landing": Pair("gait.overstride", (("none", "gait.land_under"), ("clear", "gait.land_ahead"))),
    "lean": Pair(
        "gait.trunk_lean", (("slight_forward", "gait.lean_forward"), ("backward", "gait.lean_back"))
    ),
}


class PictureBlock(QObject):
    """The pair of a group above its fields, for each side where the finding has sides."""

    moved = Signal()
    takes_rows = False

    def __init__(self, model: VisitViewModel, block: Block, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        pair = PAIRS[block.group.figure]
        self._spec = model.catalogue.spec(pair.finding)
        self.above_heads = not self._spec.sides
        self._top = 0
        self.choices = {key: self._choice(pair, key, parent) for key in self._spec.keys}
        model.changed.connect(self._on_changed)
        model.locked_changed.connect(self._on_locked)
        self._on_locked(model.locked)
        self._show()

    def _choice(self, pair: Pair, key: Key, parent: QWidget) -> PictureChoice:
        text = self._model.text
        captions = load_figure_words(text.language).labels
        scenes = {scene.id: scene for scene in item_scenes("gait")}
        pictures = tuple(
            (
                value,
                figure(scene, key.side or Side.RIGHT, text.language),
                captions[scenes[scene].caption],
            )
            for value, scene in pair.pictures
        )
        made = PictureChoice(options_of(self._spec, text), pictures, parent)
        made.setObjectName(f"{key}:pictures")
        made.setAccessibleName(_("{field}, by picture").format(field=spoken_name(key, text)))
        made.setAccessibleDescription(text.findings[key.finding].help)
        made.edited.connect(partial(self._model.record, key))
        made.same_requested.connect(partial(self._model.same, key))
        made.focus_changed.connect(partial(self._on_focus, key))
        return made

    def _on_focus(self, key: Key, arrived: bool) -> None:
        if arrived:
            self._model.focused.emit(key)
        else:
            self._model.end_step()

    def _on_changed(self) -> None:
        if self._model.touched & {*self.choices, *_CONDITIONS}:
            self._show()

    def _show(self) -> None:
        for key, choice in self.choices.items():
            choice.show_value(self._model.value(key))
            choice.show_last(self._model.last_time(key))
        self.moved.emit()

    def _on_locked(self, locked: bool) -> None:
        for choice in self.choices.values():
            choice.set_locked(locked)

    # ------------------------------------------------------------------ on the form
    def place(self, top: int) -> int:
        """Put the pictures side by side; gives where the fields begin."""
        self._top = top
        for key, choice in self.choices.items():
            x = LEFT_X if key.side is Side.LEFT else RIGHT_X
            choice.move(x - RING, top - RING)
        return top + HEIGHT + 8

    def paint(self, painter: QPainter, shown: Tokens) -> None:
        """What is picked, and at which speed and slope it was seen."""
        y = self._top + 14
        head, *seen = self.heard()
        lines = [(head, BODY, shown.ink2), *((words, CAPTION, shown.grey) for words in seen)]
        for words, size, ink in lines:
            for line in wrapped(words, LABEL_WIDTH, size):
                painter.setFont(font(size))
                painter.setPen(ink)
                painter.drawText(LABEL_X, round(y), line)
                y += 18

    def heard(self) -> tuple[str, ...]:
        """What is picked, and at which speed and slope it was seen."""
        label = self._model.text.findings[self._spec.id].label
        return (_("{finding}, as seen").format(finding=label), *self.seen_at)

    @property
    def seen_at(self) -> tuple[str, ...]:
        """Speed and slope at which it was seen, or that they are not charted."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[str]:
        text = self._model.text
        for key in _CONDITIONS:
            value = self._model.value(key)
            name = text.findings[key.finding].label
            said = text.choice(key.finding, value) if isinstance(value, str) else _("not charted")
            yield _("{what}: {value}").format(what=name, value=said)

    def chain(self) -> Iterator[QWidget]:
        """The pictures of right and left."""
        yield from self.choices.values()

    def reveal(self, key: Key) -> None:
        """Its fields are always in sight."""


class CueBlock(QObject):
    """One button a cue: run with it, then cadence and pain are taken again."""

    moved = Signal()
    takes_rows = False
    above_heads = True

    def __init__(self, model: VisitViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._top = 0
        self.buttons = [self._button(item, words, parent) for item, words in cue_words().items()]
        model.locked_changed.connect(self._on_locked)
        self._on_locked(model.locked)

    def _button(self, item: str, words: str, parent: QWidget) -> Button:
        made = Button(words, height=24, parent=parent)
        made.setObjectName(f"try:{item}")
        said = _("{cue}: run again with it, then take cadence and pain again").format(cue=words)
        made.setAccessibleName(said)
        made.setToolTip(tip_text(said, CUE_KEYS[item]))
        made.clicked.connect(partial(self._model.cue_asked.emit, item))
        return made

    def _on_locked(self, locked: bool) -> None:
        for button in self.buttons:
            button.setEnabled(not locked)

    def place(self, top: int) -> int:
        """Put the buttons in a row, each with its key behind it."""
        self._top = top
        x = RIGHT_X
        for button, key in zip(self.buttons, CUE_KEYS.values(), strict=True):
            button.setGeometry(
                x - RING, top - RING, button.sizeHint().width(), button.sizeHint().height()
            )
            x += button.sizeHint().width() - 2 * RING + 6
            x += round(text_width(key, CAPTION)) + 14
        return top + 24 + 8

    def paint(self, painter: QPainter, shown: Tokens) -> None:
        """The word before the buttons, and their keys."""
        base = self._top + baseline(24)
        painter.setFont(font(BODY))
        painter.setPen(shown.ink2)
        painter.drawText(LABEL_X, round(base), _("try a cue"))
        painter.setFont(font(CAPTION))
        painter.setPen(shown.grey)
        for button, key in zip(self.buttons, CUE_KEYS.values(), strict=True):
            painter.drawText(button.geometry().right() - RING + 6, round(base), key)

    def chain(self) -> Iterator[QWidget]:
        """The buttons."""
        yield from self.buttons

    def heard(self) -> tuple[str, ...]:
        """The word before the buttons, and their keys."""
        return (_("try a cue"), *CUE_KEYS.values())

    def reveal(self, key: Key) -> None:
        """It has no fields."""
