"""A checkpoint's own tokenizer, with what each family needs to be told of the languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from mtcheck.core.errors import ModelUnavailable
from mtcheck.engines.quiet import quietly
from mtcheck.engines.translation.checkpoint import Checkpoint, Family

# As Marian, M2M-100 and NLLB write them.
LANGUAGE_MARK = re.compile(r">>.+<<|__[a-z]{2,3}__|[a-z]{3}_[A-Z][a-z]{3}")


class Subwords:
    """Turns texts into a checkpoint's token numbers and back."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        """Load the tokenizer from the checkpoint's folder. Raises ``ModelUnavailable`` where it cannot be loaded."""
        from transformers import AutoTokenizer

        self._checkpoint = checkpoint
        try:
            with quietly():
                self._tokenizer: Any = AutoTokenizer.from_pretrained(
                    str(checkpoint.folder), local_files_only=True, trust_remote_code=False
                )
        except Exception as error:  # OSError, ValueError, KeyError and RuntimeError, by version and by what is missing
            raise ModelUnavailable(f"the tokenizer in {checkpoint.folder} cannot be loaded: {error}") from error

    @cached_property
    def special(self) -> frozenset[str]:
        """The tokens that stand for nothing in a text: ends, and marks of languages."""
        marks = {token for token in self._tokenizer.get_vocab() if LANGUAGE_MARK.fullmatch(token)}
        return frozenset(marks | set(self._tokenizer.all_special_tokens))

    @property
    def end(self) -> int:
        """The number of the token that ends a sentence."""
        return int(self._tokenizer.eos_token_id)

    def encode(self, texts: Sequence[str], source_language: str, target_language: str) -> list[list[int]]:
        """Return the token numbers of each text, with the marks of the languages that the family wants on this side."""
        codes = self._checkpoint.codes(source_language, target_language)
        if self._checkpoint.family is Family.MARIAN:
            # A model with several target languages reads the wanted one at the start of the text.
            prefix = f"{codes.target} " if codes.target else ""
            texts = [prefix + text for text in texts]
        else:
            self._tokenizer.src_lang = codes.source
        numbers: list[list[int]] = self._tokenizer(list(texts), truncation=False, verbose=False)["input_ids"]
        return numbers

    def encode_target(self, texts: Sequence[str], source_language: str, target_language: str) -> list[list[int]]:
        """Return the token numbers of translations, without special tokens at their ends."""
        if self._checkpoint.family is not Family.MARIAN:
            self._tokenizer.tgt_lang = self._checkpoint.codes(source_language, target_language).target
        numbers: list[list[int]] = self._tokenizer(text_target=list(texts), truncation=False, verbose=False)[
            "input_ids"
        ]
        special = set(self._tokenizer.all_special_ids) - {self._tokenizer.unk_token_id}
        return [[number for number in row if number not in special] for row in numbers]

    def forced_start(self, source_language: str, target_language: str) -> int | None:
        """Return the token with which the family begins every translation into the language, or ``None``."""
        if self._checkpoint.family is Family.MARIAN:
            return None
        code = self._checkpoint.codes(source_language, target_language).target
        token = f"__{code}__" if self._checkpoint.family is Family.M2M100 else code
        number = int(self._tokenizer.convert_tokens_to_ids(token))
        if number == self._tokenizer.unk_token_id:
            raise ModelUnavailable(f"the model in {self._checkpoint.folder} has no token for “{target_language}”")
        return number

    def decode(self, numbers: Sequence[int]) -> str:
        """Return the text of a translation, without special tokens."""
        text: str = self._tokenizer.decode(list(numbers), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return " ".join(text.split())

    def tokens(self, numbers: Sequence[int]) -> list[str]:
        """Return the tokens for numbers."""
        return list(self._tokenizer.convert_ids_to_tokens(list(numbers)))

    def numbers(self, tokens: Sequence[str]) -> list[int]:
        """Return the numbers for tokens."""
        return [int(number) for number in self._tokenizer.convert_tokens_to_ids(list(tokens))]
