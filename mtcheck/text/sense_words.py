"""The words by which two renderings of a quotation are judged (``data/sense_words.tsv``): negations, persons, excuses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mtcheck.text.opposites import plain_form
from mtcheck.text.restatements import sentence_words


@dataclass(frozen=True, slots=True)
class SenseWords:
    """The words of a language by which renderings are judged; ``excuses`` by whole words and by beginnings."""

    negations: frozenset[str]
    auxiliaries: frozenset[str]
    persons: tuple[frozenset[str], frozenset[str], frozenset[str]]
    excuses: frozenset[str]
    excusing_beginnings: tuple[str, ...]
    prefixes: tuple[str, ...]
    idle: frozenset[str]
    phrases: frozenset[str]
    ordinary: tuple[str, ...]
    double: frozenset[str]
    function: frozenset[str]

    def person(self, key: str) -> int | None:
        """Return the person (0 to 2) of a subject pronoun, ``None`` for any other word."""
        return next((number for number, words in enumerate(self.persons) if key in words), None)

    def content(self, key: str) -> bool:
        """Tell whether a word carries content of its own."""
        return key not in self.function and key not in self.negations


@cache
def sense_words(language: str) -> SenseWords:
    """Return the words of a language; none for a language without a table."""
    kinds: dict[str, tuple[str, ...]] = {}
    for row in (files("mtcheck.text") / "data" / "sense_words.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\t"):
            _, kind, listed = row.split("\t")
            kinds[kind] = tuple(plain_form(word, language) for word in listed.split())
    small = sentence_words(language)
    excuses = kinds.get("excuse", ())
    first, second, third = (frozenset(kinds.get(person, ())) for person in ("first", "second", "third"))
    return SenseWords(
        negations=frozenset(kinds.get("negation", ())),
        auxiliaries=frozenset(kinds.get("auxiliary", ())),
        persons=(first, second, third),
        excuses=frozenset(word for word in excuses if not word.endswith("*")) | small.negator,
        excusing_beginnings=tuple(word.removesuffix("*") for word in excuses if word.endswith("*")),
        prefixes=kinds.get("prefix", ()),
        idle=frozenset(kinds.get("idle", ())),
        phrases=frozenset(kinds.get("phrase", ())),
        ordinary=tuple(word.removesuffix("*") for word in kinds.get("ordinary", ())),
        double=frozenset(kinds.get("double", ())),
        function=small.function,
    )
