"""The same checkpoints on CTranslate2 with weights in 8 bits: several times faster on a CPU.

A checkpoint is converted once and kept beside the cache, under the hash of its files, so that a changed checkpoint is
converted anew. The conversion is made in a folder of its own and renamed when it is whole.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mtcheck.core.errors import EngineError, ModelUnavailable
from mtcheck.engines.translation.batching import OutOfMemory
from mtcheck.engines.translation.checkpoint import Checkpoint
from mtcheck.engines.translation.neural import Decoded
from mtcheck.engines.translation.subwords import Subwords, quietly

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

        folder = self._converted(checkpoint)
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

    def _converted(self, checkpoint: Checkpoint) -> Path:
        """Return the folder with the converted model. Raises ``EngineError`` where it cannot be made."""
        # The converter's version counts: a later one may write what an older library does not read, or mend a fault.
        name = f"{checkpoint.fingerprint}-{QUANTIZATION}-{version('ctranslate2')}"
        target = self._cache / "ctranslate2" / name
        if (target / "model.bin").is_file():
            return target
        from ctranslate2.converters import TransformersConverter

        building: Path | None = None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            building = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=target.parent))
            # The converter prints; standard output belongs to the results.
            with contextlib.redirect_stdout(io.StringIO()), quietly():
                TransformersConverter(str(checkpoint.folder)).convert(
                    str(building / "model"), quantization=QUANTIZATION, force=True
                )
            with contextlib.suppress(OSError):
                # Where another process was quicker, its folder stands there already and is as good.
                (building / "model").rename(target)
        except Exception as error:  # the converter raises whatever the checkpoint provokes
            raise EngineError(
                f"the model {checkpoint.name} cannot be converted for CTranslate2: {error}; use the runtime transformers"
            ) from error
        finally:
            if building is not None:
                shutil.rmtree(building, ignore_errors=True)
        if not (target / "model.bin").is_file():
            raise EngineError(f"the converted model cannot be moved to {target}")
        return target


class CTranslate2Decoder:
    """A converted model in memory."""

    def __init__(self, model: Any, subwords: Subwords, beams: int) -> None:
        """Take the library's translator, the checkpoint's tokenizer, and the number of beams."""
        self._model = model
        self._subwords = subwords
        self._beams = beams

    def decode(self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int) -> list[Decoded]:
        """Translate a batch. Raises ``OutOfMemory`` where it does not fit."""
        prefix = None if start is None else [self._subwords.tokens([start])] * len(batch)
        try:
            results = self._model.translate_batch(
                [self._subwords.tokens(item) for item in batch],
                target_prefix=prefix,
                beam_size=self._beams,
                length_penalty=1,
                max_decoding_length=max_tokens,
                max_input_length=0,
                return_scores=True,
                return_end_token=True,
            )
        except RuntimeError as error:
            if "out of memory" in str(error).lower():
                raise OutOfMemory from error
            raise
        decoded = []
        for result in results:
            numbers = self._subwords.numbers(result.hypotheses[0])
            finished = bool(numbers) and numbers[-1] == self._subwords.end
            decoded.append(Decoded(tuple(numbers[:-1] if finished else numbers), float(result.scores[0]), finished))
        return decoded

    def score(
        self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], start: int | None
    ) -> list[float | None]:
        """Return the mean log-probability a token of each translation, its end included, the forced start not."""
        forced = [] if start is None else [start]
        try:
            results = self._model.score_batch(
                [self._subwords.tokens(item) for item in sources],
                [self._subwords.tokens([*forced, *item]) for item in targets],
                max_input_length=0,
            )
        except RuntimeError as error:
            if "out of memory" in str(error).lower():
                raise OutOfMemory from error
            raise
        scored = [result.log_probs[len(forced) :] for result in results]
        return [sum(values) / len(values) if values else None for values in scored]
