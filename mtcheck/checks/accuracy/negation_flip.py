"""The translation denies what its source affirms, or the other way round.

What it finds: with the source at hand, a sentence in which only one side has a denying word: a "not" of the translation where the
source has neither a "not" nor a word that denies by its meaning ("refused", "without"), or the reverse.

Why it matters: it turns the sense round, and the sentence stays fluent; no other fault does so much harm with one word.

When it is wrong: where one side denies by other means ("far from", a rhetorical question, an idiom). English, German, Spanish,
French, Russian, Ukrainian and Arabic are judged, in any pair of them; two denials against one are not.
A preview: on English to Russian news, half of the findings stood in a sentence that raters had marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Severity
from mtcheck.core.sources import SOURCE_ALIGNMENT, paired_blocks
from mtcheck.text.alignment import words_of
from mtcheck.text.negation import LANGUAGES_OF_NEGATION, negations_in

# Words and turns that deny in another way, by language: where one side has any, it does not simply affirm.
_OTHER_DENIALS = {
    "en": re.compile(
        r"\b(?:un(?!der|til|ite|ity|iv|ion|it\b|its\b|ique|less)\w{4,}|non-?\w+|\w+less|dis\w{4,}|all but|except|excluding|yet to|still to"
        r"|far from|rather than|instead|too \w+ to|but for|surplus|free of|exempt\w*|opposed?|against|only|wane[ds]?)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:un(?!d\b|ter|s\b|ser)\w{4,}|\w+(?:los|frei)(?:e[nrsm]?)?|außer|statt|anstatt|nur|ab\w*lehn\w+|gegen)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:des\w{5,}|in(?:capa|cum|suf)\w+|excepto|salvo|menos|solo|sólo|contra|en lugar|en vez)\b", re.IGNORECASE
    ),
    "fr": re.compile(
        r"\b(?:non|sauf|hormis|seul\w*|contre|dépourvu\w*|au lieu|plutôt que|in(?:capa|suff)\w+)\b", re.IGNORECASE
    ),
    "ru": re.compile(
        r"\b(?:не\w{4,}|без\w{3,}|бес\w{4,}|кроме|лишь|только|против|и без того|вместо|на нет|за исключением)\b",
        re.IGNORECASE,
    ),
    "uk": re.compile(r"\b(?:не\w{4,}|без\w{3,}|крім|лише|тільки|проти|замість|за винятком)\b", re.IGNORECASE),
    "ar": re.compile(r"\b(?:سوى|إلا|باستثناء|ضد|عدم|فقط)\b"),
}


@dataclass(frozen=True, slots=True)
class Options:
    """Sentences of more than ``words`` words are not judged: with many clauses, one of them may deny in another way."""

    words: int = 60


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each pair of which one side denies."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    if not {alignment.source_language, alignment.language} <= LANGUAGES_OF_NEGATION:
        return
    for pair in alignment.comparable:
        if len(words_of(pair.translation)) > options.words:
            continue
        here = negations_in(pair.source, alignment.source_language)
        there = negations_in(pair.translation, alignment.language)
        added = [negation for negation in there if not negation.implicit]
        lost = [negation for negation in here if not negation.implicit]
        if added and not here and not _OTHER_DENIALS[alignment.source_language].search(pair.source):
            evidence = (Passage("source, which denies nothing", pair.source, alignment.source_language),)
            message = f"“{added[0].span.of(pair.translation)}” denies what the source affirms"
            yield Hit(added[0].span.shift(pair.target.start), message, 0.85, evidence)
        elif lost and not there and not _OTHER_DENIALS[alignment.language].search(pair.translation):
            spans = tuple(negation.span for negation in lost)
            evidence = (Passage("source, which denies it", pair.source, alignment.source_language, spans),)
            yield Hit(pair.target, f"The denial of the source (“{spans[0].of(pair.source)}”) is lost", 0.8, evidence)


CHECK = Check(
    code="ACC005",
    name="negation-flip",
    category="accuracy/mistranslation",
    severity=Severity.CRITICAL,
    needs=(SOURCE_ALIGNMENT,),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=LANGUAGES_OF_NEGATION,
    examples=(
        Example(
            "⟦The port will be closed on Friday.⟧\n\nThe mayor did ⟦not⟧ sign the treaty.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks(
                        "de",
                        "en",
                        (
                            "Der Hafen wird am Freitag nicht geschlossen.",
                            "Der Bürgermeister unterzeichnete den Vertrag.",
                        ),
                    ),
                ),
            ),
        ),
        Example(
            "The mayor refused to sign the treaty.\n\nThe port stays open.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("ru", "en", ("Мэр не стал подписывать договор.", "Порт остается открытым.")),
                ),
            ),
            comment="“refused” denies by its meaning",
        ),
        Example(
            "El puerto ⟦no⟧ se cerrará el viernes.",
            "es",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", ("The port will be closed on Friday.",))),),
        ),
        Example(
            "Порт в пятницу ⟦не⟧ закроют.",
            "ru",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ru", ("The port will be closed on Friday.",))),),
        ),
        Example(
            "Der Hafen wird am Freitag ⟦nicht⟧ geschlossen.",
            "de",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", ("The port will be closed on Friday.",))),),
        ),
        Example(
            "⟦لن⟧ يغلق الميناء يوم الجمعة.",
            "ar",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ar", ("The port will be closed on Friday.",))),),
        ),
    ),
)
