"""``mtcheck bench surprisal``: how well surprisal tells damaged text from sound text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from mtcheck.core.surprisal import LanguageModel

RUNTIMES: dict[str, Literal["auto", "transformers", "ctranslate2"]] = {
    "auto": "auto",
    "transformers": "transformers",
    "ctranslate2": "ctranslate2",
}
PRECISIONS: dict[str, Literal["int8", "float32"]] = {"int8": "int8", "float32": "float32"}


def surprisal(
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The folder of the evaluation data.")] = Path(
        "../shared/eval"
    ),
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="A folder, a hub name[@revision] or a name of `models list`.")
    ] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="The language of the texts.")] = "en",
    runtime: Annotated[str, typer.Option(metavar="NAME", help="auto, transformers or ctranslate2.")] = "auto",
    precision: Annotated[str, typer.Option(metavar="NAME", help="Of ctranslate2: int8 or float32.")] = "int8",
    baselines: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Measure n-gram models of the texts of `training prepare-text`."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="NUMBER", help="Segments of each set, whole documents.")] = 4_000,
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Measure on the half that may be looked at while making rules.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON too.")
    ] = None,
) -> None:
    """Measure a language model: bits a character of news, words inside marked spans, pairs with one fault built in.

    Single features first, then the combination of them that the checks use, where it was fitted with this model (`bench damage` says more of it, and fits it). The data is not
    part of the project; marked spans are there for English, German and Russian, pairs for English. With --baselines a character 6-gram and a word 5-gram model are measured instead, by single features.
    """
    from mtcheck.measuring.damage_pairs import combined_figures
    from mtcheck.measuring.surprisal import LANGUAGE, measure, speed

    half = "tuning" if tuning else "reporting"
    table = []
    for one in _models(model, language, runtime, precision, baselines):
        signature = one.signature_of(language)
        typer.echo(f"{signature}: {half} half, value [95 % interval, bootstrap over documents]  cases")
        figures = []
        # What the checks combine was fitted for English.
        combined = combined_figures(one, data, tuning=tuning, limit=limit) if language == LANGUAGE else iter(())
        measured = measure(one, data, language=language, tuning=tuning, limit=limit)
        for figure in measured if baselines else chain(speed(one, data, language), measured, combined):
            between = "" if figure.low is None else f"[{figure.low:.3f}, {figure.high:.3f}]"
            typer.echo(f"  {figure.name:<95} {figure.value:8.3f} {between:<16} {figure.cases}")
            figures.append(asdict(figure))
        table.append({"model": signature, "half": half, "figures": figures})
    if output is not None:
        output.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def _models(
    name: str | None, language: str, runtime: str, precision: str, baselines: Path | None
) -> Iterator[LanguageModel]:
    """Yield what is to be measured, one at a time."""
    if baselines is None:
        from mtcheck.core.errors import UsageError
        from mtcheck.engines.language_model import LanguageModelSettings, open_language_model

        if runtime not in RUNTIMES or precision not in PRECISIONS:
            raise UsageError(f"--runtime is one of {', '.join(RUNTIMES)}; --precision one of {', '.join(PRECISIONS)}")
        wanted = frozenset({language})
        yield open_language_model(
            LanguageModelSettings(name, (language,), RUNTIMES[runtime], PRECISIONS[precision], wanted=wanted)
        )
        return
    from mtcheck.measuring.ngrams import NgramLanguageModel
    from mtcheck.training.corpora import Group
    from mtcheck.training.text_preparation import read_texts

    # What the neural model learns most from; all of the English texts would not fit in memory. Other languages have little of it.
    likely = {Group.NEWS, Group.PROSE} if language == "en" else set(Group)
    for order, words in ((6, False), (5, True)):
        texts = (sentence.text for sentence in read_texts(baselines) if sentence.corpus.group in likely)
        yield NgramLanguageModel(texts, order=order, words=words, language=language)
