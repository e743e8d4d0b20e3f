"""``mtcheck bench damage`` on a small set of its own, and its measures against figures worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from mtcheck.core.surprisal import TokenSurprisal
from mtcheck.measuring import damage_report, provenance, style_surprisal
from mtcheck.measuring.damage import (
    AGREED,
    ANY,
    Rows,
    fit_salad,
    fit_words,
    letter_f1,
    span_findings,
    word_rows,
    write,
)
from mtcheck.measuring.damage_pages import marked_pages, shuffle, written_pages
from mtcheck.measuring.damage_pairs import combined_figures, cost, pairs_told_apart, sentence_statistics
from mtcheck.measuring.kept_surprisals import KeptLanguageModel
from mtcheck.testing import FakeLanguageModel
from mtcheck.text.damage import SALAD, WORDS, damage_model, read_model
from mtcheck.text.style_surprisal import MACHINE_WITH_SURPRISAL, TRANSLATED_WITH_SURPRISAL
from mtcheck.text.word_surprisal import FEATURES
from tests.measuring.test_provenance import data as style_data
from tests.measuring.test_surprisal import write as write_records
from tests.measuring.test_surprisal import write_data

LINE = "The mayor of the town went to the harbor on foot late at night."
HOME = "Then the ferry came in from the sea and all of us went back home."


class ByOrder:
    """A model to which a word after the one that it stands after in ``LINE`` or ``HOME`` is usual, and any other is not."""

    signature = "by-order 1 for tests"

    def __init__(self) -> None:
        self.asked: list[str] = []
        words = [*LINE.split(), *HOME.split()]
        self._usual = set(pairwise(words))

    def supports(self, language: str) -> bool:
        return language == "en"

    def signature_of(self, language: str) -> str:
        assert self.supports(language)
        return self.signature

    def surprisals(self, texts: Sequence[str], language: str) -> list[tuple[TokenSurprisal, ...]]:
        self.asked += texts
        scored = FakeLanguageModel({}).surprisals(texts, language)
        return [self._scored(text, tokens) for text, tokens in zip(texts, scored, strict=True)]

    def _scored(self, text: str, tokens: Sequence[TokenSurprisal]) -> tuple[TokenSurprisal, ...]:
        found, before = [], ""
        for token in tokens:
            word = token.span.of(text)
            usual = not before or any(first == before and second.strip(".") == word for first, second in self._usual)
            found.append(TokenSurprisal(token.span, 2.0 if usual or not word.isalpha() else 15.0))
            before = word
        return tuple(found)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = write_data(tmp_path)
    articles = [
        {"id": f"article {number}", "publisher": "x", "text": f"{LINE} {HOME} {LINE} {HOME}", "attributions": []}
        for number in range(24)
    ]
    write_records(folder / "quotations" / "polnear.jsonl.gz", [json.dumps(article) for article in articles])
    style_data(folder / "ht_vs_mt")
    return folder


def test_shuffling_moves_words_and_nothing_else() -> None:
    text = f"Title\n\n{LINE} {HOME}\n\nShort one. {HOME}"
    shuffled = [shuffle(text, f"name {number}") for number in range(12)]
    assert shuffled == [shuffle(text, f"name {number}") for number in range(12)]
    assert any(marks for _, marks in shuffled)
    for mixed, marks in shuffled:
        assert len(text) == len(mixed)
        assert sorted(text.split()) == sorted(mixed.split())
        for mark in marks:
            assert mark.of(mixed) != mark.of(text)
            assert sorted(mark.of(mixed).split()) == sorted(mark.of(text).split())


def test_word_salad_is_told_from_people_s_text(data: Path, tmp_path: Path) -> None:
    model = ByOrder()
    whole, mixed = (written_pages(model, data, tuning=True, shuffled=shuffled) for shuffled in (False, True))
    salad = fit_salad(whole, mixed, model.signature)
    assert salad == read_model(write(salad, tmp_path).read_text(encoding="utf-8"))
    unseen = written_pages(model, data, tuning=False, shuffled=True)
    assert not {page.document for page in unseen} & {page.document for page in whole}
    _, found = span_findings(damage_model(WORDS), salad, unseen)
    # A full stop that moved makes two sentences of one.
    assert found.right.hits == found.right.trials >= sum(len(page.marks) for page in unseen) > 0
    _, alarms = span_findings(damage_model(WORDS), salad, written_pages(model, data, tuning=False))
    assert 0.0 == alarms.per_1000_words


def test_marked_words_are_found_and_calibrated(data: Path) -> None:
    model = FakeLanguageModel({"zzz": 20.0}, usual=2.0)
    agreed, by_any = (word_rows(marked_pages(model, data, marked, tuning=True, limit=100)) for marked in (AGREED, ANY))
    assert pytest.approx(1 / 11) == agreed.marked.mean()
    words = fit_words(agreed, by_any, written_pages(model, data, tuning=True), model.signature)
    pages = marked_pages(model, data, ANY, tuning=False, limit=100)
    found, _ = span_findings(words, damage_model(SALAD), pages)
    assert (found.right.hits, found.right.trials) == (len(pages), len(pages))
    assert tuple(term.feature for term in words.terms) == FEATURES


def test_letter_f1_marks_at_most_its_share() -> None:
    rows = Rows(
        np.zeros((4, 1)),
        np.array([True, False, True, False]),
        np.zeros(4, np.int64),
        ("one",),
        np.array([2.0, 2.0, 2.0, 4.0]),
    )
    scores, ones = np.array([4.0, 3.0, 2.0, 1.0]), np.ones(4)
    assert pytest.approx(2 * 2 / (2 + 4)) == letter_f1(scores, rows, ones, 0.2)
    assert pytest.approx(2 * 4 / (6 + 4)) == letter_f1(scores, rows, ones, 0.6)
    assert 0.0 == letter_f1(scores, rows, ones, 0.1)


def test_pairs_are_told_apart_by_the_best_of_the_tuning_half(data: Path) -> None:
    model = FakeLanguageModel({"zzz": 20.0}, usual=2.0)
    figures = list(pairs_told_apart(model, damage_model(WORDS), damage_model(SALAD), data))
    assert "best of the tuning half" in figures[0].name
    assert 0.75 == figures[0].value
    assert [1.0, 0.5] == [figure.value for figure in figures[1:]]
    assert not any(sentence_statistics("", (), damage_model(WORDS), damage_model(SALAD)))


def test_the_report_has_all_parts_and_writes_the_models(data: Path, tmp_path: Path) -> None:
    model = KeptLanguageModel(ByOrder(), tmp_path / "kept")
    lines = "\n".join(damage_report.report(model, data, fit=tmp_path, limit=40, articles=8, style=True))
    for name in (WORDS, SALAD, MACHINE_WITH_SURPRISAL, TRANSLATED_WITH_SURPRISAL):
        assert name in lines
        record = json.loads((tmp_path / f"{name}.en.json").read_text(encoding="utf-8"))
        assert "by-order 1" in (record.get("fitted_with") or record["language_model"])
    for part in (
        "Ablation",
        "expected calibration error",
        "shuffled sentences: AUROC",
        "DEMETR",
        "ru-en unseen",
        "documents of 10 to 19",
    ):
        assert part in lines
    again = "\n".join(damage_report.report(model, data, fit=tmp_path, limit=40, articles=8, style=True))
    assert lines == again


def test_style_with_surprisal_is_fitted_and_measured(data: Path) -> None:
    measured = style_surprisal.measure(ByOrder(), provenance.samples(data / "ht_vs_mt"))
    # People who translate write like natives in this small set, so that only the machines stand out.
    assert all(min(gain.native, gain.translators) > 0.9 for gain in measured.gains), measured.gains
    assert {"by-order 1"} == {model.language_model for model in measured.models}
    assert all(0.5 <= model.threshold <= 1.0 for model in measured.models)


def test_the_cost_is_measured_and_the_combination_is_for_its_own_model(data: Path) -> None:
    figures = list(cost(ByOrder(), damage_model(WORDS), damage_model(SALAD), data))
    assert all(figure.value > 0 for figure in figures)
    assert [] == list(combined_figures(ByOrder(), data, tuning=False, limit=10))


def test_answers_are_kept(tmp_path: Path) -> None:
    behind = ByOrder()
    first = KeptLanguageModel(behind, tmp_path).surprisals([LINE, HOME, LINE, ""], "en")
    assert {LINE, HOME, ""} == set(behind.asked)
    assert 3 == len(behind.asked)
    again = KeptLanguageModel(behind, tmp_path).surprisals([LINE, HOME, LINE, ""], "en")
    assert (3, first) == (len(behind.asked), again)
    assert first == behind.surprisals([LINE, HOME, LINE, ""], "en")
    assert KeptLanguageModel(behind, tmp_path).supports("en")
