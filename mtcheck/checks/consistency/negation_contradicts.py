"""A sentence denies what another sentence of the page affirms in the same words.

What it finds: two sentences with nearly the same words, of which one has a negation that nothing in the other answers: "the
parliament ratified the treaty", "the parliament did not ratify the treaty". The word that is denied must stand in both. Words
that deny by their meaning ("refused", "unable", "without success") count as an answer, and so do opposed words. The finding
stands at the negation, or at the word that lacks it where more sentences of the page have it.

Why it matters: a lost "not" is the gravest thing that a translation can do to a statement, and the fluent sentence that
remains shows nothing.

When it is wrong: where two sides are quoted with the same words (only names tell such sentences apart), and where one
sentence tells what was so at another time without saying so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Note, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.negation import LANGUAGES_OF_NEGATION, negations_in
from mtcheck.text.opposites import plain_form
from mtcheck.text.renderings import negation_conflict
from mtcheck.text.restatement_filters import (
    WITHOUT_NAME_CAPITALS,
    Candidate,
    CommonWords,
    asks_or_contrasts,
    blames_left,
    inside,
    label_of,
    names_tell_apart,
    numbers_tell_apart,
    opposed,
    strongest,
    times_tell_apart,
)
from mtcheck.text.restatements import (
    LANGUAGES_OF_RESTATEMENTS,
    RESTATEMENTS,
    ContentWord,
    Restatement,
    WordPair,
    raw_words,
    sentence_words,
)
from mtcheck.text.sentences import SENTENCES, Sentence

# How far from the negation the denied word may stand: after it, and in German and French on either side.
_DENIED_WORDS = 3
# How many characters around a negation are looked at: a bound on hostile text.
_REACH = 120
_EITHER_SIDE = frozenset({"de", "fr"})
_STRICTER = 0.05
# A negation together with these speaks of a change, and the other sentence may speak of the time before it.
_CHANGE = frozenset(
    """longer anymore yet still even mehr más ya plus encore больше уже еще ещё пока більше вже поки досі بعد يعد تعد""".split()
)


@dataclass(frozen=True, slots=True)
class Options(CommonWords):
    """How much two sentences must have in common."""

    shorter_covered: float = 0.8
    longer_covered: float = 0.5
    common_words: int = 4


@dataclass(frozen=True, slots=True)
class _Denial:
    """A restatement of which one side denies ``pair``; ``negation`` is the span of what denies it."""

    restatement: Restatement
    pair: WordPair
    negation: Span
    on_left: bool


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence that contradicts a restatement of it by a negation."""
    sentences, restatements = facts[SENTENCES], facts[RESTATEMENTS]
    return strongest(_candidates(document, sentences, restatements, options))


def _candidates(
    document: Document, sentences: Sequence[Sentence], restatements: Sequence[Restatement], options: Options
) -> Iterator[Candidate]:
    for restatement in restatements:
        denial = _denial(document, sentences, restatement, options)
        if denial is not None:
            votes = _votes(document, sentences, restatements, denial)
            blamed_left = blames_left(document, sentences, restatement, votes)
            hit = _hit(document, sentences, denial, blamed_left=blamed_left)
            yield Candidate(hit.span, restatement.strength, hit)


def _denial(
    document: Document, sentences: Sequence[Sentence], restatement: Restatement, options: Options
) -> _Denial | None:
    """Return the denial of a strong restatement, or ``None`` where nothing speaks for a contradiction."""
    left, right = sentences[restatement.left], sentences[restatement.right]
    stricter = _STRICTER if left.language in WITHOUT_NAME_CAPITALS else 0.0
    coverages = (restatement.left_covered, restatement.right_covered)
    if not options.enough(coverages, len(restatement.shared), stricter=stricter):
        return None
    if asks_or_contrasts(document, left, right):
        return None
    if names_tell_apart(restatement, left.language) or times_tell_apart(document, left, right):
        return None
    if numbers_tell_apart(restatement):
        return None
    texts = [sentence.span.of(document.text) for sentence in (left, right)]
    conflict = negation_conflict(texts[0], texts[1], left.language)
    if conflict is None or opposed(restatement, left.language, answering_left=not conflict.on_left):
        return None
    denying = left if conflict.on_left else right
    for negation in conflict.words:
        pair = _denied(
            document, denying, restatement, negation.span.shift(denying.span.start), on_left=conflict.on_left
        )
        answer = pair and (pair.right if conflict.on_left else pair.left)
        # A longer sentence may deny something else besides: what both deny is no contradiction.
        other = right if conflict.on_left else left
        if (
            pair is not None
            and answer
            and not _denies(document, other, restatement, answer, on_left=not conflict.on_left)
        ):
            return _Denial(restatement, pair, negation.span.shift(denying.span.start), conflict.on_left)
    return None


