"""Which language each block of a page is in, in the light of the page.

One pass over a short block alone would be wrong too often ("Update", "Chats" and "loader" are words of many languages), so a
block is taken for foreign only against the odds that the page sets: a script in which the page's language is not written, or
strong evidence from words that are no names. Where longer blocks show that the page holds another language, short ones may be in it
too, and are asked again with even odds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.languages import UNDETERMINED, Guess, LanguageSpan
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT
from mtcheck.engines.language_id.identifier import Identifier, Piece, Weighed, best, main_piece
from mtcheck.engines.language_id.loanwords import is_credit, is_international
from mtcheck.engines.language_id.page import LONG_BLOCK, Read, leading
from mtcheck.text.scripts import LATIN

# What it takes to call a block foreign in a script that the page's language is (or could be) written in: the probability on
# the whole block, that on its lower-case words alone (names are capitalized and prove nothing), and how many of those.
_STRONG = 0.98
_STRONG_WITHOUT_NAMES = 0.95
_LABEL_WORDS, _LABEL_LETTERS, _LABEL_LETTERS_AT_HOME = 2, 8, 10

# What it takes for a block to show that its language is at home on the page beside the page's own; how likely that language is for
# short blocks then (the page's own: ``PAGE_WEIGHT``), and how sure one has to be of it: in a script that the page's language is
# written in, and in one that it is not. Chosen on the tuning half of made pages and on real ones.
_SHOWING_WORDS, _SHOWING_LETTERS = 4, 20
_SHOWN_AT_HOME, _STRONG_AT_HOME = 4.0, 0.97
_SHOWN_ABROAD, _STRONG_ABROAD = 30.0, 0.95

_OPENING, _CLOSING = ("(", "[", "（", "［"), (")", "]", "）", "］")
_AFTER_BRACKET = " \t\n\r\u00a0.,:;!?"
_NAME_WORDS = 3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class _Case:
    """One block with the piece that decides its language; ``plain`` are its words without the names, if there are enough."""

    piece: Piece
    weighed: Weighed
    plain: Piece | None


class BlockJudge:
    """Names the language of blocks."""

    def __init__(self, identifier: Identifier) -> None:
        """Take the identifier that weighed the blocks."""
        self._identifier = identifier

    def guesses(
        self, page: Sequence[Read], page_language: str, priors: Mapping[str, Mapping[str, float]]
    ) -> list[Guess]:
        """Return the language of each block. ``priors`` gives weights of languages by script."""
        guesses: list[Guess] = []
        doubtful: list[tuple[int, _Case]] = []
        for index, read in enumerate(page):
            chosen = leading(read, page_language)
            if chosen is None:
                guesses.append(Guess(UNDETERMINED, 1.0))
                continue
            piece, weighed = chosen
            posterior = weighed.posterior(priors.get(piece.script))
            guess = best(posterior)
            at_home = page_language in weighed.languages
            if page_language != UNDETERMINED and (at_home or piece.script == LATIN):
                doubtful.append((index, _Case(piece, weighed, _without_names(piece, at_home=at_home))))
                if guess.language != page_language:
                    guess = _in_doubt(
                        posterior.get(page_language, 0.0) if at_home else None, page_language, read.weight
                    )
            guesses.append(guess)
        self._long_ones(page, doubtful, priors, page_language, guesses)
        _short_ones(page, doubtful, priors, page_language, guesses)
        return guesses

    def _long_ones(
        self,
        page: Sequence[Read],
        doubtful: Sequence[tuple[int, _Case]],
        priors: Mapping[str, Mapping[str, float]],
        page_language: str,
        guesses: list[Guess],
    ) -> None:
        """Put in the languages of blocks that are foreign by themselves."""
        asked = []
        for index, case in doubtful:
            first = best(case.weighed.posterior(priors.get(case.piece.script)))
            if first.language in {page_language, UNDETERMINED} or first.confidence < _STRONG or case.plain is None:
                continue
            if is_credit(case.plain.text):
                continue
            asked.append((index, case.plain, first))
        plain_ones = self._identifier.weigh([plain for _, plain, _ in asked])
        before = self._identifier.weigh([_before_bracket(page[index].text) for index, _, _ in asked])
        for (index, plain, first), weighed, start in zip(asked, plain_ones, before, strict=True):
            prior = priors.get(plain.script)
            second = best(weighed.posterior(prior))
            if first.language != second.language or second.confidence < _STRONG_WITHOUT_NAMES:
                continue
            if not start.languages or best(start.posterior(prior)).language == first.language:
                guesses[index] = Guess(first.language, min(first.confidence, second.confidence))


def _in_doubt(probability: float | None, page_language: str, weight: int) -> Guess:
    """Return what a block is taken for until more is known that is foreign by its look, but may be a name.

    ``probability`` is that of the page's language, ``None`` where it is not written so. Short blocks are left open.
    """
    if probability is None or weight < LONG_BLOCK:
        return Guess(UNDETERMINED, max(0.000001, round(1 - (probability or 0.0), 6)))
    return Guess(page_language, max(0.000001, probability))


def _short_ones(
    page: Sequence[Read],
    doubtful: Sequence[tuple[int, _Case]],
    priors: Mapping[str, Mapping[str, float]],
    page_language: str,
    guesses: list[Guess],
) -> None:
    """Put in the languages of short blocks that are in a language which longer ones show to be on the page.

    Those that are plainly in another language for a reason, say so in ``Read.aside``.
    """
    shown = {
        guesses[index].language
        for index, case in doubtful
        if guesses[index].language not in {page_language, UNDETERMINED}
        and case.plain is not None
        and case.plain.letters >= _SHOWING_LETTERS
        and len(case.plain.text.split()) >= _SHOWING_WORDS
    }
    for index, case in doubtful:
        if guesses[index].language not in {page_language, UNDETERMINED} or case.piece.weight >= LONG_BLOCK:
            continue
        at_home = _writes(page_language, case.piece.script)
        weight, strong = (_SHOWN_AT_HOME, _STRONG_AT_HOME) if at_home else (_SHOWN_ABROAD, _STRONG_ABROAD)
        here = {language: weight for language in sorted(shown) if _writes(language, case.piece.script)}
        found = best(case.weighed.posterior({**priors.get(case.piece.script, {}), **here}))
        if found.language in {page_language, UNDETERMINED} or found.confidence < strong:
            continue
        reason = _reason(_WORD.findall(case.piece.text), found.language)
        if reason:
            page[index].aside = LanguageSpan(page[index].block.span, found.language, found.confidence, reason)
        elif found.language in here:
            guesses[index] = found


def _reason(words: Sequence[str], language: str) -> str:
    """Return why a short block is harmless though it is in another language, empty where it is not."""
    if is_international(words):
        return "loanword"
    # Any German noun has a capital.
    if language != "de" and len(words) > 1 and _is_like_a_title(words):
        return "name" if len(words) <= _NAME_WORDS else "quoted-title"
    return ""


def _is_like_a_title(words: Sequence[str]) -> bool:
    """Tell whether capitals begin the first word, the last and at least half of all."""
    large = [word[0].isupper() for word in words]
    return large[0] and large[-1] and 2 * sum(large) >= len(large)


def _before_bracket(text: str) -> Piece | None:
    """Return what stands before the bracket that ends a text; ``None`` where there is none: "Recipes (in English)"."""
    shown = text.rstrip(_AFTER_BRACKET)
    if shown[-1:] not in _CLOSING:
        return None
    start = max(shown.rfind(bracket) for bracket in _OPENING)
    return main_piece(text[:start]) if start > 0 else None


def _writes(language: str, script: str) -> bool:
    return language in LANGUAGES_OF_SCRIPT.get(script, ())


def _without_names(piece: Piece, *, at_home: bool) -> Piece | None:
    """Return the lower-case words of a piece, ``None`` where they are too few to tell words from a list of names.

    In the page's own script (``at_home``) it takes more of them.
    """
    few, short = (_LABEL_WORDS, _LABEL_LETTERS_AT_HOME) if at_home else (_LABEL_WORDS, _LABEL_LETTERS)
    found = _WORD.findall(piece.text)
    words = [word for word in found if word == word.lower()]
    if len(found) > 1 and found[0] not in words and found[1] in words:
        words.insert(0, found[0])  # its capital is that of the first word: "Change password"
    letters = sum(map(len, words))
    if len(words) < few or letters < short:
        return None
    return Piece(" ".join(words), piece.script, letters)
