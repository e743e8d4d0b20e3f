"""The model card: ``card.json``, which tells what a model is, what it learned from, what it can do and what it cannot.

``mtcheck.engines.models`` reads ``name``, ``kind``, ``directions`` or ``languages``, ``license``, ``revision`` and ``sha256``; the
rest is for people.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.training.configuration import Shape
from mtcheck.training.corpora import RESEARCH_NEWS, known_corpora
from mtcheck.training.loop import LOG_FILE
from mtcheck.training.preparation import REPORT_FILE

CARD_FILE = "card.json"
WEIGHTS_FILE = "model.safetensors"
# In the folder of a run: the model that it began with.
ORIGIN_FILE = "begun-with.json"
# Many of the texts are under share-alike terms; whether weights fall under them is not settled, so the weights keep them.
LICENSE = "CC-BY-SA-4.0"
LICENSE_TEXT = """\
The weights and the vocabulary in this folder are licensed under the Creative Commons Attribution-ShareAlike 4.0 International
License (CC-BY-SA-4.0): https://creativecommons.org/licenses/by-sa/4.0/

They were learned from the public corpora that card.json lists under "training data", each with the license that its origin
states. No text of these corpora is in this folder. The code of mtcheck has its own license.
"""
LIMITS = (
    "It is small and learned from little: it serves for round trips and a first look, not to publish with.",
    "Never take its output as proof that a page is wrong: it loses names, numbers and negations of its own.",
    "Words that it met seldom are copied, cut to pieces, or replaced by words that do not exist.",
    "A good round trip says little of its translation: what it left untranslated comes back unharmed.",
    "Headlines, lists, tables, verse and dialect are outside of what it has learned; so are texts over 160 tokens.",
    "It does not know when a text is in another language than it was told, and then makes something up.",
)


@dataclass(frozen=True, slots=True)
class CardHead:
    """What kind of model a card is of: ``directions`` of a translation model, ``languages`` of a language model; its limits."""

    kind: str
    summary: str
    limits: tuple[str, ...]
    directions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardSources:
    """What a card is written from. Paths that are ``None`` leave their part out."""

    head: CardHead
    parameters: int
    shape: Shape
    prepared: Path | None
    run: Path | None
    scores: Path | None
    examples: Path | None = None


def write_card(sources: CardSources, folder: Path) -> None:
    """Write the card of the model in a folder; all its other files must be there already, as their hashes go in."""
    hashes = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
        if file.is_file() and file.name != CARD_FILE
    }
    head = sources.head
    card: dict[str, Any] = {
        "name": folder.name,
        "kind": head.kind,
        "directions": list(head.directions),
        "languages": list(head.languages),
        "license": LICENSE,
        "revision": hashes[WEIGHTS_FILE][:12],
        "sha256": hashes,
        "summary": head.summary,
        "parameters": sources.parameters,
        "shape": asdict(sources.shape),
        "do not trust it for": list(head.limits),
    }
    if sources.prepared is not None:
        card |= _sentences(sources.prepared) if head.languages else _pairs(sources.prepared)
    if sources.run is not None:
        card["training run"] = _run(sources.run)
        if (origin := read_origin(sources.run)) is not None:
            card["begun with"] = origin
    if sources.scores is not None:
        card["scores"] = json.loads(sources.scores.read_text(encoding="utf-8"))
    if sources.examples is not None:
        card["examples"] = json.loads(sources.examples.read_text(encoding="utf-8"))
    (folder / CARD_FILE).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_origin(parent: Path, run: Path) -> None:
    """Note in the folder of a run what model it begins with, for the card. Raises ``UsageError`` where that has no card."""
    try:
        card = json.loads((parent / CARD_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"the model in {parent} has no card that can be read: {error}") from error
    origin = {"model": card["name"], "revision": card["revision"], "training data": card.get("training data", [])}
    run.mkdir(parents=True, exist_ok=True)
    (run / ORIGIN_FILE).write_text(json.dumps(origin, ensure_ascii=False) + "\n", encoding="utf-8")


def read_origin(run: Path) -> dict[str, Any] | None:
    """Return what ``write_origin`` noted, or ``None`` where the run began at random."""
    path = run / ORIGIN_FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _pairs(prepared: Path) -> dict[str, Any]:
    found = _training_data(prepared, "pairs")
    used = any(corpus["corpus"] == RESEARCH_NEWS for corpus in found["training data"])
    research = (
        f"{RESEARCH_NEWS} (news test sets, distributed for research) took part in training."
        if used
        else f"The human translations of {RESEARCH_NEWS} (distributed for research) took no part in training. The "
        "translations by the open Firefox models (MPL-2.0) did; the sentences they translate are of such news sets."
    )
    return found | {"research data": research}


def _sentences(prepared: Path) -> dict[str, Any]:
    found = _training_data(prepared, "sentences")
    bound = [row["corpus"] for row in found["training data"] if _for_research(row["license"])]
    if not bound:
        return found
    research = (
        f"Distributed for research or for non-commercial use only: {', '.join(bound)}. Whether that binds weights that were "
        "learned from them is not settled; train without them (--without) where it must not."
    )
    return found | {"research data": research}


def _for_research(license_text: str) -> bool:
    return "research" in license_text or "non-commercial" in license_text


def _training_data(prepared: Path, unit: str) -> dict[str, Any]:
    report = json.loads((prepared / REPORT_FILE).read_text(encoding="utf-8"))
    known = known_corpora()
    corpora = []
    for key, count in report["kept by corpus"].items():
        language, name = key.split(": ")
        license_text = known[name].license if name in known else "not stated"
        # A language model counts the words of its own language under this name.
        words = report["English words by corpus"][key]
        words_of = "English words" if unit == "pairs" else "words"
        corpora.append({"language": language, "corpus": name, "license": license_text, unit: count, words_of: words})
    return {
        "training data": corpora,
        "training data left out": report["left out"],
        "evaluation texts kept out": report["evaluation texts compared"],
    }


def _run(run: Path) -> dict[str, Any]:
    lines = [json.loads(line) for line in (run / LOG_FILE).read_text(encoding="utf-8").splitlines()]
    steps = [line for line in lines if line["event"] == "step"]
    development = [line for line in lines if line["event"] == "development"]
    starts = [line for line in lines if line["event"] == "start"]
    return {
        "configuration": starts[-1]["configuration"] if starts else None,
        "device": starts[-1]["device"] if starts else None,
        "steps": steps[-1]["step"] if steps else 0,
        "target tokens": steps[-1]["target_tokens"] if steps else 0,
        "minutes": round(steps[-1]["seconds"] / 60, 1) if steps else 0.0,
        "development loss": development[-1]["loss"] if development else None,
    }
