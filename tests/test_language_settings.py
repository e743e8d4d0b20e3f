"""Which models name languages is a setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtcheck.app import plan_of, signature_of
from mtcheck.config import load_settings
from mtcheck.core.errors import ConfigurationError, ModelUnavailable


def test_backends_are_part_of_what_made_a_report(tmp_path: Path) -> None:
    both = load_settings({"select": ("LID",)}, tmp_path).settings
    one = load_settings({"select": ("LID",), "language_backends": ("langdetect",)}, tmp_path).settings
    assert "fastText lid.176.ftz" in "".join(signature_of(plan_of(both), both).providers)
    assert "fastText" not in "".join(signature_of(plan_of(one), one).providers)


def test_backends_come_from_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCHECK_LANGUAGE_BACKENDS", "langdetect, lingua")
    assert ("langdetect", "lingua") == load_settings({}, tmp_path).settings.language_backends


def test_an_unknown_backend_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    settings = load_settings({"select": ("LID",), "language_backends": ("cld2",)}, tmp_path).settings
    with pytest.raises(ConfigurationError, match="cld2"):
        plan_of(settings)


def test_a_model_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    settings = load_settings({"select": ("LID",), "fasttext_model": tmp_path / "none.bin"}, tmp_path).settings
    with pytest.raises(ModelUnavailable, match=r"none\.bin"):
        signature_of(plan_of(settings), settings)
