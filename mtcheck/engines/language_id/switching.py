"""Where a text changes its language: a Viterbi search over words, sparing with changes.

Every word says how likely it is in each language; every change of language costs, less at quotation marks, brackets and line
ends; the cheapest reading of the whole text wins (Viterbi 1967; for the languages of words see King and Abney 2013,
"Labeling the Languages of Words in Mixed-Language Documents"). Words that start with a capital say less, for names
are written alike everywhere, and Latin words in other writing are names until small letters say otherwise.

Most texts stay in one language, and that can be seen at a tenth of the price: where no stretch of words gains more by another
language than a change costs, by the profiles alone, there is nothing to search for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtcheck.core.spans import Span
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT, commonness
from mtcheck.engines.language_id.identifier import Identifier, Piece, Weighed
from mtcheck.engines.language_id.words import Word, words_of
from mtcheck.text.scripts import LATIN


@dataclass(frozen=True, slots=True)
class Costs:
    """What a reading of a text costs, in nats. Chosen on the development half of the mixed sentences; see ``mtcheck.measuring.languages``.

    A ``change`` of language between two words, after punctuation, at a quotation mark, bracket or line end, and where the
    script changes; a Latin word in writing that is not Latin, capitalized (``latin_name``) or not (``latin_word``). What a
    word in capitals says counts ``capital`` times. ``floor`` bounds what one word can say against a language. A stretch is
    looked into where the profiles alone find it worth the changes but for ``patience``; ``change_at_edge`` is what the start and
    the end of the text count there.
    """

    change: float = 6.0
    change_at_weak_mark: float = 6.0
    change_at_mark: float = 1.5
    change_of_script: float = 3.5
    latin_name: float = 1.0
    latin_word: float = 3.0
    capital: float = 0.7
    floor: float = 5.0
    change_at_edge: float = 1.0
    patience: float = 3.0


COSTS = Costs()
_IMPOSSIBLE = 1000.0
_MOST_LANGUAGES = 4
"""Languages of one script among which the search decides."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text in one language, from its first letter to its last; ``words`` are those in it."""

    span: Span
    language: str
    words: tuple[Word, ...]


@dataclass(slots=True)
class _Text:
    """One text under examination: its words, and for each script the numbers of its words."""

    words: list[Word]
    prior: Mapping[str, float]
    by_script: dict[str, list[int]]
    # For each script with several languages: log-probabilities by word of the script (rows) and language (columns).
    said: dict[str, NDArray[np.float64]]
    open: bool = False


