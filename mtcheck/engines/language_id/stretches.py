"""The stretches of texts in different languages, with calibrated confidence; what is only a name or a loanword left in peace.

The search (``switching``) proposes, here every proposal is weighed once more as a whole. A stretch becomes part of the text around it
where it looks like a name or a title, is one word without a mark around it, or is not more probably in its language than in
that of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtcheck.core.languages import UNDETERMINED, Guess, LanguageSpan
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT, LETTER_WEIGHT
from mtcheck.engines.language_id.identifier import Identifier, Piece, Weighed, best, main_piece, pieces_of
from mtcheck.engines.language_id.switching import Segmenter, Stretch
from mtcheck.engines.language_id.words import Word, is_like_a_name
from mtcheck.text.scripts import LATIN

SURE = 0.9
"""A name or a title is told of as such from this probability on that it is in another language."""

_FEWEST_LETTERS = 4
_NAME_WORDS, _TITLE_WORDS = 3, 8


@dataclass(frozen=True, slots=True)
class Segmented:
    """A text in its languages.

    ``home`` is the language of most of its letters. ``stretches`` cover all words in order; neighbors differ in language.
    ``asides`` are names, titles and single words in another language that were left in the stretch around them, with the reason.
    """

    home: Guess
    stretches: tuple[LanguageSpan, ...]
    asides: tuple[LanguageSpan, ...] = ()


@dataclass(slots=True)
class _Proposal:
    """One text under examination: its stretches, the language of most of it, and what was weighed again."""

    prior: Mapping[str, float]
    text: str
    stretches: list[Stretch]
    home: str
    weighed: list[Weighed]


class StretchFinder:
    """Cuts texts where their language changes."""

    def __init__(self, identifier: Identifier) -> None:
        """Take the identifier that weighs words and stretches."""
        self._identifier = identifier
        self._segmenter = Segmenter(identifier)

    def find(
        self, texts: Sequence[str], priors: Sequence[Mapping[str, float]], abstain_below: float
    ) -> list[Segmented]:
        """Return the languages of each text; what is in no language must be spaces already.

        ``priors`` gives weights of languages for each text; under ``abstain_below`` a stretch is ``und``.
        """
        proposals = [
            _Proposal(prior, text, stretches, _home(stretches), [])
            for text, prior, stretches in zip(texts, priors, self._segmenter.segment(texts, priors), strict=True)
        ]
        pieces: list[Piece | None] = []
        for proposal in proposals:
            pieces.extend(_pieces(proposal))
        weighed = iter(self._identifier.weigh(pieces))
        for proposal in proposals:
            proposal.weighed = [next(weighed) for _ in _parts(proposal)]
        return [_judged(proposal, abstain_below) for proposal in proposals]


def _home(stretches: Sequence[Stretch]) -> str:
    """Return the language of most of the letters; the first by name of several."""
    letters: dict[str, int] = {}
    for stretch in stretches:
        letters[stretch.language] = letters.get(stretch.language, 0) + _weight(stretch.words)
    return min(letters, key=lambda language: (-letters[language], language)) if letters else UNDETERMINED


def _parts(proposal: _Proposal) -> list[Stretch | None]:
    """Return what is weighed of a text: all that is in its main language (``None``), then every other stretch."""
    if not proposal.stretches:
        return []
    return [None, *(stretch for stretch in proposal.stretches if stretch.language != proposal.home)]


def _pieces(proposal: _Proposal) -> list[Piece | None]:
    """Return the pieces to weigh, one for each of ``_parts``."""
    found: list[Piece | None] = []
    for part in _parts(proposal):
        if part is not None:
            found.append(main_piece(part.span.of(proposal.text)))
            continue
        own = [stretch for stretch in proposal.stretches if stretch.language == proposal.home]
        whole = (
            proposal.text if len(own) == len(proposal.stretches) else " ".join(s.span.of(proposal.text) for s in own)
        )
        found.append(_piece_in(whole, proposal.home))
    return found


def _piece_in(text: str, language: str) -> Piece | None:
    """Return what of a text is in a script of a language: names in Latin letters do not speak for a Russian text."""
    pieces = pieces_of(text)
    return next((piece for piece in pieces if language in LANGUAGES_OF_SCRIPT.get(piece.script, ())), None) or (
        pieces[0] if pieces else None
    )


def _judged(proposal: _Proposal, abstain_below: float) -> Segmented:
    """Return a text with the proposals that hold."""
    if not proposal.stretches:
        return Segmented(Guess(UNDETERMINED, 1.0), ())
    posterior = proposal.weighed[0].posterior(proposal.prior)
    home = best(posterior, abstain_below)
    if len(proposal.weighed) == 1:
        span = Span(proposal.stretches[0].span.start, proposal.stretches[-1].span.end)
        return Segmented(home, (LanguageSpan(span, home.language, home.confidence),))
    language = home.language if home.language != UNDETERMINED else proposal.home
    confidence = max(0.000001, posterior.get(language, home.confidence))
    kept: list[LanguageSpan] = []
    asides: list[LanguageSpan] = []
    others = iter(proposal.weighed[1:])
    for number, stretch in enumerate(proposal.stretches):
        found = LanguageSpan(stretch.span, language, confidence)
        if stretch.language != proposal.home:
            guess = best(next(others).posterior(proposal.prior), abstain_below)
            reason = _reason(proposal, number)
            if guess.language in {language, UNDETERMINED}:
                reason = reason or "too-short"
            if not reason:
                found = LanguageSpan(stretch.span, guess.language, guess.confidence)
            elif guess.language not in {language, UNDETERMINED} and guess.confidence >= SURE:
                asides.append(LanguageSpan(stretch.span, guess.language, guess.confidence, reason))
        if kept and kept[-1].language == found.language:
            span = Span(kept[-1].span.start, found.span.end)
            found = LanguageSpan(span, found.language, min(kept[-1].confidence, found.confidence))
            kept.pop()
        kept.append(found)
    return Segmented(Guess(language, confidence), tuple(kept), tuple(asides))


def _reason(proposal: _Proposal, number: int) -> str:
    """Return why a stretch stays part of the text around it; empty where it stands for itself."""
    words = proposal.stretches[number].words
    own_script = any(proposal.home in LANGUAGES_OF_SCRIPT.get(word.script, ()) for word in words)
    if not own_script and words[0].script != LATIN:
        return ""
    if _is_name(words, proposal.stretches[number].language):
        return "name" if len(words) <= _NAME_WORDS else "quoted-title"
    if _weight(words) < _FEWEST_LETTERS:
        return "too-short"
    following = proposal.stretches[number + 1].words[0] if number + 1 < len(proposal.stretches) else None
    between_marks = words[0].at_mark and (following is None or following.at_mark)
    return "loanword" if len(words) == 1 and not between_marks else ""


def _is_name(words: Sequence[Word], language: str) -> bool:
    """Tell whether words may be a name or a title; German nouns have capitals too, so that only capitals make a name there."""
    if len(words) > _TITLE_WORDS:
        return False
    return all(word.capital for word in words) if language == "de" else is_like_a_name(words)


def _weight(words: Sequence[Word]) -> int:
    """Return the letters of words, signs that say more counted more than once."""
    return sum(len(word.text) * LETTER_WEIGHT.get(word.script, 1) for word in words)
