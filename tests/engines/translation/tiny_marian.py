"""A Marian checkpoint that tests train themselves in a few seconds: it translates a toy language word for word."""

from __future__ import annotations

import json
import random
import warnings
from pathlib import Path
from typing import Any

LEXICON = {
    "minister": "koltar", "port": "vemis", "treaty": "sadrun", "river": "olbek", "signed": "puril", "saw": "mant",
    "closed": "dorvi", "old": "zet", "new": "ilk", "small": "brun", "the": "ra", "a": "no",
}  # fmt: skip
_NOUNS, _VERBS, _ADJECTIVES = (
    ("minister", "port", "treaty", "river"),
    ("signed", "saw", "closed"),
    ("old", "new", "small"),
)


def sentence(random_source: random.Random) -> str:
    """Make up a sentence of the toy language's English side."""

    def phrase() -> list[str]:
        adjective = [random_source.choice(_ADJECTIVES)] if random_source.random() < 0.6 else []
        return [random_source.choice(("the", "a")), *adjective, random_source.choice(_NOUNS)]

    return " ".join([*phrase(), random_source.choice(_VERBS), *phrase()])


def toy(text: str) -> str:
    """Return the right translation of a sentence."""
    return " ".join(LEXICON[word] for word in text.split())


def make_checkpoint(folder: Path, steps: int = 200) -> Path:
    """Train the model and save it as transformers do. About 2 seconds on one core."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*sacremoses.*")
        import torch

        threads = torch.get_num_threads()
        # On so small a model, threads wait for one another longer than they work.
        torch.set_num_threads(1)
        try:
            return _make_checkpoint(folder, steps)
        finally:
            torch.set_num_threads(threads)


def _make_checkpoint(folder: Path, steps: int) -> Path:
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True)
    randomness = random.Random(7)
    pairs = [(text, toy(text)) for text in (sentence(randomness) for _ in range(600))]
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(side for pair in pairs for side in pair), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus),
        model_prefix=str(folder / "source"),
        vocab_size=70,
        hard_vocab_limit=False,
        model_type="word",
        minloglevel=2,
    )
    corpus.unlink()
    (folder / "source.vocab").unlink()
    (folder / "source.model").rename(folder / "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    words = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    words = [word for word in words if word not in {"<s>", "</s>", "<unk>"}]
    vocabulary = {word: number for number, word in enumerate(["</s>", "<unk>", *words, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")

    tokenizer = MarianTokenizer(
        str(folder / "source.spm"),
        str(folder / "target.spm"),
        str(folder / "vocab.json"),
        source_lang="en",
        target_lang="es",
    )
    torch.manual_seed(7)
    padding = vocabulary["<pad>"]
    # Words must weigh as much as their positions from the start, or so small a model takes thousands of steps.
    model: Any = MarianMTModel(
        MarianConfig(
            vocab_size=len(vocabulary), d_model=64, encoder_layers=1, decoder_layers=1, encoder_attention_heads=4,
            decoder_attention_heads=4, encoder_ffn_dim=128, decoder_ffn_dim=128, max_position_embeddings=64,
            pad_token_id=padding, eos_token_id=0, decoder_start_token_id=padding, forced_eos_token_id=0,
            bos_token_id=None, init_std=0.15, dropout=0.0, attention_dropout=0.0, activation_dropout=0.0, scale_embedding=True,

        )
    )  # fmt: skip
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    sources = tokenizer([source for source, _ in pairs], padding=True, return_tensors="pt")
    targets = tokenizer(text_target=[target for _, target in pairs], padding=True, return_tensors="pt")["input_ids"]
    targets[targets == padding] = -100
    for _ in range(steps):
        chosen = torch.randint(0, len(pairs), (24,))
        loss = model(
            input_ids=sources["input_ids"][chosen],
            attention_mask=sources["attention_mask"][chosen],
            labels=targets[chosen],
        ).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            # Marian's decoder starts from nothing: real checkpoints have zeros there, and CTranslate2 relies on it.
            model.get_input_embeddings().weight[padding] = 0.0
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return folder
