"""The developers' shared data, which is beside the project in development and CI, and absent elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "pages").is_dir(),
    reason="needs the developers' shared data in ../shared, which is not part of the project",
)
