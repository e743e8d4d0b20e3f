"""The same checkpoints on CTranslate2 with weights in 8 bits: several times faster on a CPU."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.translation import Likelihood
from mtcheck.engines.batching import OutOfMemory
from mtcheck.engines.conversion import converted
from mtcheck.engines.translation.checkpoint import Checkpoint
from mtcheck.engines.translation.neural import Decoded
from mtcheck.engines.translation.subwords import Subwords

# Matrices with 8 bits, all else with 32: left to itself the library would keep the rest as the checkpoint has it, and warn on
# every start that a CPU cannot compute with 16 bits.
QUANTIZATION = "int8_float32"


class CTranslate2Runtime:
    """Greedy search or beam search on CTranslate2."""

    def __init__(self, cache: Path, beams: int = 1, device: str = "auto") -> None:
        """Take the folder below which converted models are kept, the number of beams, and the device."""
        self._cache = cache
        self._beams = beams
        self._device = device

    @property
    def signature(self) -> str:
        """The library's version, the quantization and the decoding options."""
        return f"ctranslate2 {version('ctranslate2')} {QUANTIZATION} beams {self._beams}"

    def load(self, checkpoint: Checkpoint, subwords: Subwords) -> CTranslate2Decoder:
        """Convert the checkpoint where that was not done yet, and load it."""
        import ctranslate2

        folder = converted(checkpoint.folder, checkpoint.name, checkpoint.fingerprint, self._cache, QUANTIZATION)
        device, _, number = self._device.partition(":")
        try:
            model = ctranslate2.Translator(
                str(folder), device=device, device_index=int(number or 0), compute_type="default", inter_threads=1
            )
        except (RuntimeError, ValueError) as error:
            raise ModelUnavailable(
                f"the converted model {folder} cannot be loaded: {error}; delete it to have it made again"
            ) from error
        return CTranslate2Decoder(model, subwords, self._beams)


class CTranslate2Decoder:
    """A converted model in memory."""

    def __init__(self, model: Any, subwords: Subwords, beams: int) -> None:
        """Take the library's translator, the checkpoint's tokenizer, and the number of beams."""
        self._model = model
        self._subwords = subwords
        self._beams = beams

    def decode(self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int) -> list[Decoded]:
        """Translate a batch. Raises ``OutOfMemory`` where it does not fit."""
        results, first = self._searched(batch, start, max_tokens, self._beams, 1)
        return [self._decoded(result, 0, step) for result, step in zip(results, first, strict=True)]

    def propose(
        self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int, count: int
    ) -> list[list[Decoded]]:
        """Translate a batch with as many beams as are wanted. Raises ``OutOfMemory`` where it does not fit."""
        results, first = self._searched(batch, start, max_tokens, count, count)
        return [
            [self._decoded(result, place, step) for place in range(len(result.hypotheses))]
            for result, step in zip(results, first, strict=True)
        ]

    def score(
        self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], start: int | None
    ) -> list[Likelihood]:
        """Return the likelihood of each translation, its end included, the forced start not."""
        forced = [] if start is None else [start]
        with _out_of_memory():
            results = self._model.score_batch(
                [self._subwords.tokens(item) for item in sources],
                [self._subwords.tokens([*forced, *item]) for item in targets],
                max_input_length=0,
            )
        scored = [result.log_probs[len(forced) :] for result in results]
        return [Likelihood(float(sum(values)), len(values)) for values in scored]

    def _searched(
        self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int, beams: int, count: int
    ) -> tuple[Sequence[Any], Sequence[Sequence[float]]]:
        """Return the results, and what the first step of each text attended to.

        A search with several beams gives other texts of the batch the first text's first step (seen in 4.8.5, which widens the beam only
        after that step). That step depends on the text alone, so it is taken once more, without beams.
        """
        prefix = None if start is None else [self._subwords.tokens([start])] * len(batch)
        tokens = [self._subwords.tokens(item) for item in batch]

        def search(beams: int, count: int, longest: int) -> Sequence[Any]:
            found: Sequence[Any] = self._model.translate_batch(
                tokens,
                target_prefix=prefix,
                beam_size=beams,
                num_hypotheses=count,
                length_penalty=1,
                max_decoding_length=longest,
                max_input_length=0,
                return_scores=True,
                return_end_token=True,
                return_attention=True,
            )
            return found

        with _out_of_memory():
            results = search(beams, count, max_tokens)
            alone = results if beams == 1 else search(1, 1, 1)
        return results, [result.attention[0][0] if result.attention[0] else () for result in alone]

    def _decoded(self, result: Any, place: int, first: Sequence[float]) -> Decoded:
        """Return one hypothesis of a result; ``first`` is what its first step attended to."""
        numbers = self._subwords.numbers(result.hypotheses[place])
        finished = bool(numbers) and numbers[-1] == self._subwords.end
        kept = tuple(numbers[:-1] if finished else numbers)
        # The step that ends the sentence reads no word.
        steps = (first, *result.attention[place][1 : len(kept)]) if kept and first else ()
        attention = tuple(map(max, zip(*steps, strict=True))) if steps else None
        return Decoded(kept, float(result.scores[place]), finished, attention)


@contextlib.contextmanager
def _out_of_memory() -> Iterator[None]:
    """Raise ``OutOfMemory`` for the library's own error of that name."""
    try:
        yield
    except RuntimeError as error:
        if "out of memory" in str(error).lower():
            raise OutOfMemory from error
        raise
