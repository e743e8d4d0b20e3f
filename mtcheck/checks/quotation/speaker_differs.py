"""A quotation is given to another speaker, or to another day, than on other pages or in the references.

What it finds: one quoted sentence, word for word or nearly so, that stands on two or more pages of one scan and is given to
two people or to two days; or that the references give to another person or day. Only full names count (a last name is
filled up from its page), names that share a word or are spellings of one another are one person, the variants of a name in
the references are too, and offices and institutions ("the White House", "a spokesman") are not held against anybody. A day
counts only beside the speaker or the verb of speech ("Marlow said on 12 May"). Where more pages agree, the other is the odd
one out; where two stand alone, the later page.

Why it matters: words put into another person's mouth are the worst thing that can happen to a quotation, and translation
engines that lose track of a pronoun or a clause do just that.

When it is wrong: where one person quotes another and the pages name one each, where two people said the same set phrase,
and where somebody said a sentence twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.across import AcrossPages, PageHit, PlacedSpan
from mtcheck.core.checks import PAGE_BREAK, Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Metric, Note, Severity
from mtcheck.core.references import (
    REFERENCE_MATCHES,
    REFERENCE_NAMES,
    ReferenceMatch,
    ReferenceMatches,
    ReferenceName,
    ReferenceQuotation,
)
from mtcheck.core.spans import Span
from mtcheck.text.quotation_records import QUOTATIONS
from mtcheck.text.transliteration import spelling_distance
from mtcheck.text.utterance_speakers import Speakers, one_day
from mtcheck.text.utterances import UTTERANCES, Standing, Utterance, UtteranceGroup

# Two words no further apart than this may be one name in two spellings.
_ONE_NAME = 1.0
_CONFIDENCE_MAJORITY, _CONFIDENCE_ALONE, _CONFIDENCE_REFERENCE = 0.75, 0.6, 0.8
_WHOLE_DAY = len("2031-05-31")
_LANGUAGES = frozenset({"en", "de", "es", "fr", "ru", "uk"})
# Words by which a reference's speaker is known for no person.
_BODIES = frozenset(
    """ministry government office department council committee commission parliament party union house spokesman spokeswoman
    spokesperson agency court bank company group team statement ministerium regierung ministerio gobierno ministère
    gouvernement министерство правительство мид міністерство уряд""".split()
)


@dataclass(frozen=True, slots=True)
class Options:
    """How near two wordings must be, and what is shown.

    ``covered`` (0 to 1): the share of the shorter wording that the other must have in the same order. ``words``: how many
    words the quoted sentence must have, so that two people do not say it by chance. ``places``: how many other pages a
    finding points to. ``chrf`` (0 to 100): how like a reference a quotation must be to be held against its speaker.
    """

    covered: float = 0.9
    words: int = 8
    places: int = 5
    chrf: float = 75.0


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each quotation that a reference gives to somebody else, or to another day."""
    matches, quotations = facts[REFERENCE_MATCHES], facts[QUOTATIONS].quotations
    close = [
        match
        for match in matches.matches
        if match.chrf >= options.chrf and len(match.span.of(document.text).split()) >= options.words
    ]
    if not close:
        return
    speakers = Speakers(document, facts)
    seen: set[Span] = set()
    for match in close:
        quotation = next((each for each in quotations if each.depth == 0 and each.inner.contains(match.span)), None)
        if quotation is None:
            continue
        speaker, said_on = quotation.speaker, speakers.date_of(quotation)
        name, other = speakers.name_of(quotation), speakers.usual(match.reference.speaker)
        day = match.reference.date
        if speaker is not None and name and _is_person(other) and not _one_person(name, other):
            if speaker not in seen:
                seen.add(speaker)
                told = (
                    f"“{speaker.of(document.text)}” is given here as the speaker of what {match.reference.speaker} said"
                )
                yield _reference_hit(document, speaker, told, match, matches)
            continue
        if said_on is None or said_on.span in seen or len(day) != _WHOLE_DAY or one_day(said_on.day, day):
            continue
        seen.add(said_on.span)
        told = f"“{said_on.span.of(document.text)}” is given here as the day of what was said on {day}"
        yield _reference_hit(document, said_on.span, told, match, matches)


