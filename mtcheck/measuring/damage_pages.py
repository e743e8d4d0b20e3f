"""The pages on which damage is measured: marked translations, articles by people, and these with shuffled sentences."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.core.facts import FactRequest
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import LanguageModel, PassageSurprisal, TokenSurprisal
from mtcheck.engines.language_model.provider import SurprisalProvider
from mtcheck.measuring import polnear
from mtcheck.measuring.intervals import is_tuning
from mtcheck.measuring.surprisal import LANGUAGE, MarkedSet, segments_of
from mtcheck.scan.scores import count_words
from mtcheck.testing import document_from_text, facts_of
from mtcheck.text.sentences import SENTENCES, sentence_spans

ARTICLES = 40
"""Articles of each half that are read."""
_SHUFFLED_EVERY = 4
_SEED = 20220121


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its surprisal; ``marks`` are the spans that are wrong, all spans count ``text``."""

    document: str
    text: str
    passages: tuple[PassageSurprisal, ...]
    sentences: tuple[Span, ...]
    marks: tuple[Span, ...] = ()
    words: int = 0


def marked_pages(model: LanguageModel, data: Path, marked: MarkedSet, *, tuning: bool, limit: int) -> list[Page]:
    """Return the marked translations of one half, the segments of a document and system as one page."""
    path = data / "mqm_spans" / f"{marked.file}.jsonl.gz"
    segments = segments_of(path, marked.spans, tuning=tuning, limit=limit)
    answers = model.surprisals([segment.text for segment in segments], LANGUAGE)
    grouped: dict[str, list[int]] = defaultdict(list)
    for index, segment in enumerate(segments):
        grouped[segment.page].append(index)
    pages = []
    for indexes in grouped.values():
        text, passages, sentences, marks = "", [], [], []
        for index in indexes:
            start = len(text)
            text += f"{segments[index].text}\n\n"
            passages.append(passage_of(segments[index].text, answers[index], start))
            sentences += [span.shift(start) for span in sentence_spans(segments[index].text, LANGUAGE)]
            marks += [mark.shift(start) for mark in segments[index].marks]
        pages.append(
            Page(
                segments[indexes[0]].document, text, tuple(passages), tuple(sentences), tuple(marks), count_words(text)
            )
        )
    return pages


def passage_of(text: str, tokens: Sequence[TokenSurprisal], start: int) -> PassageSurprisal:
    """Return a text that was scored for itself as a passage that begins at ``start``."""
    moved = tuple(TokenSurprisal(token.span.shift(start), token.bits) for token in tokens)
    return PassageSurprisal(Span(start, start + len(text)), LANGUAGE, moved)


def written_pages(
    model: LanguageModel, data: Path, *, tuning: bool, shuffled: bool = False, limit: int = ARTICLES
) -> list[Page]:
    """Return articles that people wrote, or the same with the words of one sentence in four shuffled and marked."""
    provider = SurprisalProvider(model)
    pages: list[Page] = []
    for article in polnear.articles(data / "quotations" / "polnear.jsonl.gz"):
        if is_tuning(article.name) is not tuning or len(pages) == limit:
            continue
        text, marks = shuffle(article.text, article.name) if shuffled else (article.text, ())
        document = document_from_text(text)
        facts = facts_of(document)
        outcome = provider.provide([FactRequest(document, facts.narrowed((LANGUAGES,)))])[0]
        if outcome.value is not None:
            sentences = tuple(sentence.span for sentence in facts[SENTENCES])
            pages.append(Page(article.name, text, outcome.value.passages, sentences, marks, count_words(text)))
    return pages


def shuffle(text: str, name: str) -> tuple[str, tuple[Span, ...]]:
    """Shuffle the words of some long sentences of a page; return it with their spans. The same page is always shuffled alike."""
    chance = random.Random(f"{_SEED} {name}")  # noqa: S311  # repeatable, no secret
    parts: list[str] = []
    marks: list[Span] = []
    end = 0
    document = document_from_text(text)
    for sentence in facts_of(document)[SENTENCES]:
        words = sentence.span.of(text).split()
        if len(words) < 8 or chance.random() * _SHUFFLED_EVERY >= 1:
            continue
        chance.shuffle(words)
        mixed = " ".join(words)
        parts += [text[end : sentence.span.start], mixed]
        start = sum(map(len, parts)) - len(mixed)
        marks.append(Span(start, start + len(mixed)))
        end = sentence.span.end
    parts.append(text[end:])
    return "".join(parts), tuple(marks)
