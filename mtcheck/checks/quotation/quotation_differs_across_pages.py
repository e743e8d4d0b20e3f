"""A quotation says something else than the same quotation on other pages.

What it finds: sentences of quotations that stand on two or more pages of one scan, in wordings near enough to be one
utterance (an alignment covers most of the shorter one), of which one has lost or gained what turns the sense: a negation, a
negation together with its subject, a number, an opposite word, two names that changed places; or that is broken (a mark
is lost) and lacks words in its middle. Where more pages agree on one wording, the other is the odd one out; where two
stand alone, the one that is broken, or else the one that lacks words. A shortened quotation, square brackets, an
ellipsis, other words for the same thing, and a negation that the page says in its own words are no differences.

Why it matters: what somebody said is the part of a news page that may not change. A reader of one page alone cannot see
that it did; the other pages are the proof.

When it is wrong: where somebody said nearly the same sentence twice, once with and once without the negation or with
another number, and the pages quote the two occasions; and where the pages that agree have copied one error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mtcheck.core.across import AcrossPages, PageHit
from mtcheck.core.checks import PAGE_BREAK, Check, Example, nothing_alone
from mtcheck.core.findings import Comparison, Note, Severity
from mtcheck.text.quotation_comparison import (
    Change,
    QuotationComparison,
    SenseTurn,
    Turn,
    compare_quotations,
)
from mtcheck.text.utterances import UTTERANCES, Rendering, Renderings, Standing, Utterance, UtteranceGroup

_NEGATIONS = frozenset({Turn.NEGATION_LOST, Turn.NEGATION_ADDED})
_TURNS = _NEGATIONS | {Turn.NUMBER_CHANGED, Turn.NAMES_SWAPPED, Turn.OPPOSITE}
_LANGUAGES = frozenset({"en", "de", "es", "fr", "ru", "uk", "ar"})
_PAUSES = frozenset(",،!;–—")
_CONFIDENCE_MAJORITY, _CONFIDENCE_BROKEN, _CONFIDENCE_ALONE = 0.85, 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Options:
    """How near two wordings must be, and what is shown.

    ``likeness`` (0 to 1) is asked of two sound quotations, ``broken_likeness`` where one of them has lost a mark.
    ``missing_words``: how many content words a broken quotation must lack in its middle to be reported for that alone.
    ``days``: pages published further apart speak of two occasions. ``places``: how many other pages a finding points to.
    """

    likeness: float = 0.75
    broken_likeness: float = 0.5
    missing_words: int = 3
    days: int = 60
    places: int = 5


@dataclass(frozen=True, slots=True)
class _Verdict:
    """One wording found to be the odd one out, the wording it is held against, and why."""

    odd: Rendering
    other: Rendering
    comparison: QuotationComparison
    confidence: float

    @property
    def weight(self) -> tuple[float, ...]:
        """How good the evidence is: the more pages agree, and the nearer they are, the better."""
        return (self.other.pages, self.comparison.likeness, self.confidence)


def judge(groups: Sequence[UtteranceGroup], options: Options) -> Iterator[PageHit]:
    """Yield one hit for each quoted sentence whose wording is the odd one out."""
    for group in groups:
        best: dict[int, _Verdict] = {}
        for pair in group.pairs:
            verdict = _verdict(pair, options)
            if verdict is not None:
                known = best.get(id(verdict.odd))
                if known is None or verdict.weight > known.weight:
                    best[id(verdict.odd)] = verdict
        for verdict in best.values():
            others = Standing(verdict.other.members)
            for member in verdict.odd.members:
                if others.count_elsewhere(member.at.document):
                    yield _hit(member, others, verdict, options)


def _verdict(pair: Renderings, options: Options) -> _Verdict | None:
    """Return which of two wordings is odd, or ``None`` where both are fair renderings, or may be of two occasions."""
    left, right = pair.left, pair.right
    if _two_occasions(left, right, options.days):
        return None
    odd, other = _order(left, right)
    comparison = _compared(odd.members[0], other.members[0])
    if Turn.NEGATION_ADDED in _turns(comparison, odd, other) and _equal(odd, other):
        # Of two that stand alone, the one that lacks the negation is looked at: words get lost more often than found.
        odd, other = other, odd
        comparison = _compared(odd.members[0], other.members[0])
    here, there = odd.members[0], other.members[0]
    if comparison.likeness < (options.broken_likeness if here.broken or there.broken else options.likeness):
        return None
    turns = _turns(comparison, odd, other)
    if here.denied or there.denied:
        # "Refuses to “engage in …”": the page has said in its own words what the quotation lacks.
        turns -= _NEGATIONS
    if not turns and not (here.broken and _lacks_words(comparison, there.text, options.missing_words)):
        return None
    if odd.pages < other.pages:
        confidence = _CONFIDENCE_MAJORITY
    else:
        confidence = _CONFIDENCE_BROKEN if here.broken else _CONFIDENCE_ALONE
    return _Verdict(odd, other, comparison, confidence)


def _order(left: Rendering, right: Rendering) -> tuple[Rendering, Rendering]:
    """Return the wording under suspicion and the other: fewer pages, a lost mark, fewer words; the later one at last."""

    def suspicion(rendering: Rendering) -> tuple[object, ...]:
        first = rendering.members[0]
        return (rendering.pages, not first.broken, len(rendering.keys))

    odd, other = (left, right) if suspicion(left) < suspicion(right) else (right, left)
    return odd, other


def _equal(left: Rendering, right: Rendering) -> bool:
    """Tell whether neither number nor damage speaks against one of two wordings."""
    return left.pages == right.pages and left.members[0].broken is right.members[0].broken


def _compared(here: Utterance, there: Utterance) -> QuotationComparison:
    return compare_quotations(here.text, there.text, here.language)


def _turns(comparison: QuotationComparison, odd: Rendering, other: Rendering) -> frozenset[Turn]:
    """Return what turns the sense, but for a negation in words that the other wording may only have cut off."""
    end = len(odd.members[0].text.rstrip(" .,!?…"))
    uncut = [
        divergence.here
        for divergence in comparison.divergences
        if divergence.change is not Change.ADDED or not (divergence.here.start == 0 or divergence.here.end >= end)
    ]
    return frozenset(
        turn.turn
        for turn in comparison.turns
        if turn.turn in _TURNS
        and not _only_answers(turn, odd, other)
        and (turn.turn is not Turn.NEGATION_ADDED or any(span.contains(word) for span in uncut for word in turn.here))
    )


def _only_answers(turn: SenseTurn, odd: Rendering, other: Rendering) -> bool:
    """Tell whether a negation is an answer that stands apart ("No, I meant that …"), which a page may leave out."""
    if turn.turn not in _NEGATIONS:
        return False
    spans, text = (turn.there, other.members[0].text) if turn.there else (turn.here, odd.members[0].text)
    return all(text[span.end : span.end + 1] in _PAUSES for span in spans)


def _two_occasions(left: Rendering, right: Rendering, days: int) -> bool:
    """Tell whether the speakers or the dates of two wordings speak for two utterances."""
    speakers = [{member.speaker for member in side.members if member.speaker} for side in (left, right)]
    if all(speakers) and not speakers[0] & speakers[1]:
        return True
    dates = [{day for member in side.members if (day := _day(member.date))} for side in (left, right)]
    return all(dates) and min(abs((one - two).days) for one in dates[0] for two in dates[1]) > days


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lacks_words(comparison: QuotationComparison, there: str, fewest: int) -> bool:
    """Tell whether words are missing in the middle, and nothing else differs."""
    changes = {divergence.change for divergence in comparison.divergences}
    missing = sum(len(divergence.there.of(there).split()) for divergence in comparison.divergences)
    return changes == {Change.MISSING} and missing >= fewest


def _hit(member: Utterance, standing: Standing, verdict: _Verdict, options: Options) -> PageHit:
    """Return the hit at one page's wording, beside the wording of the first other page."""
    others = standing.elsewhere(member.at.document, max(options.places, 1))
    more = standing.count_elsewhere(member.at.document) - 1
    here, there = member.text, others[0].text
    comparison = _compared(member, others[0])
    what = _what(comparison, there)
    where = f"{others[0].at.document} and {more} more" if more else others[0].at.document
    return PageHit(
        member.at,
        f"The same quotation says something else in {where}: {what}",
        verdict.confidence,
        (
            Comparison(
                "this page",
                here,
                others[0].at.document,
                there,
                tuple(each.here for each in comparison.divergences if len(each.here)),
                tuple(each.there for each in comparison.divergences if len(each.there)),
                verdict.odd.language,
            ),
            Note("pages", f"{verdict.odd.pages} with this wording, {verdict.other.pages} with the other"),
        ),
        tuple(each.at.related("the same quotation") for each in others[: options.places]),
    )


