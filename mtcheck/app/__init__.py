"""The composition root: settings in, a scan out. The only package that knows every layer."""

from mtcheck.app.inputs import Inputs, find_inputs, read_input
from mtcheck.app.lines import (
    Identified,
    ScoredLine,
    identify,
    identify_lines,
    surprisals_of_lines,
    translations_of_lines,
)
from mtcheck.app.planning import REFERENCES_FOLDER, language_model_of, plan_of, references_folder, selected_checks
from mtcheck.app.scanning import make_worker, read_baseline, scan, signature_of

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
