"""The provider of PART_SCORES, with a translator that knows which words of a source a translation needs."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.sources import SOURCE_ALIGNMENT, PartScores, Side, paired_blocks
from mtcheck.core.translation import Likelihood
from mtcheck.engines.translation.part_scores import PartScoresProvider
from mtcheck.testing import FakeTranslator, document_from_text

SOURCE = "Der Bürgermeister eröffnete die Schule, begleitet von seinem Sohn, und dankte den Lehrern."
TRANSLATION = "The mayor opened the school and thanked the teachers."
NEEDED = ("Bürgermeister", "Schule", "dankte", "Lehrern")


class Knowing(FakeTranslator):
    """A scorer: each needed word of a source is worth five to a translation of ten tokens."""

    def __init__(self, worth: float = 5.0) -> None:
        super().__init__(pairs=(("de", "en"), ("en", "de")))
        self._worth = worth

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        del targets, source_language, target_language
        return [Likelihood(-30 + self._worth * sum(word in source for word in NEEDED), 10) for source in sources]


def scored(translator: FakeTranslator) -> PartScores:
    document = document_from_text(TRANSLATION)
    alignment = paired_blocks("de", "en", (SOURCE,))(document)
    (outcome,) = PartScoresProvider(translator).provide([FactRequest(document, Facts({SOURCE_ALIGNMENT: alignment}))])
    assert outcome.value is not None
    assert outcome.omissions == ()
    return outcome.value


def test_parts_without_which_the_translation_is_no_less_likely_gain_nothing() -> None:
    parts = {part.span.of(SOURCE): part.gain for part in scored(Knowing()).of_side(Side.SOURCE)[0]}
    assert parts["begleitet von seinem Sohn"] == 0.0
    assert parts["und dankte den Lehrern"] == 10.0


def test_a_model_that_knows_too_little_of_the_pair_judges_no_part() -> None:
    assert scored(Knowing(worth=1.0)).parts == ()


def test_a_translator_that_does_not_score_gives_none() -> None:
    assert scored(FakeTranslator(pairs=(("de", "en"), ("en", "de")))).parts == ()
