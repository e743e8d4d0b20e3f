"""How a scan comes by its language model, and what it says without one."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mtcheck import app
from mtcheck.app import planning
from mtcheck.config import load_settings
from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.core.errors import ConfigurationError, ModelUnavailable
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.surprisal import SURPRISAL
from mtcheck.engines.language_model import LanguageModelSettings, open_language_model
from mtcheck.engines.language_model.model import CheckpointLanguageModel
from mtcheck.engines.models.catalog import embedded_models

ENGLISH = "The minister said on Monday that the talks in Varen would go on for another week.\n"
RUSSIAN = "Министр сообщил в понедельник, что переговоры в городе продолжатся еще одну неделю.\n"


def find(document: Document, facts: Facts, options: object) -> Iterator[Hit]:
    for passage in facts[SURPRISAL].passages:
        token = max(passage.tokens, key=lambda token: token.bits)
        yield Hit(token.span, f"{token.bits} bits")


CHECK: Check[Any] = Check(
    code="TST001",
    name="most-surprising",
    category="fluency",
    severity=Severity.MINOR,
    find=find,
    examples=(),
    documentation="",
    needs=(SURPRISAL,),
)


@pytest.fixture
def one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "selected_checks", lambda _settings: (CHECK,))


@pytest.mark.usefixtures("one_check")
def test_a_check_gets_its_surprisal(sentencepiece_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(ENGLISH, encoding="utf-8")
    model = {"model": str(sentencepiece_folder), "languages": ["en"]}
    settings = load_settings({"language_model": model, "cache": tmp_path / "cache"}, tmp_path).settings
    report = app.scan(app.find_inputs([str(tmp_path / "page.txt")]), settings)
    assert ["TST001"] == [finding.code for finding in report.findings]
    assert report.findings[0].span.of(ENGLISH).strip()
    assert any("pieces" in provider for provider in report.signature.providers)
    assert not any(entry.incomplete for entry in report.not_checked)


@pytest.mark.usefixtures("one_check")
@pytest.mark.parametrize(("enabled", "reason"), [(False, "--no-language-model"), (True, "no language model is set")])
def test_without_a_model_the_scan_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, enabled: bool, reason: str
) -> None:
    monkeypatch.setattr("mtcheck.engines.language_model.embedded_models", lambda: ())
    plan = app.plan_of(load_settings({"language_model": {"enabled": enabled}}, tmp_path).settings)
    [entry] = plan.not_checked
    assert reason in entry.reason
    assert enabled is entry.incomplete


def test_no_check_that_needs_it_no_model(tmp_path: Path) -> None:
    settings = load_settings({"select": ("REP001",), "language_model": {"model": "/nowhere"}}, tmp_path).settings
    assert SURPRISAL not in {provider.provides for provider in app.plan_of(settings).providers}


def embed(toy: Path, models: Path, name: str, language: str) -> Path:
    """Make the toy an embedded model."""
    folder = models / name
    shutil.copytree(toy, folder)
    card = {
        "name": name,
        "kind": "language model",
        "directions": [],
        "languages": [language],
        "license": "CC0-1.0",
        "revision": "1",
        "sha256": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()},
    }
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    return folder


def test_a_default_scan_has_no_language_model(tmp_path: Path) -> None:
    plan = app.plan_of(load_settings({"translation": {"enabled": False}}, tmp_path).settings)
    assert SURPRISAL not in {provider.provides for provider in plan.providers}


@pytest.fixture
def embedded(sentencepiece_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy as an embedded model."""
    folder = embed(sentencepiece_folder, tmp_path / "models", "english-toy", "en")
    monkeypatch.setattr("mtcheck.engines.language_model.embedded_models", lambda: embedded_models(tmp_path / "models"))
    return folder


def test_an_embedded_model_is_the_default_and_is_verified(embedded: Path, tmp_path: Path) -> None:
    model = open_language_model(LanguageModelSettings(cache=tmp_path))
    assert (True, False) == (model.supports("en"), model.supports("ru"))
    assert "english-toy" in model.signature
    (embedded / "tokenizer.model").write_bytes(b"other")
    with pytest.raises(ModelUnavailable, match=r"english-toy is damaged: tokenizer\.model has changed"):
        open_language_model(LanguageModelSettings(cache=tmp_path))


