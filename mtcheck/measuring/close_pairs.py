"""What language identification cannot tell well: close pairs of languages, and text in another alphabet than its own.

Close pairs are measured on lingua's test words, word pairs and sentences that nothing was fitted on. Romanized text is made of
odd lines of NTREX-128 by the tables below: Russian as people type it without a Cyrillic keyboard (after BGN/PCGN 1947, without
apostrophes), and Arabic as in chats (Arabizi, with digits for letters that Latin lacks; Yaghan 2008). Arabic is written without its
short vowels, which people who type Arabizi do write, so that what is made here is harder to read than theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.core.languages import UNDETERMINED
from mtcheck.engines.language_id.fitting import items, table
from mtcheck.engines.language_id.identifier import Identifier
from mtcheck.engines.language_id.lines import languages_of_lines
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.measuring.intervals import Count, Share, share_of

# The code in the test set, the answer that is right here, and the answer that it is most likely mistaken for.
PAIRS = (
    ("ru", "ru", "uk"),
    ("uk", "uk", "ru"),
    ("es", "es", "pt"),
    ("pt", "pt", "es"),
    ("hr", "hr", "sl"),
    ("bs", "hr", "sl"),
    ("sr", "hr", "mk"),
    ("nb", "no", "da"),
    ("da", "da", "no"),
    ("ar", "ar", "fa"),
    ("fa", "fa", "ar"),
)
UNITS = ("single-words", "word-pairs", "sentences")
_MOST = 400
_SURE = 0.95

_RUSSIAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".split(),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئء",
        "a b t th j 7 5 d th r z s sh s d t th 3 gh f 9 k l m n h w y a a a i a 2 2 2".split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class PairFigure:
    """How often one language is named right, and how often as its neighbor, for one length of text."""

    code: str
    answer: str
    neighbor: str
    unit: str
    right: Share
    mistaken: Share


@dataclass(frozen=True, slots=True)
class RomanizedFigure:
    """What sentences in Latin letters of a language that is not written in them are taken for.

    ``open`` is the part left undetermined, ``sure`` the part named with a probability of .95 or more (always wrongly), ``named`` the
    most frequent answers with their parts.
    """

    name: str
    texts: int
    open: Share
    sure: Share
    named: tuple[tuple[str, float], ...]


def romanized(text: str, language: str) -> str:
    """Return Russian (``ru``) or Arabic (``ar``) text in Latin letters; other characters stay, vowel signs go."""
    letters = _RUSSIAN if language == "ru" else _ARABIC
    written = []
    for character in text:
        latin = letters.get(character.lower(), character)
        if "\u064b" <= character <= "\u0652" or latin == "-" != character:
            continue
        written.append(latin.capitalize() if character != character.lower() else latin)
    return "".join(written)


def close_pairs(folder: Path, identifier: Identifier) -> Iterator[PairFigure]:
    """Yield a figure for each language of the pairs and each length of text; ``folder`` holds the test sets."""
    fitted_on = {item.text for item in items(folder)}
    wanted = {code for code, _, _ in PAIRS}
    texts: dict[tuple[str, str], list[str]] = {}
    for code, unit, text in table(folder / "lingua_testdata.tsv.gz"):
        if code in wanted and text not in fitted_on and len(texts.setdefault((code, unit), [])) < _MOST:
            texts[code, unit].append(text)
    provider = LanguagesProvider(identifier)
    for code, answer, neighbor in PAIRS:
        for unit in UNITS:
            found = [one.page for one in languages_of_lines(texts.get((code, unit), ()), provider=provider)]
            yield PairFigure(
                code,
                answer,
                neighbor,
                unit,
                share_of([Count(int(named == answer), 1) for named in found]),
                share_of([Count(int(named == neighbor), 1) for named in found]),
            )


def romanized_figures(folder: Path, identifier: Identifier) -> Iterator[RomanizedFigure]:
    """Yield what romanized sentences are taken for; ``folder`` holds the test sets."""
    sentences: dict[str, list[str]] = {}
    for language, line, text in table(folder / "ntrex12.tsv.gz"):
        if int(line) % 2:
            sentences.setdefault(language, []).append(text)
    provider = LanguagesProvider(identifier)
    for name, language in (("Russian in Latin letters", "ru"), ("Arabic in Latin letters (Arabizi)", "ar")):
        chosen = [romanized(text, language) for text in sentences.get(language, ())[:_MOST]]
        for kind, texts in (("sentences", chosen), ("runs of three words", [_run(text) for text in chosen])):
            yield _romanized_figure(f"{name}, {kind}", texts, provider)


def _run(text: str) -> str:
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[middle : middle + 3])


def _romanized_figure(name: str, texts: Sequence[str], provider: LanguagesProvider) -> RomanizedFigure:
    found = languages_of_lines(texts, provider=provider)
    counts = Counter(one.page for one in found if one.page != UNDETERMINED)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
    sure = [one.page != UNDETERMINED and one.blocks[0].confidence >= _SURE for one in found]
    return RomanizedFigure(
        name,
        len(texts),
        share_of([Count(int(one.page == UNDETERMINED), 1) for one in found]),
        share_of([Count(int(one), 1) for one in sure]),
        tuple((language, count / max(1, len(texts))) for language, count in ordered),
    )
