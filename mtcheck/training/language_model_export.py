"""Export a language model: the folder as transformers reads it, in half precision, with its card."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from mtcheck.training.card import LICENSE_TEXT, WEIGHTS_FILE, CardHead, CardSources, write_card
from mtcheck.training.checkpoints import load_weights
from mtcheck.training.configuration import Shape
from mtcheck.training.export import LICENSE_FILE
from mtcheck.training.fast_tokenizer import write_fast_tokenizer
from mtcheck.training.language_model import new_language_model
from mtcheck.training.languages import ENGLISH, training_language
from mtcheck.training.model import count_parameters
from mtcheck.training.text_vocabulary import TEXT_MODEL_FILE, TextVocabulary

ENGLISH_NEWS = "Its news is of 1987 and 2000 to 2019, British, American and Australian; much of the rest is everyday sentences and software manuals."
NO_NEWS = (
    "It has read no news, and little beside software manuals, everyday sentences and parts of Wikipedia: most names and subjects of news are new to it.",
    "Much of what it learned from are translations from English, by people: their turns of phrase are usual to it.",
)
LIMITS = (
    "It tells what is unusual for the texts it learned from, not what is wrong: names, terms, speech and new events surprise it.",
    "It does not know what a text was translated from: a fluent mistranslation, a wrong number or a lost negation is usual to it.",
    "It sees at most 255 tokens of one passage, and nothing of the passages before.",
    "Compare its figures within one page or within one kind of text; bits of different models or vocabularies do not compare.",
    "Never take a high figure of one sentence as a sign that a machine translated it.",
)


@dataclass(frozen=True, slots=True)
class LanguageModelSources:
    """What a model's folder is made from: vocabulary, weights (a checkpoint or a mean), language, and what its card tells.

    ``prepared`` is the folder of the prepared texts, ``run`` that of the training run; ``scores`` is what ``mtcheck bench
    surprisal --json`` wrote. All three may be missing; the card then says less.
    """

    vocabulary: TextVocabulary
    weights: Path
    language: str = "en"
    prepared: Path | None = None
    run: Path | None = None
    scores: Path | None = None


def export_language_model(sources: LanguageModelSources, shape: Shape, output: Path) -> int:
    """Write the folder and return its size in bytes; weights have 16 bits a value.

    Raises ``UsageError`` where the weights are not of that shape, or no training language has that code.
    """
    language = training_language(sources.language)
    model = new_language_model(shape, sources.vocabulary, seed=0)
    load_weights(sources.weights, model)
    output.mkdir(parents=True, exist_ok=True)
    parameters = count_parameters(model)
    model.half().save_pretrained(str(output))
    # The library writes weights for the owner's eyes only; a package is read by everybody.
    (output / WEIGHTS_FILE).chmod(0o644)
    shutil.copyfile(sources.vocabulary.folder / TEXT_MODEL_FILE, output / TEXT_MODEL_FILE)
    write_fast_tokenizer(output, output, shape.max_positions)
    (output / LICENSE_FILE).write_text(LICENSE_TEXT, encoding="utf-8")
    head = CardHead(
        "language-model",
        f"A small Llama model of {language.name}: how expected each token of a passage is after those before it.",
        (*LIMITS[:2], *((ENGLISH_NEWS,) if language.code == ENGLISH else NO_NEWS), *LIMITS[2:]),
        languages=(language.code,),
    )
    write_card(CardSources(head, parameters, shape, sources.prepared, sources.run, sources.scores), output)
    return sum(file.stat().st_size for file in output.iterdir() if file.is_file())