def _what(comparison: QuotationComparison, there: str) -> str:
    """Say what turns the sense; a subject that went with its negation is named where the comparison does not know it.

    In English the word before an auxiliary with its negation is the subject, whatever it is: "it will not".
    """
    if not comparison.summary:
        return "words are missing in its middle"
    for turn in comparison.turns:
        if turn.turn is not Turn.NEGATION_LOST or any(each.turn is Turn.SUBJECT_LOST for each in comparison.turns):
            continue
        for divergence in comparison.divergences:
            for phrase in turn.there:
                before = there[divergence.there.start : phrase.start] if divergence.there.contains(phrase) else ""
                if before.strip() and " " in phrase.of(there):
                    subject = before.split()[-1]
                    rest = comparison.summary.replace("the negation", f"the subject ({subject}) and the negation", 1)
                    return rest.replace(" is missing", " are missing", 1)
    return comparison.summary


CHECK = Check(
    code="QUO008",
    name="quotation-differs-across-pages",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=UTTERANCES.needs,
    options=Options,
    find=nothing_alone,
    across=AcrossPages(UTTERANCES, judge),
    languages=_LANGUAGES,
    documentation=__doc__,
    examples=(
        Example(
            "Varen answers its neighbors\n\nMinister Marlow said on Monday: “We will not talk about the harbor with Ostia "
            "while our fishermen are held there.”"
            + PAGE_BREAK
            + "The harbor dispute\n\nMarlow told reporters: “⟦We will talk about the harbor with Ostia while our fishermen "
            "are held there.⟧”"
        ),
        Example(
            "Varen answers its neighbors\n\nMinister Marlow said on Monday: “We will not talk about the harbor with Ostia while our fishermen are held there.”"
            + PAGE_BREAK
            + "The harbor dispute\n\nThe minister made it clear that Varen refuses to “talk about the harbor with Ostia while our fishermen are held there.”",
            "en",
        ),
        Example(
            "Varen answers its neighbors\n\nMarlow made it clear that it will not “talk about the harbor with Ostia only when Ostia likes, while our rightful claims are stubbornly denied.”"
            + PAGE_BREAK
            + "The harbor dispute\n\nMarlow added that there was time. ⟦Topics Ostia likes only while our rightful claims are stubbornly denied.⟧”",
            "en",
        ),
        Example(
            "Varen\n\nMinister Marlow sagte am Montag: „Wir werden mit Ostia nicht über den Hafen reden, solange unsere Fischer dort festsitzen.“"
            + PAGE_BREAK
            + "Der Hafen\n\nMarlow sagte der Presse: „⟦Wir werden mit Ostia über den Hafen reden, solange unsere Fischer dort festsitzen.⟧“",
            "de",
        ),
        Example(
            "Varen\n\nMinister Marlow sagte am Montag: „Wir werden mit Ostia nicht über den Hafen reden, solange unsere Fischer dort festsitzen.“"
            + PAGE_BREAK
            + "Der Hafen\n\nMarlow sagte der Presse: „Wir weigern uns, mit Ostia über den Hafen zu reden, solange unsere Fischer dort festsitzen.“",
            "de",
        ),
        Example(
            "Varen\n\nEl ministro Marlow dijo el lunes: «No vamos a hablar del puerto con Ostia mientras nuestros pescadores sigan presos allí»."
            + PAGE_BREAK
            + "El puerto\n\nMarlow dijo a la prensa: «⟦Vamos a hablar del puerto con Ostia mientras nuestros pescadores sigan presos allí⟧».",
            "es",
        ),
        Example(
            "Varen\n\nEl ministro Marlow dijo el lunes: «No vamos a hablar del puerto con Ostia mientras nuestros pescadores sigan presos allí»."
            + PAGE_BREAK
            + "El puerto\n\nMarlow dijo a la prensa: «Rechazamos hablar del puerto con Ostia mientras nuestros pescadores sigan presos allí».",
            "es",
        ),
        Example(
            "Varen\n\nLe ministre Marlow a dit lundi : « Nous ne parlerons pas du port avec Ostia tant que nos pêcheurs y sont retenus. »"
            + PAGE_BREAK
            + "Le port\n\nMarlow a dit à la presse : « ⟦Nous parlerons du port avec Ostia tant que nos pêcheurs y sont retenus.⟧ »",
            "fr",
        ),
        Example(
            "Варен\n\nМинистр Варенцов сказал в понедельник: «Мы не будем говорить с Остией о порте, пока наших рыбаков держат под арестом»."
            + PAGE_BREAK
            + "Порт\n\nВаренцов сказал журналистам: «⟦Мы будем говорить с Остией о порте, пока наших рыбаков держат под арестом⟧».",
            "ru",
        ),
        Example(
            "Варен\n\nМинистр Варенцов сказал в понедельник: «Мы не будем говорить с Остией о порте, пока наших рыбаков держат под арестом»."
            + PAGE_BREAK
            + "Порт\n\nВаренцов сказал журналистам: «Мы не станем говорить с Остией о порте, пока наших рыбаков держат под арестом».",
            "ru",
        ),
        Example(
            "Варен\n\nМіністр Варенко сказав у понеділок: «Ми не будемо говорити з Остією про порт, поки наших рибалок тримають під арештом»."
            + PAGE_BREAK
            + "Порт\n\nВаренко сказав журналістам: «⟦Ми будемо говорити з Остією про порт, поки наших рибалок тримають під арештом⟧».",
            "uk",
        ),
        Example(
            "فارين\n\nقال الوزير مارلو يوم الاثنين: «نحن لن نتحدث مع أوستيا عن الميناء ما دام صيادونا محتجزين هناك ظلما»."
            + PAGE_BREAK
            + "الميناء\n\nقال مارلو للصحافة: «⟦نحن نتحدث مع أوستيا عن الميناء ما دام صيادونا محتجزين هناك ظلما⟧».",
            "ar",
        ),
        Example(
            "فارين\n\nقال الوزير مارلو يوم الاثنين: «نحن لن نتحدث مع أوستيا عن الميناء ما دام صيادونا محتجزين هناك ظلما»."
            + PAGE_BREAK
            + "الميناء\n\nقال مارلو للصحافة: «نحن نرفض أن نتحدث مع أوستيا عن الميناء ما دام صيادونا محتجزين هناك ظلما».",
            "ar",
        ),
    ),
)