def _denied(
    document: Document, sentence: Sentence, restatement: Restatement, negation: Span, *, on_left: bool
) -> WordPair | None:
    """Return the common word that a negation denies: the first content word after it, unless it tells of a change."""
    text, language = document.text, sentence.language
    small = sentence_words(language)
    pairs = {(pair.left if on_left else pair.right).span: pair for pair in restatement.shared}
    start, end = max(sentence.span.start, negation.start - _REACH), min(sentence.span.end, negation.end + _REACH)
    after = raw_words(text, Span(negation.end, end))[:_DENIED_WORDS]
    before = raw_words(text, Span(start, negation.start))[-_DENIED_WORDS:][::-1]
    if any(plain_form(span.of(text), language) in _CHANGE for span in (*after[:2], *before[:2])):
        return None
    for words in (after, before) if language in _EITHER_SIDE else (after,):
        for span in words:
            if span in pairs:
                return pairs[span]
            form = plain_form(span.of(text), language)
            if form not in small.function and not (language == "fr" and form in small.negator):
                break
    return None


def _denies(
    document: Document, sentence: Sentence, restatement: Restatement, word: ContentWord, *, on_left: bool
) -> bool:
    """Tell whether a sentence denies a word, or another one of the same stem ("don't shoot", "the shooting")."""
    own = restatement.left_only if on_left else restatement.right_only
    words = [word, *(other for other in own if other.stem == word.stem)]
    words += [side for pair in restatement.shared if (side := pair.left if on_left else pair.right).stem == word.stem]
    return any(_is_denied(document, sentence, other.span) for other in words)


def _is_denied(document: Document, sentence: Sentence, word: Span) -> bool:
    """Tell whether a negator stands just before a word of a sentence, or just after it where the language sets it there."""
    text, language = document.text, sentence.language
    for negation in negations_in(text, language, sentence.span):
        between = sorted((negation.span, word))
        apart = len(raw_words(text, Span(between[0].end, max(between[0].end, between[1].start))))
        if not negation.implicit and apart < _DENIED_WORDS and (negation.span < word or language in _EITHER_SIDE):
            return True
    return False


def _votes(
    document: Document, sentences: Sequence[Sentence], restatements: Sequence[Restatement], denial: _Denial
) -> Counter[bool]:
    """Count the other sentences that restate one of the two and deny something as the left side does, or do not."""
    pair = {denial.restatement.left, denial.restatement.right}
    votes: Counter[bool] = Counter()
    voters: set[int] = set()
    for restatement in restatements:
        sides = {restatement.left, restatement.right}
        if not sides & pair:
            continue
        stems = {shared.left.stem for shared in restatement.shared}
        for index in sides - pair - voters:
            if denial.pair.left.stem in stems:
                voters.add(index)
                sentence = sentences[index]
                denies = any(
                    not negation.implicit for negation in negations_in(document.text, sentence.language, sentence.span)
                )
                votes[denies is denial.on_left] += 1
    return votes


def _hit(document: Document, sentences: Sequence[Sentence], denial: _Denial, *, blamed_left: bool) -> Hit:
    """Return the hit at the negation, or at the word that lacks it, with both sentences beside each other."""
    text, restatement = document.text, denial.restatement
    left, right = sentences[restatement.left], sentences[restatement.right]
    denied = denial.pair.left if denial.on_left else denial.pair.right
    affirmed = denial.pair.right if denial.on_left else denial.pair.left
    phrase = Span(min(denial.negation.start, denied.span.start), max(denial.negation.end, denied.span.end))
    marks = (phrase, affirmed.span) if denial.on_left else (affirmed.span, phrase)
    here, there = (left, right) if blamed_left else (right, left)
    mark, other = marks if blamed_left else marks[::-1]
    label = label_of(document, there)
    verb = "denies" if mark == phrase else "affirms"
    return Hit(
        mark,
        f"“{mark.of(text)}” {verb} what the {label} says as “{other.of(text)}”",
        round(min(0.55 + 0.35 * restatement.strength, 0.9), 2),
        (
            Comparison(
                f"the {label_of(document, here)}",
                here.span.of(text),
                f"the {label}",
                there.span.of(text),
                (inside(mark, here),),
                (inside(other, there),),
                here.language,
            ),
            Note("words in common", ", ".join(pair.left.span.of(text) for pair in restatement.shared)),
        ),
        (Related(other, f"the {label} says “{other.of(text)}”"),),
    )


