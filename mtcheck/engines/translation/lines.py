"""Lines translated one by one, whatever their length: cut into sentences, put together again, with the translator's confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.core.translation import Translation, Translator
from mtcheck.engines.translation.watch import DENSE_LANGUAGES, length_ratio
from mtcheck.text.translation_parts import parts_of

# Between sentences of these languages stands no space.
_CLOSED_UP = DENSE_LANGUAGES - {"ko"} | {"th", "lo", "km", "my"}
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class TranslatedLine:
    """One line and its translation, which is one line too.

    ``score`` and ``coverage`` are means over the line's parts by their length, where the translator gives them. ``unusable`` is that of
    the first part that has one, or empty. ``length_ratio`` is 1 for the length that is usual between the two languages.
    """

    source: str
    translation: str
    score: float | None
    unusable: str
    coverage: float | None
    length_ratio: float | None


def translate_lines(
    translator: Translator, lines: Sequence[str], source_language: str, target_language: str
) -> list[TranslatedLine]:
    """Translate each line, in order; a line without text stays empty. Raises what the translator raises."""
    spans = [parts_of(line, source_language) for line in lines]
    parts = [span.of(line) for line, its_spans in zip(lines, spans, strict=True) for span in its_spans]
    answers = iter(translator.translate(parts, source_language, target_language) if parts else ())
    return [
        _joined(
            line,
            [next(answers) for _ in its_spans],
            [len(span) for span in its_spans],
            source_language,
            target_language,
        )
        for line, its_spans in zip(lines, spans, strict=True)
    ]


def _joined(
    line: str, parts: Sequence[Translation], lengths: Sequence[int], source_language: str, target_language: str
) -> TranslatedLine:
    separator = "" if target_language in _CLOSED_UP else " "
    text = separator.join(" ".join(part.text.split()) for part in parts if part.text.strip())
    ratio = length_ratio(line.strip(), text, source_language, target_language)
    return TranslatedLine(
        line,
        text,
        _mean([part.score for part in parts], lengths),
        next((str(part.unusable) for part in parts if part.unusable), ""),
        _mean([part.coverage for part in parts], lengths),
        None if ratio is None else round(ratio, _DECIMALS),
    )


def _mean(values: Sequence[float | None], weights: Sequence[int]) -> float | None:
    """Return the weighted mean of the values that are there."""
    known = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    total = sum(weight for _, weight in known)
    return round(sum(value * weight for value, weight in known) / total, _DECIMALS) if total else None
