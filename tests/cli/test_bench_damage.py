"""``mtcheck bench damage``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck
from tests.measuring.test_damage import ByOrder


def test_what_cannot_be_measured_or_written_is_said(
    mtcheck: Mtcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = mtcheck("bench", "damage", "--fit", str(tmp_path / "nowhere"))
    assert (2, True) == (done.code, "is no folder" in done.err)
    monkeypatch.setattr("mtcheck.engines.language_model.open_language_model", lambda _: ByOrder())
    done = mtcheck("bench", "damage", "--data", str(tmp_path), "--cache", str(tmp_path / "cache"))
    assert (2, True) == (done.code, "polnear" in done.err)
    assert "by-order 1 for tests" in done.out
