"""What a page leaves for the comparison of quotations across pages, and which quotations of different pages are one utterance.

A quotation is cut into its sentences, so that a page that quotes three sentences meets one that quotes the second only. What
stands before a quotation in its own sentence and belongs to what was said ("that it will not “engage in …”") is kept beside
it. A quotation whose mark is lost takes part, up to where it must have begun.

Two sentences are candidates where they share at least two word trigrams (an inverted index; Broder 1997 calls the trigrams
shingles) and are one utterance where an alignment of their words covers most of the shorter one. Trigrams that stand in many
different sentences tell nothing and are left out, which keeps the work nearly linear.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mtcheck.core.across import Gathering, PlacedSpan, PlaceSpan
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.references import REFERENCE_NAMES
from mtcheck.core.spans import Span
from mtcheck.text.alignment import words_of
from mtcheck.text.names import NAMES
from mtcheck.text.opposites import plain_form
from mtcheck.text.quotation_records import QUOTATIONS, Diagnosis, Quotation, QuotationKind, Quotations
from mtcheck.text.restatements import sentence_words
from mtcheck.text.sentences import SENTENCES, Sentence, sentence_spans
from mtcheck.text.speech import SPEECH_CONJUNCTIONS, SPEECH_VERBS
from mtcheck.text.utterance_speakers import Speakers

FEWEST_WORDS = 5
"""Words that a sentence of a quotation needs to be compared at all."""

MOST_WORDS = 120
"""Words of a sentence that are compared: what is longer is a list or no sentence."""

FEWEST_SHARED_WORDS = 5
FEWEST_SHARED_CONTENT_WORDS = 3
COVERED = 0.6
"""Share of the shorter sentence's words that must be aligned for the two to be one utterance."""

COMMON_TRIGRAM = 32
"""Different sentences that a trigram may stand in and still tell something."""

