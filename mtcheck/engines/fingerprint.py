"""What a model's folder holds, as one short hash, so that a changed model is another model."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from mtcheck.engines.models.download import hashes_of

# What decides an answer: weights, configuration, tokenizer. A card or a readme may change without a new signature.
_DECIDES = re.compile(
    r".*\.(?:safetensors|spm|model)|(?:config|generation_config|vocab|target_vocab|tokenizer.*|.*tokens.*)\.json|merges\.txt"
)


def fingerprint_of(folder: Path) -> str:
    """Return a hash over every file of a model's folder that decides what it answers."""
    parts = [
        f"{file.relative_to(folder).as_posix()} {hashes_of(file)[0]}"
        for file in sorted(folder.iterdir())
        if file.is_file() and _DECIDES.fullmatch(file.name)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
