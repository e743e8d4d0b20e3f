"""A model's card, to read: what it is, what it learned from, what it scores, and what not to trust it for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mtcheck.core.errors import EngineError
from mtcheck.engines.models.catalog import CARD_FILE, ModelCard, PublicModel

# Of the sentences in a card the best and the worst say most.
EXAMPLES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Corpora:
    """The corpora under one license."""

    names: list[str] = field(default_factory=list)
    texts: int = 0
    words: int = 0


def sections_of(card: ModelCard) -> Iterator[Section]:
    """Yield the sections of an embedded model's card. Raises ``EngineError`` for one that cannot be read."""
    path = card.folder / CARD_FILE
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        size = sum((card.folder / file.path).stat().st_size for file in card.files)
        yield from _sections(card, value, size)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(f"the model card {path} cannot be used: {type(error).__name__}: {error}") from error


def sections_of_public(model: PublicModel) -> Iterator[Section]:
    """Yield what is known of a public model."""
    yield Section(
        "What it is", (f"{model.kind}, {model.directions}", f"License as its publisher states it: {model.license}")
    )
    yield Section("What to know first", (model.note or "nothing beyond what its publisher says",))
    yield Section("Its card", (f"on the hub it is fetched from; mtcheck has measured nothing of {model.name}",))


def _sections(card: ModelCard, value: Mapping[str, Any], size: int) -> Iterator[Section]:
    what = [str(value.get("summary", ""))] if value.get("summary") else []
    what.append(f"{card.kind}: {', '.join(card.directions or card.languages)}")
    if "parameters" in value:
        what.append(f"{value['parameters']:,} parameters, {size / 1e6:.1f} MB")
    what += [f"License: {card.license}", f"Revision: {card.revision}", f"Folder: {card.folder}"]
    yield Section("What it is", tuple(what))
    yield Section("Do not trust it for", tuple(f"- {limit}" for limit in value.get("do not trust it for", ())))
    yield Section("Scores", tuple(_scores(value.get("scores", ()))))
    yield Section("What it learned from, by license", tuple(_corpora(value)))
    yield Section("How it was trained", tuple(_run(value.get("training run", {}))))
    yield Section("Examples: the best and the worst", tuple(_examples(value.get("examples", ()))))


def _scores(scores: Any) -> Iterator[str]:
    """Yield a line for each set of scores, or for each value where they are no list."""
    if isinstance(scores, Mapping):
        for name, value in scores.items():
            yield f"{name}: {_short(value)}"
        return
    signatures: dict[str, None] = {}
    for score in scores:
        if "figures" in score:
            yield from _figures(score)
            continue
        parts = [f"{name} {_short(value)}" for name, value in score.items() if not name.endswith("signature")]
        yield ", ".join(parts)
        signatures.update(dict.fromkeys(str(value) for name, value in score.items() if name.endswith("signature")))
    yield from (f"signature: {signature}" for signature in signatures)


def _figures(score: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of what ``bench surprisal`` measured: the model, and each figure with its interval."""
    yield f"{score.get('model', '')}, {score.get('half', '')} half of the data, 95 % intervals"
    for figure in score["figures"]:
        low, high = figure.get("low"), figure.get("high")
        between = "" if low is None or high is None else f" [{low:.3f}, {high:.3f}]"
        yield f"{figure['name']}: {figure['value']:,.3f}{between}, {figure['cases']:,} cases"


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (Mapping, list)) else str(value)


def _corpora(value: Mapping[str, Any]) -> Iterator[str]:
    by_license: defaultdict[str, _Corpora] = defaultdict(_Corpora)
    for corpus in value.get("training data", ()):
        group = by_license[str(corpus.get("license", "not stated"))]
        group.names.append(str(corpus["corpus"]))
        counts = {key: value for key, value in corpus.items() if isinstance(value, int)}
        group.words += sum(value for key, value in counts.items() if key.endswith("words"))
        # Pairs, passages or lines: what a model learns from one by one.
        group.texts += sum(value for key, value in counts.items() if not key.endswith("words"))
    for name, group in sorted(by_license.items(), key=lambda item: (-item[1].words, item[0])):
        names = ", ".join(sorted(set(group.names)))
        yield f"{name}: {group.words:,} words in {group.texts:,} texts ({names})"
    if "research data" in value:
        yield str(value["research data"])
    if "evaluation texts kept out" in value:
        yield f"Texts of evaluation sets that were looked for and kept out: {value['evaluation texts kept out']:,}"
    if origin := value.get("begun with"):
        yield f"It was begun with the weights of {origin['model']} ({origin['revision']}), which learned from:"
        yield from _corpora(origin)


def _run(run: Mapping[str, Any]) -> Iterator[str]:
    for name, value in run.items():
        if isinstance(value, Mapping):
            continue
        yield f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}"


def _examples(examples: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    shown = [*examples[:EXAMPLES_SHOWN], *examples[EXAMPLES_SHOWN:][-EXAMPLES_SHOWN:]]
    for example in shown:
        yield " → ".join(str(value) for name, value in example.items() if isinstance(value, str))
