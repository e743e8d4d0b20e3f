"""A term is written in a way that the glossary rules out.

What it finds: in the main text, a wording that a glossary of the references folder lists as one to avoid, in the language of
that glossary entry, with the wording to use. Words are compared whole, whatever their case, unless the entry itself has
capitals; a star at the end of a listed word stands for any ending. A wording to avoid that is part of the wording to use is
passed over. An entry for a term of the source is held against pages whose source is given and has that term.

Why it matters: an agreed term is agreed because another word for it says something else, and a translation system knows
nothing of the agreement.

When it is wrong: where the words to avoid stand in another sense, and where a page quotes them on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given, NoOptions
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.references import GLOSSARY, GlossaryEntry
from mtcheck.core.spans import Span
from mtcheck.text.alignment import Word, words_of
from mtcheck.text.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class _Form:
    """One wording of an entry: the keys of its words, which of them stand for any ending, whether case counts."""

    text: str
    keys: tuple[str, ...]
    open_ends: tuple[bool, ...]
    cased: bool
    entry: GlossaryEntry

    def matches(self, words: Sequence[Word], place: int, text: str) -> Span | None:
        """Return the span of this wording at the word ``place``, or ``None``."""
        found = words[place : place + len(self.keys)]
        if len(found) < len(self.keys):
            return None
        for word, key, open_end in zip(found, self.keys, self.open_ends, strict=True):
            if not (word.key.startswith(key) if open_end else word.key == key):
                return None
        span = Span(found[0].span.start, found[-1].span.end)
        if self.cased and not _same_case(self.text, span.of(text)):
            return None
        return span


class _Forms:
    """Wordings by their first word, so that the time for a page does not grow with the glossary."""

    def __init__(self) -> None:
        self._whole: defaultdict[str, list[_Form]] = defaultdict(list)
        self._open: defaultdict[str, list[_Form]] = defaultdict(list)
        self._lengths: set[int] = set()

    def add(self, form: _Form | None) -> None:
        """File a wording; one without words is passed over."""
        if form is None:
            return
        (self._open if form.open_ends[0] else self._whole)[form.keys[0]].append(form)
        if form.open_ends[0]:
            self._lengths.add(len(form.keys[0]))

    def beginning_with(self, key: str) -> Iterator[_Form]:
        """Yield the wordings whose first word may be the word ``key``."""
        yield from self._whole.get(key, ())
        for length in sorted(self._lengths):
            if length <= len(key):
                yield from self._open.get(key[:length], ())


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each wording to avoid."""
    del options
    source = _Source(document)
    entries = [entry for entry in facts[GLOSSARY] if entry.avoid and source.applies(entry)]
    if not entries:
        return
    avoided: dict[str, _Forms] = {}
    for entry in entries:
        forms = avoided.setdefault(_primary(entry.language), _Forms())
        for text in entry.avoid:
            forms.add(_form(text, entry))
    for sentence in facts[SENTENCES]:
        forms_here = avoided.get(_primary(sentence.language))
        if forms_here is None or document.blocks[sentence.block].role is not BlockRole.MAIN:
            continue
        text = sentence.span.of(document.text)
        words = words_of(text)
        for form, span in _longest_first(forms_here, words, text):
            if not _inside_use(form.entry, words, text, span):
                yield _hit(form.entry, span.of(text), span.shift(sentence.span.start))


class _Source:
    """The text that a page was translated from, if it is known."""

    def __init__(self, document: Document) -> None:
        self._text = document.source
        self._words: tuple[Word, ...] | None = None
        self._language = document.source_language

    def applies(self, entry: GlossaryEntry) -> bool:
        """Tell whether an entry holds for the page: one for a term of the source needs that term there."""
        if not entry.source:
            return True
        if self._text is None or (self._language and _primary(self._language) != _primary(entry.source_language)):
            return False
        if self._words is None:
            self._words = words_of(self._text)
        form = _form(entry.source, entry)
        return form is not None and any(form.matches(self._words, i, self._text) for i in range(len(self._words)))


def _form(text: str, entry: GlossaryEntry) -> _Form | None:
    """Return a wording as words; ``None`` where it has none."""
    words = words_of(text)
    if not words:
        return None
    open_ends = tuple(text[word.span.end : word.span.end + 1] == "*" for word in words)
    cased = any(character.isupper() for character in text)
    return _Form(text, tuple(word.key for word in words), open_ends, cased, entry)


