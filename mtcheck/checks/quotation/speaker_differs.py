"""A quotation is given to another speaker than on other pages.

What it finds: one quoted sentence, word for word or nearly so, that stands on two or more pages of one scan and is given to
two people. Only full names count (a last name is filled up from its page), names that share a word or are spellings of one
another are one person, and offices and institutions ("the White House", "a spokesman") are not held against anybody. Where
more pages agree on one speaker, the other is the odd one out; where two stand alone, the later page.

Why it matters: words put into another person's mouth are the worst thing that can happen to a quotation, and translation
engines that lose track of a pronoun or a clause do just that.

When it is wrong: where one person quotes another and the pages name one each, and where two people said the same set phrase.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.across import AcrossPages, PageHit, PlacedSpan
from mtcheck.core.checks import PAGE_BREAK, Check, Example, nothing_alone
from mtcheck.core.findings import Comparison, Note, Severity
from mtcheck.text.transliteration import spelling_distance
from mtcheck.text.utterances import UTTERANCES, Standing, Utterance, UtteranceGroup

# Two words no further apart than this may be one name in two spellings.
_ONE_NAME = 1.0
_CONFIDENCE_MAJORITY, _CONFIDENCE_ALONE = 0.75, 0.6
_LANGUAGES = frozenset({"en", "de", "es", "fr", "ru", "uk"})


@dataclass(frozen=True, slots=True)
class Options:
    """How near two wordings must be, and what is shown.

    ``covered`` (0 to 1): the share of the shorter wording that the other must have in the same order. ``words``: how many
    words the quoted sentence must have, so that two people do not say it by chance. ``places``: how many other pages a
    finding points to.
    """

    covered: float = 0.9
    words: int = 8
    places: int = 5


def judge(groups: Sequence[UtteranceGroup], options: Options) -> Iterator[PageHit]:
    """Yield one hit for each page whose speaker is the odd one out."""
    for group in groups:
        for same in _same_words(group, options):
            by_speaker: dict[str, list[Utterance]] = defaultdict(list)
            for utterance in same:
                if utterance.speaker and utterance.language in _LANGUAGES:
                    by_speaker[utterance.speaker].append(utterance)
            if len(by_speaker) > 1:
                yield from _odd_ones(by_speaker, options)


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


def _odd_ones(by_speaker: Mapping[str, Sequence[Utterance]], options: Options) -> Iterator[PageHit]:
    """Yield the hits for the speakers that fewer pages give than the usual one."""

    def rank(speaker: str) -> tuple[int, str]:
        utterances = by_speaker[speaker]
        return (-len({each.at.document for each in utterances}), min(each.at.document for each in utterances))

    usual, *others = sorted(by_speaker, key=rank)
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
    others = usual.elsewhere(utterance.at.document, max(options.places, 1))
    more = usual.count_elsewhere(utterance.at.document) - 1
    named = others[0].speaker_at
    there = named.text if named is not None else others[0].speaker
    where = f"{others[0].at.document} and {more} more" if more else others[0].at.document
    return PageHit(
        at,
        f"“{at.text}” is given here as the speaker of what is given to “{there}” in {where}",
        _CONFIDENCE_MAJORITY if len(usual) > odd else _CONFIDENCE_ALONE,
        (
            Comparison("this page", utterance.text, others[0].at.document, others[0].text, language=utterance.language),
            Note("speakers", f"{utterance.speaker} here, {others[0].speaker} there"),
        ),
        tuple(each.at.related("the same quotation") for each in others[: options.places]),
    )


CHECK = Check(
    code="QUO009",
    name="speaker-differs",
    category="accuracy/mistranslation",
    severity=Severity.MINOR,
    needs=UTTERANCES.needs,
    options=Options,
    find=nothing_alone,
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