def test_only_the_embedded_models_that_are_wanted_are_opened(
    embedded: Path, sentencepiece_folder: Path, tmp_path: Path
) -> None:
    russian = embed(sentencepiece_folder, tmp_path / "models", "russian-toy", "ru")
    both = open_language_model(LanguageModelSettings(cache=tmp_path))
    assert both.signature == f"{both.signature_of('en')} or {both.signature_of('ru')}"
    assert [True, True, False] == [both.supports(code) for code in ("en", "ru", "ja")]
    # A model that cannot be opened does not matter where nobody asks for it.
    (russian / "tokenizer.model").write_bytes(b"other")
    english = open_language_model(LanguageModelSettings(cache=tmp_path, wanted=frozenset({"en", "ja"})))
    assert english.signature == both.signature_of("en")
    with pytest.raises(ModelUnavailable, match="russian-toy is damaged"):
        open_language_model(LanguageModelSettings(cache=tmp_path, wanted=frozenset({"ja"})))


def test_several_models_named_by_commas(embedded: Path, sentencepiece_folder: Path, tmp_path: Path) -> None:
    embed(sentencepiece_folder, tmp_path / "models", "russian-toy", "ru")
    settings = LanguageModelSettings("russian-toy, english-toy", cache=tmp_path)
    named = open_language_model(settings)
    assert named.signature == f"{named.signature_of('ru')} or {named.signature_of('en')}"
    english = open_language_model(replace(settings, wanted=frozenset({"en"})))
    assert (True, False) == (english.supports("en"), english.supports("ru"))


def reading(code: str, languages: frozenset[str] | None) -> Check[Any]:
    return replace(CHECK, code=code, languages=languages)


@pytest.mark.parametrize(
    ("checks", "draw", "scored"),
    [
        ((reading("TST001", frozenset({"en"})),), False, {"en"}),
        ((reading("TST001", frozenset({"en"})), reading("TST002", frozenset({"ru"}))), False, {"en", "ru"}),
        ((reading("TST001", frozenset({"en"})), reading("TST002", None)), False, {"en", "ru"}),
        ((reading("TST001", frozenset({"en"})),), True, {"en", "ru"}),
        ((), True, {"en", "ru"}),
        ((), False, set()),
    ],
)
@pytest.mark.usefixtures("embedded")
def test_passages_are_scored_where_a_check_reads_them_or_the_report_draws_them(
    sentencepiece_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    checks: tuple[Check[Any], ...],
    draw: bool,
    scored: set[str],
) -> None:
    embed(sentencepiece_folder, tmp_path / "models", "russian-toy", "ru")
    monkeypatch.setattr(planning, "selected_checks", lambda _settings: checks)
    (tmp_path / "page.txt").write_text(f"{ENGLISH}\n{RUSSIAN}", encoding="utf-8")
    settings = load_settings({"language_model": {"draw": draw}, "cache": tmp_path / "cache"}, tmp_path).settings
    report = app.scan(app.find_inputs([str(tmp_path / "page.txt")]), settings)
    assert () == report.problems
    sentences = [entry.sentence.of(ENGLISH + "\n" + RUSSIAN) for entry in report.documents[0].surprisal]
    assert scored == {"ru" if "и" in sentence else "en" for sentence in sentences}
    toys = {"en": "english-toy", "ru": "russian-toy"}
    assert scored == {code for code, name in toys.items() if name in str(report.signature.providers)}


def test_what_is_to_be_drawn_is_missed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "selected_checks", lambda _settings: ())
    monkeypatch.setattr("mtcheck.engines.language_model.embedded_models", lambda: ())
    plan = app.plan_of(load_settings({"language_model": {"draw": True}}, tmp_path).settings)
    [entry] = plan.not_checked
    assert ((), True) == (entry.checks, entry.incomplete)
    assert entry.reason.startswith("surprisal cannot be shown: no language model is set")
    off = app.plan_of(load_settings({"language_model": {"draw": True, "enabled": False}}, tmp_path).settings)
    assert () == off.not_checked


def test_the_fast_runtime_needs_no_torch_once_converted(
    sentencepiece_folder: Path, converted_cache: Path, fast_model: CheckpointLanguageModel
) -> None:
    """In a process of its own, since this one has imported everything."""
    import subprocess

    fast_model.surprisals(["the port"], "en")  # So that the conversion is made.
    code = (
        "import sys, pathlib\n"
        "from mtcheck.engines.language_model import LanguageModelSettings, open_language_model\n"
        "settings = LanguageModelSettings(sys.argv[1], ('en',), 'ctranslate2', 'float32', cache=pathlib.Path(sys.argv[2]))\n"
        "assert open_language_model(settings).surprisals(['the port'], 'en')[0]\n"
        "assert not {'torch', 'transformers'} & set(sys.modules)\n"
    )
    arguments = [sys.executable, "-c", code, str(sentencepiece_folder), str(converted_cache)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize("table", [{"modle": "x"}, {"runtime": "onnx"}, {"precision": "int4"}])
def test_a_table_that_does_not_fit_is_refused(table: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="language_model"):
        load_settings({"language_model": table}, tmp_path)
