"""The network: transformers' own Marian class, so that what is trained is what is shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mtcheck.training.configuration import Shape
from mtcheck.training.vocabulary import Vocabulary

if TYPE_CHECKING:
    import torch


def new_model(shape: Shape, vocabulary: Vocabulary, seed: int) -> Any:
    """Return a fresh ``MarianMTModel``.

    Matrices begin with Glorot's uniform values, divided by the square root of their layer's number (Zhang et al. 2019,
    "Improving Deep Transformer with Depth-Scaled Initialization"): layers that normalize after the sum then learn from the first step at
    a high rate. Embeddings begin at ``width ** -0.5``, as the output layer shares them.
    """
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(seed)
    settings = MarianConfig(  # type: ignore[call-arg] # the base class takes further names
        vocab_size=len(vocabulary),
        decoder_vocab_size=len(vocabulary),
        max_position_embeddings=shape.max_positions,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        activation_function=shape.activation,
        dropout=shape.dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        eos_token_id=vocabulary.end,
        forced_eos_token_id=None,
        pad_token_id=vocabulary.padding,
        bos_token_id=None,
        decoder_start_token_id=vocabulary.padding,
        attn_implementation="sdpa",
    )
    model = MarianMTModel(settings)
    with torch.no_grad():
        for stack in (model.model.encoder, model.model.decoder):
            for depth, layer in enumerate(stack.layers, start=1):
                for name, weight in layer.named_parameters():
                    if weight.ndim == 2:
                        torch.nn.init.xavier_uniform_(weight, gain=depth**-0.5)
                    elif name.endswith("bias"):
                        weight.zero_()
        torch.nn.init.normal_(model.model.shared.weight, std=shape.width**-0.5)
        model.model.shared.weight[vocabulary.padding].zero_()
    return model


def loss_of(model: Any, source: torch.Tensor, target: torch.Tensor, label_smoothing: float) -> torch.Tensor:
    """Return the summed label-smoothed cross-entropy of a padded batch, padding left out.

    Only positions that count reach the output layer, which is the largest product of a small model.
    """
    import torch

    padding = model.config.pad_token_id
    start = torch.full_like(target[:, :1], padding)
    states = model.model(
        input_ids=source,
        attention_mask=source.ne(padding),
        decoder_input_ids=torch.cat([start, target[:, :-1]], dim=1),
        use_cache=False,
    ).last_hidden_state
    counts = target.ne(padding)
    # The padding token, the last of all, is no answer. So its embedding is never learned and stays zero, which is what
    # CTranslate2 starts a Marian decoder from whatever the weights say.
    logits = torch.nn.functional.linear(states[counts], model.model.shared.weight[:padding]).float()
    return torch.nn.functional.cross_entropy(logits, target[counts], reduction="sum", label_smoothing=label_smoothing)


def matrices_and_rest(model: Any) -> tuple[list[torch.nn.Parameter], list[torch.nn.Parameter]]:
    """Return the matrices of the layers, and what else is learned (embeddings, norms, biases)."""
    matrices: list[torch.nn.Parameter] = []
    rest: list[torch.nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            inside = ".layers." in name and parameter.ndim == 2
            (matrices if inside else rest).append(parameter)
    return matrices, rest


def count_parameters(model: Any) -> int:
    """Return the number of learned values; shared ones count once."""
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)
