"""The same models on CTranslate2: faster on a CPU, and loaded without torch once they are converted."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.batching import OutOfMemory
from mtcheck.engines.conversion import NumberedTokens, converted
from mtcheck.engines.language_model.checkpoint import Checkpoint
from mtcheck.engines.language_model.windows import Window


class CTranslate2Runtime:
    """Runs a checkpoint after conversion, which is made once and kept beside the cache."""

    def __init__(self, cache: Path, precision: str = "int8", device: str = "auto") -> None:
        """Take the folder below which converted models are kept, ``int8`` or ``float32``, and the device."""
        self._cache = cache
        # Matrices with 8 bits, all else with 32.
        self._quantization = "int8_float32" if precision == "int8" else "float32"
        self._device = device

    @property
    def signature(self) -> str:
        """The library's version and the quantization."""
        return f"ctranslate2 {version('ctranslate2')} {self._quantization}"

    def load(self, checkpoint: Checkpoint) -> CTranslate2Scorer:
        """Convert the checkpoint where that was not done yet, and load it."""
        import ctranslate2

        folder = converted(
            checkpoint.folder,
            checkpoint.name,
            checkpoint.fingerprint,
            self._cache,
            self._quantization,
            NumberedTokens(checkpoint.vocabulary),
        )
        device, _, number = self._device.partition(":")
        try:
            model = ctranslate2.Generator(
                str(folder), device=device, device_index=int(number or 0), compute_type="default", inter_threads=1
            )
        except (RuntimeError, ValueError) as error:
            raise ModelUnavailable(
                f"the converted model {folder} cannot be loaded: {error}; delete it to have it made again"
            ) from error
        return CTranslate2Scorer(model)


class CTranslate2Scorer:
    """A converted model in memory."""

    def __init__(self, model: Any) -> None:
        """Take the library's generator."""
        self._model = model

    def score(self, windows: Sequence[Window]) -> list[list[float]]:
        """Return the natural log-probability of each token asked for. Raises ``OutOfMemory`` where the windows do not fit."""
        import ctranslate2
        import numpy as np

        try:
            output = self._model.forward_batch([list(window.read) for window in windows], return_log_probs=True)
        except RuntimeError as error:
            if "out of memory" in str(error).lower():
                raise OutOfMemory from error
            raise
        if output.device != "cpu":
            output = output.to_device(ctranslate2.Device.cpu)
        table = np.array(output, copy=False)
        scored = []
        for row, window in zip(table, windows, strict=True):
            places = np.arange(len(window.read) - len(window.asked), len(window.read))
            scored.append([float(value) for value in row[places, np.array(window.asked)]])
        return scored
