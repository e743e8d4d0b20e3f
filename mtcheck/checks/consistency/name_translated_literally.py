"""A name was taken for a word and translated ("Healthy" for Sana).

What it finds: a word or phrase in the place of a name (after "told", before "news agency", in the brackets of a dateline,
after "the city of") that is what a known name means in its own language: "Healthy" for the agency Sana, "Chickpeas" for
Homs. In English the names come from a table of the project; in every language, from the column ``literal`` of the names in
the references, wherever such a rendering stands as a name inside a sentence.

Why it matters: a reader cannot know what is meant, and no search will ever find it. No person makes this mistake.

When it is wrong: where a paper, a band or a person really has that name, and where a page plays with the meaning of a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.core.references import REFERENCE_NAMES, ReferenceName
from mtcheck.core.spans import Span
from mtcheck.text.name_meanings import LiteralName, literal_names
from mtcheck.text.names import NAMES, NameMention
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.transliteration import fold

_CONFIDENCE = {"outlet": 0.75, "movement": 0.7, "place": 0.75, "surname": 0.6, "given": 0.5}
_CONFIDENCE_ON_PAGE, _CONFIDENCE_REFERENCE = 0.9, 0.9
_TABLE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Options:
    """What is shown: ``places``, how many places of the right name on the same page a finding points to."""

    places: int = 3


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each translated name."""
    sentences, mentions, names = facts[SENTENCES], facts[NAMES].mentions, facts[REFERENCE_NAMES]
    taken: set[Span] = set()
    for name, mention in _listed(names, mentions, sentences):
        taken.add(mention.span)
        yield _listed_hit(document, name, mention)
    for sentence in sentences:
        if sentence.language != _TABLE_LANGUAGE or document.blocks[sentence.block].role is not BlockRole.MAIN:
            continue
        for literal in literal_names(document.text, sentence.span):
            if not any(literal.span.overlaps(span) for span in taken):
                yield _hit(document, literal, mentions, options)


def _listed(
    names: Sequence[ReferenceName], mentions: Sequence[NameMention], sentences: Sequence[Sentence]
) -> Iterator[tuple[ReferenceName, NameMention]]:
    """Yield the names of the references of which a literal rendering stands on the page."""
    wanted: dict[tuple[str, str], ReferenceName] = {}
    for name in names:
        for literal in name.literal:
            wanted.setdefault((name.language.partition("-")[0], _key(literal)), name)
    for mention in mentions:
        language = sentences[mention.sentence].language.partition("-")[0]
        listed = wanted.get((language, mention.normalized))
        if listed is not None:
            yield listed, mention


def _key(text: str) -> str:
    return " ".join(fold(word) for word in text.split())


def _listed_hit(document: Document, name: ReferenceName, mention: NameMention) -> Hit:
    found = " ".join(mention.span.of(document.text).split())
    evidence = [Note("the name", name.name)]
    if name.file:
        evidence.append(Note("where the name stands", f"{name.file}:{name.line}"))
    if name.note:
        evidence.append(Note("what the references say", name.note))
    return Hit(
        mention.span,
        f"“{found}” is a literal rendering of the name {name.name}",
        _CONFIDENCE_REFERENCE,
        tuple(evidence),
    )


def _hit(document: Document, literal: LiteralName, mentions: Sequence[NameMention], options: Options) -> Hit:
    """Return the hit for a word in the place of a name; the right name elsewhere on the page makes it surer."""
    meanings = literal.meanings
    keys = {_key(meaning.name) for meaning in meanings}
    places = [mention.span for mention in mentions if mention.normalized in keys]
    names = " or ".join(dict.fromkeys(f"{meaning.name} ({meaning.native})" for meaning in meanings))
    confidence = max(_CONFIDENCE[meaning.kind] for meaning in meanings)
    return Hit(
        literal.span,
        f"“{literal.span.of(document.text)}” stands where a name is due, and is what the name {names} means",
        _CONFIDENCE_ON_PAGE if places else confidence,
        tuple(Note(f"{meaning.kind} with that meaning", f"{meaning.name} ({meaning.native})") for meaning in meanings),
        tuple(Related(place, "the name as it is usually written") for place in places[: options.places]),
    )


def _given(*names: tuple[str, str, tuple[str, ...]]) -> tuple[Given[tuple[ReferenceName, ...]], ...]:
    """Give an example names: language, name, literal renderings."""
    listed = tuple(ReferenceName(language, name, (), literal=literal) for language, name, literal in names)
    return (Given(REFERENCE_NAMES, lambda _document: listed),)


CHECK = Check(
    code="CON009",
    name="name-translated-literally",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.PREVIEW,
    needs=(SENTENCES, NAMES, REFERENCE_NAMES),
    options=Options,
    find=find,
    languages=frozenset({"en", "es", "fr", "ru", "uk"}),
    documentation=__doc__,
    examples=(
        Example(
            "Damascus, (⟦Healthy⟧) - The harbor of Varen opened on Monday, the mayor told ⟦The Island⟧.\n\nHealthy ports need "
            "healthy people, she said."
        ),
        Example("The convoy left the city of ⟦Chickpeas⟧ at noon.\n\nChickpeas and bread were handed out."),
        Example(
            "The mayor told The Island Times and Truth Nation that the truth is simple. Free channels reported it. "
            "Life in the city of Milton goes on.",
            comment="longer names, and words in their plain sense",
        ),
        Example("Deputy ⟦Love⟧ Varenskaya left early.\n\nHope remains, said Faith Marlow."),
        Example(
            "На причале ждал посол ⟦Добрый Хаддар⟧, сообщили в порту.",
            "ru",
            _given(("ru", "Карим Хаддар", ("Добрый Хаддар",))),
        ),
        Example("На причале ждал добрый Хаддар.", "ru", _given(("ru", "Карим Хаддар", ("Добрый Хаддар",)))),
        Example("El convoy salió de ⟦Garbanzos⟧ al mediodía.", "es", _given(("es", "Homs", ("Garbanzos",)))),
        Example("El convoy repartió garbanzos y pan.", "es", _given(("es", "Homs", ("Garbanzos",)))),
    ),
)
