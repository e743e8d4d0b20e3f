"""Causal language models with random weights, small enough to be made in a second: one of each tokenizer that is understood."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mtcheck.engines.quiet import quietly

WORDS = (
    "the a minister port treaty river signed saw closed old new small harbor council said on Monday that talks in Varen would "
    "go on for another week and nobody knew why ferry line island town mayor residents tickets cost less than bus"
).split()
BEGIN, END = "<s>", "</s>"
LONGEST = 32


def corpus() -> list[str]:
    """Return lines to learn a vocabulary from."""
    return [" ".join(WORDS[(start * step) % len(WORDS)] for step in range(1, 12)) + "." for start in range(1, 60)]


def make_sentencepiece_model(folder: Path) -> Path:
    """Make a Llama model whose vocabulary is SentencePiece's, unigram, with bytes for what it does not know."""
    import sentencepiece
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    folder.mkdir(parents=True)
    lines = folder / "corpus.txt"
    lines.write_text("\n".join(corpus()), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(lines),
        model_prefix=str(folder / "tokenizer"),
        vocab_size=360,
        hard_vocab_limit=False,
        model_type="unigram",
        byte_fallback=True,
        normalization_rule_name="identity",
        character_coverage=1.0,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        minloglevel=2,
    )
    lines.unlink()
    (folder / "tokenizer.vocab").unlink()
    size = sentencepiece.SentencePieceProcessor(model_file=str(folder / "tokenizer.model")).get_piece_size()
    configuration = {
        "tokenizer_class": "LlamaTokenizer",
        "bos_token": BEGIN,
        "eos_token": END,
        "unk_token": "<unk>",
        "legacy": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(configuration), encoding="utf-8")
    torch.manual_seed(7)
    model: Any = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
            max_position_embeddings=LONGEST, tie_word_embeddings=True, bos_token_id=1, eos_token_id=2,
        )
    )  # fmt: skip
    _spread(model)
    with quietly():
        model.save_pretrained(str(folder))
    return folder


def make_json_model(folder: Path) -> Path:
    """Make a GPT-2 model whose vocabulary is in a ``tokenizer.json``, in bytes."""
    import tokenizers
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=330,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    folder.mkdir(parents=True)
    marks = {"bos_token": "<|endoftext|>", "eos_token": "<|endoftext|>"}
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, **marks).save_pretrained(str(folder))
    torch.manual_seed(8)
    model: Any = GPT2LMHeadModel(
        GPT2Config(
            vocab_size=tokenizer.get_vocab_size(), n_positions=LONGEST, n_embd=32, n_layer=2, n_head=4,
            bos_token_id=0, eos_token_id=0,
        )
    )  # fmt: skip
    _spread(model)
    with quietly():
        model.save_pretrained(str(folder))
    return folder


def _spread(model: Any) -> None:
    """Make the weights large, so that the model tells tokens and contexts apart as a trained one does."""
    import torch

    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.mul_(6.0)
