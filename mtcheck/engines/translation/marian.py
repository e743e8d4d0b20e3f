"""Checkpoints of the Marian, M2M-100 and NLLB classes on transformers and torch."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.translation import Likelihood
from mtcheck.engines.batching import OutOfMemory
from mtcheck.engines.quiet import quietly
from mtcheck.engines.translation.checkpoint import Checkpoint
from mtcheck.engines.translation.neural import Decoded
from mtcheck.engines.translation.subwords import Subwords

if TYPE_CHECKING:
    import torch

_OUT_OF_MEMORY = ("out of memory", "not enough memory", "can't allocate memory")


class TransformersRuntime:
    """Greedy search or beam search on torch, on a GPU when there is one."""

    def __init__(self, beams: int = 1, device: str = "auto") -> None:
        """Take the number of beams (1: greedy) and ``auto``, ``cpu``, ``cuda`` or ``cuda:1``."""
        self._beams = beams
        self._device = device

    @property
    def signature(self) -> str:
        """The library's version and the decoding options. The device is no part: it must not change an answer."""
        return f"transformers {version('transformers')} beams {self._beams}"

    def load(self, checkpoint: Checkpoint, subwords: Subwords) -> TransformersDecoder:
        """Load the weights, from safetensors only and without code of the checkpoint's own."""
        import torch
        from transformers import AutoModelForSeq2SeqLM

        cuda = torch.cuda.is_available()
        if self._device.startswith("cuda") and not cuda:
            raise ModelUnavailable(f"the device {self._device} was asked for, but torch sees no GPU")
        device = ("cuda" if cuda else "cpu") if self._device == "auto" else self._device
        try:
            with quietly():
                model = AutoModelForSeq2SeqLM.from_pretrained(
                    str(checkpoint.folder),
                    local_files_only=True,
                    use_safetensors=True,
                    trust_remote_code=False,
                    dtype=torch.float32,
                    # The others do not say what was attended to.
                    attn_implementation="eager",
                )
        except Exception as error:  # OSError, ValueError, KeyError, RuntimeError and safetensors' own
            raise ModelUnavailable(f"the weights in {checkpoint.folder} cannot be loaded: {error}") from error
        # Limits come with each call; both at once would make the library warn. And an end forced at the limit would
        # make what was cut off look finished.
        model.generation_config.max_length = None
        model.generation_config.forced_eos_token_id = None
        attending = model.get_decoder().layers[-1].encoder_attn
        return TransformersDecoder(model.eval().to(device), subwords.end, self._beams, attending)


