"""A sentence says the opposite of what another sentence of the page restates.

What it finds: two sentences that say the same thing in the same words (headline, summary, lead, the first sentences of the
body, or any two with nearly the same words), except that a word of one is opposed to a word of the other: "relations have
reached a critical and dangerous point", "relations have reached a point of improvement". Numbers and negations are other
checks' business. The finding stands at the side that fewer sentences of the page support; where only two speak, at the
summary, or at the later one.

Why it matters: a page that contradicts itself has lost the sense of its source at one of the two places, and readers who
see only headline and summary carry the wrong one away.

When it is wrong: where two sentences report two events in the same words (two votes, two quarters, two sides) and nothing in
them tells so by name, number or contrast.
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
from mtcheck.text.negation import negations_in
from mtcheck.text.opposites import Pole, plain_form, poles
from mtcheck.text.restatement_filters import (
    WITHOUT_NAME_CAPITALS,
    Candidate,
    asks_or_contrasts,
    blames_left,
    comes_at_another_time,
    inside,
    label_of,
    names_tell_apart,
    numbers_tell_apart,
    strongest,
    times_tell_apart,
)
from mtcheck.text.restatements import (
    LANGUAGES_OF_RESTATEMENTS,
    RESTATEMENTS,
    ContentWord,
    Restatement,
    raw_words,
    sentence_words,
)
from mtcheck.text.sentences import SENTENCES, Sentence

_STRICTER = 0.1
_NEGATION_WORDS = 3
_NEAR_WORDS = 4
_HEAD_WORDS = 3
_SAME_THROUGHOUT = 0.75
_COMMON_OBJECT = 0.5


@dataclass(frozen=True, slots=True)
class Options:
    """How much of two sentences their common words must cover (weighted by rarity, 0 to 1).

    ``shorter_covered`` is asked of the better covered sentence, ``longer_covered`` of the other. A headline inside a
    long lead covers little of it: ``headline_covered`` of the better covered sentence then suffices, with
    ``lead_covered`` of the other, where at least two common words stand near the opposed ones, or one where
    ``headline_whole`` of it is covered. ``common_words`` is the least number of common words in any case.
    """

    shorter_covered: float = 0.6
    longer_covered: float = 0.35
    headline_covered: float = 0.6
    headline_whole: float = 0.8
    lead_covered: float = 0.15
    common_words: int = 3


@dataclass(frozen=True, slots=True)
class _Opposition:
    """Opposed words of a restatement: those of one axis on each side."""

    restatement: Restatement
    axis: str
    left: tuple[ContentWord, ...]
    right: tuple[ContentWord, ...]
    left_positive: bool


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence that contradicts a restatement of it."""
    sentences, restatements = facts[SENTENCES], facts[RESTATEMENTS]
    return strongest(_candidates(document, sentences, restatements, options))


def _candidates(
    document: Document, sentences: Sequence[Sentence], restatements: Sequence[Restatement], options: Options
) -> Iterator[Candidate]:
    for restatement in restatements:
        opposition = _opposition(document, sentences, restatement, options)
        if opposition is not None:
            votes = _votes(sentences, restatements, opposition)
            blamed_left = blames_left(document, sentences, restatement, votes)
            blamed = sentences[restatement.left if blamed_left else restatement.right]
            hit = _hit(document, sentences, opposition, blamed_left=blamed_left)
            yield Candidate(blamed.span, restatement.strength, hit)


def _opposition(
    document: Document, sentences: Sequence[Sentence], restatement: Restatement, options: Options
) -> _Opposition | None:
    """Return the opposed words of a strong restatement, or ``None`` where nothing speaks for a contradiction."""
    left, right = sentences[restatement.left], sentences[restatement.right]
    stricter = _STRICTER if left.language in WITHOUT_NAME_CAPITALS else 0.0
    if len(restatement.shared) < options.common_words:
        return None
    better, worse = sorted((restatement.left_covered, restatement.right_covered), reverse=True)
    if better >= options.shorter_covered + stricter and worse >= options.longer_covered + stricter:
        near_words = 1
    elif better >= options.headline_covered + stricter and worse >= options.lead_covered + stricter:
        near_words = 1 if better >= options.headline_whole + stricter else 2
    else:
        return None
    if asks_or_contrasts(document, left, right) or times_tell_apart(document, left, right):
        return None
    if names_tell_apart(restatement, left.language) or numbers_tell_apart(restatement):
        return None
    if comes_at_another_time(document, left, right):
        return None
    for axis in sorted(_axes(restatement.left_only, left.language) & _axes(restatement.right_only, right.language)):
        opposition = _on_axis(document, sentences, restatement, axis, near_words)
        if opposition is not None:
            return opposition
    return None


