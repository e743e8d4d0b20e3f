"""Reported speech runs on into a quotation whose beginning is lost.

What it finds: two cases that the lost mark alone (QUO001) does not tell. Speech that a conjunction introduces ("noting that …")
ends its sentence, and a later sentence ends in a closing mark that nothing opened: report and quotation have run together. And
a closing mark that stands apart from its text, where only the words before it show that it closes a quotation. The finding
covers everything from the place where the quotation may have begun to the mark.

Why it matters: the reader takes words for the writer's own that somebody said, or the other way round, and the words at the seam
are often damaged as well.

When it is wrong: where the mark was set in by mistake, and nothing was quoted. One lost mark inside one sentence is left to
QUO001.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Passage, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.quotations import QUOTATIONS, Diagnosis, StrayMark
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.speech import SPEECH_CONJUNCTIONS, SPEECH_VERBS


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each stretch of speech that ends in a closing mark and must have begun before its last sentence."""
    del options
    text, sentences = document.text, facts[SENTENCES]
    for stray in facts[QUOTATIONS].strays:
        if stray.clue is None or stray.expected is None:
            continue
        if stray.diagnosis is Diagnosis.LOST_OPENING:
            last = _last_sentence(stray, sentences, text)
            if last is None:
                continue
        elif stray.diagnosis is Diagnosis.SPEECH_WITHOUT_OPENING:
            last = stray.expected
        else:
            continue
        clue = " ".join(stray.clue.of(text).split())
        mark = stray.mark.of(text)
        span = Span(stray.expected.start, stray.mark.end)
        if last == stray.expected:
            message = f"Speech ends in {mark}, and no mark opens it; it must have begun after “{clue}”"
        else:
            begin = last.of(text)
            message = f"Speech reported after “{clue}” runs on into a quotation without a beginning: it began there, or at “{begin}”"
        related: tuple[Related, ...] = (Related(stray.expected, "the quotation probably began here"),)
        if last != stray.expected:
            related = (*related, Related(last, "or with this sentence"))
        evidence = (Note("lost mark", "opening"), Passage("speech", span.of(text), stray.language))
        furniture = document.blocks[stray.block].role is BlockRole.FURNITURE
        yield Hit(span, message, 0.8, evidence, related, Severity.MINOR if furniture else None)


def _last_sentence(stray: StrayMark, sentences: tuple[Sentence, ...], text: str) -> Span | None:
    """Return the first word of the sentence that the mark ends, when the speech began in an earlier one by a conjunction."""
    if stray.clue is None or stray.expected is None:
        return None
    introduced = stray.clue.of(text).rsplit(maxsplit=1)[-1].lower()
    if introduced not in SPEECH_CONJUNCTIONS.get(stray.language, frozenset()):
        return None
    index = bisect_right(sentences, stray.mark.start, key=lambda sentence: sentence.span.start) - 1
    if index < 0 or sentences[index].span.start <= stray.expected.start:
        return None
    start = sentences[index].span.start
    end = start
    while end < stray.mark.start and not text[end].isspace():
        end += 1
    return Span(start, end) if end > start else None


CHECK = Check(
    code="QUO003",
    name="quotation-lost-its-opening",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(SENTENCES, QUOTATIONS),
    find=find,
    documentation=__doc__,
    languages=frozenset(SPEECH_VERBS),
    examples=(
        Example(
            "The envoy pointed out that ⟦the port of Varen is open. Ships the island sends only when the sea is calm.”⟧",
            comment="the opening mark is lost after “pointed out that”, or before “Ships”",
        ),
        Example("The envoy noted that ⟦the two islands have no quarrel at all. ”⟧"),
        Example(
            "Министр отметил, что ⟦порт откроют весной. Город готов принять суда со всего побережья»⟧.", language="ru"
        ),
        Example("وأكد الوزير أن ⟦الميناء سيفتح أبوابه في الربيع. نحن مستعدون لاستقبال السفن”⟧.", language="ar"),
        Example(
            "La alcaldesa señaló que ⟦el puerto abrirá en primavera. Estamos listos para todos los barcos”⟧.", "es"
        ),
        Example("Die Ministerin sagte, dass ⟦der Hafen bald öffnet. Wir sind für alle Schiffe bereit.“⟧", "de"),
        Example("Le maire a précisé que ⟦le port ouvrira au printemps. Nous sommes prêts à tout.”⟧", "fr"),
        Example("Міністр зазначив, що ⟦порт відкриють навесні. Місто готове прийняти всі кораблі»⟧.", "uk"),
        Example(
            "The envoy noted that the two islands have no quarrel, only when our borders are ignored.”",
            comment="one sentence: QUO001 says it all",
        ),
        Example("The envoy noted that “the port is open. The sea is calm.” He left."),
        Example("Министр отметил, что «порт откроют весной. Город готов».", language="ru"),
        Example("وأكد الوزير أن «الميناء سيفتح أبوابه. نحن مستعدون».", language="ar"),
        Example("Señaló que “el puerto abrirá. Estamos listos”.", language="es"),
        Example("Sie sagte, dass „der Hafen öffnet. Wir sind bereit.“", language="de"),
    ),
)