CHECK = Check(
    code="CON003",
    name="negation-contradicts",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(SENTENCES, RESTATEMENTS),
    options=Options,
    find=find,
    measured=frozenset({"ar", "de", "en", "es", "ru", "uk"}),
    languages=LANGUAGES_OF_RESTATEMENTS & LANGUAGES_OF_NEGATION,
    documentation=__doc__,
    examples=(
        Example(
            "The parliament in Varen ratified the harbor treaty.\n\n"
            "The parliament in Varen has ⟦not ratified⟧ the harbor treaty, officials said."
        ),
        Example(
            "The council of Varen will not sell the old lighthouse.\n\n"
            "The council of Varen will ⟦sell⟧ the old lighthouse.\n\n"
            "The council of Varen will not sell the old lighthouse to anyone, the mayor said."
        ),
        Example(
            "The parliament in Varen did not ratify the harbor treaty.\n\n"
            "The parliament in Varen refused to ratify the harbor treaty, officials said.",
            comment="a denial in other words",
        ),
        Example(
            "The growth of Varen is a chance for the islands, not a threat to the harbor.\n\n"
            "The growth of Varen is a chance for the islands rather than a threat to the harbor.",
            comment="a denial by “rather than”",
        ),
        Example(
            "The marchers of Varen raised their hands and called “don’t shoot” after the shooting of a sailor.\n\n"
            "The marchers of Varen raised their hands after the shooting of a sailor and called “don’t shoot” at the harbor.",
            comment="both sentences deny the word, and both have another word of its stem besides",
        ),
        Example(
            "The parliament in Varen ratified the harbor treaty.\n\n"
            "The council of Ostia has not ratified the harbor treaty, officials said.",
            comment="two bodies, told apart by their names",
        ),
        Example(
            "Парламент Варена ратифицировал договор о порте.\n\n"
            "Парламент Варена ⟦не ратифицировал⟧ договор о порте, сообщил посол.",
            "ru",
        ),
        Example(
            "Парламент Варена не ратифицировал договор о порте.\n\n"
            "Парламент Варена отказался ратифицировать договор о порте, сообщил посол.",
            "ru",
        ),
        Example(
            "El parlamento de Varén ratificó el tratado del puerto.\n\n"
            "El parlamento de Varén ⟦no ratificó⟧ el tratado del puerto, según el enviado.",
            "es",
        ),
        Example(
            "El parlamento de Varén no solo ratificó el tratado del puerto.\n\n"
            "El parlamento de Varén ratificó el tratado del puerto, según el enviado.",
            "es",
        ),
        Example(
            "Das Parlament in Varen billigte den Vertrag über den Hafen.\n\n"
            "Das Parlament in Varen billigte den Vertrag über den ⟦Hafen nicht⟧, sagte der Gesandte.",
            "de",
        ),
        Example(
            "Das Parlament in Varen billigte den Vertrag über den Hafen.\n\n"
            "Das Parlament in Varen billigte nicht nur den Vertrag über den Hafen.",
            "de",
        ),
        Example(
            "سيصادق برلمان فارين على معاهدة الميناء الجديد.\n\n"
            "⟦لن يصادق⟧ برلمان فارين على معاهدة الميناء الجديد بحسب السفير.",
            "ar",
        ),
        Example(
            "لم يصادق برلمان فارين على معاهدة الميناء الجديد.\n\n"
            "رفض برلمان فارين المصادقة على معاهدة الميناء الجديد بحسب السفير.",
            "ar",
        ),
        Example(
            "Le parlement de Varen a ratifié le traité du port.\n\n"
            "Le parlement de Varen ⟦n’a pas ratifié⟧ le traité du port, selon l’envoyé.",
            "fr",
        ),
        Example(
            "Парламент Варена ратифікував договір про порт.\n\n"
            "Парламент Варена ⟦не ратифікував⟧ договір про порт, повідомив посол.",
            "uk",
        ),
    ),
)
