"""Write a SentencePiece vocabulary as transformers' own tokenizer, which loads without protobuf."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mtcheck.training.text_vocabulary import BEGIN_NUMBER, END_NUMBER, TEXT_MODEL_FILE, UNKNOWN_NUMBER

TOKENIZER_FILE, TOKENIZER_SETTINGS_FILE = "tokenizer.json", "tokenizer_config.json"


def write_fast_tokenizer(vocabulary: Path, output: Path, max_tokens: int) -> None:
    """Write ``tokenizer.json`` and its settings for the vocabulary of a folder."""
    from sentencepiece import SentencePieceProcessor
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    subwords: Any = SentencePieceProcessor(model_file=str(vocabulary / TEXT_MODEL_FILE))
    pieces = [(subwords.id_to_piece(number), subwords.get_score(number)) for number in range(len(subwords))]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN_NUMBER, byte_fallback=True))
    # Spaces are marked as SentencePiece marks them; each digit stands for itself.
    split = [
        pre_tokenizers.Metaspace(prepend_scheme="always", split=True),
        pre_tokenizers.Digits(individual_digits=True),
    ]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(split)
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Fuse(), decoders.Metaspace()])
    unknown, begin, end = (pieces[number][0] for number in (UNKNOWN_NUMBER, BEGIN_NUMBER, END_NUMBER))
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in (unknown, begin, end)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A", special_tokens=[(begin, BEGIN_NUMBER)]
    )
    output.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(output / TOKENIZER_FILE), pretty=False)
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": max_tokens,
        "unk_token": unknown,
        "bos_token": begin,
        "eos_token": end,
    }
    (output / TOKENIZER_SETTINGS_FILE).write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
