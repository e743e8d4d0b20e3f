"""Fixtures for the command line's tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck, in_process


@pytest.fixture
def mtcheck(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Mtcheck:
    """Run mtcheck in this process, in an empty folder, without a user's variables and without the embedded models."""
    for name in [name for name in os.environ if name.startswith("MTCHECK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mtcheck.engines.translation.embedded_models", lambda: ())
    return in_process(monkeypatch, capsys)