def _on_axis(
    document: Document, sentences: Sequence[Sentence], restatement: Restatement, axis: str, near_words: int
) -> _Opposition | None:
    """Return the opposed words on one axis, if each sentence keeps to one pole and the words stand in one frame."""
    left, right = sentences[restatement.left], sentences[restatement.right]
    shared_left = [pair.left for pair in restatement.shared]
    shared_right = [pair.right for pair in restatement.shared]
    left_poles = _poles_on(axis, [*restatement.left_only, *shared_left], left.language)
    right_poles = _poles_on(axis, [*restatement.right_only, *shared_right], right.language)
    if len({pole.positive for pole in left_poles}) != 1 or len({pole.positive for pole in right_poles}) != 1:
        return None
    if not left_poles[0].opposes(right_poles[0]):
        return None
    left_words = tuple(word for word in restatement.left_only if _poles_on(axis, [word], left.language))
    right_words = tuple(word for word in restatement.right_only if _poles_on(axis, [word], right.language))
    if _negated(document, left, left_words) or _negated(document, right, right_words):
        return None
    reach, least = (1, 2) if left_poles[0].tight else (_NEAR_WORDS, near_words)
    if _near(restatement, left_words, right_words, reach) < least:
        return None
    if _have_two_objects(restatement, left_words[-1], right_words[-1]):
        return None
    if _names_two_subjects(restatement, left_words[0], right_words[0], left.language):
        return None
    return _Opposition(restatement, axis, left_words, right_words, left_poles[0].positive)


def _axes(words: Sequence[ContentWord], language: str) -> set[str]:
    """Return the axes on which the words stand."""
    return {pole.axis for word in words for pole in poles(word.form, language)}


def _poles_on(axis: str, words: Sequence[ContentWord], language: str) -> list[Pole]:
    """Return the poles of one axis at which the words stand."""
    return [pole for word in words for pole in poles(word.form, language) if pole.axis == axis]


def _negated(document: Document, sentence: Sentence, words: Sequence[ContentWord]) -> bool:
    """Tell whether a denial, by grammar or by meaning, stands near one of the words: before it, or in German and French after it."""
    text, language = document.text, sentence.language
    spans = raw_words(text, sentence.span)
    places = {span: place for place, span in enumerate(spans)}
    opposed = [places[word.span] for word in words if word.span in places]
    for negation in negations_in(text, language, sentence.span):
        place = places.get(negation.span)
        if place is None or any(word.span == negation.span for word in words):
            continue
        for other in opposed:
            after = _NEGATION_WORDS if language in {"de", "fr"} else 0
            if 0 < other - place <= _NEGATION_WORDS or 0 < place - other <= after:
                return True
    return False


def _near(restatement: Restatement, left: Sequence[ContentWord], right: Sequence[ContentWord], reach: int) -> int:
    """Count the shared words that stand within ``reach`` words of the opposed ones in both sentences."""
    return sum(
        any(abs(pair.left.position - word.position) <= reach for word in left)
        and any(abs(pair.right.position - word.position) <= reach for word in right)
        for pair in restatement.shared
    )


def _names_two_subjects(restatement: Restatement, left: ContentWord, right: ContentWord, language: str) -> bool:
    """Tell whether both sentences begin with the opposed words, which then tell two subjects apart.

    "Larger boats offer cruises" and "Smaller boats offer cruises" speak of two things, unless all the rest is the same.
    An Arabic sentence begins with its verb and is not meant.
    """
    if language == "ar" or min(restatement.left_covered, restatement.right_covered) >= _SAME_THROUGHOUT:
        return False
    earlier = (pair for pair in restatement.shared if pair.left.position < left.position)
    return not any(pair.right.position < right.position for pair in earlier)


