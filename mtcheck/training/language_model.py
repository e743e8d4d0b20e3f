"""The task of a language model: passages, a Llama network, its loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.text.plain_punctuation import plain_punctuation
from mtcheck.training.batches import Position
from mtcheck.training.configuration import Configuration, Shape
from mtcheck.training.overlap import read_lines
from mtcheck.training.packing import MAX_TOKENS
from mtcheck.training.passages import PASSAGE_TOKENS, PassageBatch, PassageStream, padded
from mtcheck.training.text_packing import PackedTexts
from mtcheck.training.text_vocabulary import BEGIN_NUMBER, END_NUMBER, TextVocabulary

# Development sentences for the loss that is logged with every checkpoint.
MAX_DEVELOPMENT = 400


def new_language_model(shape: Shape, vocabulary: TextVocabulary, seed: int) -> Any:
    """Return a fresh ``LlamaForCausalLM`` with tied embeddings, so that what is trained is what is shipped.

    Matrices that write into the residual stream begin smaller, by the square root of their number (Radford et al. 2019).
    """
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(seed)
    settings = LlamaConfig(  # type: ignore[call-arg] # the base class takes further names
        vocab_size=len(vocabulary),
        hidden_size=shape.width,
        intermediate_size=shape.feed_forward,
        num_hidden_layers=shape.decoder_layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.heads,
        hidden_act=shape.activation,
        max_position_embeddings=shape.max_positions,
        tie_word_embeddings=True,
        bos_token_id=BEGIN_NUMBER,
        eos_token_id=END_NUMBER,
        pad_token_id=None,
        attention_dropout=0.0,
        attn_implementation="sdpa",
    )
    model: Any = LlamaForCausalLM(settings)
    with torch.no_grad():
        for layer in model.model.layers:
            for weight in layer.parameters():
                if weight.ndim == 2:
                    torch.nn.init.normal_(weight, std=(2 / sum(weight.shape)) ** 0.5)
            for weight in (layer.self_attn.o_proj.weight, layer.mlp.down_proj.weight):
                weight.mul_((2 * shape.decoder_layers) ** -0.5)
        torch.nn.init.normal_(model.model.embed_tokens.weight, std=0.02)
    return model


@dataclass(frozen=True, slots=True)
class LanguageModelTask:
    """Learn to predict each token of passages. Raises ``UsageError`` where the model has too few positions for them."""

    configuration: Configuration
    packed: PackedTexts
    vocabulary: TextVocabulary
    sentences: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        most = max(MAX_TOKENS, *PASSAGE_TOKENS) + 1
        if self.configuration.shape.max_positions < most:
            raise UsageError(f"max_positions must be at least {most}: passages have up to {most - 1} tokens")

    def new_model(self) -> Any:
        """Return a fresh Llama network."""
        return new_language_model(self.configuration.shape, self.vocabulary, self.configuration.seed)

    def stream(self, position: Position | None) -> PassageStream:
        """Return the stream of passages."""
        return PassageStream(self.packed, self.configuration, position)

    def loss(self, model: Any, batch: PassageBatch, device: Any, label_smoothing: float) -> Any:
        """Return the summed cross-entropy of the tokens behind the first of each row."""
        import torch

        tokens = torch.from_numpy(batch.tokens).to(device)
        dropout = self.configuration.shape.dropout if model.training else 0.0
        # No text has the token of the end, so what has it is padding. It stands right of what counts: no mask is needed.
        states = model.model(
            inputs_embeds=torch.nn.functional.dropout(model.model.embed_tokens(tokens[:, :-1]), dropout),
            use_cache=False,
        ).last_hidden_state
        counts = tokens[:, 1:].ne(END_NUMBER)
        logits = torch.nn.functional.linear(states[counts], model.model.embed_tokens.weight).float()
        return torch.nn.functional.cross_entropy(
            logits, tokens[:, 1:][counts], reduction="sum", label_smoothing=label_smoothing
        )

    def development(self) -> Iterator[PassageBatch]:
        """Yield the development sentences, each a passage of its own, 32 at a time."""
        for start in range(0, len(self.sentences), 32):
            yield padded([list(sentence) for sentence in self.sentences[start : start + 32]])


def development_sentences(paths: Sequence[Path], vocabulary: TextVocabulary) -> tuple[tuple[int, ...], ...]:
    """Read the first lines of text files."""
    texts = [plain_punctuation(line).text for path in paths for line in islice(read_lines(path), MAX_DEVELOPMENT)]
    return tuple(tuple(numbers[:MAX_TOKENS]) for numbers in vocabulary.encode(texts) if numbers)