def _is_person(speaker: str) -> bool:
    """Tell whether a reference's speaker is a full name and no body."""
    words = speaker.split()
    return 2 <= len(words) <= 4 and not _BODIES & set(words)


def _reference_hit(
    document: Document, span: Span, message: str, match: ReferenceMatch, matches: ReferenceMatches
) -> Hit:
    """Return the hit at the speaker or the day of a page, beside the reference."""
    reference = match.reference
    evidence = (
        Comparison("this page", match.span.of(document.text), "reference", match.wording, language=match.language),
        Note("reference", ", ".join(part for part in (reference.speaker, reference.date, reference.origin) if part)),
        Metric("chrF of the two", round(match.chrf, 1), matches.metric_signature),
    )
    return Hit(span, message, _CONFIDENCE_REFERENCE, evidence)


def judge(groups: Sequence[UtteranceGroup], options: Options) -> Iterator[PageHit]:
    """Yield one hit for each page whose speaker is the odd one out."""
    for group in groups:
        for same in _same_words(group, options):
            by_speaker: dict[str, list[Utterance]] = defaultdict(list)
            by_day: dict[str, list[Utterance]] = defaultdict(list)
            for utterance in same:
                if utterance.language not in _LANGUAGES:
                    continue
                if utterance.speaker:
                    by_speaker[utterance.speaker].append(utterance)
                if utterance.said_on:
                    by_day[utterance.said_on].append(utterance)
            if len(by_speaker) > 1:
                yield from _odd_ones(by_speaker, options)
            if len(by_day) > 1:
                yield from _odd_days(by_day, options)


def _same_words(group: UtteranceGroup, options: Options) -> Iterator[list[Utterance]]:
    """Yield the utterances of each wording together with those of the wordings that are nearly the same, each set once."""
    near: dict[int, set[int]] = defaultdict(set)
    index = {id(rendering): number for number, rendering in enumerate(group.renderings)}
    for pair in group.pairs:
        if pair.covered >= options.covered:
            left, right = index[id(pair.left)], index[id(pair.right)]
            near[left].add(right)
            near[right].add(left)
    seen: set[int] = set()
    for number, rendering in enumerate(group.renderings):
        if number in seen or len(rendering.keys) < options.words:
            continue
        together, waiting = {number}, [number]
        while waiting:
            fresh = {
                other for other in near[waiting.pop()] if len(group.renderings[other].keys) >= options.words
            } - together
            together |= fresh
            waiting.extend(sorted(fresh))
        seen |= together
        yield [member for other in sorted(together) for member in group.renderings[other].members]


def _usual_first(groups: Mapping[str, Sequence[Utterance]]) -> list[str]:
    """Return speakers or days, the one that most pages give first, then by the first page."""

    def rank(given: str) -> tuple[int, str]:
        pages = {each.at.document for each in groups[given]}
        return (-len(pages), min(pages))

    return sorted(groups, key=rank)


def _odd_days(by_day: Mapping[str, Sequence[Utterance]], options: Options) -> Iterator[PageHit]:
    """Yield the hits for the days that fewer pages give than the usual one."""
    usual, *others = _usual_first(by_day)
    standing = Standing(by_day[usual])
    settled = {each.at.document for each in standing}
    for day in others:
        odd = Standing(by_day[day])
        for utterance in odd:
            at = utterance.said_at
            if at is None or utterance.at.document in settled or one_day(day, usual):
                continue
            elsewhere = standing.elsewhere(utterance.at.document, max(options.places, 1))
            there = elsewhere[0].said_at
            told = f"“{there.text}”" if there is not None else usual
            message = (
                f"“{at.text}” is given here as the day of what was said on {told} in {_where(utterance, standing)}"
            )
            yield _page_hit(
                utterance, at, message, standing, len(odd), Note("days", f"{day} here, {usual} there"), options
            )


