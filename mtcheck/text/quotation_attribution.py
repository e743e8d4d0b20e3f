"""Who says a quotation, by which verb, and whether it is speech at all.

No parser: the words around a quotation are read by position. What stands right after a quotation that ends in a comma, or
right before one that a colon or a conjunction introduces, attributes it; then what stands further off in the same sentence.
The order of these rules follows the practice of attribution in news (Pareti, "A Database of Attribution Relations", LREC
2012; Newell et al., "An Attribution Relations Corpus for Political News", LREC 2018, whose PolNeAR they are measured on).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mtcheck.core.spans import Span
from mtcheck.text.quotation_phrases import BREAKS, LONGEST_SENTENCE, Phrases
from mtcheck.text.quotation_records import Delivery, Quotation, QuotationKind
from mtcheck.text.quotation_regions import Region
from mtcheck.text.speech_words import SpeechWords

_LONGEST_PHRASE = 12
_LONGEST_APPOSITION = 16
_NEAR = 3
_LONGEST_TERM = 4
_LONGEST_TITLE = 10
_VERB_FIRST = frozenset({"ar"})
_INNER_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker and a verb, one of which may be missing. ``near``: they stand right beside the quotation."""

    speaker: Span | None
    verb: Span
    near: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one quotation: its attribution, kind and delivery, and whether it begins its sentence."""

    attribution: Attribution | None
    kind: QuotationKind
    delivery: Delivery
    begins: bool


class RegionReader:
    """Reads the quotations of one region."""

    def __init__(self, region: Region, words: SpeechWords, language: str) -> None:
        """Take the words around the quotations, and the words of speech of the language."""
        self._region = region
        self._text = region.text
        self._words = region.words
        self._gaps = region.gaps
        self._speech = words
        self._language = language
        self._phrases = Phrases(region, words, language)

    def read(self, quotation: Quotation) -> Reading:
        """Return what is read of a quotation of this region."""
        text = self._text
        left = self._region.before(quotation.span.start)
        right = self._region.after(quotation.span.end)
        before = text[
            max(quotation.span.start - 8, self._words[left].span.end if left >= 0 else 0) : quotation.span.start
        ]
        next_start = self._words[right].span.start if right < len(self._words) else quotation.span.end + 8
        after = text[quotation.span.end : min(next_start, quotation.span.end + 8)]
        begins = left < 0 or any(sign in before for sign in ".!?…”»؟\n")
        last = text[max(quotation.inner.end - 3, quotation.inner.start) : quotation.inner.end].rstrip(
            " \xa0\u202f’'”»“\""
        )[-1:]
        comma = last in {",", "!", "?", "…", "—", "،", "؟"} or any(sign in after for sign in ",،—–")
        ended = any(sign in after for sign in ".:;") or (last == "." and not any(sign in after for sign in ",،—–"))
        closing = None if ended and not comma else self._after(right, comma=comma)
        opening = None if begins else self._before(left, before)
        if closing is not None and (begins or opening is None or not opening.near):
            attribution: Attribution | None = closing
        else:
            attribution = opening or (None if begins and ended else self._at_end(right))
        inner = quotation.inner.of(text[: quotation.inner.end]) if len(quotation.inner) < 200 else ""
        first = next(
            (
                character
                for character in text[quotation.inner.start : quotation.inner.start + 12]
                if character.isalpha()
            ),
            "",
        )
        direct = begins or (not first.islower() and any(sign in before for sign in ":,،—–"))
        delivery = Delivery.DIRECT if direct and not first.islower() else Delivery.INDIRECT
        kind = self._kind(inner, first, attribution, left, last, whole=len(quotation.inner) >= 200)
        return Reading(attribution, kind, delivery, begins)

    def introduction(self) -> Attribution | None:
        """Return the attribution with which the region ends in a colon, for a quotation in the next block."""
        if not self._words or ":" not in self._gaps[-1]:
            return None
        return self._before(len(self._words) - 1, ":")

    # --- where an attribution may stand ---

    def _after(self, right: int, *, comma: bool) -> Attribution | None:
        """Read the clause right after a quotation: "said Varen", "Varen said", "according to Varen"."""
        if right >= len(self._words):
            return None
        frame = self._frame(right)
        if frame is not None:
            return frame
        limit = self._phrases.clause_end(right)
        first = right
        while first < limit - 1 and self._words[first].lower in self._speech.between and first - right < _NEAR:
            first += 1
        for index in (first, right):
            if self._phrases.is_verb(index) and index < limit and not self._phrases.is_participle(index):
                speaker = self._phrases.forward(index + 1, limit)
                if speaker is not None and (comma or self._says_plainly(index)):
                    return Attribution(speaker, self._words[index].span, near=True)
        if not comma or self._words[right].lower in self._speech.stops - self._speech.determiners:
            return None
        for index in range(right + 1, limit):
            if self._phrases.is_verb(index):
                speaker = self._phrases.backward(index, right)
                if speaker is not None:
                    return Attribution(speaker, self._words[index].span, near=True)
        return self._apposed(right)

    def _apposed(self, right: int) -> Attribution | None:
        """Read a speaker with an apposition right after a quotation: "Orlo Brandt, the mayor of Varen, said"."""
        for index in range(right + 2, min(right + _LONGEST_APPOSITION, len(self._words))):
            if self._region.ends[index] or "“" in self._gaps[index]:
                return None
            if self._phrases.is_verb(index) and "," in self._gaps[index]:
                speaker = self._phrases.forward(right, self._phrases.clause_end(right), joined=False)
                return Attribution(speaker, self._words[index].span, near=True) if speaker is not None else None
        return None

    def _before(self, left: int, before: str) -> Attribution | None:
        """Read the sentence before a quotation, from its end."""
        floor = self._phrases.sentence_start(left)
        for index in range(left, floor - 1, -1):
            frame = (
                self._frame(index) if self._words[index].lower in {frame[0] for frame in self._speech.frames} else None
            )
            if frame is not None:
                return Attribution(frame.speaker, frame.verb, near=left - index <= _NEAR + 4)
            if not self._phrases.is_verb(index):
                continue
            near = left - index <= _NEAR or ":" in before
            if not near and self._words[index].lower in self._speech.weak:
                continue
            speaker = self._subject(index, floor, left)
            if speaker is not None or (near and left - index <= 1):
                return Attribution(speaker, self._words[index].span, near)
        return None

    def _at_end(self, right: int) -> Attribution | None:
        """Read an attribution that ends the sentence of a quotation ("…” for the town, Varen said.")."""
        stop = min(right + LONGEST_SENTENCE, len(self._words))
        for index in range(right, stop):
            if index > right and self._region.ends[index]:
                break
            if not self._phrases.is_verb(index):
                continue
            last = (
                index + 1 >= len(self._words)
                or bool(BREAKS.search(self._gaps[index + 1]))
                or self._region.ends[index + 1]
            )
            follows = last or self._words[index + 1].lower in self._speech.stops
            speaker = self._phrases.backward(index, right) if follows else None
            if speaker is not None and "," in self._gaps[self._region.after(speaker.start)]:
                return Attribution(speaker, self._words[index].span, near=False)
            if index > right and "," in self._gaps[index] and not last:
                speaker = self._phrases.forward(index + 1, self._phrases.clause_end(index))
                if speaker is not None and self._words[index].lower in self._speech.verbs:
                    return Attribution(speaker, self._words[index].span, near=False)
        return None

    def _frame(self, index: int) -> Attribution | None:
        for frame in self._speech.frames:
            end = index + len(frame)
            if tuple(word.lower for word in self._words[index:end]) == frame and end < len(self._words):
                speaker = self._phrases.forward(end, min(end + _LONGEST_PHRASE, len(self._words)))
                if speaker is not None:
                    return Attribution(
                        speaker, Span(self._words[index].span.start, self._words[end - 1].span.end), near=True
                    )
        return None

    # --- subjects ---

    def _subject(self, verb: int, floor: int, left: int) -> Span | None:
        """Return the subject of a verb before a quotation; a participle and a second verb share that of an earlier one."""
        if not self._shares_subject(verb, floor):
            return self._own_subject(verb, floor, left)
        forward = self._phrases.forward(verb + 1, left + 1) if self._language in _VERB_FIRST else None
        if forward is not None:
            return forward
        for index in range(verb - 1, floor - 1, -1):
            if self._phrases.is_verb(index) and not self._shares_subject(index, floor):
                speaker = self._own_subject(index, floor, verb - 1)
                if speaker is not None:
                    return speaker
        return self._phrases.first_phrase(floor, verb)

    def _shares_subject(self, verb: int, floor: int) -> bool:
        joined = verb > floor and self._words[verb - 1].lower in self._speech.joins | {"but"}
        return joined or self._phrases.is_participle(verb)

    def _own_subject(self, verb: int, floor: int, left: int) -> Span | None:
        forward = self._phrases.forward(verb + 1, left + 1)
        if self._language in _VERB_FIRST and forward is not None:
            return forward
        backward = self._phrases.backward(verb, floor)
        if backward is not None and self._language != "en" and forward is not None:
            start = self._region.after(backward.start)
            clean = start == floor or bool(BREAKS.search(self._gaps[start]))
            return backward if clean else forward
        if backward is not None:
            return backward
        initial = verb == floor or bool(BREAKS.search(self._gaps[verb])) or self._language != "en"
        return forward if initial else None

    def _says_plainly(self, index: int) -> bool:
        return self._words[index].lower in {"said", "says", "dijo", "dice", "sagte", "сказал", "сказала", "قال", "قالت"}

    # --- kinds ---

    def _kind(
        self, inner: str, first: str, attribution: Attribution | None, left: int, last: str, *, whole: bool
    ) -> QuotationKind:
        """Tell speech from titles and from terms; ``inner`` is empty for a long quotation (``whole``)."""
        if whole or (attribution is not None and attribution.near):
            return QuotationKind.SPEECH
        words = [match[0] for match in _INNER_WORD.finditer(inner)]
        work = (
            any(word.lower in self._speech.works for word in self._words[max(left - 1, 0) : left + 1])
            if left >= 0
            else False
        )
        long_words = [word for word in words if len(word) > 3] or words
        capitals = sum(not word[0].islower() for word in long_words)
        ends = last in {".", "!", "?", "…"}
        if words and len(words) <= _LONGEST_TITLE and first and not first.islower() and not ends:
            cased = first.isupper()
            if work or (cased and len(words) >= 2 and capitals == len(long_words)):
                return QuotationKind.TITLE
            if cased and self._language != "en" and len(words) <= _LONGEST_TERM and last != ",":
                return QuotationKind.TITLE
        if len(words) <= (1 if attribution is not None else _LONGEST_TERM) and not ends:
            return QuotationKind.TERM
        return QuotationKind.SPEECH
