"""The language of one text: the script limits the candidates, a model weighs them, a temperature keeps it honest."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.languages import UNDETERMINED, Guess
from mtcheck.engines.language_id.calibration import ABSTAIN_BELOW, SHORTEST, calibration_of, table_digest
from mtcheck.engines.language_id.candidates import (
    DISTINCTIVE_LETTERS,
    KANA,
    LANGUAGES_OF_SCRIPT,
    LETTER_WEIGHT,
    WRITTEN_TOGETHER,
    commonness,
)
from mtcheck.engines.language_id.exclusions import without_addresses
from mtcheck.engines.language_id.models import LazyModels
from mtcheck.engines.language_id.profiles import TUNED, Evidence, LikelihoodModel
from mtcheck.text.scripts import (
    ARABIC,
    CYRILLIC,
    HAN,
    HIRAGANA,
    KATAKANA,
    LATIN,
    code_of_script,
    script_codes,
    script_runs,
)

DETERMINED = 0.99
"""The probability given to a language that the script alone decides: writing borrowed for another language is rare."""
_DISTINCTIVE = {script: frozenset(letters) for script, letters in DISTINCTIVE_LETTERS.items()}
_DISTINCTIVE_SHARE = 0.015
_STRANGE = -10.3
"""Nats a letter under the best language, trigrams that no profile has included: 99.5 of 100 sentences of the languages of these
scripts have -9.8 or more (measured on lingua's test sentences), 99 of 100 with random letters less than -10.5."""
_STRANGE_SCRIPTS = frozenset({LATIN, CYRILLIC, ARABIC})
_STRANGE_FROM = 25
_KANA_SHARE = 0.08
_NEVER = -50.0
"""Log-evidence for a language that no model at hand knows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one script, as it is weighed: letters only matter, what is in no language is already spaces.

    ``script`` is a script of ``mtcheck.text.scripts`` or ``Kana``; ``letters`` counts letters.
    """

    text: str
    script: str
    letters: int

    @property
    def weight(self) -> int:
        """The letters, signs that say more counted more than once."""
        return self.letters * LETTER_WEIGHT.get(self.script, 1)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The calibrated log-evidence for each language that a piece's script allows; no prior is in it yet.

    ``languages`` is empty where nothing can be said.
    """

    languages: tuple[str, ...] = ()
    evidence: tuple[float, ...] = ()
    determined: bool = field(default=False)

    def posterior(
        self, prior: Mapping[str, float] | None = None, allowed: frozenset[str] | None = None
    ) -> dict[str, float]:
        """Return the probability of each language, or of each ``allowed`` one given that it is one of them.

        ``prior`` gives weights above 0 that need not sum to 1; a language without one keeps ``commonness``.
        """
        prior = prior or {}
        sums = {
            language: value + math.log(prior.get(language, commonness(language)))
            for language, value in zip(self.languages, self.evidence, strict=True)
            if allowed is None or language in allowed
        }
        if self.determined:
            return dict.fromkeys(sums, DETERMINED)
        if not sums:
            return {}
        highest = max(sums.values())
        weights = {language: math.exp(value - highest) for language, value in sums.items()}
        total = math.fsum(weights.values())
        return {language: round(weight / total, 6) for language, weight in weights.items()}


class Identifier:
    """Names the language of texts. Deterministic, and independent of what else is asked in the same call.

    Any ``LikelihoodModel`` can stand behind it, or several that were calibrated together; the default is langdetect's
    profiles and fastText's compressed model.
    """

    def __init__(
        self, models: Sequence[LikelihoodModel] | LazyModels | None = None, abstain_below: float = ABSTAIN_BELOW
    ) -> None:
        """Take models (``None``: the default ones, loaded at the first use) and the probability under which the answer is ``und``."""
        self._given = models if models is not None else LazyModels()
        self._abstain_below = abstain_below

    @property
    def _models(self) -> tuple[LikelihoodModel, ...]:
        if isinstance(self._given, LazyModels):
            self._given = self._given.load()
        return tuple(self._given)

    @property
    def signature(self) -> str:
        """The models' signatures and the version of what is made of them."""
        given = self._given
        signatures = given.signatures if isinstance(given, LazyModels) else [model.signature for model in given]
        return f"{' + '.join(signatures)}; calibration {table_digest()}; abstains below {self._abstain_below}"

    @property
    def languages(self) -> frozenset[str]:
        """Every language that can be answered."""
        return frozenset(language for languages in LANGUAGES_OF_SCRIPT.values() for language in languages)

    def identify(self, texts: Sequence[str], candidates: Sequence[str] | None = None) -> list[Guess]:
        """Return one guess a text, in order, among ``candidates`` (``None``: all languages known)."""
        allowed = None if candidates is None else frozenset(candidates)
        pieces = [main_piece(without_addresses(text)) for text in texts]
        return [best(weighed.posterior(allowed=allowed), self._abstain_below) for weighed in self.weigh(pieces)]

    def weigh_quickly(self, pieces: Sequence[Piece | None]) -> list[Weighed]:
        """Return the evidence of the first model alone for each piece: ten times as fast, for a first look."""
        return self._weigh(pieces, self._models[:1])

    def weigh(self, pieces: Sequence[Piece | None]) -> list[Weighed]:
        """Return the evidence for each piece; nothing for ``None``."""
        return self._weigh(pieces, self._models)

    def _weigh(self, pieces: Sequence[Piece | None], models: tuple[LikelihoodModel, ...]) -> list[Weighed]:
        weighed = [Weighed()] * len(pieces)
        asked = []
        for index, piece in enumerate(pieces):
            if piece is None or not piece.letters:
                continue
            languages = LANGUAGES_OF_SCRIPT.get(piece.script, ())
            if len(languages) == 1:
                weighed[index] = Weighed(languages, (0.0,), determined=True)
            elif languages and not _foreign_letters(piece):
                asked.append(index)
        if not asked:
            return weighed
        texts = [piece.text for index in asked if (piece := pieces[index]) is not None]
        opinions = [model.score(texts) for model in models]
        by_script: dict[str, list[int]] = {}
        for row, index in enumerate(asked):
            piece = pieces[index]
            assert piece is not None
            if not any(opinion.features[row] for opinion in opinions):
                continue
            if models[0].kind == "profiles" and _is_gibberish(
                piece, float(opinions[0].log_likelihoods[row].max()), int(opinions[0].features[row])
            ):
                continue
            by_script.setdefault(piece.script, []).append(row)
        for script, rows in by_script.items():
            chosen = [piece for row in rows if (piece := pieces[asked[row]]) is not None]
            for row, piece, values in zip(rows, chosen, _pooled(models, script, chosen, opinions, rows), strict=True):
                weighed[asked[row]] = Weighed(LANGUAGES_OF_SCRIPT[piece.script], tuple(values))
        return weighed


def best(posterior: Mapping[str, float], abstain_below: float = ABSTAIN_BELOW) -> Guess:
    """Return the most probable language, ``und`` where none is probable enough; ties go to the first by name."""
    if not posterior:
        return Guess(UNDETERMINED, 1.0)
    language = min(posterior, key=lambda name: (-posterior[name], name))
    probability = posterior[language]
    if probability < abstain_below:
        return Guess(UNDETERMINED, max(0.000001, round(1 - probability, 6)))
    return Guess(language, max(0.000001, probability))


def pieces_of(text: str) -> list[Piece]:
    """Return the text of each script, the weightiest script first; what is in no language must be spaces already."""
    parts: dict[str, list[str]] = {}
    letters: dict[str, int] = {}
    for run in script_runs(text, same=WRITTEN_TOGETHER):
        parts.setdefault(run.script, []).append(run.span.of(text))
        letters[run.script] = letters.get(run.script, 0) + run.letters
    pieces = []
    for script, stretches in parts.items():
        joined = " ".join(stretches)
        pieces.append(Piece(joined, _with_kana(joined) if script == HAN else script, letters[script]))
    pieces.sort(key=lambda piece: (-piece.weight, piece.script))
    return pieces


def main_piece(text: str) -> Piece | None:
    """Return the text of the script that weighs most, ``None`` for a text without letters."""
    pieces = pieces_of(text)
    return pieces[0] if pieces else None


def _with_kana(text: str) -> str:
    """Tell Japanese from what may be Chinese: a single の is a fashion, some kana are a language."""
    codes = script_codes(text)
    kana = codes.count(code_of_script(HIRAGANA)) + codes.count(code_of_script(KATAKANA))
    han = codes.count(code_of_script(HAN))
    if kana == 1 and han and "の" in text:
        return HAN
    return KANA if kana and kana >= _KANA_SHARE * (kana + han) else HAN


def _is_gibberish(piece: Piece, likeliest: float, features: int) -> bool:
    """Tell whether a text is too unlikely in every language to be in any: scrambled letters, invented words, codes.

    Every letter gives one n-gram for itself and one with its neighbors; ``features`` are those that some profile has.
    """
    if piece.script not in _STRANGE_SCRIPTS or piece.letters < _STRANGE_FROM:
        return False
    unseen = max(0, 2 * piece.letters - features)
    return likeliest + unseen * math.log(TUNED.smoothing) < _STRANGE * piece.letters


def _foreign_letters(piece: Piece) -> bool:
    """Tell whether the piece shows letters of a language that the model does not know."""
    strange = _DISTINCTIVE.get(piece.script)
    if not strange or strange.isdisjoint(piece.text):
        return False
    count = sum(piece.text.count(letter) for letter in strange)
    return count >= _DISTINCTIVE_SHARE * piece.letters and count > 0


def _pooled(
    models: Sequence[LikelihoodModel],
    script: str,
    pieces: Sequence[Piece],
    opinions: Sequence[Evidence],
    rows: list[int],
) -> list[list[float]]:
    """Return the calibrated evidence for each language of a script, for some pieces that are in it.

    A model that knows only some of these languages has no say in whether a text is in one of them, only in which.
    """
    languages = LANGUAGES_OF_SCRIPT[script]
    shared = [place for place, language in enumerate(languages) if all(language in model.languages for model in models)]
    every = set(languages)
    broad = [number for number, model in enumerate(models) if every.issubset(model.languages)]
    if len(broad) == len(models):
        return cast("list[list[float]]", _sums(models, languages, pieces, opinions, rows).tolist())
    if broad:
        pooled = _sums([models[n] for n in broad], languages, pieces, [opinions[n] for n in broad], rows)
    else:
        pooled = np.full((len(pieces), len(languages)), _NEVER)
    if shared:
        within = _sums(models, [languages[place] for place in shared], pieces, opinions, rows)
        total = np.logaddexp.reduce(pooled[:, shared], axis=1) if broad else np.zeros(len(pieces))
        pooled[:, shared] = within + (total - np.logaddexp.reduce(within, axis=1))[:, None]
    return cast("list[list[float]]", pooled.tolist())


def _sums(
    models: Sequence[LikelihoodModel],
    languages: Sequence[str],
    pieces: Sequence[Piece],
    opinions: Sequence[Evidence],
    rows: list[int],
) -> NDArray[np.float64]:
    """Return the weighted sum of some opinions for each of some languages that all of the models know."""
    calibration = calibration_of(tuple(model.kind for model in models))
    script = pieces[0].script
    lengths = [piece.weight for piece in pieces]
    at = {length: calibration.at(script, length) for length in set(lengths)}
    weights = np.array([at[length] for length in lengths])
    leans = [calibration.lean(language) for language in languages]
    short = SHORTEST / np.maximum(SHORTEST, np.array(lengths))
    sums = np.array([lean.always for lean in leans]) + short[:, None] * np.array([lean.short for lean in leans])
    for number, (model, opinion) in enumerate(zip(models, opinions, strict=True)):
        column = {language: place for place, language in enumerate(model.languages)}
        values = opinion.log_likelihoods[np.ix_(rows, [column[language] for language in languages])]
        sums = sums + weights[:, number, None] * values
    return cast("NDArray[np.float64]", sums)
