"""An amount of the translation is ten, a thousand or a million times that of its source.

What it finds: with the source at hand, a number that has the digits of the source's but differs by a power of ten: a German
"Milliarde" rendered as "million", Chinese 亿 (a hundred million) as a billion, 万 (ten thousand) as a thousand, a point that
parts thousands read as a decimal point.

Why it matters: scales are false friends between languages, and the result stays plausible to the eye.

When it is wrong: where two different numbers of one sentence happen to be related so and each lost its counterpart. One letter
behind the digits counts as a scale beside a currency only ("£35m"): "400m" are meters as well, so an amount written so without a
currency is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, Given, NoOptions
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Severity
from mtcheck.core.sources import SOURCE_ALIGNMENT, paired_blocks
from mtcheck.text.number_pairs import compare_numbers


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each amount that is off by a power of ten."""
    del document, options
    alignment = facts[SOURCE_ALIGNMENT]
    for pair in alignment.comparable:
        found = compare_numbers(pair.source, pair.translation, alignment.source_language, alignment.language)
        for original, number in found.magnitude:
            larger = number.value > original.value
            times = number.value / original.value if larger else original.value / number.value
            message = (
                f"“{number.span.of(pair.translation)}” is {int(times):,} times {'more' if larger else 'less'} than "
                f"“{original.span.of(pair.source)}” of the source"
            )
            evidence = (Passage("source", pair.source, alignment.source_language, (original.span,)),)
            yield Hit(number.span.shift(pair.target.start), message, 0.9, evidence)


CHECK = Check(
    code="ACC010",
    name="magnitude-error",
    category="accuracy/number",
    severity=Severity.CRITICAL,
    needs=(SOURCE_ALIGNMENT,),
    find=find,
    documentation=__doc__,
    languages=frozenset({"en", "ar", "de", "es", "fr", "ru", "uk", "zh"}),
    examples=(
        Example(
            "The bridge cost ⟦1.2 million⟧ euros.",
            given=(Given(SOURCE_ALIGNMENT, paired_blocks("de", "en", ("Die Brücke kostete 1,2 Milliarden Euro.",))),),
        ),
        Example(
            "The bridge cost ⟦3 billion⟧ yuan.",
            given=(Given(SOURCE_ALIGNMENT, paired_blocks("zh", "en", ("这座桥花费了3亿元。",))),),
        ),
        Example(
            "The bridge cost 300 million yuan.",
            given=(Given(SOURCE_ALIGNMENT, paired_blocks("zh", "en", ("这座桥花费了3亿元。",))),),
        ),
        Example(
            "El puente costó ⟦2 millones⟧ de euros.",
            "es",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", ("The bridge cost 2 billion euros.",))),),
        ),
        Example(
            "Мост стоил ⟦2 миллиона⟧ евро.",
            "ru",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ru", ("The bridge cost 2 billion euros.",))),),
        ),
        Example(
            "Die Brücke kostete ⟦2 Millionen⟧ Euro.",
            "de",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", ("The bridge cost 2 billion euros.",))),),
        ),
        Example(
            "كلف الجسر ⟦2 مليون⟧ يورو.",
            "ar",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ar", ("The bridge cost 2 billion euros.",))),),
        ),
    ),
)