_LEAD_WORDS = 8
_LEAD_REACH = 120
_AROUND = 300
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Gov|Rep|Lt|Col|Sgt|Prof|Hr|Fr|Sr|Sra|No|Nr)\.\Z")
_CLAUSE_BREAK = re.compile(r"[,:;،؛«»“”„\"(\u2013\u2014]")


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence of a quotation.

    ``at`` is the quoted part, ``lead`` what stands before it in its sentence and belongs to what was said (or nothing).
    ``words`` are the keys of the words of both with spaces between, so that the reduce need not read them again.
    ``denied``: the page's own words around the quotation deny or refuse something. ``speaker`` is the full name of the
    person who is given as speaker where the page has it (``speaker_at``: where), ``date`` when the page was published.
    ``broken``: a mark of the quotation is lost. ``said_on`` is the day on which the page says it was said (``05-31``, with
    the year before it where that is given; ``said_at``: where), or nothing.
    """

    at: PlacedSpan
    lead: str
    words: str
    denied: bool
    language: str
    speaker: str
    speaker_at: PlacedSpan | None
    date: str
    broken: bool
    said_on: str = ""
    said_at: PlacedSpan | None = None

    @property
    def text(self) -> str:
        """What was said, as far as the page has it: the lead and the quoted part."""
        return f"{self.lead} {self.at.text}" if self.lead else self.at.text


@dataclass(frozen=True, slots=True)
class Rendering:
    """One wording of a sentence with all pages that have it, sorted by document."""

    keys: tuple[str, ...]
    language: str
    members: tuple[Utterance, ...]

    @property
    def pages(self) -> int:
        """The number of documents that have this wording."""
        return len({member.at.document for member in self.members})


@dataclass(frozen=True, slots=True)
class Renderings:
    """Two wordings of one utterance from different pages; ``covered`` is the aligned share (0 to 1) of the shorter one."""

    left: Rendering
    right: Rendering
    covered: float


@dataclass(frozen=True, slots=True)
class UtteranceGroup:
    """All wordings of one utterance, and which of them lie near enough to be compared."""

    renderings: tuple[Rendering, ...]
    pairs: tuple[Renderings, ...]


def utterances_of(document: Document, facts: Facts, place: PlaceSpan) -> Iterator[Utterance]:
    """Yield the sentences of the quotations of a document that are long enough to be found again elsewhere."""
    sentences, quotations = facts[SENTENCES], facts[QUOTATIONS]
    speakers = Speakers(document, facts)
    broken = _broken_ends(quotations)
    index = 0
    for quotation in quotations.quotations:
        if quotation.depth or quotation.kind is not QuotationKind.SPEECH:
            continue
        while index and sentences[index - 1].span.end > quotation.inner.start:
            index -= 1
        while index < len(sentences) and sentences[index].span.end <= quotation.inner.start:
            index += 1
        speaker = quotation.speaker
        name, said_on = speakers.name_of(quotation), speakers.date_of(quotation)
        reading = index
        while reading < len(sentences) and sentences[reading].span.start < quotation.inner.end:
            sentence = sentences[reading]
            reading += 1
            part = _within(document.text, sentence, quotation)
            if part is None:
                continue
            lead = _lead(document.text, sentence, quotation) if quotation.inner.start > sentence.span.start else None
            before = Span(max(sentence.span.start, part.start - _AROUND), (lead or part).start)
            after = Span(part.end, min(sentence.span.end, part.end + _AROUND))
            denied = any(_denies(document.text, span, sentence.language) for span in (before, after))
            # Segmenters take a quotation in one piece, so that the sentences inside it are found here.
            for number, inner in enumerate(_sentences_inside(part.of(document.text), sentence.language)):
                unit = inner.shift(part.start)
                keys = [word.key for word in words_of(unit.of(document.text))]
                if not FEWEST_WORDS <= len(keys) <= MOST_WORDS:
                    continue
                before_it = lead.of(document.text).strip() if lead and not number else ""
                yield Utterance(
                    place(unit),
                    before_it,
                    " ".join((*(word.key for word in words_of(before_it)), *keys)),
                    denied,
                    sentence.language,
                    name,
                    place(speaker) if name and speaker else None,
                    (document.published or "")[:10],
                    quotation.span.start in broken or quotation.span.end in broken,
                    said_on.day if said_on else "",
                    place(said_on.span) if said_on else None,
                )


def group_utterances(records: Sequence[Utterance]) -> tuple[UtteranceGroup, ...]:
    """Return the groups of wordings that stand on at least two pages, in the order of their first page.

    The work is that of sorting the trigrams, and of aligning the pairs that share rare ones.
    """
    renderings = _renderings(records)
    pairs = []
    for left, right in _candidates(renderings):
        one, other = renderings[left], renderings[right]
        if one.language != other.language or not _on_two_pages(one, other):
            continue
        covered = _covered(one, other)
        if covered >= COVERED:
            pairs.append((left, right, covered))
    leader = list(range(len(renderings)))
    for left, right, _ in pairs:
        first, second = sorted((_root(leader, left), _root(leader, right)))
        leader[second] = first
    linked: dict[int, list[Renderings]] = defaultdict(list)
    for left, right, covered in pairs:
        linked[_root(leader, left)].append(Renderings(renderings[left], renderings[right], covered))
    members: dict[int, list[Rendering]] = defaultdict(list)
    for number, rendering in enumerate(renderings):
        members[_root(leader, number)].append(rendering)
    return tuple(
        UtteranceGroup(tuple(group), tuple(linked[root]))
        for root, group in sorted(members.items())
        if len({utterance.at.document for rendering in group for utterance in rendering.members}) > 1
    )


class Standing:
    """The pages on which an utterance stands, in order, with the first place on each."""

    __slots__ = ("_first",)

    def __init__(self, members: Iterable[Utterance]) -> None:
        """Take utterances sorted by document."""
        self._first: dict[str, Utterance] = {}
        for member in members:
            self._first.setdefault(member.at.document, member)

    def __len__(self) -> int:
        return len(self._first)

    def __iter__(self) -> Iterator[Utterance]:
        return iter(self._first.values())

    def count_elsewhere(self, document: str) -> int:
        """Return on how many pages other than ``document`` it stands."""
        return len(self._first) - (document in self._first)

    def elsewhere(self, document: str, most: int) -> list[Utterance]:
        """Return it on the first pages other than ``document``, at most ``most`` of them."""
        return list(islice((member for page, member in self._first.items() if page != document), most))


def _within(text: str, sentence: Sentence, quotation: Quotation) -> Span | None:
    """Return the part of a sentence that is quoted, without white space and marks at its ends."""
    start = max(sentence.span.start, quotation.inner.start)
    end = min(sentence.span.end, quotation.inner.end)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _sentences_inside(text: str, language: str) -> Iterator[Span]:
    """Yield the sentences of a quotation; an abbreviation ends none ("Ms. Marlow", "the U.S. harbor")."""
    waiting: Span | None = None
    for span in sentence_spans(text, language):
        here = span if waiting is None else Span(waiting.start, span.end)
        if _ABBREVIATED.search(here.of(text)[-12:]):
            waiting = here
            continue
        waiting = None
        yield here
    if waiting is not None:
        yield waiting


def _lead(text: str, sentence: Sentence, quotation: Quotation) -> Span | None:
    """Return the words before a quotation that belong to what was said: the end of the clause that it goes on with."""
    first = _WORD.search(text, quotation.inner.start, quotation.inner.end)
    opening = quotation.opening
    if opening is None or first is None or first[0][0].isupper():
        return None
    start = max(sentence.span.start, opening.start - _LEAD_REACH)
    for mark in _CLAUSE_BREAK.finditer(text, start, opening.start):
        start = mark.end()
    words = list(_WORD.finditer(text, start, opening.start))
    conjunctions = SPEECH_CONJUNCTIONS.get(sentence.language, frozenset())
    for position in range(len(words) - 1, -1, -1):
        if words[position][0].lower() in conjunctions:
            words = words[position + 1 :]
            break
    if not words or len(words) > _LEAD_WORDS:
        return None
    verbs = SPEECH_VERBS.get(sentence.language, frozenset())
    if any(word[0].lower() in verbs for word in words):
        return None
    return Span(words[0].start(), words[-1].end())


def _denies(text: str, span: Span, language: str) -> bool:
    """Tell whether a negation or a refusal stands in a stretch of the page's own words."""
    negators = sentence_words(language).negator
    forms = (plain_form(word[0], language) for word in _WORD.finditer(text, span.start, span.end))
    return any(form in negators or form.endswith("n't") for form in forms)


