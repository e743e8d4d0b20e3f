"""``mtcheck models explain`` and ``mtcheck explain MODEL``: the cards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mtcheck.cli.model_card import sections_of
from mtcheck.core.errors import EngineError
from mtcheck.engines.models.catalog import LANGUAGE_MODEL, embedded_models, read_card
from tests.cli.commands import Mtcheck

CARD: dict[str, Any] = {
    "name": "toy",
    "kind": "language model",
    "directions": [],
    "languages": ["en"],
    "license": "CC0-1.0",
    "revision": "abc",
    "sha256": {"config.json": "00"},
    "summary": "A toy.",
    "parameters": 1234567,
    "do not trust it for": ["Anything at all."],
    "training data": [
        {"corpus": "harbor news", "license": "CC0 1.0", "passages": 10, "words": 200},
        {"corpus": "ferry notes", "license": "CC0 1.0", "passages": 5, "words": 100},
        {"corpus": "town talk", "license": "MIT", "passages": 7, "words": 5},
    ],
    "scores": [{"set": "harbor", "bits per character": 1.25, "chrf_signature": "nrefs:1"}],
    "training run": {"steps": 1200, "configuration": {"name": "cpu"}},
    "examples": [{"source": f"sentence {number}", "back": "came back", "chrf": 1.0} for number in range(9)],
}


def folder_with(tmp_path: Path, card: object) -> Path:
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    (tmp_path / "config.json").write_bytes(b"{}")
    return tmp_path


def test_a_card_has_its_sections(tmp_path: Path) -> None:
    card = read_card(folder_with(tmp_path, CARD))
    assert ("language-model", ("en",)) == (card.kind, card.languages)
    sections = {section.heading: section.lines for section in sections_of(card)}
    assert "language-model: en" in sections["What it is"]
    assert "1,234,567 parameters, 0.0 MB" in sections["What it is"]
    assert ("- Anything at all.",) == sections["Do not trust it for"]
    assert ("set harbor, bits per character 1.25", "signature: nrefs:1") == sections["Scores"]
    assert (
        "CC0 1.0: 300 words in 15 texts (ferry notes, harbor news)",
        "MIT: 5 words in 7 texts (town talk)",
    ) == sections["What it learned from, by license"]
    assert ("steps: 1,200",) == sections["How it was trained"]
    assert [0, 1, 7, 8] == [int(line.split()[1]) for line in sections["Examples: the best and the worst"]]


def test_figures_with_intervals_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    figures = [
        {"name": "NTREX-128: bits a character", "value": 1.25, "cases": 1000, "low": 1.2, "high": 1.3},
        {"name": "tokens a second", "value": 16200.0, "cases": 32152, "low": None, "high": None},
    ]
    scores = [{"model": "toy 1", "half": "reporting", "figures": figures}]
    sections = {
        section.heading: section.lines
        for section in sections_of(read_card(folder_with(tmp_path, CARD | {"scores": scores})))
    }
    assert (
        "toy 1, reporting half of the data, 95 % intervals",
        "NTREX-128: bits a character: 1.250 [1.200, 1.300], 1,000 cases",
        "tokens a second: 16,200.000, 32,152 cases",
    ) == sections["Scores"]


def test_a_short_card_is_one_too(tmp_path: Path) -> None:
    least = {key: CARD[key] for key in ("name", "kind", "directions", "license", "revision", "sha256")}
    first, *others = sections_of(read_card(folder_with(tmp_path, least)))
    assert "License: CC0-1.0" in first.lines
    assert {()} == {section.lines for section in others}


@pytest.mark.parametrize(
    "damage", [{"training data": [1]}, {"training data": [{}]}, {"scores": 5}, {"parameters": "many"}]
)
def test_a_damaged_card_is_named(tmp_path: Path, damage: dict[str, Any]) -> None:
    card = read_card(folder_with(tmp_path, CARD | damage))
    with pytest.raises(EngineError, match=r"card\.json"):
        list(sections_of(card))


@pytest.mark.parametrize("command", [("models", "explain"), ("explain",)])
def test_the_embedded_model_is_explained(mtcheck: Mtcheck, command: tuple[str, ...]) -> None:
    done = mtcheck(*command, "english-spanish-small")
    assert (0, "") == (done.code, done.err)
    text = " ".join(done.out.split())
    for part in (
        "CC-BY-SA-4.0",
        "Do not trust it for",
        "flores200-devtest",
        "tatoeba-manythings",
        "7,314,688 parameters",
    ):
        assert part in text


@pytest.mark.parametrize("columns", ["30", "200"])
def test_every_embedded_language_model_is_listed_and_explained_at_any_width(
    mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    listed = mtcheck("models", "list")
    cards = [card for card in embedded_models() if card.kind == LANGUAGE_MODEL]
    assert {"en"} <= {language for card in cards for language in card.languages}
    for card in cards:
        # A name is whole, so that it can be copied.
        assert card.name in listed.out.splitlines()
        explained = mtcheck("models", "explain", card.name)
        assert (0, "") == (explained.code, explained.err)
        text = " ".join(explained.out.split())
        for part in (
            "Do not trust it for",
            "FLORES-200 devtest: bits a character",
            f"language-model: {card.languages[0]}",
        ):
            assert part in text
        longest = max(len(line) for line in explained.out.splitlines() if " " in line.strip())
        assert longest <= int(columns)


def test_all_embedded_models_are_verified(mtcheck: Mtcheck) -> None:
    done = mtcheck("models", "verify")
    assert 0 == done.code
    assert [card.name for card in embedded_models()] == [line.partition(":")[0] for line in done.out.splitlines()]


def test_a_public_model_is_explained_as_far_as_it_is_known(mtcheck: Mtcheck) -> None:
    done = mtcheck("explain", "Helsinki-NLP/opus-mt-en-fr")
    assert 0 == done.code
    assert "Apache-2.0 or CC-BY-4.0" in " ".join(done.out.split())


@pytest.mark.parametrize("name", ["no-such-model", "owner/unknown"])
def test_a_model_without_a_card(mtcheck: Mtcheck, name: str) -> None:
    done = mtcheck("models", "explain", name)
    assert (2, "") == (done.code, done.out)
    assert name in done.err


def test_checks_are_still_explained(mtcheck: Mtcheck) -> None:
    done = mtcheck("explain", "repeated-word")
    assert 0 == done.code
    assert done.out.startswith("REP001 repeated-word")


def test_the_list_tells_kinds_and_languages(mtcheck: Mtcheck) -> None:
    entries = {entry["name"]: entry for entry in json.loads(mtcheck("models", "list", "--json").out)}
    embedded = entries["english-spanish-small"]
    assert ("translation", "en-es, es-en", "embedded") == (embedded["kind"], embedded["directions"], embedded["origin"])
