"""Noun phrases and verbs around quotations, told by position and by lists of words alone."""

from __future__ import annotations

import re

from mtcheck.core.spans import Span
from mtcheck.text.quotation_regions import Region
from mtcheck.text.speech_words import SpeechWords

_LONGEST_PHRASE = 12
_LONGEST_APPOSITION = 16
_LONGEST_CLAUSE = 14
LONGEST_SENTENCE = 60
"""Words of a sentence that are looked at on either side of a quotation."""

BREAKS = re.compile(r"[,;:!?…—–“”\"()،؛؟]|\s-\s|\.(?=\s)")
"""Punctuation that parts phrases or clauses."""

_TITLE = re.compile(r"\s“.?”\s")
_PARTICIPLE = {"en": ("ing",), "es": ("ndo",), "fr": ("ant",), "ar": ("ا", "ة")}
_BE = frozenset({"is", "are", "was", "were", "been", "está", "estaba"})


class Phrases:
    """Finds the phrases of one region. Places are indexes of its words, limits are exclusive."""

    def __init__(self, region: Region, words: SpeechWords, language: str) -> None:
        """Take the words of the region, and the words of speech of its language."""
        self._region = region
        self._words = region.words
        self._gaps = region.gaps
        self._speech = words
        self._language = language

    def first_phrase(self, floor: int, limit: int) -> Span | None:
        """Return the noun phrase with which a sentence begins, for a participle that has no verb of speech before it.

        What stands before a first comma ("Speaking at the harbor, …", "In the end, …") is passed over.
        """
        speech, words = self._speech, self._words
        start = floor + (words[floor].lower in speech.joins)
        if start >= limit:
            return None
        if words[start].lower in speech.stops | speech.loose | speech.links or self.is_participle(start):
            commas = [index for index in range(start + 1, limit) if "," in self._gaps[index]]
            if not commas:
                return None
            start = commas[0]
        if words[start].lower in speech.pronouns:
            return words[start].span
        end = start
        if words[start].lower in speech.determiners:
            end += 1
        elif not words[start].capital:
            return None
        while end + 1 < limit and words[end + 1].capital and not self._broken(end + 1):
            end += 1
        if end + 2 < limit and words[end + 2].capital and not self._broken(end + 1) and not self._broken(end + 2):
            # A word in lower case between names ("Council member Orlo Brandt"), a verb not being looked for.
            joined = words[end + 1].lower not in speech.stops | speech.loose | speech.joins
            end = end + 2 if joined and end == start else end
        elif words[start].lower in speech.determiners and end > start + 1 and end + 1 < limit:
            end += not self._broken(end + 1)
        end = min(end, limit - 1)
        return Span(words[start].span.start, words[end].span.end)

    def forward(self, index: int, limit: int, *, joined: bool = True) -> Span | None:
        """Return the noun phrase that begins at a word, when nothing parts it from the verb before it (``joined``)."""
        speech, words = self._speech, self._words
        while index < limit and words[index].lower in speech.between and words[index].lower not in speech.determiners:
            index += 1
        if index >= limit or (joined and self._broken(index)) or self._is_stop(index):
            return None
        if words[index].lower in speech.pronouns:
            return words[index].span
        end = index
        while (
            end + 1 < limit
            and end - index < _LONGEST_PHRASE
            and not self._broken(end + 1)
            and (words[end + 1].capital or not self._is_stop(end + 1))
            and words[end + 1].lower not in speech.pronouns
            and not words[end + 1].lower.isdigit()
            and not self._leaves_name(end)
        ):
            end += 1
        while end > index and words[end].lower in speech.links | speech.loose | speech.joins | speech.determiners:
            end -= 1
        if words[index].lower in speech.determiners and end == index:
            return None
        return Span(words[index].span.start, words[end].span.end)

    def _leaves_name(self, index: int) -> bool:
        """Tell whether a German word in lower case follows a name: nouns are written with a capital there."""
        word, following = self._words[index], self._words[index + 1]
        if self._language != "de" or not word.capital or following.capital:
            return False
        return following.lower not in self._speech.links | self._speech.determiners | self._speech.joins

    def backward(self, verb: int, floor: int) -> Span | None:
        """Return the noun phrase that ends before a verb, with auxiliaries and adverbs between them left out."""
        speech, words = self._speech, self._words
        end = verb - 1
        near = verb
        while end > floor and words[end].lower in speech.between - speech.relatives and not self._broken(near):
            near, end = end, end - 1
        if end < floor:
            return None
        if near == verb and _TITLE.fullmatch(self._gaps[verb]):
            # «Газета „Новая волна“ пишет»: the title between the noun and the verb belongs to the speaker.
            start = end
            while start > floor and words[start - 1].lower in speech.determiners and not self._broken(start):
                start -= 1
            limit = words[verb].span.start
            while limit > words[end].span.end and self._region.text[limit - 1].isspace():
                limit -= 1
            return None if self.is_verb(end) else Span(words[start].span.start, limit)
        if words[end].lower in speech.relatives and end > floor:
            near, end = end, end - 1
            if self._region.ends[near]:
                return None
        elif self._broken(near):
            end = self._before_apposition(end, floor)
            if end < floor:
                return None
        if words[end].lower in speech.pronouns:
            return words[end].span
        if self._is_stop(end) or words[end].lower in speech.links | speech.loose | speech.joins:
            return None
        start = end
        while start > floor and end - start < _LONGEST_PHRASE and not self._broken(start):
            word = words[start - 1]
            if word.lower in speech.joins:
                if start - 1 == floor or not (words[start].capital and words[start - 2].capital):
                    break
            elif (
                (
                    word.lower in speech.pronouns - speech.determiners
                    or word.lower in speech.relatives - speech.determiners
                )
                or self.is_verb(start - 1)
                or word.lower in speech.between
                or (self._is_stop(start - 1) and word.lower not in speech.loose | speech.links | speech.determiners)
            ):
                break
            start -= 1
        trimmed = start
        while trimmed < end and words[trimmed].lower in speech.links | speech.loose | speech.joins:
            trimmed += 1
        if trimmed > start:
            # "In a statement Brandt said": the phrase after the preposition is none of the speaker's.
            names = [
                index for index in range(trimmed + 1, end + 1) if words[index].capital and not words[index - 1].capital
            ]
            trimmed = names[-1] if names else trimmed
        named = any(
            words[index].capital and words[index].lower not in speech.determiners for index in range(trimmed, end + 1)
        )
        if not named:
            if words[verb].lower in speech.nouns:
                return None
            if speech.bare and words[trimmed].lower not in speech.determiners:
                trimmed = end
                if words[end].lower not in speech.bare:
                    return None
            elif trimmed == end and words[end].lower in speech.determiners:
                return None
        return Span(words[trimmed].span.start, words[end].span.end)

    def _before_apposition(self, end: int, floor: int) -> int:
        """Return the index of the last word before an apposition that ends at ``end``, or -1."""
        if "," not in self._gaps[end + 1] or "“" in self._gaps[end + 1]:
            return -1
        for index in range(end, max(floor, end - _LONGEST_APPOSITION), -1):
            if self._region.ends[index] or "“" in self._gaps[index]:
                return -1
            if "," in self._gaps[index] and not self._words[index - 1].lower.isdigit():
                return index - 1
        return -1

    # --- words ---

    def is_verb(self, index: int) -> bool:
        """Tell whether a verb of speech stands there; with a capital only at the start of a sentence."""
        if index >= len(self._words):
            return False
        word = self._words[index]
        return word.lower in self._speech.verbs and not (word.capital and not self._region.ends[index])

    def is_participle(self, index: int) -> bool:
        """Tell whether a verb of speech is a participle, which shares the subject of another verb."""
        endings = _PARTICIPLE.get(self._language, ())
        if not endings or not self.is_verb(index) or not self._words[index].lower.endswith(endings):
            return False
        return index == 0 or self._words[index - 1].lower not in _BE

    def _is_stop(self, index: int) -> bool:
        word = self._words[index]
        if self._language == "en" and word.lower.endswith("ly") and not word.capital:
            return True
        return word.lower in self._speech.stops

    def _broken(self, index: int) -> bool:
        """Tell whether punctuation stands before a word, the stop of an abbreviation or an initial left out."""
        gap = self._gaps[index]
        if gap.isspace() or not gap:
            return not gap and index == 0
        return bool(BREAKS.search(gap)) and (not gap.startswith(". ") or len(gap) > 2 or self._region.ends[index])

    def sentence_start(self, index: int) -> int:
        """Return the index of the first word of the sentence around a word, some sixty words back at most."""
        floor = index
        while floor > 0 and index - floor < LONGEST_SENTENCE and not self._region.ends[floor]:
            floor -= 1
        return floor

    def clause_end(self, index: int) -> int:
        """Return the index after the last word of the clause that begins at a word."""
        end = index + 1
        while end < len(self._words) and end - index < _LONGEST_CLAUSE and not BREAKS.search(self._gaps[end]):
            end += 1
        # A full stop after an initial or an abbreviation ends no clause.
        while end < len(self._words) and end - index < _LONGEST_CLAUSE and not self._broken(end):
            end += 1
        return end