class TransformersDecoder:
    """A model on a device."""

    def __init__(self, model: Any, end: int, beams: int, attending: Any = None) -> None:
        """Take the model, the number of the token that ends a sentence, the number of beams, and the part that attends."""
        self._model = model
        self._end = end
        self._beams = beams
        self._attending = attending

    def decode(self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int) -> list[Decoded]:
        """Translate a batch. Raises ``OutOfMemory`` where it does not fit."""
        recorder = _GreedyScores()
        options: dict[str, Any] = {} if self._beams > 1 else {"logits_processor": [recorder]}
        output = self._searched(batch, start, max_tokens, self._beams, 1, options)
        kept, finished = self._cut(output)
        scores = (
            [float(score) for score in output.sequences_scores]
            if self._beams > 1
            else recorder.means([len(row) + 1 for row in kept], skip=0 if start is None else 1)
        )
        attended = self._attended(batch, kept)
        return [
            Decoded(tuple(row), score, done, shares)
            for row, done, score, shares in zip(kept, finished, scores, attended, strict=True)
        ]

    def propose(
        self, batch: Sequence[Sequence[int]], start: int | None, max_tokens: int, count: int
    ) -> list[list[Decoded]]:
        """Translate a batch with as many beams as are wanted. Raises ``OutOfMemory`` where it does not fit."""
        output = self._searched(batch, start, max_tokens, count, count, {})
        kept, finished = self._cut(output)
        scores = output.sequences_scores.tolist() if count > 1 else [None] * len(kept)
        found = [Decoded(tuple(row), score, done) for row, done, score in zip(kept, finished, scores, strict=True)]
        return [found[place : place + count] for place in range(0, len(found), count)]

    def score(
        self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], start: int | None
    ) -> list[Likelihood]:
        """Return the likelihood of each translation, its end included, the forced start not."""
        import torch

        forced = [] if start is None else [start]
        wanted = [[*forced, *item, self._end] for item in targets]
        first = self._model.config.decoder_start_token_id
        numbers, mask = self._padded(sources)
        # What stands behind the end of a shorter text is never read: each step sees those before it only.
        said, _ = self._padded([[first, *item[:-1]] for item in wanted])
        named, counted = self._padded(wanted)
        with torch.inference_mode(), _out_of_memory():
            logits = self._model(input_ids=numbers, attention_mask=mask, decoder_input_ids=said).logits
            # No translation holds padding: neither the search here nor CTranslate2 gives it any probability.
            logits[:, :, self._model.config.pad_token_id] = float("-inf")
            values = logits.log_softmax(dim=-1).gather(-1, named.unsqueeze(-1)).squeeze(-1)
            counted[:, : len(forced)] = 0
            totals = values.masked_fill(counted == 0, 0.0).sum(dim=1).tolist()
        return [Likelihood(float(total), len(item) - len(forced)) for total, item in zip(totals, wanted, strict=True)]

    def _attended(
        self, batch: Sequence[Sequence[int]], kept: Sequence[Sequence[int]]
    ) -> list[tuple[float, ...] | None]:
        """Return the greatest share of attention that each token read had at any step, the mean over the heads of the last layer.

        A search with several beams does not tell which steps led to its result. So the results are read once more, all steps at
        once and without the output layer, which costs little beside the search.
        """
        import torch

        if self._attending is None:
            return [None] * len(kept)
        shares: list[torch.Tensor] = []

        def note(
            _module: object, _inputs: object, outputs: tuple[torch.Tensor, torch.Tensor, *tuple[object, ...]]
        ) -> None:
            shares.append(outputs[1].mean(dim=1).cpu())

        first = self._model.config.decoder_start_token_id
        numbers, mask = self._padded(batch)
        said, _ = self._padded([[first, *row[:-1]] for row in kept])
        with contextlib.ExitStack() as stack:
            stack.callback(self._attending.register_forward_hook(note).remove)
            stack.enter_context(torch.inference_mode())
            stack.enter_context(_out_of_memory())
            self._model.base_model(input_ids=numbers, attention_mask=mask, decoder_input_ids=said, use_cache=False)
        return [
            tuple(float(value) for value in rows[: len(row), : len(read)].amax(dim=0).tolist()) if row else None
            for rows, row, read in zip(shares[0], kept, batch, strict=True)
        ]

    def _searched(
        self,
        batch: Sequence[Sequence[int]],
        start: int | None,
        max_tokens: int,
        beams: int,
        count: int,
        options: dict[str, Any],
    ) -> Any:
        import torch

        numbers, mask = self._padded(batch)
        if start is not None:
            options = options | {"forced_bos_token_id": start}
        with torch.inference_mode(), _out_of_memory():
            return self._model.generate(
                input_ids=numbers,
                attention_mask=mask,
                num_beams=beams,
                num_return_sequences=count,
                do_sample=False,
                # With the penalty 1 a beam's score is the mean log-probability a token.
                length_penalty=1.0,
                max_new_tokens=max_tokens,
                return_dict_in_generate=True,
                output_scores=beams > 1,
                **options,
            )

    def _padded(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return rows of numbers as one table on the model's device, and what of it is no padding."""
        import torch

        longest = max(map(len, rows))
        padding = self._model.config.pad_token_id
        numbers = torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        return numbers.to(self._model.device), mask.to(self._model.device)

    def _cut(self, output: Any) -> tuple[list[list[int]], list[bool]]:
        """Return the numbers of each translation up to its end, and whether it came to one."""
        # The first number only starts the decoder.
        sequences = [[int(number) for number in row[1:]] for row in output.sequences.tolist()]
        kept = [row[: row.index(self._end)] if self._end in row else row for row in sequences]
        return kept, [self._end in row for row in sequences]


@contextlib.contextmanager
def _out_of_memory() -> Iterator[None]:
    """Raise ``OutOfMemory`` for what the library raises in its place."""
    import torch

    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _OUT_OF_MEMORY):
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            raise OutOfMemory from error
        raise


class _GreedyScores:
    """Notes the log-probability of each greedy choice, one number a text and step.

    ``generate`` would keep the scores of the whole vocabulary for every step: a gigabyte where this keeps kilobytes.
    It is called last among the processors, so that what it sees is what the choice is made from.
    """

    def __init__(self) -> None:
        self._steps: list[torch.Tensor] = []

    def __call__(self, _numbers: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        self._steps.append(scores.log_softmax(dim=-1).amax(dim=-1).cpu())
        return scores

    def means(self, lengths: Sequence[int], skip: int) -> list[float | None]:
        """Return the mean over each text's own steps (its end included), without the ``skip`` forced ones."""
        import torch

        if not self._steps:
            return [None] * len(lengths)
        table = torch.stack(self._steps, dim=1)
        return [
            float(row[skip:length].mean()) if length > skip else None
            for row, length in zip(table, lengths, strict=True)
        ]
