"""Fakes and helpers for authors of checks and engines; public, and used by mtcheck's own tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mtcheck.core.across import PageHit, PageRecords, in_order
from mtcheck.core.checks import MARK_CLOSE, MARK_OPEN, Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.facts import Fact, FactRequest, Facts
from mtcheck.core.findings import Hit
from mtcheck.core.languages import LANGUAGES, Guess, Languages, LanguageShare, LanguageSpan
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.references import GLOSSARY, REFERENCE_MATCHES, REFERENCE_NAMES, ReferenceMatches
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import TokenSurprisal
from mtcheck.core.translation import Translation
from mtcheck.text import computed_facts
from mtcheck.text.blocks import plain_blocks
from mtcheck.text.placing import Placer
from mtcheck.text.sentences import SENTENCES


def document_from_text(text: str, language: str | None = "en", path: str = "example.txt") -> Document:
    """Return a plain-text document, its blocks recognised as the plain-text reader does."""
    return Document(path, path, text, plain_blocks(text), OffsetMap.identity(text), declared_language=language)


def one_language(document: Document, language: str) -> Languages:
    """Return the fact LANGUAGES of a document that stands in one language throughout."""
    blocks = tuple(LanguageSpan(block.span, language, 1.0) for block in document.blocks)
    return Languages(language, (LanguageShare(language, 1.0),), blocks)


def marked(text: str) -> tuple[str, tuple[Span, ...]]:
    """Take the ``⟦...⟧`` marks out of an example's text; return the text and the marked spans in order.

    Raises ``ValueError`` for marks that do not pair. Marks may nest.
    """
    plain: list[str] = []
    open_marks: list[int] = []
    spans: list[Span] = []
    for character in text:
        if character == MARK_OPEN:
            open_marks.append(len(plain))
        elif character == MARK_CLOSE:
            if not open_marks:
                raise ValueError(f"a closing mark without an opening one: {text!r}")
            spans.append(Span(open_marks.pop(), len(plain)))
        else:
            plain.append(character)
    if open_marks:
        raise ValueError(f"an opening mark without a closing one: {text!r}")
    return "".join(plain), tuple(sorted(spans))


def facts_of(document: Document, language: str = "en", given: Mapping[Fact[Any], object] | None = None) -> Facts:
    """Return every fact that needs no model, computed; ``given`` values take their place or add to them.

    Without a given LANGUAGES the whole document stands in ``language``; without given references there are none.
    """
    values: dict[Fact[Any], object] = {
        LANGUAGES: one_language(document, language),
        GLOSSARY: (),
        REFERENCE_NAMES: (),
        REFERENCE_MATCHES: ReferenceMatches((), "no references"),
        **(given or {}),
    }
    waiting = [provider for provider in computed_facts() if provider.provides not in values]
    while waiting:
        ready = [provider for provider in waiting if all(need in values for need in provider.needs)]
        if not ready:
            break
        for provider in ready:
            request = FactRequest(document, Facts(values).narrowed(provider.needs))
            values[provider.provides] = provider.provide([request])[0].value
        waiting = [provider for provider in waiting if provider not in ready]
    return Facts(values)


def run_check(check: Check[Any], document: Document, facts: Facts, options: object | None = None) -> list[Hit]:
    """Run a check with its default options (or ``options``), reading only what it declares; return sorted hits."""
    chosen = check.options() if options is None else options
    return sorted(
        check.find(document, facts.narrowed((*check.needs, *check.welcomes)), chosen), key=lambda hit: hit.span
    )


@dataclass(frozen=True, slots=True)
class ExamplePage:
    """One page of an example: the marked spans, and what the check found there, alone and across pages, by span."""

    document: Document
    expected: tuple[Span, ...]
    hits: tuple[Hit | PageHit, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The span of each hit."""
        return tuple(hit.at.span if isinstance(hit, PageHit) else hit.span for hit in self.hits)


def run_example_pages(check: Check[Any], example: Example) -> tuple[ExamplePage, ...]:
    """Run a check on all pages of one of its examples, each page for itself and all together."""
    documents, marks, facts = [], [], []
    for number, page in enumerate(example.pages, 1):
        text, expected = marked(page)
        plain = document_from_text(text, example.language, f"page-{number}.txt")
        blocks = tuple(replace(block, direction=example.direction) for block in plain.blocks)
        document = replace(plain, signs=example.signs, blocks=blocks)
        given = {given.fact: given.build(document) for given in example.given}
        documents.append(document)
        marks.append(expected)
        facts.append(facts_of(document, example.language, given))
    across = run_across(check, documents, facts)
    return tuple(
        ExamplePage(document, expected, (*run_check(check, document, known), *hits))
        for document, expected, known, hits in zip(documents, marks, facts, across, strict=True)
    )


