"""Pairs of languages without English, which are compared by way of it: part of ``mtcheck bench source``.

Omissions are made in aligned sentences (FLORES-200) as in ``mtcheck.measuring.adequacy``; an unrelated translation is that of another
sentence. No translator takes part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mtcheck.checks.accuracy import omission, unrelated_pair
from mtcheck.core.checks import Check
from mtcheck.measuring.adequacy import Case, aligned_texts, made_damage
from mtcheck.measuring.intervals import Count, share_of
from mtcheck.measuring.source import Row, hits_on

PAIRS = (("ru", "es"), ("ar", "es"), ("de", "fr"), ("zh", "ru"))
MOST = 250
_AWAY = 7
"""How many sentences away the unrelated one stands: another article."""


def rows(aligned: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield how often ACC003 and ACC009 fire on damage and on none, by pair of languages that are there."""
    texts = aligned_texts(aligned, tuning=tuning)
    for source, target in PAIRS:
        if source not in texts or target not in texts:
            continue
        pairs = list(zip(texts[source], texts[target], strict=True))[:MOST]
        made = made_damage(source, target, pairs)
        other = [
            Case(case.source, pairs[number - _AWAY][1], source, target, bad=True)
            for number, case in enumerate(made.whole)
        ]
        related = unrelated_pair.Options(without_english=True)
        for label, check, cases, options in (
            ("ACC003 part taken out", omission.CHECK, made.shorter, None),
            ("ACC003 nothing taken out", omission.CHECK, made.whole, None),
            ("ACC009 another sentence (without_english)", unrelated_pair.CHECK, other, related),
            ("ACC009 its own sentence (without_english)", unrelated_pair.CHECK, made.whole, related),
        ):
            yield _row(f"{source}-{target}: {label}", check, cases, options)


def _row(label: str, check: Check[Any], cases: Sequence[Case], options: object | None) -> Row:
    fired = [
        bool(hits_on(check, case.source, case.target, case.source_language, case.language, options)[1])
        for case in cases
    ]
    return Row(label, share_of([Count(each, 1) for each in fired]))
