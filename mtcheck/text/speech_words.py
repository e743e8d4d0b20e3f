"""The words by which the speaker of a quotation is found, by language; data, from ``data/speech_words.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mtcheck.text.speech import SPEECH_CONJUNCTIONS, SPEECH_VERBS

ATTRIBUTION_LANGUAGES = frozenset({"en", "ru", "es", "ar", "de", "fr", "uk"})
"""Languages for which speakers and verbs of speech are found."""

ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen col lt sgt capt st jr sr rev hon adm maj no inc corp co u.s u.n vs etc sra sta dra
    mme mlle m hr fr nr bzw z.b г гг т.е т.к им ул тыс млн млрд jan feb aug sept oct nov dec calif mass mich conn fla""".split()
)
"""Words whose full stop ends no sentence."""


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The words of one language, in lower case. ``frames`` are expressions of one or more words, the longest first."""

    verbs: frozenset[str]
    conjunctions: frozenset[str]
    frames: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    pronouns: frozenset[str]
    relatives: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    loose: frozenset[str]
    joins: frozenset[str]
    stops: frozenset[str]
    works: frozenset[str]
    weak: frozenset[str]
    nouns: frozenset[str]
    bare: frozenset[str]


@cache
def speech_words(language: str) -> SpeechWords | None:
    """Return the words of a language, or ``None`` where its speakers are not looked for."""
    if language not in ATTRIBUTION_LANGUAGES:
        return None
    kinds: dict[str, set[str]] = {}
    for row in (files("mtcheck.text") / "data" / "speech_words.tsv").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        code, kind, words = row.split("\t")
        if code == language:
            kinds.setdefault(kind, set()).update(words.split())

    def of(kind: str) -> frozenset[str]:
        return frozenset(kinds.get(kind, ()))

    frames = sorted((tuple(frame.split("_")) for frame in of("frame")), key=lambda frame: (-len(frame), frame))
    return SpeechWords(
        of("verb") | SPEECH_VERBS[language],
        SPEECH_CONJUNCTIONS[language],
        tuple(frames),
        of("between"),
        of("pronoun"),
        of("relative"),
        of("determiner"),
        of("link"),
        of("loose"),
        of("and"),
        of("stop"),
        of("work"),
        of("weak"),
        of("noun"),
        of("bare"),
    )
