from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.translation.tiny_marian import make_checkpoint


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Marian checkpoint in a folder ``en-es``, trained once a session; tests must not change it."""
    return make_checkpoint(tmp_path_factory.mktemp("tiny") / "en-es")
