"""The stretches of a page: what is foreign in each block and why it may be, what its text is cut into, and the page's shares."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtcheck.core.languages import UNDETERMINED, Guess, LanguageShare, LanguageSpan
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.candidates import KANA, LANGUAGES_OF_SCRIPT
from mtcheck.engines.language_id.foreign_words import is_foreign_phrase
from mtcheck.engines.language_id.identifier import best
from mtcheck.engines.language_id.named_bodies import is_part_of_name
from mtcheck.engines.language_id.page import JudgedPage, Read
from mtcheck.engines.language_id.reasons import (
    foreign_stretches,
    is_language_name,
    reason_inside,
    reason_of_block,
    without_introduction,
)
from mtcheck.engines.language_id.stretches import Segmented
from mtcheck.text.scripts import HAN, LATIN, script_runs

# What it takes to be sure of a stretch in a script that the page's language is written in: its probability, and how much of it is
# in small letters, since names are capitalized and prove nothing.
_STRONG_INSIDE = 0.95
_TELLING_LETTERS, _TELLING_WORDS = 4, 2  # "Casa de las Gaviotas" has small words too, but only short ones
_STRONG_LETTERS = 14
_STRONG_WORDS = 3
_DOUBTFUL = frozenset({"loanword", "too-short"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def foreign_in(read: Read, guess: Guess, page: JudgedPage) -> list[LanguageSpan]:
    """Return the stretches of a block that are not in the page's language, in order, with the reason of the harmless ones."""
    if page.language == UNDETERMINED or not read.pieces:
        return []
    whole = read.aside or _whole(read, guess, page.language)
    if whole is not None:
        return [whole]
    other_script = list(_of_other_scripts(read, page))
    starts = [one.span.start for one in other_script]
    inside = [one for one in _inside(read, page.language) if not _is_covered(one.span, other_script, starts)]
    found = _with_words(read, sorted([*other_script, *inside], key=lambda one: one.span))
    return sorted(found, key=lambda one: one.span)


def _whole(read: Read, guess: Guess, page_language: str) -> LanguageSpan | None:
    """Return the block as one foreign stretch, ``None`` where it is not foreign as a whole."""
    if guess.language in {page_language, UNDETERMINED}:
        return None
    at_home = [piece for piece in read.pieces if page_language in LANGUAGES_OF_SCRIPT.get(piece.script, ())]
    if read.pieces[0] not in at_home and sum(piece.weight for piece in at_home) * 3 >= read.weight:
        return None
    reason = "name" if is_language_name(read.text) else reason_of_block(read.block)
    span = without_introduction(read.block.span, read.text, page_language)
    return LanguageSpan(span, guess.language, guess.confidence, reason)


def _of_other_scripts(read: Read, page: JudgedPage) -> Iterator[LanguageSpan]:
    """Yield the stretches in a script that the page's language is not written in."""
    for stretch in foreign_stretches(read.block, read.text, page.language):
        for piece, weighed in zip(read.pieces, read.weighed, strict=True):
            if piece.script == stretch.script or (stretch.script == HAN and piece.script == KANA):
                # That it is foreign is plain to see, so that the likeliest language is named however likely it is.
                found = best(weighed.posterior(page.priors.get(piece.script)), 0.0)
                yield LanguageSpan(stretch.span, found.language, found.confidence, stretch.reason)
                break


def _inside(read: Read, page_language: str) -> Iterator[LanguageSpan]:
    """Yield the stretches of a block in the page's own script (or in Latin letters) that are in another language.

    Those that are not beyond doubt say so, as ``too-short``.
    """
    segmented = read.segmented
    if segmented is None or not _has_own_words(segmented, page_language):
        return
    start = read.block.span.start
    for stretch in segmented.stretches:
        if stretch.language in {page_language, UNDETERMINED}:
            continue
        text = stretch.span.of(read.text)
        words = [match[0] for match in _WORD.finditer(text) if match[0] == match[0].lower()]
        sure = (
            stretch.confidence >= _STRONG_INSIDE
            and len(words) >= _STRONG_WORDS
            and sum(map(len, words)) >= _STRONG_LETTERS
            and sum(len(word) >= _TELLING_LETTERS for word in set(words)) >= _TELLING_WORDS
        )
        if not sure and len(words) == len(_WORD.findall(text)):
            sure = stretch.confidence >= _STRONG_INSIDE and is_foreign_phrase(words, stretch.language, page_language)
        reason = reason_inside(read.text, stretch.span) or reason_of_block(read.block)
        if not reason and is_part_of_name(read.text, stretch.span, stretch.language, page_language):
            reason = "name"
        yield replace(stretch, span=stretch.span.shift(start), reason=reason or ("" if sure else "too-short"))
    for aside in segmented.asides:
        yield replace(aside, span=aside.span.shift(start))


