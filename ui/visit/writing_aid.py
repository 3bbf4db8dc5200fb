"""What is offered to whoever writes in the open chart: the clinic's phrases, and words.

Words come from the program's own texts and from this chart. Those of another patient's are never
offered, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.phrases import Phrase
from clinic_desktop.domain.visits import Case
from clinic_desktop.domain.vocabulary import Vocabulary, recent_words, rest_of_word
from clinic_desktop.services.visit.chart_texts import written_in
from clinic_desktop.services.visit.phrases import phrases_in_use, shipped_phrases

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class WritingAid:
    """The phrases in use, and the words that fit what is being typed."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._phrases: tuple[Phrase, ...] | None = None
        self._words: Vocabulary | None = None
        self._read: Case | None = None
        self._written: tuple[str, ...] = ()
        """The words of the chart that was read last."""

    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases in use; those that ship alone, where the clinic's own cannot be read: the
        sheet on which they are kept says so."""
        if self._phrases is None:
            session, language = self._window.desk.session, self._window.desk.text.language
            try:
                folder = session.folder if session is not None else None
                self._phrases = phrases_in_use(language, folder)
            except ChartError:
                self._phrases = shipped_phrases(language)
        return self._phrases

    def forget_phrases(self) -> None:
        """Read the phrases again: one was changed."""
        self._phrases = None

    def rest_of(self, before: str) -> str:
        """The rest of the word at the end of a text; blank where nothing is offered."""
        if self._words is None:
            self._words = Vocabulary(self._texts())
        page = self._window.visit
        case = page.model.editor.case if page is not None else None
        if case is not self._read:
            self._read = case
            texts = written_in(case, self._window.desk.catalogue) if case is not None else ()
            self._written = recent_words(texts)
        return rest_of_word(before, self._written, self._words)

    def _texts(self) -> Iterator[str]:
        """What the program says of findings and exercises in the window's language."""
        text = self._window.desk.text
        yield from text.sections.values()
        for group in text.groups.values():
            yield from (group.label, group.hint)
        for finding in text.findings.values():
            yield from (finding.label, finding.name, finding.help, *finding.choices.values())
        for item in self._window.desk.plan_library.texts.values():
            yield from (item.name, item.purpose, item.dose, *item.steps, item.feel, item.note)
