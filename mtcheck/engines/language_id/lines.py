"""The languages of texts that stand alone: lines of a file, titles, labels, messages."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.core.languages import UNDETERMINED, Languages, LanguageShare, LanguageSpan
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.candidates import expected
from mtcheck.engines.language_id.exclusions import without_addresses
from mtcheck.engines.language_id.page import nudged
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.engines.language_id.stretches import Segmented, StretchFinder

ABSTAIN_BELOW = 0.25
"""A line whose best language is less probable is ``und``. What is more probable is named, and its confidence says how sure it is."""


_AT_ONCE = 500
"""Lines that are weighed together; more of them take more memory and hardly less time."""


def languages_of_lines(
    lines: Sequence[str],
    candidates: Sequence[str] = (),
    provider: LanguagesProvider | None = None,
    expected_language: str | None = None,
) -> list[Languages]:
    """Return the languages of each line, every line a text of its own; ``candidates`` are what is expected.

    ``spans`` of the answer cover all words of the line; ``page`` is ``und`` where the identifier abstains. A ``provider`` brings
    its own models and candidates. ``expected_language`` is a nudge, as what a page declares is.
    """
    if provider is None:
        provider = LanguagesProvider(candidates=candidates)
    finder = StretchFinder(provider.identifier)
    prior = nudged(expected(provider.candidates), expected_language)
    answers: list[Languages] = []
    for start in range(0, len(lines), _AT_ONCE):
        batch = lines[start : start + _AT_ONCE]
        found = finder.find([without_addresses(line) for line in batch], [prior] * len(batch), ABSTAIN_BELOW)
        answers.extend(_languages(line, segmented) for line, segmented in zip(batch, found, strict=True))
    return answers


def _languages(line: str, segmented: Segmented) -> Languages:
    """Return the languages of one line as the fact that pages have."""
    letters: dict[str, int] = {}
    for stretch in segmented.stretches:
        count = sum(map(str.isalpha, stretch.span.of(line)))
        letters[stretch.language] = letters.get(stretch.language, 0) + count
    total = sum(letters.values())
    shares = tuple(
        LanguageShare(language, round(count / total, 6))
        for language, count in sorted(letters.items(), key=lambda item: (-item[1], item[0]))
        if total
    )
    page = segmented.home.language
    blocks = (LanguageSpan(Span(0, len(line)), page, segmented.home.confidence),) if line else ()
    foreign = [stretch for stretch in segmented.stretches if stretch.language not in {page, UNDETERMINED}]
    foreign = sorted([*foreign, *segmented.asides], key=lambda stretch: stretch.span)
    return Languages(page, shares, blocks, tuple(foreign), segmented.stretches)
