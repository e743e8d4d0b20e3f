"""The vocabulary of a language model: SentencePiece's own numbers, with ``<s>`` where a passage begins."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.training.text_preparation import read_texts
from mtcheck.training.vocabulary import MAX_SENTENCES, VocabularySettings, repeats_of

TEXT_MODEL_FILE = "tokenizer.spm"
UNKNOWN_NUMBER, BEGIN_NUMBER, END_NUMBER = 0, 1, 2


class TextVocabulary:
    """Texts to numbers. Texts must have been through ``plain_punctuation``; the vocabulary changes nothing in them."""

    def __init__(self, folder: Path) -> None:
        """Load it from a folder. Raises ``UsageError`` where it was not made yet."""
        from sentencepiece import SentencePieceProcessor

        self.folder = folder
        if not (folder / TEXT_MODEL_FILE).is_file():
            raise UsageError(f"{folder / TEXT_MODEL_FILE} does not exist: run the command vocabulary first")
        self._model: Any = SentencePieceProcessor(model_file=str(folder / TEXT_MODEL_FILE))

    def __len__(self) -> int:
        size: int = self._model.get_piece_size()
        return size

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the numbers of each text, without the token that begins a passage."""
        numbers: list[list[int]] = self._model.encode(list(texts))
        return numbers


def make_text_vocabulary(prepared: Path, output: Path, settings: VocabularySettings) -> TextVocabulary:
    """Train the vocabulary on prepared sentences, write it, and return it. Raises ``UsageError`` where there are none."""
    from sentencepiece import SentencePieceTrainer

    output.mkdir(parents=True, exist_ok=True)
    chance = random.Random(settings.seed)  # noqa: S311 - nothing secret
    sentences: list[str] = []
    for sentence in read_texts(prepared):
        sentences += [sentence.text] * repeats_of(sentence.corpus.group, chance)
    if not sentences:
        raise UsageError(f"there are no sentences in {prepared}")
    chance.shuffle(sentences)
    with (output / TEXT_MODEL_FILE).open("wb") as stream:
        SentencePieceTrainer.train(
            sentence_iterator=iter(sentences[:MAX_SENTENCES]),
            model_writer=stream,
            vocab_size=settings.pieces,
            model_type="unigram",
            character_coverage=settings.character_coverage,
            byte_fallback=True,
            # Texts are normalized before, where the place of each character is kept.
            normalization_rule_name="identity",
            remove_extra_whitespaces=False,
            split_digits=True,
            hard_vocab_limit=False,
            unk_id=UNKNOWN_NUMBER,
            bos_id=BEGIN_NUMBER,
            eos_id=END_NUMBER,
            pad_id=-1,
            num_threads=1,
            minloglevel=1,
        )
    return TextVocabulary(output)