def _odd_ones(by_speaker: Mapping[str, Sequence[Utterance]], options: Options) -> Iterator[PageHit]:
    """Yield the hits for the speakers that fewer pages give than the usual one."""
    usual, *others = _usual_first(by_speaker)
    standing = Standing(by_speaker[usual])
    settled = {each.at.document for each in standing}
    for speaker in others:
        if _one_person(speaker, usual):
            continue
        odd = Standing(by_speaker[speaker])
        for utterance in odd:
            if utterance.at.document not in settled and utterance.speaker_at is not None:
                yield _hit(utterance, utterance.speaker_at, standing, len(odd), options)


def _one_person(left: str, right: str) -> bool:
    """Tell whether two full names may be one person's: they share a word or a spelling of one."""
    return any(spelling_distance(one, other) <= _ONE_NAME for one in left.split() for other in right.split())


def _hit(utterance: Utterance, at: PlacedSpan, usual: Standing, odd: int, options: Options) -> PageHit:
    """Return the hit at the speaker of one page; ``odd`` pages give that speaker."""
    first = usual.elsewhere(utterance.at.document, 1)[0]
    there = first.speaker_at.text if first.speaker_at is not None else first.speaker
    message = f"“{at.text}” is given here as the speaker of what is given to “{there}” in {_where(utterance, usual)}"
    note = Note("speakers", f"{utterance.speaker} here, {first.speaker} there")
    return _page_hit(utterance, at, message, usual, odd, note, options)


def _where(utterance: Utterance, usual: Standing) -> str:
    """Name the first other page and count the rest."""
    first = usual.elsewhere(utterance.at.document, 1)[0]
    more = usual.count_elsewhere(utterance.at.document) - 1
    return f"{first.at.document} and {more} more" if more else first.at.document


def _page_hit(
    utterance: Utterance, at: PlacedSpan, message: str, usual: Standing, odd: int, note: Note, options: Options
) -> PageHit:
    """Return a hit beside the same quotation on the first other page."""
    others = usual.elsewhere(utterance.at.document, max(options.places, 1))
    return PageHit(
        at,
        message,
        _CONFIDENCE_MAJORITY if len(usual) > odd else _CONFIDENCE_ALONE,
        (
            Comparison("this page", utterance.text, others[0].at.document, others[0].text, language=utterance.language),
            note,
        ),
        tuple(each.at.related("the same quotation") for each in others[: options.places]),
    )


def _given(
    speaker: str, date: str, *names: ReferenceName
) -> tuple[Given[ReferenceMatches] | Given[tuple[ReferenceName, ...]], ...]:
    """Give an example names, and a reference that has the first quotation of the page word for word."""

    def build(document: Document) -> ReferenceMatches:
        if "“" not in document.text:
            return ReferenceMatches((), "example chrF")
        start, end = document.text.index("“") + 1, document.text.index("”")
        while document.text[end - 1] in ",.":
            end -= 1
        span = Span(start, end)
        reference = ReferenceQuotation("example", speaker, date, "en", span.of(document.text))
        return ReferenceMatches((ReferenceMatch(span, "en", reference, reference.text, 100.0),), "example chrF")

    return (Given(REFERENCE_MATCHES, build), Given(REFERENCE_NAMES, lambda _document: names))


_REFERENCED = (
    "The harbor of Varen\n\nThe minister Peter Marlow met the envoy.\n\n“We will open the harbor as soon as the last ship "
    "has left,” {}." + PAGE_BREAK + "The weather in Ostia\n\nIt rained all day."
)

