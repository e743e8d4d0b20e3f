"""Several back-translations of a sentence disagree exactly here.

What it finds: a stretch of words that comes back from another language in another way each time: the several best results of the search for
the back-translation, and those by way of other languages, agree on the rest of the sentence and part here.

Why it matters: what a model is unsure how to read is often what a writer or a translator got wrong: a word that fits nothing, broken
syntax, a name mistaken for a word. The renderings side by side show an editor how many ways there are to read it.

When it is wrong: often. Rare words, names, idioms and long lists part the renderings too, however sound they are, and with a small model
most of all; that is why it is a preview, weighs nothing, and is silent on a page whose sentences mostly come back in many ways: there
the translator is at fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Evidence, Hit, Metric, Note, Passage, Severity
from mtcheck.core.spans import Span
from mtcheck.core.translation import RENDERINGS, Rendering, Renderings, SentenceRenderings
from mtcheck.text.instability import WordStability, instability

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Options:
    """A stretch of at least ``words`` words with ``bits`` of disagreement each is reported.

    The page is left alone where the words of its middle sentence have more than ``usual`` bits on the mean: the translator is unsure of
    everything there. ``sentences`` is how many of them a page needs.
    """

    bits: float = 1.5
    words: int = 2
    usual: float = 0.5
    sentences: int = 5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each stretch on which the renderings of a sentence disagree."""
    renderings = facts[RENDERINGS]
    judged = [(sentence, _words_of(document, sentence)) for sentence in renderings.sentences]
    levels = [fmean(word.bits for word in words) for _, words in judged if words]
    if len(levels) < options.sentences or median(levels) > options.usual:
        return
    for sentence, words in judged:
        for stretch in _stretches(words, options):
            bits = fmean(word.bits for word in stretch)
            span = Span(stretch[0].word.span.start, stretch[-1].word.span.end).shift(sentence.sentence.start)
            yield Hit(
                span,
                "Translated back in several ways, the sentence differs exactly here",
                0.3,
                (
                    *_shown(sentence),
                    Metric("disagreement (bits a word)", round(bits, 2)),
                    Metric("the page's median", round(median(levels), 2)),
                    Note("translator", renderings.translator_signature),
                ),
            )


def _words_of(document: Document, sentence: SentenceRenderings) -> tuple[WordStability, ...]:
    return instability(sentence.sentence.of(document.text), [rendering.text for rendering in sentence.renderings])


def _stretches(words: Sequence[WordStability], options: Options) -> Iterator[Sequence[WordStability]]:
    """Yield the runs of unstable words that are long enough and hold a word of letters."""
    start = 0
    for end in range(len(words) + 1):
        if end < len(words) and words[end].bits >= options.bits:
            continue
        run = words[start:end]
        if len(run) >= options.words and any(word.word.key.isalpha() for word in run):
            yield run
        start = end + 1


def _shown(sentence: SentenceRenderings) -> tuple[Evidence, ...]:
    return tuple(
        Passage(f"back from {rendering.pivot}", rendering.text, sentence.language)
        for rendering in sentence.renderings[:_SHOWN]
    )


def _given(pivot: str, unstable: tuple[str, ...]) -> tuple[Given[Renderings], ...]:
    """Return renderings for an example of one sentence a line: the longest comes back in the ways given, the others whole."""

    def build(document: Document) -> Renderings:
        longest = max(document.blocks, key=lambda block: len(block.span))
        sentences = tuple(
            SentenceRenderings(
                block.span,
                document.declared_language or "und",
                tuple(
                    Rendering(text, pivot)
                    for text in (unstable if block is longest else (block.span.of(document.text),) * len(unstable))
                ),
            )
            for block in document.blocks
        )
        return Renderings(sentences, "example translator")

    return (Given(RENDERINGS, build),)


