"""The visit under the therapist's hands as signals: one door in, one signal out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from clinic_desktop.domain.catalogue import Catalogue, CatalogueText, FindingSpec
from clinic_desktop.domain.errors import InvalidValue
from clinic_desktop.domain.pain import along_with, at_home, place_of
from clinic_desktop.domain.rulebook import RetestBand
from clinic_desktop.domain.suggestion import Suggestion
from clinic_desktop.domain.values import NO_INFORMATION, Key, Kind, Value, says_nothing
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services.knowledge.retest_bands import load_bands
from clinic_desktop.services.visit.editing import VisitEditor

from .reading import read_typed

_CAN_BE_NO = (Kind.ANSWER, Kind.CHOICE)
_UNASKED = frozenset({None, "not_asked"})


class VisitViewModel(QObject):
    """One visit on screen. Works as plain Python, without a window and without an application.

    Widgets write through `record` and its neighbours and read on `changed`, so nobody needs to know
    who caused a change.
    """

    changed = Signal()
    """Once after every change, whoever made it."""
    saved = Signal()
    """It became known whether the last change is in the record."""
    focused = Signal(object)
    """The Key of the input that has the keyboard, for the key line."""
    hinted = Signal(object)
    """A widget with keys of its own has the keyboard, or its keys mean something else now."""
    cue_asked = Signal(str)
    """A plan item: please take cadence and pain again with this cue."""
    go_to = Signal(object)
    """A Key: please show this field and give it the keyboard."""
    locked_changed = Signal(bool)
    sign_asked = Signal(object)
    """A Key: follow this sign from one treatment to the next, or no more."""

    def __init__(
        self,
        editor: VisitEditor,
        catalogue: Catalogue,
        text: CatalogueText,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.catalogue = catalogue
        self.text = text
        self._locked = bool(editor.visit.signed)
        self.bands: Callable[[], Mapping[str, RetestBand]] = load_bands
        """How far two values must differ to count, as the rules in use say."""
        self._repeated: set[Key] = set()
        self._told = editor.visit.findings
        self.touched: frozenset[Key] = frozenset()
        """The fields that differ from when `changed` was last told; worked out once for all."""
        editor.listener = self._on_editor_changed
        editor.saved_listener = self._on_saved

    def _on_saved(self) -> None:
        if isValid(self):  # its page may be gone by the time that the record answers
            self.saved.emit()

    def _on_editor_changed(self) -> None:
        before, now = self._told, self.editor.visit.findings
        gone = (key for key in before if key not in now)
        new = (key for key, value in now.items() if before.get(key) != value)
        self.touched = frozenset((*gone, *new))
        self._told = now
        self.changed.emit()

    # ------------------------------------------------------------------ what stands in the chart
    @property
    def visit(self) -> Visit:
        """The visit as it now stands."""
        return self.editor.visit

    @property
    def suggestion(self) -> Suggestion:
        """The panel's answer to it."""
        return self.editor.suggestion

    def value(self, key: Key) -> Value | None:
        """What is charted today; None is "not charted"."""
        return self.editor.visit.findings.get(key)

    def last_time(self, key: Key) -> Value | None:
        """What was charted at an earlier visit."""
        return self.editor.last_time(key)

    def is_repeated(self, key: Key) -> bool:
        """Whether today's value was charted as "the same as last time, tested again"."""
        return key in self._repeated and self.value(key) == self.last_time(key)

    @property
    def locked(self) -> bool:
        """Whether the visit can only be read."""
        return self._locked

    def set_locked(self, locked: bool) -> None:
        """Lock the visit (it is signed) or open it."""
        if locked != self._locked:
            self._locked = locked
            self.locked_changed.emit(locked)

    # ------------------------------------------------------------------ changes
    def record(self, key: Key, raw: object) -> str | None:
        """Chart what was typed or chosen; None or blank is "not charted".

        What cannot be read is not charted at all, and the text returned says why.
        """
        if self._locked:
            return None
        self._repeated.discard(key)
        try:
            value = read_typed(self.catalogue.spec(key.finding), raw)
        except InvalidValue as problem:
            # The typed text stays in its widget. An earlier value may not stand beside it as if it
            # were what the therapist found.
            self.editor.chart(key, None)
            return str(problem)
        also = along_with(self.visit.findings, key, value)
        self.editor.chart_all({key: value, **also}, merging=key)
        return None

    def same(self, key: Key) -> bool:
        """Chart what was found last time as found again today; False where there is nothing."""
        if self._locked or self.last_time(key) is None:
            return False
        self._repeated.add(key)
        last = self.last_time(key)
        again = self.value(key) == last
        also = along_with(self.visit.findings, key, last)
        self.editor.chart_all({key: last, **also}, merging=key)
        if again:
            # Nothing to chart, but the mark "tested again" is new.
            self.touched = frozenset({key})
            self.changed.emit()
        return True

    def same_all(self, keys: Iterable[Key]) -> bool:
        """Chart several fields as found again today, in one step; False where none has a value."""
        found = {key: last for key in keys if (last := self.last_time(key)) is not None}
        if self._locked or not found:
            return False
        self._repeated.update(found)
        before = self.visit
        self.editor.chart_all(at_home(before.findings, found))
        if self.visit is before:
            self.touched = frozenset(found)
            self.changed.emit()
        return True

    def of_the_test(self, key: Key) -> tuple[Key, ...]:
        """What is open of a field's test on its side and was charted before: one test, done once.

        Red-flag questions are no test: each is asked again.
        """
        group = self.catalogue.spec(key.finding).group
        if self.is_screen_group(group):
            return ()
        keys = (k for name in self.catalogue.groups[group].findings
                for k in self.catalogue.spec(name).keys)  # fmt: skip
        return tuple(
            other for other in keys
            if other.side == key.side and self.value(other) is None
            and not says_nothing(self.last_time(other))
        )  # fmt: skip

    def same_test(self, key: Key) -> bool:
        """Chart a whole test of one side as found again today, in one step of undo; False where
        there is nothing to repeat."""
        return self.same_all(self.of_the_test(key))

    def note_on(self, finding: str, text: str) -> None:
        """Write why a test could not be done, or another remark on a finding."""
        if not self._locked:
            self.editor.note_on(finding, text)

    def earlier_remarks(self) -> tuple[str, ...]:
        """The remarks on findings of this course, the one written last first, each once."""
        visits = (self.visit, *reversed(self.editor.case.visits[:-1]))
        said = (text for visit in visits for text in reversed(tuple(visit.notes_on.values())))
        return tuple(dict.fromkeys(text for text in said if text.strip()))

    def end_step(self) -> None:
        """The next edit is a step of undo of its own: the keyboard went elsewhere."""
        self.editor.end_step()

    # ------------------------------------------------------------------ groups and sections
    def open_in_group(self, group: str) -> tuple[Key, ...]:
        """Questions of a red-flag group that were not asked yet and can be answered no."""
        keys = (key for spec in self._screen_specs(group) for key in spec.keys)
        return tuple(key for key in keys if self.value(key) in _UNASKED)

    def answer_rest_no(self, group: str) -> None:
        """Asked, all no: chart a "no" of its own for each question of the group not asked yet.

        What was answered before stays, "unknown" too: somebody asked and heard that.
        """
        keys = self.open_in_group(group)
        if keys and not self._locked:
            self.editor.chart_all(dict.fromkeys(keys, "no"))

    def open_together(self, key: Key) -> tuple[Key, ...]:
        """What one deliberate key would answer from a field: the rest of its red-flag group; or,
        of a test whose fields have a word for "examined, and normal", the rest on its side."""
        group = self.catalogue.spec(key.finding).group
        if self.is_screen_group(group):
            return self.open_in_group(group)
        specs = (self.catalogue.spec(name) for name in self.catalogue.groups[group].findings)
        keys = (k for spec in specs if spec.normal for k in spec.keys if k.side == key.side)
        return tuple(k for k in keys if self.value(k) in _UNASKED)

    def answer_together(self, key: Key) -> bool:
        """Chart "no", or the normal word, for each of these as a finding of its own, in one step of
        undo; False where there is none."""
        found = {k: self.catalogue.spec(k.finding).normal or "no" for k in self.open_together(key)}
        if not found or self._locked:
            return False
        self.editor.chart_all(found)
        return True

    def is_screen_group(self, group: str) -> bool:
        """Whether all of a group are red-flag questions, which one key may answer together."""
        return all(name.startswith("flag.") for name in self.catalogue.groups[group].findings)

    def _screen_specs(self, group: str) -> tuple[FindingSpec, ...]:
        if not self.is_screen_group(group):
            return ()
        folded = self.suggestion.screen.not_applicable
        specs = (self.catalogue.spec(name) for name in self.catalogue.groups[group].findings)
        return tuple(
            spec
            for spec in specs
            if spec.kind in _CAN_BE_NO and "no" in spec.choices and spec.id not in folded
        )

    def keys_of(self, section: str) -> tuple[Key, ...]:
        """Every field of a section in form order."""
        return tuple(key for spec in self.catalogue.in_section(section) for key in spec.keys)

    def open_count(self, section: str) -> int:
        """How many fields of a section are not charted, without those that do not apply."""
        findings = self.editor.visit.findings
        folded = self.suggestion.screen.not_applicable
        return sum(
            key not in findings and key.finding not in folded and not self.is_detail(key)
            for key in self.keys_of(section)
        )

    def is_detail(self, key: Key) -> bool:
        """Whether a field only says more of another one, so that blank leaves nothing open."""
        return bool(place_of(key.finding))

    def flagged(self, section: str) -> bool:
        """Whether an open red flag that cannot wait comes from a finding of this section."""
        behind = {
            name
            for flag in self.suggestion.red_flags
            if flag.level in "ESU"
            for name in flag.because
        }
        return any(spec.id in behind for spec in self.catalogue.in_section(section))

    def missing_reason(self, finding: str) -> bool:
        """Whether a test is charted as unable and nobody has said why."""
        return self.is_unable(finding) and not self.visit.notes_on.get(finding, "").strip()

    def is_unable(self, finding: str) -> bool:
        """Whether a test is charted as unable on any side."""
        return any(self.value(key) == "unable" for key in self.catalogue.spec(finding).keys)

    def painful_side(self) -> str | None:
        """The charted side of the complaint, today's or the latest: `right`, `left`, `both`."""
        key = Key("complaint.side")
        value = self.value(key) or self.last_time(key)
        return value if isinstance(value, str) and value not in NO_INFORMATION else None