CHECK = Check(
    code="QUO009",
    name="speaker-differs",
    category="accuracy/mistranslation",
    severity=Severity.MINOR,
    needs=(*UTTERANCES.needs, REFERENCE_MATCHES),
    options=Options,
    find=find,
    across=AcrossPages(UTTERANCES, judge),
    languages=_LANGUAGES,
    documentation=__doc__,
    examples=(
        Example(
            "The harbor of Varen\n\nThe minister Peter Marlow met the envoy.\n\n“We will open the harbor as soon as the last "
            "ship has left,” Marlow said."
            + PAGE_BREAK
            + "Ostia\n\nThe envoy Yusuf Haddar came to Varen on Monday.\n\n“We will open the harbor as soon as the last ship "
            "has left,” ⟦Haddar⟧ said."
        ),
        Example(
            "The harbor of Varen\n\nThe minister Peter Marlow met the envoy.\n\n“We will open the harbor as soon as the last "
            "ship has left,” Marlow said."
            + PAGE_BREAK
            + "Ostia\n\nThe envoy came to Varen on Monday.\n\n“We will open the harbor as soon as the last ship has left,” the "
            "government said.",
            comment="a government speaks through people",
        ),
        Example(
            "The harbor of Varen\n\nThe minister Peter Marlow met the envoy.\n\n“We will open the harbor as soon as the last "
            "ship has left,” Marlow said on 12 May."
            + PAGE_BREAK
            + "Ostia\n\nThe envoy came to Varen.\n\n“We will open the harbor as soon as the last ship has left,” Peter Marlow "
            "said on ⟦May 21⟧.",
        ),
        Example(
            "The harbor of Varen\n\n“We will open the harbor as soon as the last ship has left,” Marlow said on 12 May."
            + PAGE_BREAK
            + "Ostia\n\n“We will open the harbor as soon as the last ship has left,” Marlow said, and the treaty of 21 May is void.",
            comment="the other day is not that of the speech",
        ),
        Example(_REFERENCED.format("⟦Marlow⟧ said"), given=_given("Yusuf Haddar", "")),
        Example(_REFERENCED.format("Marlow said on ⟦12 May⟧"), given=_given("Peter Marlow", "2031-05-21")),
        Example(
            _REFERENCED.format("Marlow said on 12 May"),
            given=_given("Pjotr Marlov", "2031-05-12", ReferenceName("en", "Peter Marlow", ("Pjotr Marlov",))),
            comment="the references know the two for one person",
        ),
        Example(
            "El puerto de Varen\n\nEl ministro Pedro Marlow recibió ayer al enviado.\n\n«Abriremos el puerto en cuanto el último barco haya salido de aquí», dijo Marlow."
            + PAGE_BREAK
            + "Ostia\n\nEl enviado Yusuf Haddar llegó ayer a Varen.\n\n«Abriremos el puerto en cuanto el último barco haya salido de aquí», dijo ⟦Haddar⟧.",
            "es",
        ),
        Example(
            "Der Hafen von Varen\n\nIn Varen sprach Peter Marlow gestern mit dem Gesandten.\n\n„Wir öffnen den Hafen, sobald das letzte Schiff abgefahren ist“, sagte Marlow."
            + PAGE_BREAK
            + "Ostia\n\nIn Varen sprach gestern Yusuf Haddar mit der Presse.\n\n„Wir öffnen den Hafen, sobald das letzte Schiff abgefahren ist“, sagte ⟦Haddar⟧.",
            "de",
        ),
        Example(
            "Порт Варена\n\nВчера министр Сергей Варенцов принял посланника.\n\n«Мы откроем порт, как только из него уйдёт последний корабль», — сказал Варенцов."
            + PAGE_BREAK
            + "Остия\n\nВчера в Варен приехал посланник Юсуф Хаддар.\n\n«Мы откроем порт, как только из него уйдёт последний корабль», — сказал ⟦Хаддар⟧.",
            "ru",
        ),
        Example(
            "Порт Варена\n\nВчера министр Сергей Варенцов принял посланника.\n\n«Мы откроем порт, как только из него уйдёт последний корабль», — сказал Варенцов."
            + PAGE_BREAK
            + "Остия\n\nСергей Варенцов принял посланника.\n\n«Мы откроем порт, как только из него уйдёт последний корабль», — сказал он.",
            "ru",
        ),
    ),
)
