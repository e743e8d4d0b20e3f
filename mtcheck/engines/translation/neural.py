"""A checkpoint as a translator, whatever runtime decodes it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from mtcheck.core.errors import EngineError, ModelUnavailable
from mtcheck.core.translation import Likelihood, Translation
from mtcheck.core.unusable import Unusable
from mtcheck.engines.batching import OutOfMemory, run_in_batches
from mtcheck.engines.translation.checkpoint import Checkpoint
from mtcheck.engines.translation.marian_subwords import open_subwords
from mtcheck.engines.translation.subwords import Subwords
from mtcheck.text.alignment import is_unspaced

# A translation may have this many tokens for each of the text's, and some more; a sentence that needs more is in a loop.
OUTPUT_RATIO, OUTPUT_SLACK = 2, 24
# A word of the text counts as accounted for when some step of the translation gave it this share of its attention. Guerreiro et al.
# 2023 (arXiv 2208.05309) sum attention over the steps instead; on FLORES dev the greatest share goes better with quality.
ATTENDED = 0.2
# The library's sums differ in the seventh decimal by what else is in a batch.
DECIMALS = 4
WORD_MARK = "▁"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a runtime gave for one text.

    ``numbers`` are token numbers without special ones at the ends, ``score`` is the mean log-probability a token,
    ``finished`` tells whether the sentence came to its end. ``attention`` has, for each token that was read, the greatest share of
    its attention that any step of the translation gave it (mean over the heads of the last layer), where the runtime says so.
    """

    numbers: tuple[int, ...]
    score: float | None
    finished: bool
    attention: tuple[float, ...] | None = None


class Decoder(Protocol):
    """A runtime with a checkpoint in memory."""

    def decode(self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int) -> list[Decoded]:
        """Translate a batch of token numbers; ``start`` is forced as the first token. Raises ``OutOfMemory``."""
        ...


@runtime_checkable
class ScoringDecoder(Protocol):
    """A decoder that can also say how likely a given translation is."""

    def score(
        self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], start: int | None
    ) -> list[Likelihood]:
        """Return the likelihood of each target, its end included and a forced start not. Raises ``OutOfMemory``."""
        ...


@runtime_checkable
class ProposingDecoder(Protocol):
    """A decoder that can also give several translations."""

    def propose(
        self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int, count: int
    ) -> list[list[Decoded]]:
        """Return the ``count`` best translations of each text, best first. Raises ``OutOfMemory``."""
        ...


class Runtime(Protocol):
    """A way to run checkpoints, known before any weight is loaded."""

    @property
    def signature(self) -> str:
        """Name, version and decoding options."""
        ...

    def load(self, checkpoint: Checkpoint, subwords: Subwords) -> Decoder:
        """Load the weights. Raises ``ModelUnavailable`` or ``EngineError``."""
        ...


@dataclass(frozen=True, slots=True)
class _Loaded:
    subwords: Subwords
    decoder: Decoder


