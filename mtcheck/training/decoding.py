"""Translate with an exported folder, for measuring it. The product itself uses ``mtcheck.engines.translation``."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from mtcheck.core.errors import EngineError
from mtcheck.core.translation import USUAL_BEAMS
from mtcheck.training.languages import training_language

# As the product does: a translation may have twice its text's tokens and some more.
_OUTPUT_RATIO, _OUTPUT_SLACK = 2, 24


class FolderTranslator:
    """A model's folder on CTranslate2 with 8-bit weights, as it runs by default. Close it to delete the converted copy."""

    def __init__(self, folder: Path, beams: int = USUAL_BEAMS, threads: int = 2) -> None:
        """Convert and load. Raises ``EngineError`` where that fails."""
        import ctranslate2
        from ctranslate2.converters import TransformersConverter
        from sentencepiece import SentencePieceProcessor
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._beams = beams
        self._place = tempfile.TemporaryDirectory(prefix="mtcheck-evaluation-")
        try:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                # Marian's tokenizer recommends a package whose normalizer it then never calls.
                warnings.filterwarnings("ignore", message=".*sacremoses.*")
                converted = TransformersConverter(str(folder)).convert(
                    str(Path(self._place.name) / "model"), quantization="int8_float32"
                )
            self._model: Any = ctranslate2.Translator(converted, device="cpu", intra_threads=threads)
        except Exception as error:  # the converter raises whatever the folder provokes
            self._place.cleanup()
            raise EngineError(f"the model in {folder} cannot be loaded: {error}") from error
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._most = int(settings["max_position_embeddings"]) - 2
        self._subwords: Any = SentencePieceProcessor(model_file=str(folder / "source.spm"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._place.cleanup()

    def translate(self, texts: Sequence[str], target_language: str) -> list[str]:
        """Return the translation of each text."""
        mark = training_language(target_language).token
        # What is longer than the model's positions loses its end.
        tokens = [
            [mark, *pieces[: self._most - 2], "</s>"] for pieces in self._subwords.encode(list(texts), out_type=str)
        ]
        # In order of length, so that each call can be given its own limit.
        order = sorted(range(len(tokens)), key=lambda index: -len(tokens[index]))
        found = [""] * len(texts)
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            results = self._model.translate_batch(
                [tokens[index] for index in part],
                beam_size=self._beams,
                length_penalty=1,
                max_decoding_length=min(_OUTPUT_RATIO * len(tokens[part[0]]) + _OUTPUT_SLACK, self._most),
                max_input_length=0,
            )
            for index, result in zip(part, results, strict=True):
                found[index] = " ".join(self._subwords.decode_pieces(result.hypotheses[0]).split())
        return found
