"""The signature of chrF that is known before the library is loaded."""

from __future__ import annotations

from mtcheck.engines.chrf import chrf_signature


def test_it_is_the_one_that_the_library_gives() -> None:
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    metric.sentence_score("a port", ["the port"])
    assert chrf_signature() == str(metric.get_signature())
