"""The composition root: settings in, a scan out. The only package that knows every layer; each part is loaded when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtcheck.core.lazy import exports

if TYPE_CHECKING:
    from mtcheck.app.inputs import Inputs, find_inputs, read_input
    from mtcheck.app.lines import (
        Identified,
        ScoredLine,
        identify,
        identify_lines,
        surprisals_of_lines,
        translations_of_lines,
    )
    from mtcheck.app.planning import language_model_of, plan_of, selected_checks
    from mtcheck.app.references import REFERENCES_FOLDER, references_folder
    from mtcheck.app.running import make_worker, signature_of
    from mtcheck.app.scanning import read_baseline, scan

__all__ = [
    "REFERENCES_FOLDER",
    "Identified",
    "Inputs",
    "ScoredLine",
    "find_inputs",
    "identify",
    "identify_lines",
    "language_model_of",
    "make_worker",
    "plan_of",
    "read_baseline",
    "read_input",
    "references_folder",
    "scan",
    "selected_checks",
    "signature_of",
    "surprisals_of_lines",
    "translations_of_lines",
]

_PARTS = {
    "inputs": ("Inputs", "find_inputs", "read_input"),
    "lines": (
        "Identified",
        "ScoredLine",
        "identify",
        "identify_lines",
        "surprisals_of_lines",
        "translations_of_lines",
    ),
    "planning": ("language_model_of", "plan_of", "selected_checks"),
    "references": ("REFERENCES_FOLDER", "references_folder"),
    "running": ("make_worker", "signature_of"),
    "scanning": ("read_baseline", "scan"),
}
__getattr__ = exports(__name__, {name: f"{__name__}.{part}" for part, names in _PARTS.items() for name in names})
