"""Words by place, and runs of words that repeat what stands before them."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.text.repetition import Run, repeated_runs, repetition_density, words_of
from tests.shared import SHARED, needs_shared


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port's ferry, at 5.", ["the", "port's", "ferry", "at", "5"]),
        ("half-century, COVID-19!", ["half-century", "covid-19"]),
        ("वह स्कूल जाता है", ["वह", "स्कूल", "जाता", "है"]),
        ("كَتَبَ الولد", ["كَتَبَ", "الولد"]),
        ("港口abc开", ["港", "口", "abc", "开"]),
        ("_a_ — …", ["a"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert expected == list(words_of(text).forms)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b c", []),
        ("a a", [Run(0, 1, 1)]),
        ("x a a a y", [Run(1, 1, 2)]),
        ("a b a b a b", [Run(0, 2, 4)]),
        # One word in a row repeats with every period; only the shortest says what it is.
        ("a a a a a a", [Run(0, 1, 5)]),
        # The second copy lacks the last word, which links the two.
        ("the port and the port", [Run(0, 3, 2)]),
        ("u v w x y z u v w x y z", [Run(0, 6, 6)]),
        ("s u v w x y and u v w x y t", [Run(1, 6, 5)]),
        ("a a b c b c", [Run(0, 1, 1), Run(2, 2, 2)]),
    ],
)
def test_runs(text: str, expected: list[Run]) -> None:
    assert expected == repeated_runs(text.split())


@given(st.lists(st.sampled_from("abcd"), max_size=80))
def test_runs_repeat_lie_apart_and_stay_inside(forms: list[str]) -> None:
    end = 0
    for run in repeated_runs(forms):
        assert end <= run.start < run.end <= len(forms)
        assert all(forms[index] == forms[index - run.period] for index in range(run.start + run.period, run.end))
        assert run.length >= (run.period if run.period < 3 else run.period - 1)
        end = run.end


@given(st.text())
def test_word_spans_are_where_the_words_stand(text: str) -> None:
    words = words_of(text)
    end = 0
    for index, form in enumerate(words.forms):
        span = words.span(index, index + 1)
        assert end <= span.start < span.end <= len(text)
        assert form == span.of(text).lower() == words.written(index).lower()
        end = span.end


def test_a_first_word_has_no_gap() -> None:
    with pytest.raises(IndexError):
        words_of("one").gap(0)


def test_density_rises_with_repeats() -> None:
    texts = [
        "",
        "The mayor left the port in May.",
        "The port of Varen is a port in Varen.",
        "Varen harbor, Varen harbor, Varen harbor",
    ]
    densities = [repetition_density(words_of(text)) for text in texts]
    assert sorted(densities) == densities
    assert [0.0, 0.0] == densities[:2]
    assert densities[-1] > 1


@needs_shared
def test_density_ranks_oscillating_translations() -> None:
    with gzip.open(SHARED / "eval/hallucination/lfan_hall.de-en.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    loops = [repetition_density(words_of(row["mt"])) for row in rows if row["repetitions"]]
    others = [repetition_density(words_of(row["mt"])) for row in rows if not row["repetitions"]]
    above = sum((loop > other) + (loop == other) / 2 for loop in loops for other in others)
    assert above / (len(loops) * len(others)) >= 0.95
