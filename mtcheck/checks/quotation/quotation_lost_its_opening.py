"""Reported speech ends in a mark of its own that by itself would be too little to call it a closing quotation mark.

What it finds: a closing mark with a space on both sides, while no quotation is open, where the words before it show that it
closes one: speech is introduced there ("noting that …", "said:"), and nothing opens it. The finding covers everything from the
place where the quotation must have begun to the mark.

Why it matters: the reader takes words for the writer's own that somebody said, or the other way round, and the words at the seam
are often damaged as well.

When it is wrong: where the mark was set in by mistake, and nothing was quoted. A closing mark that stands close to its
text and has no partner is QUO001's alone, which names the place where the quotation must have begun as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Passage, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.quotations import QUOTATIONS, Diagnosis
from mtcheck.text.speech import SPEECH_VERBS


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each stretch of reported speech that runs into a mark standing apart."""
    del options
    text = document.text
    for stray in facts[QUOTATIONS].strays:
        if stray.diagnosis is not Diagnosis.SPEECH_WITHOUT_OPENING or stray.clue is None or stray.expected is None:
            continue
        clue = " ".join(stray.clue.of(text).split())
        span = Span(stray.expected.start, stray.mark.end)
        message = f"Speech ends in {stray.mark.of(text)}, and no mark opens it; it must have begun after “{clue}”"
        evidence = (Note("lost mark", "opening"), Passage("speech", span.of(text), stray.language))
        related = (Related(stray.expected, "the quotation probably began here"),)
        furniture = document.blocks[stray.block].role is BlockRole.FURNITURE
        yield Hit(span, message, 0.8, evidence, related, Severity.MINOR if furniture else None)


CHECK = Check(
    code="QUO003",
    name="quotation-lost-its-opening",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(QUOTATIONS,),
    find=find,
    documentation=__doc__,
    languages=frozenset(SPEECH_VERBS),
    measured=frozenset({"en"}),
    examples=(
        Example("The envoy noted that ⟦the two islands have no quarrel at all. ”⟧"),
        Example("Министр отметил, что ⟦порт откроют весной, и город готов. »⟧", language="ru"),
        Example("وأكد الوزير أن ⟦الميناء سيفتح أبوابه في الربيع. ”⟧", language="ar"),
        Example("La alcaldesa señaló que ⟦el puerto abrirá en primavera. ”⟧", "es"),
        Example("Die Ministerin sagte, dass ⟦der Hafen im Frühjahr öffnet. ”⟧", "de"),
        Example("Le maire a précisé que ⟦le port ouvrira au printemps »⟧ et que la ville est prête.", "fr"),
        Example("Міністр зазначив, що ⟦порт відкриють навесні. »⟧", "uk"),
        Example(
            "The envoy pointed out that the port of Varen is open. Ships sail only when the sea is calm.”",
            comment="the mark stands close to its text: QUO001 says it all",
        ),
        Example("The envoy noted that “the port is open. The sea is calm.” He left."),
        Example("Министр отметил, что «порт откроют весной. Город готов».", language="ru"),
        Example("وأكد الوزير أن «الميناء سيفتح أبوابه. نحن مستعدون».", language="ar"),
        Example("Señaló que “el puerto abrirá. Estamos listos”.", language="es"),
        Example("Sie sagte, dass „der Hafen öffnet. Wir sind bereit.“", language="de"),
    ),
)
