from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from mtcheck.core.errors import UsageError
from mtcheck.engines.language_id.identifier import Identifier
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.measuring.languages import (
    TWELVE,
    Figure,
    block_answers,
    coverage,
    largest,
    made_page_blocks,
    measure,
    mixed_items,
    ratio,
)

SENTENCES = {
    "ar": "تغادر العبارة إلى الجزيرة في التاسعة صباحا كما قال رئيس البلدية.",
    "de": "Die Fähre zur Insel fährt um neun Uhr morgens ab, sagte der Bürgermeister.",
    "en": "The ferry to the island leaves at nine in the morning, the mayor said.",
    "es": "El transbordador a la isla sale a las nueve de la mañana, dijo el alcalde.",
    "fa": "کشتی ساعت نه صبح به سوی جزیره می‌رود، شهردار گفت.",
    "fr": "Le bateau pour l'île part à neuf heures du matin, a déclaré le maire.",
    "he": "המעבורת לאי יוצאת בתשע בבוקר, אמר ראש העיר.",
    "pt": "O barco para a ilha parte às nove da manhã, disse o presidente da câmara.",
    "ru": "Паром на остров уходит в девять часов утра, сообщил мэр города.",
    "tr": "Adaya giden feribot sabah saat dokuzda kalkıyor, dedi belediye başkanı.",
    "uk": "Пором на острів вирушає о дев'ятій годині ранку, повідомив міський голова.",
    "zh": "市长说，开往该岛的渡轮早上九点出发。",
}


def _mixed(kind: str, *parts: tuple[str, str]) -> str:
    text, spans = "", []
    for words, language in parts:
        text += " " if text else ""
        spans.append({"start": len(text), "end": len(text) + len(words), "language": language})
        text += words
    return json.dumps({"kind": kind, "pair": "", "text": text, "spans": spans})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "langid"
    folder.mkdir()
    rows = [f"{language}\t{line}\t{SENTENCES[language]}" for language in TWELVE for line in range(1, 27, 2)]
    short = [
        f"ntrex\tw1\t{language}\t{SENTENCES[language].split()[-2 if language != 'zh' else 0]}" for language in TWELVE
    ]
    short += [f"ntrex\tsent\t{language}\t{SENTENCES[language]}" for language in TWELVE]
    short += [
        f"django_ui\tlabel\t{language}\t{' '.join(SENTENCES[language].split()[:3])} {number}"
        for language in TWELVE
        for number in range(16)
    ]
    mixed = [
        _mixed("half", ("The harbor of Varen opens in May", "en"), ("а первые рейсы начнутся уже в мае.", "ru")),
        _mixed("half", ("The mayor spoke to the residents", "en"), ("und die Schiffe fahren bald wieder.", "de")),
        _mixed("mono", ("Nobody came.", "en")),
        _mixed("mono+latin", ("Паром Blue Harbor стоит в порту уже неделю.", "ru")),
        _mixed("quote", ("He said", "en"), ("«das ist alles»", "de"), ("and left.", "en")),
        _mixed("quote", ("The captain said", "en"), ("«мы ждали очень долго»", "ru"), ("and left the hall.", "en")),
        _mixed("mono", ("Nobody went.", "en")),
        _mixed("half", ("The harbor of Varen opens in May", "en"), ("а порт закрыт.", "ru")),
    ]
    for name, text in {
        "ntrex12.tsv": "\n".join(["language\tline\tsentence", *rows]),
        "short_items.tsv": "\n".join(["origin\tkind\tlanguage\ttext", *short]),
        "mixed_sentences.jsonl": "\n".join(mixed),
        "lingua_testdata.tsv": "\n".join(
            [
                "lang\tunit\ttext",
                "ru\tsentences\tЛодка стоит у причала.",
                "nb\tsentences\tBåten ligger ved kaien i dag.",
            ]
        ),
    }.items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(text.encode("utf-8")))
    return tmp_path


def test_measures_every_figure(data: Path) -> None:
    figures = {figure.name: figure for figure in measure(data)}
    assert 100 == figures["sentence"].value == figures["foreign quotation, F1 over letters"].value
    assert 0 == figures["plain sentences wrongly split"].value
    assert figures["half and half, F1 over letters"].value > 90
    assert 120 == figures["clean pages falsely flagged"].items
    assert 120 == figures["foreign labels and sentences found on pages"].items
    assert figures["foreign labels and sentences found on pages"].value > 70
    assert figures["sentences a second with spans"].value > 0
    assert figures["memory"].value > 0
    for figure in figures.values():
        assert figure.low is None or (figure.high is not None and figure.low <= figure.value + 1e-9)


def test_the_half_that_rules_were_made_with_is_other_pages(data: Path) -> None:
    names = {"clean pages falsely flagged", "foreign labels and sentences found on pages", "page is mixed, F1"}
    # There are no even lines here, so that the pages are made of labels alone.
    assert names == {figure.name for figure in measure(data, tuning=True)}
    folder, provider = data / "langid", LanguagesProvider()
    halves = [
        {block.text for page in made_page_blocks(folder, provider, tuning=tuning) for block in page}
        for tuning in (False, True)
    ]
    assert halves[0]
    assert halves[1]
    assert not halves[0] & halves[1]


def test_blocks_have_confidences_and_undetermined_ones_none(data: Path) -> None:
    answers = block_answers(data / "langid", Identifier())
    assert len(answers) > 1000
    assert all(0 <= answer.probability <= 1 for answer in answers)
    assert all(answer.probability > 0 for answer in answers if answer.right)


def test_the_most_frequent_causes_come_first() -> None:
    assert ("b: 2 of 5", "a: 1 of 5", "c: 1 of 5") == largest(["d", "c", "b", "a", "b"])
    assert () == largest([])


def test_mixed_items_share_no_text_with_those_that_were_tuned_on(data: Path) -> None:
    items = mixed_items(data / "langid" / "mixed_sentences.jsonl.gz")
    assert ["half", "mono", "quote"] == [item.kind for item in items]


def test_absent_data_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing was measured"):
        list(measure(tmp_path))


def test_ratio_of_sums_with_its_interval() -> None:
    figure = ratio("x", [1, 0, 1, 1] * 25, [1] * 100)
    assert 75 == figure.value
    assert figure.low is not None
    assert figure.high is not None
    assert 60 < figure.low < 75 < figure.high < 90
    assert figure == ratio("x", [1, 0, 1, 1] * 25, [1] * 100)
    assert 0 == ratio("nothing", [], []).value


def test_coverage_takes_the_surest_first() -> None:
    assert 0.5 == coverage([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 1])
    assert 0 == coverage([0.9], [0])
    assert 0 == coverage([], [])


@pytest.mark.parametrize(
    ("value", "aim", "at_most", "met"),
    [(90, 88, False, True), (87, 88, False, False), (3, 2, True, False), (1, None, True, None)],
)
def test_an_aim_is_met_from_its_side(value: float, aim: float | None, at_most: bool, met: bool | None) -> None:
    assert met is Figure("x", value, 1, aim=aim, at_most=at_most).met