def _have_two_objects(restatement: Restatement, left: ContentWord, right: ContentWord) -> bool:
    """Tell whether the opposed words are followed by other words on each side: "support the plan", "oppose the deal"."""
    after = [
        {word.position for word in words if 0 < word.position - opposed.position <= _NEAR_WORDS}
        for words, opposed in (
            ([*restatement.left_only, *(pair.left for pair in restatement.shared)], left),
            ([*restatement.right_only, *(pair.right for pair in restatement.shared)], right),
        )
    ]
    if not all(after) or min(restatement.left_covered, restatement.right_covered) >= _COMMON_OBJECT:
        return False
    return not any(pair.left.position in after[0] and pair.right.position in after[1] for pair in restatement.shared)


def _votes(
    sentences: Sequence[Sentence], restatements: Sequence[Restatement], opposition: _Opposition
) -> Counter[bool]:
    """Count the other sentences that restate one of the two and take the left side's stance (``True``) or the other."""
    pair = {opposition.restatement.left, opposition.restatement.right}
    votes: Counter[bool] = Counter()
    voters: set[int] = set()
    for restatement in restatements:
        for index, words in (
            (restatement.left, [*restatement.left_only, *(shared.left for shared in restatement.shared)]),
            (restatement.right, [*restatement.right_only, *(shared.right for shared in restatement.shared)]),
        ):
            if index in pair or index in voters or not pair & {restatement.left, restatement.right}:
                continue
            stances = {pole.positive for pole in _poles_on(opposition.axis, words, sentences[index].language)}
            if len(stances) == 1:
                voters.add(index)
                votes[stances.pop() is opposition.left_positive] += 1
    return votes


def _hit(document: Document, sentences: Sequence[Sentence], opposition: _Opposition, *, blamed_left: bool) -> Hit:
    """Return the hit at the blamed side, with both sentences beside each other."""
    restatement = opposition.restatement
    sides = [
        (sentences[restatement.left], opposition.left, [pair.left for pair in restatement.shared]),
        (sentences[restatement.right], opposition.right, [pair.right for pair in restatement.shared]),
    ]
    (here, here_words, here_shared), (there, there_words, there_shared) = sides if blamed_left else sides[::-1]
    here_phrase = _phrase(document, here, here_words, here_shared)
    there_phrase = _phrase(document, there, there_words, there_shared)
    here_text, there_text = here_phrase.of(document.text), there_phrase.of(document.text)
    return Hit(
        here_phrase,
        f"“{here_text}” contradicts “{there_text}”, which the {label_of(document, there)} says of the same matter",
        round(min(0.6 + 0.35 * restatement.strength, 0.95), 2),
        (
            Comparison(
                f"the {label_of(document, here)}",
                here.span.of(document.text),
                f"the {label_of(document, there)}",
                there.span.of(document.text),
                tuple(inside(word.span, here) for word in here_words),
                tuple(inside(word.span, there) for word in there_words),
                here.language,
            ),
            Note("words in common", ", ".join(word.span.of(document.text) for word in here_shared)),
        ),
        (Related(there_phrase, f"the {label_of(document, there)} says “{there_text}”"),),
    )


def _adjoin(document: Document, word: Span, following: Span) -> bool:
    """Tell whether nothing but one space stands between two words."""
    return document.text[word.end : following.start] == " "


def _phrase(
    document: Document, sentence: Sentence, words: Sequence[ContentWord], shared: Sequence[ContentWord]
) -> Span:
    """Return the phrase around the first opposed words: those close together, their head, and the article before them."""
    small = sentence_words(sentence.language)
    spans = raw_words(document.text, sentence.span)
    forms = [plain_form(span.of(document.text), sentence.language) for span in spans]
    opposed = [place for place, span in enumerate(spans) if any(word.span == span for word in words)]
    heads = {place for place, span in enumerate(spans) if any(word.span == span for word in shared)}
    first = last = opposed[0]
    for place in opposed[1:]:
        if place - last <= 2:
            last = place
    end_of_opposed = last
    while last + 1 in heads and last - end_of_opposed < _HEAD_WORDS and _adjoin(document, spans[last], spans[last + 1]):
        last += 1
    if last == end_of_opposed and first - 2 in heads and forms[first - 1] in small.linking:
        first -= 2
    if first > 0 and forms[first - 1] in small.article:
        first -= 1
    return Span(spans[first].start, spans[last].end)


