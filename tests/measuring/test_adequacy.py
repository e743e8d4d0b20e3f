"""What a translator adds where the source is at hand, on made-up sets and a translator that knows the right words."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from mtcheck.core.translation import Likelihood
from mtcheck.measuring import without_english
from mtcheck.measuring.adequacy import Case, CaseSet, damage_rows, low_adequacy_rows, signal_areas
from mtcheck.testing import FakeTranslator

NOUNS = {"Hafen": "port", "Schule": "school", "Fluss": "river", "Brücke": "bridge", "Winter": "winter", "Brot": "bread"}
BOTH = (("de", "en"), ("en", "de"))


class Dictionary(FakeTranslator):
    """A translator that scores: each noun of the target whose counterpart is in the source is worth ten."""

    def __init__(self) -> None:
        super().__init__(lambda text, *_: " ".join(text.split()[::-1]), BOTH)

    def likelihoods(
        self, sources: Sequence[str], targets: Sequence[str], source_language: str, target_language: str
    ) -> list[Likelihood | None]:
        del source_language, target_language
        both = NOUNS | {english: german for german, english in NOUNS.items()}
        return [
            Likelihood(-30 + 10 * sum(word in target and other in source for word, other in both.items()), 10)
            for source, target in zip(sources, targets, strict=True)
        ]


def case(german: str, english: str, *, bad: bool) -> Case:
    return Case(
        f"Der Minister sprach lange über {german} und Krieg.",
        f"The minister spoke of {english} and war.",
        "de",
        "en",
        bad,
    )


CASES = CaseSet(
    "made",
    (
        *(case(german, english, bad=False) for german, english in NOUNS.items()),
        *(case(german, "weather", bad=True) for german in NOUNS),
    ),
)


def test_each_signal_has_its_area() -> None:
    found = signal_areas(CASES, Dictionary())
    assert (found.bad, found.good) == (6, 6)
    words, probability, gain, back, _, together = found.areas
    assert (probability, gain, back) == (1.0, 1.0, 1.0)
    assert words is not None
    assert together is not None
    assert together >= words


def test_pages_of_pairs_are_judged() -> None:
    rows = dict(low_adequacy_rows(CASES, Dictionary()))
    assert rows["made: bad pairs (the base rate)"].value == 0.5
    assert rows["made: bad pairs found"].trials == 6


def test_made_damage_is_measured_with_and_without_the_scores(tmp_path: Path) -> None:
    german = [f"Der Minister sprach lange über {noun}, und der König aß dabei sein Brot." for noun in NOUNS]
    english = [f"The minister spoke long about the {noun}, and the king ate his bread." for noun in NOUNS.values()]
    for language, lines in (("de", german), ("en", english)):
        (tmp_path / f"flores200-dev.{language}.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    rows = {row.label: row for row in damage_rows(tmp_path, Dictionary(), 6, tuning=True)}
    taken = rows["de-en: ACC003 part taken out"]
    assert taken.default.trials == taken.together.trials == 6
    assert taken.default.hits <= taken.together.hits <= taken.words.hits
    assert taken.together.hits <= taken.model.hits
    assert rows["en-de: ACC004 nothing put in"].together.hits == 0


def test_cases_are_read_in_the_languages_that_the_translator_has(tmp_path: Path) -> None:
    from mtcheck.measuring.adequacy import case_sets

    def write(name: str, rows: list[dict[str, object]]) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))

    for name in ("newstest2020.zh-en.mqm", "newstest2021.en-ru.mqm", "newstest2020.en-de.mqm", "bio_mqm.x-en"):
        write(f"mqm_spans/{name}.jsonl.gz", [])
    write("qe/mlqe-pe.ru-en.jsonl.gz", [])
    write("hallucination/shroom24_mt.x-en.jsonl.gz", [])
    write("backtranslation/contratico_bt.jsonl.gz", [])
    write(
        "challenge/demetr.x-en.jsonl.gz",
        [
            {
                "lang": language,
                "phenomenon": "critical_id8_negation",
                "human": "h",
                "source": "Ja.",
                "mt": "Yes.",
                "perturbed": "No.",
            }
            for language in ("german", "russian", "czech")
        ],
    )
    halves = [list(case_sets(tmp_path, Dictionary(), 10, tuning=tuning)) for tuning in (True, False)]
    ((found,),) = [half for half in halves if half]
    assert found.label == "DEMETR: grave damage de-en"
    assert sorted(each.bad for each in found.cases) == [False, True]


def test_languages_without_english_are_measured_by_way_of_it(tmp_path: Path) -> None:
    lines = {
        "de": ["Der Minister sprach lange, und der König aß sein Brot."] * 8
        + ["Die Schule wurde im Winter geschlossen."] * 8,
        "fr": ["Le ministre a parlé longtemps, et le roi a mangé son pain."] * 8
        + ["L'école a été fermée en hiver."] * 8,
    }
    for language, texts in lines.items():
        (tmp_path / f"flores200-devtest.{language}.gz").write_bytes(gzip.compress("\n".join(texts).encode()))
    shares = {row.label: row.share for row in without_english.rows(tmp_path, tuning=False)}
    assert len(shares) == 4
    assert shares["de-fr: ACC003 nothing taken out"].hits == 0
    assert shares["de-fr: ACC009 its own sentence (without_english)"].hits == 0
    assert shares["de-fr: ACC009 another sentence (without_english)"].trials == 16
