"""Begin with a model that was trained for another language, instead of with random weights.

English is one side of both, so the child begins with what its parent learned of it ("trivial transfer learning": Kocmi and Bojar 2018,
WMT; Zoph et al. 2016, EMNLP). Layers are taken as they are, embeddings of the pieces that both vocabularies have go to their
new numbers; those of all other pieces begin at random, with the spread of the parent's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.training.card import WEIGHTS_FILE
from mtcheck.training.vocabulary import NUMBERS_FILE, Vocabulary

_EMBEDDING = "model.shared.weight"


def begin_with(model: Any, vocabulary: Vocabulary, parent: Path) -> int:
    """Put the weights of an exported model into a fresh one, and return the number of pieces that both know.

    Raises ``UsageError`` where the folder holds no such model, or one of another size.
    """
    import torch
    from safetensors.torch import load_file

    try:
        weights = {name: value.float() for name, value in load_file(parent / WEIGHTS_FILE).items()}
        numbers: dict[str, int] = json.loads((parent / NUMBERS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{parent} is not the folder of an exported translation model: {error}") from error
    if _EMBEDDING not in weights:
        raise UsageError(f"{parent} is not the folder of an exported translation model: it has no {_EMBEDDING}")
    embedding = weights.pop(_EMBEDDING)
    shared = [(vocabulary.number(piece), number) for piece, number in numbers.items() if piece in vocabulary]
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if not parameter.requires_grad or name == _EMBEDDING:
                continue
            if name not in weights or weights[name].shape != parameter.shape:
                raise UsageError(f"the model in {parent} has another size ({name})")
            parameter.copy_(weights[name])
        ours = model.model.shared.weight
        if ours.shape[1] != embedding.shape[1]:
            raise UsageError(f"the model in {parent} has another size ({_EMBEDDING})")
        ours.mul_(embedding.std() / ours.std())
        ours[[new for new, _ in shared]] = embedding[[old for _, old in shared]]
        ours[vocabulary.padding].zero_()
    return len(shared)