CHECK = Check(
    code="CON001",
    name="restatement-contradicts",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(SENTENCES, RESTATEMENTS),
    options=Options,
    find=find,
    languages=LANGUAGES_OF_RESTATEMENTS,
    measured=frozenset({"en"}),
    documentation=__doc__,
    examples=(
        Example(
            "Marov: Talks between Varen and Ostia have reached a dangerous stage\n\n"
            "Envoy Ilya Marov affirmed that talks between Varen and Ostia have reached ⟦a stage of improvement⟧.\n\n"
            "Envoy Ilya Marov stressed on Monday that talks between Varen and Ostia have reached a dangerous stage.\n\n"
            "He gave no further details of the meeting, and the delegations left the city in the evening."
        ),
        Example(
            "The parliament in Varen approved the harbor treaty on Monday.\n\n"
            "The parliament in Varen ⟦rejected⟧ the harbor treaty on Monday, officials said."
        ),
        Example(
            "The parliament in Varen approved the harbor treaty on Monday.\n\n"
            "The council in Ostia rejected the harbor treaty on Monday, officials said.",
            comment="two bodies, told apart by their names",
        ),
        Example(
            "The harbor police of Varen detained two sailors from Ostia.\n\n"
            "The harbor police of Varen later released two sailors from Ostia.",
            comment="one thing after the other",
        ),
        Example(
            "Relations between Varen and Ostia did not improve this year.\n\n"
            "Relations between Varen and Ostia deteriorated this year, the envoy said.",
            comment="a negated opposite agrees",
        ),
        Example(
            "Exports of timber rose in Varen, but exports of grain fell.\n\nExports of grain in Varen fell last year.",
            comment="one sentence speaks of both",
        ),
        Example(
            "Die Gespräche zwischen Varen und Ostia sind gescheitert.\n\n"
            "Die Gespräche zwischen Varen und Ostia waren ⟦erfolgreich⟧, sagte der Gesandte.",
            "de",
        ),
        Example(
            "Die Gespräche zwischen Varen und Ostia sind gescheitert.\n\n"
            "Die Gespräche zwischen Varen und Ostia waren nicht erfolgreich, sagte der Gesandte.",
            "de",
        ),
        Example(
            "Las relaciones entre Varen y Ostia han alcanzado un punto crítico.\n\n"
            "Las relaciones entre Varen y Ostia han alcanzado ⟦un punto de mejora⟧, dijo el enviado.",
            "es",
        ),
        Example(
            "Las relaciones entre Varen y Ostia no mejoraron este año.\n\n"
            "Las relaciones entre Varen y Ostia empeoraron este año, dijo el enviado.",
            "es",
        ),
        Example(
            "Les relations entre Varen et Ostia ont atteint un point critique.\n\n"
            "Les relations entre Varen et Ostia ont atteint un point ⟦meilleur⟧, dit l’envoyé.",
            "fr",
        ),
        Example(
            "Les relations entre Varen et Ostia ne se sont pas améliorées cette année.\n\n"
            "Les relations entre Varen et Ostia se sont détériorées cette année, dit l’envoyé.",
            "fr",
        ),
        Example(
            "Отношения между Вареном и Остией достигли опасной черты.\n\n"
            "Отношения между Вареном и Остией достигли ⟦безопасной черты⟧, сказал посланник.",
            "ru",
        ),
        Example(
            "Отношения между Вареном и Остией не улучшились за этот год.\n\n"
            "Отношения между Вареном и Остией ухудшились за этот год, сказал посланник.",
            "ru",
        ),
        Example(
            "Парламент Варена схвалив угоду про порт у понеділок.\n\n"
            "Парламент Варена ⟦відхилив угоду⟧ про порт у понеділок, повідомив посол.",
            "uk",
        ),
        Example(
            "Парламент Варена не схвалив угоду про порт у понеділок.\n\n"
            "Парламент Варена відхилив угоду про порт у понеділок, повідомив посол.",
            "uk",
        ),
        Example(
            "ارتفعت صادرات القمح في مدينة فارين خلال العام الماضي.\n\n"
            "⟦انخفضت صادرات القمح⟧ في مدينة فارين خلال العام الماضي بحسب الوزير.",
            "ar",
        ),
        Example(
            "لم ترتفع صادرات القمح في مدينة فارين خلال العام الماضي.\n\n"
            "انخفضت صادرات القمح في مدينة فارين خلال العام الماضي بحسب الوزير.",
            "ar",
        ),
    ),
)