def _broken_ends(quotations: Quotations) -> frozenset[int]:
    """Return where quotations start or end at which a mark is the only one left."""
    lost = (Diagnosis.LOST_OPENING, Diagnosis.LOST_CLOSING)
    return frozenset(
        stray.mark.end if stray.diagnosis is Diagnosis.LOST_OPENING else stray.mark.start
        for stray in quotations.strays
        if stray.diagnosis in lost
    )


def _renderings(records: Sequence[Utterance]) -> list[Rendering]:
    """Bring equal wordings together, in the order of the records."""
    found: dict[tuple[str, str, str], list[Utterance]] = defaultdict(list)
    for record in records:
        found[record.language, record.words, record.lead].append(record)
    return [
        Rendering(tuple(words.split(" ")), language, tuple(members)) for (language, words, _), members in found.items()
    ]


def _candidates(renderings: Sequence[Rendering]) -> list[tuple[int, int]]:
    """Return the pairs of renderings that share at least two trigrams which few others have, sorted."""
    import numpy as np

    shingles = [_trigrams(rendering.keys) for rendering in renderings]
    sizes = np.array([len(each) for each in shingles], dtype=np.int64)
    if not sizes.sum():
        return []
    hashes = np.concatenate([np.array(each, dtype=np.uint64) for each in shingles])
    owners = np.repeat(np.arange(len(renderings), dtype=np.int64), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    ends = np.append(starts[1:], len(hashes))
    lengths = ends - starts
    pairs = []
    for size in range(2, COMMON_TRIGRAM + 1):
        # All trigrams that stand in ``size`` sentences at once: a table of their owners, one row a trigram.
        rows = starts[lengths == size]
        if len(rows):
            table = owners[rows[:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            pairs.append((table[:, left] * len(renderings) + table[:, right]).ravel())
    if not pairs:
        return []
    codes, counts = np.unique(np.concatenate(pairs), return_counts=True)
    return [divmod(int(code), len(renderings)) for code in codes[counts >= 2]]


def _trigrams(keys: Sequence[str]) -> list[int]:
    """Return a number for each different trigram of words, sorted; the same on every machine."""
    return sorted(
        {
            zlib.crc32(" ".join(keys[start : start + 3]).encode("utf-8", "surrogatepass"))
            for start in range(len(keys) - 2)
        }
    )


def _on_two_pages(left: Rendering, right: Rendering) -> bool:
    """Tell whether the wordings stand on different pages: what one page says twice is another check's business."""
    return len({member.at.document for member in (*left.members, *right.members)}) > 1


def _covered(left: Rendering, right: Rendering) -> float:
    """Return the share of the shorter wording that the longer one has in the same order; 0 where that is too little."""
    from rapidfuzz.distance import Levenshtein

    shared = [
        left.keys[position]
        for block in Levenshtein.editops(left.keys, right.keys).as_matching_blocks()
        for position in range(block.a, block.a + block.size)
    ]
    function = sentence_words(left.language).function
    content = sum(key not in function and len(key) > 1 for key in shared)
    if len(shared) < FEWEST_SHARED_WORDS or content < FEWEST_SHARED_CONTENT_WORDS:
        return 0.0
    return len(shared) / min(len(left.keys), len(right.keys))


def _root(leader: list[int], number: int) -> int:
    """Return the first member of a group, and shorten the way there."""
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


UTTERANCES: Gathering[Utterance, UtteranceGroup] = Gathering(
    "utterances", (SENTENCES, QUOTATIONS, NAMES, REFERENCE_NAMES), Utterance, utterances_of, group_utterances
)
