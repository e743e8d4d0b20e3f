"""A checkpoint as a language model, whatever runtime computes it."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mtcheck.core.errors import EngineError, ModelUnavailable
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import TokenSurprisal
from mtcheck.engines.batching import OutOfMemory, run_in_batches
from mtcheck.engines.language_model.checkpoint import Checkpoint
from mtcheck.engines.language_model.pieces import Piece, Tokenizer, open_tokenizer, pieces_of
from mtcheck.engines.language_model.windows import Window, windows_of
from mtcheck.text.plain_punctuation import PlainText, plain_punctuation

# Tokens of one batch, padding counted, times the size of the vocabulary: as many probabilities are in memory at once, 32 MB.
TABLE_BUDGET = 1 << 23
# Bits are rounded to so many decimals: sums of a batch differ in the seventh by what else is in it.
DECIMALS = 3
_NATS_TO_BITS = 1 / math.log(2)


class Scorer(Protocol):
    """A runtime with a checkpoint in memory."""

    def score(self, windows: Sequence[Window]) -> list[list[float]]:
        """Return the natural log-probability of each token asked for. Raises ``OutOfMemory`` where the windows do not fit."""
        ...


class Runtime(Protocol):
    """A way to run checkpoints, known before any weight is loaded."""

    @property
    def signature(self) -> str:
        """Name, version and precision."""
        ...

    def load(self, checkpoint: Checkpoint) -> Scorer:
        """Load the weights. Raises ``ModelUnavailable`` or ``EngineError``."""
        ...


@dataclass(frozen=True, slots=True)
class _Loaded:
    tokenizer: Tokenizer
    scorer: Scorer


class CheckpointLanguageModel:
    """Scores texts with a causal model, which is loaded with the first text."""

    def __init__(self, checkpoint: Checkpoint, runtime: Runtime) -> None:
        """Take a checkpoint and the runtime for it."""
        self._checkpoint = checkpoint
        self._runtime = runtime
        self._loaded: _Loaded | None = None
        self._lock = threading.Lock()

    @property
    def signature(self) -> str:
        """The model's name, the hash of its files, the runtime, and the version of what is done before and after."""
        return f"{self._checkpoint.name} {self._checkpoint.fingerprint} {self._runtime.signature} surprisal 1"

    def supports(self, language: str) -> bool:
        """Tell whether the model knows the language."""
        return language in self._checkpoint.languages

    def signature_of(self, language: str) -> str:
        """Return the signature. Raises ``ModelUnavailable`` for a language that the model does not know."""
        self._must_support(language)
        return self.signature

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        """Score each text for itself, in order; equal texts are scored once.

        Raises ``ModelUnavailable`` for a language it does not know and where it cannot be loaded, ``EngineError`` where the
        runtime fails.
        """
        self._must_support(language)
        with self._lock:
            loaded = self._load()
            distinct = list(dict.fromkeys(texts))
            plain = [plain_punctuation(text) for text in distinct]
            pieces = [pieces_of(loaded.tokenizer, each.text) for each in plain]
            windows = [self._windows(each) for each in pieces]
            scores = iter(self._scored(loaded, [window for each in windows for window in each]))
        answers = {
            text: tokens_of(before, its_pieces, [bits for _ in its_windows for bits in next(scores)])
            for text, before, its_pieces, its_windows in zip(distinct, plain, pieces, windows, strict=True)
        }
        return [answers[text] for text in texts]

    def _must_support(self, language: str) -> None:
        if not self.supports(language):
            raise ModelUnavailable(
                f"the language model {self._checkpoint.name} does not know the language “{language}”"
            )

    def _windows(self, pieces: Sequence[Piece]) -> list[Window]:
        numbers = [piece.number for piece in pieces]
        return list(windows_of(numbers, self._checkpoint.begin, self._checkpoint.longest))

    def _scored(self, loaded: _Loaded, windows: list[Window]) -> list[list[float]]:
        def too_big(window: Window) -> list[float]:
            raise EngineError(
                f"a text of {len(window.read)} tokens does not fit into memory with the model {self._checkpoint.name}"
            )

        try:
            return run_in_batches(
                windows,
                length=lambda window: len(window.read),
                run=lambda batch: _run(loaded.scorer, batch),
                too_big=too_big,
                budget=max(1, TABLE_BUDGET // self._checkpoint.vocabulary),
            )
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError(f"the language model {self._checkpoint.name} failed: {error}") from error

    def _load(self) -> _Loaded:
        if self._loaded is None:
            self._loaded = _Loaded(open_tokenizer(self._checkpoint.folder), self._runtime.load(self._checkpoint))
        return self._loaded


def _run(scorer: Scorer, batch: list[Window]) -> list[list[float]]:
    try:
        scores = scorer.score(batch)
    except MemoryError as error:
        raise OutOfMemory from error
    return [[-value * _NATS_TO_BITS for value in each] for each in scores]


def tokens_of(plain: PlainText, pieces: Sequence[Piece], bits: Sequence[float]) -> tuple[TokenSurprisal, ...]:
    """Return the tokens with their places in the text that ``plain`` was made from.

    Pieces that are bytes of one character, or parts of what one character was written out as, are one token with the sum of
    their bits. The bits of a space of its own go to the token after it. So all bits together are those of the text.
    """
    spans: list[tuple[int, int]] = []
    sums: list[float] = []
    waiting = 0.0
    for piece, value in zip(pieces, bits, strict=True):
        start, end = piece.start, piece.end
        while start < end and plain.text[start] == " ":
            start += 1
        while start < end and plain.text[end - 1] == " ":
            end -= 1
        if start == end:
            # A space, or a byte of a character whose last byte bears the place.
            waiting += value
            continue
        place = plain.span(start, end)
        if spans and place.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], place.end))
            sums[-1] += value + waiting
        else:
            spans.append((place.start, place.end))
            sums.append(value + waiting)
        waiting = 0.0
    if sums:
        sums[-1] += waiting
    return tuple(
        TokenSurprisal(Span(start, end), round(total, DECIMALS))
        for (start, end), total in zip(spans, sums, strict=True)
    )
