from __future__ import annotations

import subprocess
import sys


def test_opening_a_translator_loads_nothing_heavy() -> None:
    code = """
import sys
from mtcheck.engines.translation import TranslatorSettings, open_translator
from mtcheck.engines.translation.round_trip import RoundTripProvider
from mtcheck.engines.models.store import list_models
translator = open_translator(TranslatorSettings(command={"en-es": "cat"}, remember=False))
assert translator.supports("en", "es")
RoundTripProvider(translator)
heavy = {"torch", "transformers", "ctranslate2", "sacrebleu", "huggingface_hub", "sentencepiece", "rich"} & set(sys.modules)
sys.exit(f"loaded: {sorted(heavy)}" if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