class Segmenter:
    """Finds the stretches of texts that stand in different languages."""

    def __init__(self, identifier: Identifier, costs: Costs = COSTS) -> None:
        """Take the identifier that weighs the words."""
        self._identifier = identifier
        self._costs = costs

    def segment(self, texts: Sequence[str], priors: Sequence[Mapping[str, float]]) -> list[list[Stretch]]:
        """Return the stretches of each text in order; ``priors`` gives weights of languages for each text.

        What is in no language must be spaces already. A text without letters has no stretches. Linear in the length of the
        texts.
        """
        read = [self._read(text, prior) for text, prior in zip(texts, priors, strict=True)]
        self._say(read, quick=True)
        for text in read:
            text.open = self._is_open(text)
        self._say([text for text in read if text.open], quick=False)
        return [self._stretches(text) for text in read]

    def _read(self, text: str, prior: Mapping[str, float]) -> _Text:
        """Split a text into words and sort them by script."""
        words = words_of(text)
        by_script: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            by_script.setdefault(word.script, []).append(number)
        return _Text(words, prior, by_script, {})

    def _say(self, texts: Sequence[_Text], *, quick: bool) -> None:
        """Ask the identifier what the words say: by the profiles alone or by all models."""
        asked: dict[tuple[str, str], int] = {}
        places: list[tuple[_Text, str, list[int]]] = []
        for text in texts:
            for script, numbers in text.by_script.items():
                if len(LANGUAGES_OF_SCRIPT.get(script, ())) < 2:
                    continue
                shown = [text.words[number].text for number in numbers]
                places.append((text, script, [asked.setdefault((script, word), len(asked)) for word in shown]))
        pieces = [Piece(word, script, len(word)) for script, word in asked]
        tables = self._tables(pieces, quick=quick)
        for text, script, rows in places:
            said = tables[script].rows(rows)
            factor = np.array(
                [self._costs.capital if text.words[number].capital else 1.0 for number in text.by_script[script]]
            )
            text.said[script] = said * factor[:, None]

    def _tables(self, pieces: Sequence[Piece], *, quick: bool) -> dict[str, _Table]:
        """Weigh pieces; return a table of log-probabilities for each script."""
        weighed = self._identifier.weigh_quickly(pieces) if quick else self._identifier.weigh(pieces)
        by_script: dict[str, list[int]] = {}
        for number, piece in enumerate(pieces):
            by_script.setdefault(piece.script, []).append(number)
        return {
            script: _Table(script, numbers, [weighed[number] for number in numbers], self._costs.floor)
            for script, numbers in by_script.items()
        }

    def _is_open(self, text: _Text) -> bool:
        """Tell whether some stretch might gain more by another language than it costs to change to it and back.

        The profiles alone decide, so that a stretch is looked into before it is worth its price.
        """
        if not text.said:
            return len(text.by_script) > 1
        changes = np.array([self._change(text.words, number) for number in range(len(text.words))])
        for script, said in text.said.items():
            numbers = text.by_script[script]
            languages = LANGUAGES_OF_SCRIPT[script]
            prior = _logarithms(text.prior, languages)
            home = int((said.sum(axis=0) + prior).argmax())
            sums = np.zeros((len(numbers) + 1, len(languages)))
            np.cumsum(said - said[:, home, None], axis=0, out=sums[1:])
            price = np.append(changes[numbers], self._costs.change_at_edge)
            price[0] = self._costs.change_at_edge
            bought = np.minimum.accumulate(sums + price[:, None], axis=0)[:-1]
            gains = ((sums - price[:, None])[1:] - bought).max(axis=0) + np.minimum(0.0, prior - prior[home])
            gains[home] = -math.inf
            if gains.max() > -self._costs.patience:
                return True
        return len(text.by_script) > 1

    def _change(self, words: Sequence[Word], number: int) -> float:
        """Return what it costs to change the language before a word."""
        word = words[number]
        if word.at_mark:
            return self._costs.change_at_mark
        if number and word.script != words[number - 1].script:
            return self._costs.change_of_script
        return self._costs.change_at_weak_mark if word.at_weak_mark else self._costs.change

    def _stretches(self, text: _Text) -> list[Stretch]:
        """Return the cheapest reading of a text."""
        if not text.words:
            return []
        if not text.open and len(text.by_script) == 1:
            return [_stretch(text.words, 0, len(text.words) - 1, self._states(text)[0])]
        states = self._states(text)
        path = self._path(text, states)
        found: list[Stretch] = []
        first = 0
        for number in range(1, len(path) + 1):
            if number == len(path) or path[number] != path[first]:
                found.append(_stretch(text.words, first, number - 1, states[path[first]]))
                first = number
        return found

    def _states(self, text: _Text) -> list[str]:
        """Return the languages worth considering: for each script the one that most speaks for, then those that gain."""
        states: list[str] = []
        for script in sorted(text.by_script, key=lambda script: (-len(text.by_script[script]), script)):
            languages = LANGUAGES_OF_SCRIPT.get(script, ())
            if script not in text.said:
                states.extend(language for language in languages or ("und",) if language not in states)
                continue
            said = text.said[script]
            prior = _logarithms(text.prior, languages)
            sums = said.sum(axis=0) + prior
            home = int(sums.argmax())
            gains = _best_gains(said - said[:, home, None]) + np.minimum(0.0, prior - prior[home])
            gains[home] = math.inf
            order = sorted(range(len(languages)), key=lambda column: (-gains[column], languages[column]))
            states.extend(
                languages[column]
                for column in order[:_MOST_LANGUAGES]
                if gains[column] > 0 and languages[column] not in states
            )
        return states

    def _path(self, text: _Text, states: Sequence[str]) -> list[int]:
        """Return the number of the state of each word on the cheapest way through the text."""
        rows = self._emissions(text, states)
        prior = _logarithms(text.prior, states).tolist()
        highest = max(prior)
        entry = [value - highest for value in prior]
        scores = [entry[state] + value for state, value in enumerate(rows[0])]
        back: list[list[int]] = []
        for number in range(1, len(rows)):
            change = self._change(text.words, number)
            best = max(range(len(scores)), key=scores.__getitem__)
            reached = scores[best] - change
            row = rows[number]
            came: list[int] = []
            following: list[float] = []
            for state, stayed in enumerate(scores):
                entered = reached + entry[state]
                if entered > stayed:
                    came.append(best)
                    following.append(entered + row[state])
                else:
                    came.append(state)
                    following.append(stayed + row[state])
            back.append(came)
            scores = following
        state = max(range(len(scores)), key=scores.__getitem__)
        path = [state]
        for came in reversed(back):
            state = came[state]
            path.append(state)
        return path[::-1]

    def _emissions(self, text: _Text, states: Sequence[str]) -> list[list[float]]:
        """Return what each word says of each state, in nats."""
        rows: list[list[float]] = [[]] * len(text.words)
        for script, numbers in text.by_script.items():
            languages = LANGUAGES_OF_SCRIPT.get(script, ("und",))
            column = {language: place for place, language in enumerate(languages)}
            silent = [[0.0] * len(languages)] * len(numbers)
            table: list[list[float]] = text.said[script].tolist() if script in text.said else silent
            for place, number in enumerate(numbers):
                stranger = -_IMPOSSIBLE
                if script == LATIN:
                    stranger = -self._as_name(text.words, number)
                said = table[place]
                rows[number] = [said[column[state]] if state in column else stranger for state in states]
        return rows

    def _as_name(self, words: Sequence[Word], number: int) -> float:
        """Return what a Latin word costs in a text of another script."""
        word = words[number]
        if word.capital or len(word.text) == 1:
            return self._costs.latin_name
        around = words[max(0, number - 1) : number + 2]
        if len(around) == 3 and around[0].capital and around[2].capital:
            return self._costs.latin_name
        return self._costs.latin_word


