"""A name of the source has no counterpart in the translation, or the translation has a name that the source has not.

What it finds: with the source at hand, names inside sentences that the other side has in no form: not with the same letters, not
in another alphabet's spelling, not by its consonants, not as a word that the bilingual lexicon knows for it.

Why it matters: a changed or dropped name changes who is spoken of.

When it is wrong: for bodies and works whose titles are translated, nicknames, and people called by their office instead.
Names are told by their capital letters, in English, Spanish, French, Russian and Ukrainian; their counterparts are looked for in
these and in German. Only translations into languages with Latin letters are judged (into Cyrillic, names are spelt by their sound,
which their letters do not tell: measured on English to Russian, a quarter of the findings was right), and no names that open a
sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, Given, NoOptions
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Severity
from mtcheck.core.sources import SOURCE_ALIGNMENT, paired_blocks
from mtcheck.text.name_pairs import unmatched_names

LANGUAGES = frozenset({"de", "en", "es", "fr"})


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each name that only the translation has, or one for a pair that lost names."""
    del document, options
    alignment = facts[SOURCE_ALIGNMENT]
    here, there = alignment.source_language, alignment.language
    if there not in LANGUAGES:
        return
    for pair in alignment.comparable:
        lost = tuple(name.span for name in unmatched_names(pair.source, pair.translation, here, there))
        added = unmatched_names(pair.translation, pair.source, there, here)
        evidence = (Passage("source", pair.source, here, lost),)
        for name in added:
            message = f"The source has no name like “{name.span.of(pair.translation)}”"
            yield Hit(name.span.shift(pair.target.start), message, 0.85 if lost else 0.75, evidence)
        if lost and not added:
            names = ", ".join(span.of(pair.source) for span in lost)
            yield Hit(pair.target, f"The name {names} of the source is lost here", 0.75, evidence)


CHECK = Check(
    code="ACC007",
    name="name-lost",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(SOURCE_ALIGNMENT,),
    find=find,
    documentation=__doc__,
    languages=LANGUAGES,
    examples=(
        Example(
            "The mayor met ⟦Kowalenko⟧ on Friday.\n\nThe ferry to Varen was late.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("ru", "en", ("Мэр встретился с Барзаниной в пятницу.", "Паром в Варен опоздал.")),
                ),
            ),
        ),
        Example(
            "The mayor of Germany's largest port met Sergey Ivanov.",
            given=(
                Given(
                    SOURCE_ALIGNMENT,
                    paired_blocks("ru", "en", ("Мэр крупнейшего порта Германии встретился с Сергеем Ивановым.",)),
                ),
            ),
        ),
        Example(
            "⟦La alcaldesa se reunió con él el viernes.⟧",
            "es",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "es", ("The mayor met Oswaldo Trimberg on Friday.",))),),
        ),
        Example(
            "⟦Die Bürgermeisterin traf ihn am Freitag.⟧",
            "de",
            (Given(SOURCE_ALIGNMENT, paired_blocks("en", "de", ("The mayor met Oswaldo Trimberg on Friday.",))),),
        ),
    ),
)
