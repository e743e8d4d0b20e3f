"""The signature of chrF, known before the library is loaded: a scan says what it would measure by, also where it measures nothing."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def chrf_signature() -> str:
    """Return what ``sacrebleu.metrics.CHRF()`` calls itself once it has compared a text with one reference.

    Popović 2015; Post 2018 on signatures.
    """
    return f"nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:{metadata.version('sacrebleu')}"