def _with_words(read: Read, found: Sequence[LanguageSpan]) -> Iterator[LanguageSpan]:
    """Yield stretches and the words of another language that are in none of them.

    A stretch that is too short to be sure of, or one word that may be borrowed, gives way to the words in it, which are.
    """
    words = [replace(word, span=word.span.shift(read.block.span.start)) for word in read.words]
    for one in found:
        if one.reason in _DOUBTFUL and any(word.span.overlaps(one.span) for word in words):
            continue
        words = [word for word in words if not word.span.overlaps(one.span)]
        yield one
    reason = reason_of_block(read.block)
    yield from (replace(word, reason=word.reason or reason) for word in words)


def _has_own_words(segmented: Segmented, language: str) -> bool:
    """Tell whether something of a block is in its language by its words too, so that what is cut off from it is a part of it."""
    return any(stretch.language == language for stretch in segmented.stretches)


def _is_covered(span: Span, found: Sequence[LanguageSpan], starts: Sequence[int]) -> bool:
    """Tell whether a span overlaps one of some that stand in order, ``starts`` being where they start."""
    last = bisect_left(starts, span.end) - 1
    return last >= 0 and found[last].span.overlaps(span)


def spans_of(read: Read, guess: Guess, foreign: Sequence[LanguageSpan]) -> Iterator[LanguageSpan]:
    """Yield the stretches of a block, without gaps but for what has no letters at its ends."""
    if not read.pieces:
        return
    start = read.block.span.start
    segmented = read.segmented
    if segmented is None or not _has_own_words(segmented, guess.language):
        runs = script_runs(read.text)
        whole = Span(runs[0].span.start, runs[-1].span.end).shift(start)
        yield LanguageSpan(whole, guess.language, guess.confidence, _reason_of(whole, foreign))
        return
    for stretch in segmented.stretches:
        span = stretch.span.shift(start)
        own = stretch.language == guess.language
        confidence = guess.confidence if own else stretch.confidence
        yield LanguageSpan(span, stretch.language, confidence, "" if own else _reason_of(span, foreign))


def _reason_of(span: Span, foreign: Sequence[LanguageSpan]) -> str:
    """Return the reason of the foreign stretch that fills most of a span, empty where none does."""
    starts = [one.span.start for one in foreign]
    for one in foreign[max(0, bisect_left(starts, span.start) - 1) : bisect_left(starts, span.end)]:
        shared = min(one.span.end, span.end) - max(one.span.start, span.start)
        if 2 * shared > span.end - span.start:
            return one.reason
    return ""


def shares_of(page: JudgedPage) -> tuple[LanguageShare, ...]:
    """Return the part of the letters that stands in each language, the largest first.

    A part of a block in another script counts for its own language, Latin words elsewhere for the block's: brands and
    abbreviations are written so in every language.
    """
    letters: dict[str, int] = {}
    for read, guess in zip(page.blocks, page.guesses, strict=True):
        for piece, weighed in zip(read.pieces, read.weighed, strict=True):
            allowed = LANGUAGES_OF_SCRIPT.get(piece.script, ())
            if guess.language in allowed or piece.script == LATIN != read.pieces[0].script:
                language = guess.language
            elif page.language in allowed:
                language = page.language
            else:
                language = best(weighed.posterior(page.priors.get(piece.script))).language
            letters[language] = letters.get(language, 0) + piece.letters
    total = sum(letters.values())
    ordered = sorted(letters.items(), key=lambda item: (-item[1], item[0]))
    return tuple(LanguageShare(language, round(count / total, 6)) for language, count in ordered)
