"""Page scores: MQM-style penalty points a thousand words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtcheck.core.documents import Document
from mtcheck.core.faults import leads
from mtcheck.core.findings import Finding
from mtcheck.core.report import ScorePart, Scores

PRIOR_RATE = 1.0
"""Points in 1,000 words of news that people wrote, about what the default checks give PolNeAR (``mtcheck bench surface``)."""
PRIOR_WORDS = 300
"""How many words of a page the prior weighs as much as: half an article."""

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


def score(document: Document, findings: Sequence[Finding]) -> Scores:
    """Return the scores of a document: the sum of the severity weights of its faults, and that a thousand words.

    After MQM scoring (Lommel et al. 2014; Freitag et al. 2021): neutral 0, minor 1, major 5, critical 25.
    """
    return scores_of(sum(count_words(block.span.of(document.text)) for block in document.blocks), findings)


def scores_of(words: int, findings: Sequence[Finding]) -> Scores:
    """Return the scores of a document with this many words; each fault counts once, as its worst finding."""
    counts: dict[str, tuple[int, int]] = {}
    worst = leads(findings)
    for finding in worst:
        if finding.severity.weight:
            dimension = finding.category.split("/", 1)[0]
            known, penalty = counts.get(dimension, (0, 0))
            counts[dimension] = (known + 1, penalty + finding.severity.weight)
    parts = [ScorePart(dimension, known, penalty) for dimension, (known, penalty) in counts.items()]
    total = sum(part.penalty for part in parts)
    return Scores(
        words,
        len(findings),
        len(worst),
        total,
        round(1000 * total / words, 2) if words else None,
        length_controlled(total, words) if words else None,
        tuple(sorted(parts, key=lambda part: (-part.penalty, part.dimension))),
    )


def length_controlled(penalty: int, words: int) -> float:
    """Return the penalty a thousand words, drawn towards what clean pages have.

    It is the mean of the gamma distribution that a prior of ``PRIOR_WORDS`` words at ``PRIOR_RATE`` becomes after ``words`` words
    with this penalty (Gelman et al. 2013, section 2.6): on one line a single finding says little, on a long page the prior does.
    """
    return round((1000 * penalty + PRIOR_RATE * PRIOR_WORDS) / (words + PRIOR_WORDS), 2)