def run_across(
    check: Check[Any], documents: Sequence[Document], facts: Sequence[Facts], options: object | None = None
) -> list[list[PageHit]]:
    """Run the part of a check that looks across pages; return the hits of each document, sorted by span."""
    if check.across is None:
        return [[] for _ in documents]
    gathering = check.across.gathering
    pages = [
        PageRecords(
            gathering.name,
            document.doc_id,
            tuple(gathering.records(document, known.narrowed(gathering.needs), _placer(document, known).placed)),
        )
        for document, known in zip(documents, facts, strict=True)
    ]
    chosen = check.options() if options is None else options
    hits = list(check.across.judge(gathering.group(in_order(pages, gathering.name)), chosen))
    return [
        sorted((hit for hit in hits if hit.at.document == document.doc_id), key=lambda hit: hit.at.span)
        for document in documents
    ]


def _placer(document: Document, facts: Facts) -> Placer:
    sentences = facts[SENTENCES]
    return Placer(document, sentences)


class FakeTranslator:
    """A translator made of a function; by default it turns every word round, so that two trips restore the text.

    ``calls`` counts the texts it was asked for.
    """

    def __init__(
        self,
        translate: Callable[[str, str, str], str] | None = None,
        pairs: Iterable[tuple[str, str]] = (("en", "es"), ("es", "en")),
    ) -> None:
        """Take ``translate(text, source_language, target_language)`` and the directions it supports."""
        self._translate = translate or (lambda text, _source, _target: " ".join(word[::-1] for word in text.split()))
        self._pairs = frozenset(pairs)
        self.calls = 0

    @property
    def signature(self) -> str:
        """A fixed name."""
        return "fake translator"

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether the direction is one of those given."""
        return (source_language, target_language) in self._pairs

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        """Apply the function to each text."""
        self.calls += len(texts)
        return [Translation(self._translate(text, source_language, target_language)) for text in texts]


class FakeLanguageModel:
    """A language model made of a table from words to bits: a word costs the same wherever it stands.

    Tokens are words and single marks. ``calls`` counts the texts it was asked for.
    """

    def __init__(self, bits: Mapping[str, float], usual: float = 5.0, languages: Iterable[str] = ("en",)) -> None:
        """Take the bits of words and marks (as written), those of all others, and the languages it knows."""
        self._bits = dict(bits)
        self._usual = usual
        self._languages = frozenset(languages)
        self.calls = 0

    @property
    def signature(self) -> str:
        """A fixed name."""
        return "fake language model"

    def supports(self, language: str) -> bool:
        """Tell whether the language is one of those given."""
        return language in self._languages

    def signature_of(self, language: str) -> str:
        """Return the fixed name. Raises ``ModelUnavailable`` for a language it does not know."""
        self._must_support(language)
        return self.signature

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        """Look up each token. Raises ``ModelUnavailable`` for a language it does not know."""
        self._must_support(language)
        self.calls += len(texts)
        return [
            tuple(
                TokenSurprisal(Span(*match.span()), self._bits.get(match.group(), self._usual))
                for match in _TOKEN.finditer(text)
            )
            for text in texts
        ]

    def _must_support(self, language: str) -> None:
        if not self.supports(language):
            raise ModelUnavailable(f"the fake language model does not know “{language}”")


# A run of letters and digits, or any other single character that is no space.
_TOKEN = re.compile(r"\w+|[^\w\s]")


class FakeLanguageIdentifier:
    """An identifier that says what a mapping from text to language says, and ``und`` for anything else."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        """Take the language of each text."""
        self._answers = answers

    @property
    def signature(self) -> str:
        """A fixed name."""
        return "fake language identifier"

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the mapping."""
        return frozenset(self._answers.values())

    def identify(self, texts: Sequence[str], candidates: Sequence[str] | None = None) -> list[Guess]:
        """Look each text up; an answer that is no candidate becomes ``und``."""
        del candidates
        return [Guess(self._answers[text], 1.0) if text in self._answers else Guess("und", 1.0) for text in texts]
