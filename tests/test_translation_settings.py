"""How a scan opens its translator: once, for round trips and for references in other languages, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtcheck import app
from mtcheck.app import planning
from mtcheck.config import Settings, load_settings
from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.translation import Translator
from mtcheck.testing import FakeTranslator


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Count the translators that are opened."""
    calls: list[Settings] = []

    def open_one(settings: Settings) -> Translator:
        calls.append(settings)
        return FakeTranslator()

    monkeypatch.setattr(planning, "translator_of", open_one)
    return calls


def settings_of(folder: Path, *codes: str, translate: bool = True) -> Settings:
    entry = {
        "id": "muelle",
        "speaker": "Ines Corvall",
        "language": "es",
        "text": "No vamos a alquilar el muelle viejo.",
    }
    (folder / "quotations.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    chosen = {"select": codes, "references": folder, "cache": folder / "cache", "translation": {"enabled": translate}}
    return load_settings(chosen, folder).settings


@pytest.mark.parametrize(
    ("codes", "translate", "times"),
    [
        (("ACC001", "QUO007"), True, 1),
        (("QUO007",), True, 1),
        (("ACC001",), True, 1),
        (("CON007", "QUO001"), True, 0),
        (("ACC001", "QUO007"), False, 0),
    ],
)
def test_the_translator_is_opened_once_where_it_is_wanted(
    tmp_path: Path, opened: list[Settings], codes: tuple[str, ...], translate: bool, times: int
) -> None:
    app.plan_of(settings_of(tmp_path, *codes, translate=translate))
    assert times == len(opened)


def test_references_do_without_a_translator_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_there(settings: Settings) -> Translator:
        raise ModelUnavailable("no model is set")

    monkeypatch.setattr(planning, "translator_of", nothing_there)
    plan = app.plan_of(settings_of(tmp_path, "ACC001", "QUO007"))
    assert ["QUO007"] == [check.code for check in plan.checks]
    assert any("no model is set" in entry.reason for entry in plan.not_checked)
