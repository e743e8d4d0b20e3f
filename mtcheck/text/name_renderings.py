"""Names that one rendering of a statement has and the other lost or replaced.

Two renderings translate a name differently without harm: an abbreviation is written out, a country turns into its
adjective, a title is cut, a spelling is transliterated in another way. A name counts as lost only where more than half of
its words have no counterpart among the words of the other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from rapidfuzz.distance import Levenshtein

from mtcheck.core.spans import Span
from mtcheck.text.number_words import number_words
from mtcheck.text.opposites import plain_form
from mtcheck.text.restatements import sentence_words
from mtcheck.text.transliteration import fold, spelling_distance

# Languages that write names, and little else, with a capital letter.
LANGUAGES_OF_NAME_RENDERINGS = frozenset({"en", "es", "fr", "ru", "uk"})
_WORD = re.compile(
    r"""
    [^\W\d_]+(?:[.'’ʼ][^\W\d_]+)*     # a word, an abbreviation inside which points stand
    \.?(?<![^.]{4}\.)                 # and its last point, which a long word does not have
    """,
    re.VERBOSE,
)
# How many words of a text are compared: the work grows with the product of both.
MOST_WORDS = 300
_SHARED_LETTERS = 4
_SPELLING_A_LETTER = 0.15
_MISSPELT_SHARE = 0.3
_ABBREVIATION = re.compile(r"(?:[A-ZА-ЯЁ]\.?){2,6}")
_SENTENCE_ENDS = frozenset('.!?:;“"«(—–-…')


_UNITED_STATES = frozenset({"us", "usa", "united", "states", "america", "american"})
# What opens an English sentence with a capital and is no name.
_OPENERS = frozenset(
    """according earlier besides additionally last late next then today yesterday tomorrow meanwhile nowadays both many most
    people three four five six seven eight nine ten two even despite during since because until once why still yet like
    each every either neither nothing nobody some any another others other far further thus hence perhaps maybe under
    within without after before inside outside between among against along across whoever whatever whenever wherever given
    right altogether thanks due instead one once police experts officials authorities""".split()
)
_OPENER_ENDINGS = ("ly", "ing", "ed", "ers", "ors", "ists")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a rendering: its span and folded form, whether it looks like a name, and whether it joins the one before."""

    span: Span
    text: str
    form: str
    name: bool
    adjoins: bool


def lost_names(text: str, other: str, language: str) -> tuple[Span, ...]:
    """Return the spans of names of ``text`` that have no counterpart in ``other``; nothing for other languages."""
    if language not in LANGUAGES_OF_NAME_RENDERINGS:
        return ()
    here, there = _words(text, language), _words(other, language)
    abbreviations = _abbreviations(there)
    initials = "".join(word.form[:1] for word in there)
    fresh = any(not _has_counterpart(word, here, "") for word in there if word.name)
    lost = []
    for run in _runs(here):
        missing = [word for word in run if not _has_counterpart(word, there, initials)]
        if fresh and all(_ABBREVIATION.fullmatch(word.text.removesuffix("s")) for word in run):
            continue  # what the letters stand for may be written out, or be known by another name
        if len(missing) * 2 > len(run) and not _is_abbreviated(run, abbreviations):
            lost.append(Span(run[0].span.start, run[-1].span.end))
    return tuple(lost)


def _words(text: str, language: str) -> list[_Word]:
    """Return the words of a text."""
    small, roles, numbers = sentence_words(language), _roles(language), number_words(language)
    found: list[_Word] = []
    for match in islice(_WORD.finditer(text), MOST_WORDS):
        before = text[max(0, match.start() - 8) : match.start()].rstrip()[-1:]
        starts = not before or before in _SENTENCE_ENDS
        form = plain_form(match[0], language).rstrip(".")
        capital = match[0][0].isupper() and len(form) > 1
        name = capital and form not in small.function | small.negator | small.contrast | roles
        if name and starts and not found:
            name = not form.endswith(_OPENER_ENDINGS) and form not in _OPENERS and form not in numbers.added
        gap = text[found[-1].span.end : match.start()] if found else ""
        found.append(
            _Word(
                Span(match.start(), match.end()),
                match[0],
                fold(match[0]).replace(".", ""),
                name,
                gap in {" ", "-", ". "},
            )
        )
    return found


@cache
def _roles(language: str) -> frozenset[str]:
    """Return the words before a name that are no part of it."""
    for row in (files("mtcheck.text") / "data" / "name_words.tsv").read_text("utf-8").splitlines():
        if row.startswith(f"{language}\trole\t"):
            return frozenset(row.split("\t")[2].split())
    return frozenset()


def _runs(words: Sequence[_Word]) -> list[list[_Word]]:
    """Return the runs of adjoining name words."""
    runs: list[list[_Word]] = []
    previous: _Word | None = None
    for word in words:
        if word.name:
            if runs and previous is not None and previous is runs[-1][-1] and word.adjoins:
                runs[-1].append(word)
            else:
                runs.append([word])
        previous = word
    return runs


def _abbreviations(words: Sequence[_Word]) -> frozenset[str]:
    """Return the abbreviations among the words, without points."""
    return frozenset(word.form for word in words if _ABBREVIATION.fullmatch(word.text))


def _is_abbreviated(run: Sequence[_Word], abbreviations: frozenset[str]) -> bool:
    """Tell whether the other text abbreviates the name."""
    initials = "".join(word.form[:1] for word in run)
    return any(initials.startswith(form) or form.startswith(initials) for form in abbreviations) and len(run) > 1


def _has_counterpart(word: _Word, others: Sequence[_Word], initials: str) -> bool:
    """Tell whether a word of a name stands in the other text in any form."""
    if _ABBREVIATION.fullmatch(word.text) and (word.form in initials):
        return True
    return any(_same(word.form, other.form) for other in others)


def _same(form: str, other: str) -> bool:
    """Tell whether two folded words can be one: inflected, derived, transliterated or misspelt."""
    if form == other or {form, other} <= _UNITED_STATES:
        return True
    shorter = min(len(form), len(other))
    if shorter < 3:
        return False
    if form[:_SHARED_LETTERS] == other[:_SHARED_LETTERS] and shorter >= _SHARED_LETTERS:
        return True
    longest = max(len(form), len(other))
    if shorter >= 4 and Levenshtein.distance(form, other) <= _MISSPELT_SHARE * longest:
        return True
    limit = _SPELLING_A_LETTER * longest
    return spelling_distance(form, other, limit) <= limit
