"""The languages that the training corpora cover, with what training needs to know of each."""

from __future__ import annotations

from dataclasses import dataclass

from mtcheck.core.errors import UsageError

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class TrainingLanguage:
    """One language.

    ``token`` tells the model which language is wanted, as OPUS-MT writes it (ISO 639-3). ``script`` is how the names of its
    letters begin in the Unicode character database. ``characters`` is the usual number of characters for one of English.
    ``function_words`` are frequent little words that few other languages here have; empty where letters tell enough.
    ``strange_letters`` are letters of the same script that the language does not have and a neighbor has.
    """

    code: str
    name: str
    token: str
    script: str
    characters: float
    function_words: frozenset[str]
    strange_letters: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LANGUAGES = {
    language.code: language
    for language in (
        TrainingLanguage(
            "en", "English", ">>eng<<", "LATIN", 1.0,
            _words("the of and to is that for it with was you this are be have from they which not what by at but his her"),
        ),
        TrainingLanguage(
            "es", "Spanish", ">>spa<<", "LATIN", 1.1,
            _words("el los las y que del una por con para está su lo como pero más al este esta muy sin sobre fue son ha"),
        ),
        TrainingLanguage(
            "de", "German", ">>deu<<", "LATIN", 1.15,
            _words("der die das und ist nicht ein eine zu mit den von sich auf für ich sie es dem wird auch werden haben"),
        ),
        TrainingLanguage(
            "fr", "French", ">>fra<<", "LATIN", 1.15,
            _words("le les des et est une dans pour que pas vous avec sur ce il elle sont du au nous cette qui je ne plus"),
        ),
        TrainingLanguage("ru", "Russian", ">>rus<<", "CYRILLIC", 1.05, frozenset(), frozenset("іїєґў")),
        TrainingLanguage("uk", "Ukrainian", ">>ukr<<", "CYRILLIC", 1.05, frozenset(), frozenset("ыэъёў")),
        TrainingLanguage("ar", "Arabic", ">>ara<<", "ARABIC", 0.85, frozenset()),
        TrainingLanguage("zh", "Chinese", ">>zho<<", "CJK", 0.33, frozenset()),
    )
}  # fmt: skip


def training_language(code: str) -> TrainingLanguage:
    """Return a language by its two-letter code. Raises ``UsageError`` for one that no corpus covers."""
    try:
        return LANGUAGES[code]
    except KeyError:
        raise UsageError(f"there is no training language {code!r}; there are {', '.join(sorted(LANGUAGES))}") from None
