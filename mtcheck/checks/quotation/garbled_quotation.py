"""The words of a quotation cannot be what was said.

What it finds: inside a quotation, one that has lost its opening mark included, a sentence that is only the remains of one (a
noun, a clause that belongs to it and a subordinate clause, with no predicate: ``Topics the island needs only when our ships are
ignored.``); a sentence that stops after a word that governs another one (``… for the.”``); and function words in a row that no
sentence has (``the of``). Where a mark is lost, it says where the quotation must have begun.

Why it matters: words in quotation marks are taken for what somebody said. When a translation system drops the subject and the
negation of a quotation, a politician is quoted with nonsense, or with the opposite of what he said.

When it is wrong: in speech that was broken off and is quoted so, without the dash or the dots that usually show it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Passage, Related, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.quotation_garble import UNFINISHED, Garble, GarbledPlace, garbled_places
from mtcheck.text.quotations import QUOTATIONS, Diagnosis, Quotation, QuotationKind, StrayMark
from mtcheck.text.sentences import SENTENCES, Sentence

_MESSAGES = {
    Garble.SEVERED_HEAD: "The quoted sentence has no predicate: it is the rest of a longer one",
    Garble.BROKEN_END: "The quoted sentence stops after a word that needs another one",
    Garble.CLASH: "Two words in the quotation cannot follow each other",
}
_CONFIDENCE = {Garble.SEVERED_HEAD: 0.85, Garble.BROKEN_END: 0.8, Garble.CLASH: 0.8}


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each garbled place of a quotation."""
    del options
    text, quotations, sentences = document.text, facts[QUOTATIONS], facts[SENTENCES]
    lost = {stray.mark: stray for stray in quotations.strays if stray.diagnosis is Diagnosis.LOST_OPENING}
    seen: set[Span] = set()
    for quotation in quotations.quotations:
        language = facts[LANGUAGES].at(quotation.span.start)
        main = document.blocks[quotation.block].role is BlockRole.MAIN
        if quotation.depth or quotation.kind is not QuotationKind.SPEECH or language not in UNFINISHED or not main:
            continue
        stray = lost.get(quotation.closing) if quotation.closing is not None and quotation.opening is None else None
        for place in garbled_places(text, _parts(quotation, sentences), language, cased=True):
            if place.span not in seen:
                seen.add(place.span)
                yield _hit(text, quotation, place, stray, language)


def _parts(quotation: Quotation, sentences: tuple[Sentence, ...]) -> Iterator[Span]:
    """Yield the parts of sentences that lie inside a quotation."""
    inner = quotation.inner
    index = bisect_left(sentences, inner.start, key=lambda sentence: sentence.span.end)
    while index < len(sentences) and sentences[index].span.start < inner.end:
        span = sentences[index].span
        start, end = max(span.start, inner.start), min(span.end, inner.end)
        if start < end:
            yield Span(start, end)
        index += 1


def _hit(text: str, quotation: Quotation, place: GarbledPlace, stray: StrayMark | None, language: str) -> Hit:
    message = _MESSAGES[place.garble]
    related: tuple[Related, ...] = ()
    evidence: list[Note | Passage] = [Note("sign", place.garble.value)]
    if stray is not None and stray.clue is not None and stray.expected is not None:
        clue = " ".join(stray.clue.of(text).split())
        message = f"{message}; the quotation has lost its opening mark and must have begun after “{clue}”"
        related = (Related(stray.expected, "the quotation probably began here"),)
    elif stray is not None:
        message = f"{message}; the quotation has lost its opening mark"
    if place.garble is not Garble.SEVERED_HEAD:
        shown = Span(place.span.start - quotation.inner.start, place.span.end - quotation.inner.start)
        evidence.append(Passage("quotation", quotation.inner.of(text), language, (shown,)))
    return Hit(place.span, message, _CONFIDENCE[place.garble], tuple(evidence), related)


CHECK = Check(
    code="QUO006",
    name="garbled-quotation",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(LANGUAGES, SENTENCES, QUOTATIONS),
    find=find,
    documentation=__doc__,
    languages=frozenset(UNFINISHED),
    measured=frozenset({"en"}),
    examples=(
        Example(
            "The envoy noted that the islands have no quarrel. ⟦Topics the republic needs only when our lawful borders are"
            " openly ignored.⟧”",
            comment="the subject and the negation of “will not talk only on topics …” are gone",
        ),
        Example("“We will send ships to the islands and to ⟦the⟧.” Nobody asked where."),
        Example("Brandt said: “This is ⟦the of⟧ our talks, and we will go on.”"),
        Example("Министр заявил: «Мы будем говорить с соседями ⟦и⟧.» Вопросов не было.", language="ru"),
        Example("وقال الوزير: «سنرسل السفن إلى الجزر ⟦في⟧.» ولم يسأل أحد.", language="ar"),
        Example("El alcalde dijo: «Enviaremos los barcos a las islas ⟦del⟧.» Nadie preguntó.", language="es"),
        Example(
            "Die Ministerin sagte: „Wir schicken die Schiffe auf die Inseln ⟦und⟧.“ Niemand fragte.", language="de"
        ),
        Example("“Ships the island sends are always late when the sea is rough,” he said. “What are you waiting for.”"),
        Example("“We will send the ships to the …” He broke off. “Close the port only when the sea is calm.”"),
        Example("Он сказал: «Мы говорим о том, что будет потом. Или нет».", language="ru"),
        Example("قال: «هذا ما نتحدث عنه اليوم».", language="ar"),
        Example("Dijo: «No sé para qué. O sí».", language="es"),
        Example("Sie sagte: „Ich weiß nicht, warum das. Oder doch.“", language="de"),
    ),
)