class _Table:
    """Log-probabilities of the languages of a script for some pieces."""

    __slots__ = ("_values", "_where")

    def __init__(self, script: str, numbers: Sequence[int], weighed: Sequence[Weighed], floor: float) -> None:
        languages = LANGUAGES_OF_SCRIPT[script]
        self._where = np.zeros(max(numbers) + 1, np.int64)
        self._where[list(numbers)] = np.arange(len(numbers))
        values = np.array([one.evidence or (0.0,) * len(languages) for one in weighed])
        values = values + np.array([math.log(commonness(language)) for language in languages])
        values -= values.max(axis=1, keepdims=True)
        values -= np.log(np.exp(values).sum(axis=1, keepdims=True))
        # Only differences matter; what no language explains better than another says nothing.
        self._values = np.maximum(values, values.max(axis=1, keepdims=True) - floor)

    def rows(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        """Return the rows of some pieces."""
        found: NDArray[np.float64] = self._values[self._where[list(numbers)]]
        return found


def _best_gains(differences: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each column the greatest sum over a run of rows, 0 for none."""
    sums = np.zeros((len(differences) + 1, differences.shape[1]))
    np.cumsum(differences, axis=0, out=sums[1:])
    gains: NDArray[np.float64] = (sums - np.minimum.accumulate(sums, axis=0)).max(axis=0)
    return gains


def _logarithms(prior: Mapping[str, float], languages: Sequence[str]) -> NDArray[np.float64]:
    weights = np.array([prior.get(language, commonness(language)) for language in languages], np.float64)
    logarithms: NDArray[np.float64] = np.log(weights)
    return logarithms


def _stretch(words: Sequence[Word], first: int, last: int, language: str) -> Stretch:
    return Stretch(Span(words[first].start, words[last].end), language, tuple(words[first : last + 1]))
