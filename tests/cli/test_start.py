"""Start-up: what `mtcheck --help` must not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = (
    "torch",
    "transformers",
    "ctranslate2",
    "trafilatura",
    "sacrebleu",
    "pydantic_settings",
    "jinja2",
    "rich",
    "langdetect",
    "numpy",
    "sentencex",
)


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["--version"]], ids=" ".join)
def test_help_loads_nothing_slow(arguments: list[str]) -> None:
    program = f"""
import sys
sys.argv = ["mtcheck", *{arguments!r}]
from mtcheck.cli.main import run
try:
    run()
except SystemExit as end:
    assert not end.code, end.code
loaded = sorted(name for name in {SLOW!r} if name in sys.modules)
sys.exit(f"loaded: {{loaded}}" if loaded else 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    assert "mtcheck" in done.stdout
