"""The vocabulary: one SentencePiece model for all languages, and the numbers that Marian checkpoints use.

Numbers follow OPUS-MT: ``</s>`` is 0, ``<unk>`` 1, then the pieces, then the marks of the target languages, and ``<pad>`` last;
the decoder starts from ``<pad>``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.training.corpora import Group
from mtcheck.training.languages import ENGLISH, training_language
from mtcheck.training.preparation import read_pairs

MODEL_FILE, NUMBERS_FILE = "subwords.spm", "vocab.json"
END, UNKNOWN, PADDING = "</s>", "<unk>", "<pad>"
# SentencePiece slows down without gaining from more than this many sentences a language.
MAX_SENTENCES = 100_000
# Sentences of the news-like groups count twice where the vocabulary is chosen, technical ones half.
_REPEATS = {"news": 2.0, "prose": 2.0, "everyday": 1.0, "web": 1.0, "tech": 0.4, "ui": 0.5}


@dataclass(frozen=True, slots=True)
class VocabularySettings:
    """The number of pieces (byte pieces included), and the share of characters that get a piece of their own."""

    pieces: int = 8_000
    character_coverage: float = 0.9998
    seed: int = 1


class Vocabulary:
    """Texts to numbers and back."""

    def __init__(self, folder: Path) -> None:
        """Load it from a folder. Raises ``UsageError`` where it was not made yet."""
        from sentencepiece import SentencePieceProcessor

        self.folder = folder
        if not (folder / NUMBERS_FILE).is_file():
            raise UsageError(f"{folder / NUMBERS_FILE} does not exist: run the command vocabulary first")
        self._numbers: dict[str, int] = json.loads((folder / NUMBERS_FILE).read_text(encoding="utf-8"))
        self._pieces = {number: piece for piece, number in self._numbers.items()}
        self._model: Any = SentencePieceProcessor(model_file=str(folder / MODEL_FILE))
        self._own = [
            self._numbers.get(self._model.id_to_piece(index), self._numbers[UNKNOWN])
            for index in range(self._model.get_piece_size())
        ]

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, token: str) -> bool:
        return token in self._numbers

    def number(self, token: str) -> int:
        """Return the number of a piece or mark. Raises ``KeyError`` for one that it does not have."""
        return self._numbers[token]

    @property
    def end(self) -> int:
        """The number of the token that ends a sentence."""
        return self._numbers[END]

    @property
    def padding(self) -> int:
        """The number of the token that fills up a batch and starts the decoder."""
        return self._numbers[PADDING]

    def language(self, code: str) -> int:
        """Return the number of the mark for a target language. Raises ``KeyError`` for one without."""
        return self._numbers[training_language(code).token]

    @property
    def languages(self) -> tuple[str, ...]:
        """The target languages, sorted."""
        from mtcheck.training.languages import LANGUAGES

        return tuple(sorted(code for code, language in LANGUAGES.items() if language.token in self._numbers))

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the numbers of each text, without mark and end."""
        return [[self._own[piece] for piece in pieces] for pieces in self._model.encode(list(texts))]

    def sample(self, texts: Sequence[str], alpha: float) -> list[list[int]]:
        """Return the numbers of one random segmentation of each text (subword regularization, Kudo 2018)."""
        sampled = self._model.encode(list(texts), enable_sampling=True, alpha=alpha, nbest_size=-1)
        return [[self._own[piece] for piece in pieces] for pieces in sampled]

    def decode(self, numbers: Sequence[int]) -> str:
        """Return the text for numbers; special tokens and marks of languages are left out."""
        pieces = [self._pieces[number] for number in numbers]
        text: str = self._model.decode_pieces(
            [piece for piece in pieces if piece not in {END, UNKNOWN, PADDING} and not piece.startswith(">>")]
        )
        return text


def make_vocabulary(prepared: Path, output: Path, settings: VocabularySettings) -> Vocabulary:
    """Train the vocabulary on prepared pairs, write it, and return it. Raises ``UsageError`` where there are none."""
    from sentencepiece import SentencePieceTrainer

    output.mkdir(parents=True, exist_ok=True)
    languages = {ENGLISH}
    sentences: list[str] = []
    chance = random.Random(settings.seed)  # noqa: S311 - nothing secret
    for pair in read_pairs(prepared):
        languages.add(pair.language)
        sentences += [pair.english, pair.other] * repeats_of(pair.corpus.group, chance)
    if not sentences:
        raise UsageError(f"there are no pairs in {prepared}")
    chance.shuffle(sentences)
    with (output / MODEL_FILE).open("wb") as stream:
        SentencePieceTrainer.train(
            sentence_iterator=iter(sentences[: MAX_SENTENCES * len(languages)]),
            model_writer=stream,
            vocab_size=settings.pieces,
            model_type="unigram",
            character_coverage=settings.character_coverage,
            byte_fallback=True,
            # Case and full-width forms mean something; only what nobody sees is unified.
            normalization_rule_name="nmt_nfkc",
            split_digits=True,
            hard_vocab_limit=False,
            bos_id=-1,
            pad_id=-1,
            eos_id=1,
            unk_id=0,
            num_threads=1,
            minloglevel=1,
        )
    _write_numbers(output, sorted(languages))
    return Vocabulary(output)


def repeats_of(group: Group, chance: random.Random) -> int:
    """Return how often a sentence of a group counts where the pieces are chosen; parts of one are decided by chance."""
    repeats = _REPEATS[group]
    return int(repeats) + (chance.random() < repeats % 1)


def _write_numbers(folder: Path, languages: Sequence[str]) -> None:
    from sentencepiece import SentencePieceProcessor

    model: Any = SentencePieceProcessor(model_file=str(folder / MODEL_FILE))
    pieces = [model.id_to_piece(index) for index in range(model.get_piece_size())]
    tokens = [
        END,
        UNKNOWN,
        *(piece for piece in pieces if piece not in {END, UNKNOWN}),
        *(training_language(code).token for code in languages),
        PADDING,
    ]
    numbers = {token: number for number, token in enumerate(tokens)}
    (folder / NUMBERS_FILE).write_text(json.dumps(numbers, ensure_ascii=False) + "\n", encoding="utf-8")
