"""Checkpoints of transformers, converted for CTranslate2 once.

The converted model is kept beside the cache, under the hash of the checkpoint's files, so that a changed checkpoint is
converted anew. The conversion is made in a folder of its own and renamed when it is whole.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mtcheck.core.errors import EngineError
from mtcheck.engines.quiet import quietly

# Raise it when a conversion of the same checkpoint by the same library comes out otherwise.
FORMAT = 2


class NumberedTokens:
    """A tokenizer for the converter alone: it gives every token its number as a name.

    A model that is asked by numbers needs no names; and the checkpoint's own tokenizer need not be one that transformers load.
    """

    def __init__(self, size: int) -> None:
        """Take the size of the vocabulary."""
        self._names = [f"<{number}>" for number in range(size)]
        self.bos_token = self.eos_token = self.unk_token = self.pad_token = self._names[0]
        self.unk_token_id = 0
        self.special_tokens_map: dict[str, object] = {}
        self.chat_template = None

    def get_vocab(self) -> dict[str, int]:
        """Return the names with their numbers."""
        return {name: number for number, name in enumerate(self._names)}

    def convert_ids_to_tokens(self, number: int) -> str:
        """Return the name of a number."""
        return self._names[number]


def converted(
    folder: Path, name: str, fingerprint: str, cache: Path, quantization: str, tokens: NumberedTokens | None = None
) -> Path:
    """Return the folder with the converted model, which is made where it is not there yet.

    ``name`` is what messages call the model, ``fingerprint`` that of its folder; ``tokens`` take the place of the checkpoint's
    own tokenizer. Raises ``EngineError`` where it cannot be made.
    """
    # The converter's version counts: a later one may write what an older library does not read, or mend a fault.
    own = f"{fingerprint}-{quantization}-{version('ctranslate2')}-{FORMAT}"
    target = cache / "ctranslate2" / own
    if (target / "model.bin").is_file():
        return target
    building: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f"{own}.", dir=target.parent))
        # The converter prints; standard output belongs to the results.
        with contextlib.redirect_stdout(io.StringIO()), quietly():
            _converter(folder, tokens).convert(str(building / "model"), quantization=quantization, force=True)
        with contextlib.suppress(OSError):
            # Where another process was quicker, its folder stands there already and is as good.
            (building / "model").rename(target)
    except Exception as error:  # the converter raises whatever the checkpoint provokes
        raise EngineError(
            f"the model {name} cannot be converted for CTranslate2: {error}; use the runtime transformers"
        ) from error
    finally:
        if building is not None:
            shutil.rmtree(building, ignore_errors=True)
    if not (target / "model.bin").is_file():
        raise EngineError(f"the converted model cannot be moved to {target}")
    return target


def _converter(folder: Path, tokens: NumberedTokens | None) -> Any:
    """Return the library's converter, with the changes that are needed here."""
    import numpy as np
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]  # the library publishes no types
        def load_tokenizer(self, tokenizer_class: Any, model_name_or_path: str, **options: Any) -> Any:
            return tokens or super().load_tokenizer(tokenizer_class, model_name_or_path, **options)

        def _load(self) -> Any:
            specification = super()._load()
            decoder = getattr(specification, "decoder", None)
            if decoder is not None and hasattr(decoder, "alignment_heads"):
                # The attention that comes with a translation shall be the mean of all heads of the last layer, not the first head's.
                decoder.alignment_heads = np.int16(0)
            return specification

    return Converter(str(folder))
