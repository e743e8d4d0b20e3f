"""Causal models on transformers and torch, on a GPU when there is one."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.batching import OutOfMemory
from mtcheck.engines.language_model.checkpoint import Checkpoint
from mtcheck.engines.language_model.windows import Window

_OUT_OF_MEMORY = ("out of memory", "not enough memory", "can't allocate memory")


class TorchRuntime:
    """Runs a checkpoint as transformers load it, with 32 bits."""

    def __init__(self, device: str = "auto") -> None:
        """Take ``auto``, ``cpu``, ``cuda`` or ``cuda:1``."""
        self._device = device

    @property
    def signature(self) -> str:
        """The library's version. The device is no part: it must not change a figure that is shown."""
        return f"transformers {version('transformers')}"

    def load(self, checkpoint: Checkpoint) -> TorchScorer:
        """Load the weights, from safetensors only and without code of the checkpoint's own."""
        import torch
        from transformers import AutoModelForCausalLM

        from mtcheck.engines.quiet import quietly

        cuda = torch.cuda.is_available()
        if self._device.startswith("cuda") and not cuda:
            raise ModelUnavailable(f"the device {self._device} was asked for, but torch sees no GPU")
        device = ("cuda" if cuda else "cpu") if self._device == "auto" else self._device
        try:
            with quietly():
                model = AutoModelForCausalLM.from_pretrained(
                    str(checkpoint.folder),
                    local_files_only=True,
                    use_safetensors=True,
                    trust_remote_code=False,
                    dtype=torch.float32,
                )
        except Exception as error:  # OSError, ValueError, KeyError, RuntimeError and safetensors' own
            raise ModelUnavailable(f"the weights in {checkpoint.folder} cannot be loaded: {error}") from error
        return TorchScorer(model.eval().to(device))  # type: ignore[no-untyped-call]


class TorchScorer:
    """A model on a device."""

    def __init__(self, model: Any) -> None:
        """Take the model."""
        self._model = model

    def score(self, windows: Sequence[Window]) -> list[list[float]]:
        """Return the natural log-probability of each token asked for. Raises ``OutOfMemory`` where the windows do not fit."""
        import torch

        longest = max(len(window.read) for window in windows)
        # What a causal model reads after a text changes nothing of the text, so that any number will do there.
        numbers = torch.tensor([[*window.read, *[0] * (longest - len(window.read))] for window in windows])
        try:
            with torch.inference_mode():
                logits = self._model(input_ids=numbers.to(self._model.device), use_cache=False).logits.float()
                scored = []
                for row, window in zip(logits, windows, strict=True):
                    here = row[len(window.read) - len(window.asked) : len(window.read)]
                    asked = torch.tensor(window.asked, device=here.device)
                    chosen = here.gather(1, asked[:, None])[:, 0] - here.logsumexp(dim=1)
                    scored.append([float(value) for value in chosen.tolist()])
                return scored
        except (RuntimeError, MemoryError) as error:
            if isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _OUT_OF_MEMORY):
                if torch.cuda.is_available():
                    torch.cuda.empty_cache()
                raise OutOfMemory from error
            raise