def _longest_first(forms: _Forms, words: Sequence[Word], text: str) -> Iterator[tuple[_Form, Span]]:
    """Yield the wordings that stand in a sentence; of those that overlap, the one that begins first, the longest of them."""
    end = 0
    for place, word in enumerate(words):
        if word.span.start < end:
            continue
        found = [
            (form, span)
            for form in forms.beginning_with(word.key)
            if (span := form.matches(words, place, text)) is not None
        ]
        if found:
            form, span = max(found, key=lambda item: (len(item[1]), item[0].entry.use))
            end = span.end
            yield form, span


def _inside_use(entry: GlossaryEntry, words: Sequence[Word], text: str, span: Span) -> bool:
    """Tell whether a wording to avoid stands inside the wording to use."""
    form = _form(entry.use, entry)
    if form is None:
        return False
    spans = (form.matches(words, place, text) for place in range(len(words)))
    return any(used is not None and used.contains(span) for used in spans)


def _same_case(listed: str, found: str) -> bool:
    """Tell whether every capital of a listed wording is one on the page."""
    capitals = [word.span.of(listed)[0].isupper() for word in words_of(listed)]
    return all(
        word.span.of(found)[0].isupper() for capital, word in zip(capitals, words_of(found), strict=False) if capital
    )


def _primary(language: str) -> str:
    return language.partition("-")[0]


def _hit(entry: GlossaryEntry, found: str, span: Span) -> Hit:
    place = f"{entry.file}:{entry.line}" if entry.file else "the glossary"
    source = f" for “{entry.source}”" if entry.source else ""
    evidence = [Note("to be used", entry.use), Note("where the entry stands", place)]
    if entry.note:
        evidence.append(Note("what the glossary says", entry.note))
    message = f"The glossary has “{entry.use}”{source}, not “{' '.join(found.split())}”"
    return Hit(span, message, 0.9, tuple(evidence))


def _given(*entries: tuple[str, str, tuple[str, ...]]) -> Given[tuple[GlossaryEntry, ...]]:
    """Give an example a glossary: language, wording to use, wordings to avoid."""
    glossary = tuple(GlossaryEntry(*entry) for entry in entries)
    return Given(GLOSSARY, lambda _document: glossary)


CHECK = Check(
    code="CON007",
    name="glossary-violation",
    category="terminology/wrong term",
    severity=Severity.MAJOR,
    needs=(SENTENCES, GLOSSARY),
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "Varen wants ⟦harbor assurances⟧ from Ostia. Its ⟦ministry of the sea⟧ spoke of guarantees.",
            given=(
                _given(
                    ("en", "harbor guarantees", ("harbor assurance*", "port assurances")),
                    ("en", "Sea Ministry", ("ministry of the sea",)),
                ),
            ),
        ),
        Example(
            "Varen wants harbor guarantees from Ostia, and nobody is reassured. The Harbor Guarantees Act is new.",
            given=(_given(("en", "harbor guarantees", ("guarantees", "assurance*"))),),
            comment="the wording to avoid is part of the wording to use",
        ),
        Example(
            "They turned to us for help.",
            given=(_given(("en", "United Shipyards", ("US", "U.S."))),),
            comment="an entry with capitals asks for capitals",
        ),
        Example(
            "Varen verlangt von Ostia ⟦Hafenzusagen⟧ für fünf Jahre.",
            "de",
            (_given(("de", "Hafengarantien", ("Hafenzusage*",)), ("en", "harbor", ("Hafen*",))),),
        ),
        Example(
            "Varen verlangt von Ostia Hafengarantien.", "de", (_given(("de", "Hafengarantien", ("Hafenzusage*",))),)
        ),
        Example(
            "Varen pide a Ostia ⟦seguridades portuarias⟧ por cinco años.",
            "es",
            (_given(("es", "garantías portuarias", ("seguridades portuarias",))),),
        ),
        Example(
            "Варен требует от Остии ⟦портовых заверений⟧ на пять лет.",
            "ru",
            (_given(("ru", "портовые гарантии", ("портов* заверени*",))),),
        ),
        Example(
            "تطلب مدينة فارين من أوستيا ⟦تأكيدات الميناء⟧ لخمس سنوات.",
            "ar",
            (_given(("ar", "ضمانات الميناء", ("تأكيدات الميناء",))),),
        ),
    ),
)
