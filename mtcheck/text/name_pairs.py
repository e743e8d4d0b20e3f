"""Names of a source and its translation, matched across languages and alphabets.

A name is found by its capital letter, in languages that write little else with one; its counterpart by any of: the same
letters, a spelling that transliteration explains or nearly so, the same consonants, or a word that the bilingual lexicon knows
for it ("Germany" and "Alemania"). Only a name without any counterpart counts as lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from mtcheck.core.spans import Span
from mtcheck.text.opposites import plain_form
from mtcheck.text.transliteration import fold
from mtcheck.text.word_evidence import SidedUnits, counterparts, evidence

LANGUAGES_WITH_NAMES = frozenset({"en", "es", "fr", "ru", "uk"})
"""Languages that write names, and little else, with a capital letter."""
LANGUAGES_OF_COUNTERPARTS = LANGUAGES_WITH_NAMES | {"de"}
"""Languages in which the counterpart of a name can be recognized by its letters."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_SENTENCE_ENDS = frozenset(".!?:;…«»\"'“”„‘(—–-•")
_LETTERS = 4
# Half of a name's letters may change on its way through case endings and another alphabet.
_LIKENESS = 0.42
MOST_WORDS = 400
_LONE_H = re.compile(r"(?<![sc])h")
# Words that stand in titles of bodies and offices, which are translated: English ones, for the words of other languages rarely have
# a capital letter there.
_BODIES = frozenset(
    """state department home office foreign ministry commons lords house senate congress secretary minister president prime chief
    constabulary rescue service services police federal national international central general council committee commission union
    bank court supreme party democrat democrats democratic republican republicans liberal labour conservative conservatives
    health indigenous aboriginal church university institute school north south east west northern southern eastern western
    river street road park island islands county district province region city army navy force forces fleet military defense
    defence internet earth world cup league championship games""".split()
)
_DOUBLED = re.compile(r"(.)\1+")
# What Russian and Ukrainian cases put at the end of a name.
_CASE_ENDS = frozenset("аеиоуыюяії")
_CYRILLIC_TO_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "ia", "є": "ie", "і": "i", "ї": "i",
    "ґ": "g",
}  # fmt: skip
_LATIN = str.maketrans(_CYRILLIC_TO_LATIN)
# How Latin alphabets write one sound: folded before comparing, longer groups first.
_SOUNDS = (("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"),
           ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"), ("c", "k"), ("ou", "u"), ("dzh", "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class LostName:
    """A name without counterpart: its span in the text that has it."""

    span: Span


def unmatched_names(text: str, other: str, language: str, other_language: str) -> tuple[LostName, ...]:
    """Return the names of ``text`` that have no counterpart in ``other``; nothing where names cannot be told or compared."""
    if language not in LANGUAGES_WITH_NAMES or other_language not in LANGUAGES_OF_COUNTERPARTS:
        return ()
    names = _names(text)
    if not names:
        return ()
    there = SidedUnits.of(other, other_language)
    sounds = sorted({_sounds(match[0]) for match in list(_WORD.finditer(other))[:MOST_WORDS]})
    initials = "".join(match[0][0].casefold() for match in list(_WORD.finditer(other))[:MOST_WORDS])
    found: list[LostName] = []
    for run in names:
        missing = [span for span in run if not _has_counterpart(span.of(text), sounds, initials)]
        if len(missing) < len(run):
            continue  # a part of the name is there: the rest is a title, or a first name that was left out
        name = Span(run[0].start, run[-1].end)
        units = SidedUnits.of(name.of(text), language).units
        if any(item.found for item in evidence(units, there.keys, language, other_language)):
            continue
        if text[name.end : name.end + 1] == ":" or all(plain_form(span.of(text), language) in _BODIES for span in run):
            continue
        if all(_is_carried_over(unit.key, language, other_language) for unit in units):
            found.append(LostName(name))
    return tuple(found)


def _names(text: str) -> list[list[Span]]:
    """Return runs of words with a capital inside sentences, each word for itself."""
    runs: list[list[Span]] = []
    previous_end = -2
    for match in list(_WORD.finditer(text))[:MOST_WORDS]:
        before = text[max(0, match.start() - 6) : match.start()].rstrip()[-1:]
        word = match[0]
        is_name = word[0].isupper() and len(word) >= _LETTERS and not word.isupper() and bool(before)
        if is_name and before not in _SENTENCE_ENDS:
            joined = runs and previous_end >= 0 and text[previous_end : match.start()] == " "
            if joined:
                runs[-1].append(Span(match.start(), match.end()))
            else:
                runs.append([Span(match.start(), match.end())])
            previous_end = match.end()
        else:
            previous_end = -2
    return runs


def _is_carried_over(key: str, language: str, other_language: str) -> bool:
    """Tell whether a word keeps its sound in the other language, as names do; "Ministry" and "Fatherland" do not."""
    listed = counterparts(key, language, other_language)
    if listed is None:
        return len(key) > _LETTERS
    return any(_alike(_sounds(key), _sounds(other)) for other in listed)


def _has_counterpart(word: str, sounds: Sequence[str], initials: str) -> bool:
    mine = _sounds(plain_form(word, "und").removesuffix("'s"))
    if word.isupper() and word.casefold() in initials:
        return True
    return any(_alike(mine, other) for other in sounds)


@lru_cache(maxsize=65_536)
def _alike(left: str, right: str) -> bool:
    """Tell whether two words in plain sounds can be one name."""
    if left == right:
        return True
    shorter, longer = sorted((len(left), len(right)))
    if shorter < 3:
        return False
    if left[:_LETTERS] == right[:_LETTERS] or (shorter <= _LETTERS + 1 and left[:3] == right[:3]):
        return True
    # A compound or a derived word holds it: "Südasien", "Radiomoderator".
    if longer - shorter >= 3 and shorter >= _LETTERS and (left[:_LETTERS] in right or right[:_LETTERS] in left):
        return True
    if _consonants(left)[:3] == _consonants(right)[:3] and len(_consonants(left)) >= 3:
        return True
    return Levenshtein.distance(left, right, score_cutoff=int(_LIKENESS * longer)) <= _LIKENESS * longer


@lru_cache(maxsize=65_536)
def _sounds(word: str) -> str:
    """Return a word in plain Latin letters, one spelling a sound."""
    folded = word.casefold()
    if len(folded) > _LETTERS and folded[-1] in _CASE_ENDS:
        folded = folded[:-1]
    plain = fold(folded.translate(_LATIN))
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    # An "h" comes and goes between alphabets, where it does not belong to "sh" or "ch".
    return _DOUBLED.sub(r"\1", _LONE_H.sub("", plain))


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")