class CheckpointTranslator:
    """Translates with a checkpoint, which is loaded with the first text.

    Batches are sorted by length and filled by a budget of tokens, so that a text's neighbors depend on the call; what
    counts as truncated does not.
    """

    def __init__(self, checkpoint: Checkpoint, runtime: Runtime) -> None:
        """Take a checkpoint and the runtime for it."""
        self._checkpoint = checkpoint
        self._runtime = runtime
        self._loaded: _Loaded | None = None
        self._lock = threading.Lock()

    @property
    def signature(self) -> str:
        """The model's name, the hash of its files, and the runtime with its decoding options."""
        return f"{self._checkpoint.name} {self._checkpoint.fingerprint} {self._runtime.signature}"

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether the checkpoint has the direction."""
        return self._checkpoint.supports(source_language, target_language)

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        """Translate each text; one that is longer than the model takes is marked and not sent.

        Raises ``ModelUnavailable`` for a direction it has not and where the weights cannot be loaded, ``EngineError``
        where the runtime fails.
        """
        if not self.supports(source_language, target_language):
            raise ModelUnavailable(f"the model {self._checkpoint.name} has no {source_language}-{target_language}")
        with self._lock:
            loaded = self._load()
            clean = [_clean(text) for text in texts]
            numbers = loaded.subwords.encode(clean, source_language, target_language) if clean else []
            start = loaded.subwords.forced_start(source_language, target_language)
            answers: list[Translation] = [
                Translation("", unusable=Unusable.INPUT_TOO_LONG if text else Unusable.EMPTY) for text in clean
            ]
            sendable = [
                index for index, text in enumerate(clean) if text and len(numbers[index]) <= self._checkpoint.max_tokens
            ]
            results = run_in_batches(
                [numbers[index] for index in sendable],
                length=len,
                run=lambda batch: self._decode(loaded, batch, start),
                too_big=lambda _: Translation("", unusable=Unusable.FAILED),
            )
        for index, result in zip(sendable, results, strict=True):
            answers[index] = result
        return answers

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        """Return how likely each target is given its source.

        ``None`` for a direction that the checkpoint has not, for texts that are too long, and where the runtime cannot say.
        """
        answers: list[Likelihood | None] = [None] * len(sources)
        if not sources or not self.supports(source_language, target_language):
            return answers
        with self._lock:
            loaded = self._load()
            decoder = loaded.decoder
            if not isinstance(decoder, ScoringDecoder):
                return answers
            given = loaded.subwords.encode([_clean(text) for text in sources], source_language, target_language)
            wanted = loaded.subwords.encode_target([_clean(text) for text in targets], source_language, target_language)
            start = loaded.subwords.forced_start(source_language, target_language)
            limit = self._checkpoint.max_tokens
            sendable = [
                place
                for place in range(len(given))
                if wanted[place] and max(len(given[place]), len(wanted[place])) < limit
            ]

            def run(batch: list[int]) -> Sequence[Likelihood | None]:
                with self._errors():
                    return decoder.score([given[place] for place in batch], [wanted[place] for place in batch], start)

            scores = run_in_batches(
                sendable, lambda place: max(len(given[place]), len(wanted[place])), run, lambda _: None
            )
        for place, score in zip(sendable, scores, strict=True):
            if score is not None:
                answers[place] = Likelihood(round(score.total, DECIMALS), score.tokens)
        return answers

    def proposals(
        self, texts: Sequence[str], source_language: str, target_language: str, count: int
    ) -> list[tuple[Translation, ...]]:
        """Return the best translations of each text; none for a direction that it has not, and for a text that is not sent."""
        answers: list[tuple[Translation, ...]] = [()] * len(texts)
        if not texts or not self.supports(source_language, target_language):
            return answers
        with self._lock:
            loaded = self._load()
            decoder = loaded.decoder
            if not isinstance(decoder, ProposingDecoder):
                return answers
            clean = [_clean(text) for text in texts]
            numbers = loaded.subwords.encode(clean, source_language, target_language)
            start = loaded.subwords.forced_start(source_language, target_language)
            sendable = [
                index for index, text in enumerate(clean) if text and len(numbers[index]) <= self._checkpoint.max_tokens
            ]

            def run(batch: list[list[int]]) -> list[tuple[Translation, ...]]:
                limits = self._limits(batch)
                with self._errors():
                    found = decoder.propose(batch, start, max(limits), count)
                return [
                    tuple(self._translation(loaded, each, start, limit, read) for each in mine)
                    for mine, limit, read in zip(found, limits, batch, strict=True)
                ]

            # A beam holds as much as a text of its own.
            results = run_in_batches(
                [numbers[index] for index in sendable], lambda read: count * len(read), run, lambda _: ()
            )
        for index, result in zip(sendable, results, strict=True):
            answers[index] = result
        return answers

    def _load(self) -> _Loaded:
        if self._loaded is None:
            subwords = open_subwords(self._checkpoint)
            self._loaded = _Loaded(subwords, self._runtime.load(self._checkpoint, subwords))
        return self._loaded

    def _decode(self, loaded: _Loaded, batch: list[list[int]], start: int | None) -> list[Translation]:
        limits = self._limits(batch)
        with self._errors():
            decoded = loaded.decoder.decode(batch, start, max(limits))
        return [
            self._translation(loaded, result, start, limit, numbers)
            for result, limit, numbers in zip(decoded, limits, batch, strict=True)
        ]

    def _limits(self, batch: list[list[int]]) -> list[int]:
        """Return how many tokens the translation of each text may have."""
        return [min(OUTPUT_RATIO * len(numbers) + OUTPUT_SLACK, self._checkpoint.max_tokens - 1) for numbers in batch]

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Translate what a runtime raises."""
        try:
            yield
        except OutOfMemory:
            raise
        except MemoryError as error:
            raise OutOfMemory from error
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError(f"the model {self._checkpoint.name} failed: {error}") from error

    def _translation(
        self, loaded: _Loaded, result: Decoded, start: int | None, limit: int, numbers: Sequence[int]
    ) -> Translation:
        """Return the translation that a runtime gave for a text of which ``numbers`` are the tokens."""
        return Translation(
            # The forced token names the language; whether a tokenizer knows it as special depends on its version.
            loaded.subwords.decode(result.numbers[1:] if result.numbers[:1] == (start,) else result.numbers),
            None if result.score is None else round(result.score, DECIMALS),
            "" if result.finished and len(result.numbers) < limit else Unusable.TRUNCATED,
            None
            if result.attention is None
            else coverage_of(loaded.subwords.tokens(numbers), result.attention, loaded.subwords.special),
        )


def coverage_of(tokens: Sequence[str], attention: Sequence[float], special: Collection[str]) -> float | None:
    """Return the share of the words with letters or digits that got at least ``ATTENDED`` of a step's attention.

    A word begins with the mark of a space, or is one sign of a script without spaces. ``None`` for a text without words.
    """
    words: list[tuple[bool, float]] = []
    for token, share in zip(tokens, attention, strict=False):
        if token in special:
            continue
        counts = any(map(str.isalnum, token))
        if words and not token.startswith(WORD_MARK) and not (counts and is_unspaced(token.strip(WORD_MARK)[:1])):
            words[-1] = (words[-1][0] or counts, max(words[-1][1], share))
        else:
            words.append((counts, share))
    attended = [share >= ATTENDED for counts, share in words if counts]
    return round(sum(attended) / len(attended), DECIMALS) if attended else None


def _clean(text: str) -> str:
    """Return a text as it is sent: on one line, without lone surrogates, which no tokenizer knows."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