_ENGLISH = """The ferry sails again today.

Forty passengers waited on the quay.

The storm had closed the port.

Two boats were damaged.

The mayor of the town said {} until the spring."""
_WAYS = (
    "The mayor of the town said a bridge of talk remains until the spring.",
    "The mayor of the town said speaking bridges stay until the spring.",
    "The mayor of the town said it will be bridged until the spring.",
    "The mayor of the town said no words are left until the spring.",
)
_RUSSIAN = """Паром сегодня снова ходит.

На причале ждали сорок пассажиров.

Шторм закрыл порт.

Повреждены две лодки.

Мэр города сказал, что ⟦речь моста держится⟧ до весны."""
_SPANISH = """El transbordador vuelve a navegar.

Cuarenta pasajeros esperaban.

La tormenta cerró el puerto.

Dos barcos sufrieron daños.

El alcalde del pueblo dijo que ⟦habla puente queda⟧ hasta la primavera."""
_ARABIC = """عادت العبارة اليوم.

انتظر أربعون راكبا.

أغلقت العاصفة الميناء.

تضرر قاربان.

قال عمدة المدينة إن ⟦كلام الجسر يمسك⟧ حتى الربيع."""
_GERMAN = """Die Fähre fährt heute wieder.

Vierzig Reisende warteten am Kai.

Der Sturm schloss den Hafen.

Zwei Boote wurden beschädigt.

Der Bürgermeister der Stadt sagte, ⟦Rede Brücke hält⟧ bis zum Frühling."""

CHECK = Check(
    code="ACC002",
    name="unstable-span",
    category="accuracy/mistranslation",
    severity=Severity.NEUTRAL,
    needs=(RENDERINGS,),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    examples=(
        Example(_ENGLISH.format("⟦talks bridge stays⟧"), given=_given("es", _WAYS)),
        Example(
            _RUSSIAN,
            "ru",
            _given(
                "en",
                (
                    "Мэр города сказал, что мост говорит до весны.",
                    "Мэр города сказал, что слова о мостах остаются до весны.",
                    "Мэр города сказал, что его держат до весны.",
                    "Мэр города сказал, что переговоры закрыты до весны.",
                ),
            ),
        ),
        Example(
            _SPANISH,
            "es",
            _given(
                "en",
                (
                    "El alcalde del pueblo dijo que un diálogo sigue hasta la primavera.",
                    "El alcalde del pueblo dijo que los puentes hablan hasta la primavera.",
                    "El alcalde del pueblo dijo que se tenderá hasta la primavera.",
                    "El alcalde del pueblo dijo que no hay palabras hasta la primavera.",
                ),
            ),
        ),
        Example(
            _ARABIC,
            "ar",
            _given(
                "en",
                (
                    "قال عمدة المدينة إن الحديث مستمر حتى الربيع.",
                    "قال عمدة المدينة إن الجسور تتكلم حتى الربيع.",
                    "قال عمدة المدينة إن كل شيء مغلق حتى الربيع.",
                    "قال عمدة المدينة إن المفاوضات باقية حتى الربيع.",
                ),
            ),
        ),
        Example(
            _GERMAN,
            "de",
            _given(
                "en",
                (
                    "Der Bürgermeister der Stadt sagte, Brücken sprechen bis zum Frühling.",
                    "Der Bürgermeister der Stadt sagte, Worte bleiben Brücken bis zum Frühling.",
                    "Der Bürgermeister der Stadt sagte, es wird überbrückt bis zum Frühling.",
                    "Der Bürgermeister der Stadt sagte, niemand redet mehr bis zum Frühling.",
                ),
            ),
        ),
        Example(
            _ENGLISH.format("the bridge stays closed"),
            given=_given("es", ("The mayor of the town said the bridge remains shut until the spring.",) * 4),
            comment="all renderings say it in the same other words: a paraphrase",
        ),
        Example(
            "The mayor said talks bridge stays until the spring.",
            given=_given("es", _WAYS),
            comment="too short a page to know how its sentences usually come back",
        ),
    ),
)
