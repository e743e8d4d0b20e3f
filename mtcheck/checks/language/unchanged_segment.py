"""A passage is its source, untranslated.

What it finds: with the source at hand, a sentence or unit that stands in the translation as it stands in the source, or nearly so,
though the languages differ.

Why it matters: it was passed over; every metric that compares with the source rewards it (COMET issue 192).

When it is wrong: for addresses, code and titles that stay as they are. Units of names, numbers and marks are not judged, nor
single words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Severity
from mtcheck.core.languages import UNDETERMINED
from mtcheck.core.sources import SOURCE_ALIGNMENT, paired_blocks
from mtcheck.core.spans import Span
from mtcheck.text.alignment import words_of

# Addresses, file names, placeholders, options: what nobody translates.
_CODE = re.compile(r"\S*(?:://|@|[/\\_={}<>$%]|\w\.\w|--)\S*")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Options:
    """So many words in small letters (characters of Chinese or Japanese) at least, of which the part ``same`` is unchanged."""

    words: int = 3
    same: float = 0.92


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each passage that was left as it is in the source."""
    del document
    alignment = facts[SOURCE_ALIGNMENT]
    translated = alignment.translated
    copies = sum(pair.source.strip() == pair.translation.strip() for pair in translated)
    if alignment.source_language in (alignment.language, UNDETERMINED) and (
        not all(pair.given for pair in translated) or 2 * copies > len(translated)
    ):
        # Not told apart: only in a file of pairs, and only where most of them show that something was translated.
        return
    for pair in translated:
        source, translation = pair.source.strip(), pair.translation.strip()
        if max(len(source), len(translation)) > _LONGEST or _plain_words(translation) < options.words:
            continue
        same = Indel.normalized_similarity(source, translation, score_cutoff=options.same)
        if same >= options.same:
            lead = len(pair.translation) - len(pair.translation.lstrip())
            start = pair.target.start + lead
            message = (
                "This is the source, untranslated"
                if source == translation
                else "This is nearly the source, untranslated"
            )
            evidence = (Passage("source", source, alignment.source_language),)
            yield Hit(Span(start, start + len(translation)), message, 0.95 if source == translation else 0.8, evidence)


def _plain_words(text: str) -> int:
    """Return how many words a translator would have had to touch: no code, no number, no name."""
    plain = _CODE.sub(" ", text)
    words = [word.span.of(plain) for word in words_of(plain)]
    return sum(1 for word in words if word.isalpha() and not word[0].isupper())


CHECK = Check(
    code="UNT001",
    name="unchanged-segment",
    category="accuracy/untranslated",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "⟦Der Hafen bleibt am Freitag für alle geschlossen.⟧\n\nThe mayor resigned.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks(
                        "de",
                        "en",
                        ("Der Hafen bleibt am Freitag für alle geschlossen.", "Der Bürgermeister trat zurück."),
                    ),
                ),
            ),
        ),
        Example(
            "Varen Harbor Council\n\nhttps://varen.example/news?id=7",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("de", "en", ("Varen Harbor Council", "https://varen.example/news?id=7")),
                ),
            ),
        ),
        Example(
            "⟦The port stays closed to everyone on Friday.⟧",
            "es",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", ("The port stays closed to everyone on Friday.",))),),
        ),
        Example(
            "⟦The port stays closed to everyone on Friday.⟧",
            "ru",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ru", ("The port stays closed to everyone on Friday.",))),),
        ),
        Example(
            "⟦The port stays closed to everyone on Friday.⟧",
            "de",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", ("The port stays closed to everyone on Friday.",))),),
        ),
        Example(
            "⟦The port stays closed to everyone on Friday.⟧",
            "ar",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "ar", ("The port stays closed to everyone on Friday.",))),),
        ),
    ),
)
