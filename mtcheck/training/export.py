"""Export: the folder of a model as transformers reads it, in half precision, with its card."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from mtcheck.core.errors import UsageError
from mtcheck.core.translation import USUAL_BEAMS
from mtcheck.training.card import LICENSE_TEXT, LIMITS, WEIGHTS_FILE, CardHead, CardSources, write_card
from mtcheck.training.checkpoints import load_weights
from mtcheck.training.configuration import Shape
from mtcheck.training.languages import ENGLISH
from mtcheck.training.model import count_parameters, new_model
from mtcheck.training.vocabulary import END, MODEL_FILE, NUMBERS_FILE, PADDING, UNKNOWN, Vocabulary

LICENSE_FILE = "LICENSE.txt"


@dataclass(frozen=True, slots=True)
class ModelSources:
    """What a model's folder is made from: vocabulary, weights (a checkpoint or a mean), and what its card tells.

    ``prepared`` is the folder of the prepared pairs, ``run`` that of the training run; ``scores`` and ``examples`` are files
    of the commands of those names. All four may be missing; the card then says less.
    """

    vocabulary: Vocabulary
    weights: Path
    prepared: Path | None = None
    run: Path | None = None
    scores: Path | None = None
    examples: Path | None = None


def export(sources: ModelSources, shape: Shape, output: Path) -> int:
    """Write the folder and return its size in bytes.

    Weights are stored with 16 bits a value. Raises ``UsageError`` where the weights are not of that shape, or their
    embedding of padding is not zero.
    """
    output.mkdir(parents=True, exist_ok=True)
    vocabulary = sources.vocabulary
    model = new_model(shape, vocabulary, seed=0)
    load_weights(sources.weights, model)
    if model.model.shared.weight[vocabulary.padding].any():
        raise UsageError("the embedding of the padding token is not zero: CTranslate2 would translate differently")
    model.generation_config.update(
        decoder_start_token_id=vocabulary.padding,
        pad_token_id=vocabulary.padding,
        eos_token_id=vocabulary.end,
        bos_token_id=None,
        forced_eos_token_id=None,
        # Nothing was ever trained to follow them, and a decoder must not choose what it starts from.
        bad_words_ids=[[vocabulary.padding]],
        max_length=shape.max_positions,
        num_beams=USUAL_BEAMS,
    )
    model.half().save_pretrained(str(output))
    # The library writes weights for the owner's eyes only; a package is read by everybody.
    (output / WEIGHTS_FILE).chmod(0o644)
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(vocabulary.folder / MODEL_FILE, output / name)
    shutil.copyfile(vocabulary.folder / NUMBERS_FILE, output / "vocab.json")
    tokenizer = {
        "tokenizer_class": "MarianTokenizer",
        "model_max_length": shape.max_positions,
        "source_lang": "mul",
        "target_lang": "mul",
        "eos_token": END,
        "unk_token": UNKNOWN,
        "pad_token": PADDING,
        "separate_vocabs": False,
    }
    (output / "tokenizer_config.json").write_text(json.dumps(tokenizer, indent=2) + "\n", encoding="utf-8")
    (output / LICENSE_FILE).write_text(LICENSE_TEXT, encoding="utf-8")
    others = [code for code in vocabulary.languages if code != ENGLISH]
    write_card(
        CardSources(
            head=CardHead(
                "translation",
                "A small Marian model for both directions; the wanted language is given by a mark such as >>spa<<.",
                LIMITS,
                directions=tuple(direction for code in others for direction in (f"en-{code}", f"{code}-en")),
            ),
            parameters=count_parameters(model),
            shape=shape,
            prepared=sources.prepared,
            run=sources.run,
            scores=sources.scores,
            examples=sources.examples,
        ),
        output,
    )
    return sum(file.stat().st_size for file in output.iterdir() if file.is_file())
