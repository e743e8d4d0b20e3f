"""Page scores: MQM-style penalty points a thousand words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mtcheck.core.documents import Document
from mtcheck.core.findings import Finding
from mtcheck.core.report import Scores

# One Han or kana character counts as a word of its own, as counters of translated text commonly do; elsewhere a word is
# a run of letters and digits with the apostrophes and hyphens inside it.
_WORD = re.compile(
    r"""
    [\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]
    | [^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+ (?: ['’\-] [^\W_]+ )*
    """,
    re.VERBOSE,
)


def count_words(text: str) -> int:
    """Return the number of words of a text."""
    return sum(1 for _ in _WORD.finditer(text))


def score(document: Document, findings: Iterable[Finding]) -> Scores:
    """Return the scores of a document: the sum of the severity weights of its findings, and that a thousand words.

    After MQM scoring (Lommel et al. 2014; Freitag et al. 2021): neutral 0, minor 1, major 5, critical 25.
    """
    return scores_of(sum(count_words(block.span.of(document.text)) for block in document.blocks), findings)


def scores_of(words: int, findings: Iterable[Finding]) -> Scores:
    """Return the scores of a document with this many words."""
    return with_more(Scores(words, 0, 0, None), findings)


def with_more(scores: Scores, findings: Iterable[Finding]) -> Scores:
    """Return the scores of a document with the penalty of further findings added."""
    weights = [finding.severity.weight for finding in findings]
    words, penalty = scores.words, scores.penalty + sum(weights)
    return Scores(words, scores.findings + len(weights), penalty, round(1000 * penalty / words, 2) if words else None)
